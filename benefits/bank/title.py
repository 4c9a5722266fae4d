"""The title of a transfer."""

from reintegration.core.dates import Month


def benefit_title(month: Month, reference: str) -> tuple[str, ...]:
    """The title of the benefit of a month: what it is, that no bailiff takes it, and our reference.

    An integration benefit is exempt from enforcement (k.p.c. art. 831 § 1 pkt 9 and art. 833 § 6), which the
    recipient's bank can honour only when it can see it. The act does not name the motivational premium
    there, so a premium is a transfer of its own and does not go under this title.
    """
    return (
        f"ŚWIADCZENIE INTEGRACYJNE {month.month:02}/{month.year:04}",
        "WOLNE OD EGZEKUCJI",
        reference,
    )


def post_title(month: Month, reference: str, *, benefit: bool, premium: bool) -> str:
    """What stands on a postal order: all of a person's money goes as one, and pays the post once.

    The postman hands out cash, so nothing is enforced on the way; the words say what the money is of.
    """
    parts = ["świadczenie integracyjne, wolne od egzekucji"] * benefit + ["premia motywacyjna"] * premium
    return f"{' i '.join(parts).capitalize()}, {month.month:02}/{month.year:04}, {reference}"


def premium_title(month: Month, reference: str) -> tuple[str, ...]:
    """The title of the motivational premium paid with the list of a month."""
    return (f"PREMIA MOTYWACYJNA {month.month:02}/{month.year:04}", reference)
