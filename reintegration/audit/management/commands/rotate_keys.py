"""`manage.py rotate_keys`: after a new key was put in front of the ring, encrypt old values under it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from reintegration.audit.rotation import rotate_keys
from reintegration.core.rotation import BATCH


class Command(BaseCommand):
    help = (
        "Encrypts every value under the first key of its ring. Start web and workers with the new ring"
        " first. Can be stopped at any moment and started again; people may work meanwhile. An old key may"
        " leave the ring when nothing remains."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="rows in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        if "keeper" not in connections:
            raise CommandError("KEEPER_DATABASE_URL is not set: only the keeper may change ciphertexts.")
        outcome = rotate_keys(using="keeper", size=options["batch"], report=self._report)
        for line in sorted(outcome.unreadable):
            self.stderr.write(line)
        if outcome.unreadable:
            raise CommandError(f"{len(outcome.unreadable)} values do not open. Keep every old key.")
        if outcome.remaining:
            raise CommandError(f"{outcome.remaining} rows are in use. Run the command again.")
        self.stdout.write(f"Done: {outcome.rotated} rows. Nothing is left under an older key.")

    def _report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
