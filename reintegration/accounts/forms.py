"""Forms of signing in and of one's own account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reintegration.accounts import passwords
from reintegration.core import clock
from reintegration.core.form_fields import EmailField, MultiField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.tenancy.enums import ROLES_OF_KIND, OrganisationKind, Role


class PasswordField(forms.CharField):
    """A password exactly as it was typed: nothing is trimmed, changed or cut."""

    def __init__(self, *, new: bool = False, width: str = "l", **kwargs: Any) -> None:
        self.width = width
        attrs = {"autocomplete": "new-password" if new else "current-password", "data-show-password": ""}
        kwargs.setdefault("widget", forms.PasswordInput(attrs=attrs))
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > passwords.LONGEST:
            raise ValidationError(f"Za długie: mieści się {passwords.LONGEST} znaków.", code="too_long")
        if not text.isprintable():
            raise ValidationError(
                "Jest tu znak, którego nie widać. Wpisz hasło zamiast je wklejać.", code="unreadable"
            )
        return text


class CodeField(TextField):
    """A code from the app, or one from the printed list."""

    def __init__(self, *, label: str = "Kod", digits: bool = True, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        if digits:
            attrs |= {"inputmode": "numeric", "class": "code"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(label=label, max_length=40, width="m", **kwargs)


def login_email(**attrs: str) -> EmailField:
    return EmailField(
        label="Adres e-mail",
        width="l",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none", **attrs}),
        error_messages={"required": "Wpisz adres e-mail."},
    )


class SignInForm(Form):
    email = login_email()
    password = PasswordField(label="Hasło", error_messages={"required": "Wpisz hasło."})


class CodeForm(Form):
    code = CodeField(error_messages={"required": "Wpisz kod."})


class ListCodeForm(Form):
    code = CodeField(
        label="Kod zapasowy",
        digits=False,
        help_text="Jeden z wydruku, na przykład abcde-23456. Każdy działa raz.",
        error_messages={"required": "Wpisz kod."},
    )


class PasswordForm(Form):
    """Only the present password: to prove who asks."""

    password = PasswordField(label="Hasło", error_messages={"required": "Wpisz hasło."})


class AskResetForm(Form):
    email = login_email()


class NewPasswordForm(Form):
    password = PasswordField(
        label="Nowe hasło",
        new=True,
        help_text=passwords.HINT,
        error_messages={"required": "Wpisz nowe hasło."},
    )


class ChangePasswordForm(Form):
    present_password = PasswordField(
        label="Obecne hasło", width="m", error_messages={"required": "Wpisz obecne hasło."}
    )
    password = PasswordField(
        label="Nowe hasło",
        new=True,
        width="m",
        help_text=passwords.HINT,
        error_messages={"required": "Wpisz nowe hasło."},
    )


class RegisterForm(Form):
    first_name = TextField(
        label="Imię", max_length=60, width="l", widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = TextField(
        label="Nazwisko",
        max_length=80,
        width="l",
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = PasswordField(
        label="Hasło", new=True, help_text=passwords.HINT, error_messages={"required": "Wpisz hasło."}
    )


class NameForm(Form):
    first_name = TextField(label="Imię", max_length=60, width="m")
    last_name = TextField(label="Nazwisko", max_length=80, width="m")


class AddressForm(Form):
    email = EmailField(label="Nowy adres e-mail", width="m", error_messages={"required": "Wpisz nowy adres."})


class PasskeyNameForm(Form):
    name = TextField(
        label="Nazwa klucza",
        max_length=60,
        width="m",
        help_text="Po niej go poznasz, na przykład: telefon służbowy.",
        error_messages={"required": "Nazwij klucz, na przykład: telefon służbowy."},
    )


class InvitationForm(Form):
    email = EmailField(label="Adres e-mail", width="m", error_messages={"required": "Wpisz adres e-mail."})
    roles = MultiField(label="Role")
    since = PolishDateField(label="Od")
    until = PolishDateField(
        label="Do", required=False, help_text="Puste: bez końca. Rolę można odebrać w każdej chwili."
    )

    def __init__(self, *args: Any, kind: OrganisationKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = ROLES_OF_KIND[kind]
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in Role if role in fitting
        ]
        self.fields["since"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", "Data końca jest przed datą początku.")
        return typed
