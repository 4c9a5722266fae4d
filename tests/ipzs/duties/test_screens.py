"""Screens of duties: the tab, bulk entry, the list of what runs out, the register, the papers, the desk."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from ipzs.models import Accident, DutyRecord, DutyRule, IssuedItem
from ipzs.services import duties as services
from participants.models import Participation
from participants.person_export import collect
from participants.services.participations import assign_case_manager
from reintegration.audit.models import Event
from tests.cast import World, sign_in
from tests.ipzs.duties.made import TODAY, accident, confirmed, done, issued
from tests.participants.participations.made import candidate, in_classes, ready

LESS = ("clothing", "protection", "meal", "accident_cover", "specialists")
pytestmark = pytest.mark.django_db


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def shown(world: World, person: str, name: str, *args: Any, **query: str) -> str:
    answer = client_of(world, person).get(reverse(f"ipzs:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(world: World, person: str, name: str, *args: Any, **typed: Any) -> Any:
    return client_of(world, person).post(reverse(f"ipzs:{name}", args=args), typed)


def paper_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:500]
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def file(world: World) -> Participation:
    with world.scope("cis", "anna"):
        made = candidate("Marek Dąbek", serial=7)
        assign_case_manager(participation_id=made.pk, user_id=world.people["jan"].pk)
    return made


def test_the_tab_says_what_is_missing_before_the_first_classes(world: World, file: Participation):
    body = shown(world, "jan", "duty_show", file.pk)
    assert "Jeszcze nie przed pierwszymi zajęciami." in body
    overview = client_of(world, "jan").get(reverse("participants:file", args=[file.pk])).content.decode()
    assert "Brakuje wpisu: szkolenie BHP." in overview
    assert reverse("ipzs:duty_show", args=[file.pk]) in overview
    with world.scope("cis", "jan"):
        ready(file)
    assert "Jeszcze nie przed" not in shown(world, "jan", "duty_show", file.pk)


def test_what_a_doctor_wrote_is_read_by_those_who_lead_cases(world: World, file: Participation):
    answer = sent(
        world, "jan", "duty_record", file.pk, "badania", done_on="2.3.2026", valid_until="1.3.2027",
        done_by="Przychodnia", note="Bez dźwigania.",
    )  # fmt: skip
    assert answer.status_code == 302
    with world.scope("cis"):
        row = DutyRecord.objects.get()
        assert (row.note, row.valid_until) == ("Bez dźwigania.", date(2027, 3, 1))
    assert "Bez dźwigania." in shown(world, "jan", "duty_show", file.pk)
    for person in ("tomasz", "rafal", "olga"):
        assert "Bez dźwigania." not in shown(world, person, "duty_show", file.pk)
    assert "Bez dźwigania." not in shown(world, "rafal", "duty_change", row.pk)
    changed = sent(
        world, "rafal", "duty_change", row.pk, done_on="2.3.2026", valid_until="15.3.2027", note="Nic."
    )
    assert changed.status_code == 302
    with world.scope("cis"):
        assert DutyRecord.objects.get().note == "Bez dźwigania."


def test_an_examination_without_its_day_is_asked_for_it(world: World, file: Participation):
    answer = sent(world, "jan", "duty_record", file.pk, "badania", done_on="2.3.2026")
    assert answer.status_code == 422
    assert "Wpisz dzień." in answer.content.decode()
    assert sent(world, "jan", "duty_record", file.pk, "czary", done_on="2.3.2026").status_code == 404


def test_things_are_handed_out_together_and_come_back(world: World, file: Participation):
    answer = sent(
        world, "tomasz", "item_issue", file.pk,
        issued_on="2.3.2026", items=["overalls", "work_shoes", "gloves"],
        size="L", shoe_size="42", other="latarka", other_kind="protection", quantity="2",
    )  # fmt: skip
    assert answer.status_code == 302
    with world.scope("cis", "tomasz"):
        rows = {row.name: row for row in IssuedItem.objects.order_by("pk")}
        assert {name: (row.size, row.quantity) for name, row in rows.items()} == {
            "ubranie robocze": ("L", 1), "obuwie robocze": ("42", 1), "rękawice ochronne": ("", 1),
            "latarka": ("", 2),
        }  # fmt: skip
        assert rows["ubranie robocze"].wear_until == date(2027, 3, 1)
    back = sent(world, "tomasz", "item_return", rows["latarka"].pk, returned_on="20.11.2026")
    assert back.status_code == 302
    assert sent(world, "tomasz", "item_issue", file.pk, issued_on="2.3.2026").status_code == 422
    text = paper_of(client_of(world, "tomasz").get(reverse("ipzs:duty_print", args=[file.pk, "odziez"])))
    assert "latarka" in text
    assert "podpis osoby wydającej" in text


def test_one_training_is_written_for_several(world: World, file: Participation):
    with world.scope("cis", "anna"):
        other = in_classes("Iga Sowa")
        done(other, "accident_cover", on=TODAY)
    body = shown(world, "tomasz", "duty_record_many", co="accident_cover")
    assert f'value="{file.pk}"' in body
    typed = {"kind": "accident_cover", "done_on": "20.11.2026", "people": [str(file.pk), str(other.pk)]}
    answer = client_of(world, "tomasz").post(reverse("ipzs:duty_record_many"), typed, follow=True)
    text = answer.content.decode()
    assert "Zapisano 1 osobie." in text
    assert "To jest już zapisane z tym dniem." in text
    with world.scope("cis"):
        assert DutyRecord.objects.filter(participation=file, kind="accident_cover").exists()


def test_the_list_shows_what_asks_for_attention(world: World, file: Participation):
    with world.scope("cis", "anna"):
        services.set_rules(wanted=[services.RuleData(kind, "off") for kind in LESS])
        late, soon, fine = (candidate(name) for name in ("Ada Późna", "Bea Bliska", "Cyryl Spokojny"))
        for one, until in ((late, -1), (soon, 20), (fine, 200)):
            done(one, valid_until=TODAY + timedelta(days=until))
            done(one, "medical", valid_until=TODAY + timedelta(days=300))

    def names(**query: str) -> list[str]:
        answer = client_of(world, "rafal").get(reverse("ipzs:duty_list"), query)
        return [str(row.name) for row in answer.context["rows"]]

    assert names() == ["Marek Dąbek", "Ada Późna", "Bea Bliska"]
    assert names(kiedy="brak") == ["Marek Dąbek"]
    assert names(kiedy="po") == ["Ada Późna"]
    assert names(kiedy="30", co="safety") == ["Bea Bliska"]
    assert names(kiedy="30", co="medical") == []
    assert len(names(kiedy="wszyscy")) == 4
    assert names(nazwisko="spok", kiedy="wszyscy") == ["Cyryl Spokojny"]
    assert names(sort="-end_safety", kiedy="wszyscy")[0] == "Cyryl Spokojny"
    table = client_of(world, "rafal").get(reverse("ipzs:duty_list"), {"plik": "csv"}).content.decode()
    assert "Bea Bliska" in table
    assert "do 10.12.2026" in table
    with world.scope("cis"):
        seen = Event.objects.filter(action="ipzs.duty.list").order_by("-pk").first()
        assert late.person_id in seen.persons


def test_the_list_costs_the_same_for_many(world: World):
    def cost() -> int:
        client = client_of(world, "rafal")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("ipzs:duty_list")).status_code == 200
        return len([one for one in caught if "participation" in one["sql"] or "dutyrule" in one["sql"]])

    with world.scope("cis", "anna"):
        candidate("Ada Pierwsza")
    few = cost()
    with world.scope("cis", "anna"):
        for number in range(30):
            candidate(f"Ada Osoba{number}")
    assert cost() == few <= 8


def test_a_club_is_asked_for_nothing_until_it_wants_it(world: World):
    assert "Obowiązki są wyłączone" in shown(world, "bozena", "duty_list")
    assert "Te obowiązki są wyłączone" in shown(world, "bozena", "duty_record_many")
    with world.scope("kis", "bozena"):
        file = candidate()
    assert "Obowiązki są tu wyłączone" in shown(world, "bozena", "duty_show", file.pk)
    assert sent(world, "bozena", "duty_record", file.pk, "bhp", done_on="2.3.2026").status_code == 404
    typed: dict[str, str] = {}
    for kind in ("safety", "medical", "clothing", "protection", "meal", "accident_cover", "specialists"):
        typed |= {f"effect_{kind}": "off", f"months_{kind}": "", f"remind_{kind}": "30"}
    typed |= {"effect_safety": "blocks", "months_safety": "24"}
    assert sent(world, "bozena", "duty_rule_edit", **typed).status_code == 302
    with world.scope("kis"):
        assert DutyRule.objects.get(kind="safety").months == 24
    assert "Brakuje: szkolenie BHP" in shown(world, "bozena", "duty_show", file.pk)


def test_an_accident_goes_from_report_to_zus(world: World, file: Participation):
    typed = {
        "happened_on": "19.11.2026", "hour": "10:30", "place": "stolarnia", "reported_on": "19.11.2026",
        "circumstances": "Skaleczenie przy czyszczeniu stołu.",
    }  # fmt: skip
    answer = sent(world, "tomasz", "accident_report", file.pk, **typed)
    assert answer.headers["Location"] == reverse("ipzs:duty_show", args=[file.pk])
    with world.scope("cis"):
        row = Accident.objects.get()
    for name in ("accident_show", "accident_print"):
        assert client_of(world, "tomasz").get(reverse(f"ipzs:{name}", args=[row.pk])).status_code == 403
    assert "Napisz, jaki był uraz." in sent(world, "jan", "accident_examine", row.pk).content.decode()
    more = {"injury": "Rana palca.", "witnesses": "nikt"}
    assert sent(world, "jan", "accident_change", row.pk, **typed, **more).status_code == 302
    draft = paper_of(client_of(world, "jan").get(reverse("ipzs:accident_print", args=[row.pk])))
    assert "PROJEKT" in draft
    assert "10:30" in draft
    assert "podpis poszkodowanego" in draft
    assert sent(world, "jan", "accident_examine", row.pk).status_code == 302
    assert sent(world, "jan", "accident_confirm", row.pk, protocol_on="20.11.2026").status_code == 403
    assert sent(world, "ewa", "accident_confirm", row.pk, protocol_on="20.11.2026").status_code == 302
    assert "Protokół powypadkowy WYP/1/2026" in shown(world, "ewa", "accident_show", row.pk)
    assert sent(world, "ewa", "accident_send", row.pk, sent_on="20.11.2026").status_code == 302
    assert "przekazany do ZUS" in shown(world, "jan", "accident_list")
    assert (
        "Stan wypadku to „przekazany do ZUS”"
        in sent(world, "ewa", "accident_reopen", row.pk, reason="Pomyłka.").content.decode()
    )


def test_an_accident_is_reported_from_the_register(world: World, file: Participation):
    assert str(file.person) in shown(world, "jan", "accident_add")
    answer = sent(
        world, "jan", "accident_add", participation=str(file.pk), happened_on="19.11.2026", hour="8:05",
        place="kuchnia", circumstances="Oparzenie.", reported_on="20.11.2026",
    )  # fmt: skip
    with world.scope("cis"):
        row = Accident.objects.get()
    assert answer.headers["Location"] == reverse("ipzs:accident_show", args=[row.pk])


def test_cards_are_signed_by_those_who_sign(world: World, file: Participation):
    with world.scope("cis", "anna"):
        done(file, done_by="Jan Dereń")
    text = paper_of(client_of(world, "tomasz").get(reverse("ipzs:duty_print", args=[file.pk, "bhp"])))
    assert "podpis uczestnika" in text
    assert "podpis prowadzącego szkolenie" in text
    assert "Jan Dereń" in text


def test_a_pesel_is_printed_for_a_reason_only(world: World, file: Participation):
    typed = {"kind": "first", "tasks": "stolarnia, obróbka drewna"}
    with world.scope("cis"):
        pesel = Participation.objects.get(pk=file.pk).person.pesel
    bare = paper_of(sent(world, "rafal", "medical_referral_print", file.pk, **typed, with_pesel="on"))
    assert "obróbka drewna" in bare
    assert pesel not in bare
    refused = sent(world, "jan", "medical_referral_print", file.pk, **typed, with_pesel="on")
    assert refused.status_code == 422
    opened = sent(
        world, "jan", "medical_referral_print", file.pk, **typed, with_pesel="on", reason="wymaga tego lekarz"
    )
    assert pesel in paper_of(opened)
    with world.scope("cis"):
        details = [one.detail for one in Event.objects.filter(action="ipzs.medical_referral.print")]
    assert {"reason": "wymaga tego lekarz", "open": True, "format": "pdf"} in details


def test_the_desk_tells_before_it_runs_out(world: World, file: Participation):
    desk = reverse("notices:desk")
    assert "Obowiązki: Marek Dąbek" in client_of(world, "jan").get(desk).content.decode()
    assert "Obowiązki: Marek Dąbek" in client_of(world, "rafal").get(desk).content.decode()
    assert "Obowiązki: Marek Dąbek" not in client_of(world, "anna").get(desk).content.decode()
    with world.scope("cis", "anna"):
        services.set_rules(wanted=[services.RuleData(kind, "off") for kind in LESS])
        done(file, valid_until=TODAY + timedelta(days=10))
        done(file, "medical", valid_until=TODAY + timedelta(days=300))
        accident(file)
    body = client_of(world, "jan").get(desk).content.decode()
    assert "Kończy się: szkolenie BHP do 30.11.2026." in body
    assert "badania lekarskie" not in body
    assert "Wypadek WYP/1/2026: Marek Dąbek" in body


def test_the_export_of_a_person_holds_their_duties(world: World, file: Participation):
    with world.scope("cis", "anna"):
        done(file)
        issued(file)
        confirmed(file)
        keys = {one.key for one in collect(file.person_id)}
    assert {"ipzs.dutyrecord", "ipzs.issueditem", "ipzs.accident"} <= keys
