"""What goes on around payments, mostly of the large demo: insurance, Labour Fund, bank, work with PUP."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from benefits import demo_bank
from benefits.demo_years import CENTRES
from benefits.enums import HealthKind, JobPlace, ListState
from benefits.models import (
    BankStatement,
    FundAgreement,
    HealthRegistration,
    HealthTitle,
    PaymentTerms,
    PayrollList,
    SupportedJob,
)
from benefits.queries.health import FileHealth, data_of, health_of, health_of_one
from benefits.queries.supported import referral_from, to_ask
from benefits.queries.transfers import file_of
from benefits.services import health, supported, supported_refunds, terms
from benefits.services.fund import agreements, applications
from ipzs.enums import MarkKind
from ipzs.models import AttendanceMonth, DayMark, ExcuseReason
from ipzs.services import months
from ipzs.services.attendance.marks import mark
from participants.enums import Destination
from participants.models import Participation, Period
from reintegration.accounts.models import User
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import email_of, id_of
from reintegration.core import clock
from reintegration.core.dates import Month, add_months
from reintegration.core.demo import demo_step
from reintegration.tenancy.scope import scope

# Of those who go on, the newest so many are told to the OPS now; of those before it knows from other days.
TOLD: Final = 3
# The bank sent one transfer of this centre back.
RETURNED: Final = "czolenko"
PAY, CONTRIBUTIONS = Decimal("4806.00"), Decimal("980.00")
WORK: Final = (
    ("Tartak Jodła sp. z o.o.", "pomocnik stolarza"),
    ("Bar Pod Lipą", "pomoc kuchenna"),
    ("Ogrody Wymyślone s.c.", "pomocnik ogrodnika"),
)


@contextmanager
def _as(unit: country.CountryUnit, role: str = "manager") -> Iterator[UUID]:
    key: UUID = unit.user(role).pk
    with scope(organisation_id=id_of(unit.key), user_id=key, source="demo"):  # type: ignore[arg-type]
        yield key


@demo_step("health insurance in every unit", order=104, large=True)
def load_health() -> None:
    for unit in country.UNITS:
        with _as(unit) as manager:
            if HealthTitle.objects.exists():
                continue
            rows = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False)
            files = list(rows.distinct().order_by("-opened_on", "pk"))
            HealthTitle.objects.bulk_create(_title(place, file) for place, file in enumerate(files[1:]))
            HealthRegistration.objects.bulk_create(
                _registered(one, manager) for one in health_of(files[TOLD:]).values() if one.stretches
            )
            # The first one lies open: nobody has asked that person yet.
            for file in files[1:TOLD]:
                if health_of_one(file).changes:
                    health.tell(participation_id=file.pk)


def _title(place: int, file: Participation) -> HealthTitle:
    """Nothing beside the programme, a family member, or a job that went before."""
    row = HealthTitle(participation=file, person_id=file.person_id, since=file.opened_on)
    row.kind = (HealthKind.NONE, HealthKind.FAMILY, HealthKind.NONE, HealthKind.OWN)[place % 4]
    if row.kind == HealthKind.OWN:
        row.since, row.until = file.opened_on - timedelta(days=500), file.opened_on - timedelta(days=5)
    return row


def _registered(one: FileHealth, by: UUID) -> HealthRegistration:
    """Of whom the OPS was told when they came, and whom it has registered."""
    span, body = one.stretches[-1], one.body
    told_on = min(max(one.file.opened_on, span.first - timedelta(days=20)), clock.today())
    done = span.first + timedelta(days=3)
    return HealthRegistration(
        participation=one.file, person_name=str(one.file.person), told=data_of(one.file.person),
        since=span.first, until=span.last, told_on=told_on, told_by_id=by, sender_id=body.sender_id,
        referral_id=body.referral_id, body_name=body.name,
        registered_on=done if done <= clock.today() else None,
    )  # fmt: skip


@demo_step("how every centre pays, for those who refer", order=104)
def load_terms() -> None:
    """In the small demo as well; there one of its two centres has not chosen how it rounds."""
    managers = {"nowymost": email_of("ewa.jarzebina", "nowymost")}
    centres = CENTRES if country.present() else [country.BY_KEY["warsztat"]]
    managers |= {unit.key: unit.email("manager") for unit in centres}
    for key, email in managers.items():
        manager = User.objects.get(email=email)
        with scope(organisation_id=id_of(key), user_id=manager.pk, source="demo"):  # type: ignore[arg-type]
            if not PaymentTerms.objects.exists():
                terms.tell_terms(published=True)


@demo_step("the Labour Fund of every centre", order=104, large=True)
def load_fund() -> None:
    """New ones: the last paid list is the first that is asked for; of the next year nobody has signed yet."""
    for number, unit in enumerate(CENTRES, 21):
        with _as(unit):
            if FundAgreement.objects.exists():
                continue
            today = clock.today()
            paid = PayrollList.objects.filter(paid_on__isnull=False).order_by("-month").first()
            if paid is None:
                continue
            first = paid.month
            office = country.BODIES[unit.pup][1]
            asked: dict[str, Any] = {"office": office, "address": "", "mode": "refund", "remark": ""}
            row = agreements.ask(asked_on=first - timedelta(days=60), places=unit.places + 8, **asked)
            agreements.sign(
                agreement_id=row.pk, number=f"UM/{number}/FP", signed_on=first - timedelta(days=14),
                since=first, until=first.replace(month=12, day=31), places=unit.places + 8,
                mode="refund", apply_by=15, pays_within=30, attachments="", remark="",
                amount=Decimal(18_000 * unit.places),
            )  # fmt: skip
            agreements.ask(asked_on=today - timedelta(days=12), places=unit.places + 8, **asked)
            made = applications.draw(list_id=paid.pk)
            applications.send(application_id=made.pk, sent_on=paid.paid_on or today)


@demo_step("a paper that came after the payment in every centre", order=104, large=True)
def load_corrections() -> None:
    """An absence of the paid month is excused now; the next list pays what is missing."""
    for unit in CENTRES:
        paid = None
        with _as(unit):
            if not AttendanceMonth.objects.filter(reopened_at__isnull=False).exists():
                paid = PayrollList.objects.filter(paid_on__isnull=False).order_by("-month").first()
            # A draft counts what changed; the paid month is to wait for the list after it.
            if paid is None or PayrollList.objects.filter(state=ListState.OPEN).exists():
                continue
            month = Month.of(paid.month)
            absent = DayMark.objects.filter(
                kind=MarkKind.UNEXCUSED,
                day__range=(month.first, month.last),
                participation__in=paid.statements.values("participation"),
                participation__ended_on__isnull=True,
            )
            row = absent.order_by("participation__number", "day").first()
            excuse = ExcuseReason.objects.order_by("name_order").first()
            if row is None or excuse is None:
                continue
            months.reopen(month=month, reason="Usprawiedliwienie przyszło po wypłacie.")
            mark(
                participation_id=row.participation_id,
                day=row.day,
                kind=MarkKind.EXCUSED,
                excuse_id=excuse.pk,
                reason="Zaświadczenie przyniesione po wypłacie.",
            )
            months.close(month=month)


@demo_step("the bank's answer in every centre", order=105, large=True)
def load_answers() -> None:
    for unit in CENTRES:
        with _as(unit, "accountant"):
            row = PayrollList.objects.filter(paid_on__isnull=False).order_by("-month").first()
            made = file_of(row) if row is not None else None
            if row is not None and made is not None and not BankStatement.objects.exists():
                demo_bank.answer(row, made, returned=unit.key == RETURNED)


@demo_step("supported employment of every unit", order=109, large=True)
def load_supported() -> None:
    """Who went to work with the help of PUP, whose refunds an employer waits for, and a motion on its way."""
    for number, unit in enumerate(country.UNITS):
        with _as(unit):
            if SupportedJob.objects.exists() or unit.is_new:
                continue
            left = Participation.objects.filter(destination=Destination.SUPPORTED, periods__isnull=False)
            late = clock.today() - timedelta(days=75)
            for file in left.filter(ended_on__lt=late).distinct().order_by("-ended_on", "pk")[:1]:
                _works(country.BODIES[unit.pup][1], file, number)
            _motion(country.BODIES[unit.pup][1], number)
    manager = User.objects.get(email=email_of("bozena.lipa", "przystan"))
    with scope(organisation_id=id_of("przystan"), user_id=manager.pk, source="demo"):  # type: ignore[arg-type]
        if not SupportedJob.objects.exists():
            _motion("PUP w Modrzewnie", len(country.UNITS))


def _proposed(pup_name: str, file: Participation, number: int) -> UUID:
    employer, position = WORK[number % len(WORK)]
    job = supported.propose(
        participation_id=file.pk, place=JobPlace.EMPLOYER, pup_name=pup_name,
        employer_name=employer, position=position,
        reason="Pracodawca chce zatrudnić osobę przy pracy, której nauczyła się na zajęciach.",
    )  # fmt: skip
    key: UUID = job.pk
    return key


def _send(key: UUID, day: date) -> None:
    supported.send(job_id=key, sent_on=day, manager_on=day, social_worker_on=day, participant_on=day)


def _works(pup_name: str, file: Participation, number: int) -> None:
    ended = file.ended_on
    if ended is None:
        return
    key = _proposed(pup_name, file, number)
    employer, position = WORK[number % len(WORK)]
    _send(key, ended + timedelta(days=1))
    begins = ended + timedelta(days=20)
    supported.refer(
        job_id=key, answered_on=ended + timedelta(days=12), employer_name=employer, position=position
    )
    supported.agree(
        job_id=key, agreed_on=ended + timedelta(days=16), agreement_number=f"ZW/{number + 1}/{ended.year}",
        since=begins, until=add_months(begins, 18), monthly_pay=PAY, de_minimis_note="",
    )  # fmt: skip
    job = supported.start(job_id=key, since=begins, until=add_months(begins, 18))
    months = to_ask(job, set(), clock.today())
    for place, month in enumerate(months):
        refund = supported_refunds.prepare(job_id=key, month=month, pay=PAY, contributions=CONTRIBUTIONS)
        asked = month.next.first + timedelta(days=7)
        if asked > clock.today():
            continue
        refund = supported_refunds.ask(refund_id=refund.pk, asked_on=asked)
        # The last one is still with PUP.
        if place < len(months) - 1:
            paid_on = min(asked + timedelta(days=20), clock.today())
            supported_refunds.pay(refund_id=refund.pk, paid_on=paid_on, paid=refund.asked)


def _motion(pup_name: str, number: int) -> None:
    """Of somebody who still comes, and who may be referred from today on."""
    begun = Period.objects.exclude(kind="trial").filter(participation__ended_on__isnull=True)
    for period in begun.select_related("participation").order_by("since", "pk"):
        if referral_from(period.participation) is not None:
            key = _proposed(pup_name, period.participation, number)
            _send(key, max(period.since, clock.today() - timedelta(days=35 - number)))
            return
