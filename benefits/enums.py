"""Choices of the money of a CIS."""

from django.db.models import TextChoices


class GrantState(TextChoices):
    """A person applies, the manager decides (art. 15 ust. 4)."""

    ASKED = "asked", "czeka na decyzję"
    GRANTED = "granted", "przyznane"
    REFUSED = "refused", "odmowa"
    WITHDRAWN = "withdrawn", "wycofany"


class PayMethod(TextChoices):
    TRANSFER = "transfer", "przelew"
    CASH = "cash", "gotówka w kasie"


class TitleKind(TextChoices):
    """Who receives the benefit is insured by it, unless insured otherwise (art. 9 ust. 6a of the SUS act)."""

    BENEFIT = "benefit", "świadczenie integracyjne"
    OTHER = "other", "inny tytuł, CIS nie zgłasza"
