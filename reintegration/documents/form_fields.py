"""The field of a file: its content is looked into before the form is valid."""

from typing import Any

from django.core.exceptions import ValidationError

from reintegration.core.errors import InputError
from reintegration.core.form_fields import FileField
from reintegration.core.formats import format_size
from reintegration.documents.examine import EXTENSIONS
from reintegration.documents.kinds import FILE_KINDS
from reintegration.documents.uploads import ACCEPT, REASONS, CheckedFile, check_upload, scanner

# Plain text may be a table as well.
TABLES = {"text/plain": ".csv,.txt"}


class CheckedFileField(FileField):
    """Gives a CheckedFile, ready for `store_file`; a refusal stands at the field. `only`: media types."""

    def __init__(self, *, kind: str, only: frozenset[str] | None = None, **kwargs: Any) -> None:
        self.kind = kind
        self.only = only
        # The browser offers files by the endings of their names; what is inside is looked at here.
        accept = ",".join(TABLES.get(one, f".{EXTENSIONS[one]}") for one in sorted(only)) if only else ACCEPT
        super().__init__(accept=accept, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        found = super().clean(data, initial)
        if not found or found is initial:
            return None
        try:
            return check_upload(found, max_bytes=FILE_KINDS[self.kind].max_bytes, only=self.only)
        except InputError as error:
            raise ValidationError(error.message, code="refused") from error


class ReadFileField(FileField):
    """Gives the bytes of a file that is read and not kept; whoever reads them says what is wrong inside."""

    def __init__(self, *, max_bytes: int, **kwargs: Any) -> None:
        self.max_bytes = max_bytes
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        content: bytes = super().clean(data, initial).read(self.max_bytes + 1)
        if len(content) > self.max_bytes:
            most = format_size(self.max_bytes)
            raise ValidationError(
                f"Plik ma ponad {most}, a tyle przyjmujemy. Podziel go na części.", code="refused"
            )
        scan = scanner()
        if scan is not None and scan(content):
            raise ValidationError(REASONS["infected"], code="refused")
        return content
