"""The close of a month on one page: what is done, whose turn it is, what blocks, and the one next thing."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.models import PayrollList, PaySettings
from benefits.queries.close import close_of, usual_month
from benefits.rules.close import Claim, Facts, Key, Stage, State, Turn, next_step, steps
from benefits.services import lines, lists, pay
from ipzs.enums import MarkKind
from ipzs.queries import months as attendance
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.benefits.pay.made import payable
from tests.benefits.premiums import made as premiums
from tests.cast import World, sign_in
from tests.fuzz.ways_benefits import HANDS, STEPS
from tests.ipzs.attendance.made import NAMES, TODAY, closed, mark
from tests.participants.participations.made import in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
SHOW = reverse("benefits:close", args=[str(OCTOBER)])
PRIMARY = re.compile(r'<a class="btn btn-primary" href="([^"]+)"')


@pytest.fixture
def three(world: World) -> World:
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people()
    return world


def at(step: str) -> str:
    return reverse(f"benefits:list_{step}", args=[str(OCTOBER)])


def page_of(client: Client, world: World, person: str, url: str = SHOW) -> str:
    sign_in(client, world.people[person])
    return client.get(url).content.decode().replace("\u00a0", " ")


def primary(client: Client, world: World, person: str) -> list[str]:
    return PRIMARY.findall(page_of(client, world, person))


def states(facts: Facts, *mine: Turn) -> dict[Key, State]:
    return {one.key: one.state for one in steps(facts, lambda turn: turn in mine)}


READY = Facts(over=True, closed=True, stage=Stage.APPROVED, has_transfers=True)
PAID = replace(READY, stage=Stage.PAID)


@pytest.mark.parametrize(
    ("facts", "key", "state"),
    [
        (Facts(over=False, closed=False), Key.ENTRIES, State.LATER),
        (Facts(over=True, closed=False, entries=1), Key.ENTRIES, State.BLOCKED),
        (Facts(over=True, closed=False, entries=1), Key.DAYS, State.LATER),
        (Facts(over=True, closed=False, days=1), Key.DAYS, State.BLOCKED),
        (Facts(over=True, closed=False, people=False), Key.DAYS, State.LATER),
        (Facts(over=True, closed=True, proposals=2), Key.PREMIUMS, State.WAITS),
        (Facts(over=True, closed=True, on_list=1), Key.LIST, State.BLOCKED),
        (Facts(over=True, closed=True, stage=Stage.HALF), Key.SIGNATURES, State.WAITS),
        (replace(READY, on_transfers=1), Key.TRANSFERS, State.BLOCKED),
        (replace(READY, statements_missing=2, printing=True), Key.STATEMENTS, State.WAITS),
        (PAID, Key.TRANSFERS, State.DONE),
        (READY, Key.OFFICES, State.LATER),
        (replace(READY, on_offices=1), Key.OFFICES, State.BLOCKED),
        (replace(PAID, tax_open=True), Key.OFFICES, State.WAITS),
        (PAID, Key.OFFICES, State.DONE),
        (READY, Key.CLAIM, State.LATER),
        (replace(PAID, on_claim=1), Key.CLAIM, State.BLOCKED),
        # What was sent is sent, whatever is found afterwards.
        (replace(PAID, on_claim=1, claim=Claim.SENT), Key.CLAIM, State.DONE),
        (READY, Key.ANSWER, State.LATER),
        (replace(PAID, stage=Stage.SETTLED), Key.ANSWER, State.DONE),
        # Money came back after the list was settled, or a match was taken back.
        (replace(PAID, stage=Stage.SETTLED, returned=1), Key.ANSWER, State.WAITS),
        (replace(PAID, stage=Stage.SETTLED, unanswered=1), Key.ANSWER, State.WAITS),
        (replace(PAID, stage=Stage.SETTLED, posted=1), Key.ANSWER, State.WAITS),
        (replace(PAID, stage=Stage.SETTLED, claim=Claim.SETTLED, planned=1), Key.REFUND, State.LATER),
        (replace(PAID, stage=Stage.CLOSED, returned=1), Key.ANSWER, State.DONE),
        (replace(PAID, stage=Stage.SETTLED, claim=Claim.SETTLED, returned=1), Key.REFUND, State.LATER),
        (PAID, Key.REFUND, State.LATER),
        (replace(PAID, claim=Claim.SENT), Key.REFUND, State.WAITS),
        # The labour office has paid all, and a transfer to somebody is still on its way.
        (replace(PAID, claim=Claim.SETTLED), Key.REFUND, State.LATER),
        (replace(PAID, stage=Stage.CLOSED), Key.REFUND, State.DONE),
    ],
)
def test_a_step_stands_as_the_month_does(facts: Facts, key: Key, state: State):
    assert states(facts)[key] == state


@pytest.mark.parametrize(
    ("facts", "turn"),
    [
        (Facts(over=True, closed=False), Turn.CLOSE),
        (Facts(over=True, closed=True, proposals=1), Turn.DECIDE),
        (Facts(over=True, closed=True), Turn.COUNT),
        (Facts(over=True, closed=True, stage=Stage.OPEN), Turn.LOCK),
        (Facts(over=True, closed=True, stage=Stage.LOCKED), Turn.CHECK),
        (Facts(over=True, closed=True, stage=Stage.CHECKED), Turn.APPROVE),
        (READY, Turn.MAKE_FILE),
        (replace(READY, has_file=True), Turn.PAY),
        (replace(READY, has_transfers=False), Turn.PAY),
        (replace(PAID, statements_missing=1), Turn.PRINT),
        (replace(PAID, zus_open=True, tax_open=True), Turn.PAY_ZUS),
        (replace(PAID, tax_open=True), Turn.PAY_TAX),
        (PAID, Turn.MAKE_CLAIM),
        (replace(PAID, claim=Claim.DRAFT), Turn.SEND_CLAIM),
        (replace(PAID, unanswered=3, returned=1), Turn.REDIRECT),
        (replace(PAID, unanswered=3, planned=1), Turn.SEND_AGAIN),
        (replace(PAID, unanswered=3, posted=1), Turn.MATCH),
        (replace(PAID, posted=1), Turn.POSTED),
        (PAID, Turn.SETTLE),
        (replace(PAID, claim=Claim.ANSWERED), Turn.EXPLAIN),
        (replace(PAID, stage=Stage.SETTLED, claim=Claim.SETTLED), Turn.CLOSE_LIST),
    ],
)
def test_the_next_thing_is_the_first_turn_of_whoever_asks(facts: Facts, turn: Turn):
    found = next_step(steps(facts, lambda asked: asked is turn))
    assert found is not None
    assert (found.state, found.turn) == (State.YOURS, turn)
    nobody = next_step(steps(facts, lambda asked: False))
    assert nobody is None


def test_a_month_goes_through_every_step_by_its_one_button(three: World, client: Client):
    close = reverse("ipzs:month_close", args=[str(OCTOBER)])
    with three.scope("cis", "ewa"):
        marked()
    assert primary(client, three, "rafal") == []
    assert "Obecność zamyka kierownik." in page_of(client, three, "rafal")
    assert primary(client, three, "ewa") == [close]
    assert client.post(close).status_code == 302
    assert primary(client, three, "rafal") == [at("count")]
    client.post(at("count"))
    assert primary(client, three, "rafal") == [at("lock")]
    client.post(at("lock"), {})
    # Who prepared the list does not check it.
    assert primary(client, three, "rafal") == []
    assert primary(client, three, "celina") == [at("check")]
    client.post(at("check"))
    assert primary(client, three, "celina") == []
    assert primary(client, three, "ewa") == [at("approve")]
    client.post(at("approve"))
    page = page_of(client, three, "ewa")
    assert "Brakuje rachunku, z którego płacicie." in page
    signed = ("Przygotowanie: Rafał Wiąz", "sprawdzenie: Celina Grab", "zatwierdzenie: Ewa Jarzębina")
    assert ", ".join(signed) in page


def marked() -> None:
    """Everybody was there on each class day of the month, as far as anything asks."""
    for one in attendance.check(OCTOBER, today=TODAY).people:
        for found in one.blocking:
            for day in found.days:
                mark(one.file, day, reason="późno")


def test_what_blocks_is_named_with_its_way_out(three: World, client: Client):
    with three.scope("cis", "ewa"):
        file = in_classes("Adam Modrzew")
        mark(file, OCTOBER.first, MarkKind.SICK, reason="późno")
    page = page_of(client, three, "rafal")
    assert "Choroba bez zwolnienia: 1 października." in page
    assert "Brakuje wniosku o świadczenie." in page
    assert reverse("benefits:pay", args=[file.pk]) in page
    assert PRIMARY.findall(page) == ["#krok-entries"]
    with three.scope("cis", "ewa"):
        closed(OCTOBER.first)
    assert primary(client, three, "rafal") == ["#krok-list"]


def test_a_shared_account_and_wrong_digits_are_told_before_anybody_signs(three: World):
    with three.scope("cis", "ewa"):
        ready = close_of(OCTOBER).ready
        # Everybody was made with one account.
        assert [len(some) for some in ready.shared_accounts] == [3]
        assert (ready.lacking, ready.blocks) == ([], 0)
        file = made.somebody()
        way = pay.set_way(
            participation_id=file.pk, since=OCTOBER.first, method="transfer",
            account="61109010140000071219812874",
        )  # fmt: skip
        way.account = "62109010140000071219812874"
        way.save()
        ready = close_of(OCTOBER).ready
        assert ([one.file for one in ready.lacking], ready.blocks) == ([file], 1)


def test_premiums_wait_for_the_manager_and_above_the_plan_are_told(three: World, client: Client):
    with three.scope("cis", "ewa"):
        closed(OCTOBER.first)
        premiums.granted(made.somebody())
        premiums.proposed(made.Participation.objects.order_by("number")[1])
        PaySettings.objects.create(premium_plan=Decimal("10.00"))
    decide = reverse("benefits:premium_month", args=[str(OCTOBER)])
    assert primary(client, three, "ewa") == [decide]
    assert primary(client, three, "rafal") == [at("count")]
    page = page_of(client, three, "rafal")
    assert "1 propozycja czeka na decyzję" in page
    assert "większe niż plan" in page


def test_another_month_that_goes_first_is_named(three: World, client: Client):
    with three.scope("cis", "ewa"):
        made.draft(SEPTEMBER)
        closed(OCTOBER.first)
    page = page_of(client, three, "rafal")
    assert "Najpierw zatwierdź listę za wrzesień 2026." in page
    assert reverse("benefits:close", args=[str(SEPTEMBER)]) in page


def test_a_unit_that_has_not_chosen_is_sent_to_choose(world: World, client: Client):
    with world.scope("cis", "ewa"):
        closed(OCTOBER.first)
    page = page_of(client, world, "ewa")
    assert reverse("law:reading", args=["rate_rounding"]) in page


def test_the_usual_month_is_the_one_before_until_its_list_is_closed(three: World, client: Client):
    sign_in(client, three.people["rafal"])
    start = reverse("benefits:closes")
    assert client.get(start).url == SHOW
    row = made.approved(three)
    with three.scope("cis", "ewa"):
        assert usual_month() == OCTOBER
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        assert usual_month() == OCTOBER
        lines.confirm_by_word(list_id=row.pk, day=TODAY)
        lists.settle(list_id=row.pk)
        assert usual_month() == OCTOBER
        PayrollList.objects.filter(pk=row.pk).update(state="closed")
        assert usual_month() == OCTOBER.next
        assert PayrollList.objects.count() == 1


def test_a_month_to_come_has_no_steps(three: World, client: Client):
    page = page_of(client, three, "rafal", reverse("benefits:close", args=["2026-12"]))
    assert "jeszcze się nie zaczął" in page
    assert "krok-list" not in page
    assert client.get(reverse("benefits:close", args=["nic"])).status_code == 404


def test_the_desk_leads_to_the_month_that_waits(three: World, client: Client):
    assert SHOW in page_of(client, three, "celina", reverse("notices:desk"))
    assert SHOW not in page_of(client, three, "anna", reverse("notices:desk"))


def test_others_have_no_such_page(three: World, client: Client):
    sign_in(client, three.people["bozena"])
    assert client.get(SHOW).status_code == 404
    assert reverse("benefits:closes") not in client.get("/", follow=True).content.decode()
    sign_in(client, three.people["anna"])
    assert client.get(SHOW).status_code == 403


@pytest.mark.parametrize("stage", ["open", "approved"])
def test_the_page_costs_the_same_for_everybody(world: World, client: Client, stage: str):
    counts = []
    for unit, person, names in (("cis", "ewa", NAMES[:2]), ("other_cis", "teresa", NAMES[:8])):
        with world.scope(unit, person):
            made.rounding(world, unit=unit)
            for name in names:
                payable(in_classes(name))
            closed(OCTOBER.first)
            row = made.draft()
        for step, hand in zip(STEPS if stage == "approved" else (), HANDS[unit], strict=False):
            with world.scope(unit, hand):
                step(list_id=row.pk)
        sign_in(client, world.people[person])
        client.get(SHOW)
        with CaptureQueriesContext(connection) as found:
            assert client.get(SHOW).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 80
