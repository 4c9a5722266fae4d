"""One file: opening it, its overview, its history, and whether the person is elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.enums import Destination, Stage
from participants.forms import participations as forms
from participants.happened import LABELS, Chip, Happened
from participants.models import Agreement, Participation, Person
from participants.perms import participations as perms
from participants.perms.diagnoses import DIAGNOSIS_LIST
from participants.queries import participations as queries
from participants.rules.codes import UnitType
from participants.services import participations as services
from participants.views.participations.base import crumbs_of, file_of, tabs_of, unit_type
from reintegration.audit import record
from reintegration.audit.panels import history_panel
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.dates import DateSpan
from reintegration.core.formats import counted, format_date
from reintegration.core.views import FormPage, Page
from reintegration.documents.models import StoredFile

MOST_BESIDE = 8
# How far back and ahead one asks about another unit: a whole participation with its extension.
AROUND = timedelta(days=731)


class Open(FormPage):
    """Open a file of a person who is known already."""

    action = perms.OPEN
    title = "Nowa sprawa"
    form_class = forms.OpenForm
    submit = "Otwórz sprawę"

    def object(self, *, lock: bool) -> None:
        self.person = get_object_or_404(Person, pk=self.kwargs["pk"])
        record.about(self.request, self.person)
        record.shows(self.request, [self.person.pk])
        self.back_url = reverse("participants:person", args=[self.person.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            ("Uczestnicy", reverse("participants:list")),
            (str(self.person), self.back_url),
            (self.title, ""),
        ]

    def lead(self) -> str:
        earlier = Participation.objects.filter(person=self.person, ended_on__isnull=False).count()
        return f"{self.person}." + (
            f" Wcześniejsze sprawy: {earlier}. Zostają obok nowej." if earlier else ""
        )

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"leaders": queries.leaders()}

    def initial(self) -> Mapping[str, Any]:
        return {"opened_on": clock.today(), "case_manager": ""}

    def save(self, form: forms.OpenForm) -> Participation:
        return services.open_participation(
            person_id=self.person.pk,
            opened_on=form.cleaned_data["opened_on"],
            case_manager_id=form.cleaned_data["case_manager"],
        )

    def next_url(self, result: Participation) -> str:
        return reverse("participants:file", args=[result.pk])

    def success(self, form: Any, result: Participation) -> str:
        return f"Otwarto sprawę {result.number}."


class OfFile(Page):
    """A page of one file under its head and tabs."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load()
        return self.answer()

    def load(self) -> None:
        self.file = file_of(self.request, self.kwargs["pk"])
        self.shown = queries.file_page(
            self.file, today=clock.today(), unit_type=unit_type(self.request), decided=self._decided_end()
        )

    def _decided_end(self) -> date | None:
        """The last day that a room above knows of before it comes."""
        if self.file.ended_on is not None:
            return None
        found = [provider(self.file) for provider in slots.providers("participants.decided_end")]
        return min((day for day in found if day is not None), default=None)

    def get_title(self) -> str:
        return str(self.file.person)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file)

    def page(self) -> Mapping[str, Any]:
        return {
            "file": self.file,
            "shown": self.shown,
            "tabs": tabs_of(self.request, self.file),
            "cis": unit_type(self.request) is UnitType.CIS,
        }

    def timeline(self, today: date) -> list[Happened]:
        kind = unit_type(self.request)
        return queries.timeline(self.request, self.file, today=today, unit_type=kind)

    def actions(self) -> Sequence[Link]:
        """The next step of the way first; what ends it last."""
        request: Any = self.request
        found = [link for link in self._steps() if link is not None]
        for provider in slots.providers("participants.file_acts"):
            link = provider(request, self.file)
            if link is not None:
                found.append(link)
        return found

    def _steps(self) -> list[Link | None]:
        stage, file = self.shown.stage, self.file
        urls = self._period_urls()
        if file.ended_on is not None:
            return [
                self._certificate(),
                self._link(perms.CORRECT, "Popraw zakończenie", "end_correct"),
                self._link(perms.REOPEN, "Otwórz ponownie", "reopen"),
            ]
        main: Link | None = None
        if stage is Stage.TRIAL and not any(row.kind == "main" for row in self.shown.periods):
            main = _leading("Zakwalifikuj", urls.get("main", ""), current=True)
        elif self.shown.extensible_until:
            main = _leading("Przedłuż", urls.get("extension", ""))
        elif stage in {Stage.MAIN, Stage.ENDED} and unit_type(self.request) is UnitType.KIS:
            main = _leading("Kolejny okres", urls.get("main", ""))
        ends = self._link(perms.END, "Zakończ", "end", current=stage is Stage.ENDED)
        return [main, ends]

    def _period_urls(self) -> Mapping[str, str]:
        """Where a room above, which knows on what each rests, begins periods."""
        found: dict[str, str] = {}
        for provider in slots.providers("participants.period_urls"):
            found |= provider(self.request, self.shown)
        return found

    def _certificate(self) -> Link | None:
        """Where a room above issues it; without one its day is noted here."""
        for provider in slots.providers("participants.certificate_url"):
            url = provider(self.request, self.file)
            if url:
                return Link("Zaświadczenie", url)
        return self._link(perms.CERTIFICATE, "Zaświadczenie", "certificate")

    def _link(self, action: Any, label: str, name: str, *, current: bool = False) -> Link | None:
        if not self.request.may(action):  # type: ignore[attr-defined]
            return None
        return Link(label, reverse(f"participants:{name}", args=[self.file.pk]), current=current)


def _leading(label: str, url: str, *, current: bool = False) -> Link | None:
    """A step of a room above, when it is offered to this visitor."""
    return Link(label, url, current=current) if url else None


class OfTab(OfFile):
    """One of the tabs beside the overview; what it offers to do is its own."""

    tab: str

    def get_title(self) -> str:
        return f"{self.file.person} – {self.tab.lower()}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (self.tab, ""))

    def actions(self) -> Sequence[Link]:
        return []


class Overview(OfFile):
    action = perms.SHOW
    template_name = "participants/participations/file.html"

    def page(self) -> Mapping[str, Any]:
        today, file, kind = clock.today(), self.file, unit_type(self.request)
        happened = sorted(self.timeline(today), key=moment_of, reverse=True)
        waiting = not self.shown.periods and file.ended_on is None
        silent = queries.days_without_contact(file, today=today)
        return {
            **super().page(),
            **(self._way_in() if waiting else {}),
            "waiting": waiting,
            "history_url": reverse("participants:file_history", args=[file.pk]),
            "periods_url": self._periods_url(),
            "periods_label": "Popraw" if self._periods_url() else "",
            "programmes": list(
                StoredFile.objects.visible_to(self.request.principal)  # type: ignore[attr-defined]
                .filter(pk__in=[row.stored_file for row in self.shown.agreements if row.stored_file])
                .select_related("made_by")
                .order_by("-made_at")
            ),
            "silent_title": f"{counted(silent, 'dzień', 'dni', 'dni')} bez kontaktu.",
            "panels": slots.items("participants.file", self.request, file),
            "rail_panels": slots.items("participants.file_rail", self.request, self.shown),
            "happened": [one.entry() for one in happened[:MOST_BESIDE]],
            "more": max(0, len(happened) - MOST_BESIDE),
            "ended_as": queries.end_label(file.end_reason, kind) if file.end_reason else "",
            "gone_to": Destination(file.destination).label if file.destination else "",
            "silent": silent,
            "silent_after": self.shown.silent_after,
        }

    def _periods_url(self) -> str:
        may = self.request.may(perms.PERIODS)  # type: ignore[attr-defined]
        if not may or not self.shown.periods or self.file.ended_on is not None:
            return ""
        return reverse("participants:periods_edit", args=[self.file.pk])

    def _way_in(self) -> Mapping[str, Any]:
        """The steps between a file that is open and the first day."""
        today, newest = clock.today(), self.shown.newest
        cis = unit_type(self.request) is UnitType.CIS
        signed = self.file.programme_signed_on
        trial_url = reverse("participants:trial_start", args=[self.file.pk])
        obstacles = services.entry_obstacles(self.file)
        return {
            "obstacles": obstacles,
            "obstacles_text": " ".join(obstacles),
            "programme_url": self._programme_url(),
            "before_signing": self._before_signing(),
            "first_step": "Początek okresu próbnego" if cis else "Początek zajęć",
            "first_url": trial_url if cis else self._period_urls().get("main", ""),
            "signed_end": format_date(signed, today=today) if signed else "",
            "due_end": f"do {format_date(newest.due_on, today=today)}" if newest else "",
            "answered_end": _answered(newest, today) if newest else "",
            "late": newest is not None and newest.due_on < today,
        }

    def _programme_url(self) -> str:
        """Where the programme is written and signed, when a room above does it."""
        found = (
            provider(self.request, self.file) for provider in slots.providers("participants.programme_url")
        )
        return next((url for url in found if url), "")

    def _before_signing(self) -> list[Link]:
        """What is looked at together before anybody signs."""
        found = []
        if self.request.may(DIAGNOSIS_LIST):  # type: ignore[attr-defined]
            found.append(Link("Diagnoza", reverse("participants:diagnosis_list", args=[self.file.pk])))
        told = (
            provider(self.request, self.file) for provider in slots.providers("participants.before_signing")
        )
        return [*found, *filter(None, told)]


class History(OfFile):
    """Everything that happened, by month, with filters; and every change of the file's own row."""

    action = perms.SHOW
    template_name = "participants/participations/history.html"

    def page(self) -> Mapping[str, Any]:
        asked = self.request.GET.get("co", "")
        happened = self.timeline(clock.today())
        here = self.request.path
        present = [chip for chip in Chip if any(one.chip == chip for one in happened)]
        chips = [Link("Wszystko", here, current=asked not in set(present))]
        chips += [Link(LABELS[chip], f"{here}?co={chip}", current=asked == chip) for chip in present]
        chosen = [one for one in happened if one.chip == asked] if asked in set(present) else happened
        panel = history_panel(self.request, self.file)
        return {
            **super().page(),
            "chips": chips,
            "happened": [one.entry() for one in chosen],
            "panels": [panel] if panel is not None else [],
        }


class Elsewhere(OfFile):
    """Whether this person is in another unit's care. A POST, because each question is written down."""

    action = {"POST": perms.ELSEWHERE}
    template_name = "participants/participations/elsewhere.html"
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load()
        today = clock.today()
        span = DateSpan(min(self.file.opened_on, today), today + AROUND)
        self.answers = services.elsewhere(person_id=self.file.person_id, span=span)
        return self.answer()

    def page(self) -> Mapping[str, Any]:
        person = self.file.person
        return {
            **super().page(),
            "spans": self.answers,
            "known": person.pesel_index is not None,
            "since": format_date(min(self.file.opened_on, clock.today()), today=clock.today()),
        }


def _answered(row: Agreement, today: date) -> str:
    if row.answered_at is None:
        return ""
    on = format_date(row.answered_at, today=today)
    return f"{on} · {row.answered_name}"


def moment_of(one: Any) -> str:
    """Days before the moments of the same day."""
    at = one.at
    return at.astimezone(clock.WARSAW).isoformat() if hasattr(at, "hour") else at.isoformat()
