"""The bank's answer on the screen: a file is taken in, a booking decided, a payment sent again."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benefits.models import BankBooking, BankStatement, PaidLine, PayrollList
from benefits.services import answers
from benefits.services import lines as services
from reintegration.audit.models import Event
from reintegration.core import slots
from reintegration.core.formats import format_table_date
from tests.benefits.answers import made
from tests.benefits.answers.made import back, lines, mt940, sent, states, take_in
from tests.benefits.lists.made import OCTOBER
from tests.benefits.transfers import made as made_transfers
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
DAY = {"day": format_table_date(TODAY)}


@pytest.fixture
def row(world: World) -> PayrollList:
    return made.paid(world)


def at(name: str, *keys: Any) -> str:
    return reverse(f"benefits:{name}", args=keys)


def of_list(name: str) -> str:
    return at(name, str(OCTOBER))


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def brought(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("wyciag.sta", content, "text/plain")
    return client.post(at("answers_take_in"), {"file": file})


def test_the_office_brings_a_file_and_sees_what_came_of_it(client: Client, world: World, row: PayrollList):
    sign_in(client, world.people["rafal"])
    assert "Nie ma jeszcze żadnego wyciągu" in text(client, at("answers"))
    with world.scope("cis", "rafal"):
        content = mt940(*sent(row))
    answer = brought(client, content)
    assert answer.status_code == 302
    page = text(client, answer.url)
    assert "przelewy, które doszły do skutku: 2" in page
    assert "Wszystko rozstrzygnięte." in page
    assert "wypłata LW/1/2026-01, Leszek Bażant" in page
    again = brought(client, content)
    assert again.status_code == 422
    assert "Ten plik jest już wczytany" in again.content.decode()
    with world.scope("cis", "rafal"):
        assert BankStatement.objects.count() == 1
        # Whoever is seen on a statement is written down.
        seen = Event.objects.filter(action="benefits.answer.show").order_by("-pk")[0]
        assert {str(one) for one in seen.persons} == {str(one.person_id) for one in lines()[:2]}


def test_a_broken_line_stands_beside_the_file(client: Client, world: World, row: PayrollList):
    sign_in(client, world.people["rafal"])
    with world.scope("cis", "rafal"):
        content = mt940(*sent(row)).replace(b":62F:C", b":62F:Q")
    answer = brought(client, content)
    assert answer.status_code == 422
    assert "Wiersz 9: " in answer.content.decode()
    with world.scope("cis", "rafal"):
        assert not BankStatement.objects.exists()


def test_a_booking_is_confirmed_put_aside_and_opened_again(client: Client, world: World, row: PayrollList):
    with world.scope("cis", "rafal"):
        first, second = sent(row)
        take_in(replace(first, title="SWIADCZENIE"), replace(second, amount=second.amount - 1))
        one, other = BankBooking.objects.order_by("position")
        line = lines()[0]
    sign_in(client, world.people["rafal"])
    page = text(client, at("answer", one.statement_id))
    assert "jest propozycja" in page
    assert "Do rozstrzygnięcia: 2 operacje." in page
    page = text(client, at("booking", one.pk))
    assert "To ta płatność" in page
    confirm = at("booking_confirm", one.pk, line.pk)
    assert "Leszek Bażant (LW/1/2026-01)" in text(client, confirm)
    assert client.post(confirm).status_code == 302
    assert "ta propozycja już nie pasuje" in text(client, confirm)
    assert client.post(confirm).status_code == 422
    page = text(client, at("booking", other.pk))
    assert "kwota inna niż w płatności" in page
    assert client.post(at("booking_aside", other.pk), {"remark": ""}).status_code == 422
    assert client.post(at("booking_aside", other.pk), {"remark": "pomyłka banku"}).status_code == 302
    assert "pomyłka banku" in text(client, at("answer", one.statement_id))
    for key in (one.pk, other.pk):
        assert client.post(at("booking_reopen", key)).status_code == 302
    with world.scope("cis", "rafal"):
        assert set(BankBooking.objects.order_by("pk").values_list("state", flat=True)) == {"open"}
        assert states() == ["sent", "sent", "paid"]


def test_a_whole_file_is_confirmed_at_once(client: Client, world: World, row: PayrollList):
    with world.scope("cis", "rafal"):
        first, second = sent(row)
        take_in(made.Entry(amount=first.amount + second.amount, title="PACZKA PRZELEWOW", bank="BR1"))
        booking = BankBooking.objects.get()
        line = lines()[0]
    sign_in(client, world.people["rafal"])
    assert "cały plik" in text(client, at("booking", booking.pk))
    assert client.post(at("booking_confirm_file", booking.pk, line.pk)).status_code == 302
    with world.scope("cis", "rafal"):
        assert states() == ["paid", "paid", "paid"]
    assert "plik listy LW/1/2026: 2 płatności" in text(client, at("answer", booking.statement_id))


def test_other_business_is_put_aside_together(client: Client, world: World, row: PayrollList):
    with world.scope("cis", "rafal"):
        first, _ = sent(row)
        other = made.Entry(amount=-first.amount - 7, title="CZYNSZ", bank="B1")
        take_in(first, other, replace(other, bank="B2"))
        keys = [str(one.pk) for one in BankBooking.objects.order_by("position")]
        statement = BankStatement.objects.get()
    sign_in(client, world.people["rafal"])
    assert "Odłóż zaznaczone" in text(client, at("answer", statement.pk))
    assert client.post(at("answer_aside", statement.pk), {"ids": keys}).status_code == 302
    page = text(client, at("answer", statement.pk))
    assert "Odłożono: 2 operacje." in page
    # What is matched already is named, and stays.
    assert "Stan operacji to „dopasowana”" in page
    assert "Odłóż zaznaczone" not in page


@pytest.mark.parametrize(
    ("query", "left"), [("?stan=open", 1), ("?stan=matched", 2), ("?strona=in", 1), ("?strona=out", 2)]
)
def test_bookings_are_filtered_and_taken_away(
    client: Client, world: World, row: PayrollList, query: str, left: int
):
    with world.scope("cis", "rafal"):
        first, second = sent(row)
        take_in(first, second, made.Entry(amount=-first.amount, title="REFUNDACJA", bank="B1"))
        statement = BankStatement.objects.get()
    sign_in(client, world.people["rafal"])
    answer = client.get(at("answer", statement.pk) + query)
    assert len(answer.context["rows"]) == left
    assert client.get(f"{at('answer', statement.pk)}{query}&plik=xlsx").content.startswith(b"PK")


def test_what_came_back_is_paid_again_from_the_desk_to_the_file(
    client: Client, world: World, row: PayrollList
):
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first))
        line = lines()[0]
    sign_in(client, world.people["celina"])
    assert "Wróciła wypłata: Leszek Bażant" in text(client, "/pulpit/")
    page = text(client, of_list("list"))
    assert "wróciła: 1" in page
    assert at("line", line.pk) in page
    assert "Rozlicz listę" not in page
    page = text(client, at("line", line.pk))
    assert "Wypłać jeszcze raz" in page
    answer = client.post(at("line_again", line.pk), {"method": "transfer"})
    assert answer.status_code == 302
    assert client.post(at("line_again", line.pk), {"method": "transfer"}).status_code == 422
    assert "Zrób plik ponownych przelewów" in text(client, answer.url)
    assert "Zrób plik ponownych przelewów" in text(client, of_list("payments"))
    assert client.post(of_list("again_make"), DAY).url == of_list("payments")
    assert client.get(of_list("again_make")).url == of_list("payments")
    file = client.get(at("again_file", str(OCTOBER), 1))
    assert "LW/1/2026-01-R1" in file.content.decode("cp1250")
    assert client.get(at("again_file", str(OCTOBER), 2)).status_code == 404
    assert "wróciła, poszła jeszcze raz" in text(client, of_list("payments"))
    with world.scope("cis", "celina"):
        (booked,) = made.of_elixir(file.content)
        take_in(booked, number="2")
    assert "Rozlicz listę" in text(client, of_list("list"))
    assert client.post(of_list("list_settle")).status_code == 302
    assert "rozliczona" in text(client, of_list("list"))


def test_one_payment_goes_every_way(client: Client, world: World, row: PayrollList):
    with world.scope("cis", "celina"):
        one, two, cash = lines()
    sign_in(client, world.people["celina"])
    why = {**DAY, "reason": "rachunek zamknięty"}
    for line in (one, two, cash):
        assert "Nie doszła do osoby" in text(client, at("line", line.pk))
        assert client.post(at("line_returned", line.pk), why).status_code == 302
    assert "Cofnij zwrot" in text(client, at("line", one.pk))
    assert client.post(at("line_undo", one.pk)).status_code == 302
    assert client.post(at("line_give_up", two.pk), {"reason": "brak kontaktu"}).status_code == 302
    assert "brak kontaktu" in text(client, at("line", two.pk))
    answer = client.post(at("line_again", cash.pk), {"method": "cash"})
    assert "Wydano w kasie" in text(client, answer.url)
    with world.scope("cis", "celina"):
        again = lines()[-1]
    assert client.post(at("line_sent", again.pk), DAY).status_code == 302
    with world.scope("cis", "celina"):
        assert states() == ["sent", "dropped", "returned", "paid"]
    assert client.post(of_list("payments_confirm"), DAY).status_code == 302
    assert client.post(of_list("payments_confirm"), DAY).status_code == 422
    assert client.get(of_list("payments_sheet")).content.startswith(b"PK")
    assert client.post(of_list("list_settle")).status_code == 302


def test_what_is_not_settled_is_not_settled(client: Client, world: World, row: PayrollList):
    sign_in(client, world.people["ewa"])
    assert "Czeka jeszcze 2 płatności" in text(client, of_list("list_settle"))
    assert client.post(of_list("list_settle")).status_code == 422
    assert "Wczytaj wyciąg" in text(client, of_list("list"))


def test_the_office_sees_payments_and_decides_nothing(client: Client, world: World, row: PayrollList):
    with world.scope("cis", "rafal"):
        line = lines()[0]
    sign_in(client, world.people["rafal"])
    page = text(client, at("line", line.pk))
    assert "Nie doszła" not in page
    for name in ("line_again", "line_give_up", "line_sent", "line_returned", "line_undo"):
        assert client.post(at(name, line.pk), {**DAY, "reason": "x"}).status_code == 403
    assert client.post(of_list("list_settle")).status_code == 403
    sign_in(client, world.people["anna"])
    assert client.get(at("answers")).status_code == 403
    assert client.get(at("line", line.pk)).status_code == 403


def test_a_club_has_no_such_pages(client: Client, world: World):
    sign_in(client, world.people["bozena"])
    assert client.get(at("answers")).status_code == 404
    assert client.get(at("answers_take_in")).status_code == 404


def test_a_list_paid_before_payments_were_kept_is_shown_and_settled(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
):
    row = made_transfers.ready(world)
    with world.scope("cis", "ewa"):
        monkeypatch.setattr("benefits.services.lists.write_lines", lambda row: None)
        from benefits.services import lists  # noqa: PLC0415

        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        monkeypatch.undo()
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    sign_in(client, world.people["ewa"])
    assert "LW/1/2026-01" in text(client, of_list("payments"))
    with world.scope("cis", "ewa"):
        assert not PaidLine.objects.exists()
    assert client.post(of_list("payments_confirm"), DAY).status_code == 302
    with world.scope("cis", "ewa"):
        assert states() == ["paid", "paid", "paid"]
        services.hold_lists([row.pk])
        answers.match_list(PayrollList.objects.get(pk=row.pk))
