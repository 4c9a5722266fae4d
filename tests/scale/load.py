"""A mixed day of a hundred people who are signed in: `make bench ARGS=mixed_day`.

Requests come when they come, whether or not the one before was answered: the time of each is counted from
the moment at which it was due. Beside them another process pays a national month and reads a file of a year
in, over and over, and so has the processors as the workers of a month's end have them.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from queue import Queue
from random import Random
from typing import Any, Final

from django.conf import settings
from django.test import Client
from django.urls import reverse

from participants.models import Referral
from reintegration.accounts.models import User
from reintegration.administration.generation.country import Country, FilePlan, UnitPlan
from reintegration.core import clock
from reintegration.core.calendar_pl import working_days
from reintegration.core.dates import DateSpan, Month
from reintegration.ops.run import AFTER_PAGES
from reintegration.tenancy.enums import Role
from reintegration.tenancy.scope import scope
from tests import measure
from tests.cast import sign_in
from tests.conftest import connected_to
from tests.scale.bench import made
from tests.servers import ROOT, dsn
from tests.serving import WORKERS, free_port, server, wait

# Units with five people each, people of an average unit, and seconds; LOAD=4x20x60 is a smaller day.
SIZE: Final = "20x50x600"
ROLES: Final = (
    Role.MANAGER, Role.SOCIAL_WORKER, Role.INSTRUCTOR, Role.ACCOUNTANT, Role.BODY_WORKER,
)  # fmt: skip
# Requests a second, and the share of the day for which they come so fast.
RATES: Final = ((20, 0.15), (40, 0.15), (60, 0.7))
GOAL_MS: Final = 200
# How long after the end of the day somebody still waits.
PATIENCE: Final = 10
# What the processes may have grown by from the second tenth of the day to its end.
MOST_GROWN: Final = 1.1
TOKEN: Final = "a" * 32
REVISION: Final = re.compile(r'name="revision" value="(\d+)"')
FINE: Final = frozenset({200, 302, 303})


@dataclass
class Visitor:
    """Somebody with a session, and what they do, each as often as it stands here."""

    session: str
    acts: list[tuple[str, Callable[["Visitor"], int]]]
    dice: Random
    revisions: dict[str, str] = field(default_factory=dict)
    port: int = 0

    def ask(self, method: str, at: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Host": "localhost",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        }
        if body:
            headers |= {
                "X-CSRFToken": TOKEN, "HX-Request": "true",
                "Content-Type": "application/x-www-form-urlencoded",
            }  # fmt: skip
        try:
            connection.request(method, at, body=body or None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()


@dataclass
class Tally:
    """What was seen of each kind at each rate, in seconds, and what went wrong."""

    spent: dict[tuple[int, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)


def mixed_day() -> bool:
    units, people, seconds = map(int, os.environ.get("LOAD", SIZE).split("x"))
    day = _last_working_day()
    country = Country(1, units, 1, people, day)
    base = made(country)
    with connected_to(base):
        visitors = list(_visitors(country, day))
    port = free_port()
    served = server(port, DATABASE_URL=dsn("reintegra_app", base))
    beside = subprocess.Popen(
        [*AFTER_PAGES, sys.executable, "-c", MONTHS_END],
        cwd=ROOT,
        env={**os.environ, "PAYROLL": "40x120"},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait(port, reverse("jobs:health"))
        for one in visitors:
            one.port = port
        tally, grown = _day(visitors, seconds, lambda: _memory(served.pid))
        assert beside.poll() is None, "what runs beside the day has fallen"
    finally:
        for running in (beside, served):
            os.killpg(running.pid, 15)
            running.wait()
    return _said(tally, grown, visitors=len(visitors), seconds=seconds)


# Of a database of its own, so that a month can be paid again and again.
MONTHS_END: Final = """
import sys
from tests import bench
bench.DATABASE = "bench_beside"
sys.argv[1:] = ["national_month", "year_of_days"]
while True:
    bench.main()
"""


def _last_working_day() -> date:
    today = clock.today()
    return max(working_days(DateSpan(today - timedelta(days=10), today)))


def _visitors(country: Country, day: date) -> Iterator[Visitor]:
    for unit in country.plans():
        files = [one for one in unit.year(day.year).files if one.since <= day <= one.last]
        with scope(organisation_id=unit.id, source="bench"):
            referrals = list(Referral.objects.order_by("pk").values_list("pk", flat=True))
        for role in ROLES:
            organisation = unit.body if role == Role.BODY_WORKER else unit.id
            client = Client()
            sign_in(client, User.objects.get(pk=unit.user(role)), organisation)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            acts = DOES[role](unit, files, referrals, day)
            yield Visitor(session, acts, Random(f"{unit.number}/{role}"))  # noqa: S311 - the same day each time


def _get(at: Callable[[Random], str]) -> Callable[[Visitor], int]:
    return lambda visitor: visitor.ask("GET", at(visitor.dice))[0]


def _page(name: str, *values: Any, **query: Any) -> Callable[[Visitor], int]:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return _get(lambda dice: reverse(name, args=values) + (f"?{asked}" if asked else ""))


def _one_of(name: str, keys: list[Any]) -> Callable[[Visitor], int]:
    return _get(lambda dice: reverse(name, args=[dice.choice(keys)]))


def _marks(files: list[FilePlan], day: date) -> Callable[[Visitor], int]:
    """A mark by one key, and now and then another one in its place, as the row on the screen says."""

    def act(visitor: Visitor) -> int:
        at = reverse("ipzs:mark_set", args=[visitor.dice.choice(files).key])
        revision = visitor.revisions.get(at, "0")
        kind = visitor.dice.choice(("present", "present", "unexcused"))
        # Nobody has more than one thing to say of a row at a time.
        status, said = visitor.ask("POST", at, f"dzien={day}&kind={kind}&revision={revision}")
        if found := REVISION.search(said):
            visitor.revisions[at] = found[1]
        return status

    return act


def _instructor(unit: UnitPlan, files: list[FilePlan], referrals: list[Any], day: date) -> list[Any]:
    places = [unit.workshop(number) for number in range(unit.workshops)]
    sheet = _get(lambda dice: f"{reverse('ipzs:attendance_day', args=[dice.choice(places)])}?dzien={day}")
    paper = _get(
        lambda dice: f"{reverse('ipzs:attendance_day_print', args=[dice.choice(places)])}?dzien={day}"
    )
    return [
        *[("a mark", _marks(files, day))] * 8,
        *[("attendance of a day", sheet)] * 4,
        *[("attendance today", _page("ipzs:attendance_today"))] * 2,
        ("a printed sheet", paper),
    ]


def _social_worker(unit: UnitPlan, files: list[FilePlan], referrals: list[Any], day: date) -> list[Any]:
    return [
        *[("files", _page("participants:list"))] * 3,
        *[("a file", _one_of("participants:file", [one.key for one in files]))] * 4,
        *[("a person", _one_of("participants:person", [one.person for one in files]))] * 2,
        *[("referrals", _page("participants:referral_list"))] * 2,
        *[("a referral", _one_of("participants:referral", referrals))] * 2,
        ("sick leaves", _page("ipzs:sick_list")),
    ]


def _manager(unit: UnitPlan, files: list[FilePlan], referrals: list[Any], day: date) -> list[Any]:
    return [
        *[("the desk", _page("shell:home"))] * 4,
        *[("files", _page("participants:list"))] * 2,
        ("a file", _one_of("participants:file", [one.key for one in files])),
        ("attendance of a month", _page("ipzs:attendance_month")),
        ("workshops", _page("ipzs:workshop_list")),
    ]


def _accountant(unit: UnitPlan, files: list[FilePlan], referrals: list[Any], day: date) -> list[Any]:
    if not unit.is_cis:
        return [("the desk", _page("shell:home"))]
    last = Month.of(day).first - timedelta(days=1)
    return [
        *[("the desk", _page("shell:home"))] * 2,
        *[("payroll lists", _page("benefits:lists"))] * 2,
        *[("a payroll list", _page("benefits:list", str(Month.of(last))))] * 2,
    ]


def _body_worker(unit: UnitPlan, files: list[FilePlan], referrals: list[Any], day: date) -> list[Any]:
    return [
        *[("own referrals", _page("participants:own_referral_list"))] * 3,
        *[("an own referral", _one_of("participants:own_referral", referrals))] * 2,
        ("the desk", _page("shell:home")),
    ]


DOES: Final = {
    Role.INSTRUCTOR: _instructor,
    Role.SOCIAL_WORKER: _social_worker,
    Role.MANAGER: _manager,
    Role.ACCOUNTANT: _accountant,
    Role.BODY_WORKER: _body_worker,
}


def _day(visitors: list[Visitor], seconds: int, memory: Callable[[], int]) -> tuple[Tally, list[int]]:
    """Each visitor waits for what is due next and does it; the memory is looked at ten times."""
    due: Queue[tuple[float, int] | None] = Queue()
    tally, lock = Tally(), threading.Lock()

    def live(visitor: Visitor) -> None:
        while (next_one := due.get()) is not None and time.perf_counter() < closed:
            at, rate = next_one
            name, act = visitor.dice.choice(visitor.acts)
            try:
                status = act(visitor)
                wrong = "" if status in FINE else f"{name}: {status}"
            except OSError as error:
                wrong = f"{name}: {type(error).__name__}"
            spent = time.perf_counter() - at
            with lock:
                tally.spent[rate, name].append(spent)
                if wrong:
                    tally.wrong[wrong] += 1

    threads = [threading.Thread(target=live, args=[one], daemon=True) for one in visitors]
    begun = time.perf_counter()
    closed = begun + seconds + PATIENCE
    for thread in threads:
        thread.start()
    grown, dice = [], Random(1)  # noqa: S311 - the same day each time
    at = begun
    for rate, share in RATES:
        until = at + seconds * share
        while at < until:
            time.sleep(max(0.0, at - time.perf_counter()))
            due.put((at, rate))
            at += dice.expovariate(rate)
            if at - begun >= (len(grown) + 1) * seconds / 10:
                grown.append(memory())
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    # Whoever stopped at the close left one that was due, and their own last word stands for it.
    if left := due.qsize():
        tally.wrong["not answered before the day was over"] = left
    return tally, grown


def _memory(leader: int) -> int:
    """What the processes of a session hold that is their own, in kilobytes."""
    held = 0
    for at in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(at.name)) == leader:
                rollup = (at / "smaps_rollup").read_text()
                held += sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+)", rollup, re.MULTILINE))
        except OSError:
            continue
    return held


def _said(tally: Tally, grown: list[int], *, visitors: int, seconds: int) -> bool:
    def row(name: str, found: list[float]) -> str:
        middle, tail = statistics.median(found) * 1000, _p95(found)
        return f"  {name:<24}{len(found):>7}{middle:>9.0f} ms{tail:>9.0f} ms"

    print(f"a mixed day of {visitors} people, {seconds} s, {WORKERS} workers: times from when each was due")  # noqa: T201
    print(f"  {'':<24}{'':>7}{'median':>12}{'p95':>12}")  # noqa: T201
    for rate, _ in RATES:
        print(row(f"{rate} a second", _all_at(tally, rate)))  # noqa: T201
    most = RATES[-1][0]
    for name in sorted(name for rate, name in tally.spent if rate == most):
        print(row(name, tally.spent[most, name]))  # noqa: T201
    tail = _p95(_all_at(tally, most))
    growth = grown[-1] / grown[1]
    for what, times in tally.wrong.most_common():
        print(f"  wrong: {what}, {times} times")  # noqa: T201
    quiet = _all_at(tally, RATES[0][0])
    return measure.said(
        measure.Figure(
            f"p95 of a mixed day at {most} a second, {seconds} s, beside a payroll and a file read in",
            f"{tail:.0f} ms, {sum(tally.wrong.values())} errors, memory {growth:.2f} times"
            f" ({grown[1] / 1024:.0f} to {grown[-1] / 1024:.0f} MB)",
            f"{_p95(quiet):.0f} ms at {RATES[0][0]} a second",
            "",
            f"goal {GOAL_MS} ms, no error, memory at most {MOST_GROWN:g} times",
            tail <= GOAL_MS and not tally.wrong and growth <= MOST_GROWN,
        )
    )


def _all_at(tally: Tally, rate: int) -> list[float]:
    return [one for (at, _), found in tally.spent.items() if at == rate for one in found]


def _p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)] * 1000
