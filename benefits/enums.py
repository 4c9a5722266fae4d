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


class ListState(TextChoices):
    """The way of a payroll list; what comes after `paid` comes with the settlement."""

    OPEN = "open", "robocza"
    LOCKED = "locked", "czeka na sprawdzenie"
    CHECKED = "checked", "czeka na zatwierdzenie"
    HALF = "half", "czeka na drugie zatwierdzenie"
    APPROVED = "approved", "zatwierdzona"
    PAID = "paid", "wypłacona"
    SETTLED = "settled", "rozliczona"
    CLOSED = "closed", "zamknięta"
    ABANDONED = "abandoned", "porzucona"


class RecoveryKind(TextChoices):
    """Why money that was paid too much may be taken from a later payment."""

    CONSENT = "consent", "zgoda osoby"
    DECISION = "decision", "decyzja"


class PremiumState(TextChoices):
    """An instructor proposes a premium, the manager decides (art. 15a)."""

    PROPOSED = "proposed", "propozycja"
    GRANTED = "granted", "przyznana"
    REFUSED = "refused", "nieprzyznana"
    WITHDRAWN = "withdrawn", "wycofana"
