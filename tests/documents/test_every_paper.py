"""Every paper is drawn by some test, and with it looked into; `tests/strict.py` holds the tests to it."""

import re
from pathlib import Path

import pytest

from tests import strict
from tests.cast import World
from tests.documents.drawn import DRAWN_BY
from tests.fuzz.pages import Visit
from tests.walls.routes import routes

ROOT = Path(__file__).resolve().parents[2]
IS_PAPER = re.compile(r'{% extends "(?:[\w/]*/)?\w*paper\.html" %}')


def papers() -> set[str]:
    folder = ROOT / "templates"
    found = (path for path in folder.rglob("*.html") if IS_PAPER.match(path.read_text(encoding="utf-8")))
    return {str(path.relative_to(folder)) for path in found}


def test_every_paper_is_drawn_by_a_test():
    assert set(DRAWN_BY) == papers()


@pytest.mark.parametrize("test", sorted(set(DRAWN_BY.values())))
def test_whoever_draws_a_paper_is_run(test: str):
    """A name that nothing has would be held to nothing."""
    file, _, name = test.partition("::")
    function, _, _ = name.partition("[")
    written = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {function}\(", written, re.MULTILINE)


def test_a_test_that_no_longer_draws_its_paper_fails():
    paper, test = next(iter(DRAWN_BY.items()))
    with pytest.raises(strict.StrictnessError, match=paper):
        strict.check_promise(test, set())
    strict.check_promise(test, {one for one, by in DRAWN_BY.items() if by == test})


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["benefits:fund_print_advance", "benefits:grant_print"])
def test_a_paper_opens_at_its_address(name: str, world: World):
    """What no other test reads, as its screen offers it."""
    (route,) = (one for one in routes() if one.name == name)
    assert Visit(world, route).answer.content.startswith(b"%PDF")
