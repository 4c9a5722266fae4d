"""What is not as it was paid: on one page for the unit, and on the tab of a person with its ground."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.models import InsuranceTitle, Recovery
from benefits.queries import standing
from benefits.queries.standing import Outcome, Report
from benefits.services import recoveries
from ipzs.enums import MarkKind
from ipzs.models import DayMark
from ipzs.services import attendance
from participants.services import participations
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from tests.benefits.lists import made
from tests.benefits.lists.made import FULL, OCTOBER, SEPTEMBER
from tests.benefits.pay.made import payable
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import NAMES, TODAY, mark
from tests.participants.participations.made import candidate, in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
SHOW = reverse("benefits:standing")
DAY = Decimal("107.03")


@pytest.fixture
def paid(world: World) -> World:
    """A unit whose list of September is approved."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    made.approved(world, SEPTEMBER)
    return world


def outcomes(report: Report) -> list[Outcome]:
    return [one.outcome for one in report.found]


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def consent(**given: object) -> Recovery:
    usual = {"kind": "consent", "given_on": TODAY, "reference": "", "at_most": None}
    return recoveries.add(participation_id=made.somebody().pk, **(usual | given))  # type: ignore[arg-type]


def test_nothing_differs(paid: World, client: Client):
    with paid.scope("cis", "ewa"):
        assert standing.report() == Report(OCTOBER, open_again=[])
    sign_in(client, paid.people["rafal"])
    assert "Wszystko jest wypłacone tak, jak dziś wynika z wpisów" in text(client, SHOW)


def test_without_an_approved_list_there_is_nothing_to_compare(world: World):
    with world.scope("cis", "ewa"):
        assert standing.report() == Report(None)


def test_a_list_that_is_being_signed_takes_nothing_in_any_more(paid: World):
    with paid.scope("cis", "ewa"):
        assert standing.next_month() == OCTOBER
    made.locked(paid)
    with paid.scope("cis", "ewa"):
        assert standing.next_month() == OCTOBER.next


def test_a_receivable_stands_until_there_is_a_ground(paid: World):
    with paid.scope("cis", "ewa"):
        made.missed(made.somebody())
        (one,) = standing.report().found
        assert (one.paid, one.today, one.due.difference) == (Decimal(FULL), Decimal(FULL) - DAY, -DAY)
        assert (one.outcome, one.ground, one.statement_id is not None) == (Outcome.RECEIVABLE, None, True)
        ground = consent()
        report = standing.report()
        assert (outcomes(report), report.found[0].ground) == ([Outcome.DEDUCTED], ground)
        # The next list does what the report says.
        assert made.statement_of(made.draft(), made.somebody()).corrected == -DAY
        recoveries.withdraw(recovery_id=ground.pk)
        assert outcomes(standing.report(made.somebody())) == [Outcome.RECEIVABLE]


def test_who_left_has_nothing_to_take_from(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.reopened(SEPTEMBER)
        participations.end_participation(
            participation_id=file.pk, ended_on=date(2026, 9, 15), reason="statement", destination="unknown"
        )
        made.shut(SEPTEMBER)
        consent()
        (one,) = standing.report().found
        assert (one.outcome, one.left) == (Outcome.NOTHING_TO_TAKE, True)


def test_more_is_paid_by_the_next_list_and_waits_for_whoever_lacks_something(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        mark(file, OCTOBER.first, MarkKind.UNEXCUSED, reason="późno")
    made.approved(paid)
    with clock.frozen(date(2026, 12, 20)), paid.scope("cis", "ewa"):
        made.reopened(OCTOBER)
        assert standing.report().open_again == [OCTOBER]
        attendance.clear_mark(participation_id=file.pk, day=OCTOBER.first, reason="pomyłka")
        made.shut(OCTOBER)
        report = standing.report()
        assert (report.next_month, outcomes(report), report.to_pay) == (OCTOBER.next, [Outcome.PAID], DAY)
        InsuranceTitle.objects.filter(participation=file).update(until=OCTOBER.last)
        (one,) = standing.report().found
        assert (one.outcome, list(one.missing)) == (
            Outcome.WAITS, ["Brakuje tytułu ubezpieczenia na cały miesiąc."],
        )  # fmt: skip


def test_whoever_was_left_out_waits_with_the_reason(world: World):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        file, _ = made.people(2)
        InsuranceTitle.objects.filter(participation=file).update(since=OCTOBER.first)
    made.approved(world, SEPTEMBER, without_blocked=True)
    with world.scope("cis", "ewa"):
        (one,) = standing.report().found
        assert (one.outcome, one.paid, one.today) == (Outcome.WAITS, 0, Decimal(FULL))
        made.draft()
        assert made.statement_of(made.draft(), file).corrected == 0
        InsuranceTitle.objects.filter(participation=file).update(since=SEPTEMBER.first)
        assert outcomes(standing.report()) == [Outcome.PAID]


def test_a_month_whose_facts_contradict_one_another_is_named(paid: World, client: Client):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.reopened(SEPTEMBER)
        mark(file, SEPTEMBER.first + timedelta(days=2), MarkKind.UNEXCUSED, reason="późno")
        attendance.add_sick_leave(
            participation_id=file.pk, since=SEPTEMBER.first, until=SEPTEMBER.first, confirmed_on=TODAY
        )
        # The services would not let it in.
        DayMark.objects.filter(participation=file).update(day=SEPTEMBER.first)
        made.shut(SEPTEMBER)
        report = standing.report()
        assert report.found == []
        assert [(one.file, one.month) for one in report.uncounted] == [(file, SEPTEMBER)]
    sign_in(client, paid.people["rafal"])
    assert "Dzień 01.09.2026 ma dwie nieobecności" in text(client, SHOW)
    assert "Dzień 01.09.2026 ma dwie nieobecności" in text(client, reverse("benefits:pay", args=[file.pk]))


def test_the_page_says_what_changed_and_what_becomes_of_it(paid: World, client: Client):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.missed(file)
    sign_in(client, paid.people["celina"])
    page = text(client, SHOW)
    assert "Za mało wypłacono 0,00 zł, za dużo 107,03 zł." in page
    assert "dni bez usprawiedliwienia (doszły: 1 września)" in page
    assert "Nikt tego nie potrąci, dopóki nie ma zgody osoby albo decyzji." in page
    assert reverse("benefits:pay", args=[file.pk]) in page


def test_a_ground_is_written_and_withdrawn_on_the_tab(paid: World, client: Client):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        tab = reverse("benefits:pay", args=[file.pk])
        add = reverse("benefits:recovery_add", args=[file.pk])
        sign_in(client, paid.people["rafal"])
    assert add not in text(client, tab)
    with paid.scope("cis", "ewa"):
        made.missed(file)
    assert add in text(client, tab)
    sent = {"kind": "decision", "given_on": format_table_date(TODAY), "reference": "", "at_most": "50"}
    assert "Wpisz numer decyzji." in client.post(add, sent).content.decode()
    assert client.post(add, sent | {"reference": "DK/1/2026"}).status_code == 302
    page = text(client, tab)
    assert "decyzja DK/1/2026 z 20.11.2026, najwyżej 50,00 zł z jednej wypłaty" in page
    assert add not in page
    with paid.scope("cis", "ewa"):
        row = Recovery.objects.get()
    assert client.post(reverse("benefits:recovery_withdraw", args=[row.pk])).status_code == 302
    assert "wycofano" in text(client, tab)


def test_who_leads_a_case_sees_the_receivable_and_writes_no_ground(paid: World, client: Client):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.missed(file)
    sign_in(client, paid.people["anna"])
    page = text(client, reverse("benefits:pay", args=[file.pk]))
    assert "należność" in page
    add = reverse("benefits:recovery_add", args=[file.pk])
    assert add not in page
    assert client.get(add).status_code == 403
    assert client.get(SHOW).status_code == 403


def test_a_club_has_neither(world: World, client: Client):
    with world.scope("kis", "bozena"):
        file = candidate()
        with pytest.raises(InputError, match="KIS nie wypłaca"):
            recoveries.add(
                participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None
            )
    sign_in(client, world.people["bozena"])
    assert client.get(SHOW).status_code == 404


def test_the_page_costs_the_same_for_everybody(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        for name in NAMES[:8]:
            payable(in_classes(name))
    made.approved(world, SEPTEMBER)
    sign_in(client, world.people["ewa"])
    counts = []
    for turn, count in enumerate((1, 7)):
        # A month is opened again later than before.
        with clock.frozen(TODAY + timedelta(days=turn)), world.scope("cis", "ewa"):
            made.missed(*made.Participation.objects.order_by("-number")[turn : turn + count])
        client.get(SHOW)
        with CaptureQueriesContext(connection) as found:
            page = client.get(SHOW).content.decode()
        counts.append(len(found))
        assert page.count("107,03") == count + 1
    assert counts[0] == counts[1] <= 60
