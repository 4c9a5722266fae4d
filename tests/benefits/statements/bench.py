"""How much faster two workers make the statements of a list than one: `make bench`."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from benefits.models import PayrollList, Statement
from benefits.services.statements import WORK
from reintegration.core import clock, slots
from reintegration.jobs.services import enqueue_batch
from tests.benefits.statements.made import checked
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY

PROMISED = 1.7
PAIRS = 5
PAPERS = 24
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
    found, spent = [], {1: [], 2: []}
    try:
        for _ in range(PAIRS):
            took = {1: 0.0, 2: 0.0}
            for count in (1, 2, 2, 1):
                took[count] += _made(world, row, [next(keys) for _ in range(PAPERS)], hands[:count])
            found.append(took[1] / took[2])
            for count, seconds in took.items():
                spent[count].append(seconds / 2 / PAPERS)
    finally:
        for hand in hands:
            hand.kill()
            hand.communicate()
    ratio = statistics.median(found)
    one, two = (statistics.median(spent[count]) * 1000 for count in (1, 2))
    print(  # noqa: T201
        f"{PAPERS} statements by two workers: {ratio:.2f} times as fast as by one"
        f" ({min(found):.2f} to {max(found):.2f}), at least {PROMISED:g}:"
        f" {'kept' if ratio >= PROMISED else 'MISSED'}"
        f"  [a paper every {two:.0f} ms beside {one:.0f} ms; {os.cpu_count()} processors]"
    )
    return ratio >= PROMISED


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
