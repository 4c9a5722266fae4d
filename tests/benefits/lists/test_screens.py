"""The screens of a list: what each person sees and may do, and what they cost."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.enums import ListState
from benefits.models import PayrollList, Statement
from benefits.queries.lists import overview
from ipzs.enums import MarkKind
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.benefits.pay.made import payable
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import NAMES, TODAY, closed, mark
from tests.participants.participations.made import in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
MONTH = [str(OCTOBER)]
SHOW = reverse("benefits:list", args=MONTH)


def at(step: str) -> str:
    return reverse(f"benefits:list_{step}", args=MONTH)


@pytest.fixture
def three(world: World) -> World:
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people()
    return world


def test_a_list_goes_its_way_on_the_screen(three: World, client: Client):
    people = three.people
    sign_in(client, people["rafal"])
    assert "Na ten miesiąc nie ma jeszcze listy" in client.get(SHOW).content.decode()
    client.post(at("count"))
    with three.scope("cis", "ewa"):
        closed(OCTOBER.first)
    page = client.get(SHOW).content.decode()
    assert "6 422,04" in page.replace("\xa0", " ")
    assert "pierwsza wypłata" in page
    assert client.post(at("lock"), {}).status_code == 302
    assert at("check") not in client.get(SHOW).content.decode()
    sign_in(client, people["celina"])
    assert client.post(at("check")).status_code == 302
    sign_in(client, people["ewa"])
    assert client.post(at("approve")).status_code == 302
    typed = {"paid_on": format_table_date(TODAY), "without_file": "on"}
    assert client.post(at("pay"), typed).status_code == 302
    with three.scope("cis", "ewa"):
        assert PayrollList.objects.get().state == ListState.PAID
    assert "Skrót listy" in client.get(SHOW).content.decode()


def test_the_same_person_twice_is_refused_on_the_screen(three: World, client: Client):
    made.locked(three, by="celina")
    sign_in(client, three.people["celina"])
    refused = client.post(at("check"))
    assert refused.status_code == 422
    assert "ktoś inny niż ten, kto ją przygotował" in refused.content.decode()


def test_the_accountant_checks_and_nobody_else(three: World, client: Client):
    with three.scope("cis", "ewa"):
        made.draft()
    hint = "Sprawdzi ją inny księgowy."
    for person, told in (("celina", True), ("rafal", False), ("ewa", False)):
        sign_in(client, three.people[person])
        assert (hint in client.get(at("lock")).content.decode()) is told
    made.locked(three)
    for person in ("ewa", "rafal"):
        sign_in(client, three.people[person])
        assert at("check") not in client.get(SHOW).content.decode()
        assert client.post(at("check")).status_code == 403
    sign_in(client, three.people["celina"])
    assert client.post(at("check")).status_code == 302


def test_who_is_blocked_is_named_with_the_way_out(three: World, client: Client):
    with three.scope("cis", "ewa"):
        file = in_classes("Adam Modrzew")
        closed(OCTOBER.first)
    sign_in(client, three.people["rafal"])
    client.post(at("count"))
    page = client.get(SHOW).content.decode()
    assert "Brakuje wniosku o świadczenie." in page
    assert reverse("benefits:pay", args=[file.pk]) in page
    refused = client.post(at("lock"), {})
    assert refused.status_code == 422
    assert "osobie czegoś brakuje" in refused.content.decode()
    assert client.post(at("lock"), {"without_blocked": "on"}).status_code == 302


def test_a_returned_list_shows_the_remark(three: World, client: Client):
    made.locked(three)
    sign_in(client, three.people["celina"])
    client.post(at("return"), {"remark": "Brakuje zwolnienia."})
    page = client.get(SHOW).content.decode()
    assert "Celina Grab: Brakuje zwolnienia." in page


def test_an_amount_that_is_whole_again_says_so(three: World):
    """Nothing of its own month explains why it differs from the month before."""
    with three.scope("cis", "ewa"):
        row = made.draft(SEPTEMBER)
        file = row.statements.order_by("position")[0].participation
        mark(file, SEPTEMBER.first, MarkKind.UNEXCUSED, reason="późno")
    made.approved(three, SEPTEMBER)
    with three.scope("cis", "ewa"):
        people = {one.statement.participation_id: one for one in overview(made.draft()).people}
        assert people[file.pk].changed
        assert people[file.pk].why.startswith("pełne świadczenie")


def test_a_statement_says_every_row_in_three_languages(three: World, client: Client):
    with three.scope("cis", "ewa"):
        row = made.draft()
        statement = Statement.objects.filter(payroll_list=row).order_by("position")[0]
        mark(statement.participation, OCTOBER.first, MarkKind.UNEXCUSED, reason="późno")
        made.draft()
        statement = made.statement_of(row, statement.participation)
    sign_in(client, three.people["anna"])
    url = reverse("benefits:statement", args=[statement.pk])
    polish = client.get(url).content.decode().replace("\xa0", " ")
    assert "Skąd ta kwota?" in polish
    assert "2 033,65 zł" in polish
    assert "art. 15 ust. 7" in polish
    for language, title in (("uk", "Звідки"), ("en", "Where does this amount come from?")):
        assert title in client.get(f"{url}?jezyk={language}").content.decode()


def test_the_lists_are_shown_year_by_year(three: World, client: Client):
    with three.scope("cis", "ewa"):
        made.draft()
        PayrollList.objects.create(month=date(2024, 12, 1), number="LW/12/2024", counted_at=clock.now())
    sign_in(client, three.people["ewa"])
    url = reverse("benefits:lists")
    for asked in ("", "?rok=1999", "?rok=x"):
        newest = client.get(f"{url}{asked}").content.decode()
        assert "LW/12/2024" not in newest
        assert SHOW in newest
        assert f'<a href="{url}?rok=2024">2024</a>' in newest
    older = client.get(f"{url}?rok=2024").content.decode()
    assert "LW/12/2024" in older
    assert SHOW not in older


def test_a_club_has_no_lists(world: World, client: Client):
    sign_in(client, world.people["bozena"])
    for url in (reverse("benefits:lists"), SHOW):
        assert client.get(url).status_code == 404
    assert reverse("benefits:lists") not in client.get("/").content.decode()


def test_the_page_of_a_list_costs_the_same_for_everybody(world: World, client: Client):
    counts = []
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
        made.draft()
    sign_in(client, world.people["ewa"])
    for _ in range(2):
        client.get(SHOW)
        with CaptureQueriesContext(connection) as found:
            page = client.get(SHOW)
        counts.append(len(found))
        with world.scope("cis", "ewa"):
            for name in NAMES[2:]:
                payable(in_classes(name))
            made.draft()
    assert page.status_code == 200
    assert counts[0] == counts[1] <= 20
