"""What runs out in the whole unit, one entry for several people, and the unit's rules."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy

from ipzs.enums import DutyEffect, DutyKind
from ipzs.forms import duties as forms
from ipzs.models import DutyRule
from ipzs.perms import duties as perms
from ipzs.queries import duties as queries
from ipzs.services import duties as services
from ipzs.views.duties.base import LIST
from participants.models import Participation
from participants.queries.participations import in_care
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.components import Empty, Link
from reintegration.core.formats import counted
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage

# A doctor gives everybody a term of their own, and things have sizes; the rest is done with a group.
TOGETHER = (DutyKind.SAFETY, DutyKind.ACCIDENT_COVER, DutyKind.MEAL, DutyKind.SPECIALISTS)


class Expiring(ListPage):
    action = perms.DUTY_LIST
    title = LIST
    file_name = "co-wygasa"
    filter_form = forms.ExpiringForm
    row_url_name = "ipzs:duty_show"
    default_sort = "first_end"
    request: Any

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def rules(self) -> dict[DutyKind, DutyRule]:
        return services.rules()

    @cached_property
    def kinds(self) -> list[DutyKind]:
        return queries.asked_for(self.rules)

    @cached_property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        return [
            Column("person", "Osoba", sort="person__name_order"),
            Column("number", "Sprawa", sort="number", phone="hide"),
            Column("first_end", "Najbliższe", sort=("first_end", "person__name_order"), cell=self._first),
            *(
                Column(
                    f"end_{kind.value}",
                    queries.SHORT[kind],
                    sort=(f"end_{kind.value}", "person__name_order"),
                    cell=self._cell(kind),
                )
                for kind in self.kinds
            ),
            Column("case_manager", "Opiekun", cell=_leader, phone="hide"),
        ]

    def _cell(self, kind: DutyKind) -> Callable[[Any], Any]:
        rule, name = self.rules[kind], f"end_{kind.value}"
        return lambda row: queries.badge(getattr(row, name), rule, today=self.today)

    def _first(self, row: Any) -> str:
        """The duty that asks for work first, by its short name."""
        found = min(queries.ends(row, self.kinds).items(), key=lambda one: one[1])
        return queries.SHORT[found[0]]

    def queryset(self) -> QuerySet[Any]:
        return queries.expiring(self.kinds, today=self.today)

    def rows(self) -> QuerySet[Any]:
        """Without any filter, those whose duty asks for attention."""
        rows = super().rows()
        return rows if self.filtered or not self.kinds else rows.filter(**queries.soon(self.today))

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"kinds": self.kinds}

    def lead(self) -> str:
        return "Osoby w opiece, którym czegoś brakuje albo coś kończy się w 60 dni. Innych pokaże filtr."

    def actions(self) -> Sequence[Link]:
        found = []
        if self.request.may(perms.DUTY_MANY) and set(TOGETHER) & set(self.kinds):
            asked = self.asked.get("co", "")
            query = f"?co={asked}" if asked in TOGETHER else ""
            url = f"{reverse('ipzs:duty_record_many')}{query}"
            found.append(Link("Zapisz kilku osobom", url, current=True))
        if self.request.may(perms.RULES):
            found.append(Link("Zasady", reverse("ipzs:duty_rule_edit")))
        return found

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.person_id for row in rows])

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        if not self.kinds:
            url = reverse("ipzs:duty_rule_edit") if self.request.may(perms.RULES) else ""
            return Empty(
                "Obowiązki są wyłączone",
                "Kierownik włącza je w ustawieniach jednostki.",
                action="Otwórz zasady",
                url=url,
            )
        return Empty("Nic nie wygasa", "W najbliższych 60 dniach nikomu nic się nie kończy.")


def _leader(row: Any) -> str | None:
    return row.case_manager.get_full_name() if row.case_manager else None


class RecordMany(FormPage):
    """One training for several people; those whose turn it is are ticked."""

    action = perms.DUTY_MANY
    title = "Zapisz kilku osobom"
    form_class = forms.ManyForm
    submit = "Zapisz zaznaczonym"
    back_url = reverse_lazy("ipzs:duty_list")
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> None:
        self.rules = services.rules()
        self.kinds = [kind for kind in TOGETHER if self.rules[kind].effect != DutyEffect.OFF]
        rows = in_care(Participation.objects.select_related("person"), today=clock.today())
        self.files = list(rows.filter(ended_on__isnull=True).order_by("person__name_order", "pk"))
        record.shows(self.request, [file.person_id for file in self.files])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(LIST, str(self.back_url)), (self.title, "")]

    def lead(self) -> str:
        if not self.kinds:
            return "Te obowiązki są wyłączone. Kierownik włącza je w ustawieniach jednostki."
        return "Jedno szkolenie, kilka osób. Zaznaczone są te, którym tego brakuje albo kończy się termin."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kinds": self.kinds, "files": self.files}

    def initial(self) -> Mapping[str, Any]:
        if not self.kinds:
            return {}
        asked = self.request.GET.get("co", "")
        kind = DutyKind(asked) if asked in [one.value for one in self.kinds] else self.kinds[0]
        found = queries.standings([file.pk for file in self.files], clock.today(), of=self.rules)
        turn = [str(key) for key, standing in found.items() if standing[kind].state != "valid"]
        return {"kind": kind.value, "done_on": clock.today(), "people": turn}

    def save(self, form: forms.ManyForm) -> services.RecordedMany:
        typed = form.cleaned_data
        found = services.record_for_many(
            participation_ids=typed["people"],
            data=services.DutyData(typed["kind"], typed["done_on"], typed["valid_until"], typed["done_by"]),
        )
        for file, why in found.refused:
            toasts.refused(self.request, f"{file.person}, {file.number}: {why}")
        return found

    def success(self, form: Any, result: services.RecordedMany) -> str:
        done = len(result.done)
        return f"Zapisano {counted(done, 'osobie', 'osobom', 'osobom')}." if done else ""


class Rules(FormPage):
    action = perms.RULES
    title = "Obowiązki wobec uczestników"
    template_name = "ipzs/duties/rules.html"
    form_class = forms.RulesForm
    back_url = reverse_lazy("administration:settings")
    request: Any

    def lead(self) -> str:
        if self.request.principal.place.subtype == "KIS":
            return "Art. 14 wiąże CIS. Włącz to, co klub zapewnia swoim uczestnikom."
        return "Co musi być przed pierwszymi zajęciami, na jak długo i kiedy przypomnieć. (art. 14)"

    def object(self, *, lock: bool) -> dict[DutyKind, DutyRule]:
        if lock:
            list(DutyRule.objects.select_for_update(of=("self",)).order_by("pk"))
        self.rules = services.rules()
        return self.rules

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"rules": self.rules}

    def initial(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for kind, row in self.rules.items():
            found |= {
                f"effect_{kind.value}": row.effect,
                f"months_{kind.value}": row.months,
                f"remind_{kind.value}": row.remind_days,
            }
        return found

    def save(self, form: forms.RulesForm) -> list[DutyRule]:
        return services.set_rules(wanted=form.wanted())
