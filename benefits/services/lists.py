"""The way of a payroll list from its draft to the payment (journey C.3, steps 4–6).

Everything runs in the scope of the unit, in the transaction of the request. Whoever makes, hands over or pays
a list holds the unit, whoever moves one holds the list: two clicks, two tabs or two people have one effect.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from benefits.enums import ListState
from benefits.models import Correction, PayrollList, Statement
from benefits.queries import integrity
from benefits.queries import lists as queries
from benefits.queries.advances import payment_day, taxed_otherwise
from benefits.queries.answers import open_lines
from benefits.queries.fund import is_refunded
from benefits.queries.order import in_the_way
from benefits.queries.premiums import granted_premiums
from benefits.queries.signing import rule_of
from benefits.queries.transfers import lacks_file
from benefits.services.answers import match_list
from benefits.services.drafts import redraw
from benefits.services.ledger import post_entitlement, post_payment
from benefits.services.lines import write_lines
from benefits.services.statements import promise
from benefits.transitions import LISTS, UNDER_WAY, OfList
from ipzs.queries.months import month_row
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, not_in_future, stored, unit_type
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_month, join_words
from reintegration.core.text import clean
from reintegration.documents.kinds import series
from reintegration.documents.numbers import next_number
from reintegration.law.book import law_book
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope

NUMBERS = series("LW", "listy wypłat").code
LONGEST_REMARK = 600
TAX_REMARK = "Podatek jest w dniu wypłaty inny, więc lista policzyła się od nowa."


def calculate(*, month: Month) -> PayrollList:
    """Make the list of a month, or count its draft again. There is one for a month."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    if month.first > clock.today():
        raise InputError("Ten miesiąc jeszcze się nie zaczął.")
    hold_unit()
    row: PayrollList | None = queries.live_lists(month).select_for_update(of=("self",)).first()
    if row is None:
        row = PayrollList(
            month=month.first, number=next_number(NUMBERS, on=clock.today()), counted_at=clock.now()
        )
        stored(row)
    if row.state != ListState.OPEN:
        raise InputError(f"Stan listy to „{row.get_state_display()}”: nie liczy się jej od nowa.")
    redraw(row)
    return stored(row)


def count_again(*, list_id: UUID) -> PayrollList:
    """Count a list under signatures anew, because its tax is not the one of the day on which it is paid."""
    hold_unit()
    row = held(list_id)
    LISTS.refuse_state(row, OfList.RETURN)
    if not taxed_otherwise(row, payment_day(Month.of(row.month))):
        raise InputError("Podatek na tej liście jest taki jak w dniu wypłaty. Nie ma czego liczyć od nowa.")
    row = send_back(list_id=list_id, remark=TAX_REMARK)
    redraw(row)
    return stored(row)


def lock(*, list_id: UUID, without_blocked: bool = False) -> PayrollList:
    """Count a last time, freeze, and hand over for the signatures; who is blocked is left out knowingly."""
    # One after the other: what a list corrects and what another one grants are read at once.
    hold_unit()
    row = held(list_id)
    LISTS.refuse_state(row, OfList.LOCK)
    month = Month.of(row.month)
    if not month_row(month).is_closed:
        raise InputError(f"Najpierw zamknij obecność za {format_month(month)}.")
    if (other := in_the_way(month)) is not None:
        raise InputError(other.sentence)
    statements = redraw(row, freeze=True)
    if not statements:
        raise InputError("Na tej liście nikogo nie ma.")
    blocked = sum(one.blocked for one in statements)
    if blocked and not without_blocked:
        people = counted(blocked, "osobie", "osobom", "osobom")
        raise InputError(
            f"{people} czegoś brakuje. Uzupełnij to albo wypłać bez nich.", field="without_blocked"
        )
    _refuse_lost_premiums(statements, month)
    rule = rule_of(month)
    LISTS.move(row, OfList.LOCK)
    row.hands, row.second_above = rule.hands, rule.second_above
    row.locked_by_id, row.locked_at = actor(), clock.now()
    row.remark, row.remark_by = "", None
    # A parameter that reaches back has values of later days only, and is kept with them.
    row.law = law_book().until(max(month.last, clock.today()))
    row.digest = integrity.list_digest(row, statements)
    return stored(row)


def _refuse_lost_premiums(statements: Iterable[Statement], month: Month) -> None:
    """A benefit that a list leaves out is paid by the next one as a correction; a premium would be lost."""
    # Whoever has no line at all, having left before the month, is paid as little as who is blocked.
    paid = {one.participation_id for one in statements if not one.blocked}
    files = Participation.objects.filter(pk__in=granted_premiums(month).keys() - paid)
    lost = [str(one.person) for one in files.select_related("person").order_by("number")]
    if lost:
        names = join_words(lost)
        raise InputError(
            f"Bez wypłaty zostałaby przyznana premia: {names}. "
            "Uzupełnij, czego brakuje, albo cofnij decyzję o premii."
        )


def check(*, list_id: UUID) -> PayrollList:
    """The accountant has looked it through."""
    row = held(list_id)
    LISTS.move(row, OfList.CHECK)
    _refuse_other_tax(row)
    row.checked_by_id, row.checked_at = actor(), clock.now()
    if row.hands == 3 and row.checked_by_id == row.locked_by_id:
        raise InputError("Listę sprawdza ktoś inny niż ten, kto ją przygotował.")
    return stored(row)


def approve(*, list_id: UUID) -> PayrollList:
    """A manager approves what two others prepared and checked; above an amount a second one does too."""
    row = held(list_id)
    LISTS.refuse_state(row, OfList.APPROVE_SECOND if row.state == ListState.HALF else OfList.APPROVE)
    _refuse_other_tax(row)
    if row.state == ListState.HALF:
        LISTS.move(row, OfList.APPROVE_SECOND)
        row.second_by_id, row.second_at = actor(), clock.now()
    else:
        LISTS.move(row, OfList.APPROVE_FIRST if needs_second(row) else OfList.APPROVE)
        row.approved_by_id, row.approved_at = actor(), clock.now()
    signed = {row.locked_by_id, row.checked_by_id} | ({row.approved_by_id} if row.second_by_id else set())
    if actor() in signed:
        raise InputError("Nie można zatwierdzić listy, którą się już podpisało. Zatwierdza inna osoba.")
    if found := integrity.faults(row):
        raise InputError(f"Lista nie zgadza się z tym, co podpisano: {found[0]}.")
    stored(row)
    if row.state == ListState.APPROVED:
        post_entitlement(row, day=clock.today())
        promise(row)
    return row


def _refuse_other_tax(row: PayrollList) -> None:
    """Nobody signs a tax that is not the one of the payment; before the approval it is counted again."""
    if others := taxed_otherwise(row, payment_day(Month.of(row.month))):
        raise InputError(f"{other_tax_of(len(others))} Policz listę od nowa.")


def refuse_unseen_tax(row: PayrollList, day: date, *, as_counted: bool) -> None:
    """What was approved is not counted again: whoever pays it on a day with another tax says so."""
    if not as_counted and (others := taxed_otherwise(row, day)):
        raise InputError(
            f"{other_tax_of(len(others))} Zobacz na jej stronie, czyj, i zaznacz, że zostaje.",
            field="as_counted",
        )


def other_tax_of(people: int) -> str:
    return f"Podatek {counted(people, 'osoby', 'osób', 'osób')} jest w dniu wypłaty inny niż na liście."


def confirm_payment(
    *, list_id: UUID, paid_on: date, without_file: bool = False, as_counted: bool = False
) -> PayrollList:
    """The manager says that the file went to the bank, orders to the post, and the cash was handed out.

    Transfers that somebody typed at the bank have no file of ours; whoever confirms says so.
    """
    # One after the other: two lists that are paid at once would both take the reduction of the month.
    hold_unit()
    row = held(list_id)
    LISTS.move(row, OfList.PAY)
    if not without_file and lacks_file(row):
        raise InputError(
            "Z tej listy idą przelewy, a pliku dla banku jeszcze nie ma. Zrób go w „Przelewy i kasa”.",
            field="without_file",
        )
    not_in_future(paid_on, field="paid_on")
    if row.approved_at is not None and paid_on < clock.day_of(row.approved_at):
        raise InputError("Wypłata nie może być wcześniejsza niż zatwierdzenie listy.", field="paid_on")
    refuse_unseen_tax(row, paid_on, as_counted=as_counted)
    row.paid_by_id, row.paid_at, row.paid_on = actor(), clock.now(), paid_on
    stored(row)
    post_payment(row, day=paid_on)
    write_lines(row)
    match_list(row)
    return row


def settle(*, list_id: UUID) -> PayrollList:
    """Every payment of the list is paid or decided."""
    row = held(list_id)
    LISTS.refuse_state(row, OfList.SETTLE)
    write_lines(row)
    _refuse_open_lines(row)
    LISTS.move(row, OfList.SETTLE)
    return stored(row)


def _refuse_open_lines(row: PayrollList) -> None:
    if waiting := open_lines(row):
        payments = counted(len(waiting), "płatność", "płatności", "płatności")
        raise InputError(f"Czeka jeszcze {payments}. Potwierdź je albo zdecyduj, co z nimi.")


def close(*, list_id: UUID) -> PayrollList:
    """Nothing of the list is open: everybody has the money, and so has the unit of the Labour Fund."""
    row = held(list_id)
    LISTS.refuse_state(row, OfList.CLOSE)
    # Money may have come back since the list was settled.
    _refuse_open_lines(row)
    if not is_refunded(row):
        raise InputError("Wniosek o refundację z tej listy nie jest jeszcze rozliczony.")
    LISTS.move(row, OfList.CLOSE)
    return stored(row)


def send_back(*, list_id: UUID, remark: str) -> PayrollList:
    """Return a list with a comment; it is a draft again and nobody's signature stands."""
    row = held(list_id)
    LISTS.move(row, OfList.RETURN)
    row.remark, row.remark_by_id = _said(remark), actor()
    row.locked_by = row.checked_by = row.approved_by = None
    row.locked_at = row.checked_at = row.approved_at = None
    row.digest, row.law = "", {}
    stored(row)
    Statement.objects.filter(payroll_list=row).update(sealed_digest="", digest="")
    return row


def abandon(*, list_id: UUID, remark: str) -> PayrollList:
    """Give a list up before anybody approved it; the month may have another one."""
    row = held(list_id)
    LISTS.move(row, OfList.ABANDON)
    row.remark, row.remark_by_id = _said(remark), actor()
    return stored(row)


def refuse_reopening(month: Month) -> None:
    """A month of which somebody signs the list is not opened again, nor one that such a list corrects.

    The unit is held as by whoever makes a list, and the lists as by whoever hands one over, so that a lock
    under way is waited for. Both come before files and months, as everybody who writes takes them.
    """
    hold_unit()
    rows = PayrollList.objects.select_for_update(of=("self",)).filter(
        month__gte=month.first, state__in=[ListState.OPEN, *UNDER_WAY]
    )
    for row in rows.order_by("month"):
        if row.state == ListState.OPEN:
            continue
        own = row.month == month.first
        if own or Correction.objects.filter(payroll_list=row, month=month.first).exists():
            why = "czeka na podpisy" if own else f"wyrównuje {format_month(month)} i czeka na podpisy"
            raise InputError(f"Lista {row.number} {why}. Najpierw zwróć ją do poprawy, potem otwórz miesiąc.")


def hold_unit() -> None:
    """Whoever makes, hands over or pays a list waits for whoever does; taken before any list."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=current_scope().organisation_id)


def held(list_id: UUID) -> PayrollList:
    found: PayrollList = PayrollList.objects.select_for_update(of=("self",)).get(pk=list_id)
    return found


def needs_second(row: PayrollList) -> bool:
    total = sum(one.to_pay for one in integrity.statements_of(row))
    return row.second_above is not None and total > row.second_above


def _said(remark: str) -> str:
    said = clean(remark)
    if not said:
        raise InputError("Napisz, dlaczego.", field="remark")
    if len(said) > LONGEST_REMARK:
        raise InputError(f"Uwaga ma {len(said)} znaków, zmieści się {LONGEST_REMARK}.", field="remark")
    return said
