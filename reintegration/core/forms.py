"""The base of every form: Polish words, errors that can be listed and linked, no browser bubbles."""

from typing import Any

from django import forms

from reintegration.core.errors import InputError

DJANGO_SAYS = forms.Field.default_error_messages["required"]


def _starts_small(sentence: str) -> str:
    """An acronym at the start stays as it is."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


class Form(forms.Form):
    # The server validates and answers in our words; the browser's own bubbles would come first.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == DJANGO_SAYS:
                field.error_messages["required"] = "Wpisz odpowiedź."

    def refuse(self, error: InputError) -> None:
        """Show what a service refused, at the field it names or on top."""
        field = getattr(error, "field", None)
        self.add_error(field if field in self.fields else None, error.message)

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """Each error with the id of the control that mends it; one about the whole form has none."""
        found = []
        for name, messages in self.errors.items():
            if name == "__all__":
                found += [("", str(message)) for message in messages]
                continue
            bound = self[name]
            found += [(anchor_of(bound), _in_summary(str(bound.label), str(message))) for message in messages]
        return found

    @property
    def bad_fields(self) -> int:
        return sum(name != "__all__" for name in self.errors)


def _in_summary(label: str, message: str) -> str:
    """Name the field, because on top of the form the message stands without it."""
    return f"{label} {message}" if label.endswith("?") else f"{label}: {_starts_small(message)}"


def anchor_of(bound: forms.BoundField) -> str:
    """The id of the control to focus: the first answer of a group, else the control itself."""
    grouped = isinstance(bound.field.widget, forms.RadioSelect)
    return f"{bound.auto_id}_0" if grouped else bound.auto_id
