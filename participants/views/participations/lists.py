"""The list of participants."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse

from participants.enums import Stage
from participants.forms.participations import Asked, ListForm
from participants.models import Participation
from participants.perms import CASE
from participants.perms import participations as perms
from participants.perms import partners as partner_perms
from participants.queries import participations as queries
from participants.queries.participations.stage import BADGES
from participants.rules.codes import UnitType
from participants.views.participations.base import LIST, unit_type
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted
from reintegration.core.lists import Column
from reintegration.core.together import Questions
from reintegration.tenancy.prepared import PreparedList, prepared


def _stage(row: Any) -> Badge:
    return BADGES[Stage(row.stage)]


def _leader(row: Any) -> str | None:
    return row.case_manager.get_full_name() if row.case_manager else None


def _missing(row: Any) -> str:
    return ", ".join(value for name, value in vars(row).items() if name.startswith("missing_") and value)


@prepared
def _listed(
    today: date, kind: UnitType, papers: tuple[Callable[[date], tuple[str, Q]], ...]
) -> tuple[list[tuple[str, Q]], QuerySet[Participation]]:
    """The papers that may be missing, and the files of which each says which of them it lacks."""
    missing = [queries.unsigned(today, kind)]
    if kind is UnitType.CIS:
        missing.append(queries.not_agreed(today))
    missing += [provider(today) for provider in papers]
    said = {
        f"missing_{at}": Case(When(found, then=Value(label)), default=Value(""), output_field=CharField())
        for at, (label, found) in enumerate(missing)
    }
    return missing, queries.list_page(today=today, unit_type=kind).annotate(**said)


@prepared
def _beside(today: date) -> Questions:
    """Who leads files today, and the unit's terms."""
    return Questions(queries.leaders(), queries.asked_terms())


class ParticipationList(PreparedList):
    action = perms.LIST
    title = LIST
    file_name = "uczestnicy"
    filter_form = ListForm
    row_url_name = "participants:file"
    default_sort = "person"

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        more = [provider(self.request) for provider in slots.providers("participants.list_columns")]
        return [
            Column("person", "Osoba", sort="person__name_order"),
            Column("number", "Sprawa", sort="number", phone="hide"),
            Column("stage", "Etap", sort=("stage_rank", "person__name_order"), cell=_stage, phone="main"),
            Column("lasts_until", "Okres do", sort="lasts_until", phone="full"),
            *(column for column in more if column is not None),
            Column("case_manager", "Opiekun", cell=_leader, phone="full"),
            Column(
                "contact_since", "Ostatni kontakt", sort="contact_since", cell=self._contact, phone="full"
            ),
            Column("missing", "Braki", cell=_missing, phone="full"),
        ]

    def _contact(self, row: Any) -> Any:
        """The day, or how long there was none."""
        days = (self.today - row.contact_since).days
        if row.stage not in queries.IN_CARE or days < self.days:
            return row.last_contact_on
        return Badge(f"{counted(days, 'dzień', 'dni', 'dni')} bez kontaktu", "warn")

    @cached_property
    def at_hand(self) -> tuple[Sequence[Any], int]:
        """Who may lead a file, and after how many days without a contact the list says so."""
        leaders, terms = _beside(self.today).answers()
        return leaders, queries.terms(terms).contact_days

    @property
    def days(self) -> int:
        return self.at_hand[1]

    @cached_property
    def missing(self) -> list[tuple[str, Q]]:
        """What counts as a missing paper: ours, and what other rooms say."""
        return self._prepared[0]

    def queryset(self) -> QuerySet[Participation]:
        return self._prepared[1].all()

    @property
    def _prepared(self) -> tuple[list[tuple[str, Q]], QuerySet[Participation]]:
        papers = tuple(slots.providers("participants.missing_papers"))
        return _listed(self.today, unit_type(self.request), papers)

    def depends_on(self) -> tuple[Hashable, ...]:
        return self.today, unit_type(self.request)

    def rows(self) -> QuerySet[Any]:
        """Without any filter, those who are in care."""
        rows = super().rows()
        return rows if self.asked.get("etap") else queries.in_care(rows, today=self.today)

    def filter_kwargs(self) -> Mapping[str, Any]:
        request: Any = self.request
        more = [provider(request) for provider in slots.providers("participants.list_filters")]
        asked = Asked(
            user_id=request.principal.user_id,
            leaders=self.at_hand[0],
            missing=self.missing,
            days=self.days,
            groups=bool(CASE & request.principal.roles),
            requests=request.may(partner_perms.REQUEST_LIST),
            more=[one for one in more if one is not None],
        )
        return {"asked": asked}

    def shown_rows(self, rows: Sequence[Any]) -> None:
        """Who was seen, and by which filters: a list of one group says of each what the group is."""
        record.shows(self.request, [row.person_id for row in rows])
        form = self.filters
        if form is not None and self.filtered:
            record.adds(self.request, filters=[name for name in form.fields if self.asked.get(name)])

    def lead(self) -> str:
        return "Osoby w opiece: kandydaci, okres próbny, zajęcia i przedłużenie. Inne pokaże filtr."

    def actions(self) -> Sequence[Link]:
        request: Any = self.request
        found = []
        if request.may(perms.HAND_OVER):
            found.append(Link("Przekaż sprawy", reverse("participants:caseload_list")))
        for provider in slots.providers("participants.list_acts"):
            link = provider(request)
            if link is not None:
                found.append(link)
        return found

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nikogo nie ma w opiece", "Sprawę otwiera się z przyjętego skierowania albo z karty osoby."
        )
