"""Whoever has no account and lives far from the till is paid by a postal order."""

import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from benefits import transfer_papers as papers
from benefits.enums import LedgerAccount as A
from benefits.models import PayrollList, Posting
from benefits.queries import answers as queries
from benefits.queries import transfers as transfer_queries
from benefits.queries.close import close_of
from benefits.services import lines as services
from benefits.services import lists
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from tests.benefits.answers.made import lines, states
from tests.benefits.lists import made as made_lists
from tests.benefits.lists.made import FULL, OCTOBER
from tests.benefits.transfers import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import NAMES, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def row(world: World) -> PayrollList:
    """Nobody has an account: one comes to the till, to two the post goes."""
    return made.ready(world, transfers=0, cash=1, post=2)


def at(name: str, *keys: object) -> str:
    return reverse(f"benefits:{name}", args=keys or [OCTOBER])


def page_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def paid(world: World, row: PayrollList) -> PayrollList:
    with world.scope("cis", "ewa"):
        return lists.confirm_payment(list_id=row.pk, paid_on=TODAY)


def on_account(account: A) -> Decimal:
    rows = Posting.objects.filter(account=account, entry__event="payment").order_by("pk")
    return sum((one.amount for one in rows), Decimal(0))


def test_the_page_shows_whom_the_post_pays(client: Client, world: World, row: PayrollList):
    sign_in(client, world.people["celina"])
    page = page_of(client, at("transfers"))
    assert "2 przekazy, 4 281,36 zł" in page
    assert "Lipowa 3, 00-001 Modrzewno" in page
    assert "Zrób plik dla banku" not in page
    assert client.get(at("post_sheet")).content.startswith(b"PK")


def test_what_the_post_takes_is_on_paper(client: Client, world: World, row: PayrollList):
    sign_in(client, world.people["rafal"])
    pages = PdfReader(io.BytesIO(client.get(at("post_print")).content)).pages
    said = " ".join("".join(one.extract_text() for one in pages).split())
    for part in (NAMES[1], "Lipowa 3, 00-001 Modrzewno", "wolne od egzekucji, 10/2026, LW/1/2026-02"):
        assert part in said
    assert "premia" not in said


def test_a_premium_goes_with_the_same_order(world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made.premium(world, made.by_post(NAMES[0]))
    row = made_lists.approved(world)
    with world.scope("cis", "ewa"):
        sheet = transfer_queries.sheet_of(row)
        ((one, _, words),) = papers.posted(sheet)
        assert one.amount == sheet.by_post == sheet.total > Decimal(FULL)
        assert words.startswith("Świadczenie integracyjne, wolne od egzekucji i premia motywacyjna, 10/2026")


def test_an_order_waits_for_the_post_and_its_money_leaves_the_account(world: World, row: PayrollList):
    row = paid(world, row)
    with world.scope("cis", "celina"):
        assert [(one.method, one.part, one.state) for one in lines()] == [
            ("cash", "whole", "paid"),
            ("post", "whole", "sent"),
            ("post", "whole", "sent"),
        ]
        assert (on_account(A.BANK), on_account(A.CASH)) == (-2 * Decimal(FULL), -Decimal(FULL))
        with pytest.raises(InputError, match="żaden przelew nie czeka"):
            services.confirm_by_word(list_id=row.pk, day=TODAY)
        assert services.confirm_by_word(list_id=row.pk, day=TODAY, method="post") == 2
        assert queries.open_lines(row) == []
        assert {queries.in_words(one) for one in lines()} == {"wydana w kasie", "doręczona"}


def test_what_the_post_brings_back_goes_out_again(client: Client, world: World, row: PayrollList):
    paid(world, row)
    with world.scope("cis", "celina"):
        _, one, _ = lines()
    day = {"day": format_table_date(TODAY)}
    sign_in(client, world.people["celina"])
    assert "Potwierdź przekazy" in page_of(client, at("list"))
    assert "Gdy zwrot jest na wyciągu" not in page_of(client, at("line_returned", one.pk))
    back = {**day, "reason": "adresat nieobecny"}
    assert client.post(at("line_returned", one.pk), back).status_code == 302
    answer = client.post(at("line_again", one.pk), {"method": "post"})
    assert "Nadano na poczcie" in page_of(client, answer.url)
    assert "Wypłać jeszcze raz" in page_of(client, at("close"))
    with world.scope("cis", "celina"):
        (again,) = [found for found in lines() if found.attempt == 2]
        assert queries.place_of(again) == "Lipowa 3, 00-001 Modrzewno"
    assert client.post(at("line_sent", again.pk), day).status_code == 302
    assert "Na poczcie: 2 przekazy" in page_of(client, at("close"))
    assert "2 przekazy" in page_of(client, at("post_confirm"))
    assert client.post(at("post_confirm"), day).status_code == 302
    with world.scope("cis", "celina"):
        assert states() == ["paid", "returned", "paid", "paid"]


def test_whoever_has_no_address_gets_no_order(world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        file = made.by_post(NAMES[0], postcode="")
        statement = made_lists.statement_of(made_lists.draft(), file)
        assert statement.blocked
        assert close_of(OCTOBER).ready.blocks == 1


def test_cash_goes_again_by_post_only_to_an_address(world: World):
    paid(world, made.ready(world, transfers=0))
    with world.scope("cis", "celina"):
        (line,) = lines()
        services.return_by_word(line_id=line.pk, day=TODAY, reason="nie przyszedł")
        with pytest.raises(InputError, match="brakuje adresu"):
            services.pay_again(line_id=line.pk, method="post")
