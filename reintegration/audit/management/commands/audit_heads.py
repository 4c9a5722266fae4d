import json
from typing import Any

from django.core.management.base import BaseCommand

from reintegration.audit.heads import read_heads


class Command(BaseCommand):
    help = "Writes the head of each chain as JSON. Keep it outside the database: `audit_verify --heads`."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(read_heads(), indent=1, sort_keys=True))
