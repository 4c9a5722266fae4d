"""The error of a value that somebody typed."""


class InputError(ValueError):
    """A value cannot be read; the message is Polish and stands at the field as it is.

    Pure functions raise it, forms and the API turn it into the error of their field.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        # The field of the form where a service wants its sentence to stand.
        self.field = field
