"""A whole month of one person: benefit, premium, contributions, tax, what is paid and asked back.

Steps 8–11 of the benefit specification stand on the benefit of steps 1–7.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Final

from benefits.rules.calculate import benefit_alone, benefit_of
from benefits.rules.checks import BadBasis, refuse_contradictions
from benefits.rules.codes import Part, PremiumCap
from benefits.rules.days import trial_end
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.rows import Row
from reintegration.core.dates import Month
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO, grosz, whole


@dataclass(frozen=True, slots=True)
class Contributions:
    """Financed from the Labour Fund, taken from nobody's benefit (art. 16 ust. 9 of the SUS act; step 9)."""

    pension_insured: Decimal
    pension_payer: Decimal
    disability_insured: Decimal
    disability_payer: Decimal

    @property
    def pension(self) -> Decimal:
        return self.pension_insured + self.pension_payer

    @property
    def disability(self) -> Decimal:
        return self.disability_insured + self.disability_payer

    @property
    def total(self) -> Decimal:
        return self.pension + self.disability

    def __add__(self, other: "Contributions") -> "Contributions":
        return Contributions(*(a + b for a, b in zip(self.parts, other.parts, strict=True)))

    def __sub__(self, other: "Contributions") -> "Contributions":
        return Contributions(*(a - b for a, b in zip(self.parts, other.parts, strict=True)))

    @property
    def parts(self) -> tuple[Decimal, ...]:
        return (self.pension_insured, self.pension_payer, self.disability_insured, self.disability_payer)


# Of whom another title insures (art. 9 ust. 6a of the SUS act).
NO_CONTRIBUTIONS: Final = Contributions(ZERO, ZERO, ZERO, ZERO)
# The same four by their names, as tables keep them.
PARTS: Final = tuple(field.name for field in fields(Contributions))


@dataclass(frozen=True, slots=True)
class Counted:
    """What comes out of a month (section 5)."""

    rows: tuple[Row, ...]
    benefit: Decimal
    premium: Decimal
    contributions: Contributions
    tax: Decimal

    @property
    def to_pay(self) -> Decimal:
        return self.benefit + self.premium - self.tax

    @property
    def refund(self) -> Decimal:
        """What is asked back from the Labour Fund: never the premium (step 11)."""
        return self.benefit + self.contributions.total


def count_month(basis: Basis, law: Law) -> Counted:
    """The month of one person from its basis; facts that contradict one another are refused."""
    refuse_contradictions(basis)
    benefit, rows = benefit_of(basis, law)
    _refuse_premium(basis, law, benefit)
    return Counted(
        rows=rows,
        benefit=benefit,
        premium=grosz(basis.premium),
        contributions=NO_CONTRIBUTIONS
        if basis.insured_elsewhere
        else contributions_of(benefit, basis.month, law),
        tax=advance(benefit + basis.premium, pit2=basis.pit2, month=basis.month, law=law),
    )


def benefit_of_month(basis: Basis, law: Law) -> Decimal:
    """The benefit of a month without a premium, and nothing else: what `count_month` says of it."""
    refuse_contradictions(basis)
    return benefit_alone(basis, law)


def _refuse_premium(basis: Basis, law: Law, benefit: Decimal) -> None:
    """Step 8: no premium without a day of the main period, none above the cap (art. 15a)."""
    if not basis.premium:
        return
    if not in_main_period(basis):
        raise BadBasis("Premia należy się dopiero po okresie próbnym. (art. 15a ust. 1)")
    most = premium_most(basis, law, benefit)
    if basis.premium > most:
        raise BadBasis(
            f"Premia {format_money(basis.premium)} jest wyższa niż {format_money(most)}. (art. 15a ust. 2)"
        )


def in_main_period(basis: Basis) -> bool:
    """Whether a day of the month lies in the main period: only then a premium may be granted."""
    inside = basis.participation.days_in(basis.month)
    return inside is not None and inside.last is not None and inside.last > trial_end(basis)


def premium_most(basis: Basis, law: Law, benefit: Decimal) -> Decimal:
    """The highest premium of a month (art. 15a ust. 2)."""
    share = law.share("premium_cap", basis.month.first)
    if basis.readings.premium_cap is PremiumCap.DUE:
        return grosz(share * Fraction(benefit))
    return grosz(share * law.full(Part.MAIN, basis.month.first, basis.readings.rate_rounding))


def contributions_of(benefit: Decimal, month: Month, law: Law) -> Contributions:
    """Step 9: four parts of the benefit alone, each half-up to a grosz."""
    day = month.first
    base = Fraction(benefit)

    def part(key: str) -> Decimal:
        return grosz(base * law.share(key, day))

    return Contributions(
        part("pension_insured"), part("pension_payer"), part("disability_insured"), part("disability_payer")
    )


def advance(income: Decimal, *, pit2: bool, month: Month, law: Law, used: Decimal = ZERO) -> Decimal:
    """Step 10: the advance on income tax, whole złoty, never below zero (art. 35 and 32 of the PIT act).

    `used`: how much of the month's reduction other payments of the person have taken.
    """
    left = max(ZERO, law.amount("tax_monthly_reduction", month.first) - used) if pit2 else ZERO
    found = unreduced(income, month, law) - Fraction(left)
    return whole(found) if found > 0 else ZERO


def unreduced(income: Decimal, month: Month, law: Law) -> Fraction:
    """The share of an income in whole złoty that is its tax before any reduction."""
    return Fraction(whole(income)) * law.share("tax_advance_rate", month.first)
