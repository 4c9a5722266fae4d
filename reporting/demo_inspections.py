"""Two inspections of the demo's office: one half done in a club, one that asks a centre for an answer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any, Final, TypeVar
from uuid import UUID

from reintegration.administration.demo_data import id_of
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.core.ids import uuid7
from reintegration.tenancy.enums import OFFICE_ROLES, OrganisationKind
from reintegration.tenancy.principal import Place, Principal
from reintegration.tenancy.scope import scope
from reporting import perms
from reporting.models import Inspection, RegisterEntry
from reporting.queries import inspections as queries
from reporting.rules import inspection_results as rules
from reporting.services import inspection_looks as looks
from reporting.services import inspection_results as results
from reporting.services import inspections as services

T = TypeVar("T")
OFFICE: Final = "uw-lubelski"
REGISTRAR, INSPECTOR = (f"{one}@{OFFICE}.example" for one in ("maria.sosna", "stefan.jawor"))
CLUB, CENTRE = "przystan", "nowymost"
MANAGER: Final = "ewa.jarzebina@nowymost.example"
# What was found in the club so far: in files in the order in which they were drawn, and to points.
FINDINGS: Final = (
    ("ok", "Kontrakt i oceny są w aktach."),
    ("fault", "Ocenę kontraktu wpisano miesiąc po terminie, który w nim stoi."),
)
POINTS: Final = (
    ("D1", "ok", ""),
    ("D3", "fault", "W sali klubu nie ma informacji o przetwarzaniu danych."),
    ("S1", "ok", ""),
    ("F1", "ok", ""),
)
# Days before today: the access of the one that is over, its protocol, its receipt, its recommendation.
OPENED, HANDED, RECEIVED, SETTLED = 52, 46, 44, 16
CENTRE_POINTS: Final = (
    ("D1", "ok", ""),
    ("D2", "ok", ""),
    ("D3", "ok", ""),
    ("S1", "ok", ""),
    ("S2", "ok", ""),
    ("S3", "fault", "Dwóch upoważnień do danych nie odwołano po odejściu pracowników."),
    ("R1", "ok", ""),
    ("R2", "none", ""),
)
PROTOCOL: Final = "Sprawdzono dokumenty, kadrę i sprawozdania Centrum. Kierownik złożyła wyjaśnienia."
RECOMMENDATION: Final = "Odwoływać upoważnienie do danych w dniu, w którym pracownik odchodzi."


@demo_step("inspections of the office", order=117)
def load_inspections() -> None:
    with _office():
        if Inspection.objects.exists():
            return
    _over()
    _under_way()


def _under_way() -> None:
    """The club: files are drawn, two of them looked at, some points answered."""
    row = _opened(
        CLUB, days=3, number="PS.K.2", basis="voivode", areas=["documents", "staff", "files", "hours"]
    )
    frame = _in_unit(row, looks.survey) or looks.Frame({}, {})
    with _office():
        services.draw(inspection_id=row.pk, frame=frame.files, facts=frame.facts)
        files = queries.files_of(row)
    for file, (finding, words) in zip(files, FINDINGS, strict=False):
        _in_unit(row, partial(looks.look, file_id=file.pk))
        with _office():
            # What the page of the file writes into the journal of the office.
            record.note(perms.INSPECTION_LOOK, found=file, outcome="seen", inspection=row.number)
            services.find(inspection_id=row.pk, file_id=file.pk, finding=finding, words=words)
    _answer(row, POINTS)


def _over() -> None:
    """The centre: it did not object, and has two weeks left to say what it did."""
    with _before(OPENED):
        row = _opened(
            CENTRE, days=0, number="PS.K.1", basis="supervision", areas=["documents", "staff", "reports"]
        )
        _answer(row, CENTRE_POINTS)
    with _before(HANDED), _office():
        results.hand(inspection_id=row.pk, findings=PROTOCOL, objection_days=7)
    with _before(RECEIVED), _as(CENTRE, MANAGER):
        results.receive(inspection_id=row.pk, received_on=clock.today())
    with _before(SETTLED), _office():
        results.recommend(
            inspection_id=row.pk, words=RECOMMENDATION, due_on=rules.proposed_term(clock.today())
        )
        results.settle(inspection_id=row.pk)


def _opened(unit: str, *, days: int, **said: Any) -> Inspection:
    """An inspection whose access was opened so many days ago, led by both who work at the office."""
    with _before(days):
        today = clock.today()
        with _office():
            row = services.prepare(
                entry_id=RegisterEntry.objects.get(joined=id_of(unit)).pk,
                authorisation=f"{said['number']}/U",
                authorised_on=today,
                basis_words="",
                period_from=today.replace(year=today.year - 1, month=1, day=1),
                period_until=today,
                access_from=today,
                access_until=today + timedelta(days=20),
                **said,
            )
            services.add_member(inspection_id=row.pk, user_id=demo_id(f"person:{INSPECTOR}"))
            return services.open_access(inspection_id=row.pk)


def _answer(row: Inspection, points: tuple[tuple[str, str, str], ...]) -> None:
    with _office():
        for code, answer, words in points:
            services.answer(inspection_id=row.pk, code=code, answer=answer, words=words)


def _in_unit(row: Inspection, read: Callable[[Inspection], T | None]) -> T | None:
    place = Place(row.organisation_id, OrganisationKind.VOIVODE_OFFICE, "", "", "")
    principal = Principal(demo_id(f"person:{INSPECTOR}"), place, frozenset(OFFICE_ROLES), (), source="demo")
    return looks.in_unit(SimpleNamespace(request_id=uuid7()), principal, row.pk, read)


@contextmanager
def _before(days: int) -> Iterator[None]:
    """So many days ago."""
    with clock.frozen(clock.now() - timedelta(days=days)):
        yield


def _office() -> AbstractContextManager[Any]:
    return _as(OFFICE, REGISTRAR)


def _as(organisation: str, email: str) -> AbstractContextManager[Any]:
    key: UUID = demo_id(f"person:{email}")
    return scope(organisation_id=id_of(organisation), user_id=key, source="demo")  # type: ignore[arg-type]
