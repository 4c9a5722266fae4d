"""KEDU, the file that Płatnik imports: settlements of a month (DRA, RCA) and registrations (ZUA, ZWUA).

The file speaks of participants alone. Whoever the payer employs is added by Płatnik, which counts the DRA
of all of them together.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from benefits.bank.letters import bank_text
from benefits.zus.facts import Amounts, Declaration, IdKind, Insured, Payer, Registration, Title
from benefits.zus.layouts import Layout
from benefits.zus.months import LAST_NUMBER
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO

SCHEMAS = Path(__file__).parent / "schemas"
_IMPORT = "{http://www.w3.org/2001/XMLSchema}import"
_SURNAME, _NAME, _FIRM, _NUMBER = 31, 22, 31, 11
# The title of insurance has ended.
ENDED = "100"


def settlement(payer: Payer, declarations: Sequence[Declaration], layout: Layout) -> bytes:
    """DRA and RCA of each declaration; the file has passed the schema."""
    writer = _Writer(payer, layout)
    return writer.file(part for one in declarations for part in writer.declaration(one))


def registrations(payer: Payer, events: Sequence[Registration], layout: Layout) -> bytes:
    """A ZUA for who begins, a ZWUA for who ends."""
    writer = _Writer(payer, layout)
    return writer.file(writer.registration(one) for one in events)


class _Writer:
    def __init__(self, payer: Payer, layout: Layout) -> None:
        self.payer = payer
        self.layout = layout
        self.e = ElementMaker(namespace=layout.namespace, nsmap={None: layout.namespace})
        self.written = 0

    def file(self, documents: Iterable[Any]) -> bytes:
        e = self.e
        program = e.program(e.producent("Reintegra"), e.symbol("Reintegra"), e.wersja("1"))
        root = e.KEDU(e("naglowek.KEDU", program), *documents, wersja_schematu="1")
        schema_of(self.layout).assertValid(root)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))

    def declaration(self, one: Declaration) -> Iterable[Any]:
        if one.number > LAST_NUMBER:
            raise InputError("Ten miesiąc ma już 39 kompletów dokumentów. Następne ustal z ZUS.")
        e, total = self.e, one.total
        pension, disability = total.parts.pension, total.parts.disability
        name = e.p1(f"{one.number:02d}"), e.p2(str(one.month))
        insured = total.parts.pension_insured, total.parts.disability_insured
        paid = total.parts.pension_payer, total.parts.disability_payer
        sums = {
            1: pension, 2: disability, 3: pension + disability,
            4: insured[0], 5: insured[1], 6: sum(insured, ZERO),
            7: paid[0], 8: paid[1], 9: sum(paid, ZERO),
            37: total.total,
        }  # fmt: skip
        yield e.ZUSDRA(
            e.I(e.p1(one.term), e.p2(*name)),
            self._payer(),
            e.III(e.p1(str(one.people))),
            e.IV(*self._money(sums)),
            e.IX(*self._money({2: total.total})),
            id_dokumentu=self._next(),
        )
        if one.reports:
            yield e.ZUSRCA(
                e.I(e.p1(e.p1(f"{one.number:02d}"), e.p2(str(one.month)))),
                self._payer(),
                *(
                    self._report(place, *report)
                    for place, report in enumerate(sorted(one.reports, key=_by_name), 1)
                ),
                id_dokumentu=self._next(),
            )

    def registration(self, one: Registration) -> Any:
        e = self.e
        title = self._title(one.title)
        number = self._next()
        if not one.begins:
            return e.ZUSZWUA(
                e.I(e.p1("true")),
                self._payer(),
                self._insured(one.who),
                e.IV(title, e.p2(one.day.isoformat()), e.p3(ENDED)),
                id_dokumentu=number,
            )
        return e.ZUSZUA(
            e.I(e.p1("true")),
            self._payer(),
            self._insured(one.who),
            e.V(title),
            # From the day on: pension and disability, neither sickness nor accidents (art. 11, 12 ust. 2).
            e.VI(e.p1(one.day.isoformat()), e.p2("true"), e.p3("true"), e.p4("false"), e.p5("false")),
            id_dokumentu=number,
        )

    def _next(self) -> str:
        self.written += 1
        return str(self.written)

    def _payer(self) -> Any:
        e, payer = self.e, self.payer
        regon = [e.p2(payer.regon)] if payer.regon else []
        return e.II(e.p1(payer.nip), *regon, e.p6(bank_text(payer.name)[:_FIRM].strip()))

    def _insured(self, who: Insured) -> Any:
        e = self.e
        by_pesel = who.kind is IdKind.PESEL
        number = [e.p1(who.number)] if by_pesel else [e.p3(who.kind.value), e.p4(who.number)]
        born = [e.p7(who.born_on.isoformat())] if who.born_on is not None else []
        return e.III(*number, e.p5(_cut(who.last_name, _SURNAME)), e.p6(_cut(who.first_name, _NAME)), *born)

    def _title(self, title: Title) -> Any:
        e = self.e
        return e.p1(e.p1(title.code), e.p2(title.pension), e.p3(title.disability))

    def _report(self, place: int, who: Insured, title: Title, amounts: Amounts) -> Any:
        if amounts.is_negative:
            raise InputError(
                f"{who.last_name} {who.first_name}: potrącenie jest większe niż składki tego miesiąca."
                " Takiego raportu ZUS nie przyjmie, ustal z nim korektę."
            )
        e, parts = self.e, amounts.parts
        values = {
            4: amounts.base,
            7: parts.pension_insured,
            8: parts.disability_insured,
            11: parts.pension_payer,
            12: parts.disability_payer,
            29: amounts.total,
        }
        return e.III(
            e.A(
                e.p1(_cut(who.last_name, _SURNAME)),
                e.p2(_cut(who.first_name, _NAME)),
                e.p3(who.kind.value),
                e.p4(who.number[:_NUMBER]),
            ),
            e.B(self._title(title), *self._money(values)),
            id_bloku=str(place),
        )

    def _money(self, values: dict[int, Decimal]) -> Iterable[Any]:
        return [self.e(f"p{place}", f"{value:.2f}") for place, value in values.items()]


def _by_name(report: tuple[Insured, Title, Amounts]) -> tuple[str, str, str]:
    who = report[0]
    return who.last_name, who.first_name, who.number


def _cut(text: str, width: int) -> str:
    """A name in letters that Płatnik takes; one that is longer than the field is cut there."""
    return bank_text(text)[:width].strip()


@cache
def schema_of(layout: Layout) -> Any:
    """Its schema of signatures lies beside it: nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    document = etree.parse(SCHEMAS / layout.schema, parser)
    for one in document.iter(_IMPORT):
        one.set("schemaLocation", (SCHEMAS / "xmldsig.xsd").as_uri())
    return etree.XMLSchema(document)
