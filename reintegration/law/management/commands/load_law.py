"""Load the reviewed files of the law into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reintegration.core.formats import counted
from reintegration.law.services import LawDiffers, load_law
from reintegration.law.sources import BadSource
from reintegration.tenancy.scope import platform_scope


class Command(BaseCommand):
    help = "Wczytuje parametry prawa z plików; niczego nie zmienia w wartościach, które już stoją."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with platform_scope(source="command:load_law"):
                new = load_law()
        except (BadSource, LawDiffers) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Prawo wczytane: {counted(new, 'nowa wartość', 'nowe wartości', 'nowych wartości')}."
        )
