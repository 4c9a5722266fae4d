"""Choices of notices, mail and desk tasks."""

from enum import StrEnum

from django.db.models import TextChoices


class MailState(TextChoices):
    QUEUED = "queued", "czeka na wysłanie"
    SENDING = "sending", "wysyłana"
    SENT = "sent", "wysłana"
    FAILED = "failed", "niewysłana"
    UNCLEAR = "unclear", "nie wiadomo, czy wysłana"


class MailChannel(TextChoices):
    MAIL = "mail", "e-mail"
    SMS = "sms", "SMS"


class Urgency(TextChoices):
    INFO = "info", "do wiadomości"
    WARN = "warn", "ważne"
    BAD = "bad", "pilne"


class ByMail(StrEnum):
    """Whether a kind of notice also goes by e-mail."""

    ALWAYS = "always"  # mandatory: nobody can switch it off
    ON = "on"
    OFF = "off"
    NEVER = "never"
