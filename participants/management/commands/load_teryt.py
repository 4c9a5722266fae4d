"""Load the register of gminas: the file TERC that GUS publishes (CSV, official data)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from participants import teryt
from participants.rules.terc import BadRegister
from reintegration.core.errors import InputError
from reintegration.tenancy.scope import platform_scope


class Command(BaseCommand):
    help = "Loads the register of gminas (TERC) from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines, platform_scope(source="command"):
                count = teryt.load(lines)
        except (OSError, UnicodeDecodeError, BadRegister, InputError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} gminas are loaded.")
