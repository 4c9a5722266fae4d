"""Meals on paper: who eats on a day, and a month by days and by people."""

from io import BytesIO

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ipzs.models import DayMark
from ipzs.queries.meals import meals_in
from ipzs.services import attendance
from reintegration.core.dates import Month
from reintegration.core.formats import format_table_date
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import MONDAY, NAMES, TODAY, in_workshop, mark, workshop


def read(client: Client, name: str, asked: str) -> str:
    answer = client.get(f"{reverse(name)}?{asked}")
    assert answer.status_code == 200
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_who_eats_is_on_paper(world: World, client: Client) -> None:
    first, second, third = NAMES[:3]
    with world.scope("cis", "tomasz"):
        place = workshop()
        files = in_workshop(place, first, second, third)
        for file in files[:2]:
            mark(file, workshop_id=place.pk)
        mark(files[2], kind="unexcused")
        mark(files[0], MONDAY, reason="z papieru")
        attendance.set_meals(day=TODAY, extra=1, reason="gość z OPS")
        attendance.set_meals(day=MONDAY, extra=-1, reason="zwrot")
    sign_in(client, world.people["tomasz"])
    day = read(client, "ipzs:meal_day_print", f"dzien={TODAY}")
    for said in ("Posiłków: 3.", "gość z OPS", first, second, "Stolarska"):
        assert said in day
    assert third not in day
    month = read(client, "ipzs:meal_month_print", f"miesiac={TODAY:%Y-%m}")
    for said in ("Posiłków razem: 3.", "gość z OPS", "zwrot", format_table_date(MONDAY), first, second):
        assert said in month
    assert third not in month
    # Who attended another unit is on no list of this one.
    sign_in(client, world.people["hubert"])
    assert "Posiłków razem: 0." in read(client, "ipzs:meal_month_print", f"miesiac={TODAY:%Y-%m}")


def test_a_month_of_meals_adds_up(world: World) -> None:
    with world.scope("cis", "tomasz"):
        files = in_workshop(workshop(), *NAMES[:3])
        for day in (MONDAY, TODAY):
            for file in files:
                mark(file, day, reason="z papieru")
        # Present, and had no meal.
        DayMark.objects.filter(participation=files[0], day=TODAY).update(meal=False)
        attendance.set_meals(day=MONDAY, extra=-2, reason="zwrot")
        shown = meals_in(Month.of(TODAY))
    assert [(one.present, one.extra, one.total) for _, one in shown.days] == [(3, -2, 1), (2, 0, 2)]
    assert (shown.present, shown.total) == (5, 3)
    assert [eaten for _, eaten in shown.people] == [1, 2, 2]


def test_an_empty_day_says_who_has_a_meal(world: World, client: Client) -> None:
    sign_in(client, world.people["ewa"])
    said = read(client, "ipzs:meal_day_print", f"dzien={TODAY}")
    assert "Posiłek mają osoby wpisane jako obecne." in said
