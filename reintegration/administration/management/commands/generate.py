"""Write a synthetic country, to measure with and to look at long lists."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reintegration.administration.generation import course
from reintegration.administration.generation.country import Country
from reintegration.core import clock


class Command(BaseCommand):
    help = (
        "Writes a synthetic country into an empty database; stopped in the middle, it goes on when it is run"
        " again. Works in the demo only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--units", type=int, default=500, help="half of them CIS, half KIS")
        parser.add_argument("--years", type=int, default=1, help="the last of them is this one")
        parser.add_argument("--people", type=int, default=50, help="who come to an average unit in a year")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=date.fromisoformat, help="the last day; today without it")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("units", "years", "people"):
            if options[name] < 1:
                raise CommandError(f"--{name} is a number from 1 on.")
        country = Country(
            seed=options["seed"],
            units=options["units"],
            years=options["years"],
            people=options["people"],
            until=options["until"] or clock.today(),
        )
        try:
            country = course.prepare(country)
        except course.Refused as refused:
            raise CommandError(str(refused)) from None
        course.write(country, self.stderr.write)
