"""Reads the address of the mail server from one variable."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

SMTP = "reintegration.notices.postman.SmtpBackend"
FOLDER = "reintegration.notices.postman.FolderBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@dataclass(frozen=True, slots=True)
class MailServer:
    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    folder: str = ""


def mail_server(url: str) -> MailServer:
    """smtp://user:password@host:587 (STARTTLS unless ?starttls=no), smtps://…, folder:/path, console:"""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return MailServer(CONSOLE)
    if parts.scheme == "folder":
        return MailServer(FOLDER, folder=unquote(parts.path))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        message = "EMAIL_URL must begin with smtp://, smtps://, folder: or console: and name its server."
        raise RuntimeError(message)
    tls = parts.scheme == "smtps"
    return MailServer(
        SMTP,
        host=parts.hostname,
        port=parts.port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=not tls and dict(parse_qsl(parts.query)).get("starttls") != "no",
        tls=tls,
    )
