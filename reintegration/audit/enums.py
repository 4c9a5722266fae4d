"""Words of the journal."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    """How an action ended."""

    SEEN = "seen", "obejrzane"
    TAKEN = "taken", "pobrany plik"
    DONE = "done", "wykonane"
    INVALID = "invalid", "błędy we wpisie"
    REFUSED = "refused", "odmowa"
    NOT_FOUND = "not_found", "nie znaleziono"
    FAILED = "failed", "błąd programu"


# What events note beside their object; a name that is not here is shown as it is.
DETAILS = {
    "basis": "podstawa",
    "changes": "wpisów o zmianach",
    "events": "wpisów o zdarzeniach",
    "filters": "filtry",
    "format": "rodzaj pliku",
    "inspection": "kontrola",
    "reason": "powód",
    "rows": "wierszy",
    "step": "krok",
}


class Operation(TextChoices):
    INSERTED = "I", "dodano"
    UPDATED = "U", "zmieniono"
    DELETED = "D", "usunięto"
