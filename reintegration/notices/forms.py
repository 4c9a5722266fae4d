"""The form of one's preferences."""

from collections.abc import Sequence
from typing import Any

from reintegration.core.form_fields import TickField
from reintegration.core.forms import Form
from reintegration.notices.enums import ByMail
from reintegration.notices.registry import NoticeKind


class PreferenceForm(Form):
    """A box for each kind; a mandatory one is ticked and cannot be changed."""

    def __init__(self, *args: Any, kinds: Sequence[tuple[NoticeKind, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, wanted in kinds:
            mandatory = kind.by_mail is ByMail.ALWAYS
            self.fields[kind.key] = TickField(
                label=kind.title,
                help_text="Zawsze wysyłane." if mandatory else kind.lead,
                required=False,
                disabled=mandatory,
                initial=wanted,
            )
