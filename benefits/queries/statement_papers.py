"""Which statements of a list are on paper, and how far the work on the others is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from benefits.explain.languages import LANGUAGES
from benefits.models import PayrollList, Statement
from benefits.papers import STATEMENT, statement_key
from benefits.queries.granted import STANDS
from reintegration.documents.enums import DocumentState
from reintegration.documents.models import Document
from reintegration.jobs.queries import Progress, progress_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The papers of an approved list."""

    made: int
    # Statements of which there is no paper in any language.
    missing: Sequence[UUID]
    progress: Progress | None

    @property
    def runs(self) -> bool:
        return self.progress is not None and not self.progress.ended


def may_be_issued(row: Statement) -> bool:
    """Whoever is paid nothing because something is missing has no paper, nor has whoever was erased."""
    return row.payroll_list.state in STANDS and not row.blocked and row.document is not None


def standing(row: PayrollList, statements: Iterable[Statement]) -> Standing:
    """The list's own id joins its jobs, so that nothing but the list is needed to find them."""
    wanted = [one.pk for one in statements if not one.blocked and one.document is not None]
    keys = {statement_key(one, language): one for one in wanted for language in LANGUAGES}
    papers = Document.objects.filter(kind=STATEMENT.key, key__in=list(keys))
    made = {keys[key] for key in papers.order_by("pk").values_list("key", flat=True)}
    return Standing(
        made=len(made), missing=[key for key in wanted if key not in made], progress=progress_of(row.pk)
    )


def papers_of(statement_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Document]]:
    """The papers of each statement, of several languages in the order in which they were made."""
    keys = {statement_key(one, language): one for one in statement_ids for language in LANGUAGES}
    rows = Document.objects.filter(kind=STATEMENT.key, key__in=list(keys)).select_related("file")
    found: defaultdict[UUID, list[Document]] = defaultdict(list)
    for row in rows.order_by("made_at", "pk"):
        found[keys[row.key]].append(row)
    return found


def to_print(statements: Iterable[Statement]) -> Sequence[Document]:
    """The first paper of each statement, the one in the person's language, in the order of the list."""
    rows = list(statements)
    made = papers_of([one.pk for one in rows])
    papers = (made[one.pk][0] for one in rows if made.get(one.pk))
    return [one for one in papers if one.state == DocumentState.ISSUED]


def of_file(participation_id: UUID) -> Sequence[tuple[Statement, Sequence[Document]]]:
    """What approved lists said of one file, the newest month first, with the papers that were made."""
    rows = Statement.objects.filter(participation=participation_id, payroll_list__state__in=STANDS)
    statements = list(
        rows.filter(blocked=False).select_related("payroll_list").order_by("-payroll_list__month", "pk")
    )
    made = papers_of([one.pk for one in statements])
    return [
        (one, [paper for paper in made.get(one.pk, ()) if paper.state != DocumentState.ERASED])
        for one in statements
    ]
