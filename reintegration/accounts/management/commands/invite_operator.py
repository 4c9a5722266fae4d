"""Invite the operator of a new installation: the one invitation that no signed-in person can send."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from reintegration.accounts import services
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import OPERATOR_ID, platform_scope


class Command(BaseCommand):
    help = "Prints the link with which a person becomes an operator. It works once and for seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
            with platform_scope(source="command:invite_operator"):
                _, token = services.invite(
                    email=email,
                    organisation=Organisation.objects.get(pk=OPERATOR_ID),
                    roles=[Role.OPERATOR],
                    since=clock.today(),
                    until=None,
                    by=None,
                )
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address.") from None
        except InputError as error:
            raise CommandError(error.message) from None
        path = reverse("accounts:invitation_link", kwargs={"token": token})
        self.stdout.write(f"{settings.SITE_URL}{path}")
