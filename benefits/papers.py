"""Papers of the money of a CIS."""

from collections.abc import Sequence
from datetime import date

from benefits.explain.first_payment import FIRST_PAYMENT
from benefits.explain.languages import LANGUAGES
from benefits.models import Grant, Premium
from benefits.rules.forecast import Payment
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_table_date
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead


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
    person: str, start: date, payments: Sequence[Payment], *, language: str, unit: str = ""
) -> bytes:
    """The first payment and a typical one, to take home before anything is signed.

    `unit`: who will pay, where somebody else hands the card out.
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
        },
        title=text["title"],
        language=language,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


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
