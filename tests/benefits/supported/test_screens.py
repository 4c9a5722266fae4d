"""Screens of supported employment: from the tab of a file to a refund, the lists, the desk, the papers."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from benefits import supported_papers as papers
from benefits.models import SupportedJob, SupportedMonth
from participants.person_export import collect
from participants.services.people import merging
from tests.benefits.supported import made
from tests.benefits.supported.made import EMPLOYER, MONTHS, TODAY
from tests.cast import World, sign_in
from tests.participants.participations.made import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
LIST, REFUNDS, DESK = (
    reverse("benefits:supported"), reverse("benefits:supported_refunds"), reverse("notices:desk"),
)  # fmt: skip


def at(name: str, key: object) -> str:
    return reverse(f"benefits:supported_{name}", args=[key])


def text(answer: Any) -> str:
    assert answer.status_code in {200, 422}, answer.status_code
    return str(answer.content.decode()).replace("\u00a0", " ")


def said(answer: Any) -> str:
    """The words of a PDF."""
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).replace("\u00a0", " ").split())


def sent(client: Client, url: str, **typed: str) -> None:
    answer = client.post(url, typed)
    assert answer.status_code == 302, text(answer)


def test_from_the_tab_of_a_file_to_a_paid_refund(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.graduate()
    sign_in(client, world.people["anna"])
    tab = text(client.get(at("tab", file.pk)))
    assert at("propose", file.pk) in tab
    assert "Już teraz" in tab
    assert "inny urząd" not in text(client.get(at("propose", file.pk)))
    sent(client, at("propose", file.pk), place="employer", pup_name=made.PUP, employer_name="", position="")
    with world.scope("cis", "ewa"):
        job = SupportedJob.objects.get()
    page = text(client.get(at("job", job.pk)))
    assert page.count("btn-primary") == 1
    assert "Podpisują go kierownik CIS, pracownik socjalny i osoba." in page
    day = "06.07.2026"
    sent(client, at("send", job.pk), sent_on=day, manager_on=day, social_worker_on=day, participant_on=day)
    assert "PUP milczy ponad 30 dni." in text(client.get(at("job", job.pk)))
    sent(client, at("refer", job.pk), answered_on="3.8.2026", employer_name=EMPLOYER, position=made.POSITION)
    sent(
        client, at("employer", job.pk), employer_name=EMPLOYER, employer_nip="525-000-00-09",
        employer_street="Leśna 4", employer_postcode="22-001", employer_town="Modrzewno",
        employer_contact="Roman Sosna", employer_phone="600 100 200", employer_email="biuro@jodla.example",
        position=made.POSITION, accident_rate="1,67",
    )  # fmt: skip
    bare = {"employer_name": EMPLOYER, "position": made.POSITION, "accident_rate": "1,67"}
    sent(client, at("employer", job.pk), **bare)
    typed = {
        "agreed_on": "20.8.2026", "agreement_number": "ZW/7", "since": "1.9.2026", "monthly_pay": "4806",
    }  # fmt: skip
    short = client.post(at("agree", job.pk), {**typed, "until": "31.12.2026"})
    assert "28.02.2027 albo dłużej" in text(short)
    sent(client, at("agree", job.pk), until="28.2.2027", **typed)
    sent(client, at("start", job.pk), since="1.9.2026", until="28.2.2027")
    page = text(client.get(at("job", job.pk)))
    assert page.count("btn-primary") == 1
    assert reverse("benefits:supported_prepare", args=[job.pk, "2026-09"]) in page
    assert "1 783,90 zł" in page
    sent(client, reverse("benefits:supported_prepare", args=[job.pk, "2026-09"]), pay="4806")
    with world.scope("cis", "ewa"):
        row = SupportedMonth.objects.get()
    sent(client, at("ask", row.pk), asked_on="5.10.2026")
    assert "16 dni po terminie" in text(client.get(at("job", job.pk)))
    sent(client, at("refuse", row.pk), refused_on="12.10.2026", refusal="no_money")
    sent(client, at("again", row.pk))
    sent(client, at("ask", row.pk), asked_on="2.11.2026")
    sent(client, at("pay", row.pk), paid_on="20.11.2026", paid="2103,75")
    page = text(client.get(at("job", job.pk)))
    assert "2 103,75 zł" in page
    assert at("take_back", row.pk) in page


def test_in_a_club_one_signature_and_the_same_way(client: Client, world: World) -> None:
    with world.scope("kis", "marek"):
        job = made.drafted(made.in_club())
    sign_in(client, world.people["marek"])
    form = text(client.get(at("send", job.pk)))
    assert "Podpis pracownika socjalnego" in form
    assert "Podpis kierownika" not in form
    assert "Podpisuje go pracownik socjalny." in text(client.get(at("job", job.pk)))
    motion = said(client.get(reverse("benefits:supported_print", args=[job.pk, "wniosek"])))
    assert "Pracownik socjalny wnosi o skierowanie" in motion
    assert "kierownika" not in motion
    assert "Zatrudnienie wspierane" in text(client.get(LIST))


def test_the_lists_say_how_motions_and_refunds_stand(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        made.asked(made.working())
        made.sent(made.graduate("Leszek Bażant"), on=TODAY - timedelta(days=40))
    sign_in(client, world.people["celina"])
    page = text(client.get(LIST))
    assert "1 osoba pracuje, 1 wniosek czeka na PUP (1 ponad 30 dni)." in page
    assert "PUP ma zapłacić pracodawcom 2 103,75 zł, z tego po terminie 2 103,75 zł." in page
    assert "Leszek Bażant" not in text(client.get(LIST, {"stan": "working"}))
    assert "Leszek Bażant" in text(client.get(LIST, {"nazwisko": "bazant"}))
    assert "Nic nie pasuje" in text(client.get(LIST, {"pracodawca": "Piekarnia"}))
    queue = text(client.get(REFUNDS))
    assert "Czeka 2 103,75 zł za 1 miesiąc, po terminie 2 103,75 zł." in queue
    assert EMPLOYER in queue
    assert "Nic nie pasuje" in text(client.get(REFUNDS, {"stan": "paid"}))
    for url in (LIST, REFUNDS):
        assert client.get(url, {"plik": "xlsx"}).content[:2] == b"PK"
    sign_in(client, world.people["tomasz"])
    assert client.get(LIST).status_code == 403


def test_the_desk_names_what_waits(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        made.asked(made.working())
        made.sent(made.graduate("Leszek Bażant"), on=TODAY - timedelta(days=31))
    sign_in(client, world.people["ewa"])
    desk = text(client.get(DESK))
    assert "Wniosek do PUP bez odpowiedzi: Leszek Bażant" in desk
    assert "PUP nie zapłacił refundacji za wrzesień 2026: Marek Dąbek" in desk
    assert "Wniosek o refundację za październik 2026: Marek Dąbek" in desk
    sign_in(client, world.people["celina"])
    assert "Wniosek do PUP bez odpowiedzi" not in text(client.get(DESK))
    sign_in(client, world.people["tomasz"])
    assert "PUP nie zapłacił" not in text(client.get(DESK))


def test_the_pack_is_filled_in_from_the_file(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        job = made.working(made.graduate(serial=3))
        row = made.prepared(job)
        pesel = job.person.pesel
    sign_in(client, world.people["anna"])

    def paper(key: str) -> str:
        return said(client.get(reverse("benefits:supported_print", args=[job.pk, key])))

    about = paper("informacja")
    for part in ("1 783,90 zł", "319,85 zł", "2 103,75 zł", "12 622,50 zł", "30 dni", "Marek Dąbek"):
        assert part in about
    motion = paper("wniosek")
    for part in (made.PUP, pesel, EMPLOYER, "podpis kierownika CIS", "podpis osoby", "art. 16 ust. 1"):
        assert part in motion
    agreement = paper("umowa")
    for part in ("01.09.2026 – 28.02.2027", "4 806,00 zł", "co najmniej 6 miesięcy", "100 %"):
        assert part in agreement
    assert "300 000 euro" in paper("de-minimis")
    assert "lista obecności" in paper("zalaczniki")
    asked = said(client.get(reverse("benefits:supported_refund_print", args=[row.pk])))
    for part in ("wrzesień 2026", "4 806,00 zł", "861,72 zł", "1 783,90 zł", "2 103,75 zł", "ZW/7/2026"):
        assert part in asked
    whole = client.get(reverse("benefits:supported_print", args=[job.pk, papers.WHOLE]))
    assert len(PdfReader(BytesIO(whole.content)).pages) == len(papers.PAPERS) + 1
    assert client.get(reverse("benefits:supported_print", args=[job.pk, "nic"])).status_code == 404


def test_what_nobody_knows_is_a_dotted_line(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        job = made.drafted(employer_name="", position="")
    sign_in(client, world.people["ewa"])
    motion = said(client.get(reverse("benefits:supported_print", args=[job.pk, "wniosek"])))
    assert "Prosimy urząd o znalezienie pracodawcy." in motion
    assert "………" in motion


def test_the_centre_gets_a_motion_and_nothing_of_a_refund(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        job = made.referred(place="centre")
    sign_in(client, world.people["ewa"])
    page = text(client.get(at("job", job.pk)))
    assert "Umowa starosty" not in page
    assert reverse("benefits:supported_print", args=[job.pk, "umowa"]) not in page
    assert client.get(reverse("benefits:supported_print", args=[job.pk, "umowa"])).status_code == 404
    sent(client, at("start", job.pk), since="1.9.2026", until="28.2.2027")
    assert "Praca w Centrum nie ma refundacji" in text(client.get(at("job", job.pk)))


def test_it_stands_on_the_timeline_and_in_everything_of_a_person(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        job = made.working()
        made.asked(job)
        titles = [one.title for one in collect(job.person_id)]
        other = person("Zofia Malina")
        merging.merge_persons(keep_id=other.pk, gone_id=job.person_id)
        assert SupportedMonth.objects.get().person_id == other.pk
    assert {"zatrudnienia wspierane", "refundacje wynagrodzenia"} <= set(titles)
    sign_in(client, world.people["ewa"])
    page = text(client.get(reverse("participants:file", args=[job.participation_id])))
    assert "Umowa starosty z pracodawcą" in page


def test_a_refund_of_another_month_is_not_there(client: Client, world: World) -> None:
    with world.scope("cis", "ewa"):
        job = made.working()
    sign_in(client, world.people["ewa"])
    for month in ("2026-08", "2027-03", "x"):
        assert client.get(reverse("benefits:supported_prepare", args=[job.pk, month])).status_code == 404


def test_the_list_costs_the_same_however_many_there_are(client: Client, world: World) -> None:
    def look() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(LIST)
        return len(asked)

    with world.scope("cis", "ewa"):
        made.working()
    sign_in(client, world.people["ewa"])
    client.get(LIST)
    one = look()
    with world.scope("cis", "ewa"):
        for name in ("Leszek Bażant", "Irena Sasanka"):
            made.sent(made.graduate(name))
    assert look() == one
    assert MONTHS[0].first == date(2026, 9, 1)
