"""The checkout holds together by itself: nothing reads outside it, nothing strange stands in it."""

import ast
import hashlib
import re
import subprocess
from pathlib import Path

import pytest

from reintegration.ops.places import ROOT

VENDORED = (ROOT / "static" / "vendor", ROOT / "tests" / "vendor")
LONGEST_FILE = 600
# Written in pieces, so that this file does not find itself.
OUTSIDE = re.compile(r"(?<![\w.])(\.\./)+shared\b|/wor" r"k/(?:main|shared)|/roo" r"t/|/hom" r"e/\w+/")
REGISTRIES = re.compile(
    r"pyp" r"i\.org|pythonho" r"sted|registry\.np" r"mjs|deb\.deb" r"ian|archive\.ubu" r"ntu|ghc" r"r\.io"
)
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b|pytest\.mark\.(?:sk" r"ip|xfa" r"il)")
BEGINNINGS = ("/usr/", "/etc/", "/var/lib/", "/tmp/", "/proc/", "/opt/", "/srv/", "/run/", "/dev/")
# The few places outside that may be named, and why.
ALLOWED = {
    "reintegration/ops/postgres.py": {
        "/var/lib/reintegra"
    },  # root's data when nobody may not enter the checkout
    "reintegration/ops/process.py": {"/proc/"},
    "reintegration/ops/redis.py": {"/tmp/reintegra-"},  # a socket's path must be short
    "reintegration/ops/system.py": {"/usr/share/fonts", "/etc/fonts/"},
    "reintegration/settings/parts/documents.py": {"/run/clamav/"},  # a port to a scanner beside the program
}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


FILES = tracked()


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in FILES:
        if not any(path.is_relative_to(folder) for folder in VENDORED):
            try:
                found.append((path, path.read_text(encoding="utf-8")))
            except UnicodeDecodeError:
                continue
    return found


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path, text in texts()
        if (found := pattern.search(text))
    ]


def outside_paths(source: str) -> set[str]:
    """Texts of a Python file that are paths outside the checkout."""
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith(BEGINNINGS)
    }


def test_nothing_names_a_place_outside_the_project() -> None:
    assert hits(OUTSIDE) == []


def test_no_registry_is_named() -> None:
    assert hits(REGISTRIES) == []


def test_nothing_is_left_unfinished_or_skipped() -> None:
    assert hits(UNFINISHED) == []


def test_no_code_reads_a_file_outside_the_project() -> None:
    found = {}
    for path, text in texts():
        name = str(path.relative_to(ROOT))
        if path.suffix == ".py" and not name.startswith("tests/"):
            strange = {
                value
                for value in outside_paths(text)
                if not any(value.startswith(allowed) for allowed in ALLOWED.get(name, ()))
            }
            if strange:
                found[name] = strange
    assert found == {}


def test_tests_read_no_file_outside_the_project() -> None:
    reading = re.compile(r"(?:open|Path|read_text|read_bytes)\(\s*[rf]?[\"'](?:/(?!tmp|proc)|\.\./)")
    assert [hit for hit in hits(reading) if hit.startswith("tests/")] == []


def test_the_search_for_outside_paths_finds_one() -> None:
    assert outside_paths("open(" + "'/etc/passwd')") == {"/etc/passwd"}
    assert OUTSIDE.search("read ../shar" + "ed/domain/cases")


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_vendored_files_are_the_ones_that_were_reviewed(folder: Path) -> None:
    lines = (folder / "manifest.txt").read_text(encoding="utf-8").splitlines()
    expected = {path: digest for digest, path in (line.split(maxsplit=1) for line in lines if line.strip())}
    present = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FILES
        if path.is_relative_to(folder) and path.name != "manifest.txt"
    }
    assert present == expected


def test_every_file_is_short_enough_to_be_read() -> None:
    long = {
        name: count
        for path in FILES
        if path.suffix == ".py"
        and not (name := str(path.relative_to(ROOT))).startswith("tests/")
        and "/migrations/" not in name
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}
