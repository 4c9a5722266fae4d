"""What money tells a body, by a link with a code or from its account: a page, and files to take along."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from benefits import fund_papers
from benefits.queries import fund, supported, told_bodies
from benefits.queries.health import data_of
from benefits.views.fund_words import APPLICATIONS
from participants.enums import LinkPurpose
from participants.services.portal.access import Reader
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import format_month
from reintegration.core.sheets import WRITERS
from reintegration.documents.exports import as_download

# How far back an OPS may look.
MOST_MONTHS = 12
LABELS = (
    "Osoba", "PESEL albo dokument", "Miesiąc", "Dni obecności", "Nieobecności usprawiedliwione",
    "Nieobecności nieusprawiedliwione", "Świadczenie", "Dzień wypłaty", "Ubezpieczenie zdrowotne od", "do",
)  # fmt: skip

Taken = tuple[HttpResponse, set[UUID]]


def asked_month(text: str) -> Month:
    """The last whole month, or one of those before it."""
    last = Month.of(clock.today()).previous
    try:
        asked = Month.parse(text)
    except ValueError:
        return last
    return asked if last.plus(1 - MOST_MONTHS) <= asked <= last else last


def month_of_ops(request: Any, reader: Reader) -> slots.Panel | None:
    if reader.purpose != LinkPurpose.MONTH:
        return None
    month = asked_month(request.GET.get("miesiac", ""))
    people = told_bodies.ops_people(month, reader, clock.today())
    beside = [
        Link(format_month(one), f"?miesiac={one}")
        for one in (month.previous, month.next)
        if asked_month(str(one)) == one
    ]
    return slots.Panel(
        "osoby",
        format_month(month).capitalize(),
        "benefits/told/month.html",
        {
            "people": people,
            "months": beside,
            "before_account": told_bodies.before_account(reader),
            "take_url": reader.take_url(month),
            "persons": {one.file.person_id for one in people},
        },
        count=len(people),
    )


def month_taken(request: Any, reader: Reader, name: str) -> Taken | None:
    if reader.purpose != LinkPurpose.MONTH:
        return None
    month = asked_month(name)
    if str(month) != name:
        return None
    people = told_bodies.ops_people(month, reader, clock.today())
    write, _ = WRITERS["xlsx"]
    rows = (
        [
            str(one.file.person), data_of(one.file.person)["number"], str(month), one.there,
            one.excused, one.unexcused, one.paid, one.paid_on,
            one.insured.first if one.insured else None, one.insured.last if one.insured else None,
        ]
        for one in people
    )  # fmt: skip
    response = as_download(write(LABELS, rows), f"lista miesiąca {month}", "xlsx")
    return response, {one.file.person_id for one in people}


def labour_office(request: Any, reader: Reader) -> slots.Panel | None:
    """Places, and the applications with what is still open of each."""
    if reader.purpose != LinkPurpose.FUND:
        return None
    found = told_bodies.account_of(reader.body_name, clock.today())
    rows = [(one, APPLICATIONS[one.row.state], reader.take_url(one.row.pk)) for one in found.applications]
    return slots.Panel(
        "wnioski", "Wnioski i rozliczenie", "benefits/told/fund.html", {"found": found, "rows": rows}
    )


def people_paid_for(request: Any, reader: Reader) -> slots.Panel | None:
    if reader.purpose != LinkPurpose.FUND:
        return None
    people = told_bodies.people_of(reader.body_name, clock.today())
    context = {"people": people, "persons": {one.person_id for one in people}}
    return slots.Panel("osoby", "Osoby dziś", "benefits/told/people.html", context, count=len(people))


def supported_queue(request: Any, reader: Reader) -> slots.Panel | None:
    if reader.purpose != LinkPurpose.FUND:
        return None
    today = clock.today()
    asked, owed = told_bodies.jobs_of(reader.body_name), told_bodies.refunds_of(reader.body_name)
    jobs = [(one, supported.waiting_days(one, today)) for one in asked]
    refunds = [(one, supported.days_late(one, today)) for one in owed]
    persons = {one.person_id for one in (*asked, *owed)}
    return slots.Panel(
        "zatrudnienie",
        "Zatrudnienie wspierane",
        "benefits/told/supported.html",
        {"jobs": jobs, "refunds": refunds, "persons": persons},
        count=len(jobs) + len(refunds),
    )


def application_taken(request: Any, reader: Reader, name: str) -> Taken | None:
    if reader.purpose != LinkPurpose.FUND:
        return None
    try:
        row = told_bodies.application_of(reader.body_name, UUID(name))
    except ValueError:
        return None
    if row is None:
        return None
    sheet = fund_papers.sheet_of(row)
    response = as_download(fund_papers.application_pdf(sheet), f"wniosek {row.number}")
    return response, {one.person_id for one in fund.lines_of(row)}


slots.fill("participants.told", month_of_ops)
slots.fill("participants.told", labour_office, order=10)
slots.fill("participants.told", people_paid_for, order=20)
slots.fill("participants.told", supported_queue, order=30)
slots.fill("participants.taken", month_taken)
slots.fill("participants.taken", application_taken)
