"""Steps of the unit with its report: sending, taking back, correcting, recipients, versions and files."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property

from participants.services.participations.common import own_unit
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import format_moment, format_table_date
from reintegration.core.forms import Form
from reintegration.core.views import ConfirmPage, DetailPage, FormPage, Page
from reintegration.documents.exports import as_download
from reintegration.jobs.queries import progress_of
from reporting import perms
from reporting import report_paper as paper
from reporting import report_words as words
from reporting.forms import reports as forms
from reporting.models import Report, ReportRecipient, ReportVersion
from reporting.queries import reports as queries
from reporting.report_files import download
from reporting.rules import reports as rules
from reporting.services import reports as services
from reporting.views.report_base import VERSIONS, OfReport, version_of


class Submit(OfReport, FormPage):
    action = perms.REPORT_SEND
    form_class = Form
    template_name = "reporting/reports/submit.html"
    submit = "Wyślij do urzędu"
    drafts = False

    def get_title(self) -> str:
        return "Wysłanie do urzędu"

    def lead(self) -> str:
        return f"{self.name} zostanie zapisane tak, jak wygląda teraz, i nie da się go zmienić."

    def page(self) -> Mapping[str, Any]:
        office, _ = services.receiver(self.found, own_unit())
        return {
            "office": office,
            "checks": words.checks(self.sheet) if self.open else [],
            "empty": len(self.sheet.empty) if self.open else 0,
            "comments": len(queries.open_comments(self.found)),
        }

    def save(self, form: Any) -> Any:
        return services.submit(report_id=self.found.pk)

    def success(self, form: Any, result: Any) -> str:
        return f"Wysłano wersję {result.number}."


class _Confirm(OfReport, ConfirmPage):
    action = perms.REPORT_SEND


class Withdraw(_Confirm):
    verb = "Wycofaj"

    def get_title(self) -> str:
        return "Wycofać sprawozdanie?"

    def text(self) -> str:
        return "Urząd zobaczy, że je wycofaliście. Poprawicie je i wyślecie jeszcze raz jako następną wersję."

    def perform(self) -> str:
        services.withdraw(report_id=self.found.pk)
        return self.url

    def success(self) -> str:
        return "Wycofano. Możesz je poprawić."


class Drop(_Confirm):
    verb = "Porzuć korektę"
    danger = True

    def get_title(self) -> str:
        return "Porzucić korektę?"

    def text(self) -> str:
        return (
            "Wpisane od przyjęcia wartości i uwagi zostaną cofnięte. Ważna jest wersja, którą urząd przyjął."
        )

    def perform(self) -> str:
        services.drop(report_id=self.found.pk)
        return self.url

    def success(self) -> str:
        return "Korektę porzucono."


class FollowLayout(_Confirm):
    action = perms.REPORT_WRITE
    verb = "Przejdź na nowy wzór"

    def get_title(self) -> str:
        return "Przejść na nowy wzór?"

    def text(self) -> str:
        return "Wpisane wartości zostaną tam, gdzie nowy wzór pyta o to samo. Reszty nowy wzór nie pokaże."

    def perform(self) -> str:
        services.follow_layout(report_id=self.found.pk)
        return self.url

    def success(self) -> str:
        return "Sprawozdanie ma teraz nowy wzór."


class Correct(OfReport, FormPage):
    action = perms.REPORT_SEND
    form_class = forms.CorrectForm
    submit = "Zacznij korektę"
    drafts = False

    def get_title(self) -> str:
        return "Korekta"

    def lead(self) -> str:
        return "Przyjęta wersja zostaje ważna, dopóki urząd nie przyjmie korekty."

    def save(self, form: Any) -> Any:
        return services.correct(report_id=self.found.pk, reason=form.cleaned_data["reason"])

    def success(self, form: Any, result: Any) -> str:
        return "Korekta zaczęta. Popraw, co trzeba, i wyślij."


class AddRecipient(OfReport, FormPage):
    action = perms.REPORT_WRITE
    form_class = forms.RecipientForm
    drafts = False

    def get_title(self) -> str:
        return "Nowy odbiorca"

    def save(self, form: Any) -> Any:
        return services.add_recipient(report_id=self.found.pk, **form.cleaned_data)

    def next_url(self, result: Any) -> str:
        return f"{self.url}#odbiorcy"


class _OfRecipient(OfReport):
    """One recipient of one report."""

    recipient: ReportRecipient

    def object(self, *, lock: bool = False) -> Report:
        self.recipient = get_object_or_404(ReportRecipient, pk=self.kwargs["pk"])
        self.kwargs = {**self.kwargs, "pk": self.recipient.report_id}
        found = super().object(lock=lock)
        self.kwargs = {**self.kwargs, "pk": self.recipient.pk}
        return found


class NoteSent(_OfRecipient, FormPage):
    action = perms.REPORT_WRITE
    form_class = forms.SentForm
    drafts = False

    def get_title(self) -> str:
        return "Wysłano do odbiorcy"

    def lead(self) -> str:
        return f"{self.recipient.name}."

    @cached_property
    def versions(self) -> list[ReportVersion]:
        return [one for one in queries.versions_of(self.found) if one.state != "withdrawn"]

    def form_kwargs(self) -> Mapping[str, Any]:
        said = [
            (
                str(one.pk),
                f"wersja {one.number} z {format_table_date(queries.day_of(one.submitted_at))}",
            )
            for one in self.versions
        ]
        return {"versions": said}

    def initial(self) -> Mapping[str, Any]:
        row = self.recipient
        first = row.version_id or (self.versions[0].pk if self.versions else "")
        return {"which": str(first), "sent_on": row.sent_on, "how": row.how}

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        return services.note_sent(
            recipient_id=self.recipient.pk,
            version_id=typed["which"],
            sent_on=typed["sent_on"],
            how=typed["how"],
        )

    def next_url(self, result: Any) -> str:
        return f"{self.url}#odbiorcy"


class RemoveRecipient(_OfRecipient, ConfirmPage):
    action = perms.REPORT_WRITE
    verb = "Usuń z listy"

    def get_title(self) -> str:
        return "Usunąć odbiorcę?"

    def text(self) -> str:
        return f"{self.recipient.name} nie będzie na liście odbiorców tego sprawozdania."

    def perform(self) -> str:
        services.remove_recipient(recipient_id=self.recipient.pk)
        return f"{self.url}#odbiorcy"

    def success(self) -> str:
        return "Usunięto odbiorcę."


class VersionPage(OfReport, DetailPage):
    """A version as it was sent, with what it changed, what the office said, and its files."""

    action = perms.REPORT_SHOW
    template_name = "reporting/reports/version.html"

    def object(self, *, lock: bool = False) -> Report:
        found = super().object(lock=lock)
        self.shown = version_of(found, self.kwargs["number"])
        return found

    def get_title(self) -> str:
        return f"Wersja {self.shown.number}"

    def lead(self) -> str:
        when = format_moment(self.shown.submitted_at, today=clock.today())
        return f"{self.name}. Wysłano {when}."

    def facts(self) -> Iterable[tuple[str, Any]]:
        return facts_of(self.shown)

    def page(self) -> Mapping[str, Any]:
        files = reverse("reporting:report_version", args=[self.found.pk, self.shown.number])
        return {**super().page(), **shown_version(self.request, self.shown, files)}


def facts_of(version: ReportVersion) -> Iterable[tuple[str, Any]]:
    """Who sent it and decided, and the digest by which two copies are compared."""
    yield "Wysłał(a)", version.submitted_by.get_full_name()
    if version.decided_at is not None and version.decided_by is not None:
        when = format_moment(version.decided_at, today=clock.today())
        yield VERSIONS[version.state].text.capitalize(), f"{when}, {version.decided_by.get_full_name()}"
    if version.reason:
        yield "Powód korekty", version.reason
    yield "Wzór", f"{version.content['layout']['title']}, wersja {version.content['layout']['version']}"
    yield "Skrót SHA-256", version.digest


def shown_version(
    request: Any, version: ReportVersion, files: str, look: words.Look | None = None
) -> Mapping[str, Any]:
    """The parts of a version with what changed and what the office said, and its files."""
    sheet = queries.sent(version)
    before = queries.version_before(version)
    found = rules.differences(before.content, version.content) if before is not None else {}
    comments = queries.comments_of(version)
    asked = request.GET.get("czesc", "")
    part = next((one for one in sheet.layout.parts if one.key == asked), sheet.layout.parts[0])
    drawn = words.Look(
        url=look.url if look is not None else lambda cell: "",
        comments={key: one.words for key, one in comments.items()},
        changed=found,
    )
    made = queries.papers_of([version.pk])
    return {
        "version": version,
        "badge": VERSIONS[version.state],
        "parts": [Link(words.short(one), f"?czesc={one.key}", one is part) for one in sheet.layout.parts],
        "part": part,
        "grids": words.grids(sheet, part, drawn),
        "before": before,
        "change_title": f"Co zmieniło się od wersji {before.number}" if before is not None else "",
        "changes": words.changes(sheet.layout, found),
        "comments": [
            (words.place_of(sheet.layout, sheet.layout.cells[key]), sheet.layout.cells[key].label, one)
            for key, one in comments.items()
            if key in sheet.layout.cells
        ],
        "checks": words.checks(sheet, drawn.url),
        "explained": rules.explained_at_once(version.content),
        "pdf": bool(made),
        "progress": None if made else progress_of(version.pk),
        "files": files,
    }


class VersionFile(OfReport, Page):
    """A version to take away; the paper is promised again when it is not there."""

    action = perms.REPORT_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object()
        return download(version_of(self.found, kwargs["number"]), kwargs["ending"])


class DraftFile(OfReport, Page):
    """What is being written, to take away before it is sent."""

    action = perms.REPORT_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object()
        if not self.open:
            raise Http404
        unit = queries.identity(own_unit(), self.found.year)
        return as_download(paper.preview(self.found, self.sheet, unit), f"{self.name} szkic")


_ONE = "sprawozdania/<uuid:pk>/"
urlpatterns = [
    path(f"{_ONE}wyslij/", Submit.as_view(), name="report_submit"),
    path(f"{_ONE}wycofaj/", Withdraw.as_view(), name="report_withdraw"),
    path(f"{_ONE}korekta/", Correct.as_view(), name="report_correct"),
    path(f"{_ONE}porzuc/", Drop.as_view(), name="report_drop"),
    path(f"{_ONE}wzor/", FollowLayout.as_view(), name="report_layout"),
    path(f"{_ONE}podglad/", DraftFile.as_view(), name="report_preview"),
    path(f"{_ONE}odbiorca/", AddRecipient.as_view(), name="report_recipient_add"),
    path("sprawozdania/odbiorca/<uuid:pk>/", NoteSent.as_view(), name="report_recipient_sent"),
    path("sprawozdania/odbiorca/<uuid:pk>/usun/", RemoveRecipient.as_view(), name="report_recipient_remove"),
    path(f"{_ONE}wersja/<int:number>/", VersionPage.as_view(), name="report_version"),
    path(f"{_ONE}wersja/<int:number>/plik/<str:ending>/", VersionFile.as_view(), name="report_file"),
]
