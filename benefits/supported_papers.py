"""The employer's pack of supported employment, filled in from the file by the law of the day (art. 16).

What is not known is a dotted line. Nothing is kept: whoever signs a paper keeps it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benefits.models import SupportedJob, SupportedMonth
from benefits.queries import supported as queries
from participants.queries.participations.file import PERIOD_LABELS
from participants.rules.codes import UnitType
from participants.services.participations.common import periods_of
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_month
from reintegration.documents.papers import SignatureBox, join_pdfs, render_pdf
from reintegration.documents.services import letterhead

WHOLE: Final = "komplet"
_FOLDER: Final = "benefits/supported/paper"


def _always(job: SupportedJob) -> bool:
    return True


def _motion_boxes(job: SupportedJob) -> Sequence[SignatureBox]:
    """Who makes the motion: in a CIS three, in a KIS the social worker (art. 16 ust. 1)."""
    worker = SignatureBox("podpis pracownika socjalnego")
    if job.unit_type != UnitType.CIS:
        return [worker]
    return [
        SignatureBox("podpis kierownika CIS"),
        worker,
        SignatureBox("podpis osoby", name=str(job.person)),
    ]


def _employer_box(job: SupportedJob) -> Sequence[SignatureBox]:
    return [SignatureBox("podpis pracodawcy", name=job.employer_name)]


def _nobody(job: SupportedJob) -> Sequence[SignatureBox]:
    return []


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the pack: for whom it is, who signs it, and for whose way it makes sense."""

    key: str
    title: str
    whom: str
    template: str
    boxes: Callable[[SupportedJob], Sequence[SignatureBox]] = _nobody
    fits: Callable[[SupportedJob], bool] = queries.at_employer


PAPERS: Final = (
    Paper("informacja", "Zatrudnienie wspierane: informacja dla pracodawcy", "pracodawca", "about.html"),
    Paper(
        "wniosek", "Wniosek o skierowanie do pracy", "powiatowy urząd pracy", "motion.html",
        _motion_boxes, _always,
    ),
    Paper(
        "umowa", "Dane do umowy starosty z pracodawcą", "starosta i pracodawca", "agreement.html",
        _employer_box,
    ),
    Paper(
        "de-minimis", "Pomoc de minimis: informacja i oświadczenie", "pracodawca", "de_minimis.html",
        _employer_box,
    ),
    Paper("zalaczniki", "Co dołączyć i kiedy", "pracodawca", "enclosures.html"),
)  # fmt: skip


def paper_pdf(paper: Paper, job: SupportedJob) -> bytes:
    return _rendered(paper.template, job, title=paper.title, boxes=paper.boxes(job))


def application(row: SupportedMonth) -> bytes:
    """The employer's application of a month, with everything that art. 16 ust. 5a asks for."""
    month = Month.of(row.month)
    refunded = min(row.pay, row.cap)
    more = {"row": row, "month": month, "refunded": refunded, "with_it": row.asked - refunded}
    title = f"Wniosek o refundację za {format_month(month)}"
    return _rendered("application.html", row.job, title=title, boxes=_employer_box(row.job), more=more)


def whole(job: SupportedJob) -> bytes:
    """The pack in one file: every paper, and the applications that nobody has handed in."""
    made = [paper_pdf(paper, job) for paper in PAPERS if paper.fits(job)]
    waiting = queries.refunds().filter(job=job, state="prepared").order_by("month")
    made += [application(row) for row in waiting]
    return join_pdfs(made, title="Zatrudnienie wspierane: dokumenty")


def _periods(job: SupportedJob) -> list[Mapping[str, Any]]:
    """The participation as it went, for whoever looks whether six months are over."""
    end = job.participation.ended_on
    return [
        {
            "label": PERIOD_LABELS[row.kind].capitalize(),
            "since": row.since,
            "until": min(row.until, end) if end is not None else row.until,
        }
        for row in periods_of(job.participation)
        if end is None or row.since <= end
    ]


def _rendered(
    template: str,
    job: SupportedJob,
    *,
    title: str,
    boxes: Sequence[SignatureBox],
    more: Mapping[str, Any] | None = None,
) -> bytes:
    return render_pdf(
        f"{_FOLDER}/{template}",
        {
            "job": job,
            "person": job.person,
            "file": job.participation,
            "cis": job.unit_type == UnitType.CIS,
            "unit": job.unit.organisation,
            "employer": queries.at_employer(job),
            "periods": _periods(job),
            "numbers": queries.numbers(job),
            "boxes": boxes,
            **(more or {}),
        },
        title=title,
        number=job.participation.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )
