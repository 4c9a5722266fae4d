"""Health insurance on the screen: the tab, the lists, the letters, the desks, and who sees what."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from benefits.models import HealthRegistration, HealthTitle
from benefits.services import health as services
from participants.models import Participation
from participants.services.referrals import enter_application
from reintegration.audit.models import Event
from reintegration.core import clock
from tests.benefits.health import made
from tests.benefits.health.made import ARISES, TODAY
from tests.cast import World, sign_in
from tests.participants.participations.made import candidate
from tests.participants.portal.made import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
LIST, OPS, ASKED = (reverse(f"benefits:{name}") for name in ("health", "health_ops", "health_asked"))


@pytest.fixture
def file(world: World) -> Participation:
    return made.referred_and_begun(world)


def at(name: str, key: object) -> str:
    return reverse(f"benefits:health_{name}", args=[key])


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def words(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_tab_tells_the_gap_before_it_comes_and_offers_three_bridges(
    client: Client, world: World, file: Participation
):
    sign_in(client, world.people["jan"])
    url = at("file", file.pk)
    shown = text(client.get(url))
    assert "Nie ustalono, czy osoba jest ubezpieczona." in shown
    assert "Od 11 grudnia ubezpiecza program" in shown
    for bridge in ("own", "family", "decision"):
        assert f"?rodzaj={bridge}" in shown
    assert at("decision_letter", file.pk) in shown
    # Work that ended before the programme carries on for thirty days, and the rest is told ahead.
    given = {"kind": "own", "since": "1.01.2020", "until": "7.11.2026", "note": "piekarnia"}
    assert client.post(at("title_add", file.pk), given).status_code == 302
    shown = text(client.get(url))
    assert "Za 18 dni zacznie się luka w ubezpieczeniu." in shown
    assert "piekarnia" in shown


def test_a_bridge_closes_the_gap_and_is_taken_back(client: Client, world: World, file: Participation):
    sign_in(client, world.people["anna"])
    add = at("title_add", file.pk)
    assert "20.11.2026" in text(client.get(f"{add}?rodzaj=decision"))
    client.post(add, {"kind": "family", "since": "10.11.2026", "until": "", "note": ""})
    shown = text(client.get(at("file", file.pk)))
    assert "Jak uniknąć luki" not in shown
    with world.scope("cis", "ewa"):
        (row,) = HealthTitle.objects.order_by("pk")
    change = at("title_change", row.pk)
    refused = client.post(change, {"kind": "family", "since": "10.11.2026", "until": "1.11.2026"})
    assert refused.status_code == 422
    assert client.post(at("title_remove", row.pk)).status_code == 302
    assert "Jak uniknąć luki" in text(client.get(at("file", file.pk)))


@pytest.mark.parametrize("person", ["tomasz", "olga"])
def test_an_instructor_and_a_specialist_see_nothing_of_it(
    client: Client, world: World, file: Participation, person: str
):
    sign_in(client, world.people[person])
    assert at("file", file.pk) not in text(client.get(reverse("participants:file", args=[file.pk])))
    for url in (LIST, OPS, at("file", file.pk)):
        assert client.get(url).status_code == 403
    assert "Luka w ubezpieczeniu" not in text(client.get(reverse("shell:home"), follow=True))


def test_the_ops_of_a_referral_gets_a_task_and_marks_it_done(
    client: Client, world: World, file: Participation
):
    sign_in(client, world.people["jan"])
    with clock.frozen(ARISES - timedelta(days=10)):
        assert "ubezpieczyć od 11.12.2026" in text(client.get(at("file", file.pk)))
        assert client.post(at("tell", file.pk)).status_code == 302
        assert "OPS wie już wszystko" in text(client.post(at("tell", file.pk), follow=True))
    ops = Client()
    sign_in(ops, world.people["zofia"])
    with world.scope("ops", "zofia"):
        row = HealthRegistration.objects.get()
    # Nobody is registered before the obligation arises.
    desk = reverse("notices:desk")
    assert "Zgłoś do ubezpieczenia" not in text(ops.get(desk))
    with clock.frozen(ARISES):
        assert "Zgłoś do ubezpieczenia: Marek Dąbek" in text(ops.get(desk))
        assert "Czeka 1 osoba" in text(ops.get(ASKED))
        page = text(ops.get(at("asked_one", row.pk)))
        assert "14 22 XX" in page
        given = {"registered_on": "11.12.2026", "deregistered_on": ""}
        assert ops.post(at("asked_one", row.pk), given).status_code == 302
        assert "Nikt nie czeka" in text(ops.get(ASKED))
        assert "Zgłoś do ubezpieczenia" not in text(ops.get(desk))
        sign_in(client, world.people["jan"])
        assert "11.12.2026" in text(client.get(at("file", file.pk)))
    # Who looked at whom stands in the journal of the body.
    with world.scope("ops", "zofia"):
        assert Event.objects.filter(action="benefits.health.asked").exists()


def test_another_body_and_another_unit_find_nothing(world: World, file: Participation):
    with world.scope("cis", "ewa"):
        (row,) = services.tell(participation_id=file.pk)
        title = services.add_title(participation_id=file.pk, kind="none", since=TODAY, until=None)
    for person in ("krystyna", "adam"):
        client = Client()
        sign_in(client, world.people[person])
        assert client.get(at("asked_one", row.pk)).status_code == 404
        assert client.post(at("asked_one", row.pk), {"registered_on": "20.11.2026"}).status_code == 404
        assert "Dąbek" not in text(client.get(ASKED))
    client = Client()
    sign_in(client, world.people["teresa"])
    for url in (at("file", file.pk), at("done", row.pk), at("title_change", title.pk)):
        assert client.get(url).status_code == 404
    assert "Dąbek" not in text(client.get(LIST))
    assert "Dąbek" not in text(client.get(f"{OPS}?miesiac=2026-12"))


def test_the_unit_sees_who_has_a_gap_first_and_filters(client: Client, world: World, file: Participation):
    with world.scope("cis", "ewa"):
        calm = made.begun(candidate("Ewa Topola", opened_on=date(2026, 3, 1)), since=date(2026, 9, 1))
        services.add_title(participation_id=calm.pk, kind="own", since=date(2020, 1, 1), until=None)
    sign_in(client, world.people["rafal"])
    shown = text(client.get(LIST))
    assert "Luka teraz albo w 14 dni: 1 osoba" in shown
    assert shown.index("Dąbek") < shown.index("Topola")
    assert "nie ustalono, do 10.12.2026" in shown
    found = text(client.get(f"{LIST}?stan=bez-luki"))
    assert "Topola" in found
    assert "Dąbek" not in found
    assert "Topola" in text(client.get(f"{LIST}?nazwisko=top&sort=-person"))
    sheet = client.get(f"{LIST}?plik=csv").content.decode("utf-8-sig")
    assert sheet.splitlines()[0].startswith("Osoba;Sprawa;Luka")


def test_the_page_of_the_unit_asks_as_often_for_many_as_for_one(client: Client, world: World):
    sign_in(client, world.people["rafal"])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
            assert client.get(OPS).status_code == 200
        return len(queries)

    with world.scope("cis", "ewa"):
        made.begun()
    one = asked()
    with world.scope("cis", "ewa"):
        for name in ("Ewa Topola", "Jan Olcha", "Iwona Sosna"):
            made.begun(candidate(name, opened_on=date(2026, 3, 1)))
    assert asked() <= one


def test_the_list_for_the_ops_goes_out_in_three_ways(client: Client, world: World, file: Participation):
    with world.scope("cis", "ewa"):
        made.begun(candidate("Ewa Topola", opened_on=date(2026, 3, 1)))
    sign_in(client, world.people["celina"])
    december = f"{OPS}?miesiac=2026-12"
    shown = text(client.get(december))
    assert "Dąbek" in shown
    assert "Topola" in shown
    assert "Nikogo" in words(client.get(reverse("benefits:health_ops_print")))
    asked = f"?miesiac=2026-12&ops={world.organisations['ops'].pk}"
    paper = words(client.get(reverse("benefits:health_ops_print") + asked))
    assert "Marek Dąbek" in paper
    assert "Topola" not in paper
    assert "11.12.2026" in paper
    raw = client.get(reverse("benefits:health_ops_csv") + asked).content
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Osoba"
    assert rows[1][0] == "Marek Dąbek"
    assert rows[1][4:7] == ["14 22 XX", "2026-12-11", "2027-11-09"]
    book = client.get(reverse("benefits:health_ops_sheet") + asked).content
    with ZipFile(io.BytesIO(book)) as found:
        strings = found.read("xl/worksheets/sheet1.xml").decode()
    assert "Marek Dąbek" in strings
    assert "Topola" not in strings
    assert client.get(f"{OPS}?miesiac=2026-13").status_code == 404
    with world.scope("cis", "ewa"):
        events = Event.objects.filter(action="benefits.health.print", persons__contains=[file.person_id])
        assert events.count() == 3


def test_two_ops_of_one_name_have_two_lists(client: Client, world: World, file: Participation):
    """One works in the program; two others, called the same, sent referrals on paper from two gminas."""
    name = str(world.organisations["ops"].name)
    files = {str(world.organisations["ops"].pk): file}
    with world.scope("cis", "anna"):
        for at, gmina in enumerate(("1412011", "1412022"), 1):
            sent = enter_application(
                source="OPS", data=told(gmina=gmina, pesel="", no_pesel="unknown"), sender_name=name
            )
            person = ("Ewa Topola", "Jan Olcha")[at - 1]
            other = made.begun(candidate(person, opened_on=date(2026, 3, 1)))
            Participation.objects.filter(pk=other.pk).update(referral=sent.pk)
            files[f"{gmina}:{name}"] = other
    sign_in(client, world.people["ewa"])
    page = text(client.get(f"{OPS}?miesiac=2026-12"))
    assert all(f"{name} ({which})" in page for which in ("konto, Modrzewno", "1412011", "1412022"))
    with world.scope("cis", "ewa"):
        people = {key: str(one.person) for key, one in files.items()}
    for key, person in people.items():
        asked = "?" + urlencode({"miesiac": "2026-12", "ops": key})
        others = [one for one in people.values() if one != person]
        drawn = [words(client.get(reverse("benefits:health_ops_print") + asked))]
        drawn += [text(client.get(f"{url}{asked}")) for url in (OPS, reverse("benefits:health_ops_csv"))]
        for found in drawn:
            assert person in found
            assert not any(other in found for other in others)
        # The link is for the one whose list it is.
        link = client.get(reverse("benefits:health_ops_link") + asked)
        assert link.context["form"]["body"].value() == key
        assert "Zapiszemy 1 osobę" in text(client.get(reverse("benefits:health_ops_tell") + asked))
    # The name alone is nobody.
    alone = client.get(OPS, {"miesiac": "2026-12", "ops": name})
    assert not any(person in text(alone) for person in people.values())


def test_a_list_that_was_given_to_the_ops_is_told_of_everybody_on_it(
    client: Client, world: World, file: Participation
):
    with world.scope("cis", "ewa"):
        made.begun(candidate("Ewa Topola", opened_on=date(2026, 3, 1)))
    sign_in(client, world.people["celina"])
    url = reverse("benefits:health_ops_tell") + "?miesiac=2026-12"
    assert "Zapiszemy 2 osoby" in text(client.get(url))
    assert "Przekazano: 2 osoby" in text(client.post(url, follow=True))
    with world.scope("cis", "ewa"):
        assert sorted(str(row.sender) for row in HealthRegistration.objects.order_by("pk")) == [
            "None",
            "OPS Modrzewno",
        ]
    assert "Zapiszemy 0 osób" in text(client.get(url))


def test_who_should_be_insured_and_was_not_registered_is_told(
    client: Client, world: World, file: Participation
):
    sign_in(client, world.people["jan"])
    with clock.frozen(ARISES):
        assert "OPS nie zgłosił jeszcze tej osoby." in text(client.get(at("file", file.pk)))
        assert "OPS nie zgłosił" in text(client.get(LIST))
    with world.scope("cis", "ewa"):
        (row,) = services.tell(participation_id=file.pk)
    with clock.frozen(ARISES):
        done = {"registered_on": "11.12.2026", "deregistered_on": ""}
        assert client.post(at("done", row.pk), done).status_code == 302
        assert "OPS nie zgłosił" not in text(client.get(at("file", file.pk)))
        assert "bez luki" in text(client.get(LIST))


def test_the_letters_say_what_they_ask_for(client: Client, world: World, file: Participation):
    sign_in(client, world.people["jan"])
    decision = words(client.get(at("decision_letter", file.pk)))
    assert "art. 54" in decision
    assert "od 10.11.2026 do 10.12.2026" in decision
    letter = words(client.get(at("ops_letter", file.pk)))
    assert "Ośrodek Pomocy Społecznej w Modrzewnie" in letter
    assert "11.12.2026" in letter
    assert "art. 75 ust. 12" in letter


def test_who_has_no_title_by_the_programme_gets_no_letter(client: Client, world: World):
    with world.scope("cis", "ewa"):
        case = candidate(opened_on=date(2026, 3, 1))
    sign_in(client, world.people["jan"])
    assert client.get(at("ops_letter", case.pk)).status_code == 302
    assert "Program nie ma jeszcze pierwszego dnia" in text(client.get(at("file", case.pk)))
    assert "art. 54" in words(client.get(at("decision_letter", case.pk)))


def test_the_desk_of_whoever_leads_says_it_of_their_own_people(world: World, file: Participation):
    with world.scope("cis", "ewa"):
        Participation.objects.filter(pk=file.pk).update(case_manager=world.people["jan"])
    desk = reverse("notices:desk")
    for person, seen in (("jan", True), ("ewa", True), ("celina", True), ("tomasz", False)):
        client = Client()
        sign_in(client, world.people[person])
        assert ("Nie ustalono ubezpieczenia: Marek Dąbek" in text(client.get(desk))) is seen, person
    with world.scope("cis", "ewa"):
        Participation.objects.filter(pk=file.pk).update(case_manager=world.people["ewa"])
    client = Client()
    sign_in(client, world.people["jan"])
    assert "Nie ustalono ubezpieczenia" not in text(client.get(desk))


def test_in_a_club_the_tab_and_the_list_stand_too(client: Client, world: World):
    with world.scope("kis", "bozena"):
        case = candidate(opened_on=date(2026, 3, 1))
    sign_in(client, world.people["grazyna"])
    assert at("file", case.pk) in text(client.get(reverse("participants:file", args=[case.pk])))
    assert client.get(at("file", case.pk)).status_code == 200
    assert client.get(LIST).status_code == 200
