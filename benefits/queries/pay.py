"""What is known of people before they are paid, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from benefits.enums import GrantState, TitleKind
from benefits.models import Grant, InsuranceTitle, PayWay, TaxStatement
from benefits.papers import DECISION
from benefits.rules.blockers import SENTENCES, Blocker, PayFacts, blockers
from benefits.rules.facts import taking_part
from ipzs.models import OpeningBalance
from participants.models import Participation, Period
from participants.rules.codes import PeriodKind
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.documents.enums import DocumentState
from reintegration.documents.models import Document


@dataclass(slots=True)
class PayFile:
    """Everything that one file holds for its payments, the newest first."""

    grants: list[Grant] = field(default_factory=list)
    ways: list[PayWay] = field(default_factory=list)
    taxes: list[TaxStatement] = field(default_factory=list)
    titles: list[InsuranceTitle] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    openings: list[OpeningBalance] = field(default_factory=list)

    @property
    def grant(self) -> Grant | None:
        """The application that stands, else the last one that was made."""
        live = [one for one in self.grants if one.state in {GrantState.ASKED, GrantState.GRANTED}]
        return next(iter([*live, *self.grants]), None)

    @property
    def granted_from(self) -> date | None:
        return next((one.granted_from for one in self.grants if one.state == GrantState.GRANTED), None)

    def way_on(self, day: date) -> PayWay | None:
        return next((one for one in self.ways if one.since <= day), None)

    def way_for(self, month: Month) -> PayWay | None:
        """How a list of the month pays that is counted today: money goes out after its last day."""
        return self.way_on(max(month.last, clock.today()))

    def tax_of(self, month: Month) -> TaxStatement | None:
        return next((one for one in self.taxes if one.since <= month.first), None)

    def tax_for(self, month: Month) -> TaxStatement | None:
        """What holds when the month is paid: tax follows the day of the payment (spec., section 5)."""
        return self.tax_of(max(month, Month.of(clock.today())))

    def facts(self, month: Month) -> PayFacts:
        """What the rules ask about one month."""
        states = {one.state for one in self.grants}
        return PayFacts(
            asked=GrantState.ASKED in states,
            refused=GrantState.REFUSED in states,
            granted_from=self.granted_from,
            has_way=self.way_for(month) is not None,
            has_tax=self.tax_for(month) is not None,
            titles=tuple(DateSpan(one.since, one.until) for one in self.titles),
            summed_until=next((one.until for one in self.openings), None),
        )

    def is_insured_elsewhere(self, month: Month, due: DateSpan | None) -> bool:
        """Whether another title insures all paid days, so that the benefit does not (art. 9 ust. 6a)."""
        other = [DateSpan(one.since, one.until) for one in self.titles if one.kind == TitleKind.OTHER]
        granted = self.granted_from
        if due is None or not other or (granted is not None and granted > month.last):
            return False
        paid = due if granted is None else DateSpan(max(due.first, granted), due.last)
        return not paid.subtract(*other)

    def missing(self, file: Participation, month: Month) -> list[tuple[Blocker, str]]:
        """What has to be done before the person can be paid for a month."""
        taking = taking_part(
            [(PeriodKind(row.kind), DateSpan(row.since, row.until)) for row in self.periods], file.ended_on
        )
        due = taking.days_in(month) if taking is not None else None
        found = blockers(self.facts(month), due)
        return [(one, SENTENCES[one]) for one in found]


def pay_files(participation_ids: Iterable[UUID]) -> Mapping[UUID, PayFile]:
    """What many files hold, in a query for each kind of thing."""
    keys = list(participation_ids)
    found: defaultdict[UUID, PayFile] = defaultdict(PayFile)

    def put(name: str, rows: Any) -> None:
        for row in rows:
            getattr(found[row.participation_id], name).append(row)

    put("grants", Grant.objects.filter(participation__in=keys).order_by("-asked_on", "-pk"))
    put("ways", PayWay.objects.filter(participation__in=keys).order_by("-since", "-pk"))
    put("taxes", TaxStatement.objects.filter(participation__in=keys).order_by("-since", "-pk"))
    put("titles", InsuranceTitle.objects.filter(participation__in=keys).order_by("-since", "-pk"))
    put("periods", Period.objects.filter(participation__in=keys).order_by("since", "pk"))
    put("openings", OpeningBalance.objects.filter(participation__in=keys).order_by("pk"))
    return {key: found[key] for key in keys}


def pay_file(participation_id: UUID) -> PayFile:
    return pay_files([participation_id])[participation_id]


def decision_key(row: Grant) -> str:
    """A corrected day is another decision."""
    return f"{row.pk}:{row.granted_from or 'refused'}"


def decisions_of(row: Grant) -> Sequence[Document]:
    """The papers on which an application was decided, withdrawn ones too."""
    rows = Document.objects.filter(kind=DECISION.key, key__startswith=f"{row.pk}:")
    return list(rows.order_by("made_at", "pk"))


def decision_of(row: Grant) -> Document | None:
    """The one that says what holds."""
    for one in decisions_of(row):
        if one.state == DocumentState.ISSUED and one.key.startswith(f"{decision_key(row)}:"):
            return one
    return None
