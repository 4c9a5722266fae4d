"""What the page of a month's close says after the payment: of the offices, the Labour Fund and the bank."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.enums import PublicKind
from benefits.queries.close import Close
from benefits.queries.settlement import Settlement
from benefits.rules.close import Claim, Key, Turn
from benefits.views.close_block import Block
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import counted, format_date, format_money, format_month
from reintegration.core.money import ZERO

OFFICES: Mapping[PublicKind, str] = {PublicKind.ZUS: "Składki", PublicKind.TAX: "Podatek"}


@dataclass(frozen=True, slots=True)
class AfterPayment:
    """The steps after the payment, told to one person."""

    found: Close
    request: Any

    @property
    def open(self) -> Settlement:
        assert self.found.settlement is not None
        return self.found.settlement

    def text(self, key: Key) -> str:
        if self.found.settlement is None or (key is not Key.OFFICES and not self.found.is_paid):
            return _BEFORE[key]
        return {
            Key.OFFICES: self._offices,
            Key.CLAIM: self._claim,
            Key.ANSWER: self._answer,
            Key.REFUND: self._refund,
        }[key]()

    def _offices(self) -> str:
        return " ".join(self._owed()) or "Składki i podatek policzą się po wypłacie."

    def _owed(self) -> Iterator[str]:
        for one in self.open.owed:
            what = f"{OFFICES[one.kind]} za {format_month(one.month)}"
            if one.left > ZERO:
                today = clock.today()
                due = format_date(one.due, today=today)
                left = "zostało" if one.paid else "do zapłaty"
                when = f", termin minął {due}" if one.due < today else f" do {due}"
                yield f"{what}: {left} {format_money(one.left)}{when}."
            elif one.left < ZERO:
                yield f"{what}: nadpłata {format_money(-one.left)}."
            elif one.amount:
                yield f"{what}: zapłacone {format_money(one.amount)}."
            else:
                yield f"{OFFICES[one.kind]}: nic do zapłaty."

    def _claim(self) -> str:
        standing, due = self.open.fund.standing, self.open.fund.due
        if standing is None:
            if self.open.claim is Claim.SETTLED:
                return "Z tej listy nie ma o co wnioskować: świadczenia wyniosły zero."
            by = f" Termin {format_date(due, today=clock.today())}." if due is not None else ""
            return f"Wniosku o refundację jeszcze nie ma.{by}"
        row, asked = standing.row, format_money(standing.found.asked)
        if row.sent_on is None:
            return f"Wniosek {row.number} na {asked} jest roboczy."
        return f"Wniosek {row.number} na {asked}, wysłany {format_date(row.sent_on, today=clock.today())}."

    def _answer(self) -> str:
        facts = self.open.facts()
        if not self.open.lines:
            return "Każda płatność jest wypłacona albo rozstrzygnięta."
        said = []
        if returned := facts["returned"]:
            said.append(f"Wróciło: {counted(returned, 'płatność', 'płatności', 'płatności')}.")
        if planned := facts["planned"]:
            said.append(f"Do wypłaty jeszcze raz: {planned}.")
        if posted := facts["posted"]:
            said.append(f"Na poczcie: {counted(posted, 'przekaz', 'przekazy', 'przekazów')}.")
        if waits := facts["unanswered"]:
            said.append(f"Czeka na wyciąg: {counted(waits, 'przelew', 'przelewy', 'przelewów')}.")
        return " ".join(said)

    def _refund(self) -> str:
        standing = self.open.fund.standing
        if standing is None or standing.row.sent_on is None:
            return "Gdy wniosek jest wysłany, urząd odpowiada i przelewa pieniądze."
        found = standing.found
        if self.open.claim is Claim.SETTLED:
            return f"Rozliczone do grosza: wpłynęło {format_money(found.received + found.from_advance)}."
        came = f"Wpłynęło {format_money(found.received)} z {format_money(found.asked)}."
        missing = self.open.fund.missing
        if standing.due is not None and self.open.claim is Claim.SENT:
            return f"{missing} Ma czas do {format_date(standing.due, today=clock.today())}."
        return f"{came} {missing}"

    # --- what blocks, and where it is mended ----------------------------------------------------

    def blocks(self, key: Key) -> Iterator[Block]:
        if self.found.settlement is None:
            return
        if key is Key.OFFICES:
            for one in self.open.untold:
                where = [Link("Uzupełnij", reverse("benefits:pay", args=[one.file_id]))]
                yield Block(f"ZUS: {', '.join(one.lacks)}.", "bad", str(one.person), where)
            if people := len(self.open.uninsured):
                text = f"Bez ubezpieczenia zdrowotnego: {counted(people, 'osoba', 'osoby', 'osób')}."
                where = [Link("Zobacz, co zrobić", reverse("benefits:health"))]
                yield Block(text, "warn", links=where if self.request.may(perms.HEALTH_SHOW) else ())
        elif key is Key.CLAIM and self.found.is_paid and self.open.claim in {Claim.NONE, Claim.DRAFT}:
            yield from self._on_claim()
        elif key is Key.ANSWER:
            for line in self.open.returned:
                where = [Link("Zdecyduj", reverse("benefits:line", args=[line.pk]))]
                yield Block(f"Wrócił przelew {format_money(line.amount)}.", "bad", str(line.person), where)

    def _on_claim(self) -> Iterator[Block]:
        if self.open.fund.agreement is None:
            yield Block(self.open.fund.missing, links=[Link("Umowy", reverse("benefits:fund"))])
        row = self.open.application
        for sentence in self.open.refusals if row is not None else ():
            yield Block(sentence, links=[Link("Zobacz wniosek", _application(self.open))])

    # --- where a step leads ---------------------------------------------------------------------

    def links(self, key: Key) -> Iterator[Link]:
        if self.found.settlement is None:
            return
        if key is Key.OFFICES:
            yield Link("Składki ZUS", reverse("benefits:contributions"))
            yield Link("Podatek", reverse("benefits:tax"))
        elif key is Key.ANSWER and self.found.is_paid:
            yield Link("Płatności", reverse("benefits:payments", args=[str(self.found.month)]))
        elif key in {Key.CLAIM, Key.REFUND} and self.open.application is not None:
            yield Link("Wniosek", _application(self.open))

    def url(self, turn: Turn) -> str:
        """Where a turn after the payment is taken."""
        month, row = str(self.found.month), self.found.row
        if turn in {Turn.PAY_ZUS, Turn.PAY_TAX}:
            kind = PublicKind.ZUS if turn is Turn.PAY_ZUS else PublicKind.TAX
            about = next(one.month for one in self.open.owed if one.kind == kind)
            return reverse(f"benefits:{kind}_pay", args=[str(about)])
        if turn is Turn.MAKE_CLAIM and row is not None:
            return reverse("benefits:fund_draw", args=[row.pk])
        if turn in {Turn.SEND_CLAIM, Turn.EXPLAIN, Turn.TAKE_REFUND}:
            return _application(self.open)
        if turn is Turn.MATCH:
            return reverse("benefits:answers_take_in")
        return reverse(f"benefits:{_PAGES[turn]}", args=[month])


_PAGES: Mapping[Turn, str] = {
    Turn.REDIRECT: "payments",
    Turn.SEND_AGAIN: "payments",
    Turn.POSTED: "post_confirm",
    Turn.SETTLE: "list_settle",
    Turn.CLOSE_LIST: "list_close",
}
_BEFORE: Mapping[Key, str] = {
    Key.OFFICES: "Składki od listy i zaliczki na podatek, gdy lista jest wypłacona.",
    Key.CLAIM: "Wniosek o refundację świadczeń i składek, gdy lista jest wypłacona.",
    Key.ANSWER: "Wyciąg z banku powie, które przelewy doszły.",
    Key.REFUND: "Gdy wniosek jest wysłany, urząd odpowiada i przelewa pieniądze.",
}


def _application(found: Settlement) -> str:
    assert found.application is not None
    return reverse("benefits:fund_application", args=[found.application.pk])
