import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from reintegration.audit.heads import parse_heads
from reintegration.audit.verify import verify_all, verify_organisation


class Command(BaseCommand):
    help = "Checks events and changes against their chains; exit code 1 when anything was tampered with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", type=UUID, help="check one organisation only")
        parser.add_argument("--heads", type=Path, help="a file that audit_heads wrote earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        heads = self.heads(options["heads"]) if options["heads"] else {}
        if options["organisation"]:
            one = options["organisation"]
            reports = iter([verify_organisation(one, head=heads.get(one))])
        else:
            reports = verify_all(heads=heads)
        entries, links, found, seconds = 0, 0, 0, 0.0
        for report in reports:
            for sentence in report.findings:
                self.stderr.write(f"{report.organisation_id}: {sentence}")
            if report.more:
                self.stderr.write(f"{report.organisation_id}: and {report.more} more findings")
            entries, links = entries + report.entries, links + report.links
            found, seconds = found + len(report.findings) + report.more, seconds + report.seconds
        speed = entries / seconds if seconds else 0
        self.stdout.write(
            f"{entries} entries in {links} links checked, {speed:.0f} a second; {found} findings"
        )
        if found:
            sys.exit(1)

    def heads(self, path: Path) -> dict[UUID, tuple[int, str]]:
        try:
            return parse_heads(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError) as error:
            message = f"{path} is no file of heads: {error}"
            raise CommandError(message) from error
