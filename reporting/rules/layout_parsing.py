"""Reading a layout: everything that is wrong with a document is found and said, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from reporting.rules.definitions import Measure
from reporting.rules.layouts import (
    CELL,
    KEY,
    Cell,
    CellKind,
    Check,
    Expression,
    Layout,
    LayoutKind,
    Line,
    Part,
    Relation,
    Table,
    Term,
    Where,
)
from reporting.rules.sources import SOURCES, Source

# A report that nobody could read is refused, and so is a file that only takes time.
MOST_CELLS: Final = 3000
MOST_LINES: Final = 200
LONGEST: Final = 600
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
# Also nothing: of whom it was not written down.
CODE: Final = re.compile(r"[A-Za-z0-9_]{0,40}")
_TERM: Final = re.compile(r"\s*([+-])\s*([a-z][a-z0-9_.]*|\d{1,9}(?:\.\d{1,2})?)\s*")


@dataclass(frozen=True, slots=True)
class Problem:
    """Where something is wrong, as a path into the document, and what."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class LayoutError(ValueError):
    """The document is no layout; it names everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(one) for one in problems))
        self.problems = tuple(problems)


def parse(document: object) -> Layout:
    """Read a layout, or say all that is wrong with it."""
    reader = _Reader()
    found = reader.layout(document)
    if reader.problems or found is None:
        raise LayoutError(reader.problems)
    return found


class _Fields:
    """An object of the document whose fields are taken one by one; those that nobody took are unknown."""

    def __init__(self, reader: "_Reader", raw: object, place: str) -> None:
        self.reader, self.place = reader, place
        if not isinstance(raw, Mapping):
            reader.say(place, "Tu ma być obiekt z polami.")
            raw = {}
        self.raw: Mapping[str, Any] = raw
        self.left = set(raw)

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def take(self, name: str, default: object = None) -> Any:
        self.left.discard(name)
        return self.raw.get(name, default)

    def text(self, name: str, *, required: bool = True) -> str:
        value = self.take(name, "")
        if not isinstance(value, str):
            self.reader.say(self.at(name), "Tu ma być tekst.")
            return ""
        text = str(value.strip())
        if required and not text:
            self.reader.say(self.at(name), "Tego pola brakuje.")
        if any(not one.isprintable() for one in text):
            self.reader.say(self.at(name), "Tekst ma znak, którego nie da się wydrukować.")
        if len(text) > LONGEST:
            self.reader.say(self.at(name), f"Tekst może mieć najwyżej {LONGEST} znaków.")
        return text

    def key(self, known: set[str]) -> str:
        value = self.text("key")
        if value and not KEY.fullmatch(value):
            self.reader.say(self.at("key"), "Klucz to małe litery bez ogonków, cyfry i podkreślenia.")
        if value in known:
            self.reader.say(self.at("key"), f"Klucz „{value}” jest już użyty.")
        known.add(value)
        return value

    def items(self, name: str, *, required: bool = True) -> list[Any]:
        value = self.take(name, [])
        if not isinstance(value, list):
            self.reader.say(self.at(name), "Tu ma być lista.")
            return []
        if required and not value:
            self.reader.say(self.at(name), "Ta lista jest pusta.")
        if len(value) > MOST_LINES:
            self.reader.say(self.at(name), f"Na liście może być najwyżej {MOST_LINES} pozycji.")
            return []
        return value

    def done(self) -> None:
        for name in sorted(str(one) for one in self.left):
            self.reader.say(self.at(name), "Tego pola nikt nie zna.")


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.kind: LayoutKind | None = None

    def say(self, place: str, sentence: str) -> None:
        self.problems.append(Problem(place, sentence))

    def layout(self, document: object) -> Layout | None:
        top = _Fields(self, document, "")
        kind = top.text("kind")
        if kind in set(LayoutKind):
            self.kind = LayoutKind(kind)
        elif kind:
            self.say("kind", f"Nie ma sprawozdania „{kind}”. Znane: {', '.join(LayoutKind)}.")
        version, title, basis = top.text("version"), top.text("title"), top.text("basis")
        note = top.text("note", required=False)
        since = top.take("since_year")
        if not isinstance(since, int) or isinstance(since, bool) or not FIRST_YEAR <= since <= LAST_YEAR:
            self.say("since_year", "Tu ma być rok, od którego wzór obowiązuje.")
            since = FIRST_YEAR
        parts_seen: set[str] = set()
        tables_seen: set[str] = set()
        parts = tuple(
            self._part(raw, f"parts[{place}]", parts_seen, tables_seen)
            for place, raw in enumerate(top.items("parts"), start=1)
        )
        raw_checks = top.items("checks", required=False)
        top.done()
        cells = dict(self._cells(parts))
        self._once(cells)
        if len(cells) > MOST_CELLS:
            self.say("parts", f"Komórek jest {len(cells)}, a może być najwyżej {MOST_CELLS}.")
        if self.problems:
            return None
        sums = self._sums(cells)
        cells = self._measured(cells, sums)
        tables = {table.key: table for part in parts for table in part.tables}
        checks = tuple(
            check
            for place, raw in enumerate(raw_checks, start=1)
            for check in self._checks(raw, f"checks[{place}]", cells, tables)
        )
        assert self.kind is not None
        return Layout(
            self.kind, version, title, basis, since, parts, checks, MappingProxyType(cells), sums, note
        )

    # Parts, tables, rows and columns

    def _part(self, raw: object, place: str, known: set[str], tables: set[str]) -> Part:
        part = _Fields(self, raw, place)
        key, title = part.key(known), part.text("title")
        found = tuple(
            self._table(one, f"{place}.tables[{number}]", tables)
            for number, one in enumerate(part.items("tables"), start=1)
        )
        part.done()
        return Part(key, title, found)

    def _table(self, raw: object, place: str, known: set[str]) -> Table:
        table = _Fields(self, raw, place)
        key, title = table.key(known), table.text("title")
        definition = table.text("definition", required=False)
        source, where = self._source(table), self._where(table)
        listed = table.take("list", False)
        if not isinstance(listed, bool):
            self.say(table.at("list"), "Tu ma być true albo false.")
        rows = self._lines(table, "rows", required=not listed)
        columns = self._lines(table, "columns")
        if listed and rows:
            self.say(table.at("rows"), "Tabela z wierszem na każdy wpis nie ma własnych wierszy.")
        known = {f"{row.key}.{column.key}" for row in rows for column in columns}
        without, follows = self._without(table, known), self._follows(table, known)
        table.done()
        found = Table(key, title, definition, rows, columns, source, where, bool(listed), without, follows)
        if listed:
            for column in columns:
                self._crossing(found, Line("", ""), column, f"{place}.{column.key}")
        return found

    def _lines(self, table: _Fields, name: str, *, required: bool = True) -> tuple[Line, ...]:
        known: set[str] = set()
        found = []
        for number, raw in enumerate(table.items(name, required=required), start=1):
            line = _Fields(self, raw, f"{table.at(name)}[{number}]")
            key, label = line.key(known), line.text("label")
            definition = line.text("definition", required=False)
            source, where = self._source(line), self._where(line)
            formula = line.text("formula", required=False)
            if formula and (source is not None or where):
                self.say(
                    line.at("formula"), "Wiersz albo kolumna liczy się ze wzoru albo ze źródła, nie z obu."
                )
            line.done()
            found.append(Line(key, label, definition, where, source, formula))
        return tuple(found)

    def _source(self, fields: _Fields) -> Source | None:
        key = fields.text("source", required=False)
        found = SOURCES.get(key)
        if key and found is None:
            self.say(fields.at("source"), f"Nie ma źródła „{key}”.")
        if found is not None and self.kind is not None and self.kind.unit_type not in found.units:
            self.say(fields.at("source"), f"Źródła „{key}” nie ma w sprawozdaniu {self.kind.unit_type}.")
        return found

    def _where(self, fields: _Fields) -> Where:
        raw = fields.take("where", {})
        if not isinstance(raw, Mapping):
            self.say(fields.at("where"), "Tu ma być obiekt z polami.")
            return {}
        found = {}
        for name, value in raw.items():
            codes = value if isinstance(value, list) else [value]
            if not codes or not all(isinstance(code, str) and CODE.fullmatch(code) for code in codes):
                self.say(fields.at(f"where.{name}"), "Tu ma być kod albo lista kodów.")
                continue
            found[str(name)] = tuple(dict.fromkeys(codes))
        return MappingProxyType(found)

    def _without(self, table: _Fields, known: set[str]) -> frozenset[str]:
        found = set()
        for number, one in enumerate(table.items("without", required=False), start=1):
            if isinstance(one, str) and one in known:
                found.add(one)
            else:
                self.say(f"{table.at('without')}[{number}]", "Nie ma takiego wiersza i kolumny.")
        return frozenset(found)

    def _follows(self, table: _Fields, known: set[str]) -> Mapping[str, str]:
        raw = table.take("follows", {})
        if not isinstance(raw, Mapping):
            self.say(table.at("follows"), "Tu ma być obiekt z polami.")
            return {}
        found = {}
        for name, formula in raw.items():
            if name not in known:
                self.say(table.at(f"follows.{name}"), "Nie ma takiego wiersza i kolumny.")
            elif not isinstance(formula, str) or not formula.strip():
                self.say(table.at(f"follows.{name}"), "Tu ma być wzór.")
            else:
                found[name] = formula
        return MappingProxyType(found)

    # Cells

    def _cells(self, parts: Iterable[Part]) -> Iterator[tuple[str, Cell]]:
        for part in parts:
            for table in part.tables:
                for row in table.rows:
                    for column in table.columns:
                        if f"{row.key}.{column.key}" not in table.without:
                            key = f"{table.key}.{row.key}.{column.key}"
                            cell = self._crossing(table, row, column, key)
                            if cell is not None:
                                yield key, cell

    def _crossing(self, table: Table, row: Line, column: Line, key: str) -> Cell | None:
        label = ", ".join(one for one in (row.label, column.label) if one)
        words = [one.definition for one in (table, row, column) if one.definition]
        if row.formula or column.formula:
            formula = self._formula(table, row, column, key)
            # The measure is that of what is added; it is known when all cells are.
            definition = " ".join(words)
            return Cell(
                key, table.key, row.key, column.key, label, CellKind.SUMMED, Measure.NUMBER, definition,
                formula=formula,
            )  # fmt: skip
        source = self._agreed(
            key, "źródło", [one for one in (table.source, row.source, column.source) if one is not None]
        )
        if source is None:
            return None
        where: dict[str, tuple[str, ...]] = {}
        for one in (table.where, row.where, column.where):
            for name, codes in one.items():
                if name in where and where[name] != codes:
                    self.say(key, f"Wiersz i kolumna mówią co innego o tym samym: „{name}”.")
                where[name] = codes
        for name, codes in where.items():
            dimension = source.dimensions.get(name)
            if dimension is None:
                self.say(key, f"Źródła „{source.key}” nie da się zawęzić przez „{name}”.")
            for code in codes if dimension is not None else ():
                if not dimension.knows(code):  # type: ignore[union-attr]
                    known = ", ".join(f"„{one}”" for one in dimension.codes)  # type: ignore[union-attr]
                    self.say(key, f"„{code}” nie jest kodem wymiaru „{name}”. Kody: {known}.")
        for name in source.asks:
            if name not in where:
                self.say(key, f"Przy źródle „{source.key}” trzeba powiedzieć: „{name}”.")
        definition = " ".join([source.definition, *words])
        kind = CellKind.COUNTED if source.counted else CellKind.TYPED
        written = table.follows.get(f"{row.key}.{column.key}", "")
        formula = self._expression(written, key, lambda one: one, numbers=False) if written else ()
        return Cell(
            key, table.key, row.key, column.key, label, CellKind.SUMMED if formula else kind, source.measure,
            definition, source, MappingProxyType(where), formula,
        )  # fmt: skip

    def _once(self, cells: Mapping[str, Cell]) -> None:
        """What is typed is typed once; a sum or another layout takes it from there."""
        known: dict[object, str] = {}
        for key, cell in cells.items():
            if cell.kind is CellKind.TYPED and cell.meaning is not None:
                first = known.setdefault(cell.meaning, key)
                if first != key:
                    self.say(key, f"To samo wpisuje się już w komórce „{first}”.")

    def _agreed(self, key: str, what: str, found: Sequence[Source]) -> Source | None:
        """The source nearest to the cell: a row or a column may have its own instead of the table's."""
        if not found:
            self.say(key, f"Tej komórce brakuje pola {what}.")
            return None
        return found[-1]

    def _formula(self, table: Table, row: Line, column: Line, key: str) -> Expression:
        """Of a sum over columns the terms are columns of the row, of a sum over rows rows of the column."""
        across = bool(column.formula)
        known = {one.key for one in (table.columns if across else table.rows)}

        def full(one: str) -> str:
            if one not in known:
                return one
            return f"{table.key}.{row.key}.{one}" if across else f"{table.key}.{one}.{column.key}"

        return self._expression(column.formula or row.formula, key, full, numbers=False)

    def _expression(
        self, written: str, place: str, full: Callable[[str], str], *, numbers: bool
    ) -> Expression:
        """Terms with plus and minus between them; `full` makes a cell of a short name."""
        rest = written.strip()
        if rest[:1] not in "+-":
            rest = f"+{rest}"
        terms = []
        while rest:
            found = _TERM.match(rest)
            if found is None:
                self.say(place, f"Nie umiem przeczytać wzoru „{written}”.")
                return ()
            sign, name = 1 if found[1] == "+" else -1, found[2]
            if name[0].isdigit():
                if not numbers:
                    self.say(place, "Wzór dodaje komórki, nie liczby.")
                terms.append(Term(sign, number=Decimal(name)))
            else:
                cell = full(name)
                if not CELL.fullmatch(cell):
                    self.say(place, f"Nie ma „{name}” we wzorze „{written}”.")
                terms.append(Term(sign, cell))
            rest = rest[found.end() :]
        return tuple(terms)

    # Sums

    def _sums(self, cells: Mapping[str, Cell]) -> tuple[str, ...]:
        """Cells that are added up, each after those that it adds; one that adds itself is refused."""
        order: dict[str, None] = {}
        waiting: dict[str, None] = {}
        refused: set[str] = set()

        def visit(key: str) -> None:
            stack = [(key, iter(cells[key].formula))]
            waiting[key] = None
            while stack:
                current, terms = stack[-1]
                term = next(terms, None)
                if term is None:
                    stack.pop()
                    waiting.pop(current, None)
                    order[current] = None
                    continue
                target = cells.get(term.cell)
                if target is None:
                    self.say(current, f"Wzór woła komórkę „{term.cell}”, której nie ma.")
                elif target.kind is CellKind.SUMMED and target.key in waiting:
                    refused.add(current)
                elif target.kind is CellKind.SUMMED and target.key not in order:
                    waiting[target.key] = None
                    stack.append((target.key, iter(target.formula)))

        for key, cell in cells.items():
            if cell.kind is CellKind.SUMMED and key not in order:
                visit(key)
        for key in sorted(refused):
            self.say(key, "Ta komórka dodaje samą siebie.")
        return tuple(order)

    def _measured(self, cells: Mapping[str, Cell], sums: Sequence[str]) -> dict[str, Cell]:
        """A sum is measured in what it adds, and adds nothing else."""
        found = dict(cells)
        if self.problems:
            return found
        for key in sums:
            cell = found[key]
            measures = {found[term.cell].measure for term in cell.formula}
            if cell.source is not None:
                measures.add(cell.measure)
            if len(measures) != 1 or Measure.TEXT in measures:
                told = ", ".join(sorted(one.value for one in measures))
                self.say(key, f"Wzór dodaje rzeczy, których nie da się dodać: {told}.")
                continue
            found[key] = replace(cell, measure=measures.pop())
        return found

    # Checks

    def _checks(
        self, raw: object, place: str, cells: Mapping[str, Cell], tables: Mapping[str, Table]
    ) -> Iterator[Check]:
        """A check, or one for each row of a table, where `{row}` and `{label}` stand for the row."""
        fields = _Fields(self, raw, place)
        left, right = fields.text("left"), fields.text("right")
        sentence, told = fields.text("sentence"), fields.text("relation")
        each = fields.text("each_row_of", required=False)
        fields.done()
        if told not in set(Relation):
            self.say(fields.at("relation"), f"Tu ma być jedno z: {', '.join(Relation)}.")
        if each and each not in tables:
            self.say(fields.at("each_row_of"), f"Nie ma tabeli „{each}”.")
        if told not in set(Relation) or (each and each not in tables):
            return
        for row in tables[each].rows if each else (Line("", ""),):

            def filled(text: str, row: Line = row) -> str:
                return text.replace("{row}", row.key).replace("{label}", row.label)

            sides = []
            for name, written in (("left", left), ("right", right)):
                side = self._expression(filled(written), fields.at(name), lambda one: one, numbers=True)
                for term in side:
                    cell = cells.get(term.cell)
                    if term.cell and (cell is None or cell.measure is Measure.TEXT):
                        self.say(fields.at(name), f"Nie ma komórki „{term.cell}” z liczbą.")
                sides.append(side)
            yield Check(sides[0], Relation(told), sides[1], filled(sentence))
