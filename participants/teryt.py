"""Gminas by code and by name."""

from collections.abc import Iterable

from participants.models import Gmina
from participants.rules.terc import is_code, parse
from reintegration.core.errors import InputError
from reintegration.core.text import search_key

MOST_FOUND = 12


def label(code: str) -> str:
    """How a gmina is shown; a code of a register that nobody has loaded stays a code."""
    found = Gmina.objects.filter(code=code).first()
    return str(found) if found else code


def find(text: str, *, limit: int = MOST_FOUND) -> list[Gmina]:
    """Gminas whose name begins so, in Polish order."""
    key = search_key(text)
    if not key:
        return []
    return list(Gmina.objects.filter(search__prefix=key).order_by("name_order", "code")[:limit])


def resolve(text: str) -> str:
    """The code of what somebody typed: a code, or the name of one gmina and of no other."""
    typed = text.strip()
    if not typed:
        return ""
    if is_code(typed):
        if Gmina.objects.exists() and not Gmina.objects.filter(code=typed).exists():
            raise InputError(f"W rejestrze nie ma gminy {typed}. Wpisz nazwę i wybierz z listy.")
        return typed
    exact = list(Gmina.objects.filter(search=search_key(typed.split(",")[0])).order_by("code"))
    exact = [one for one in exact if search_key(str(one)).startswith(search_key(typed))]
    if len(exact) == 1:
        return str(exact[0].code)
    if exact:
        choices = "; ".join(f"{one} ({one.code})" for one in exact[:5])
        raise InputError(f"Tak nazywa się kilka gmin. Wybierz jedną: {choices}.")
    raise InputError(f"Nie ma gminy „{typed}”. Wpisz początek nazwy i wybierz z listy albo podaj kod TERYT.")


def load(lines: Iterable[str]) -> int:
    """Load the register of GUS, whole; a file older than what is loaded is refused."""
    rows = parse(lines)
    newest = Gmina.objects.order_by("-state_on").values_list("state_on", flat=True).first()
    state = max(row.state_on for row in rows)
    if newest and state < newest:
        raise InputError(f"Ten plik ma stan na {state:%d.%m.%Y}, a wczytany jest nowszy: {newest:%d.%m.%Y}.")
    fields = ["name", "kind", "powiat", "voivodeship", "state_on"]
    Gmina.objects.bulk_create(
        [Gmina(**{name: getattr(row, name) for name in ["code", *fields]}) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=fields,
    )
    return len(rows)
