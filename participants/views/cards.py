"""Screens of the counselling card, and of the talks half a year after the end."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from participants import card_paper
from participants.enums import EntryKind, FollowUpState
from participants.forms import cards as forms
from participants.models import CardEntry, FollowUp, Participation
from participants.perms import LEADS
from participants.perms import cards as perms
from participants.perms import consents as consent_perms
from participants.queries import cards as queries
from participants.queries import reminders
from participants.queries.consents import behind_counselling
from participants.services import cards as services
from participants.views.participations.base import crumbs_of
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.dates import add_months
from reintegration.core.formats import clock_text, format_date
from reintegration.core.lists import Column, FilterForm, ListPage
from reintegration.core.toasts import saved
from reintegration.core.views import ConfirmPage, FormPage

TITLE = "Doradztwo"
FOLLOW_UPS = "Rozmowy po zakończeniu"


def leads(request: Any) -> bool:
    return not LEADS.isdisjoint(request.principal.roles)


class OfCase:
    """What every screen below one file shares: the file itself, its name in the audit, its crumbs."""

    request: Any
    kwargs: dict[str, Any]
    case: Participation

    def find_case(self) -> Participation:
        self.case = get_object_or_404(queries.case_of(self.kwargs["pk"]))
        record.about(self.request, self.case)
        record.shows(self.request, [self.case.person_id])
        return self.case

    def card_url(self) -> str:
        return reverse("participants:card_show", args=[self.case.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.case, (TITLE, self.card_url()), (self.get_title(), ""))  # type: ignore[attr-defined]


class CardShow(OfTab):
    """The tab „Doradztwo” of a file."""

    action = perms.CARD_SHOW
    template_name = "participants/cards/card.html"
    tab = TITLE
    request: Any

    def actions(self) -> Sequence[Link]:
        return [
            Link("Wydrukuj kartę", reverse("participants:card_print", args=[self.file.pk])),
            Link("Dodaj wpis", reverse("participants:card_add", args=[self.file.pk]), current=True),
        ]

    @property
    def case(self) -> Participation:
        return self.file

    def page(self) -> Mapping[str, Any]:
        request, today = self.request, clock.today()
        principal = request.principal
        inside = queries.works_with(principal, self.case, today=today)
        entries = queries.entries_of(self.case, principal, today=today)
        shown = self.narrowed(entries)
        texts = reminders.of_entries(shown, today=today)
        names = request.may(consent_perms.CONSENT_LIST)
        return {
            **super().page(),
            "case": self.case,
            "inside": inside,
            "rests": behind_counselling(self.case.person_id, today=today, names=names) if inside else [],
            "consents": reverse("participants:consent_list", args=[self.case.pk]) if names else "",
            "parts": queries.general_part(self.case, today=today) if inside else [],
            "sections": slots.items("participants.card_sections", request, self.case) if inside else [],
            "entries": [
                (entry, self.may_strike(entry), self.may_restore(entry), texts.get(entry.pk))
                for entry in shown
            ],
            "kinds": self.kind_chips(entries),
            "authors": self.author_chips(entries),
            "time": queries.in_hours(queries.minutes_in(entries)),
            "count": sum(entry.struck_at is None for entry in shown),
            "filtered": bool(self.asked("rodzaj") or self.asked("kto")),
            "follow_ups": self.follow_ups(),
            "may_plan": self.case.ended_on is not None and request.may(perms.FOLLOW_UP_PLAN),
        }

    def asked(self, name: str) -> str:
        return str(self.request.GET.get(name, ""))

    def narrowed(self, entries: QuerySet[Any]) -> list[Any]:
        kind, author = self.asked("rodzaj"), self.asked("kto")
        if kind in EntryKind.values:
            entries = entries.filter(kind=kind)
        return [entry for entry in entries if not author or str(entry.author_id) == author]

    def kind_chips(self, entries: QuerySet[Any]) -> list[Link]:
        counts = queries.kinds_in(entries)
        if len(counts) < 2:
            return []
        links = [Link("wszystkie", self.url(rodzaj=""), not self.asked("rodzaj"), sum(counts.values()))]
        return links + [
            Link(label, self.url(rodzaj=key), self.asked("rodzaj") == key, counts[key])
            for key, label in EntryKind.choices
            if key in counts
        ]

    def author_chips(self, entries: QuerySet[Any]) -> list[Link]:
        found = queries.authors_in(entries)
        if len(found) < 2:
            return []
        return [Link("każdy autor", self.url(kto=""), not self.asked("kto"))] + [
            Link(name, self.url(kto=str(pk)), self.asked("kto") == str(pk), count)
            for pk, name, count in found
        ]

    def url(self, **changes: str) -> str:
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def may_strike(self, entry: Any) -> bool:
        own = entry.author_id == self.request.principal.user_id
        return entry.struck_at is None and (own or leads(self.request))

    def may_restore(self, entry: Any) -> bool:
        if entry.struck_at is None:
            return False
        own = entry.struck_by_id == self.request.principal.user_id
        today = clock.day_of(entry.struck_at) == clock.today()
        return today and (own or leads(self.request))

    def follow_ups(self) -> list[tuple[Any, Badge, str | None]]:
        if not self.request.may(perms.FOLLOW_UP_LIST):
            return []
        today = clock.today()
        rows = list(queries.follow_ups().filter(participation=self.case).order_by("due_on"))
        waiting = [one for one in rows if one.state == FollowUpState.DUE]
        texts = reminders.of_talks(waiting, today=today)
        return [(one, queries.state_of(one, today=today), texts.get(one.pk)) for one in rows]


class CardAdd(OfCase, FormPage):
    action = perms.CARD_ADD
    title = "Nowy wpis"
    form_class = forms.EntryForm
    submit = "Zapisz wpis"

    def object(self, *, lock: bool) -> None:
        self.find_case()
        self.back_url = self.card_url()

    def lead(self) -> str:
        return f"{self.case.person}, sprawa {self.case.number}."

    def initial(self) -> Mapping[str, Any]:
        return {"kind": EntryKind.COUNSELLING, "held_on": clock.today(), "visibility": "team"}

    def save(self, form: Any) -> CardEntry:
        made = services.add_entry(
            participation_id=self.case.pk,
            data=services.EntryData(**form.cleaned_data),
            author_id=self.request.principal.user_id,
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: CardEntry) -> str:
        if result.next_on is None:
            return "Zapisano wpis."
        hour = f", {clock_text(result.next_time)}" if result.next_time else ""
        return f"Zapisano wpis. Następne spotkanie: {format_date(result.next_on, today=clock.today())}{hour}."


class OfEntry:
    """What striking and its undoing share: an entry that this person may read."""

    request: Any
    kwargs: dict[str, Any]

    def find_entry(self) -> CardEntry:
        rows = queries.readable(self.request.principal, today=clock.today())
        found: CardEntry = get_object_or_404(
            rows.select_related("participation", "person"), pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        self.back_url = reverse("participants:card_show", args=[found.participation_id])
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        case = self.found.participation  # type: ignore[attr-defined]
        return crumbs_of(case, (TITLE, self.back_url), (self.get_title(), ""))  # type: ignore[attr-defined]


class EntryStrike(OfEntry, FormPage):
    action = perms.CARD_STRIKE
    title = "Skreślenie wpisu"
    form_class = forms.StrikeForm
    submit = "Skreśl wpis"
    drafts = False

    def object(self, *, lock: bool) -> CardEntry:
        return self.find_entry()

    def version(self) -> str:
        return ""

    def lead(self) -> str:
        when = format_date(self.found.held_on, today=clock.today())
        return f"Wpis z {when}: {self.found.get_kind_display()}, {self.found.author_name}."

    def save(self, form: Any) -> str:
        services.strike_entry(
            entry_id=self.found.pk,
            reason=form.cleaned_data["reason"],
            by=self.request.principal.user_id,
            leads=leads(self.request),
        )
        undo = reverse("participants:card_restore", args=[self.found.pk])
        saved(self.request, "Skreślono wpis. Do końca dnia możesz to cofnąć.", undo_url=undo)
        return self.back_url

    def success(self, form: Any, result: Any) -> str:
        return ""


class EntryRestore(OfEntry, ConfirmPage):
    action = perms.CARD_RESTORE
    title = "Cofnąć skreślenie?"
    verb = "Przywróć wpis"

    def object(self, *, lock: bool) -> CardEntry:
        return self.find_entry()

    def text(self) -> str:
        return "Wpis znów będzie częścią karty. Historia zapamięta skreślenie i jego cofnięcie."

    def perform(self) -> str:
        services.restore_entry(
            entry_id=self.found.pk, by=self.request.principal.user_id, leads=leads(self.request)
        )
        return self.back_url

    def success(self) -> str:
        return "Przywrócono wpis."


class CardPrint(OfCase, FormPage):
    action = perms.CARD_PRINT
    title = "Wydruk karty"
    form_class = forms.PrintForm
    submit = "Pobierz PDF"
    drafts = False

    def object(self, *, lock: bool) -> None:
        self.find_case()
        self.back_url = self.card_url()

    def lead(self) -> str:
        return "Na wydruku jest to, co Ty możesz przeczytać, i miejsca na dwa podpisy."

    def make_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().make_form(*args, **kwargs)
        if not queries.leads_cases(self.request.principal):
            for name in ("open_facts", "reason"):
                form.fields.pop(name)
        return form

    def save(self, form: Any) -> HttpResponse:
        opened = bool(form.cleaned_data.get("open_facts"))
        record.about(self.request, self.case, reason=form.cleaned_data.get("reason", ""), open=opened)
        return card_paper.download(self.request, self.case, open_facts=opened)


# Talks after the end


class FollowUpFilter(FilterForm):
    stan = forms.ChoiceField(label="Stan", choices=FollowUpState.choices, required=False)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data["stan"]
        return rows.filter(state=asked) if asked else rows


class FollowUpList(ListPage):
    action = perms.FOLLOW_UP_LIST
    title = FOLLOW_UPS
    file_name = "rozmowy-po-zakonczeniu"
    default_sort = "due_on"
    filter_form = FollowUpFilter
    request: Any
    columns = (
        Column("person", "Osoba", sort="person__name_order"),
        Column("state", "Stan", cell=lambda one: queries.state_of(one, today=clock.today()), phone="main"),
        Column("due_on", "Termin", sort="due_on"),
        Column("participation.ended_on", "Koniec uczestnictwa"),
        Column("participation.case_manager", "Opiekun", phone="hide"),
        Column("held_on", "Kiedy", sort="held_on"),
        Column("situation", "Co robi", cell=lambda one: one.get_situation_display()),
    )

    def queryset(self) -> QuerySet[Any]:
        rows = queries.follow_ups()
        return rows if self.filtered else rows.filter(state=FollowUpState.DUE)

    def lead(self) -> str:
        waiting = queries.due_follow_ups(until=clock.today()).count()
        return f"Do zrobienia dziś: {waiting}. Pół roku po zakończeniu pytamy, co się u tej osoby dzieje."

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.person_id for row in rows})

    def row_url(self, row: Any) -> str:
        if row.state == FollowUpState.DUE:
            return reverse("participants:follow_up_record", args=[row.pk])
        return reverse("participants:card_show", args=[row.participation_id])

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nikt nie czeka na rozmowę", "Termin pojawi się sam, gdy uczestnictwo się zakończy.")


class OfFollowUp(FormPage):
    """A talk that waits, locked while it is written down."""

    back_url = reverse_lazy("participants:follow_up_list")
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> FollowUp:
        rows = FollowUp.objects.filter(pk=self.kwargs["pk"])
        rows = rows.select_related("person", "participation")
        found: FollowUp = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        return found

    def version(self) -> str:
        return ""

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(FOLLOW_UPS, str(self.back_url)), (str(self.found.person), "")]

    def lead(self) -> str:
        ended = format_date(self.found.participation.ended_on, today=clock.today())
        return f"{self.found.person}. Koniec uczestnictwa: {ended}."

    def initial(self) -> Mapping[str, Any]:
        return {"held_on": clock.today()}


class FollowUpRecord(OfFollowUp):
    action = perms.FOLLOW_UP_RECORD
    title = "Rozmowa po zakończeniu"
    form_class = forms.FollowUpForm
    submit = "Zapisz rozmowę"

    def actions(self) -> Sequence[Link]:
        return [
            Link("Zmień termin", reverse("participants:follow_up_move", args=[self.found.pk])),
            Link("Brak kontaktu", reverse("participants:follow_up_miss", args=[self.found.pk])),
        ]

    def save(self, form: Any) -> FollowUp:
        data = dict(form.cleaned_data)
        return services.record_follow_up(
            follow_up_id=self.found.pk,
            held_on=data.pop("held_on"),
            situation=data.pop("situation"),
            answers=data,
            by=self.request.principal.user_id,
        )

    def success(self, form: Any, result: FollowUp) -> str:
        return f"Zapisano rozmowę: {self.found.person}."


class FollowUpMiss(OfFollowUp):
    action = perms.FOLLOW_UP_MISS
    title = "Brak kontaktu"
    form_class = forms.MissForm
    submit = "Zapisz próbę"

    def save(self, form: Any) -> FollowUp:
        return services.miss_follow_up(
            follow_up_id=self.found.pk, by=self.request.principal.user_id, **form.cleaned_data
        )

    def success(self, form: Any, result: FollowUp) -> str:
        again = form.cleaned_data["again_on"]
        later = f" Kolejna: {format_date(again, today=clock.today())}." if again else ""
        return f"Zapisano próbę.{later}"


class FollowUpMove(OfFollowUp):
    action = perms.FOLLOW_UP_MOVE
    title = "Inny termin rozmowy"
    form_class = forms.DueForm
    submit = "Zmień termin"

    def initial(self) -> Mapping[str, Any]:
        return {"due_on": self.found.due_on}

    def save(self, form: Any) -> FollowUp:
        return services.move_follow_up(follow_up_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: FollowUp) -> str:
        return f"Nowy termin: {format_date(result.due_on, today=clock.today())}."


class FollowUpPlan(OfCase, FormPage):
    action = perms.FOLLOW_UP_PLAN
    title = "Zaplanowanie rozmowy"
    form_class = forms.DueForm
    submit = "Zaplanuj rozmowę"
    drafts = False

    def object(self, *, lock: bool) -> None:
        self.find_case()
        self.back_url = self.card_url()

    def lead(self) -> str:
        return f"{self.case.person}. Zwykle pytamy pół roku po zakończeniu."

    def initial(self) -> Mapping[str, Any]:
        ended = self.case.ended_on
        return {"due_on": add_months(ended, services.MONTHS_AFTER) if ended else None}

    def save(self, form: Any) -> FollowUp:
        return services.plan_follow_up(participation_id=self.case.pk, **form.cleaned_data)

    def success(self, form: Any, result: FollowUp) -> str:
        return f"Zaplanowano rozmowę: {format_date(result.due_on, today=clock.today())}."


urlpatterns = [
    path("uczestnicy/<uuid:pk>/doradztwo/", CardShow.as_view(), name="card_show"),
    path("uczestnicy/<uuid:pk>/doradztwo/nowy/", CardAdd.as_view(), name="card_add"),
    path("uczestnicy/<uuid:pk>/doradztwo/wydruk/", CardPrint.as_view(), name="card_print"),
    path("uczestnicy/<uuid:pk>/rozmowa-po-zakonczeniu/", FollowUpPlan.as_view(), name="follow_up_plan"),
    path("doradztwo/<uuid:pk>/skresl/", EntryStrike.as_view(), name="card_strike"),
    path("doradztwo/<uuid:pk>/przywroc/", EntryRestore.as_view(), name="card_restore"),
    path("rozmowy-po-zakonczeniu/", FollowUpList.as_view(), name="follow_up_list"),
    path("rozmowy-po-zakonczeniu/<uuid:pk>/", FollowUpRecord.as_view(), name="follow_up_record"),
    path("rozmowy-po-zakonczeniu/<uuid:pk>/brak-kontaktu/", FollowUpMiss.as_view(), name="follow_up_miss"),
    path("rozmowy-po-zakonczeniu/<uuid:pk>/termin/", FollowUpMove.as_view(), name="follow_up_move"),
]
