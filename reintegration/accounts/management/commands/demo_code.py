"""Print the present code of a demo account: what a phone would show."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reintegration.accounts.demo import NotADemo, present_code


class Command(BaseCommand):
    help = "Prints the present code of a demo account. Works in the demo only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            code, lasts = present_code(email)
        except NotADemo as error:
            raise CommandError(str(error)) from None
        if not code:
            raise CommandError("The present codes have been used. Ask again in half a minute.")
        self.stdout.write(f"{code}  ({lasts} s)")
