"""Layouts read from data: what is wrong is said with its place, and what is right adds up."""

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.enums import FundReceiptKind
from participants import enums as people
from reintegration.tenancy.enums import StaffKind, WorkBasis
from reporting.rules import checks, sources
from reporting.rules.definitions import Measure
from reporting.rules.filling import REPORTED_AS
from reporting.rules.layout_parsing import LayoutError, parse
from reporting.rules.layouts import CellKind, Layout, LayoutKind, add_up, counterparts, reckon
from reporting.rules.season import FIGURES, figures
from reporting.services.layouts import built_in
from tests.reporting.layouts_made import document

BUILT_IN = [parse(one) for one in built_in()]


def problems(raw: object) -> dict[str, str]:
    with pytest.raises(LayoutError) as error:
        parse(raw)
    assert str(error.value)
    return {one.place: one.sentence for one in error.value.problems}


def changed(path: str, value: object) -> dict[str, Any]:
    """The small layout with one thing otherwise: `parts.0.tables.0.rows.0.where`."""
    raw = document()
    *way, last = path.split(".")
    found: Any = raw
    for name in way:
        found = found[int(name)] if name.isdigit() else found[name]
    if isinstance(found, list):
        found[int(last)] = value
    else:
        found[last] = value
    return raw


TABLE = "parts.0.tables.0"
COSTS = "parts.0.tables.1"


@pytest.mark.parametrize(
    ("path", "value", "place", "sentence"),
    [
        ("kind", "zus", "kind", "Nie ma sprawozdania"),
        ("version", " ", "version", "brakuje"),
        ("since_year", "2026", "since_year", "rok"),
        ("since_year", True, "since_year", "rok"),
        ("extra", 1, "extra", "nikt nie zna"),
        ("parts", [], "parts", "pusta"),
        ("parts", "części", "parts", "lista"),
        ("parts.0", 3, "parts[1]", "obiekt"),
        (f"{TABLE}.key", "Osoby", "parts[1].tables[1].key", "małe litery"),
        (f"{TABLE}.key", "costs", "parts[1].tables[2].key", "już użyty"),
        (f"{TABLE}.title", "x" * 601, "parts[1].tables[1].title", "600 znaków"),
        (f"{TABLE}.title", "a\nb", "parts[1].tables[1].title", "wydrukować"),
        (f"{TABLE}.source", "nikt", "parts[1].tables[1].source", "Nie ma źródła"),
        (f"{TABLE}.source", "", "people.all.women", "brakuje"),
        (f"{TABLE}.source", "staff", "people.all.women", "nie da się zawęzić"),
        (f"{TABLE}.source", "identity", "people.all.men", "trzeba powiedzieć"),
        (f"{TABLE}.where", {"sex": "M"}, "people.all.women", "co innego"),
        (f"{TABLE}.where", {"age": "dorosły"}, "parts[1].tables[1].where.age", "kod"),
        (f"{TABLE}.where", {"age": "17"}, "people.all.men", "nie jest kodem"),
        (f"{TABLE}.where", ["sex"], "parts[1].tables[1].where", "obiekt"),
        (f"{TABLE}.columns", [{"key": "a"}] * 201, "parts[1].tables[1].columns", "200"),
        (f"{TABLE}.columns.2.formula", "women +", "people.all.both", "przeczytać"),
        (f"{TABLE}.columns.2.formula", "women + 1", "people.all.both", "nie liczby"),
        (f"{TABLE}.columns.2.formula", "women + kids", "people.all.both", "Nie ma „kids”"),
        (f"{TABLE}.columns.2.formula", "women + a.b.c", "people.all.both", "której nie ma"),
        (f"{TABLE}.columns.2.formula", "women + both", "people.all.both", "samą siebie"),
        (f"{TABLE}.columns.2.formula", "women + costs.all.money", "people.all.both", "nie da się dodać"),
        (f"{TABLE}.columns.2.source", "staff", "parts[1].tables[1].columns[3].formula", "nie z obu"),
        (f"{TABLE}.without", ["all.kids"], "parts[1].tables[1].without[1]", "Nie ma takiego"),
        (f"{TABLE}.list", True, "parts[1].tables[1].rows", "nie ma własnych wierszy"),
        (
            f"{COSTS}.follows",
            {"meals.cents": "x"},
            "parts[1].tables[2].follows.meals.cents",
            "Nie ma takiego",
        ),
        (f"{COSTS}.follows", {"meals.money": ""}, "parts[1].tables[2].follows.meals.money", "wzór"),
        (f"{COSTS}.follows", {"meals.money": "people.all.men"}, "costs.meals.money", "nie da się dodać"),
        (f"{COSTS}.follows", {"meals.money": "costs.meals.money"}, "costs.meals.money", "samą siebie"),
        (f"{COSTS}.rows.1.where", {"head": "8"}, "costs.taxes.money", "wpisuje się już"),
        ("checks.0.relation", "<", "checks[1].relation", "jedno z"),
        ("checks.0.left", "people.all.kids", "checks[1].left", "Nie ma komórki"),
        ("checks.0.each_row_of", "nothing", "checks[1].each_row_of", "Nie ma tabeli"),
        ("checks.0.sentence", 7, "checks[1].sentence", "tekst"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path: str, value: object, place: str, sentence: str):
    found = problems(changed(path, value))
    assert place in found, found
    assert sentence in found[place]


def test_everything_wrong_is_said_at_once():
    raw = document(kind="zus", title="", since_year=1)
    raw["parts"][0]["tables"][1]["rows"][0]["where"] = {"head": ["ł"]}
    assert set(problems(raw)) == {
        "kind", "title", "since_year", "parts[1].tables[2].rows[1].where.head",
    }  # fmt: skip
    # What a club pays is nothing, so that its report cannot ask for it.
    club = document(kind="kis")
    club["parts"][0]["tables"][0]["source"] = "paid"
    assert "nie ma w sprawozdaniu KIS" in problems(club)["parts[1].tables[1].source"]


def test_a_small_layout_says_where_each_cell_comes_from():
    layout = parse(document())
    kinds = {key: (cell.kind, cell.measure.value) for key, cell in layout.cells.items()}
    assert kinds == {
        "people.all.women": (CellKind.COUNTED, "osoby"),
        "people.all.men": (CellKind.COUNTED, "osoby"),
        "people.all.both": (CellKind.SUMMED, "osoby"),
        "costs.meals.money": (CellKind.TYPED, "zł"),
        "costs.taxes.money": (CellKind.TYPED, "zł"),
        "costs.all.money": (CellKind.SUMMED, "zł"),
    }
    cell = layout.cells["costs.meals.money"]
    assert cell.label == "Posiłki, Kwota"
    assert cell.where == {"year": ("done",), "head": ("8",)}
    found = add_up(layout, {"people.all.women": Decimal(2), "costs.meals.money": Decimal("10.50")})
    assert found["people.all.both"] == 2
    assert found["costs.all.money"] == Decimal("10.50")
    assert "costs.all.money" not in add_up(layout, {})
    assert [one.sentence for one in checks.broken(layout, {"people.all.both": Decimal(0)})] == [
        "Nie ma nikogo."
    ]
    assert list(checks.broken(layout, {})) == []
    assert [one.cells for one in checks.broken(layout, {"people.all.both": Decimal(0)})] == [
        ("people.all.both",)
    ]


def test_what_stands_elsewhere_is_not_typed_again_and_keeps_its_meaning():
    raw = document()
    raw["parts"][0]["tables"][1]["follows"] = {"taxes.money": "costs.meals.money"}
    layout = parse(raw)
    cell = layout.cells["costs.taxes.money"]
    assert (cell.kind, cell.measure.value) == (CellKind.SUMMED, "zł")
    assert add_up(layout, {"costs.meals.money": Decimal(7)})["costs.all.money"] == 14
    # Another layout that asks for it is filled from here all the same.
    assert counterparts(parse(document()), layout)["costs.taxes.money"] == "costs.taxes.money"


def test_a_check_is_made_for_each_row_of_a_table():
    raw = document(checks=[])
    raw["checks"] = [
        {"left": "costs.{row}.money", "relation": "<=", "right": "100", "sentence": "Za dużo: {label}.",
         "each_row_of": "costs"},
    ]  # fmt: skip
    layout = parse(raw)
    values = {"costs.meals.money": Decimal(120), "costs.taxes.money": Decimal(5)}
    said = [one.sentence for one in checks.broken(layout, add_up(layout, values))]
    assert said == ["Za dużo: Posiłki.", "Za dużo: Razem."]


# Properties

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(raw: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    inner = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in inner:
        yield from places(value, (*way, key))


SMALL = document()
PLACES = sorted((way for way in places(SMALL) if way), key=str)


@given(JUNK)
def test_junk_is_refused_with_sentences(raw: object):
    assert problems(raw)


@given(st.sampled_from(PLACES), JUNK | st.none())
def test_whatever_stands_anywhere_the_parser_reads_it_or_says_why(way: tuple[Any, ...], value: object):
    raw = copy.deepcopy(SMALL)
    found: Any = raw
    for key in way[:-1]:
        found = found[key]
    if value is None and isinstance(found, dict):
        del found[way[-1]]
    else:
        found[way[-1]] = value
    try:
        layout = parse(raw)
    except LayoutError:
        assert problems(raw)
        return
    # What was taken can be kept: it is JSON that says the same when it is read again.
    assert parse(json.loads(json.dumps(raw))).cells.keys() == layout.cells.keys()


NUMBERS = st.decimals(min_value=-1_000, max_value=1_000, places=2)


@given(st.data())
def test_sums_are_what_their_cells_make_whatever_the_order(data: st.DataObject):
    layout: Layout = data.draw(st.sampled_from([one for one in BUILT_IN if one.cells]))
    cells = [cell for cell in layout.cells.values() if cell.kind is not CellKind.SUMMED and cell.adds]
    some = data.draw(st.lists(st.sampled_from([cell.key for cell in cells]), max_size=12, unique=True))
    values = {key: data.draw(NUMBERS) for key in some}
    found = add_up(layout, values)
    assert {key: found[key] for key in some} == values
    for key, cell in layout.cells.items():
        if cell.kind is CellKind.SUMMED:
            assert found.get(key) == reckon(cell.formula, found)
    # What was added up already is added up anew, not twice.
    assert add_up(layout, found) == found


@given(st.data())
def test_a_check_is_broken_exactly_when_its_sides_do_not_agree(data: st.DataObject):
    layout: Layout = data.draw(st.sampled_from([one for one in BUILT_IN if one.checks]))
    values = {cell.key: data.draw(NUMBERS) for cell in list(layout.cells.values())[:5] if cell.adds}
    wrong = {id(one.check) for one in checks.broken(layout, values)}
    for check in layout.checks:
        left, right = reckon(check.left, values), reckon(check.right, values)
        holds = left is None or right is None or checks.holds(left, check.relation, right)
        assert holds == (id(check) not in wrong)


# The layouts of the program


@pytest.mark.parametrize("layout", BUILT_IN, ids=lambda one: one.kind.value)
def test_a_layout_of_the_program_names_each_cell_and_source(layout: Layout):
    assert layout.kind in LayoutKind
    for cell in layout.cells.values():
        assert cell.label
        assert cell.definition or cell.kind is CellKind.SUMMED
    for check in layout.checks:
        assert check.sentence.endswith(".")
        assert "{" not in check.sentence
        # A number alone agrees with nothing.
        assert any(term.cell for term in check.left)
    assert counterparts(layout, layout).keys() == {
        key for key, cell in layout.cells.items() if cell.meaning is not None
    }


def test_codes_of_the_sources_are_those_of_the_tables():
    staff = {value for value in StaffKind.values if value != StaffKind.VOLUNTEER}
    # Every position stands in one row, so that no one is in the whole alone.
    assert set(sources.STAFF_KIND.codes) == {REPORTED_AS.get(one, one) for one in staff}
    assert set(REPORTED_AS) < staff
    assert set(sources.BASIS.codes) == {
        value for value in WorkBasis.values if value != WorkBasis.VOLUNTEERING
    }
    assert set(sources.END_REASON.codes) == set(people.EndReason.values)
    assert set(sources.DESTINATION.codes) == {*people.Destination.values, ""}
    assert set(sources.REFERRED_BY.codes) == {*people.ReferralSource.values, "none"}
    assert set(sources.GROUP.codes) == {*people.Group.values, ""}
    assert set(sources.SEX.codes) == {*people.Sex.values, ""}
    assert set(sources.FUND_PART.codes) == set(FundReceiptKind.values)


def test_the_figures_of_a_season_are_found_in_each_report_by_what_they_say():
    for layout in BUILT_IN:
        if layout.kind in {LayoutKind.CIS, LayoutKind.KIS}:
            found = figures(layout)
            assert list(found) == list(FIGURES)
            assert {cell.measure for cell in found.values()} == {Measure.PERSONS}
