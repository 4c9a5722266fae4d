"""The screens of persons, as a browser without a script uses them."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import Gmina, Participation, Person, PersonFact
from participants.services.people import add_part, merge_persons
from reintegration.audit.models import Event
from tests.cast import World, sign_in
from tests.participants.people.conftest import added, pesel

DAY = date(2026, 11, 2)


def signed_in(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def form(**given: Any) -> dict[str, Any]:
    return {
        "first_name": "Marek",
        "last_name": "Dąbek",
        "pesel": pesel(1),
        "citizenship": "PL",
        "language": "pl",
        "town": "Jodłów",
        **given,
    }


def make(world: World, name: str = "Marek Dąbek", **given: Any) -> Person:
    with world.scope("cis", "ewa"):
        return added(name, **given)


def case_of(world: World, person: Person, manager: str | None = None, number: str = "U/1/2026") -> None:
    with world.scope("cis", "ewa"):
        Participation.objects.create(
            person=person,
            number=number,
            opened_on=DAY,
            case_manager=world.people[manager] if manager else None,
        )


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_person_is_added_and_shown(world: World):
    client = signed_in(world, "rafal")
    answer = client.post(reverse("participants:person_add"), form(), follow=True)
    assert answer.status_code == 200
    page = text_of(answer)
    assert "Marek" in page
    assert "Dąbek" in page
    assert "Dodano: Marek Dąbek." in page
    assert pesel(1) not in page
    assert f"•••••••••{pesel(1)[-2:]}" in page


def said_at(page: str, field: str) -> str:
    """The sentence that stands at a field, or at the group of its choices, and is read out with it."""
    assert re.search(rf'aria-describedby="[^"]*\bid_{field}-err\b', page)
    found = re.search(rf'<p[^>]* id="id_{field}-err"[^>]*>(.*?)</p>', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pesel": pesel(1)[:-1] + str((int(pesel(1)[-1]) + 1) % 10)}, "kontroln"),
        ({"birth_date": "5.5.1983"}, "Według PESEL data urodzenia to"),
        ({"sex": "F"}, "To PESEL mężczyzny. Popraw płeć albo PESEL."),
        ({"birth_date": "31.2.1983"}, "Ten miesiąc ma dni od 1 do 28, wpisano 31."),
        ({"birth_date": "1.1.2030", "pesel": "", "no_pesel": "unknown"}, "jest w przyszłości"),
        ({"street": "a" * 5 * 1024 * 1024}, "Mieści się"),
        ({"pesel": "", "no_pesel": ""}, "Wpisz numer PESEL albo wybierz powód jego braku."),
    ],
    ids=["check digit", "birth date", "sex", "31 February", "the future", "5 MB", "no number"],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(world: World, given: dict, sentence: str):
    client = signed_in(world, "ewa")
    answer = client.post(reverse("participants:person_add"), form(**given))
    page = text_of(answer)
    assert answer.status_code == 422
    assert sentence.lower() in said_at(page, next(iter(given))).lower()
    assert 'value="Jodłów"' in page
    assert 'value="Marek"' in page
    with world.scope("cis"):
        assert not Person.objects.exists()


def test_a_doubled_person_is_refused_with_a_link_to_the_one_on_file(world: World):
    known = make(world, "Anna Bąk", pesel=pesel(1))
    answer = signed_in(world, "ewa").post(reverse("participants:person_add"), form())
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Z tym numerem jest już w kartotece: Anna Bąk." in said_at(page, "pesel")
    assert reverse("participants:person", args=[known.pk]) in page
    assert 'value="Jodłów"' in page


def test_somebody_alike_is_added_only_after_a_look(world: World):
    known = make(world, "Marek Dombek", pesel=pesel(2))
    client = signed_in(world, "ewa")
    address = reverse("participants:person_add")
    answer = client.post(address, form(first_name="Marek", last_name="Dąmbek"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert str(known) in page
    assert "Sprawdź podobne osoby" in page
    answer = client.post(address, form(last_name="Dąmbek", different="on"))
    assert answer.status_code == 302
    with world.scope("cis"):
        assert Person.objects.count() == 2


def test_a_warning_comes_while_somebody_types(world: World):
    known = make(world, "Marek Dąbek", pesel=pesel(1))
    client = signed_in(world, "ewa")
    answer = client.post(
        reverse("participants:person_check"),
        {"first_name": "marek", "last_name": "dabek", "birth_date": "4.5.1983", "pesel": "123"},
        headers={"HX-Request": "true"},
    )
    assert reverse("participants:person", args=[known.pk]) in text_of(answer)
    with world.scope("cis"):
        assert known.pk in Event.objects.filter(action="participants.person.check").latest("id").persons
    answer = client.post(reverse("participants:person_check"), {"first_name": "Ktoś", "last_name": "Inny"})
    assert text_of(answer).strip() == ""


def test_a_covered_number_is_shown_once_for_a_reason(world: World):
    person = make(world, pesel=pesel(1))
    client = signed_in(world, "rafal")
    address = reverse("participants:number_reveal", args=[person.pk])
    page = reverse("participants:person", args=[person.pk])
    answer = client.post(address, {"what": "pesel", "reason": "paper"})
    assert pesel(1) in text_of(answer)
    with world.scope("cis"):
        event = Event.objects.filter(action="participants.number.reveal").latest("id")
    assert event.persons == [person.pk]
    assert event.detail == {"what": "pesel", "reason": "paper"}
    assert pesel(1) not in text_of(client.get(page))


def test_nothing_is_uncovered_without_a_reason(world: World):
    person = make(world, pesel=pesel(1))
    client = signed_in(world, "ewa")
    for reason in ("", "inny"):
        answer = client.post(
            reverse("participants:number_reveal", args=[person.pk]), {"what": "pesel", "reason": reason}
        )
        assert answer.status_code == 422
        assert pesel(1) not in text_of(answer)
        assert "Wybierz, po co to sprawdzasz." in text_of(answer)


def test_htmx_gets_the_covered_place_alone(world: World):
    person = make(world, pesel=pesel(1))
    answer = signed_in(world, "ewa").post(
        reverse("participants:number_reveal", args=[person.pk]),
        {"what": "pesel", "reason": "talk"},
        headers={"HX-Request": "true"},
    )
    assert pesel(1) in text_of(answer)
    assert "<html" not in text_of(answer)


def test_a_number_cannot_be_asked_for_as_a_fact_nor_a_strangers_fact_at_all(world: World):
    person, other = make(world, pesel=pesel(1)), make(world, "Ewa Sowa")
    with world.scope("cis", "ewa"):
        fact = add_part(person_id=other.pk, kind="fact", values={"kind": "health", "text": "kanarek"})
    client = signed_in(world, "ewa")
    for what in ("pesel", f"fact:{fact.pk}", "fact:xyz", "fact:", "grupa"):
        answer = client.post(
            reverse("participants:fact_reveal", args=[person.pk]), {"what": what, "reason": "talk"}
        )
        assert answer.status_code == 404
        assert pesel(1) not in text_of(answer)
        assert "kanarek" not in text_of(answer)
    answer = client.post(
        reverse("participants:number_reveal", args=[person.pk]), {"what": "group", "reason": "talk"}
    )
    assert answer.status_code == 404


def test_what_is_sensitive_is_covered_until_asked_for(world: World):
    person = make(world, pesel=pesel(1))
    with world.scope("cis", "ewa"):
        add_part(
            person_id=person.pk, kind="group", values={"code": "2", "since": DAY, "proof": "zaświadczenie"}
        )
        add_part(person_id=person.pk, kind="disability", values={"degree": "moderate", "since": DAY})
        fact = add_part(
            person_id=person.pk, kind="fact", values={"kind": "health", "text": "kanarek w płucach"}
        )
    client = signed_in(world, "anna")
    page = text_of(client.get(reverse("participants:person", args=[person.pk])))
    for hidden in ("kanarek", "alkoholu", "zaświadczenie", "umiarkowany"):
        assert hidden not in page
    address = reverse("participants:fact_reveal", args=[person.pk])
    for what, shown in (("group", "alkoholu"), ("disability", "umiarkowany"), (f"fact:{fact.pk}", "kanarek")):
        assert shown in text_of(client.post(address, {"what": what, "reason": "plan"}))


@pytest.mark.parametrize("person", ["tomasz", "celina", "olga"])
def test_the_team_sees_names_contact_and_stage_and_no_more(world: World, person: str):
    found = make(
        world, pesel=pesel(1), phone="+48500100200", street="ul. Kanarkowa 1", household="dom kanarek"
    )
    case_of(world, found)
    with world.scope("cis", "ewa"):
        add_part(person_id=found.pk, kind="income", values={"kind": "work", "amount": 10, "since": DAY})
        add_part(
            person_id=found.pk, kind="barrier", values={"kind": "hours", "text": "kanarek", "since": DAY}
        )
    client = signed_in(world, person)
    page = text_of(client.get(reverse("participants:person", args=[found.pk])))
    assert "500 100 200" in page
    assert "kandydat" in page
    for hidden in ("anarek", "Kanarkowa", "Dochody", "05.1983", "maja 1983", "1983-05", "•••"):
        assert hidden not in page
    for name in ("number_reveal", "fact_reveal"):
        answer = client.post(
            reverse(f"participants:{name}", args=[found.pk]), {"what": "pesel", "reason": "talk"}
        )
        assert answer.status_code == 403


def test_a_case_manager_sees_what_is_sensitive_of_their_own_case_only(world: World):
    mine, other = make(world, "Jan Mój"), make(world, "Jan Cudzy")
    case_of(world, mine, "jan")
    case_of(world, other, "anna", "U/2/2026")
    with world.scope("cis", "ewa"):
        facts = {
            person.pk: add_part(person_id=person.pk, kind="fact", values={"kind": "debt", "text": "kanarek"})
            for person in (mine, other)
        }
    client = signed_in(world, "jan")
    assert "Informacje wrażliwe" in text_of(client.get(reverse("participants:person", args=[mine.pk])))
    page = text_of(client.get(reverse("participants:person", args=[other.pk])))
    assert "Te dane widzi opiekun tej osoby." in page
    for person, status in ((mine, 200), (other, 403)):
        answer = client.post(
            reverse("participants:fact_reveal", args=[person.pk]),
            {"what": f"fact:{facts[person.pk].pk}", "reason": "talk"},
        )
        assert answer.status_code == status
        assert client.get(reverse("participants:fact_edit", args=[facts[person.pk].pk])).status_code == status
        assert client.get(reverse("participants:household_edit", args=[person.pk])).status_code == status


@pytest.mark.parametrize(
    ("section", "values", "field", "stored"),
    [
        (
            "address",
            {"town": "Modrzewno", "postcode": "22-100", "phone": "500 100 200"},
            "phone",
            "+48500100200",
        ),
        ("work", {"education": "secondary", "months_without_work": "14"}, "months_without_work", 14),
        ("household", {"household_size": "3", "household": "Dwoje dzieci."}, "household", "Dwoje dzieci."),
        (
            "identity",
            {"first_name": "Marek", "last_name": "Nowy", "citizenship": "UA", "language": "uk"},
            "last_name",
            "Nowy",
        ),
    ],
)
def test_a_section_is_changed_and_the_rest_stays(
    world: World, section: str, values: dict, field: str, stored: Any
):
    person = make(world, pesel=pesel(1), contact_person="siostra", distance_km=4)
    client = signed_in(world, "anna")
    address = reverse(f"participants:{section}_edit", args=[person.pk])
    assert pesel(1) not in text_of(client.get(address))
    answer = client.post(address, values)
    assert answer.status_code == 302, text_of(answer)
    with world.scope("cis"):
        person = Person.objects.get(pk=person.pk)
        assert getattr(person, field) == stored
        assert person.pesel == pesel(1)
        assert (person.birth_date, person.sex) == (date(1983, 5, 4), "M")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("group", {"code": "5", "since": "2.11.2026", "main": "on"}),
        ("disability", {"degree": "light", "since": "2.11.2026"}),
        ("fact", {"kind": "legal", "text": "Sprawa w sądzie."}),
        ("barrier", {"kind": "distance", "text": "Autobus raz dziennie.", "since": "2.11.2026"}),
        ("income", {"kind": "temporary_benefit", "amount": "418,00", "since": "2.11.2026"}),
    ],
)
def test_an_entry_is_added_changed_ended_and_taken_back(world: World, kind: str, values: dict):
    from participants.services.people.parts import PARTS

    person = make(world)
    client = signed_in(world, "anna")
    answer = client.post(reverse(f"participants:{kind}_add", args=[person.pk]), values)
    assert answer.status_code == 302, text_of(answer)
    with world.scope("cis"):
        part = PARTS[kind].objects.get(person=person)
    edit = reverse(f"participants:{kind}_edit", args=[part.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**values, "since": "3.11.2026"}).status_code == 302
    answer = client.post(reverse(f"participants:{kind}_end", args=[part.pk]), {"until": "1.11.2026"})
    assert "Ostatni dzień jest przed pierwszym." in text_of(answer)
    answer = client.post(reverse(f"participants:{kind}_end", args=[part.pk]), {"until": "20.11.2026"})
    assert answer.status_code == 302
    with world.scope("cis"):
        part.refresh_from_db()
        assert (part.since, part.until) == (date(2026, 11, 3), date(2026, 11, 20))
    assert client.get(reverse("participants:person", args=[person.pk])).status_code == 200
    remove = reverse(f"participants:{kind}_remove", args=[part.pk])
    assert client.get(remove).status_code == 200
    assert client.post(remove).status_code == 302
    with world.scope("cis"):
        assert not PARTS[kind].objects.exists()


def test_an_end_before_the_beginning_is_refused_at_its_field(world: World):
    person = make(world)
    answer = signed_in(world, "anna").post(
        reverse("participants:barrier_add", args=[person.pk]),
        {"kind": "hours", "text": "zmiany", "since": "2.11.2026", "until": "1.11.2026"},
    )
    assert "Koniec jest przed początkiem." in text_of(answer)
    assert "zmiany" in text_of(answer)


def test_two_rows_of_one_person_are_compared_and_merged(world: World):
    keep, gone = make(world, "Jan Bóbr", town="Jodłów"), make(world, "Jan Bobr", pesel=pesel(1), town="Lipno")
    with world.scope("cis", "ewa"):
        add_part(person_id=gone.pk, kind="barrier", values={"kind": "hours", "since": DAY})
    client = signed_in(world, "ewa")
    address = reverse("participants:person_merge", args=[keep.pk, gone.pk])
    assert address in text_of(client.get(reverse("participants:double_list")))
    page = text_of(client.get(address))
    assert "Jodłów" in page
    assert "Lipno" in page
    assert "Bariery" in page
    assert pesel(1) not in page
    answer = client.post(address, {"z_town": "gone", "z_last_name": "kept", "z_pesel": "gone"})
    assert answer.status_code == 302
    with world.scope("cis"):
        keep.refresh_from_db()
    assert (keep.town, keep.last_name, keep.pesel) == ("Lipno", "Bóbr", pesel(1))
    answer = client.get(reverse("participants:person", args=[gone.pk]))
    assert answer["Location"] == reverse("participants:person", args=[keep.pk])


def test_what_stands_against_a_merge_is_said_instead_of_a_button(world: World):
    keep, gone = make(world, "Jan Bóbr"), make(world, "Jan Bobr")
    case_of(world, keep)
    case_of(world, gone, number="U/2/2026")
    client = signed_in(world, "anna")
    address = reverse("participants:person_merge", args=[keep.pk, gone.pk])
    page = text_of(client.get(address))
    assert "Obie osoby mają otwartą sprawę." in page
    assert "Połącz wpisy</button>" not in page
    assert client.post(address).status_code == 422


def test_two_different_persons_leave_the_list(world: World):
    one, other = make(world, "Jan Bóbr"), make(world, "Jan Bóbr")
    client = signed_in(world, "anna")
    listed = reverse("participants:double_list")
    assert reverse("participants:person", args=[one.pk]) in text_of(client.get(listed))
    dismiss = reverse("participants:double_dismiss", args=[one.pk, other.pk])
    assert client.get(dismiss).status_code == 200
    assert client.post(dismiss).status_code == 302
    assert "Nie ma podobnych osób" in text_of(client.get(listed))


@pytest.mark.parametrize("person", ["jan", "tomasz", "rafal"])
def test_only_who_leads_merges(world: World, person: str):
    keep, gone = make(world, "Jan Bóbr"), make(world, "Jan Bobr")
    client = signed_in(world, person)
    assert client.get(reverse("participants:double_list")).status_code == 403
    assert client.post(reverse("participants:person_merge", args=[keep.pk, gone.pk])).status_code == 403


def test_another_unit_learns_nothing(world: World):
    person, other = make(world, "Jan Bóbr", pesel=pesel(1)), make(world, "Jan Bobr")
    with world.scope("cis", "ewa"):
        fact = add_part(person_id=person.pk, kind="fact", values={"kind": "debt", "text": "kanarek"})
    client = signed_in(world, "bozena")
    for name, args in (
        ("person", [person.pk]),
        ("identity_edit", [person.pk]),
        ("address_edit", [person.pk]),
        ("household_edit", [person.pk]),
        ("work_edit", [person.pk]),
        ("fact_add", [person.pk]),
        ("fact_edit", [fact.pk]),
        ("fact_remove", [fact.pk]),
        ("double_find", [person.pk]),
        ("person_merge", [person.pk, other.pk]),
        ("double_dismiss", [person.pk, other.pk]),
    ):
        assert client.get(reverse(f"participants:{name}", args=args)).status_code == 404, name
    for name in ("number_reveal", "fact_reveal"):
        answer = client.post(
            reverse(f"participants:{name}", args=[person.pk]), {"what": "pesel", "reason": "talk"}
        )
        assert answer.status_code == 404
    for text in ("Bóbr", pesel(1)):
        answer = client.post(reverse("participants:search"), {"q": text}, follow=True)
        assert answer.status_code == 200
        assert str(person.pk) not in text_of(answer)
    # The same PESEL is no reason to refuse: another unit's files are not asked.
    answer = client.post(reverse("participants:person_add"), form())
    assert answer.status_code == 302
    with world.scope("kis"):
        mine = Person.objects.get()
    answer = client.post(reverse("participants:person_merge", args=[mine.pk, person.pk]))
    assert answer.status_code == 404


def test_who_was_merged_is_named_in_the_journal_by_who_stayed(world: World):
    from participants.queries.people.names import find, names

    keep, gone = make(world, "Jan Bóbr"), make(world, "Jan Bobr")
    with world.scope("cis", "ewa"):
        merge_persons(keep_id=keep.pk, gone_id=gone.pk)
        assert names([keep.pk, gone.pk]) == {keep.pk: "Jan Bóbr", gone.pk: "Jan Bóbr"}
        assert find("bobr") == [keep.pk]


def test_the_page_names_the_person_in_the_journal(world: World):
    person = make(world)
    signed_in(world, "tomasz").get(reverse("participants:person", args=[person.pk]))
    with world.scope("cis"):
        event = Event.objects.filter(action="participants.person.show").latest("id")
    assert (event.object_id, event.persons) == (person.pk, [person.pk])


def test_a_fact_belongs_to_who_wrote_it_down(world: World):
    person = make(world)
    signed_in(world, "anna").post(
        reverse("participants:fact_add", args=[person.pk]), {"kind": "legal", "text": "Sprawa."}
    )
    with world.scope("cis"):
        assert PersonFact.objects.get().made_by == world.people["anna"]


@pytest.fixture
def gminas(db: None) -> None:
    for code, kind in (("0662011", "miasto"), ("0603032", "gmina wiejska")):
        Gmina.objects.create(
            code=code,
            name="Chełm",
            kind=kind,
            powiat="Chełm" if code.startswith("0662") else "chełmski",
            voivodeship="lubelskie",
            state_on=date(2026, 1, 1),
        )


def test_a_gmina_is_suggested_by_its_name_and_understood_as_typed(world: World, gminas: None):
    client = signed_in(world, "rafal")
    suggested = text_of(client.get(reverse("participants:gmina_find"), {"gmina": "chel"}))
    assert suggested.count("<option") == 2
    answer = client.post(reverse("participants:person_add"), form(gmina="Chełm"))
    assert answer.status_code == 422
    assert "Tak nazywa się kilka gmin." in text_of(answer)
    assert 'value="Chełm"' in text_of(answer)
    whole = "Chełm, miasto, Chełm, lubelskie"
    assert client.post(reverse("participants:person_add"), form(gmina=whole)).status_code == 302
    with world.scope("cis"):
        person = Person.objects.get()
    assert person.gmina == "0662011"
    assert whole in text_of(client.get(reverse("participants:person", args=[person.pk])))
    page = text_of(client.get(reverse("participants:address_edit", args=[person.pk])))
    assert f'value="{whole}"' in page
