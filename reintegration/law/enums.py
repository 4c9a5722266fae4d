"""Choices of parameters and readings."""

from django.db.models import TextChoices


class Unit(TextChoices):
    """What a value is measured in; it decides how the value is typed, kept and shown."""

    PLN = "pln", "kwota w złotych"
    PERCENT = "percent", "procent"
    FRACTION = "fraction", "ułamek"
    DAYS = "days", "dni"
    HOURS = "hours", "godziny"
    MONTHS = "months", "miesiące"
    YEARS = "years", "lata"
    PERSONS = "persons", "osoby"
    COUNT = "count", "liczba"
    DAY_OF_MONTH = "day_of_month", "dzień miesiąca"
    YEARLY_DAY = "yearly_day", "dzień roku"


class Evidence(TextChoices):
    """What somebody read to check a value."""

    ACT = "act", "przeczytany tekst aktu"
    ANNOUNCEMENT = "announcement", "obwieszczenie"
    PRESS = "press", "publikacja urzędu lub prasy"
    PRACTICE = "practice", "praktyka jednostek"
    ARITHMETIC = "arithmetic", "wyliczenie"
    GENERAL = "general", "wiedza ogólna, bez przeczytanego źródła"


class Confidence(TextChoices):
    SURE = "sure", "pewne"
    LIKELY = "likely", "prawdopodobne"
    MEMORY = "memory", "niepewne"


class Origin(TextChoices):
    FILE = "file", "plik programu"
    OPERATOR = "operator", "operator"


class State(TextChoices):
    """What became of a proposal."""

    PROPOSED = "proposed", "czeka na drugą osobę"
    CONFIRMED = "confirmed", "potwierdzone"
    WITHDRAWN = "withdrawn", "wycofane"
