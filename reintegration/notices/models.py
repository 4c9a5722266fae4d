"""Notices, the mail that carries them, what people want by mail, and the tasks of the desk."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from reintegration.core import clock
from reintegration.core.fields import EncryptedTextField
from reintegration.notices.enums import MailChannel, MailState, Urgency
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import OrganisationModel

# What a line on the desk holds.
TITLE, TEXT = 160, 400


class Notice(OrganisationModel):
    """Something a person of the organisation was told of, on the desk and perhaps by mail."""

    kind = models.CharField("rodzaj", max_length=60)
    key = models.CharField("klucz", max_length=200)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="do kogo"
    )
    title = models.CharField("tytuł", max_length=TITLE)
    text = models.CharField("treść", max_length=TEXT, blank=True)
    link = models.CharField("adres", max_length=300, blank=True)
    subject_id = models.UUIDField("czyje dane", null=True)
    created_at = models.DateTimeField("kiedy", default=clock.now)
    read_at = models.DateTimeField("przeczytane", null=True)

    class Meta(OrganisationModel.Meta):
        verbose_name = "powiadomienie"
        verbose_name_plural = "powiadomienia"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "recipient", "kind", "key"], name="notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "recipient", "-created_at"], name="notice_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class Mail(OrganisationModel):
    """One message to one address. It is `sending` before the server is spoken to, so that a crash is seen.

    Of a text message neither the number nor the words are kept: they are asked for when it is sent.
    """

    kind = models.CharField("rodzaj", max_length=60)
    key = models.CharField("klucz", max_length=200)
    channel = models.CharField("droga", max_length=4, choices=MailChannel, default=MailChannel.MAIL)
    notice = KinForeignKey(Notice, null=True, verbose_name="powiadomienie", related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="do kogo"
    )
    # Of somebody who has no account yet; forgotten as soon as the mail is sent, like a link with a token.
    address = EncryptedTextField("adres e-mail", null=True)
    link = EncryptedTextField("odnośnik", null=True)
    state = models.CharField("stan", max_length=10, choices=MailState, default=MailState.QUEUED)
    error = models.CharField("przyczyna", max_length=200, blank=True)
    created_at = models.DateTimeField("zlecona", default=clock.now)
    sent_at = models.DateTimeField("wysłana", null=True)

    class Meta(OrganisationModel.Meta):
        verbose_name = "wiadomość e-mail"
        verbose_name_plural = "wiadomości e-mail"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="mail_once"),
            models.CheckConstraint(
                name="mail_sent_has_time",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="mail_failed_has_reason",
                condition=~Q(state__in=[MailState.FAILED, MailState.UNCLEAR]) | ~Q(error=""),
            ),
            models.CheckConstraint(
                name="mail_to_somebody",
                condition=Q(recipient__isnull=False)
                | Q(address__isnull=False)
                | Q(state=MailState.SENT)
                | Q(channel=MailChannel.SMS),
            ),
            models.CheckConstraint(
                name="mail_text_names_nobody",
                condition=~Q(channel=MailChannel.SMS)
                | Q(recipient__isnull=True, address__isnull=True, notice__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class MailPreference(OrganisationModel):
    """That a person wants a kind of notice by mail, or does not; without a row the kind's own rule holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=60)
    by_mail = models.BooleanField("e-mailem")

    class Meta(OrganisationModel.Meta):
        verbose_name = "ustawienie powiadomień"
        verbose_name_plural = "ustawienia powiadomień"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person", "kind"], name="preference_once"),
        ]

    def __str__(self) -> str:
        return self.kind


class DeskTask(OrganisationModel):
    """Something that waits for a person or for whoever holds a role, until a service settles it."""

    kind = models.CharField("rodzaj", max_length=60)
    key = models.CharField("klucz", max_length=200)
    title = models.CharField("co", max_length=TITLE)
    text = models.CharField("dlaczego", max_length=TEXT, blank=True)
    link = models.CharField("adres", max_length=300)
    urgency = models.CharField("pilność", max_length=5, choices=Urgency)
    roles = ArrayField(models.CharField(max_length=20), verbose_name="role", default=list)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto"
    )
    due_on = models.DateField("termin", null=True)
    subject_id = models.UUIDField("czyje dane", null=True)
    raised_at = models.DateTimeField("od kiedy", default=clock.now)
    settled_at = models.DateTimeField("załatwione", null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto załatwił"
    )

    class Meta(OrganisationModel.Meta):
        verbose_name = "zadanie na pulpicie"
        verbose_name_plural = "zadania na pulpicie"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "key"],
                condition=Q(settled_at__isnull=True),
                name="task_open_once",
            ),
            models.CheckConstraint(
                name="task_for_somebody", condition=Q(person__isnull=False) | ~Q(roles=[])
            ),
            models.CheckConstraint(
                name="task_settled_by_only_when_settled",
                condition=Q(settled_by__isnull=True) | Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
