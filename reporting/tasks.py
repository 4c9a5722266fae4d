"""What the other side of a case hears of it, in its own organisation."""

from uuid import UUID

from django.urls import reverse

from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.notices.services import notify
from reporting import (
    kinds,
    report_tasks,  # noqa: F401 - declares its jobs
    rollup_tasks,  # noqa: F401 - declares its jobs
)
from reporting.models import ClubNotice, Inspection, StatusApplication, SupervisionLetter
from reporting.queries.procedures import find_case
from reporting.services.proceedings import TELL_JOB
from reporting.transitions import OfProcedure

STEPS = {
    OfProcedure.SEND: "nowa sprawa",
    OfProcedure.CALL: "wezwanie do uzupełnienia",
    OfProcedure.RECEIVE: "odebrano wezwanie",
    OfProcedure.COMPLETE: "uzupełnienie",
    OfProcedure.FINISH: "sprawa załatwiona",
    OfProcedure.REFUSE: "decyzja odmowna",
    OfProcedure.LEAVE: "bez rozpoznania",
    OfProcedure.WITHDRAW: "sprawa wycofana",
    OfProcedure.APPEAL: "odwołanie zapisane",
    OfProcedure.UPHOLD: "odmowa zostaje",
    OfProcedure.REOPEN: "odmowa uchylona",
}
LETTER_STEPS = {
    "send": "nowe pismo",
    "receive": "potwierdzono odbiór",
    "answer": "jest odpowiedź",
    "close": "sprawa zakończona",
}
INSPECTION_STEPS = {
    "opened": "otwarto dostęp do akt",
    "extended": "przedłużono dostęp do akt",
    "joined": "dołączyła osoba, która kontroluje",
    "ended": "zakończono dostęp do akt",
    "cancelled": "odwołana",
    "handed": "jest protokół",
    "received": "zapisano odbiór protokołu",
    "objected": "są zastrzeżenia do protokołu",
    "decided": "urząd rozpatrzył zastrzeżenia",
    "settled": "są zalecenia z terminami",
    "answered": "jest odpowiedź na zalecenie",
    "checked": "urząd sprawdził zalecenie",
    "closed": "zakończona",
}
# From the protocol on both sides read of a step where its results stand.
OF_RESULTS = frozenset(
    {"handed", "received", "objected", "decided", "settled", "answered", "checked", "closed"}
)


@job_handler(TELL_JOB, title="Wiadomość o sprawie rejestru dla drugiej strony", in_steps=True)
def tell_other_side(work: Work) -> None:
    """Tell the people of the other organisation; what they may no longer see they are not told of."""
    told, other = work.payload, UUID(work.payload["other"])
    with work.step(other):
        if told["what"] == "letter":
            letter = SupervisionLetter.objects.filter(pk=told["row"]).first()
            if letter is not None:
                _of_letter(letter, told["step"], other)
            return
        if told["what"] == "inspection":
            row = Inspection.objects.filter(pk=told["row"]).first()
            if row is not None:
                _of_inspection(row, told["step"], other)
            return
        case = find_case(UUID(told["row"]))
        if case is not None:
            _of_case(case, told["step"], other)


def _of_case(case: ClubNotice | StatusApplication, step: str, other: UUID) -> None:
    to_unit = other == case.unit_id
    name = "notice" if isinstance(case, ClubNotice) else "application"
    notify(
        kind=(kinds.MOVED if to_unit else kinds.CAME).key,
        title=f"{str(case)[:1].upper()}{str(case)[1:]}: {STEPS[OfProcedure(step)]}",
        text="" if to_unit else str(case.unit),
        link=reverse(f"reporting:{name}", args=[case.pk]),
    )


def _of_letter(letter: SupervisionLetter, step: str, other: UUID) -> None:
    to_unit = other == letter.addressee_id
    notify(
        kind=(kinds.LETTER if to_unit else kinds.LETTER_ANSWERED).key,
        title=f"Pismo nadzoru {letter.number}: {LETTER_STEPS[step]}",
        text="" if to_unit else str(letter.addressee),
        link=reverse("reporting:letter", args=[letter.pk]),
    )


def _of_inspection(row: Inspection, step: str, other: UUID) -> None:
    to_unit = other == row.addressee_id
    page = "inspection_results" if step in OF_RESULTS else "inspection"
    notify(
        kind=(kinds.INSPECTION if to_unit else kinds.INSPECTION_ANSWERED).key,
        title=f"Kontrola {row.number}: {INSPECTION_STEPS[step]}",
        text="" if to_unit else str(row.addressee),
        link=reverse(f"reporting:{page}", args=[row.pk]),
    )
