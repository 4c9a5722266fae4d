"""Screens of the operator: the layouts of the reports, a new version, and a second person's yes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from reintegration.audit import record
from reintegration.core.components import Badge, Link
from reintegration.core.downloads import attachment
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.law.enums import State
from reintegration.tenancy.actions import handles
from reporting import layout_words, perms
from reporting.forms.layouts import LayoutForm
from reporting.models import ReportLayout
from reporting.queries import layouts as queries
from reporting.rules.layout_parsing import Problem
from reporting.services import layouts as services

LAYOUTS = "Wzory sprawozdań"
# More problems than these are too many to read; the first ones say what is wrong.
MOST_SHOWN = 100
_KINDS = {State.PROPOSED: "warn", State.CONFIRMED: "ok", State.WITHDRAWN: "plain"}


def _found(pk: UUID) -> ReportLayout:
    rows = ReportLayout.objects.select_related("proposed_by", "confirmed_by", "withdrawn_by")
    return get_object_or_404(rows, pk=pk)


def _badge(row: ReportLayout) -> Badge:
    return Badge(row.get_state_display(), _KINDS[State(row.state)])


class Layouts(ListPage):
    """Every version of every layout, the newest first."""

    action = perms.LAYOUT_LIST
    title = LAYOUTS
    file_name = "wzory-sprawozdan"
    row_url_name = "reporting:layout"
    default_sort = "kind"
    columns = (
        Column("get_kind_display", "Sprawozdanie", sort=("kind", "-since_year")),
        Column("version", "Wersja", sort="version", phone="main"),
        Column("since_year", "Od roku", sort="since_year", cell=lambda row: str(row.since_year)),
        Column("get_origin_display", "Skąd", phone="hide"),
        Column("state", "Stan", sort="state", cell=_badge),
    )

    def lead(self) -> str:
        return "Z tych wzorów powstają sprawozdania. Sprawozdanie za dawny rok zostaje w swoim wzorze."

    def actions(self) -> Sequence[Link]:
        return [Link("Wgraj nową wersję", reverse("reporting:layout_new"), current=True)]

    def queryset(self) -> QuerySet[ReportLayout]:
        return queries.versions()


class LayoutPage(Page):
    """A version as an empty report: what will stand in each cell, what it counts, and what must agree."""

    action = perms.LAYOUT_SHOW
    template_name = "reporting/layouts/show.html"

    def get(self, request: Any, pk: UUID) -> Any:
        self.found = _found(pk)
        record.about(request, self.found)
        return self.answer()

    def get_title(self) -> str:
        said = str(self.found)
        return said[:1].upper() + said[1:]

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(LAYOUTS, reverse("reporting:layouts")), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        download = Link("Pobierz plik", reverse("reporting:layout_file", args=[self.found.pk]))
        if not self.found.waits:
            return [download]
        withdraw = Link("Wycofaj", reverse("reporting:layout_withdraw", args=[self.found.pk]))
        if self.found.proposed_by_id == self.request.user.pk:
            return [download, withdraw]
        confirm = reverse("reporting:layout_confirm", args=[self.found.pk])
        return [download, withdraw, Link("Potwierdź", confirm, current=True)]

    def page(self) -> Mapping[str, Any]:
        layout = self.found.layout
        return {
            "found": self.found,
            "badge": _badge(self.found),
            "layout": layout,
            "parts": layout_words.preview(layout),
            "checks": [(one.sentence, layout_words.check_said(one)) for one in layout.checks],
            "mine": self.found.waits and self.found.proposed_by_id == self.request.user.pk,
        }


@handles(GET=perms.LAYOUT_SHOW)
def layout_file(request: Any, pk: UUID) -> HttpResponse:
    """The document as it can be changed and brought back."""
    found = _found(pk)
    record.about(request, found)
    written = json.dumps(found.document, ensure_ascii=False, indent=1)
    name = f"wzor-{found.kind}-{found.version}.json"
    return attachment(written.encode(), name, "application/json; charset=utf-8")


class NewLayout(FormPage):
    """A file with a version; whatever is wrong with it is said at once, each with its place."""

    action = perms.LAYOUT_PROPOSE
    form_class = LayoutForm
    template_name = "reporting/layouts/new.html"
    title = "Nowa wersja wzoru"
    submit = "Sprawdź i zapisz do potwierdzenia"
    drafts = False
    problems: tuple[Problem, ...] = ()

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("reporting:layouts")

    def lead(self) -> str:
        return "Wzór zacznie działać, gdy potwierdzi go drugi operator."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(LAYOUTS, self.back_url), (self.get_title(), "")]

    def page(self) -> Mapping[str, Any]:
        return {
            "problems": self.problems[:MOST_SHOWN],
            "left_out": max(0, len(self.problems) - MOST_SHOWN),
        }

    def save(self, form: Any) -> str:
        try:
            made = services.propose_layout(
                content=form.cleaned_data["file"], by=self.request.principal.user_id
            )
        except services.Refused as error:
            self.problems = error.problems
            raise
        record.about(self.request, made)
        return reverse("reporting:layout", args=[made.pk])

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano. Wzór czeka na drugą osobę."


class DecideLayout(ConfirmPage):
    """What the two decisions about a version share."""

    def object(self, *, lock: bool) -> ReportLayout:
        self.layout = _found(self.kwargs["pk"])
        self.back_url = reverse("reporting:layout", args=[self.layout.pk])
        record.about(self.request, self.layout)
        return self.layout

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(LAYOUTS, reverse("reporting:layouts")), (str(self.layout), self.back_url), (self.verb, "")]

    def text(self) -> str:
        return f"{self.layout}, od sprawozdania za rok {self.layout.since_year}."


class ConfirmLayout(DecideLayout):
    action = perms.LAYOUT_CONFIRM
    title = "Potwierdzić wzór?"
    verb = "Potwierdź wzór"

    def text(self) -> str:
        return (
            f"{super().text()} Nowe sprawozdania powstaną z tego wzoru, zaczęte zostaną w swoim."
            " Potem nikt go nie zmieni."
        )

    def perform(self) -> str:
        services.confirm_layout(pk=self.layout.pk, by=self.request.principal.user_id)
        return self.back_url

    def success(self) -> str:
        return "Potwierdzono wzór."


class WithdrawLayout(DecideLayout):
    action = perms.LAYOUT_WITHDRAW
    title = "Wycofać wzór?"
    verb = "Wycofaj wzór"

    def perform(self) -> str:
        services.withdraw_layout(pk=self.layout.pk, by=self.request.principal.user_id)
        return self.back_url

    def success(self) -> str:
        return "Wycofano wzór."


urlpatterns = [
    path("wzory-sprawozdan/", Layouts.as_view(), name="layouts"),
    path("wzory-sprawozdan/nowy/", NewLayout.as_view(), name="layout_new"),
    path("wzory-sprawozdan/<uuid:pk>/", LayoutPage.as_view(), name="layout"),
    path("wzory-sprawozdan/<uuid:pk>/plik/", layout_file, name="layout_file"),
    path("wzory-sprawozdan/<uuid:pk>/potwierdz/", ConfirmLayout.as_view(), name="layout_confirm"),
    path("wzory-sprawozdan/<uuid:pk>/wycofaj/", WithdrawLayout.as_view(), name="layout_withdraw"),
]
