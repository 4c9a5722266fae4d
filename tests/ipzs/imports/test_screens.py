"""The screens of a unit that starts in mid-year: typing one balance, bringing a file, taking a template."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ipzs.models import DayMark, OpeningBalance
from ipzs.services import attendance
from participants.models import Person
from reintegration.documents.models import StoredFile
from reintegration.jobs.worker import drain
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import MONDAY
from tests.ipzs.imports.made import MARK_HEADINGS, OPENING_HEADINGS, as_csv, line, unit_of
from tests.ipzs.imports.test_openings import person
from tests.participants.participations import made

LIST = reverse("ipzs:opening_list")
MARKS = reverse("ipzs:marks_import")
PERSONS = reverse("ipzs:opening_import")
TYPED = {
    "until": "31.10.2026", "free_days": "2", "free_days_extension": "0", "sick_days": "9",
    "sick_days_extension": "0", "unexcused_in_month": "1", "hours_in_month": "96,5", "source": "listy",
}  # fmt: skip


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("plik.csv", content, content_type="text/csv")


def test_one_balance_is_typed_corrected_and_taken_away(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
    sign_in(client, world.people["anna"])
    url = reverse("ipzs:opening_edit", args=[file.pk])
    assert client.post(url, TYPED).status_code == 302
    assert client.post(url, TYPED | {"sick_days": "30"}).status_code == 302
    assert "31.10.2026" in client.get(LIST).content.decode()
    with world.scope("cis", "ewa"):
        assert OpeningBalance.objects.get().sick_days == 30
    assert (
        "nie zaczęło się przedłużenie"
        in client.post(url, TYPED | {"sick_days_extension": "1"}).content.decode()
    )
    client.post(reverse("ipzs:opening_remove", args=[file.pk]))
    with world.scope("cis", "ewa"):
        assert not OpeningBalance.objects.exists()


def test_the_days_of_a_person_lead_to_their_opening_and_back(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
    sign_in(client, world.people["anna"])
    days = reverse("ipzs:attendance_person", args=[file.pk])
    url = f"{reverse('ipzs:opening_edit', args=[file.pk])}?widok=osoba"
    assert f'href="{url}">Wpisz' in client.get(days).content.decode()
    assert client.post(url, TYPED)["Location"] == days
    page = client.get(days).content.decode()
    assert "Do 31.10.2026: godziny <b>96,5</b>, dni wolne <b>2</b>, dni choroby <b>9</b>." in page
    assert f'href="{url}">Zmień' in page
    gone = f"{reverse('ipzs:opening_remove', args=[file.pk])}?widok=osoba"
    assert gone in client.get(url).content.decode()
    assert client.post(gone)["Location"] == days
    sign_in(client, world.people["tomasz"])
    assert "stan-poczatkowy" not in client.get(days).content.decode()


def test_a_kis_is_asked_for_hours_alone(world: World, client: Client) -> None:
    with world.scope("kis", "bozena"):
        file = made.candidate()
    sign_in(client, world.people["bozena"])
    page = client.get(reverse("ipzs:opening_edit", args=[file.pk])).content.decode()
    assert "Godziny zajęć" in page
    assert "dni wolne" not in page


def test_a_file_of_days_is_checked_agreed_to_and_forgotten(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        content = as_csv(MARK_HEADINGS, [line(made.in_classes(), MONDAY, "O")])
    sign_in(client, world.people["ewa"])
    answer = client.post(MARKS, {"file": upload(content)})
    with world.scope("cis", "ewa"):
        kept = StoredFile.objects.get()
        assert not DayMark.objects.exists()
    assert answer["Location"] == f"{reverse('ipzs:import_run', args=[kept.pk])}?nowe=1"
    assert "Plik ma 1 wiersz." in client.get(answer["Location"]).content.decode()
    told = client.post(answer["Location"])["Location"]
    assert client.post(answer["Location"])["Location"] == told
    assert "Praca trwa" in client.get(told).content.decode()
    drain()
    assert "Nowe: 1, bez zmian: 0." in client.get(told).content.decode()
    assert client.get(answer["Location"]).status_code == 404
    with world.scope("cis", "ewa"):
        assert DayMark.objects.count() == 1
        assert StoredFile.objects.get().erased_at is not None


def test_a_file_that_fits_no_longer_leaves_nothing_and_names_its_rows(world: World, client: Client) -> None:
    """Between the check and the work somebody marked the same day otherwise."""
    with world.scope("cis", "ewa"):
        file, other = made.in_classes(), made.in_classes("Wiesława Kalina")
        content = as_csv(MARK_HEADINGS, [line(other, MONDAY, "O"), line(file, MONDAY, "O")])
    sign_in(client, world.people["ewa"])
    url = client.post(MARKS, {"file": upload(content)})["Location"]
    told = client.post(url)["Location"]
    with world.scope("cis", "ewa"):
        attendance.mark(participation_id=file.pk, day=MONDAY, kind="unexcused", reason="lista")
    drain()
    assert "Nie pasują wiersze: 3." in client.get(told).content.decode()
    with world.scope("cis", "ewa"):
        assert DayMark.objects.count() == 1
        assert StoredFile.objects.get().erased_at is not None


def test_the_work_of_another_is_nobody_elses(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        content = as_csv(MARK_HEADINGS, [line(made.in_classes(), MONDAY, "O")])
    sign_in(client, world.people["ewa"])
    told = client.post(client.post(MARKS, {"file": upload(content)})["Location"])["Location"]
    sign_in(client, world.people["bozena"])
    assert client.get(told).status_code == 404


def test_a_file_with_a_wrong_row_names_it_and_is_not_kept(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        fits = line(made.in_classes(), MONDAY, "O")
    sign_in(client, world.people["ewa"])
    content = as_csv(MARK_HEADINGS, [fits, ["0/0", "", "20.11.2026", "O"]])
    answer = client.post(MARKS, {"file": upload(content)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nie ma sprawy o numerze „0/0”." in page
    assert "Niczego nie wczytano. Do poprawienia: 1 wiersz." in page
    with world.scope("cis", "ewa"):
        assert not StoredFile.objects.exists()


def test_a_check_of_persons_writes_nobody_down(world: World, client: Client) -> None:
    sign_in(client, world.people["ewa"])
    answer = client.post(PERSONS, {"file": upload(as_csv(OPENING_HEADINGS, [person()]))})
    assert answer.status_code == 302
    with world.scope("cis", "ewa"):
        assert not Person.objects.exists()
    client.post(answer["Location"])
    drain()
    with world.scope("cis", "ewa"):
        assert Person.objects.get().last_name == "Kalina"


def test_the_template_names_everybody_and_is_taken_back_as_it_is(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes("=Marek Dąbek")
        known = [file.number, str(file.person)]
    sign_in(client, world.people["ewa"])
    answer = client.get(reverse("ipzs:marks_template"))
    lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert lines[0] == MARK_HEADINGS
    assert lines[1][:2] == known
    assert client.get(reverse("ipzs:opening_template")).status_code == 200


def test_only_the_manager_brings_files(world: World, client: Client) -> None:
    sign_in(client, world.people["anna"])
    for url in (MARKS, PERSONS, reverse("ipzs:marks_template")):
        assert client.get(url).status_code == 403


def test_the_list_of_a_hundred_costs_what_one_of_ten_does(world: World, client: Client) -> None:
    sign_in(client, world.people["ewa"])
    costs = []
    for count in (10, 100):
        with world.scope("cis", "ewa"):
            unit_of(count, first=count)
        client.get(LIST)
        with CaptureQueriesContext(connection) as caught:
            client.get(LIST)
        costs.append(len([one for one in caught if "ipzs_" in one["sql"] or "participants_" in one["sql"]]))
    assert costs[0] == costs[1] <= 8
