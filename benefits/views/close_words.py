"""What the page of a month's close says: each step in words, what blocks it, and what is done next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.queries.close import OF_DAYS, Close
from benefits.rules.close import Key, Stage, State, Step, Turn, next_step
from benefits.views.close_block import Block
from benefits.views.close_settlement import AfterPayment
from ipzs.mending import places_of
from ipzs.perms import months as attendance_perms
from participants.models import Participation
from reintegration.administration import perms as unit_perms
from reintegration.core import clock
from reintegration.core.components import Badge, Link
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_date, format_moment, format_money, format_month
from reintegration.law import perms as law_perms

TITLES: Mapping[Key, str] = {
    Key.ENTRIES: "Wpisy obecności",
    Key.DAYS: "Dni wolne, choroba i zamknięcie obecności",
    Key.PREMIUMS: "Premie",
    Key.LIST: "Lista wypłat",
    Key.SIGNATURES: "Podpisy",
    Key.TRANSFERS: "Przelewy i kasa",
    Key.OFFICES: "ZUS i urząd skarbowy",
    Key.CLAIM: "Wniosek do urzędu pracy",
    Key.ANSWER: "Wyciąg z banku",
    Key.REFUND: "Rozliczenie z urzędem pracy",
    Key.STATEMENTS: "Rozliczenia dla uczestników",
}
BADGES: Mapping[State, Badge] = {
    State.YOURS: Badge("Twoja kolej", "brand"),
    State.WAITS: Badge("czeka na inną osobę", "warn"),
    State.BLOCKED: Badge("zatrzymane", "bad"),
}
# Nobody has to do anything: the program does it.
RUNS = Badge("robi się", "info")
# Nobody here can do anything: the labour office has its time.
OFFICE = Badge("czeka na urząd", "info")
AFTER_PAYMENT = frozenset({Key.OFFICES, Key.CLAIM, Key.ANSWER, Key.REFUND})
# What is done next: its words, and who may do it.
TURNS: Mapping[Turn, tuple[str, Any]] = {
    Turn.CLOSE: ("Zamknij obecność", attendance_perms.CLOSE),
    Turn.DECIDE: ("Zdecyduj o premiach", perms.PREMIUM_DECIDE),
    Turn.COUNT: ("Policz listę", perms.LIST_COUNT),
    Turn.LOCK: ("Oddaj listę do podpisów", perms.LIST_LOCK),
    Turn.CHECK: ("Podpisz sprawdzenie", perms.LIST_CHECK),
    Turn.APPROVE: ("Zatwierdź listę", perms.LIST_APPROVE),
    Turn.MAKE_FILE: ("Zrób plik dla banku", perms.TRANSFER_MAKE),
    Turn.PAY: ("Potwierdź wypłatę", perms.LIST_PAY),
    Turn.PAY_ZUS: ("Zapisz zapłatę składek", perms.PUBLIC_PAY),
    Turn.PAY_TAX: ("Zapisz zapłatę podatku", perms.PUBLIC_PAY),
    Turn.MAKE_CLAIM: ("Zrób wniosek o refundację", perms.FUND_PREPARE),
    Turn.SEND_CLAIM: ("Wyślij wniosek", perms.FUND_MONEY),
    Turn.REDIRECT: ("Zdecyduj o zwrotach", perms.LINE_DECIDE),
    Turn.SEND_AGAIN: ("Wypłać jeszcze raz", perms.LINE_DECIDE),
    Turn.POSTED: ("Potwierdź przekazy", perms.LINE_DECIDE),
    Turn.MATCH: ("Wczytaj wyciąg", perms.ANSWER_TAKE_IN),
    Turn.SETTLE: ("Rozlicz listę", perms.LIST_SETTLE),
    Turn.TAKE_REFUND: ("Zapisz odpowiedź urzędu", perms.FUND_PREPARE),
    Turn.EXPLAIN: ("Rozlicz wniosek", perms.FUND_PREPARE),
    Turn.CLOSE_LIST: ("Zamknij listę", perms.LIST_CLOSE),
    Turn.PRINT: ("Wydaj rozliczenia", perms.LIST_PAPERS),
}
# The page of the month on which it is done; `AfterPayment` knows those after the payment.
PAGES: Mapping[Turn, str] = {
    Turn.CLOSE: "ipzs:month_close",
    Turn.DECIDE: "benefits:premium_month",
    Turn.COUNT: "benefits:list_count",
    Turn.LOCK: "benefits:list_lock",
    Turn.CHECK: "benefits:list_check",
    Turn.APPROVE: "benefits:list_approve",
    Turn.MAKE_FILE: "benefits:transfers_make",
    Turn.PAY: "benefits:list_pay",
    Turn.PRINT: "benefits:list",
}
WAITING: Mapping[Turn, str] = {
    Turn.CLOSE: "Obecność zamyka kierownik.",
    Turn.DECIDE: "O premiach decyduje kierownik.",
    Turn.CHECK: "Sprawdza księgowy, ktoś inny niż ten, kto listę przygotował.",
    Turn.APPROVE: "Zatwierdza kierownik, który tej listy jeszcze nie podpisał.",
    Turn.MAKE_FILE: "Plik dla banku robi kierownik albo księgowy.",
    Turn.PAY: "Wypłatę potwierdza kierownik, gdy przelewy poszły do banku.",
    Turn.PAY_ZUS: "Zapłatę zapisuje kierownik albo księgowy.",
    Turn.PAY_TAX: "Zapłatę zapisuje kierownik albo księgowy.",
    Turn.SEND_CLAIM: "Wniosek wysyła kierownik albo księgowy.",
    Turn.SETTLE: "Listę rozlicza kierownik albo księgowy.",
    Turn.CLOSE_LIST: "Listę zamyka kierownik.",
}
SHARED = "Jedno konto dla kilku osób. Sprawdź, czy to wspólne konto."
PEOPLE = ("osoba", "osoby", "osób")


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as the page draws it."""

    step: Step
    number: int
    title: str
    text: str
    badge: Badge | None
    end: str
    now: bool
    blocks: Sequence[Block] = ()
    links: Sequence[Link] = field(default_factory=list)

    @property
    def look(self) -> str:
        """One of the looks of a step."""
        if self.now:
            return "now"
        return "done" if self.step.state is State.DONE else "later"


def _badge(step: Step) -> Badge | None:
    if step.turn is Turn.TAKE_REFUND:
        return OFFICE
    return RUNS if step.state is State.WAITS and step.turn is None else BADGES.get(step.state)


def may_take(request: Any, found: Close) -> Callable[[Turn], bool]:
    """Whether this person may take a turn: by role, and nobody signs one list twice."""
    row = found.row
    signed = {row.locked_by_id, row.checked_by_id, row.approved_by_id} if row is not None else set()

    def may(turn: Turn) -> bool:
        if not request.may(TURNS[turn][1]):
            return False
        if turn is Turn.CHECK and row is not None:
            return row.hands == 2 or row.locked_by_id != request.user.pk  # noqa: PLR2004 – two people sign
        return turn is not Turn.APPROVE or request.user.pk not in signed

    return may


def primary(steps: Sequence[Step], found: Close, request: Any) -> Sequence[Link]:
    """The one thing that this person can do next."""
    step = next_step(steps)
    if step is None:
        return []
    if step.state is State.BLOCKED:
        return [Link("Zobacz, co zatrzymuje", f"#krok-{step.key.value}", current=True)]
    turn = step.turn or Turn.MARK
    month = [str(found.month)]
    url = reverse(PAGES[turn], args=month) if turn in PAGES else AfterPayment(found, request).url(turn)
    return [Link(TURNS[turn][0], url, current=True)]


class Words:
    """Tells the steps of one month to one person."""

    def __init__(self, found: Close, steps: Sequence[Step], request: Any) -> None:
        self.found, self.steps, self.request = found, steps, request
        self.month, self.row = found.month, found.row
        self.after = AfterPayment(found, request)

    def shown(self) -> Sequence[Shown]:
        here = next_step(self.steps)
        undone = (one for one in self.steps if one.state is not State.DONE)
        current = here or next(undone, None)
        return [self._shown(number, one, one is current) for number, one in enumerate(self.steps, 1)]

    def _shown(self, number: int, step: Step, now: bool) -> Shown:
        text = self.after.text(step.key) if step.key in AFTER_PAYMENT else self._told(step.key)
        if step.state is State.WAITS and step.turn in WAITING:
            text = f"{text} {WAITING[step.turn]}"
        return Shown(
            step=step,
            number=number,
            title=TITLES[step.key],
            text=text,
            badge=_badge(step),
            end=self._end(step),
            now=now,
            blocks=list(self._blocks(step.key)),
            links=list(self._links(step)),
        )

    # --- what each step says --------------------------------------------------------------------

    def _told(self, key: Key) -> str:
        said: str = getattr(self, f"_{key.value}")()
        return said

    def _entries(self) -> str:
        found, checked = self.found, self.found.attendance.checked
        if checked is None:
            return "Wszystkie wpisy są."
        if not checked.people:
            return "Nikt nie uczestniczył w zajęciach."
        if blocked := found.attendance.blocked(days=False):
            words = counted(blocked, "osoba ma", "osoby mają", "osób ma")
            return f"{words} dni do poprawienia. Wszystkich jest {len(checked.people)}."
        if not found.facts.over:
            return "Miesiąc jeszcze trwa. Dotąd nie brakuje żadnego wpisu."
        return f"{counted(len(checked.people), *PEOPLE)}, wszystkie wpisy są."

    def _days(self) -> str:
        if self.found.facts.closed:
            return "Obecność jest zamknięta. Nikt nie zmieni w niej żadnego dnia."
        if blocked := self.found.attendance.blocked(days=True):
            return f"Do poprawienia: {counted(blocked, *PEOPLE)}."
        return "Nikt nie przekroczył dni wolnych."

    def _premiums(self) -> str:
        plan, waiting = self.found.plan, self.found.proposals
        said = f"Przyznano {format_money(plan.granted)}." if plan.granted else "Nie przyznano żadnej premii."
        if plan.left is not None and plan.left >= 0:
            said = f"{said} W planie zostało {format_money(plan.left)}."
        if waiting and self.found.facts.stage not in {Stage.NONE, Stage.OPEN}:
            said = f"{said} Bez decyzji: {len(waiting)}. Ta lista już tego nie wypłaci."
        elif waiting:
            words = counted(len(waiting), "propozycja czeka", "propozycje czekają", "propozycji czeka")
            said = f"{words} na decyzję, razem {format_money(sum(waiting))}. {said}"
        return said

    def _list(self) -> str:
        found, blocks = self.found.found, self.found.ready.blocks
        if blocks:
            return f"{counted(blocks, 'blokada', 'blokady', 'blokad').capitalize()}."
        if found is None:
            return "Listy jeszcze nie ma."
        words = counted(len(found.paid), *PEOPLE)
        return f"{found.row.number}: {words}, do wypłaty {format_money(found.to_pay)}."

    def _signatures(self) -> str:
        row = self.row
        if row is None or row.locked_by is None:
            return "Różne osoby przygotowują, sprawdzają i zatwierdzają."
        names = [("Przygotowanie", row.locked_by), ("sprawdzenie", row.checked_by)]
        names += [("zatwierdzenie", row.approved_by), ("drugie zatwierdzenie", row.second_by)]
        return ", ".join(f"{what}: {who.get_full_name()}" for what, who in names if who is not None) + "."

    def _transfers(self) -> str:
        money = self.found.money
        if money is None:
            return "Plik dla banku i listy dla kasy i poczty, gdy lista jest zatwierdzona."
        sheet = money.sheet
        made = " Plik jest zrobiony." if money.file is not None else ""
        post = f"pocztą {format_money(sheet.by_post)}, " if sheet.post else ""
        return (
            f"Przelewem {format_money(sheet.by_transfer)}, {post}w kasie {format_money(sheet.in_cash)}.{made}"
        )

    def _statements(self) -> str:
        money = self.found.money
        if money is None:
            return "„Skąd ta kwota?” na telefon albo na papierze, gdy lista jest zatwierdzona."
        if money.papers.missing:
            words = "Papiery się robią." if money.papers.runs else "Nie wszystkie są na papierze."
            return f"{words} Gotowe: {money.papers.made}, brakuje: {len(money.papers.missing)}."
        return f"Wszystkie są na papierze: {money.papers.made}."

    # --- who did it, and when -------------------------------------------------------------------

    def _end(self, step: Step) -> str:
        row, closed = self.row, self.found.attendance.standing.row
        if step.state is not State.DONE:
            return ""
        done: tuple[Any, Any] = (None, None)
        if step.key in {Key.ENTRIES, Key.DAYS} and closed is not None and self.found.facts.closed:
            done = (closed.closed_at, closed.closed_by)
        elif row is not None:
            done = {
                Key.LIST: (row.locked_at, row.locked_by),
                Key.SIGNATURES: (row.second_at or row.approved_at, row.second_by or row.approved_by),
                Key.TRANSFERS: (row.paid_at, row.paid_by),
            }.get(step.key, done)
        when, who = done
        if when is None or who is None:
            return ""
        return f"{format_moment(when, today=clock.today())} · {who.get_full_name()}"

    # --- what blocks, and where it is mended ----------------------------------------------------

    def _blocks(self, key: Key) -> Iterator[Block]:
        if key in {Key.ENTRIES, Key.DAYS}:
            yield from self._findings(days=key is Key.DAYS)
        elif key is Key.PREMIUMS and self.found.plan.left is not None and self.found.plan.left < 0:
            over = format_money(-self.found.plan.left)
            where = [Link("Premie", self._at("benefits:premium_month"))]
            yield Block(f"Przyznane premie są o {over} większe niż plan.", "warn", links=where)
        elif key is Key.LIST:
            yield from self._of_list()
        elif key is Key.TRANSFERS:
            yield from self._of_money()
        elif key in AFTER_PAYMENT:
            yield from self.after.blocks(key)

    def _findings(self, *, days: bool) -> Iterator[Block]:
        checked = self.found.attendance.checked
        for one in checked.people if checked is not None else ():
            for found in one.found:
                if (found.code in OF_DAYS) is days:
                    kind = "bad" if found.blocks else "warn"
                    places = places_of(one.file, found, self.request)
                    yield Block(found.sentence, kind, str(one.file.person), places)

    def _of_list(self) -> Iterator[Block]:
        ready, may = self.found.ready, self.request.may
        for spec in ready.unchosen:
            where = [Link("Wybierz", reverse("law:reading", args=[spec.key]))]
            text = f"Jednostka nie wybrała, jak czyta ustawę: {spec.label}."
            yield Block(text, links=where if may(law_perms.READING_SHOW) else ())
        if ready.waits is not None:
            where = format_month(ready.waits.month).capitalize()
            yield Block(ready.waits.sentence, links=[Link(where, _month_url(ready.waits.month))])
        for lacking in ready.lacking:
            yield Block(
                " ".join(lacking.sentences), "bad", str(lacking.file.person), self._mend(lacking.file)
            )
        for some in ready.shared_accounts:
            names = ", ".join(str(file.person) for file in some)
            where = [Link("Zobacz konto", reverse("benefits:pay", args=[some[0].pk]))]
            yield Block(SHARED, "warn", names, where)

    def _of_money(self) -> Iterator[Block]:
        money = self.found.money
        if money is None or self.found.is_paid:
            return
        if money.faults:
            text = f"Lista nie zgadza się z tym, co podpisano. Pierwsza różnica: {money.faults[0]}."
            yield Block(text, links=[Link("Przelewy", self._at("benefits:transfers"))])
        if money.no_account and money.sheet.transfers:
            where = [Link("Wpisz rachunek", reverse("administration:account"))]
            text = "Brakuje rachunku, z którego płacicie. Kierownik wpisuje go w ustawieniach."
            yield Block(text, links=where if self.request.may(unit_perms.ACCOUNT_SHOW) else ())
        if money.file is None:
            for names in money.sheet.shared:
                yield Block(SHARED, "warn", names)

    def _mend(self, file: Participation) -> Sequence[Link]:
        return [Link("Uzupełnij", reverse("benefits:pay", args=[file.pk]))]

    # --- where else a step leads ----------------------------------------------------------------

    def _links(self, step: Step) -> Iterator[Link]:
        """Quiet ways beside the one button."""
        begun, may = self.month.first <= clock.today(), self.request.may
        if step.key is Key.DAYS and may(attendance_perms.SHOW):
            yield Link("Zamknięcie obecności", self._at("ipzs:month_show"))
        elif step.key is Key.PREMIUMS and begun:
            yield Link("Premie miesiąca", self._at("benefits:premium_month"))
        elif step.key is Key.LIST and begun:
            yield Link("Zobacz listę", self._at("benefits:list"))
        elif step.key is Key.TRANSFERS and self.found.money is not None:
            yield Link("Przelewy i kasa", self._at("benefits:transfers"))
        elif step.key is Key.STATEMENTS and self.found.money is not None:
            yield Link("Rozliczenia", f"{self._at('benefits:list')}#rozliczenia")
        elif step.key in AFTER_PAYMENT:
            yield from self.after.links(step.key)

    def _at(self, name: str) -> str:
        return reverse(name, args=[str(self.month)])


def term(found: Close) -> str:
    """Until when the people of a month are paid."""
    day = found.month.next.first.replace(day=found.settings.payment_day)
    return format_date(day, today=clock.today())


def _month_url(month: Month) -> str:
    return reverse("benefits:close", args=[str(month)])
