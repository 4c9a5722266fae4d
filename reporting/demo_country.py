"""What the units of the large demo and their offices write to each other: reports, certificates, letters."""

from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from participants.models import Participation
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import id_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.scope import scope
from reporting.demo_procedures import apply
from reporting.demo_reports import MONEY, OFFICE, WHY
from reporting.demo_reports import UNIT as MOST
from reporting.models import (
    Certificate,
    ClubNotice,
    CollectiveReport,
    RegisterEntry,
    Report,
    StatusApplication,
    SupervisionLetter,
)
from reporting.queries import certificates as ready_for
from reporting.queries import procedures as cases
from reporting.queries import reports as queries
from reporting.services import certificates, notices, report_office, season, supervision
from reporting.services import reports as services

OFFICES: Final = {
    country.LUBELSKIE: OFFICE,
    country.OPOLSKIE: ("uw-opolski", "dorota.olcha@uw-opolski.example"),
}
# Units that sent the report of the year before last here, too.
TWO_YEARS: Final = ("furtka",)
# Who reported on last year in the program; the others are still expected by their offices.
REPORTED: Final = ("furtka", "kram", "laweczka", "czolenko", "przeslo")
# Whose report of last year the office has given back, and who has sent theirs and waits.
RETURNED, WAITS = "kram", "przeslo"
# Whose report of the year that still runs is half written.
BEGUN: Final = ("furtka", "laweczka")
LETTERS: Final = (
    ("zielnik", "explain"),
    ("furtka", "remedy"),
    ("przeslo", "explain"),
    ("warsztat", "remedy"),
)
DAYS: Final = {"explain": 14, "remedy": 30}
WORDS: Final = {
    "explain": "Prosimy wyjaśnić, dlaczego w październiku trzy osoby nie miały opiekuna praktyki.",
    "remedy": "W szafce z lekami pierwszej pomocy są środki po terminie. Prosimy je wymienić.",
}


def _as(organisation: str, email: str) -> AbstractContextManager[Any]:
    return scope(organisation_id=id_of(organisation), user_id=demo_id(f"person:{email}"), source="demo")  # type: ignore[arg-type]


def _in(unit: country.CountryUnit) -> AbstractContextManager[Any]:
    return _as(unit.key, unit.email("manager"))


@demo_step("certificates of every unit", order=103, large=True)
def load_certificates() -> None:
    """The newest ones were issued in the program; those of earlier years on paper."""
    for unit in country.UNITS:
        with _in(unit):
            left = Participation.objects.filter(ended_on__isnull=False, periods__isnull=False)
            rows = left.filter(certificate_on__isnull=True).distinct().order_by("-ended_on", "pk")
            if not Certificate.objects.exists():
                for file in list(rows)[:1]:
                    _certify(file)


def _certify(file: Participation) -> None:
    ready = ready_for.prepare(file, today=clock.today())
    if not ready.obstacles and ready.elsewhere_on is None:
        certificates.issue(participation_id=file.pk)


@demo_step("annual reports of every unit", order=111, large=True)
def load_reports() -> None:
    last = clock.today().year - 1
    for unit in country.UNITS:
        if unit.key not in REPORTED:
            continue
        with _in(unit):
            if Report.objects.exists():
                continue
            years = (last - 1, last) if unit.key in TWO_YEARS else (last,)
            sent = [_sent(unit, year) for year in years]
            if unit.key in BEGUN:
                _begin(last + 1)
        for key in sent:
            with _as(*OFFICES[unit.voivodeship]):
                if unit.key == RETURNED:
                    report_office.give_back(
                        report_id=key, number=1, words="Koszty usług różnią się od umowy z gminą."
                    )
                elif unit.key != WAITS:
                    report_office.accept(report_id=key, number=1)
    with _as(*MOST):
        if not Report.objects.filter(year=last + 1).exists():
            _begin(last + 1)


def _typed(report: Report, share: Decimal) -> dict[str, Decimal]:
    asked = {cell.key for cell in season.typed_cells(report.layout.layout)}
    return {cell: (share * amount).quantize(Decimal(1)) for cell, amount in MONEY.items() if cell in asked}


def _sent(unit: country.CountryUnit, year: int) -> UUID:
    report = services.start(year=year)
    services.put(report_id=report.pk, cells=_typed(report, Decimal(unit.places) / 20))
    services.zeros(report_id=report.pk)
    if not report.recipients.filter(kind="grantor").exists():
        services.add_recipient(report_id=report.pk, kind="grantor", name=f"Gmina {unit.town}")
    for one in queries.written(report, services.draft_of(report)).broken:
        services.explain(report_id=report.pk, check=one.key, by=one.by, words=WHY)
    services.submit(report_id=report.pk)
    key: UUID = report.pk
    return key


def _begin(year: int) -> None:
    """The report of the year that still runs: half of what is typed stands already."""
    report = services.start(year=year)
    typed = list(_typed(report, Decimal(1)).items())
    services.put(report_id=report.pk, cells=dict(typed[: max(1, len(typed) // 2)]))


@demo_step("letters and cases of both offices", order=116, large=True)
def load_cases() -> None:
    for voivodeship, office in OFFICES.items():
        with _as(*office):
            if not SupervisionLetter.objects.exists():
                _letters(voivodeship)
    _notice("drabinka")
    with _in(country.BY_KEY["czolenko"]):
        if not StatusApplication.objects.exists():
            apply()
    with _as(*OFFICES[country.OPOLSKIE]):
        if not CollectiveReport.objects.exists():
            season.begin(unit_type=UnitType.CIS, year=clock.today().year - 1)


def _letters(voivodeship: str) -> None:
    """One was received and waits for its answer, the other one is still a draft."""
    here = [(key, kind) for key, kind in LETTERS if country.BY_KEY[key].voivodeship == voivodeship]
    for number, (key, kind) in enumerate(here, 1):
        entry = RegisterEntry.objects.get(joined=id_of(key))
        letter = supervision.write(
            entry_id=entry.pk, kind=kind, number=f"PS.N.{number}", days=DAYS[kind], words=WORDS[kind]
        )
        if number == 1:
            supervision.send(letter_id=letter.pk)


def _notice(key: str) -> None:
    """A club that has another telephone tells the office."""
    with _in(country.BY_KEY[key]):
        if not ClubNotice.objects.exists():
            data = {**cases.data_of_unit(id_of(key)), "phone": "810000045"}  # type: ignore[arg-type]
            since = clock.today() - timedelta(days=6)
            made = notices.start(kind="change", since=since, **data)
            notices.send(notice_id=made.pk)
