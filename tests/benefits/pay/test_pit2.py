"""PIT-2 filed and taken back within the year, and the tax of the lists after it. All names are invented."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from benefits.models import TaxStatement
from benefits.services import pay
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from tests.benefits.lists import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = Month.of(TODAY)
# The tax on a whole benefit without PIT-2; with it there is none.
FULL_TAX = Decimal("257.00")


@pytest.fixture
def file(world: World) -> Participation:
    """Somebody with PIT-2 from the beginning."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        (one,) = made.people(1)
    return one


def said(file: Participation, since: Month, *, pit2: bool, on: date | None, office: str = "") -> TaxStatement:
    return pay.set_tax(participation_id=file.pk, since=since, pit2=pit2, filed_on=on, office=office)


def test_taken_back_it_is_heeded_by_the_payments_from_its_month_on(world: World, file: Participation):
    with world.scope("cis", "ewa"):
        said(file, NOVEMBER.next, pit2=False, on=TODAY)
        assert made.statement_of(made.draft(), file).tax == 0
    with clock.frozen(date(2026, 12, 1)), world.scope("cis", "ewa"):
        # October's list that is counted in December is paid then.
        assert made.statement_of(made.draft(), file).tax == FULL_TAX
    with world.scope("cis", "ewa"):
        said(file, NOVEMBER, pit2=False, on=TODAY)
        assert made.statement_of(made.draft(), file).tax == FULL_TAX


@pytest.mark.parametrize(
    ("since", "given", "sentence"),
    [
        (Month(2026, 10), {"pit2": False, "on": TODAY}, "nie działa wstecz"),
        (Month(2027, 1), {"pit2": False, "on": TODAY}, "najpóźniej od miesiąca grudzień 2026"),
        (NOVEMBER, {"pit2": False, "on": None}, "wycofano PIT-2"),
        (NOVEMBER, {"pit2": True, "on": None}, "złożono PIT-2"),
        (NOVEMBER, {"pit2": False, "on": date(2026, 11, 21)}, "jeszcze nie nadszedł"),
    ],
)
def test_neither_earlier_nor_later_than_the_act_says(
    world: World, file: Participation, since: Month, given: dict[str, Any], sentence: str
):
    with world.scope("cis", "ewa"), pytest.raises(InputError, match=sentence):
        said(file, since, **given)


def test_the_first_statement_may_wait_for_the_first_payment(world: World, file: Participation):
    with world.scope("cis", "ewa"):
        TaxStatement.objects.all().delete()
        said(file, NOVEMBER, pit2=True, on=date(2026, 3, 9))
        assert made.statement_of(made.draft(), file).tax == 0


def test_the_tab_shows_what_holds_what_comes_and_what_was(world: World, file: Participation, client: Client):
    sign_in(client, world.people["celina"])
    form, tab = (reverse(f"benefits:{name}", args=[file.pk]) for name in ("tax_statement", "pay"))
    given = {"pit2": "no", "filed_on": "20.11.2026", "since": "12.2026", "office": "US Kielce"}
    key = client.get(form).content.decode().split('name="pit2" value="')[2].split('"')[0]
    assert client.post(form, given | {"pit2": key}).url == tab
    page = client.get(tab).content.decode()
    assert "PIT-2 złożony" in page
    assert "Wypłaty od 1 grudnia 2026: <b>bez PIT-2</b>" in page
    assert "PIT-2 wycofany" in page
    assert "US Kielce" in page
