"""„Skąd ta kwota?”: what a list says of one person, in words and in the person's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits.explain.languages import LANGUAGES
from benefits.models import Correction, Statement
from benefits.queries import statements as queries
from benefits.views.lists import TITLE as LISTS
from benefits.views.lists import badge_of, heading, url_of
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.views import Page

NAMES = {"pl": "Polski", "uk": "Українська", "en": "English"}


class Show(Page):
    action = perms.STATEMENT_SHOW
    template_name = "benefits/statements/statement.html"
    request: Any
    kwargs: dict[str, Any]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        rows = Statement.objects.select_related("payroll_list", "person")
        self.row: Statement = get_object_or_404(rows, pk=kwargs["pk"])
        self.month = Month.of(self.row.payroll_list.month)
        asked = request.GET.get("jezyk", "")
        self.language = asked if asked in LANGUAGES else "pl"
        record.about(request, self.row)
        record.shows(request, [self.row.person_id])
        return self.answer()

    def get_title(self) -> str:
        return LANGUAGES[self.language].frame.title

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (LISTS, reverse("benefits:lists")),
            (heading(self.month), url_of("list", self.month)),
            (str(self.row.person), ""),
        ]

    def page(self) -> Mapping[str, Any]:
        corrections = list(Correction.objects.filter(statement=self.row).order_by("month"))
        texts = LANGUAGES[self.language]
        return {
            "row": self.row,
            "told": queries.told(self.row, corrections, self.language),
            "frame": texts.frame,
            "said_month": texts.grammar.month(self.month),
            "amount": texts.grammar.amount(self.row.to_pay),
            "language": self.language,
            "badge": badge_of(self.row.payroll_list),
            "blocked": (self.row.document or {}).get("blocked", ()),
            "languages": [
                Link(NAMES[code], f"?jezyk={code}", current=code == self.language) for code in LANGUAGES
            ],
            "file_url": reverse("benefits:pay", args=[self.row.participation_id]),
        }


urlpatterns = [path("swiadczenia/rozliczenia/<uuid:pk>/", Show.as_view(), name="statement")]
