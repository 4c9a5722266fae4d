"""A case by whoever leads it: what is overdue, a talk and its card, goals, barriers, the card on paper."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from ipzs.models import Evaluation, StepResult
from ipzs.services.catalogue import ensure_catalogue
from participants.models import CardEntry, PartnerRequest
from participants.services import participations
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.tenancy.models import Organisation
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.ipzs.programmes import made
from tests.notices.sms_sink import Gateway, sms_sink, use
from tests.participants.consents.made import consent

NAME = "Marek Dąbek"
TALK = "Chce zrobić prawo jazdy. Ustaliliśmy, że sprawdzi terminy kursu."
SECRET = "Wraca do snu po zmianie leków."
HELPER = "Gmina Modrzewno"
NEXT = 7
PHONE, OWN_PHONE = "+48600100200", "+48227654321"


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    """A gateway of text messages that takes them all."""
    with sms_sink() as found:
        use(settings, found.port)
        yield found


def is_reminded(cast: World, gateway: Gateway) -> str:
    """The job of the morning, and the words that went out."""
    with cast.scope("operator"):
        enqueue(kind="participants.remind_daily")
    drain()
    (sent,) = gateway.taken
    return sent["message"]


def case_of_jan(cast: World) -> None:
    """A programme with a step and an evaluation that are late, and a psychologist in the team."""
    today = clock.today()
    with cast.scope("cis", "ewa"):
        ensure_catalogue()
        file = made.in_classes(until=made.TRIAL + timedelta(days=364)).participation
        Organisation.objects.filter(pk=cast.cis.pk).update(phone=OWN_PHONE)
        file.person.phone = PHONE
        file.person.save()
        consent(cast, file, "contact", since=today, until=None, recipient="", parts=frozenset())
        participations.assign_case_manager(participation_id=file.pk, user_id=cast.people["jan"].pk)
        participations.add_team_member(
            participation_id=file.pk, user_id=cast.people["olga"].pk, task="psycholog", since=today
        )


def takes_up(desk: Desk, title: str, action: str) -> None:
    """A line of the desk by its button."""
    desk.goes("Pulpit")
    line = desk.main.get_by_role("listitem").filter(has_text=title)
    desk.follows_in(line.get_by_role("link", name=action, exact=True))


def opens_tab(desk: Desk, name: str) -> None:
    """Of a file; what happened may be called as a tab is."""
    tabs = desk.main.get_by_role("navigation")
    desk.follows_in(tabs.get_by_role("link", name=name, exact=True))


def writes_an_entry(desk: Desk, course: str) -> None:
    desk.writes_in(desk.page.get_by_label("Czas w minutach"), "45")
    desk.writes("Przebieg", course)


def prints_the_card(desk: Desk) -> str:
    """The paper that the button gives."""
    button = desk.page.get_by_role("button", name="Pobierz PDF", exact=True)
    desk.reaches(button)
    desk.notes()
    with desk.page.expect_download() as got:
        desk.page.keyboard.press("Enter")
    pages = PdfReader(io.BytesIO(got.value.path().read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@variants("phone-plain")
def test_a_case(
    begin: Begin, cast: World, variant: Variant, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_of_jan(cast)
    meeting = clock.today() + timedelta(days=NEXT)
    walk = begin("doradztwo")
    leader, specialist = walk.sits("jan"), walk.sits("olga")
    with walk.step("Raz w tygodniu: kto czeka"):
        leader.goes("Pulpit")
        leader.picture("doradztwo-pulpit")
        takes_up(leader, "Bez kontaktu", "Otwórz kartę")
    with walk.step("Rozmowa"):
        opens_tab(leader, "Doradztwo")
        leader.follows("Dodaj wpis")
        writes_an_entry(leader, TALK)
        leader.writes_in(
            leader.page.get_by_label("Następne spotkanie"),
            format_table_date(meeting),
        )
        leader.writes_in(leader.page.get_by_label("O której"), "10:30")
        leader.picture("doradztwo-wpis")
        leader.presses("Zapisz wpis")
        leader.sees(TALK)
        leader.sees("Dzień wcześniej pójdzie SMS.")
        leader.unfolds("Pokaż część ogólną")
        card = leader.address
    with walk.step("Specjalista"):
        specialist.goes("Uczestnicy")
        specialist.follows(NAME)
        opens_tab(specialist, "Doradztwo")
        specialist.follows("Dodaj wpis")
        writes_an_entry(specialist, SECRET)
        specialist.chooses("autor i opiekun")
        specialist.presses("Zapisz wpis")
        leader.opens(card)
        leader.sees(SECRET, "autor i opiekun")
    with walk.step("Cele"):
        opens_tab(leader, "Program")
        leader.follows("Zapisz wynik", of="Przyjdę na rozmowę z doradcą.")
        leader.chooses("zrobione")
        leader.writes_in(leader.page.get_by_label("Słowami uczestnika"), "Byłem i wiem, co dalej.")
        leader.presses("Zapisz wynik")
        leader.picture("doradztwo-cele")
    with walk.step("Wspólna ocena"):
        takes_up(leader, "Wspólna ocena", "Zapisz ocenę")
        leader.chooses("program idzie dobrze")
        leader.writes("Co razem ustaliliśmy", "Idziemy dalej tak samo.")
        leader.presses("Zapisz ocenę")
    with walk.step("Bariery i pomoc z zewnątrz"):
        leader.opens(card)
        leader.follows("dane osoby")
        leader.follows("Dodaj barierę")
        leader.picks("Co utrudnia", "odległość i dojazd")
        leader.writes_in(leader.page.get_by_label("Opis"), "Autobus dwa razy dziennie.")
        leader.presses("Dodaj")
        leader.follows("Poproś partnera", exact=False)
        leader.writes_in(leader.page.get_by_label("Nowy partner"), HELPER)
        leader.picture("doradztwo-prosba")
        leader.presses("Poproś")
        leader.sees(f"{HELPER}: dojazd", "czeka na odpowiedź", "bez nazwiska")
    with walk.step("Kto pomaga i co obiecał"):
        leader.opens(card)
        opens_tab(leader, "Pomoc")
        leader.follows("Wpisz wynik", exact=False)
        leader.chooses("obiecał pomoc")
        leader.writes_in(leader.page.get_by_label("Dzień"), format_table_date(meeting))
        leader.presses("Zapisz wynik")
        leader.sees("Obiecano na", "obiecał 1 z 1, pomógł 0")
        leader.picture("doradztwo-pomoc")
        leader.goes("Partnerzy")
        leader.sees(HELPER)
    with walk.step("Karta na papierze"):
        leader.opens(card)
        leader.follows("Wydrukuj kartę")
        said = prints_the_card(leader)
        assert "".join(TALK.split()) in said
    with walk.step("Dzień przed spotkaniem: SMS"):
        monkeypatch.setenv(clock.VARIABLE, (meeting - timedelta(days=1)).isoformat())
        assert "godz. 10:30. Pytania albo inny termin: tel. 227 654 321." in is_reminded(cast, gateway)
        leader.opens(card)
        leader.sees("SMS wysłano")
        leader.picture("doradztwo-sms")
    with walk.step("W dniu spotkania"):
        monkeypatch.setenv(clock.VARIABLE, meeting.isoformat())
        leader.goes("Pulpit")
        takes_up(leader, f"Obiecana pomoc: {NAME}", "Wpisz wynik")
        leader.presses("Zapisz wynik")
        leader.sees("Pomoc przyszła", "obiecał 1 z 1, pomógł 1")
        takes_up(leader, f"Spotkanie: {NAME}", "Dodaj wpis")
    walk.ends()
    with cast.scope("cis", "jan"):
        assert CardEntry.objects.count() == 2
        assert StepResult.objects.get().state == "done"
        assert Evaluation.objects.filter(result="on_course").count() == 1
        (asked,) = PartnerRequest.objects.select_related("barrier")
        assert (asked.barrier.kind, asked.state) == ("distance", "delivered")
        assert asked.delivered_on == asked.promised_for
