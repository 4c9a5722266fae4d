"""The parts of a person's file that a consent names one by one; what it does not name stays in the unit."""

from django.db.models import TextChoices


class CardPart(TextChoices):
    PERSONAL = "personal", "dane osobowe i kontakt"
    SITUATION = "situation", "praca, wykształcenie, sytuacja rodzinna"
    SENSITIVE = "sensitive", "zdrowie, grupy z art. 1, dochody i inne dane wrażliwe"
    DIAGNOSES = "diagnoses", "diagnozy i potrzeby"
    OPINIONS = "opinions", "opinie specjalistów, bez poufnych"
    ENTRIES = "entries", "przebieg doradztwa, wpisy zespołu"


def parts_in(scope: str) -> frozenset[CardPart]:
    """The parts in a consent's scope; a code that is none of ours allows nothing."""
    return frozenset(CardPart(code) for code in scope.split(",") if code in CardPart.values)


def scope_of(parts: frozenset[str] | set[str] | list[str]) -> str:
    return ",".join(part.value for part in CardPart if part.value in parts)


def labels(scope: str) -> list[str]:
    found = parts_in(scope)
    return [str(part.label) for part in CardPart if part in found]
