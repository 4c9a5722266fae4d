"""Load the demo data, or list the accounts to try it with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import autodiscover_modules

from reintegration.core import demo


class Command(BaseCommand):
    help = "Loads invented organisations and people; run again, it changes nothing. Works in the demo only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="only list the accounts")
        parser.add_argument("--small", action="store_true", help="four units instead of fifteen, for tests")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION or not settings.DEMO:
            raise CommandError("The demo data are for the demo only.")
        autodiscover_modules("demo_data")
        if not options["list"]:
            for name, step in demo.steps(small=options["small"]):
                self.stderr.write(f"demo: {name}")
                step()
            return
        accounts = demo.accounts()
        for password in sorted({account.password for account in accounts}):
            self.stdout.write(f"Password of the accounts below: {password}")
        rows = [(account.email, account.role, account.place, account.name) for account in accounts]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
