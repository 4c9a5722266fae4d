import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from benefits.models import FundAgreement, PayrollList
from benefits.queries import fund, integrity, ledger
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import scope


class Command(BaseCommand):
    help = (
        "Checks every payroll list against its digests and the journal, and the journal against the"
        " applications to the Labour Fund; exit code 1 when anything differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", type=UUID, help="check one unit only")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = [options["unit"]] if options["unit"] else self.units()
        lists = found = 0
        for unit_id in wanted:
            with scope(organisation_id=unit_id, source="command:payroll_verify"):
                for row in PayrollList.objects.order_by("month", "pk"):
                    lists += 1
                    for fault in (*integrity.faults(row), *ledger.faults(row)):
                        found += 1
                        self.stderr.write(f"{unit_id}, {row.number}: {fault}")
                for account in fund.accounts(FundAgreement.objects.order_by("asked_on", "pk")):
                    for fault in fund.faults(account):
                        found += 1
                        self.stderr.write(f"{unit_id}, {account.agreement}: {fault}")
        self.stdout.write(f"{lists} lists checked; {found} findings")
        if found:
            sys.exit(1)

    @staticmethod
    def units() -> list[UUID]:
        return list(Unit.objects.filter(unit_type=UnitType.CIS).order_by("pk").values_list("pk", flat=True))
