"""The journal on the screen: the year's balances, what is still open, and each entry."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits.enums import LedgerAccount
from benefits.models import JournalEntry, Posting
from benefits.queries import ledger as queries
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import format_month, format_table_date
from reintegration.core.money import ZERO
from reintegration.core.sheets import WRITERS
from reintegration.core.views import Page
from reintegration.documents.exports import as_download

TITLE = "Księga"


def asked_year(request: Any) -> int:
    """The year of the address, or this one."""
    asked = request.GET.get("rok", "")
    if not asked:
        return clock.today().year
    if not asked.isdecimal() or not 2000 <= int(asked) <= 2100:
        raise Http404
    return int(asked)


class Index(Page):
    action = perms.LEDGER_SHOW
    template_name = "benefits/ledger/index.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        self.year = asked_year(request)
        self.first, self.last = queries.year_of(self.year)
        self.open_people = queries.owed_to_people(self.last)
        record.shows(request, {file.person_id for file, _ in self.open_people})
        return self.answer()

    def get_title(self) -> str:
        return f"{TITLE} {self.year}"

    def lead(self) -> str:
        return "Listy, wypłaty, refundacje i zapłaty, każda po dwóch stronach. Zapisów nikt nie zmienia."

    def page(self) -> Mapping[str, Any]:
        balances = queries.trial_balance(self.first, self.last)
        here = {*queries.years(), self.year}
        return {
            "year": self.year,
            "balances": balances,
            "debit": sum((one.debit for one in balances), ZERO),
            "credit": sum((one.credit for one in balances), ZERO),
            "people": self.open_people,
            "lists": queries.unpaid_lists(self.last),
            "agreements": queries.open_agreements(self.last),
            "entries": queries.entries(self.first, self.last),
            "years": [
                Link(str(one), f"?rok={one}", current=one == self.year) for one in sorted(here, reverse=True)
            ],
        }


class Entry(Page):
    action = perms.LEDGER_SHOW
    template_name = "benefits/ledger/entry.html"
    request: Any
    kwargs: dict[str, Any]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        rows = JournalEntry.objects.select_related("payroll_list", "made_by")
        self.entry = get_object_or_404(rows, pk=kwargs["pk"])
        self.lines = list(queries.lines_of(self.entry))
        record.about(request, self.entry)
        record.shows(request, {one.participation.person_id for one in self.lines if one.participation})
        return self.answer()

    def get_title(self) -> str:
        return f"{self.entry.number}: {self.entry.get_event_display()}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, f"{reverse('benefits:ledger')}?rok={self.entry.day.year}"), (self.entry.number, "")]

    def page(self) -> Mapping[str, Any]:
        entry, row = self.entry, self.entry.payroll_list
        return {
            "lines": self.lines,
            "total": sum((one.amount for one in self.lines if one.amount > 0), ZERO),
            "facts": [
                ("Dzień", format_table_date(entry.day)),
                *([("Lista", row.number)] if row is not None else []),
                ("Zaksięgowano", f"{format_table_date(entry.made_at)}, {entry.made_by}"),
            ],
        }


class Sheet(Page):
    """A table of the year to take away."""

    action = perms.LEDGER_SHOW
    name: str
    labels: Sequence[str]
    rows: Callable[[int], Sequence[Sequence[Any]]]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        year = asked_year(request)
        write, _ = WRITERS["xlsx"]
        return as_download(write(self.labels, self.rows(year)), f"{self.name} {year}", "xlsx")


class Balances(Sheet):
    name = "obroty i salda"
    labels = ("Konto", "Stan na początku", "Winien", "Ma", "Stan na końcu")

    def rows(self, year: int) -> Sequence[Sequence[Any]]:
        rows = queries.trial_balance(*queries.year_of(year))
        total = ["Razem", *(sum((getattr(one, name) for one in rows), ZERO) for name in _AMOUNTS)]
        return [*([one.account.label, *(getattr(one, name) for name in _AMOUNTS)] for one in rows), total]


class Summary(Sheet):
    name = "księga po miesiącach"
    labels = ("Miesiąc", *(str(one.label) for one in LedgerAccount))

    def rows(self, year: int) -> Sequence[Sequence[Any]]:
        return [
            [format_month(one.month), *(one.amounts.get(account, ZERO) for account in LedgerAccount)]
            for one in queries.by_month(year)
        ]


class Journal(Sheet):
    """Every line of the year, as a bookkeeper takes it over."""

    name = "księga, zapisy"
    labels = ("Numer", "Dzień", "Zdarzenie", "Lista", "Umowa", "Konto", "Osoba", "Winien", "Ma")

    def rows(self, year: int) -> Sequence[Sequence[Any]]:
        rows = list(queries.lines_between(*queries.year_of(year)))
        record.shows(self.request, {one.participation.person_id for one in rows if one.participation})
        return [_written(one) for one in rows]


def _written(line: Posting) -> Sequence[Any]:
    entry, file = line.entry, line.participation
    return [
        entry.number,
        entry.day,
        entry.get_event_display(),
        str(entry.payroll_list or ""),
        str(entry.agreement or ""),
        line.get_account_display(),
        str(file.person) if file is not None else "",
        line.amount if line.amount > ZERO else None,
        line.credit if line.amount < ZERO else None,
    ]


_AMOUNTS = ("before", "debit", "credit", "after")
urlpatterns = [
    path("ksiega/", Index.as_view(), name="ledger"),
    path("ksiega/obroty/", Balances.as_view(), name="ledger_balances"),
    path("ksiega/miesiace/", Summary.as_view(), name="ledger_months"),
    path("ksiega/zapisy/", Journal.as_view(), name="ledger_journal"),
    path("ksiega/zapisy/<uuid:pk>/", Entry.as_view(), name="ledger_entry"),
]
