"""The base of every list, over the sites of a unit."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from reintegration.core.form_fields import ChoiceField, TextField
from reintegration.core.lists import Column, FilterForm, ListPage
from reintegration.tenancy.models import Site
from tests.cast import World


class SiteFilter(FilterForm):
    name = TextField(label="Nazwa", max_length=80)

    def narrow(self, rows: Any) -> Any:
        return rows.filter(name__icontains=self.cleaned_data["name"])


class SiteList(ListPage):
    title = "Miejsca zajęć"
    filter_form = SiteFilter
    default_sort = "name"
    columns = (
        Column("name", "Nazwa", sort="name"),
        Column("town", "Miejscowość", sort=("town", "name")),
        Column("opened_on", "Czynne od", cell=lambda site: site.opened_on),
        Column("closed_on", "Czynne do"),
    )
    seen: list[Any]

    def queryset(self) -> Any:
        return Site.objects.all()

    def row_url(self, row: Any) -> str:
        return f"/miejsca/{row.pk}/"

    def shown_rows(self, rows: Any) -> None:
        type(self).seen = list(rows)


def make_sites(count: int, **values: Any) -> None:
    there = Site.objects.count()
    for number in range(there, there + count):
        defaults = {
            "name": f"Pracownia {number:03}",
            "street": "Wierzbowa 1",
            "postcode": "20-001",
            "town": f"Modrzewno {number % 3}",
            "opened_on": date(2024, 1, 1),
        }
        Site.objects.create(**{**defaults, **values})


def open_list(query: str = "", **headers: str) -> HttpResponse:
    request: Any = RequestFactory().get(f"/miejsca/{query}", headers=headers)
    request.user = AnonymousUser()
    request.principal = None
    request.may = lambda action: False
    return SiteList.as_view()(request)


def names(response: HttpResponse) -> list[str]:
    text = response.content.decode()
    return [part.split("<")[0] for part in text.split('/">')[1:] if part.startswith("Pracownia")]


@pytest.fixture
def here(world: World) -> Any:
    with world.scope("cis", "ewa"):
        yield


def test_the_number_of_queries_does_not_grow_with_the_rows(here: None):
    counts = []
    for more in (1, 9, 40):
        make_sites(more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            open_list()
        counts.append(len(queries))
    assert counts == [2, 2, 2]


def test_a_page_holds_fifty_rows_and_leads_to_the_next(here: None):
    make_sites(70)
    first = open_list().content.decode()
    assert "1–50 z 70" in first
    assert "Następne 20" in first
    assert "Poprzednie" not in first
    second = open_list("?page=2").content.decode()
    assert "51–70 z 70" in second
    assert "Poprzednie 50" in second


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc", "1e9", "٢", "9" * 50, ""])
def test_a_page_that_does_not_exist_is_the_nearest_one(here: None, page: str):
    make_sites(3)
    assert len(names(open_list(f"?page={page}"))) == 3


def test_a_heading_sorts_and_turns_the_order(here: None):
    make_sites(3)
    assert names(open_list("?sort=name")) == ["Pracownia 000", "Pracownia 001", "Pracownia 002"]
    turned = open_list("?sort=-name")
    assert names(turned) == ["Pracownia 002", "Pracownia 001", "Pracownia 000"]
    assert 'aria-sort="descending"' in turned.content.decode()


@pytest.mark.parametrize("sort", ["id", "unit__founder", "-", "name; DROP TABLE", "\x00"])
def test_an_order_that_is_not_offered_changes_nothing(here: None, sort: str):
    make_sites(2)
    assert names(open_list(f"?sort={sort}")) == ["Pracownia 000", "Pracownia 001"]


def test_a_filter_stays_in_every_link(here: None):
    make_sites(120)
    text = open_list("?name=Pracownia 0").content.decode()
    assert "1–50 z 100" in text
    assert "name=Pracownia+0&amp;page=2" in text
    assert "name=Pracownia+0&amp;sort=-name" in text
    assert "name=Pracownia+0&amp;plik=csv" in text


def fold_of(response: HttpResponse) -> tuple[bool, str]:
    """Whether the fold of the filters is open, and what it is called."""
    opened, rest = response.content.decode().partition('<details class="fold"')[2].split(">", 1)
    return opened == " open", " ".join(re.sub("<[^>]+>", "", rest.partition("</summary>")[0]).split())


def test_the_filters_are_folded_until_one_is_set(here: None):
    make_sites(1)
    assert fold_of(open_list()) == (False, "Filtry i kolejność")
    assert fold_of(open_list("?sort=town&page=1&name=")) == (False, "Filtry i kolejność")
    assert fold_of(open_list("?name=Prac")) == (True, "Filtry i kolejność (ustawione: 1)")


def test_a_part_of_the_list_brings_the_number_of_filters_along(here: None):
    make_sites(1)
    part = open_list("?name=Prac", **{"HX-Request": "true"}).content.decode()
    assert "<details" not in part
    assert '<span id="filters-set" hx-swap-oob="true"> (ustawione: 1)</span>' in part


def test_a_filter_that_cannot_be_read_says_so_and_filters_nothing(here: None):
    make_sites(2)
    response = open_list("?name=%00")
    assert "znak sterujący" in response.content.decode()
    assert len(names(response)) == 2


def test_nothing_found_and_nothing_there_are_two_different_sentences(here: None):
    assert "Tu jeszcze nic nie ma" in open_list().content.decode()
    assert "Nic nie pasuje do filtrów" in open_list("?name=kuchnia").content.decode()


def test_htmx_gets_the_region_and_history_the_whole_page(here: None):
    make_sites(1)
    part = open_list(**{"HX-Request": "true"})
    assert part.content.decode().startswith('<div id="list">')
    assert "HX-Request" in part["Vary"]
    whole = open_list(**{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in whole.content


def test_a_spreadsheet_gets_values_and_runs_no_formula(here: None):
    make_sites(1, name='=HYPERLINK("http://example.test")', town="Łódź", closed_on=date(2026, 11, 20))
    response = open_list("?plik=csv")
    assert response["Content-Disposition"].endswith('.csv"')
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Nazwa", "Miejscowość", "Czynne od", "Czynne do"],
        ['\'=HYPERLINK("http://example.test")', "Łódź", "2024-01-01", "2026-11-20"],
    ]
    book = CalamineWorkbook.from_filelike(io.BytesIO(open_list("?plik=xlsx").content))
    sheet = book.get_sheet_by_index(0).to_python()
    # A cell of a sheet says that it is a text; in a CSV an apostrophe does.
    assert sheet[1] == ['=HYPERLINK("http://example.test")', "Łódź", date(2024, 1, 1), date(2026, 11, 20)]


def test_a_file_holds_all_rows_in_the_order_and_filter_of_the_list(here: None):
    make_sites(60)
    lines = open_list("?plik=csv&sort=-name&name=Pracownia").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 61
    assert lines[1].startswith("Pracownia 059")


def test_the_rows_that_are_shown_or_taken_away_are_told(here: None):
    make_sites(60)
    open_list()
    assert len(SiteList.seen) == 50
    open_list("?plik=csv")
    assert len(SiteList.seen) == 60


def test_a_list_only_reads(here: None):
    request: Any = RequestFactory().post("/miejsca/")
    response = SiteList.as_view()(request)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "nie otwiera się w ten sposób" in response.content.decode()


class FewFilter(FilterForm):
    stan = ChoiceField(label="Stan", choices=[("open", "otwarte"), ("shut", "zamknięte")])
    papier = ChoiceField(label="Papier", choices=[("", "każdy"), ("yes", "jest")], required=False)
    kto = ChoiceField(label="Kto", choices=[(str(one), str(one)) for one in range(9)])


def test_few_answers_of_a_filter_stand_in_a_list_that_begins_with_everything():
    class Few(SiteList):
        filter_form = FewFilter

    view = Few()
    view.setup(RequestFactory().get("/"))
    form = view.filters
    assert form is not None
    assert form["stan"].field.choices == [("", "wszystkie"), ("open", "otwarte"), ("shut", "zamknięte")]
    assert form["papier"].field.choices == [("", "każdy"), ("yes", "jest")]
    assert form["kto"].field.choices[0] == ("", "wszystkie")
    assert all("<select" in str(bound) for bound in form)
    assert form.is_valid()
