"""The mails about accounts. None holds a name or says anything of a person beyond where it was sent.

Who delivers is decided above: the room of notices installs its own way, which stores the mail with the
business. Without it a mail is sent once the transaction is committed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from reintegration.core.ids import uuid7


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    title: str
    lead: str


INVITATION = Kind(
    "accounts.invitation",
    "Zaproszenie do Reintegry",
    "To zaproszenie do pracy w Reintegrze. Przyjmij je w ciągu 7 dni; link działa raz. "
    "Jeśli to pomyłka, nic nie rób.",
)
NEW_PASSWORD = Kind(
    "accounts.new_password",
    "Nowe hasło",
    "Ustaw nowe hasło w ciągu godziny. Jeśli to nie była Twoja prośba, nic nie rób: nikt bez tego linku "
    "hasła nie zmieni.",
)
PASSWORD_CHANGED = Kind(
    "accounts.password_changed",
    "Zmieniono hasło",
    "Hasło do Twojego konta właśnie się zmieniło, a inne sesje zostały zakończone. Jeśli to nie Ty, ustaw "
    "nowe hasło („Nie pamiętam hasła”) i powiedz kierownikowi.",
)
FACTOR_CHANGED = Kind(
    "accounts.factor_changed",
    "Zmieniono drugi krok logowania",
    "Sposób potwierdzania logowania do Twojego konta właśnie się zmienił. Jeśli to nie Ty, zmień hasło "
    "i powiedz kierownikowi.",
)
ADDRESS_TO_CONFIRM = Kind(
    "accounts.address_to_confirm",
    "Potwierdź adres e-mail",
    "Potwierdź w ciągu doby, że ten adres jest Twój. Jeśli to pomyłka, nic nie rób: adres się nie zmieni.",
)
ADDRESS_CHANGED = Kind(
    "accounts.address_changed",
    "Zmieniono adres e-mail konta",
    "Do konta, które miało ten adres, od teraz loguje się innym adresem. Jeśli to nie Ty, od razu powiedz "
    "kierownikowi.",
)
GUESSES = Kind(
    "accounts.guesses",
    "Ktoś próbuje wejść na Twoje konto",
    "Ktoś wpisał Twoje hasło i wiele razy zły kod. Bez kodu nie wejdzie. Jeśli to nie Ty, zmień hasło: "
    "„Nie pamiętam hasła” na stronie logowania.",
)
KINDS = (
    INVITATION,
    NEW_PASSWORD,
    PASSWORD_CHANGED,
    FACTOR_CHANGED,
    ADDRESS_TO_CONFIRM,
    ADDRESS_CHANGED,
    GUESSES,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """`link` is a path of this program; with a token in it, it opens what it leads to."""

    kind: Kind
    to: str
    link: str
    key: str


Deliver = Callable[[Mail], object]


def directly(mail: Mail) -> None:
    text = f"{mail.kind.lead}\n\n{settings.SITE_URL}{mail.link}\n"
    message = EmailMessage(f"Reintegra: {mail.kind.title}", text, settings.DEFAULT_FROM_EMAIL, [mail.to])
    transaction.on_commit(message.send)


_deliver: list[Deliver] = [directly]


def deliver_by(way: Deliver) -> None:
    """Install the way mails are delivered; called once, when the room of notices is ready."""
    _deliver[:] = [way]


def installed() -> Deliver:
    return _deliver[0]


def send(kind: Kind, *, to: str, link: str = "/") -> None:
    """Send a mail in the current scope."""
    _deliver[0](Mail(kind, to, link, str(uuid7())))
