"""Statements of a list: by two workers beside one, and one beside a bare WeasyPrint: `make bench`."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from unittest.mock import patch

from benefits.models import PayrollList, Statement
from benefits.services.statements import WORK, issue
from reintegration.core import clock, slots
from reintegration.documents import papers
from reintegration.jobs.services import enqueue_batch
from tests import measure
from tests.benefits.statements.made import checked
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY

PROMISED = 1.7
PAIRS = 10
PAPERS = 24
# A statement beside the same paper drawn by WeasyPrint alone.
ALONE = 20
SLOWER = 1.0
Hand = subprocess.Popen[str]


def two_workers() -> bool:
    """In turn one, two, two, one, each with as many papers; the median of the pairs' ratios."""
    world = known_world()
    slots._filled["participants.entry_conditions"] = []
    with clock.frozen(TODAY):
        row = _approved(world, PAIRS * 4 * PAPERS)
    with world.scope("cis", "ewa"):
        rows = Statement.objects.filter(payroll_list=row).order_by("position")
        keys = iter(list(rows.values_list("pk", flat=True)))
    hands = [_hand(), _hand()]
    found = []
    try:
        for _ in range(PAIRS):
            took = {1: 0.0, 2: 0.0}
            for count in (1, 2, 2, 1):
                took[count] += _made(world, row, [next(keys) for _ in range(PAPERS)], hands[:count])
            found.append((took[1] / 2 / PAPERS, took[2] / 2 / PAPERS))
    finally:
        for hand in hands:
            hand.kill()
            hand.communicate()
    one, two = measure.middle(found)
    return measure.said(
        measure.Figure(
            f"{PAPERS} statements by two workers",
            f"a paper every {measure.shown(two)}",
            f"{measure.shown(one)} by one worker",
            f"{measure.told(found)} times as fast",
            f"at least {PROMISED:g} times",
            measure.ratio_of(found) >= PROMISED,
        )
    )


def statements() -> bool:
    """A statement issued by the service, all that is stored included, beside its drawing alone."""
    world = known_world()
    slots._filled["participants.entry_conditions"] = []
    with clock.frozen(TODAY):
        row = _approved(world, ALONE * 2 + 3)
        with world.scope("cis", "ewa"):
            rows = Statement.objects.filter(payroll_list=row).order_by("position")
            keys = iter(list(rows.values_list("pk", flat=True)))
            bare = _bare(lambda: issue(statement_id=next(keys)))
            found = measure.in_turn(lambda: issue(statement_id=next(keys)), bare, pairs=ALONE)
    return measure.compared(
        "a statement issued", found, floor="WeasyPrint alone, fonts and style sheet kept",
        most=SLOWER,
    )  # fmt: skip


def _bare(issued: Callable[[], Any]) -> Callable[[], Any]:
    """WeasyPrint alone, with the HTML of a statement; style sheet and fonts are read once."""
    engine = papers._engine()
    caught: list[tuple[str, Mapping[str, bytes]]] = []
    draw = engine.render

    def catch(html: str, pictures: Mapping[str, bytes]) -> bytes:
        caught.append((html, pictures))
        return draw(html, pictures)

    with patch.object(engine, "render", catch):
        issued()
    ((html, pictures),) = caught

    def alone() -> Any:
        source = engine._html(string=html, url_fetcher=engine._fetcher(pictures), base_url=papers.BASE)
        return source.write_pdf(stylesheets=engine._sheets, font_config=engine._fonts, pdf_variant="pdf/ua-1")

    return alone


def _approved(world: World, count: int) -> PayrollList:
    """Approved without the service, which would promise all papers at once."""
    row = checked(world, count)
    with world.scope("cis", "ewa"):
        row.state, row.approved_by, row.approved_at = "approved", world.people["ewa"], clock.now()
        row.save()
    return row


def _hand() -> Hand:
    """A session of its own, as services have: a busy machine is shared out among sessions, not processes."""
    hand = subprocess.Popen(
        [sys.executable, "-m", "tests.benefits.statements.hand"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert _told(hand) == "ready"
    return hand


def _told(hand: Hand) -> str:
    assert hand.stdout is not None
    return hand.stdout.readline().strip()


def _made(world: World, row: PayrollList, keys: Sequence[object], hands: Sequence[Hand]) -> float:
    """How long these papers take."""
    with world.scope("cis", "ewa"):
        enqueue_batch(kind=WORK, batch=row.pk, work={str(key): {"statement": key} for key in keys})
    begun = time.perf_counter()
    for hand in hands:
        assert hand.stdin is not None
        hand.stdin.write("\n")
        hand.stdin.flush()
    done = sum(_counts(hands))
    spent = time.perf_counter() - begun
    assert done == len(keys), done
    return spent


def _counts(hands: Sequence[Hand]) -> Iterator[int]:
    for hand in hands:
        yield int(_told(hand))
