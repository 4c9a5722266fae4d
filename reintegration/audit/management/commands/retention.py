import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from reintegration.audit import erasure
from reintegration.audit.models import Erasure
from reintegration.core import clock
from reintegration.tenancy.scope import scope


class Command(BaseCommand):
    help = (
        "Erases what is past its term. Says what it would do; with --write it does it, and then blanks the"
        " history of whoever was erased. Can be stopped at any moment and started again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="erase, instead of only saying what")
        parser.add_argument("--organisation", type=UUID, help="one organisation only")
        parser.add_argument("--journal", action="store_true", help="print who was erased, as JSON")
        parser.add_argument(
            "--replay", type=Path, help="a journal: erase again after a restore from an older backup"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = [options["organisation"]] if options["organisation"] else erasure.organisations()
        if options["journal"]:
            self.stdout.write(json.dumps(self.journal(organisations), indent=1))
            return
        if options["write"] and "keeper" not in connections:
            raise CommandError("KEEPER_DATABASE_URL is not set: only the keeper may blank history.")
        if options["replay"]:
            self.replay(options["replay"], write=options["write"])
        if options["write"]:
            for line in erasure.run(today=clock.today(), using="keeper", only=options["organisation"]):
                self.stdout.write(line)
            return
        for organisation_id in organisations:
            for due in erasure.find_due(organisation_id=organisation_id, today=clock.today()):
                self.stdout.write(str(due))
        self.stdout.write("Nothing was changed. Add --write to do it.")

    def journal(self, organisations: list[UUID]) -> list[dict[str, str]]:
        lines = []
        for organisation_id in organisations:
            with scope(organisation_id=organisation_id, source=erasure.SOURCE):
                for one in Erasure.objects.order_by("erased_at", "pk"):
                    who = {"organisation": str(organisation_id), "subject": str(one.subject_id)}
                    lines.append(who | {"basis": one.basis, "at": one.erased_at.isoformat()})
        return lines

    def replay(self, path: Path, *, write: bool) -> None:
        again = 0
        for line in json.loads(path.read_text(encoding="utf-8")):
            with scope(organisation_id=UUID(line["organisation"]), source=erasure.SOURCE):
                subject, at = UUID(line["subject"]), datetime.fromisoformat(line["at"])
                if Erasure.objects.filter(subject_id=subject, erased_at=at).exists():
                    continue
                again += 1
                if write:
                    erasure.erase_subject(subject_id=subject, basis=line["basis"], at=at)
        self.stdout.write(f"{again} people were erased after the backup was made")
