"""Ways to the forms of money: the file and its application in the right state, and what a person types."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from benefits.enums import PublicKind
from benefits.models import BankBooking, Recovery, SigningRule, Statement, SupportedJob, SupportedMonth
from benefits.queries.lists import list_of
from benefits.services import lists as list_services
from benefits.services import public_money, recoveries, signing, supported_refunds
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.benefits.lists import made as lists
from tests.benefits.pay import made
from tests.benefits.premiums import made as premiums
from tests.benefits.supported import made as supported
from tests.benefits.tax.made import without_pit2
from tests.cast import PEOPLE, World
from tests.ipzs.attendance.made import closed
from tests.participants.participations.made import TRIAL, in_classes
from tests.specimens import specimen

Way = Callable[[World, Client], str]


def _at(name: str, make: Callable[[], Any]) -> Way:
    """The address of a form about what whoever opens it finds made."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        with world.scope(PEOPLE[person][2], person):
            return reverse(f"benefits:{name}", args=[make().pk])

    return way


# Who prepares and who checks, so that whoever opens the address may take the step after them.
HANDS = {"cis": ("rafal", "celina", "ewa"), "other_cis": ("sabina", "karol", "teresa")}
STEPS = (list_services.lock, list_services.check, list_services.approve)


def list_at(name: str, steps: int = 0, *, before: Callable[[], Any] = lambda: None) -> Way:
    """The address of a list of two people that went so many steps, in a unit that chose its rounding."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        unit = PEOPLE[person][2]
        with world.scope(unit, person):
            lists.rounding(world, unit=unit)
            lists.people(2)
            before()
            closed(lists.OCTOBER.first)
            row = lists.draft()
        for step, hand in zip(STEPS[:steps], HANDS[unit], strict=False):
            with world.scope(unit, hand):
                step(list_id=row.pk)
        return reverse(f"benefits:{name}", args=[str(lists.OCTOBER)])

    return way


BENEFITS_WAYS: dict[str, Way] = {
    "benefits:pay": _at("pay", lambda: made.payable(in_classes())),
    "benefits:grant_decide": _at("grant_decide", made.asked),
    "benefits:grant_change_day": _at("grant_change_day", made.granted),
    "benefits:pay_way": _at("pay_way", in_classes),
    "benefits:tax_statement": _at("tax_statement", in_classes),
    "benefits:close": list_at("close"),
    "benefits:list": list_at("list"),
    "benefits:list_lock": list_at("list_lock"),
    "benefits:list_count": list_at("list_count"),
    "benefits:list_check": list_at("list_check", 1),
    "benefits:list_approve": list_at("list_approve", 2),
    "benefits:list_pay": list_at("list_pay", 3),
    "benefits:list_return": list_at("list_return", 1),
    "benefits:list_abandon": list_at("list_abandon"),
}


def _day(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


_FIRST = {"granted_from": [format_table_date(TRIAL)], "decided_on": _day}
_COVERED = {"kind": ["own"], "since": _day, "until": [""]}
_REGISTERED = {"registered_on": _day, "deregistered_on": [""]}
BENEFITS_TYPED: dict[str, dict[str, Any]] = {
    "benefits:grant_decide": _FIRST,
    "benefits:grant_change_day": _FIRST,
    "benefits:grant_refuse": {"decided_on": _day},
    "benefits:list_pay": {"paid_on": _day, "without_file": ["on"]},
    "benefits:tax_statement": {"filed_on": _day},
    "benefits:insurance_title_add": {
        "since": _day,
        "until": [""],
        "registered_on": _day,
        "deregistered_on": [""],
    },  # fmt: skip
    "benefits:insurance_title_change": {
        "since": _day,
        "until": [""],
        "registered_on": _day,
        "deregistered_on": [""],
    },  # fmt: skip
    "benefits:health_title_add": _COVERED,
    "benefits:health_title_change": _COVERED,
    "benefits:health_done": _REGISTERED,
    "benefits:health_asked_one": _REGISTERED,
    "benefits:contribution_rule": {"since": ["12.2026"], "title_code": ["0910"]},
}


def _premium(name: str, make: Callable[[Any], Any] | None = None, *, month: bool = False) -> Way:
    """The address of a form about a premium of a person who lacks nothing, and how it stands."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        unit = PEOPLE[person][2]
        with world.scope(unit, person):
            lists.rounding(world, unit=unit)
            first, second = lists.people(2)
            if month:
                premiums.proposed(second)
            made_for = make(first) if make is not None else first
        months = [str(lists.OCTOBER)] if month or make is None else []
        return reverse(f"benefits:{name}", args=[*months, *([] if month else [made_for.pk])])

    return way


BENEFITS_WAYS.update(
    {
        "benefits:premium_month": _premium("premium_month", premiums.granted, month=True),
        "benefits:premium_propose": _premium("premium_propose"),
        **{
            f"benefits:premium_{name}": _premium(f"premium_{name}", premiums.proposed)
            for name in ("change", "withdraw", "grant", "refuse")
        },
        "benefits:premium_take_back": _premium("premium_take_back", premiums.granted),
    }
)
_SUM = {"amount": ["120,50"]}
BENEFITS_TYPED.update({f"benefits:premium_{name}": _SUM for name in ("propose", "change", "grant")})


def _rule_of_another(world: World, client: Client) -> str:
    with world.scope("cis", "celina"):
        for waiting in SigningRule.objects.filter(state="proposed").order_by("pk"):
            signing.withdraw(rule_id=waiting.pk)
        made_for = specimen(SigningRule, world, "Przykład", proposed_by=world.people["celina"])
    return reverse("benefits:signing_confirm", args=[made_for.pk])


BENEFITS_WAYS["benefits:signing_confirm"] = _rule_of_another
BENEFITS_TYPED["benefits:signing_propose"] = {"since": ["12.2026"], "hands": ["3"], "second_above": ["5000"]}


def _receivable(name: str, make: Callable[[Any], Any] | None = None) -> Way:
    """The address of a page about somebody who was paid too much by an approved list."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        unit = PEOPLE[person][2]
        with world.scope(unit, person):
            lists.rounding(world, unit=unit)
            first, _ = lists.people(2)
            closed(lists.SEPTEMBER.first)
            row = lists.draft(lists.SEPTEMBER)
        for step, hand in zip(STEPS, HANDS[unit], strict=True):
            with world.scope(unit, hand):
                step(list_id=row.pk)
        with world.scope(unit, person):
            lists.missed(first)
            named = make(first) if make is not None else None
        return reverse(f"benefits:{name}", args=[named.pk] if named is not None else [])

    return way


def _consented(file: Participation) -> Recovery:
    return recoveries.add(
        participation_id=file.pk, kind="consent", given_on=clock.today(), reference="", at_most=None
    )


BENEFITS_WAYS.update(
    {
        "benefits:standing": _receivable("standing"),
        "benefits:recovery_add": _receivable("recovery_add", lambda file: file),
        "benefits:recovery_withdraw": _receivable("recovery_withdraw", _consented),
    }
)
BENEFITS_TYPED["benefits:recovery_add"] = {"kind": ["decision"], "given_on": _day, "reference": ["DK/1/2026"]}


def _statement(world: World, client: Client) -> str:
    """The statement of somebody on an approved list, which is not on paper yet."""
    list_at("list", 3)(world, client)
    user_id = client.session["_auth_user_id"]
    person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
    with world.scope(PEOPLE[person][2], person):
        row = Statement.objects.get(payroll_list__month=lists.OCTOBER.first, position=1)
    return reverse("benefits:statement", args=[row.pk])


def _sample(world: World, client: Client) -> str:
    """The page that needs no person, in a unit that chose its rounding."""
    _premium("what_if", lambda file: file)(world, client)
    return reverse("benefits:what_if_sample")


BENEFITS_WAYS.update(
    {
        "benefits:statement": _statement,
        "benefits:what_if": _premium("what_if", lambda file: file),
        "benefits:what_if_sample": _sample,
    }
)

# A payment of this month can have been made, whatever the day.
_OFFICE = {"amount": ["120,50"], "paid_on": _day}
BENEFITS_TYPED.update({"benefits:tax_pay": _OFFICE, "benefits:zus_pay": _OFFICE})
BENEFITS_TYPED["benefits:tax_slips_delivery"] = BENEFITS_TYPED["benefits:tax_slip_delivery"] = {
    "sent_on": _day,
    "given_on": _day,
}
BENEFITS_WAYS["benefits:public_payment_back"] = _at(
    "public_payment_back",
    lambda: public_money.pay(
        kind=PublicKind.TAX, month=lists.OCTOBER, amount=Decimal(1), paid_on=clock.today()
    ),
)


def _over(kind: PublicKind) -> Way:
    """The form about a month that owes nothing and was paid, while a later one owes."""

    def way(world: World, client: Client) -> str:
        list_at("list", 3, before=without_pit2)(world, client)
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        with world.scope(PEOPLE[person][2], person):
            if kind == PublicKind.TAX:
                row = list_of(lists.OCTOBER)
                assert row is not None
                list_services.confirm_payment(list_id=row.pk, paid_on=clock.today(), without_file=True)
            public_money.pay(kind=kind, month=lists.SEPTEMBER, amount=Decimal("86.33"), paid_on=clock.today())
        return reverse(f"benefits:{kind.value}_count", args=[str(lists.SEPTEMBER)])

    return way


BENEFITS_WAYS.update({f"benefits:{kind.value}_count": _over(kind) for kind in PublicKind})
# Each office keeps the accounts of its payers in one bank.
BENEFITS_TYPED["benefits:pay_settings"] = {
    "tax_account": ["15101000712221959123456700"],
    "zus_account": ["76600000020260009591234567"],
}


def _worked() -> SupportedJob:
    """Somebody whose six months are over, and who has not been asked about it."""
    return supported.working(since=date(2026, 4, 1), until=date(2026, 9, 30))


def _refund(step: Callable[[SupportedJob], Any]) -> Callable[[], Any]:
    return lambda: step(supported.working())


def _refused_refund(job: SupportedJob) -> SupportedMonth:
    row = supported.asked(job)
    return supported_refunds.refuse(refund_id=row.pk, refused_on=clock.today(), refusal="no_money")


def _month_of_work(world: World, client: Client) -> str:
    job = _at("supported_job", supported.working)(world, client)
    return f"{job}miesiace/2026-09/"


BENEFITS_WAYS.update(
    {
        f"benefits:supported_{name}": _at(f"supported_{name}", make)
        for name, make in {
            "tab": supported.graduate,
            "propose": supported.graduate,
            "job": supported.working,
            "change": supported.drafted,
            "employer": supported.referred,
            "send": supported.drafted,
            "refer": supported.sent,
            "fail": supported.sent,
            "agree": supported.referred,
            "agreement": supported.agreed,
            "start": supported.agreed,
            "complete": _worked,
            "break_off": supported.working,
            "ask": _refund(supported.prepared),
            "drop": _refund(supported.prepared),
            "pay": _refund(supported.asked),
            "refuse": _refund(supported.asked),
            "take_back": _refund(supported.paid),
            "again": _refund(_refused_refund),
        }.items()
    }
)
BENEFITS_WAYS["benefits:supported_prepare"] = _month_of_work
_SIGNED = dict.fromkeys(("manager_on", "social_worker_on", "participant_on", "sent_on"), ["06.07.2026"])
_AGREED = {
    "agreed_on": ["20.08.2026"], "since": ["01.09.2026"], "until": ["28.02.2027"], "monthly_pay": ["4806,00"],
}  # fmt: skip
BENEFITS_TYPED.update(
    {
        "benefits:supported_send": _SIGNED,
        "benefits:supported_refer": {"answered_on": ["03.08.2026"]},
        "benefits:supported_fail": {"failed_on": _day, "fail_reason": ["no_money"]},
        "benefits:supported_agree": _AGREED,
        "benefits:supported_agreement": _AGREED,
        "benefits:supported_start": {"since": ["01.09.2026"], "until": ["28.02.2027"]},
        "benefits:supported_complete": {"ended_on": ["30.09.2026"]},
        "benefits:supported_break_off": {"ended_on": ["15.10.2026"], "end_reason": ["health"]},
        "benefits:supported_employer": {
            "accident_rate": ["1,67"],
            "employer_nip": ["1234563218"],
            "employer_postcode": ["20-001"],
            "employer_phone": ["600 100 200"],
            "employer_email": ["biuro@jodla.example"],
        },  # fmt: skip
        "benefits:supported_prepare": {"pay": ["4806,00"], "contributions": [""]},
        "benefits:supported_ask": {"asked_on": ["05.10.2026"]},
        "benefits:supported_pay": {"paid_on": _day, "paid": ["2103,75"]},
        "benefits:supported_refuse": {"refused_on": _day, "refusal": ["no_money"]},
    }
)


def _booked(name: str) -> Way:
    """The address of a form about money that the bank says has gone."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        with world.scope(PEOPLE[person][2], person):
            row = specimen(BankBooking, world, "", amount=-500)
        return f"{reverse(f'benefits:{name}')}?zapis={row.pk}"

    return way


for _name in ("zus_booked", "tax_booked"):
    BENEFITS_WAYS[f"benefits:{_name}"] = _booked(_name)
    BENEFITS_TYPED[f"benefits:{_name}"] = {"amount": ["120,50"], "month": [str(lists.OCTOBER)]}
