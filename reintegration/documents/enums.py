"""Choices of papers and files."""

from django.db.models import TextChoices


class Language(TextChoices):
    """What a participant takes home exists in three languages."""

    POLISH = "pl", "polski"
    UKRAINIAN = "uk", "ukraiński"
    ENGLISH = "en", "angielski"


class DocumentState(TextChoices):
    ISSUED = "issued", "wydany"
    WITHDRAWN = "withdrawn", "wycofany"
    ERASED = "erased", "usunięty po terminie"
