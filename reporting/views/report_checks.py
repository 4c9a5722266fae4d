"""The checks of a report that do not hold: each is put right in its cells or explained by itself."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import path, reverse

from reintegration.core.views import FormPage
from reporting import perms
from reporting import report_words as words
from reporting.forms.reports import ExplainForm
from reporting.models import Report
from reporting.queries import reports as queries
from reporting.rules.layouts import Cell
from reporting.services import reports as services
from reporting.views.report_base import FROM_REPORT, OfReport


def with_forms(report: Report, sheet: queries.Sheet) -> list[tuple[words.CheckLine, ExplainForm, str]]:
    """Each check that fails with its own field, and where that is sent."""

    def url(cell: Cell) -> str:
        return f"{reverse('reporting:report_cell', args=[report.pk, cell.key])}{FROM_REPORT}"

    return [
        (
            one,
            ExplainForm(initial={"words": one.words}, auto_id=f"id_{one.key}_%s"),
            reverse("reporting:report_check", args=[report.pk, one.key]),
        )
        for one in words.checks(sheet, url)
    ]


class Explain(OfReport, FormPage):
    """One check with its sides, its cells and why it does not hold."""

    action = perms.REPORT_WRITE
    template_name = "reporting/reports/explain.html"
    form_class = ExplainForm
    submit = "Zapisz wyjaśnienie"
    title = "Sprawdzenie"
    drafts = False

    def object(self, *, lock: bool = False) -> Report:
        found = super().object(lock=lock)
        if not any(one.key == self.kwargs["check"] for one in found.layout.layout.checks):
            raise Http404
        return found

    @cached_property
    def line(self) -> words.CheckLine | None:
        """Nothing once the check holds."""
        lines = words.checks(
            self.sheet, lambda cell: reverse("reporting:report_cell", args=[self.found.pk, cell.key])
        )
        return next((one for one in lines if one.key == self.kwargs["check"]), None)

    @property
    def back_url(self) -> str:
        return f"{self.url}#sprawdzenia"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Once the check holds or the report was sent, the report says so."""
        self.object()
        if not self.open or self.line is None:
            return HttpResponseRedirect(self.url)
        return super().get(request, *args, **kwargs)

    def lead(self) -> str:
        return f"{self.name}."

    def initial(self) -> Mapping[str, Any]:
        return {"words": self.line.words if self.line is not None else ""}

    def page(self) -> Mapping[str, Any]:
        return {"check": self.line}

    def save(self, form: Any) -> Any:
        return services.explain(
            report_id=self.found.pk,
            check=self.kwargs["check"],
            by=_difference(self.request.POST.get("by", "")),
            words=form.cleaned_data["words"],
        )

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano wyjaśnienie."


def _difference(text: str) -> Decimal | None:
    """The difference that was read; nothing where the page did not say one."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


urlpatterns = [
    path("sprawozdania/<uuid:pk>/sprawdzenie/<slug:check>/", Explain.as_view(), name="report_check"),
]
