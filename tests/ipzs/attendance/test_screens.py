"""What people see and press: a day, a month, a person, absences, papers, settings."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ipzs.enums import MarkKind
from ipzs.models import (
    AttendanceSettings,
    DayMark,
    ExcuseReason,
    FreeDayRequest,
    MealCount,
    SickLeave,
    Workshop,
)
from ipzs.services import attendance
from participants.models import Participation
from participants.person_export import collect
from reintegration.core import slots
from reintegration.documents.models import StoredFile
from tests.cast import World, sign_in
from tests.documents.made import pdf
from tests.ipzs.attendance.made import MONDAY, NAMES, TODAY, excuse, in_workshop, placed, workshop
from tests.ipzs.timetable import made as plan
from tests.participants.participations import made

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def place(world: World) -> Workshop:
    with world.scope("cis", "ewa"):
        found = workshop()
        in_workshop(found, *NAMES[:3])
        return found


def at(world: World, person: str = "tomasz") -> Client:
    client = Client()
    sign_in(client, world.people[person])
    return client


def files(world: World) -> list[Participation]:
    with world.scope("cis"):
        return list(Participation.objects.order_by("person__name_order"))


def marks(world: World) -> dict[Any, str]:
    with world.scope("cis"):
        return dict(DayMark.objects.order_by("pk").values_list("participation_id", "kind"))


def sent(file: Participation, kind: str, **more: Any) -> tuple[str, dict[str, Any]]:
    data = {"dzien": TODAY.isoformat(), "kind": kind, "revision": "0"} | more
    return reverse("ipzs:mark_set", args=[file.pk]), data


def test_today_says_how_far_each_workshop_is(world: World, place: Workshop) -> None:
    client = at(world)
    text = client.get(reverse("ipzs:attendance_today")).content.decode()
    assert "Stolarska" in text
    assert "brakuje wpisów" in text
    client.post(reverse("ipzs:attendance_all", args=[place.pk]), {"dzien": TODAY.isoformat()})
    text = client.get(reverse("ipzs:attendance_today")).content.decode()
    assert "wpisane" in text
    assert "<b>3</b>" in text


def test_everybody_is_marked_and_taken_back(world: World, place: Workshop) -> None:
    client = at(world)
    answer = client.post(
        reverse("ipzs:attendance_all", args=[place.pk]), {"dzien": TODAY.isoformat()}, follow=True
    )
    text = answer.content.decode()
    assert set(marks(world).values()) == {"present"}
    assert "Cofnij" in text
    change = text.split('name="zmiana" value="')[1].split('"')[0]
    data = {"zmiana": change, "dzien": TODAY.isoformat(), "pracownia": str(place.pk)}
    client.post(reverse("ipzs:attendance_undo"), data)
    assert marks(world) == {}


def test_one_key_answers_with_its_row(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world), files(world)
    url, data = sent(file, "unexcused", pracownia=str(place.pk))
    answer = client.post(url, data, **HTMX)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.lstrip().startswith("<form")
    assert "1. w listopadzie." in text
    assert "zostało 2 z 3" in text
    assert marks(world) == {file.pk: "unexcused"}


def test_a_mark_that_lacks_its_paper_links_the_form_of_it(world: World, place: Workshop) -> None:
    (file, *_) = files(world)
    links = {
        "sick": ("Potrzebne zwolnienie.", reverse("ipzs:sick_add", args=[file.pk]), "anna"),
        "free": ("Brakuje wniosku.", reverse("ipzs:free_ask", args=[file.pk]), "tomasz"),
    }
    for revision, (kind, (said, form, person)) in enumerate(links.items()):
        url, data = sent(file, kind, revision=str(revision))
        text = at(world, person).post(url, data, **HTMX).content.decode()
        assert said in text
        assert f'href="{form}?dzien={TODAY}"' in text
        assert 'value="20.11.2026"' in at(world, person).get(f"{form}?dzien={TODAY}").content.decode()
        if kind == "sick":
            day = at(world).get(f"{reverse('ipzs:attendance_day', args=[place.pk])}?dzien={TODAY}")
            assert said in day.content.decode()
            assert form not in day.content.decode()


def test_without_a_script_one_comes_back_to_the_day(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world), files(world)
    url, data = sent(file, "present", pracownia=str(place.pk))
    answer = client.post(url, data)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#r-{file.pk}")


def test_one_key_takes_over_the_hours_of_the_plan_and_of_practice(world: World, place: Workshop) -> None:
    (file, other, *_) = files(world)
    with world.scope("cis", "tomasz"):
        plan.weekly(4, workshop=place, ends=12)
        plan.practice(other, TODAY, TODAY, hours=Decimal("7.5"))
    for one, kind in ((file, "present"), (other, "employer")):
        url, data = sent(one, kind)
        at(world).post(url, data, **HTMX)
    with world.scope("cis", "tomasz"):
        hours = dict(DayMark.objects.order_by("pk").values_list("participation_id", "hours"))
    assert hours == {file.pk: 4, other.pk: Decimal("7.5")}


def test_what_another_wrote_meanwhile_is_shown_before_it_is_changed(world: World, place: Workshop) -> None:
    (file, *_) = files(world)
    url, data = sent(file, "unexcused")
    at(world, "anna").post(url, data, **HTMX)
    url, data = sent(file, "present")
    answer = at(world).post(url, data, **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Anna Lawenda: nieobecność nieusprawiedliwiona" in text
    assert 'name="revision" value="1"' in text
    assert marks(world) == {file.pk: "unexcused"}


def test_a_refused_mark_says_why_in_its_row(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world), files(world)
    url, data = sent(file, "excused")
    answer = client.post(url, data, **HTMX)
    assert answer.status_code == 422
    assert "Wybierz powód usprawiedliwienia" in answer.content.decode()
    assert marks(world) == {}


def test_the_benefits_say_what_the_next_day_would_do(
    world: World, place: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says(request: Any, day: date, files: Any) -> Any:
        return {file.pk: {"unexcused": "−107,03 zł"} for file in files}

    monkeypatch.setitem(slots._filled, "ipzs.next_day", [(50, says)])
    client, (file, *_) = at(world), files(world)
    url, data = sent(file, "unexcused")
    assert "−107,03 zł" in client.post(url, data, **HTMX).content.decode()


def test_a_cell_of_the_month_answers_with_its_row(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world), files(world)
    url, data = sent(file, "unexcused", widok="miesiac", dni=f"{MONDAY},{TODAY}")
    answer = client.post(url, data, **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith("<tr")
    assert text.count("data-d=") == 2
    url, data = sent(file, "", widok="miesiac", dni=f"{MONDAY},{TODAY}", revision="1")
    client.post(url, data, **HTMX)
    assert marks(world) == {}


def test_the_month_shows_everybody_and_what_is_missing(world: World, place: Workshop) -> None:
    client = at(world)
    text = client.get(reverse("ipzs:attendance_month")).content.decode()
    assert text.count("<tr id=") == 3
    assert "brak wpisu" in text
    one = client.get(reverse("ipzs:attendance_month"), {"miesiac": "2026-11", "pracownia": str(place.pk)})
    assert one.content.decode().count("<tr id=") == 3
    assert client.get(reverse("ipzs:attendance_month"), {"miesiac": "nic"}).status_code == 200


def test_the_form_of_a_mark_asks_for_a_reason_when_it_is_late(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world), files(world)
    url = f"{reverse('ipzs:mark_edit', args=[file.pk])}?dzien={TODAY - timedelta(days=9)}"
    data = {"kind": "present", "hours": "5,5", "excuse": "", "reason": ""}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "dopiero teraz" in answer.content.decode()
    assert client.post(url, data | {"reason": "lista była u kierownika"}).status_code == 302
    assert marks(world) == {file.pk: "present"}


def test_a_sick_leave_from_its_form_to_its_paper(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world, "anna"), files(world)
    data = {"since": "16.11.2026", "until": "20.11.2026", "confirmed_on": "", "note": ""}
    assert client.post(reverse("ipzs:sick_add", args=[file.pk]), data).status_code == 302
    with world.scope("cis"):
        leave = SickLeave.objects.get()
    page = client.get(reverse("ipzs:attendance_person", args=[file.pk])).content.decode()
    assert "bez zaświadczenia" in page
    client.post(reverse("ipzs:sick_confirm", args=[leave.pk]), {"confirmed_on": "20.11.2026"})
    client.post(
        reverse("ipzs:sick_change", args=[leave.pk]),
        {"since": "16.11.2026", "until": "19.11.2026", "note": ""},
    )
    with world.scope("cis"):
        leave.refresh_from_db()
        assert (leave.until, leave.confirmed_on) == (date(2026, 11, 19), TODAY)
    assert "Zwolnienia lekarskie" in client.get(reverse("ipzs:sick_list")).content.decode()
    assert client.post(reverse("ipzs:sick_remove", args=[leave.pk])).status_code == 302


def test_a_certificate_is_kept_and_opened_by_those_who_lead_cases(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world, "anna"), files(world)
    paper = SimpleUploadedFile("zaswiadczenie.pdf", pdf(), "application/pdf")
    data = {
        "since": "16.11.2026",
        "until": "20.11.2026",
        "confirmed_on": "20.11.2026",
        "note": "",
        "scan": paper,
    }
    assert client.post(reverse("ipzs:sick_add", args=[file.pk]), data).status_code == 302
    with world.scope("cis"):
        leave = SickLeave.objects.get()
        stored = StoredFile.objects.get(pk=leave.scan)
        assert (stored.kind, stored.subject_id) == ("ipzs.sick_leave", file.person_id)
    url = reverse("ipzs:sick_scan", args=[leave.pk])
    assert url in client.get(reverse("ipzs:attendance_person", args=[file.pk])).content.decode()
    assert client.get(url).content.startswith(b"%PDF")
    assert at(world, "tomasz").get(url).status_code == 403
    again = SimpleUploadedFile("drugie.pdf", pdf(), "application/pdf")
    client.post(reverse("ipzs:sick_confirm", args=[leave.pk]), {"confirmed_on": "20.11.2026", "scan": again})
    with world.scope("cis"):
        leave.refresh_from_db()
        assert leave.scan != stored.pk
        stored.refresh_from_db()
        assert stored.erased_at is not None
    client.post(reverse("ipzs:sick_remove", args=[leave.pk]))
    with world.scope("cis"):
        assert StoredFile.objects.get(pk=leave.scan).erased_at is not None
    assert client.get(url).status_code == 404


def test_a_request_for_free_days_is_asked_here_and_granted_by_the_manager(
    world: World, place: Workshop
) -> None:
    client, (file, *_) = at(world, "anna"), files(world)
    data = {"since": "23.11.2026", "until": "24.11.2026", "asked_on": "20.11.2026"}
    assert "Zostało 6 z 6" in client.get(reverse("ipzs:free_ask", args=[file.pk])).content.decode()
    assert client.post(reverse("ipzs:free_ask", args=[file.pk]), data).status_code == 302
    with world.scope("cis"):
        request = FreeDayRequest.objects.get()
    grant = reverse("ipzs:free_grant", args=[request.pk])
    assert client.post(grant).status_code == 403
    assert at(world, "ewa").post(grant).status_code == 302
    assert marks(world) == {file.pk: "free"}
    assert "zgoda" in client.get(reverse("ipzs:free_list")).content.decode()
    assert client.post(reverse("ipzs:free_withdraw", args=[request.pk])).status_code == 302
    assert marks(world) == {}


@pytest.mark.parametrize(
    "name", ["attendance_day_print", "attendance_month_print", "attendance_person_print"]
)
def test_a_sheet_is_a_paper(world: World, place: Workshop, name: str) -> None:
    client, (file, *_) = at(world, "anna"), files(world)
    args = {"attendance_day_print": [place.pk], "attendance_person_print": [file.pk]}.get(name, [])
    answer = client.get(reverse(f"ipzs:{name}", args=args))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_request_is_a_paper(world: World, place: Workshop) -> None:
    (file, *_) = files(world)
    with world.scope("cis", "anna"):
        request = attendance.ask(participation_id=file.pk, since=TODAY, until=TODAY)
    answer = at(world, "anna").get(reverse("ipzs:free_print", args=[request.pk]))
    assert answer.content.startswith(b"%PDF")


def test_meals_reasons_and_settings_are_the_units_own(world: World, place: Workshop) -> None:
    client = at(world, "ewa")
    client.post(reverse("ipzs:meal_set"), {"extra": "-1", "reason": "ktoś wyszedł"})
    client.post(
        reverse("ipzs:excuse_add"),
        {"name": "wezwanie do sądu", "pay_rule": "full", "paper": "wezwanie", "active": "yes"},
    )
    data = {"day_hours": "7,5", "late_days": "5", "meals": "no", "quiet_days": "14", "ending_days": "60",
            "sick_alert": "15"}  # fmt: skip
    client.post(reverse("ipzs:attendance_settings"), data)
    with world.scope("cis"):
        assert MealCount.objects.get().extra == -1
        row = ExcuseReason.objects.get()
        assert AttendanceSettings.objects.get().late_days == 5
    client.post(
        reverse("ipzs:excuse_edit", args=[row.pk]),
        {"name": "sąd", "pay_rule": "per_30", "paper": "", "active": "no"},
    )
    assert "odłożony" in client.get(reverse("ipzs:excuse_list")).content.decode()


def test_who_only_looks_cannot_mark(world: World, place: Workshop) -> None:
    client, (file, *_) = at(world, "celina"), files(world)
    text = client.get(reverse("ipzs:attendance_day", args=[place.pk])).content.decode()
    assert "Wszyscy obecni" not in text
    url, data = sent(file, "present")
    assert client.post(url, data).status_code == 403


def test_a_kis_sees_no_balances(world: World) -> None:
    with world.scope("kis", "marek"):
        place = workshop()
        file = made.candidate()
        made.services.sign_programme(participation_id=file.pk, signed_on=made.SIGNED)
        made.services.qualify(participation_id=file.pk, since=made.TRIAL, until=date(2027, 3, 1))
        placed(file, place)
    client = at(world, "igor")
    text = client.get(reverse("ipzs:attendance_day", args=[place.pk])).content.decode()
    assert "w KIS nie ma dni wolnych z ustawy" in text
    assert "Nieusprawiedliwione: zostało" not in text


def test_an_excused_day_names_its_reason(world: World, place: Workshop) -> None:
    with world.scope("cis", "ewa"):
        reason = excuse()
    client, (file, *_) = at(world), files(world)
    url, data = sent(file, MarkKind.EXCUSED, excuse=str(reason.pk))
    assert "wezwanie do sądu" in client.post(url, data, **HTMX).content.decode()
    page = client.get(reverse("ipzs:attendance_person", args=[file.pk])).content.decode()
    assert "nieobecność usprawiedliwiona: wezwanie do sądu" in page


def test_a_file_tells_of_absences_and_the_export_of_days(world: World, place: Workshop) -> None:
    (file, *_) = files(world)
    with world.scope("cis", "anna"):
        attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=TODAY)
        attendance.ask(participation_id=file.pk, since=TODAY + timedelta(3), until=TODAY + timedelta(3))
        attendance.mark(participation_id=file.pk, day=TODAY, kind="sick")
        titles = {section.title for section in collect(file.person_id)}
    assert {"wpisy obecności", "zwolnienia lekarskie", "wnioski o dni wolne"} <= titles
    page = at(world, "anna").get(reverse("participants:file_history", args=[file.pk])).content.decode()
    assert "Zwolnienie lekarskie" in page
    assert "Wniosek o dni wolne" in page
