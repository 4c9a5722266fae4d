"""What is installed is pinned by hash, comes from no named place, and is what pyproject.toml asks for."""

import re
import tomllib

import pytest

from reintegration.ops import lock, setup
from reintegration.ops.places import DEV_REQUIREMENTS, REQUIREMENTS, ROOT, SERVERS_REQUIREMENTS
from reintegration.ops.system import PDF_PACKAGES

FILES = (REQUIREMENTS, SERVERS_REQUIREMENTS, DEV_REQUIREMENTS)
ENTRY = re.compile(r"([a-z0-9][a-z0-9.-]*)(\[[a-z,]+\])?==(\S+)( ; .+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
ADDRESS = re.compile(
    r"://|--(extra-)?index|--find-links|--trusted|@|\b[a-z0-9-]+\.(org|com|net|io|pl)\b", re.I
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_entry_is_pinned_and_hashed(file) -> None:  # type: ignore[no-untyped-def]
    entries = lock.blocks(file.read_text(encoding="utf-8"))
    assert entries
    for entry in entries:
        head, *hashes = [line.strip().removesuffix("\\").strip() for line in entry.splitlines()]
        assert ENTRY.fullmatch(head), head
        assert hashes, head
        assert all(HASH.fullmatch(line) for line in hashes), head


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_address_stands_in_a_requirements_file(file) -> None:  # type: ignore[no-untyped-def]
    found = [line for line in file.read_text(encoding="utf-8").splitlines() if ADDRESS.search(line)]
    assert found == []


def test_the_check_for_addresses_finds_one() -> None:
    for line in ("a @ https://files.example.org/a.whl", "--index-url x", "a==1 # from packages.example.com"):
        assert ADDRESS.search(line)


def test_what_pyproject_asks_for_is_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for file, wanted in zip(FILES, (project["dependencies"], extras["servers"], extras["dev"]), strict=True):
        locked = {
            (found[1], found[3])
            for entry in lock.blocks(file.read_text(encoding="utf-8"))
            if (found := ENTRY.match(entry))
        }
        for requirement in wanted:
            name, version = re.split(r"==", re.sub(r"\[.*\]", "", requirement).partition(";")[0].strip())
            assert (name.lower(), version) in locked, f"{requirement}: run `make lock`"


def test_a_second_set_up_finds_nothing_to_do() -> None:
    before = setup.fingerprint()
    assert setup.fingerprint() == before


def test_the_image_installs_the_libraries_that_set_up_does() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert set(PDF_PACKAGES) <= set(text.split())
