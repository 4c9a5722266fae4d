"""What is shipped to the browser: checked copies, our own origin, no leftovers."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.strict import ROOMS

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted((ROOT / "static" / "reintegra").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VENDORED = [
    ROOT / "static" / "vendor",
    ROOT / "tests" / "vendor",
    ROOT / "reintegration" / "documents" / "fonts",
]
RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(")
# The panel beside the sign-in form is dark in every theme, a QR code and paper are black on white, and
# the veil behind a dialog is no colour of the interface.
OWN_COLOURS = {"tokens.css", "pages.css", "accounts.css", "print.css", "components.css"}


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_a_vendored_file_is_what_its_manifest_says(folder: Path):
    listed = dict(
        reversed(line.split("  ", 1)) for line in (folder / "manifest.txt").read_text().splitlines()
    )
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"manifest.txt"}
    assert found == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_a_style_sheet_asks_for_nothing_outside():
    for path in STYLES:
        text = path.read_text(encoding="utf-8")
        assert "http" not in text, path.name
        assert "@import" not in text, path.name
        for address in re.findall(r'url\("([^"]+)"\)', text):
            assert (path.parent / address).resolve().is_file(), address


def test_colours_come_from_the_tokens():
    for path in STYLES:
        if path.name not in OWN_COLOURS:
            assert not RAW_COLOUR.search(path.read_text(encoding="utf-8")), path.name


def test_every_style_sheet_is_linked_and_short():
    linked = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    for path in STYLES:
        assert f"reintegra/{path.name}" in linked
        assert path.read_text(encoding="utf-8").count("\n") <= 600


def test_every_class_of_the_style_sheets_is_used():
    used = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    for folder in ("static/reintegra", *ROOMS):
        for pattern in ("*.js", "*.py"):
            used += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob(pattern))
    # Parts of a class's name that a template puts together: st-{{ kind }}.
    made = {f"{stem}-{kind}" for stem, kinds in MADE.items() for kind in kinds}
    for path in STYLES:
        text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        selectors = "\n".join(re.findall(r"([^{}]+)\{", text))
        for name in set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors)) - made:
            assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", used), f"{path.name}: .{name}"


KINDS = ("ok", "warn", "bad", "info", "brand", "plum", "plain")
MADE = {
    "st": KINDS,
    "note": KINDS,
    "task": KINDS,
    "block": KINDS,
    "btn": ("primary", "secondary", "quiet", "danger"),
    "step": ("done", "now", "later"),
    "tile": ("1", "2"),
    "w": ("xs", "s", "m", "l"),
}


def test_the_settings_of_htmx_allow_nothing_dangerous():
    text = (ROOT / "templates" / "components" / "scripts.html").read_text(encoding="utf-8")
    settings = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", text)[1])
    assert settings["allowEval"] is False
    assert settings["selfRequestsOnly"] is True
    assert settings["includeIndicatorStyles"] is False
    assert settings["historyCacheSize"] == 0
    # What took the place of something listens at once: a key pressed in between would be lost.
    assert settings["defaultSettleDelay"] == 0


def test_no_template_holds_script_or_style():
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text), path
        assert not re.search(r"<script(?![^>]*src=)(?![^>]*application/json)", text), path
