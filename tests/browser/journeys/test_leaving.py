"""Somebody leaves: why, with what, the certificate on paper, and the talk half a year later."""

from datetime import date

import pytest
from playwright.sync_api import expect

from participants.models import Consent, FollowUp
from participants.services.participations import qualify
from reintegration.core import clock, slots
from reintegration.core.dates import Month, add_months
from reintegration.core.formats import format_table_date
from reintegration.core.identifiers import false_pesel
from reporting.models import Certificate, Outcome
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.ipzs.months.made import marked
from tests.ipzs.timetable.made import place, service, weekly, workshop
from tests.participants.participations.made import ready
from tests.participants.portal.made import sent
from tests.participants.referrals.test_course import accepted, begun

NAME = "Wiesława Kalina"
SINCE = date(2026, 3, 9)
CHANGE = "stawia sobie cele i wie, jak do nich dojść"
OWN_CHANGE = "ma lepsze zdanie o sobie"
OWN_SKILL = "bezpieczna praca przy pile"


def somebody(cast: World) -> None:
    """Sent by a welfare centre, eight months in a joinery; today is the last day."""
    with clock.frozen(SINCE):
        first, _, last = NAME.partition(" ")
        referral = sent(cast, first_name=first, last_name=last, pesel=false_pesel(date(1885, 3, 4), 11, "K"))
        with cast.scope("cis", "ewa"):
            file = accepted(cast, referral)
            begun(file, SINCE)
            qualify(participation_id=file.pk)
    with cast.scope("cis", "ewa"):
        ready(file)
        where, taught = workshop("Stolarska", trade="carpentry"), service("Stolarstwo")
        place(where, file)
        weekly(*range(5), workshop=where, service=taught)
        this = Month.of(clock.today())
        month = Month.of(SINCE)
        while month < this:
            marked([file], month)
            month = month.next


def ends(manager: Desk) -> None:
    manager.goes("Uczestnicy")
    manager.follows(NAME)
    manager.follows("Zakończ")
    manager.writes("Ostatni dzień", format_table_date(clock.today()))
    manager.picks("Powód", "podjęcie pracy")
    manager.picks_in(manager.page.get_by_label("Dokąd"), "otwarty rynek pracy")
    manager.picture("odejscie-koniec")
    manager.presses("Zakończ sprawę")


def reads_the_end(ops: Desk) -> None:
    """The last day, and not why."""
    ops.goes("Skierowania")
    ops.sees("zakończone")
    ops.follows(NAME)
    ops.sees("Pierwszy dzień zajęć", "Koniec udziału", "Ostatni dzień: 4 listopada 2026")
    expect(ops.main).not_to_contain_text("podjęcie pracy")
    ops.faultless()
    ops.picture("odejscie-osrodek")


@variants("desktop-plain")
def test_somebody_leaves(
    begin: Begin, cast: World, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    somebody(cast)
    walk = begin("odejscie")
    leader, manager, later = walk.sits("jan"), walk.sits("ewa"), walk.sits("anna")
    ops = walk.sits("zofia")
    with walk.step("Zakończenie"):
        ends(leader)
        file = leader.address
        manager.opens(file)
    with walk.step("Ośrodek: ostatni dzień"):
        reads_the_end(ops)
    with walk.step("Efekty"):
        leader.follows("Zaświadczenie")
        leader.follows("Zapisz efekty")
        leader.chooses("jest, zaznaczona niżej")
        for whose, change in (("uczestnika", OWN_CHANGE), ("uczestnika", CHANGE), ("jednostki", CHANGE)):
            group = leader.page.get_by_role("group", name=f"Co się zmieniło zdaniem {whose}")
            leader.chooses_in(group.get_by_label(change, exact=True))
        leader.picture("odejscie-efekty")
        leader.presses("Zapisz efekty")
    with walk.step("Umiejętności"):
        leader.follows("Potwierdź umiejętności")
        leader.writes_in(leader.page.get_by_label("Inna umiejętność"), OWN_SKILL)
        leader.presses("Potwierdź")
        leader.sees(OWN_SKILL)
    with walk.step("Zgoda na kontakt"):
        leader.opens(file)
        leader.follows("Zgody")
        leader.follows("Kontakt SMS lub e-mail")
        leader.presses("Zapisz zgodę")
    with walk.step("Kierownik: zaświadczenie"):
        manager.goes("Absolwenci")
        manager.follows(NAME)
        manager.reads_paper("Podgląd PDF", NAME, OWN_SKILL)
        manager.picture("odejscie-zaswiadczenie")
        manager.follows("Wydaj zaświadczenie")
        manager.presses("Wydaj zaświadczenie")
        manager.reads_paper("Pobierz PDF", NAME, OWN_SKILL)
    with walk.step("Pół roku później"):
        monkeypatch.setenv(clock.VARIABLE, add_months(clock.today(), 6).isoformat())
        later.goes("Pulpit")
        later.picture("odejscie-pulpit")
        later.follows("Zapisz rozmowę")
        later.picks("Co ta osoba teraz robi", "otwarty rynek pracy")
        later.presses("Zapisz rozmowę")
    walk.ends()
    with cast.scope("cis", "ewa"):
        noted = Outcome.objects.get()
        assert (noted.reached, noted.own_reached, noted.own_missing) == (1, 2, "")
        assert Consent.objects.filter(kind="contact").exists()
        assert Certificate.objects.get().graduate
        assert FollowUp.objects.get().situation == "open_market"
