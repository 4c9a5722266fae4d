"""The field of a file: its content is looked into before the form is valid."""

from typing import Any

from django.core.exceptions import ValidationError

from reintegration.core.errors import InputError
from reintegration.core.form_fields import FileField
from reintegration.documents.examine import EXTENSIONS
from reintegration.documents.kinds import FILE_KINDS
from reintegration.documents.uploads import ACCEPT, CheckedFile, check_upload

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
