"""The mails about accounts. None holds a name or says anything of a person beyond where it was sent.

Who delivers is decided above: the room of notices installs its own way, which stores the mail with the
business. Without it a mail is sent once the transaction is committed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction


@dataclass(frozen=True, slots=True)
class Mail:
    """`kind` names it in the registry of notices; `user_id` is the account it speaks of, if there is one."""

    kind: str
    to: str
    subject: str
    text: str
    user_id: UUID | None = None


Deliver = Callable[[Mail], None]


def _directly(mail: Mail) -> None:
    message = EmailMessage(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to])
    transaction.on_commit(message.send)


_deliver: list[Deliver] = [_directly]


def deliver_by(way: Deliver) -> None:
    """Install the way mails are delivered; called once, when the room of notices is ready."""
    _deliver[:] = [way]


def send(mail: Mail) -> None:
    _deliver[0](mail)


_END = "\n\nReintegra\n"


def invitation(*, to: str, organisation: str, url: str) -> Mail:
    return Mail(
        "accounts.invitation",
        to,
        "Zaproszenie do Reintegry",
        f"{organisation} zaprasza Cię do pracy w Reintegrze.\n\n"
        f"Przyjmij zaproszenie w ciągu 7 dni:\n{url}\n\n"
        "Link działa raz. Jeśli to pomyłka, nic nie rób." + _END,
    )


def new_password(*, to: str, url: str, user_id: UUID) -> Mail:
    return Mail(
        "accounts.new_password",
        to,
        "Nowe hasło do Reintegry",
        f"Ustaw nowe hasło w ciągu godziny:\n{url}\n\n"
        "Jeśli to nie Ty, nic nie rób: hasło zostaje bez zmian." + _END,
        user_id,
    )


def password_changed(*, to: str, user_id: UUID) -> Mail:
    return Mail(
        "accounts.password_changed",
        to,
        "Zmieniono hasło do Reintegry",
        "Hasło do Twojego konta właśnie się zmieniło, a inne sesje zostały zakończone.\n\n"
        "Jeśli to nie Ty, ustaw nowe hasło („Nie pamiętam hasła”) i powiedz kierownikowi." + _END,
        user_id,
    )


def factor_changed(*, to: str, user_id: UUID) -> Mail:
    return Mail(
        "accounts.factor_changed",
        to,
        "Zmieniono drugi krok logowania do Reintegry",
        "Sposób potwierdzania logowania do Twojego konta właśnie się zmienił.\n\n"
        "Jeśli to nie Ty, zmień hasło i powiedz kierownikowi." + _END,
        user_id,
    )


def address_to_confirm(*, to: str, url: str, user_id: UUID) -> Mail:
    return Mail(
        "accounts.address_to_confirm",
        to,
        "Potwierdź adres e-mail w Reintegrze",
        f"Potwierdź w ciągu doby, że ten adres jest Twój:\n{url}\n\n"
        "Jeśli to pomyłka, nic nie rób: adres się nie zmieni." + _END,
        user_id,
    )


def address_changed(*, to: str, user_id: UUID) -> Mail:
    return Mail(
        "accounts.address_changed",
        to,
        "Zmieniono adres e-mail konta w Reintegrze",
        "Do konta, które miało ten adres, od teraz loguje się innym adresem.\n\n"
        "Jeśli to nie Ty, od razu powiedz kierownikowi." + _END,
        user_id,
    )


def guesses(*, to: str, user_id: UUID) -> Mail:
    return Mail(
        "accounts.guesses",
        to,
        "Ktoś próbuje wejść na Twoje konto w Reintegrze",
        "Ktoś wpisał Twoje hasło i wiele razy zły kod. Bez kodu nie wejdzie.\n\n"
        "Jeśli to nie Ty, zmień hasło: „Nie pamiętam hasła” na stronie logowania." + _END,
        user_id,
    )
