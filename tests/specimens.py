"""A row of any model in the current scope, with a canary in every text it can hold.

The tests of the walls walk all tenant models; one that needs more than its fields' types say adds a
line to `SPECIAL`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from reintegration.accounts.models import User
from reintegration.core import clock
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.core.ids import uuid7
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope
from reporting.rules.reports import freeze
from tests.cast import World

_numbers = count(1)
# Rows that two sides see and the unit alone writes.
BY_THE_UNIT = frozenset(
    f"reporting.{name}"
    for name in (
        "Report", "ReportVersion", "ClubNotice", "StatusApplication", "ApplicationAnswer", "ProcedureFile",
        "ProcedureStep",
    )
) | {"participants.BodyAccess"}  # fmt: skip


def _free_year(unit_id: UUID) -> int:
    """The newest year without a report of the unit, before the one that is due: it has one of a year.

    An office does not see what is only prepared, so the unit is asked.
    """
    with _said_by(unit_id), connection.cursor() as cursor:
        cursor.execute("SELECT year FROM reporting_report WHERE unit_id = %s", [unit_id])
        used = {year for (year,) in cursor.fetchall()}
    return next(year for year in range(clock.today().year - 2, 2002, -1) if year not in used)


Maker = Callable[[World, str], dict[str, Any]]


def certified(canary: str) -> dict[str, Any]:
    """What a certificate says, in the shape in which it is kept."""
    words = ["unit", "founder", "register", "town", "person", "file", "classes", "talks"]
    days: dict[str, Any] = {"born": "1985-05-04", "since": "2026-01-01", "until": "2026-09-30"}
    lists: dict[str, Any] = {name: [] for name in ("periods", "workshops", "placements", "services")}
    return {
        **dict.fromkeys([*words, "lessons"], canary), **days, **lists,
        "unit_type": "CIS", "fulfilled": False, "pesel": "", "sex": "M", "counted_from": "",
        "skills": [[canary, "2026-05-11"]],
    }  # fmt: skip


def _layout() -> Any:
    return apps.get_model("reporting", "ReportLayout").objects.filter(kind="cis").order_by("pk")[0]


def _of_report(world: World, canary: str) -> dict[str, Any]:
    report = specimen(apps.get_model("reporting", "Report"), world, canary)
    return {"report": report, "year": report.year}


def reported(canary: str) -> dict[str, Any]:
    """What a sent report says: its words hold the canary, its numbers are noughts."""
    layout = _layout().layout
    return freeze(
        kind="cis",
        layout_version=layout.version,
        title=layout.title,
        year=2025,
        unit=dict.fromkeys(
            ("name", "unit_type", "street", "postcode", "town", "founder", "gmina_code", "voivodeship"),
            canary,
        ),
        cells=layout.cells,
        values={key: Decimal(0) for key, cell in layout.cells.items() if cell.adds},
        texts={key: canary for key, cell in layout.cells.items() if not cell.adds},
        notes={},
        explanations={
            one.key: {"sentence": one.sentence, "left": "0", "right": "1", "words": canary}
            for one in layout.checks[:1]
        },
    )


def _left(world: World, canary: str) -> dict[str, Any]:
    """The file of somebody who was in classes and left them."""
    file = specimen(
        apps.get_model("participants", "Participation"), world, canary,
        ended_on=date(2026, 11, 20), end_reason="job", destination="open_market",
    )  # fmt: skip
    specimen(apps.get_model("participants", "Period"), world, canary, participation=file, person=file.person)
    return {"participation": file, "person": file.person}


# A case that the office has, of a kind that stands in nobody's way.
_AT_OFFICE: dict[str, Any] = {"state": "sent", "sent_on": date(2026, 11, 20), "due_on": date(2026, 12, 20)}


# label of the model: values that its constraints ask for, beyond what the types say
SPECIAL: dict[str, Maker] = {
    "accounts.HeldForm": lambda world, canary: {"content": {"fields": [["notatka", canary]], "files": []}},
    "accounts.Invitation": lambda world, canary: {"roles": ["manager"]},
    "documents.StoredFile": lambda world, canary: {"stored_as": uuid7().hex},
    "documents.StoredFileGrant": lambda world, canary: {
        "granted_by": world.people["second_operator"],
        "permission": Permission.objects.get(codename="view_storedfile"),
    },
    # A kind that many roles may open: a list shows it to everybody who looks.
    "documents.Document": lambda world, canary: {"kind": "documents.staff_list"},
    "documents.DocumentGrant": lambda world, canary: {
        "granted_by": world.people["second_operator"],
        "permission": Permission.objects.get(codename="view_document"),
    },
    "ipzs.AttendanceMonth": lambda world, canary: {"first_day": _month(next(_numbers))},
    "ipzs.ClassMeeting": lambda world, canary: {"ends": time(10)},
    "ipzs.DayMark": lambda world, canary: {"hours": 6},
    "ipzs.Decision": lambda world, canary: {"delivered_how": ""},
    "ipzs.Evaluation": lambda world, canary: {"result": ""},
    "ipzs.MealCount": lambda world, canary: {
        "extra": 2,
        "day": date(2026, 1, 1) + timedelta(days=next(_numbers)),
    },
    "ipzs.Programme": lambda world, canary: {"end_kind": ""},
    "ipzs.ProgrammeVersion": lambda world, canary: {"number": 1, "signed_how": ""},
    "ipzs.Service": lambda world, canary: {"partner": ""},
    "ipzs.TimetableEntry": lambda world, canary: {
        "workshop": specimen(apps.get_model("ipzs", "Workshop"), world, canary),
        "weekday": 0,
        "ends": time(10),
    },
    "ipzs.TimetableFeed": lambda world, canary: {"kind": "unit", "workshop": None},
    "benefits.Correction": lambda world, canary: {"month": date(2026, 9, 1), "difference": 10},
    "benefits.PayrollList": lambda world, canary: {
        # Lists go in order of their months: one of long ago would keep every other from its signatures.
        "month": _far_month(next(_numbers)),
        "number": f"LW/{next(_numbers)}",
        "digest": "",
    },
    "benefits.ContributionRule": lambda world, canary: {"since_month": _far_month(next(_numbers))},
    "benefits.FundAdvance": lambda world, canary: {"month": date(2026, 11, 1)},
    "benefits.FundAgreement": lambda world, canary: {"places": 20},
    "benefits.FundLine": lambda world, canary: {
        "statement": specimen(apps.get_model("benefits", "Statement"), world, canary),
        "month": date(2026, 11, 1),
        "reason": "",
    },
    "benefits.FundReceipt": lambda world, canary: {"kind": "given_back", "taken_back_because": ""},
    # Of an office: an event of a list would need the list.
    "benefits.JournalEntry": lambda world, canary: {"event": "zus"},
    "benefits.HealthRegistration": lambda world, canary: {"until": date(2027, 10, 31)},
    # Not published: what is published is for everybody to read.
    "benefits.PaymentTerms": lambda world, canary: {"payment_day": 10, "published": False},
    "benefits.Premium": lambda world, canary: {"month": date(2026, 11, 1), "number": ""},
    "benefits.PaySettings": lambda world, canary: {"tax_account": "", "zus_account": ""},
    "benefits.PublicPayment": lambda world, canary: {"kind": "tax", "month": _far_month(next(_numbers))},
    "benefits.SigningRule": lambda world, canary: {
        "since_month": date(2026, 11, 1),
        "proposed_by": _global_row(User, world),
        "proposed_at": datetime(2026, 11, 20, 10, tzinfo=UTC),
    },
    "benefits.Statement": lambda world, canary: {
        "document": {"person": {"name": canary}, "rows": [], "blocked": [["bad_facts", canary]]},
        "method": "",
        "sealed_digest": "",
        "digest": "",
    },
    "benefits.SupportedJob": lambda world, canary: {
        "unit_type": Unit.objects.get(pk=current_scope().organisation_id).unit_type,
        "employer_nip": "",
        "end_reason": "",
        "fail_reason": "",
    },
    "benefits.SupportedMonth": lambda world, canary: {
        "job": _working(world, canary),
        "month": date(2026, 10, 1),
        # What PUP has not paid is the queue.
        "state": "asked",
        "asked_on": date(2026, 11, 5),
        "due_on": date(2026, 12, 7),
        "refusal": "",
    },
    "benefits.TaxStatement": lambda world, canary: {"since": date(2026, 11, 1)},
    "benefits.BankStatement": lambda world, canary: {
        "digest": f"{next(_numbers):064x}",
        "account": "61109010140000071219812874",
        "first_day": date(2026, 11, 1),
        "last_day": date(2026, 11, 20),
    },
    "benefits.BankBooking": lambda world, canary: {
        "account": "61109010140000071219812874",
        "identity": f"{next(_numbers):064x}",
        "amount": Decimal(-1),
        "remark": "",
    },
    "benefits.TransferFile": lambda world, canary: {
        "account": "61109010140000071219812874",
        "reference": f"LW/{next(_numbers)}",
        "digest": "0" * 64,
        "count": 1,
    },
    "law.Reading": lambda world, canary: {
        "key": "sick_trial",
        "value": "full",
        "since_month": date(2026, 11, 1),
        "proposed_by": _global_row(User, world),
        "proposed_at": datetime(2026, 11, 20, 10, tzinfo=UTC),
    },
    "notices.Mail": lambda world, canary: {"recipient": _global_row(User, world)},
    "notices.DeskTask": lambda world, canary: {"roles": ["manager"]},
    "participants.Participation": lambda world, canary: {
        "opened_on": date(2026, 11, 2),
        "number": f"U/{next(_numbers)}",
        "end_reason": "",
        "destination": "",
    },
    # A club has no other kind.
    "participants.Period": lambda world, canary: {
        "kind": "main",
        "since": date(2026, 11, 2),
        "until": date(2026, 12, 1),
    },
    "participants.PlaceOffer": lambda world, canary: {"places": 4},
    "participants.Person": lambda world, canary: {"no_pesel": "", "email": "iga@nowymost.example"},
    "participants.Referral": lambda world, canary: {
        "no_pesel": "",
        "state": "sent",
        "sent_at": datetime(2026, 11, 20, 10, tzinfo=UTC),
    },
    "participants.BodyAccess": lambda world, canary: (
        {"purpose": "month"}
        if current_scope().organisation_id not in _units(world)
        else {"purpose": "month", "sender_id": world.organisations["ops"].pk}
    ),
    "participants.OpsNotice": lambda world, canary: (
        {}
        if current_scope().organisation_id not in _units(world)
        else {"sender_id": world.organisations["other_ops"].pk}
    ),
    "participants.SignedLink": lambda world, canary: {"purpose": "refer", "attempts": 0},
    "participants.SpecialistOpinionGrant": lambda world, canary: {
        "granted_by": world.people["second_operator"],
        "permission": Permission.objects.get(codename="view_specialistopinion"),
    },
    "participants.CardEntry": lambda world, canary: {"minutes": 30},
    "participants.Diagnosis": lambda world, canary: {"template_version": 1},
    "participants.Consent": lambda world, canary: {
        "recipient": f"Odbiorca {canary}",
        "purpose": "wspólna praca",
    },
    "participants.Partner": lambda world, canary: {
        "name": f"Partner {canary} {next(_numbers)}",
        "helps_with": ["transport"],
        "email": "pomoc@partner.example",
    },
    "participants.PartnerRequest": lambda world, canary: {"state": "asked", "asked_how": "phone"},
    "reporting.Certificate": lambda world, canary: {
        **_left(world, canary),
        "kind": "original",
        "follows": None,
        "graduate_until": None,
        "content": certified(canary),
    },
    "reporting.Outcome": lambda world, canary: {
        "changes": ["ties"],
        "reached": 1,
        "own_changes": ["goals"],
        "own_reached": 1,
        "own_missing": "",
        "work": "",
    },
    "reporting.ClubNotice": lambda world, canary: {
        **_AT_OFFICE,
        "kind": "closing",
        "since": date(2026, 11, 2),
    },
    "reporting.StatusApplication": lambda world, canary: {**_AT_OFFICE, "kind": "prolong"},
    "reporting.ApplicationAnswer": lambda world, canary: {
        "point": "5",
        "content": {"words": canary},
    },
    "reporting.ProcedureFile": lambda world, canary: {
        "notice": specimen(apps.get_model("reporting", "ClubNotice"), world, canary)
    },
    "reporting.ProcedureStep": lambda world, canary: {
        "notice": specimen(apps.get_model("reporting", "ClubNotice"), world, canary),
        "step": "send",
    },
    "reporting.SupervisionLetter": lambda world, canary: {"days": 14},
    "reporting.Inspection": lambda world, canary: _open_inspection(),
    "reporting.InspectionFile": lambda world, canary: {
        **_of_open_inspection(world, canary),
        "position": 1,
        "participation": uuid7(),
    },
    "reporting.InspectionFinding": lambda world, canary: {
        "file": specimen(apps.get_model("reporting", "InspectionFile"), world, canary),
        "finding": "",
    },
    "reporting.InspectionPoint": lambda world, canary: {
        **_of_open_inspection(world, canary),
        "code": f"P{next(_numbers) % 100}",
        "answer": "",
    },
    "reporting.Recommendation": lambda world, canary: {
        **_of_open_inspection(world, canary),
        "position": 1,
    },
    "reporting.RegisterEntry": lambda world, canary: {"published": False},
    "reporting.EntryVersion": lambda world, canary: {"published": False},
    "reporting.StatusDecision": lambda world, canary: {
        "kind": "granted",
        "decided_on": date(2026, 11, 20),
        "until": date(2031, 11, 19),
        "reason": "",
        "published": False,
    },
    "reporting.StatusAppeal": lambda world, canary: {
        "decision": specimen(apps.get_model("reporting", "StatusDecision"), world, canary),
        "number": "",
    },
    "reporting.Report": lambda world, canary: {"layout": _layout()},
    "reporting.ReportDraft": lambda world, canary: {"typed": {}},
    "reporting.ReportVersion": lambda world, canary: {
        **_of_report(world, canary),
        "layout": _layout(),
        "content": reported(canary),
        "digest": "0" * 64,
        "state": "submitted",
        # These are the office's.
        "words": "",
    },
    # What was not sent yet only the office sees.
    "reporting.CellComment": lambda world, canary: {
        "cell": next(iter(reported(canary)["cells"])),
        "sent_at": datetime(2026, 11, 20, 10, tzinfo=UTC),
    },
    "reporting.ReportRecipient": lambda world, canary: {"how": "", "sent_on": None, "kind": "grantor"},
    "reporting.OutsideReport": lambda world, canary: {
        # In the register before the year that is due, so that the board shows it.
        "entry": specimen(
            apps.get_model("reporting", "EntryVersion"), world, canary, since=date(2020, 1, 1)
        ).entry,
        "year": clock.today().year - 1,
        "layout": _layout(),
        "content": reported(canary),
    },
    "reporting.SeasonReminder": lambda world, canary: {
        "year": clock.today().year - 1,
        "address": "biuro@mlyn.example",
    },
    "reporting.CollectiveReport": lambda world, canary: {
        "year": 2016 + next(_numbers) % 180,
        "content": None,
        "digest": "",
        "state": "draft",
    },
    "tenancy.ClosedDay": lambda world, canary: {"day": date(2026, 1, 1) + timedelta(days=next(_numbers))},
    "tenancy.UnitAccount": lambda world, canary: {
        "number": "61109010140000071219812874",
        "since": date(2027, 1, 1) + timedelta(days=next(_numbers)),
    },
    "tenancy.UnitCalendar": lambda world, canary: {
        "weekdays": [1, 2, 3, 4, 5],
        "since": date(2027, 1, 1) + timedelta(days=next(_numbers)),
    },
    "tenancy.StaffMember": lambda world, canary: {"kind": "instructor", "basis": "employment", "fte": 1},
}


def _open_inspection() -> dict[str, Any]:
    """An inspection that the office has opened, and nothing that comes later."""
    day = clock.today()
    return {
        "unit_type": "CIS", "state": "open", "basis": "supervision", "areas": ["files"],
        "authorised_on": day, "period_from": date(2026, 1, 1), "period_until": day,
        "access_from": day, "access_until": day, "opened_at": clock.now(), "objection_days": 7,
        "seed": "", "frame_digest": "", "pack_digest": "", "objections_result": "",
        **dict.fromkeys(("findings", "objections", "objections_reply"), ""),
    }  # fmt: skip


def _of_open_inspection(world: World, canary: str) -> dict[str, Any]:
    return {"inspection": specimen(apps.get_model("reporting", "Inspection"), world, canary)}


def _balanced(entry: Any, world: World, canary: str) -> None:
    """An entry of the journal stands only with lines that make zero."""
    file = specimen(apps.get_model("participants", "Participation"), world, canary)
    posting = apps.get_model("benefits", "Posting")
    posting.objects.bulk_create(
        posting(entry=entry, account="bank", amount=amount, participation=file) for amount in (1, -1)
    )


def _of_a_club_too(version: Any, world: World, canary: str) -> None:
    """Each register shows one kind of unit, so both have a row."""
    club = specimen(apps.get_model("reporting", "RegisterEntry"), world, canary, unit_type="KIS")
    columns = [field for field in version._meta.local_concrete_fields if not field.generated]
    values = {field.attname: getattr(version, field.attname) for field in columns if not field.primary_key}
    type(version).objects.create(**{**values, "entry_id": club.pk})


# label of the model: what has to be stored with the row
WITH_IT: dict[str, Callable[[Any, World, str], None]] = {
    "benefits.JournalEntry": _balanced,
    "reporting.EntryVersion": _of_a_club_too,
}
# label of the model: how a row comes to be that is not stored alone
MADE: dict[str, Callable[[World, str], Any]] = {
    "benefits.Posting": lambda world, canary: (
        specimen(apps.get_model("benefits", "JournalEntry"), world, canary).postings.order_by("pk").first()
    ),
    # The triggers of the reports write it, and nobody else.
    "reporting.YearReport": lambda world, canary: apps.get_model("reporting", "YearReport").objects.get(
        outside=specimen(apps.get_model("reporting", "OutsideReport"), world, canary).pk
    ),
}


def _working(world: World, canary: str) -> Any:
    """Somebody who works, with an agreement that refunds October."""
    day = date(2026, 9, 1)
    return specimen(
        apps.get_model("benefits", "SupportedJob"), world, canary,
        state="working", sent_on=day, manager_on=day, social_worker_on=day, participant_on=day,
        answered_on=day, agreed_on=day, since=day, until=date(2027, 2, 28), refund_until=date(2027, 2, 28),
        monthly_pay=5000,
    )  # fmt: skip


def _month(number: int) -> date:
    return date(1990 + number // 12 % 200, number % 12 + 1, 1)


def _far_month(number: int) -> date:
    return date(2190 + number // 12 % 5000, number % 12 + 1, 1)


def _two_persons(world: World, canary: str) -> dict[str, Any]:
    model = apps.get_model("participants", "Person")
    one, other = sorted((specimen(model, world, canary) for _ in range(2)), key=lambda row: row.pk)
    return {"one": one, "other": other}


SPECIAL["participants.NotDuplicate"] = _two_persons


def _of_paid_list(world: World, canary: str) -> dict[str, Any]:
    """Payments are of a list that was paid."""
    said = specimen(apps.get_model("benefits", "Statement"), world, canary, benefit=1, to_pay=1)
    row = said.payroll_list
    people = [one for key, one in world.people.items() if world.organisation_of(key).pk == row.unit_id][:3]
    for state, person in zip(("locked", "checked", "approved", "paid"), [*people, people[-1]], strict=True):
        row.state, row.digest = state, "0" * 64
        setattr(row, f"{state}_by", person)
        setattr(row, f"{state}_at", datetime(2026, 11, 20, 10, tzinfo=UTC))
        row.paid_on = date(2026, 11, 20) if state == "paid" else None
        row.save()
    return {"payroll_list": row, "statement": said, "person": said.person, "reason": "", "account": ""}


SPECIAL["benefits.PaidLine"] = _of_paid_list


def tenant_models() -> list[type[models.Model]]:
    """Every model of a table that belongs to one tenant."""
    return [model for model in apps.get_models() if hasattr(model, "tenant_field")]


def has_rows_in(model: type[models.Model], *, unit: bool) -> bool:
    """Whether an organisation of this kind has rows of the model: a body has what it shares with a unit."""
    if unit:
        return True
    if model.tenant_field == "unit" and not hasattr(model, "partner_field"):  # type: ignore[attr-defined]
        return False
    needed = [field for field in model._meta.local_concrete_fields if isinstance(field, KinForeignKey)]
    return all(field.null or has_rows_in(field.related_model, unit=False) for field in needed)


def specimen(model: type[models.Model], world: World, canary: str, **given: Any) -> Any:
    """Store one row of the model in the current scope."""
    if found := MADE.get(model._meta.label):
        return found(world, canary)
    values = {**SPECIAL.get(model._meta.label, lambda world, canary: {})(world, canary), **given}
    shared = getattr(model, "partner_field", "") == "sender"
    if shared and current_scope().organisation_id not in _units(world):
        values.setdefault("unit_id", world.kis.pk)
        values.setdefault("sender_id", current_scope().organisation_id)
    tenant = f"{getattr(model, 'tenant_field', 'organisation')}_id"
    values.setdefault(tenant, current_scope().organisation_id)
    if model._meta.label == "reporting.Report":
        values.setdefault("year", _free_year(values["unit_id"]))
    for field in model._meta.local_concrete_fields:
        if field.name in values or field.primary_key or field.generated or field.column == tenant:
            continue
        if field.generated:
            continue
        if field.has_default() or (field.null and not isinstance(field, KinForeignKey)):
            continue
        values[field.name] = _value(field, world, canary)
    if model._meta.label == "reporting.CellComment":
        return _commented(model, world, values)
    with _said_by(values["unit_id"] if model._meta.label in BY_THE_UNIT else None):
        made = model.objects.create(**values)
    if with_it := WITH_IT.get(model._meta.label):
        with_it(made, world, canary)
    return made


def _units(world: World) -> set[UUID]:
    return {world.organisations[key].pk for key in ("cis", "other_cis", "kis")}


@contextmanager
def _said_by(organisation_id: UUID | None) -> Iterator[None]:
    """Let the database take rows as this organisation's, whose scope it is not."""
    if organisation_id is None:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organisation', %s, true)", [str(organisation_id)])
        yield
        here = str(current_scope().organisation_id)
        cursor.execute("SELECT set_config('app.organisation', %s, true)", [here])


def _commented(model: Any, world: World, values: dict[str, Any]) -> Any:
    """A comment is an office's, which writes it first and sends it afterwards."""
    values.setdefault("sender_id", world.organisations["other_office"].pk)
    sent_at = values.pop("sent_at")
    with _said_by(values["sender_id"]):
        made = model.objects.create(**values)
        if sent_at is not None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE reporting_cellcomment SET sent_at = %s WHERE id = %s", [sent_at, made.pk]
                )
    return made


def _value(field: Any, world: World, canary: str) -> Any:
    if isinstance(field, KinForeignKey):
        return None if field.null else specimen(field.related_model, world, canary)
    if isinstance(field, models.ForeignKey):
        return _global_row(field.related_model, world)
    if getattr(field, "choices", None):
        return field.choices[0][0]
    if isinstance(field, models.CharField | models.TextField | EncryptedTextField):
        text = f"{canary} {next(_numbers)}"
        return text[-field.max_length :] if field.max_length else text
    simple: list[tuple[type[models.Field], Any]] = [
        (models.BooleanField, False),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, 1 + next(_numbers) % 32_000),  # fits the smallest column
        (models.DateTimeField, datetime(2026, 11, 20, 10, tzinfo=UTC)),
        (models.DateField, date(2026, 11, 20)),
        (models.TimeField, time(8)),
        (models.UUIDField, uuid7()),
        (models.JSONField, {"note": canary}),
        (EncryptedJSONField, {"note": canary}),
        (models.BinaryField, b"specimen"),
        (ArrayField, []),
    ]
    for kind, value in simple:
        if isinstance(field, kind):
            return value
    message = f"tests/specimens.py does not know how to fill {field}."
    raise AssertionError(message)


def _global_row(model: type[models.Model], world: World) -> Any:
    if model._meta.label == "accounts.User":
        here: UUID = current_scope().organisation_id
        return next(person for key, person in world.people.items() if world.organisation_of(key).pk == here)
    found = model._default_manager.first()
    assert found is not None, f"The cast has no row of {model._meta.label}; add one to tests/specimens.py."
    return found
