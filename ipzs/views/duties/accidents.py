"""The register of accidents: report, page of one, its steps, and the protocol."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from ipzs import accident_paper
from ipzs.forms import duties as forms
from ipzs.models import Accident
from ipzs.perms import duties as perms
from ipzs.queries import duties as queries
from ipzs.services import duties as services
from ipzs.services.duties.accidents import protocol_of
from ipzs.transitions.accident import OPEN, TABLE, Transition
from ipzs.views.duties.base import REGISTER, OfCase
from participants.models import Participation
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import format_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download
from reintegration.documents.models import Document

LATER = "Wpisz, co wiesz teraz. Resztę można uzupełnić do zatwierdzenia protokołu."
LIST_URL = reverse_lazy("ipzs:accident_list")


def _state(row: Any) -> Badge:
    return queries.ACCIDENT_BADGES[row.state]


class Register(ListPage):
    action = perms.ACCIDENT_LIST
    title = REGISTER
    file_name = "rejestr-wypadkow"
    filter_form = forms.AccidentFilter
    row_url_name = "ipzs:accident_show"
    default_sort = "-happened_at"
    request: Any
    columns = (
        Column("number", "Numer", sort="number"),
        Column("person", "Osoba", sort="person__name_order"),
        Column("happened_at", "Kiedy", sort="happened_at"),
        Column("place", "Gdzie", phone="full"),
        Column("state", "Stan", sort="state", cell=_state, phone="main"),
        Column("reported_on", "Zgłoszono", sort="reported_on", phone="hide"),
        Column("protocol_on", "Protokół", sort="protocol_on", phone="full"),
        Column("sent_on", "Do ZUS", sort="sent_on", phone="full"),
    )

    def queryset(self) -> QuerySet[Any]:
        return queries.accidents()

    def lead(self) -> str:
        return "Wypadki w czasie pobytu w jednostce, od zgłoszenia do przekazania protokołu. (art. 14 ust. 3)"

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.ACCIDENT_REPORT):
            return []
        return [Link("Zgłoś wypadek", reverse("ipzs:accident_add"), current=True)]

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.person_id for row in rows})

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nie było wypadków", "Gdy coś się stanie, zgłoś to tutaj albo na karcie uczestnika.")


class Writing(FormPage):
    """What writing down an accident shares."""

    form_class = forms.AccidentForm
    request: Any

    def after(self, made: Accident) -> str:
        """Who may not read the register goes back to the file."""
        name = "accident_show" if self.request.may(perms.ACCIDENT_SHOW) else "duty_show"
        key = made.pk if name == "accident_show" else made.participation_id
        return reverse(f"ipzs:{name}", args=[key])

    def next_url(self, result: Accident) -> str:
        return self.after(result)

    def reported(self, file_id: UUID, form: Any) -> Accident:
        made = services.report_accident(
            participation_id=file_id, data=form.told(), reported_on=form.cleaned_data["reported_on"]
        )
        record.about(self.request, made)
        record.shows(self.request, [made.person_id])
        return made

    def initial(self) -> Mapping[str, Any]:
        return {"happened_on": clock.today(), "reported_on": clock.today()}

    def success(self, form: Any, result: Accident) -> str:
        return f"Zapisano w rejestrze: {result.number}."


class Report(OfCase, Writing):
    """An accident of this person."""

    action = perms.ACCIDENT_REPORT
    title = "Zgłoś wypadek"
    submit = "Zgłoś wypadek"

    def object(self, *, lock: bool) -> None:
        self.find_file()

    def lead(self) -> str:
        return (
            f"{self.file.person}. Wpisz, co wiesz teraz. Resztę można uzupełnić do zatwierdzenia protokołu."
        )

    def save(self, form: Any) -> Accident:
        return self.reported(self.file.pk, form)


class Add(Writing):
    """An accident reported from the register."""

    action = perms.ACCIDENT_REPORT
    title = "Zgłoś wypadek"
    submit = "Zgłoś wypadek"
    form_class = forms.AccidentOfForm

    @property
    def back_url(self) -> str:  # type: ignore[override]
        may = self.request.may(perms.ACCIDENT_LIST)
        return str(LIST_URL) if may else reverse("participants:list")

    def object(self, *, lock: bool) -> None:
        rows = Participation.objects.select_related("person").filter(ended_on__isnull=True)
        self.files = list(rows.order_by("person__name_order", "pk"))
        record.shows(self.request, [file.person_id for file in self.files])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(REGISTER, self.back_url), (self.title, "")]

    def lead(self) -> str:
        return LATER

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"files": self.files}

    def save(self, form: Any) -> Accident:
        return self.reported(UUID(form.cleaned_data["participation"]), form)


class OfAccident:
    """What the screens of one accident share."""

    request: Any
    kwargs: dict[str, Any]
    found: Accident

    def object(self, *, lock: bool = False) -> Accident:
        rows = Accident.objects.select_related("person", "participation", "made_by")
        if lock:
            rows = rows.select_for_update(of=("self",))
        found: Accident = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        self.back_url = reverse("ipzs:accident_show", args=[found.pk])
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        number = self.found.number
        return [(REGISTER, str(LIST_URL)), (number, self.back_url), (self.get_title(), "")]  # type: ignore[attr-defined]

    def lead(self) -> str:
        return f"{self.found.number}, {self.found.person}."


class Show(OfAccident, Page):
    action = perms.ACCIDENT_SHOW
    template_name = "ipzs/duties/accident.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.found = self.object()
        return self.answer()

    def get_title(self) -> str:
        return f"Wypadek {self.found.number}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(REGISTER, str(LIST_URL)), (self.found.number, "")]

    def actions(self) -> Sequence[Link]:
        """The next step first."""
        row, steps = self.found, TABLE.possible(self.found)
        links = [
            self._step(steps, Transition.EXAMINE, perms.ACCIDENT_EXAMINE, "Okoliczności są ustalone"),
            self._step(steps, Transition.CONFIRM, perms.ACCIDENT_CONFIRM, "Zatwierdź protokół"),
            self._step(steps, Transition.SEND, perms.ACCIDENT_SEND, "Przekazano do ZUS"),
            self._step(steps, Transition.REOPEN, perms.ACCIDENT_REOPEN, "Wycofaj protokół", main=False),
        ]
        if row.state in OPEN:
            links.append(self._link(perms.ACCIDENT_CHANGE, "Popraw", "accident_change"))
            links.append(self._link(perms.ACCIDENT_PRINT, "Wydrukuj projekt", "accident_print"))
        return [link for link in links if link is not None]

    def _step(
        self, steps: list[Transition], step: Transition, action: Any, label: str, *, main: bool = True
    ) -> Link | None:
        return self._link(action, label, f"accident_{step.value}", current=main) if step in steps else None

    def _link(self, action: Any, label: str, name: str, *, current: bool = False) -> Link | None:
        if not self.request.may(action):
            return None
        return Link(label, reverse(f"ipzs:{name}", args=[self.found.pk]), current=current)

    def page(self) -> Mapping[str, Any]:
        row = self.found
        at = row.happened_at.astimezone(clock.WARSAW)
        papers = Document.objects.visible_to(self.request.principal).filter(
            kind="ipzs.accident_protocol", key__startswith=f"{row.pk}:"
        )
        return {
            "accident": row,
            "badge": queries.ACCIDENT_BADGES[row.state],
            "at": f"{format_date(at.date(), today=clock.today())}, {at:%H:%M}",
            "open": row.state in OPEN,
            "papers": list(papers.select_related("made_by").order_by("-made_at")),
            "counts": protocol_of(row),
        }


class Change(OfAccident, Writing):
    action = perms.ACCIDENT_CHANGE
    title = "Popraw zgłoszenie"

    def initial(self) -> Mapping[str, Any]:
        row = self.found
        at = row.happened_at.astimezone(clock.WARSAW)
        names = ("place", "circumstances", "injury", "witnesses", "first_aid", "prevention", "reported_on")
        return {
            "happened_on": at.date(),
            "hour": f"{at:%H:%M}",
            **{name: getattr(row, name) for name in names},
        }

    def save(self, form: Any) -> Accident:
        return services.change_accident(
            accident_id=self.found.pk, data=form.told(), reported_on=form.cleaned_data["reported_on"]
        )

    def success(self, form: Any, result: Accident) -> str:
        return "Zapisano."


class Examine(OfAccident, ConfirmPage):
    action = perms.ACCIDENT_EXAMINE
    verb = "Okoliczności są ustalone"

    def get_title(self) -> str:
        return "Okoliczności są ustalone?"

    def text(self) -> str:
        return "Potem protokół można zatwierdzić. Do tego czasu wszystko da się jeszcze poprawić."

    def perform(self) -> str:
        services.examine_accident(accident_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Zapisano: okoliczności są ustalone."


class Step(OfAccident, FormPage):
    """A step with a form of one field."""

    drafts = False

    def version(self) -> str:
        """A step that somebody else made meanwhile is refused by its name."""
        return ""


class Confirm(Step):
    action = perms.ACCIDENT_CONFIRM
    title = "Zatwierdź protokół"
    form_class = forms.ConfirmForm
    submit = "Zatwierdź protokół"

    def initial(self) -> Mapping[str, Any]:
        return {"protocol_on": clock.today()}

    def save(self, form: Any) -> Accident:
        return services.confirm_accident(accident_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Accident) -> str:
        return "Protokół jest zatwierdzony. Wydrukuj go do podpisu."


class Send(Step):
    action = perms.ACCIDENT_SEND
    title = "Przekazano do ZUS"
    form_class = forms.SendForm

    def initial(self) -> Mapping[str, Any]:
        return {"sent_on": clock.today()}

    def save(self, form: Any) -> Accident:
        return services.send_accident(accident_id=self.found.pk, **form.cleaned_data)


class Reopen(Step):
    action = perms.ACCIDENT_REOPEN
    title = "Wycofaj protokół"
    form_class = forms.ReopenForm
    submit = "Wycofaj protokół"

    def save(self, form: Any) -> Accident:
        return services.reopen_accident(accident_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Accident) -> str:
        return "Protokół jest wycofany. Popraw wpis i zatwierdź go ponownie."


class Print(OfAccident, Page):
    """The protocol as it stands now."""

    action = perms.ACCIDENT_PRINT
    title = "Protokół powypadkowy"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.object()
        return as_download(accident_paper.draft_pdf(row), f"protokół powypadkowy {row.number}")
