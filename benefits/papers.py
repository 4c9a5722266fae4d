"""Papers of the money of a CIS."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from benefits import perms
from benefits.enums import GrantState
from benefits.explain.first_payment import FIRST_PAYMENT
from benefits.explain.grammar import Grammar
from benefits.explain.languages import LANGUAGES
from benefits.models import Grant, Premium, Statement
from benefits.queries.statements import told_of
from benefits.rules.forecast import Living, Payment
from benefits.rules.health import Entry
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import DASH, format_table_date
from reintegration.documents.kinds import document_kind, series
from reintegration.documents.models import Document
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import issue_document, letterhead

POLISH = "pl"
STATEMENT = document_kind(
    "benefits.statement",
    "Skąd ta kwota?",
    template="benefits/statements/paper/statement.html",
    series=series("RO", "rozliczenia świadczeń").code,
    opens=perms.PAYERS | perms.CASE,
)
DECISION = document_kind(
    "benefits.grant_decision",
    "Decyzja o świadczeniu",
    template="benefits/pay/paper/decision.html",
    series=series("DS", "decyzje o świadczeniu").code,
    opens=perms.PAYERS | perms.CASE,
)


def application(file: Participation, grant: Grant | None) -> bytes:
    """The application for the benefit, with the place for the manager's decision (art. 15 ust. 4)."""
    return render_pdf(
        "benefits/pay/paper/application.html",
        {
            "file": file,
            "grant": grant,
            "boxes": [
                SignatureBox("podpis osoby", name=str(file.person)),
                SignatureBox("podpis kierownika"),
            ],
        },
        title="Wniosek o świadczenie integracyjne",
        number=file.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def first_payment(
    person: str,
    start: date,
    payments: Sequence[Payment],
    *,
    language: str,
    unit: str = "",
    living: Living | None = None,
    entry: Entry | None = None,
) -> bytes:
    """The first payment and a typical one, to take home before anything is signed.

    `unit`: who will pay, where somebody else hands the card out. Beside it stand what the OPS gives, as
    somebody typed it, and the days without health insurance.
    """
    text, grammar = FIRST_PAYMENT[language], LANGUAGES[language].grammar
    lines = [
        (
            f"{one.month.month:02}.{one.month.year}",
            text["part"].format(days=one.days_due),
            grammar.amount(one.to_pay),
            format_table_date(one.paid_by),
        )
        for one in payments
    ]
    return render_pdf(
        "benefits/pay/paper/first_payment.html",
        {
            "person": person,
            "unit": unit,
            "text": text,
            "lead": text["lead"].format(start=format_table_date(start)),
            "lines": lines,
            "living": _living(living, text, grammar),
            "entry": entry,
            "covers": _covers(entry, text, grammar),
            "gap": text["health_gap"].format(days=grammar.days(entry.gap.days))
            if entry and entry.gap
            else "",
        },
        title=text["title"],
        language=language,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def _living(found: Living | None, text: Mapping[str, str], grammar: Grammar) -> list[tuple[str, str, str]]:
    """From where, now, and with the benefit."""
    if found is None:
        return []

    def amount(value: Decimal | None) -> str:
        return text["help_unknown"] if value is None else grammar.amount(value)

    return [
        (text["help_ops"], amount(found.help_now), amount(found.help_then)),
        (text["help_benefit"], DASH, grammar.amount(found.to_pay)),
        (text["help_total"], amount(found.help_now), amount(found.total)),
    ]


def _covers(
    entry: Entry | None, text: Mapping[str, str], grammar: Grammar
) -> list[tuple[str, str, str, str]]:
    """What insures, from, to, days; the last goes on."""
    if entry is None:
        return []
    *before, last = entry.segments
    rows = [
        (
            text["health_gap_row"] if one.is_gap else text[f"health_{one.cover}"],
            format_table_date(one.since),
            format_table_date(one.until),
            grammar.days(one.days),
        )
        for one in before
    ]
    return [*rows, (text[f"health_{last.cover}"], format_table_date(last.since), DASH, DASH)]


def premium_decision(premium: Premium) -> bytes:
    """The manager's decision on a motivational premium (art. 15a)."""
    manager = premium.decided_by.get_full_name() if premium.decided_by is not None else ""
    return render_pdf(
        "benefits/premiums/paper/decision.html",
        {
            "premium": premium,
            "month": Month.of(premium.month),
            "file_number": premium.participation.number,
            "boxes": [SignatureBox("podpis kierownika", name=manager)],
        },
        title="Decyzja o premii motywacyjnej",
        number=premium.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def grant_decision(row: Grant, file_number: str, key: str) -> Document:
    """The manager's decision on the application (art. 15 ust. 4)."""
    granted = row.state == GrantState.GRANTED
    manager = row.decided_by.get_full_name() if row.decided_by is not None else ""
    return issue_document(
        kind=DECISION.key,
        title="Decyzja o przyznaniu świadczenia integracyjnego"
        if granted
        else "Decyzja o odmowie świadczenia integracyjnego",
        context={
            "grant": row,
            "granted": granted,
            "file_number": file_number,
            "boxes": [SignatureBox("podpis kierownika", name=manager)],
        },
        subject=row.person_id,
        key=key,
    )


def statement(row: Statement, language: str) -> Document:
    """What a list says of one person, made once in each language; what is asked for again is the same paper.

    Its number says on which list it stands and where, so that nobody waits for anybody to draw one.
    """
    texts = LANGUAGES[language]
    month = texts.grammar.month(Month.of(row.payroll_list.month))
    context = {
        "row": row,
        "told": told_of(row, language),
        "frame": texts.frame,
        "amount": texts.grammar.amount(row.to_pay),
    }
    return issue_document(
        kind=STATEMENT.key,
        title=f"{texts.frame.title} {month}",
        context=context,
        subject=row.person_id,
        language=language,
        key=statement_key(row.pk, language),
        number=_number(row, language),
    )


def statement_key(statement_id: UUID, language: str) -> str:
    return f"{statement_id}:{language}"


def _number(row: Statement, language: str) -> str:
    """`RO/3/2026/14` for the fourteenth person of `LW/3/2026`; in another language `RO/3/2026/14/uk`."""
    of_list = row.payroll_list.number.partition("/")[2]
    own = f"{STATEMENT.series}/{of_list}/{row.position}"
    return own if language == POLISH else f"{own}/{language}"
