"""The error of a value that somebody typed, and what the database says when it refuses one."""

SAVED_TWICE = "Ktoś właśnie zapisał to samo. Odśwież stronę i sprawdź, co się zmieniło."


class InputError(ValueError):
    """A value cannot be read; the message is Polish and stands at the field as it is.

    Pure functions raise it, forms and the API turn it into the error of their field.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        # The field of the form where a service wants its sentence to stand.
        self.field = field


def sentence_of(error: Exception) -> str:
    """What to tell a person whom the database refused: our triggers say it in their hint."""
    said = getattr(error.__cause__, "diag", None)
    return (said.message_hint if said is not None else None) or SAVED_TWICE
