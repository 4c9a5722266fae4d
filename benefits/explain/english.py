"""English."""

from typing import Final

from benefits.explain.grammar import Grammar, english
from benefits.explain.texts import BalanceTexts, Frame, Say, Texts, Total
from benefits.rules.codes import RowCode
from benefits.rules.corrections import Change
from ipzs.rules.codes import BalanceKind
from reintegration.core.formats import NBSP

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

TEXTS: Final = Texts(
    grammar=Grammar(
        plural=english,
        money="PLN" + NBSP + "{}",
        percent="{}%",
        day_forms=("day", "days", "days"),
        conjunction="and",
        months=_MONTHS,
        months_of_day=_MONTHS,
        english_marks=True,
    ),
    frame=Frame(
        title="Where does this amount come from?",
        what="What",
        count="How many",
        amount="Amount",
        article="Basis in law",
        parameters="Figures from the law",
        readings="Rules of the centre",
        next="What the next absence this month would do",
        balances="What is left",
        not_taken="What is not taken from you",
        mistake=(
            "Is something wrong? Tell us. We will correct a mistake on the next list and write what for."
        ),
    ),
    rows={
        RowCode.TRIAL: "Days of the trial period",
        RowCode.MAIN: "Days of the participation period",
        RowCode.UNEXCUSED_TRIAL: "Unexcused days in the trial period",
        RowCode.UNEXCUSED_MAIN: "Unexcused days",
        RowCode.SICK_TRIAL: "Sick days in the trial period",
        RowCode.SICK: "Sick days within the limit",
        RowCode.SICK_OVER: "Sick days over the limit",
        RowCode.SICK_NOT_DUE: "Sick days over the limit, for which no benefit is due",
        RowCode.EXCUSED_TRIAL: "Other excused days in the trial period, with a deduction",
        RowCode.EXCUSED_MAIN: "Other excused days, with a deduction",
        RowCode.EXCUSED_FULL: "Other excused days, without a deduction",
        RowCode.FREE: "Free days, without a deduction",
        RowCode.FORFEITED: "Month without a benefit because of unexcused days",
        RowCode.FLOOR: "Levelled up to zero",
        RowCode.ROUNDING: "Rounding",
    },
    totals={
        Total.BENEFIT: "Integration benefit",
        Total.PREMIUM: "Motivational integration premium",
        Total.TAX: "Tax",
        Total.TO_PAY: "Paid out",
    },
    sentences={
        Say.COUNT_AT_RATE: "{days} × {rate}",
        Say.DUE_WHOLE: (
            "The benefit is due for the whole month. A whole month always counts as {whole}, even if the "
            "calendar has more or fewer."
        ),
        Say.DUE_DAYS: "Days for which the benefit is due: {dates}.",
        Say.DUE_TOGETHER: (
            "Together with the trial period this is a whole month. A whole month always counts as {whole}, "
            "even if the calendar has more or fewer."
        ),
        Say.FULL: (
            "The full benefit for a month is {full}: {factor} of the unemployment allowance, which is "
            "{allowance}."
        ),
        Say.FULL_UP10: (
            "The full benefit for a month is {full}: {factor} of the unemployment allowance, which is "
            "{allowance}, rounded up to 10 groszy."
        ),
        Say.PER_DAY: "Each day is worth {part} of this amount.",
        Say.UNEXCUSED: "Unexcused days: {dates}.",
        Say.SICK: "Days of illness confirmed by a doctor: {dates}. They are within the limit ({limit}).",
        Say.SICK_TRIAL: "Days of illness in the trial period: {dates}.",
        Say.SICK_OVER: (
            "Days of illness over the limit ({limit}): {dates}. No benefit is due for days over the limit."
        ),
        Say.NOT_DUE: "That is why they are not among the days for which the benefit is due.",
        Say.EXCUSED: "Other excused days: {dates}.",
        Say.FREE: "Free days: {dates}. The benefit for free days is paid in full.",
        Say.TAKES_FULL: "For each such day we take off {part} of the full benefit.",
        Say.TAKES_PRORATED: (
            "For each such day we take off {part} of the benefit counted for the days for which it is due."
        ),
        Say.TAKES_NOTHING: "We take nothing off for these days.",
        Say.FORFEITED: (
            "Unexcused days this month: {dates}. That is {count} in all. When there are more than {most}, no "
            "benefit is due for the month."
        ),
        Say.FORFEITED_RUN: (
            "Unexcused class days in a row: {dates}. That is {count} in all. When there are more than {most} "
            "in a row, no benefit is due for the month."
        ),
        Say.FLOOR: (
            "Altogether we would have to take off more than the benefit. The benefit cannot be less than "
            "zero, so we add this difference."
        ),
        Say.ROUNDING: "Each line is rounded to a grosz. This amount makes their sum come out right.",
        Say.ROUNDING_UP10: (
            "The benefit is rounded up to 10 groszy, and each line to a grosz. This amount is the difference."
        ),
        Say.BENEFIT: "The lines above added up.",
        Say.NOT_GRANTED: (
            "The benefit has not been granted. The manager grants it when the participant applies for it."
        ),
        Say.GRANTED_LATER: "The benefit is granted from {day}, so not for this month.",
        Say.NO_DAYS: "There is no day this month for which the benefit is due.",
        Say.PREMIUM: "The manager granted the premium. The centre pays it from its own money.",
        Say.TAX: "This is {rate} of the benefit.",
        Say.TAX_WITH_PREMIUM: "This is {rate} of the benefit and the premium.",
        Say.TAX_ON_ALL: "This is {rate} of all amounts above together.",
        Say.TAX_TOGETHER: (
            "You have two or more statements on this list. Tax is counted once, on all "
            "amounts together: {rate} of {income}."
        ),
        Say.TAX_ELSEWHERE: (
            "The whole tax is {tax}. What we do not take here, we take on another statement of this list."
        ),
        Say.TAX_PIT2: (
            "We take {reduction} off the tax because we have a PIT-2 statement. It is counted in whole złoty."
        ),
        Say.TAX_PIT2_PART: (
            "We take {left} off the tax because we have a PIT-2 statement. The rest of the {reduction} for "
            "this month is taken off another payment. It is counted in whole złoty."
        ),
        Say.TAX_PIT2_USED: (
            "We have a PIT-2 statement, but the {reduction} for this month is taken off another payment. "
            "The tax is counted in whole złoty."
        ),
        Say.TAX_PIT2_OVER: (
            "We do not take {reduction} off the tax: the PIT-2 statement held until you left, and this "
            "payment comes later. A new statement will hold for the next payments. "
            "The tax is counted in whole złoty."
        ),
        Say.TAX_NO_PIT2: "We have no PIT-2 statement. The tax is counted in whole złoty.",
        Say.TAX_NONE: "There is no tax for this month.",
        Say.TO_PAY: "The benefit after tax.",
        Say.TO_PAY_WITH_PREMIUM: "The benefit and the premium after tax.",
        Say.TO_PAY_ALL: "Everything together after tax.",
        Say.CORRECTION: "Correction for {month}",
        Say.NOT_PAID: "This month had not been paid yet.",
        Say.CHANGED: "Since it was paid, this has changed: {changes}.",
        Say.ADDED: "added: {dates}",
        Say.REMOVED: "removed: {dates}",
        Say.CARRIED: "The whole difference is {difference}. The rest moves to the next list.",
        Say.NOT_TAKEN: (
            "The whole difference is {difference}. We do not take it off without your consent or a decision."
        ),
        Say.CONTRIBUTIONS: (
            "The Labour Fund (Fundusz Pracy) pays the contributions for your old-age pension ({pension}) and "
            "disability pension ({disability}). This month counts towards your pension."
        ),
        Say.BELONGS_DUE: "They belong to the month that the benefit is for: {month}.",
        Say.BELONGS_PAID: "They belong to the month of payment: {month}.",
        Say.BELONGS_LATER: "They belong to the month of payment. You will know it when the money is sent.",
        Say.BELONGS_CORRECTED: "Contributions on a correction belong to the month that is corrected.",
        Say.PROTECTED: "The benefit is protected from debt collection: a bailiff cannot seize it.",
        Say.NEXT_UNEXCUSED: "One more unexcused day:",
        Say.NEXT_SICK: "One more sick day with a doctor's note:",
        Say.NEXT_FREE: "One more free day:",
        Say.LESS: "{what} the benefit is {amount} lower.",
        Say.MORE: "{what} the benefit is {amount} higher.",
        Say.SAME: "{what} the benefit stays the same.",
        Say.FORFEITS: "{what} the whole benefit for this month is lost ({amount}).",
    },
    changes={
        Change.PARTICIPATION: "days of participation",
        Change.GRANT: "the day from which the benefit is granted",
        Change.UNEXCUSED: "unexcused days",
        Change.SICK: "sick days",
        Change.EXCUSED: "other excused days",
        Change.FREE: "free days",
        Change.CLASS_DAYS: "class days",
        Change.OPENING: "sick days used earlier",
        Change.READINGS: "rules of the centre",
        Change.LAW: "figures from the law",
    },
    balances={
        BalanceKind.FREE: BalanceTexts(
            label="Free days",
            left=(
                "{left} free day is left of {limit}.",
                "{left} free days are left of {limit}.",
                "{left} free days are left of {limit}.",
            ),
            none="All free days have been used: {used} of {limit}.",
            over="More free days were taken than there are: {used} instead of {limit}.",
            in_trial="There are no free days in the trial period.",
        ),
        BalanceKind.SICK: BalanceTexts(
            label="Sick days within the limit",
            left=(
                "{left} sick day is left of the limit of {limit}.",
                "{left} sick days are left of the limit of {limit}.",
                "{left} sick days are left of the limit of {limit}.",
            ),
            none="The limit of sick days is used up: {used} of {limit}. No benefit is due for further days.",
            over="The limit of sick days is exceeded: {used}, and the limit is {limit}.",
            in_trial="The limit of sick days starts after the trial period.",
        ),
        BalanceKind.UNEXCUSED: BalanceTexts(
            label="Unexcused days this month",
            left=("So far: {used}. The benefit for the month is lost when there are more than {limit}.",) * 3,
            none="So far: {used}. With one more, the benefit for the month is lost.",
            over="So far: {used}. The benefit for the month is lost, because the limit is {limit}.",
            in_trial="",
        ),
    },
    in_a_row=BalanceTexts(
        label="Unexcused days in a row",
        left=("So far: {used}. The benefit for the month is lost when more than {limit} come in a row.",) * 3,
        none="So far: {used}. With one more in a row, the benefit for the month is lost.",
        over="So far: {used}. The benefit for the month is lost, because the limit is {limit} in a row.",
        in_trial="",
    ),
    parameters={
        "allowance": "unemployment allowance (first 90 days)",
        "factor_trial": "benefit in the trial period, share of the allowance",
        "factor_main": "benefit after the trial period, share of the allowance",
        "day_fraction": "benefit for one day of an incomplete month",
        "unexcused_fraction": "deduction for an unexcused day",
        "unexcused_days_limit": "unexcused days with which the benefit is still due",
        "sick_fraction": "deduction for a sick day within the limit",
        "sick_days_limit": "limit of sick days after the trial period",
        "premium_cap": "highest motivational integration premium, share of the benefit",
        "tax_advance_rate": "tax advance on the benefit and the premium",
        "tax_monthly_reduction": "monthly reduction of the advance (PIT-2)",
    },
    readings={
        "rate_rounding": "rounding of the full benefit",
        "payout_rounding": "rounding of the amount paid out",
        "fraction_base": "the amount of which 1/20 and 1/40 are taken",
        "unexcused_over_limit": "when absences cost the month",
        "sick_day_count": "which days of illness count",
        "sick_pool": "limit of sick days when participation is extended",
        "sick_trial": "illness in the trial period",
        "sick_over": "illness over the limit",
        "excused_other": "other excused absences",
        "trial_end": "last day of the trial period",
        "premium_cap": "the amount that limits the premium",
    },
    answers={
        ("rate_rounding", "exact"): "exactly, without rounding",
        ("rate_rounding", "up10"): "up to 10 groszy",
        ("payout_rounding", "grosz"): "to a grosz, once at the end",
        ("payout_rounding", "up10"): "up to 10 groszy",
        ("fraction_base", "full"): "the full monthly amount",
        ("fraction_base", "prorated"): "the amount for the days for which it is due",
        ("unexcused_over_limit", "total"): "more than 3 days altogether in the month",
        ("unexcused_over_limit", "consecutive"): "more than 3 class days in a row",
        ("sick_day_count", "calendar"): "all calendar days of the sick leave",
        ("sick_day_count", "class"): "only days with classes",
        ("sick_pool", "single"): "one limit for the whole period",
        ("sick_pool", "per_extension"): "a new limit from the first day of the extension",
        ("sick_trial", "full"): "no deduction",
        ("sick_trial", "per_30"): "1/30 for a day",
        ("sick_trial", "per_40"): "1/40 for a day",
        ("sick_over", "per_30"): "take off 1/30 of the full amount for a day",
        ("sick_over", "days_due"): "count the month without these days",
        ("sick_over", "per_20"): "take off 1/20 of the full amount for a day",
        ("excused_other", "full"): "no deduction",
        ("excused_other", "per_30"): "1/30 for a day",
        ("trial_end", "day_before"): "the day before the same date of the next month",
        ("trial_end", "same_day"): "the same date of the next month",
        ("premium_cap", "full"): "the full monthly amount",
        ("premium_cap", "due"): "the amount after deductions",
    },
    articles={
        "art. 15 ust. 1": "Art. 15(1)",
        "art. 15 ust. 4": "Art. 15(4)",
        "art. 15 ust. 4 i 6": "Art. 15(4) and (6)",
        "art. 15 ust. 4–7a": "Art. 15(4)–(7a)",
        "art. 15 ust. 6 i 7a": "Art. 15(6) and (7a)",
        "art. 15 ust. 6a": "Art. 15(6a)",
        "art. 15 ust. 7": "Art. 15(7)",
        "art. 15 ust. 7 i 7a": "Art. 15(7) and (7a)",
        "art. 15 ust. 7a": "Art. 15(7a)",
        "art. 15a": "Art. 15a",
        "regulamin (art. 4 ust. 2 pkt 12)": "rules of the centre (Art. 4(2)(12))",
        "art. 35 ust. 1 pkt 4 i art. 32": "Art. 35(1)(4) and Art. 32 of the income tax act",
    },
)
