"""Who reads a diagnosis and an opinion: in lists, on pages and on paper, and for how long."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from participants.models import Participation, SpecialistOpinion, SpecialistOpinionGrant
from participants.person_export import collect
from participants.services import diagnoses as services
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.grants import end_passed
from tests.cast import World, sign_in
from tests.participants.diagnoses import made
from tests.participants.participations.made import TODAY

NOBODY = ("ewa", "anna", "tomasz", "celina", "rafal", "bozena", "lucja", "zofia")


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def text_of(answer: object) -> str:
    from io import BytesIO

    content = answer.content  # type: ignore[attr-defined]
    if not content.startswith(b"%PDF"):
        return str(content.decode())
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def places(file: Participation, row: SpecialistOpinion) -> list[str]:
    """Everywhere an opinion can be met."""
    return [
        reverse("participants:diagnosis_list", args=[file.pk]),
        reverse("participants:file", args=[file.pk]),
        reverse("participants:file_history", args=[file.pk]),
        reverse("participants:card_show", args=[file.pk]),
        reverse("participants:specialist_opinion_show", args=[row.pk]),
        reverse("participants:specialist_opinion_print", args=[row.pk]),
        reverse("participants:specialist_opinion_grant", args=[row.pk]),
    ]


def met(world: World, person: str, addresses: list[str], words: tuple[str, ...]) -> set[str]:
    client = client_of(world, person)
    found = set()
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 200 and any(word in text_of(answer) for word in words):
            found.add(address)
    return found


@pytest.fixture
def quiet(world: World) -> tuple[Participation, SpecialistOpinion]:
    """A confidential opinion of the psychologist about somebody whom the case manager leads."""
    with world.scope("cis", "anna"):
        file = made.case(world)
        return file, made.opinion(world, file)


def words_of(row: SpecialistOpinion) -> tuple[str, ...]:
    return made.QUIET, "Krótkie zadania", str(row.pk), "Psycholog"


@pytest.mark.parametrize("person", NOBODY)
def test_a_confidential_opinion_is_met_nowhere(
    world: World, quiet: tuple[Participation, SpecialistOpinion], person: str
):
    file, row = quiet
    assert met(world, person, places(file, row), words_of(row)) == set()


@pytest.mark.parametrize("person", ["olga", "jan"])
def test_its_author_and_the_case_manager_read_it(
    world: World, quiet: tuple[Participation, SpecialistOpinion], person: str
):
    file, row = quiet
    page = reverse("participants:specialist_opinion_show", args=[row.pk])
    paper = reverse("participants:specialist_opinion_print", args=[row.pk])
    tab = reverse("participants:diagnosis_list", args=[file.pk])
    assert {page, paper, tab} <= met(world, person, [page, paper, tab], words_of(row))


def test_who_no_longer_leads_the_case_no_longer_reads_it(
    world: World, quiet: tuple[Participation, SpecialistOpinion]
):
    from participants.services.participations import assign_case_manager

    file, row = quiet
    with world.scope("cis", "ewa"):
        assign_case_manager(participation_id=file.pk, user_id=world.people["anna"].pk)
    assert met(world, "jan", places(file, row), words_of(row)) == set()
    assert met(world, "anna", places(file, row), words_of(row)) != set()


def test_a_colleague_reads_it_until_the_day_named(
    world: World, quiet: tuple[Participation, SpecialistOpinion]
):
    file, row = quiet
    page = reverse("participants:specialist_opinion_show", args=[row.pk])
    answer = client_of(world, "jan").post(
        reverse("participants:specialist_opinion_grant", args=[row.pk]),
        {"person": str(world.people["tomasz"].pk), "reason": "Rozmowa o planie.", "until": "25.11.2026"},
    )
    assert answer.status_code == 302
    assert page in met(world, "tomasz", [page], words_of(row))
    assert met(world, "ewa", places(file, row), words_of(row)) == set()
    with clock.frozen(TODAY + timedelta(days=5)):
        assert page in met(world, "tomasz", [page], words_of(row))
    with clock.frozen(TODAY + timedelta(days=6)):
        assert met(world, "tomasz", places(file, row), words_of(row)) == set()
    with world.scope("cis"):
        assert end_passed(today=TODAY + timedelta(days=6)) == 1
        assert not SpecialistOpinionGrant.objects.exists()


def test_access_is_taken_back_at_once(world: World, quiet: tuple[Participation, SpecialistOpinion]):
    file, row = quiet
    with world.scope("cis", "olga"):
        given = services.open_opinion(
            opinion_id=row.pk,
            user_id=world.people["ewa"].pk,
            reason="Skarga.",
            until=TODAY,
            by=world.people["olga"].pk,
        )
    page = reverse("participants:specialist_opinion_show", args=[row.pk])
    assert page in met(world, "ewa", [page], words_of(row))
    end = reverse("participants:specialist_opinion_grant_end", args=[given.pk])
    assert client_of(world, "ewa").post(end).status_code == 404  # who was let in lets nobody in
    assert client_of(world, "jan").post(end).status_code == 302
    assert met(world, "ewa", places(file, row), words_of(row)) == set()


@pytest.mark.parametrize(
    ("person", "to", "said"),
    [
        ("ewa", "anna", "autor opinii albo opiekun"),
        ("olga", "jan", "czyta tę opinię i bez tego"),
        ("olga", "celina", "nie pracuje tu z uczestnikami"),
        ("olga", "bozena", "nie pracuje tu z uczestnikami"),
    ],
)
def test_an_opinion_is_opened_by_few_to_few(
    world: World, quiet: tuple[Participation, SpecialistOpinion], person: str, to: str, said: str
):
    _, row = quiet
    with world.scope("cis", person), pytest.raises(InputError, match=said):
        services.open_opinion(
            opinion_id=row.pk,
            user_id=world.people[to].pk,
            reason="Rozmowa.",
            until=TODAY,
            by=world.people[person].pk,
        )


def test_an_unsigned_opinion_is_its_authors_alone(world: World):
    with world.scope("cis", "anna"):
        file = made.case(world)
        row = made.opinion(world, file, signed=False, confidential=False)
    page = reverse("participants:specialist_opinion_show", args=[row.pk])
    assert page in met(world, "olga", [page], words_of(row))
    for person in ("jan", *NOBODY):
        assert met(world, person, places(file, row), words_of(row)) == set()


def test_a_signed_opinion_does_not_change(world: World):
    with world.scope("cis", "anna"):
        file = made.case(world)
        row = made.opinion(world, file)
        before = SpecialistOpinion.objects.values().get(pk=row.pk)
        data = services.OpinionData(kind="lawyer", held_on=TODAY, text="Inna.")
        by = world.people["olga"].pk
        for change in (
            lambda: services.edit_opinion(opinion_id=row.pk, data=data, by=by),
            lambda: services.sign_opinion(opinion_id=row.pk, by=by),
            lambda: services.drop_opinion(opinion_id=row.pk, by=by),
        ):
            with pytest.raises(InputError, match="podpisana"):
                change()
        assert SpecialistOpinion.objects.values().get(pk=row.pk) == before
    client = client_of(world, "olga")
    for name in ("edit", "sign", "drop"):
        address = reverse(f"participants:specialist_opinion_{name}", args=[row.pk])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_only_its_author_signs_or_changes_an_opinion(world: World):
    with world.scope("cis", "anna"):
        row = made.opinion(world, made.case(world), signed=False)
        with pytest.raises(InputError, match="ktoś inny"):
            services.sign_opinion(opinion_id=row.pk, by=world.people["jan"].pk)


def test_an_open_opinion_is_read_by_the_case_and_the_specialists_in_the_team(world: World):
    with world.scope("cis", "anna"):
        file = made.case(world)
        made.in_team(world, file, "tomasz")
        row = made.opinion(world, file, by="anna", confidential=False)
    page = reverse("participants:specialist_opinion_show", args=[row.pk])
    assert met(world, "ewa", [page], (made.QUIET,))
    assert not met(world, "tomasz", [page], (made.QUIET,))
    assert not met(world, "olga", [page], (made.QUIET,))
    with world.scope("cis", "anna"):
        made.in_team(world, file, "olga")
    assert met(world, "olga", [page], (made.QUIET,))


def test_a_diagnosis_is_read_by_the_case_and_the_team(world: World):
    with world.scope("cis", "anna"):
        file = made.case(world)
        row = made.finished(world, file)
    addresses = [
        reverse("participants:diagnosis_show", args=[row.pk]),
        reverse("participants:diagnosis_print", args=[row.pk]),
    ]
    for person in ("ewa", "anna", "jan"):
        assert met(world, person, addresses, (made.SECRET,)) == set(addresses)
    for person in ("tomasz", "olga", "celina", "bozena", "lucja", "zofia"):
        assert met(world, person, addresses, (made.SECRET, "Mała ankieta")) == set()
    with world.scope("cis", "anna"):
        made.in_team(world, file, "tomasz")
    assert met(world, "tomasz", addresses, (made.SECRET,)) == set(addresses)


def test_an_instructor_sees_no_sensitive_answer(world: World):
    with world.scope("cis", "anna"):
        file = made.case(world)
        for person in ("tomasz", "olga"):
            made.in_team(world, file, person)
        row = made.finished(world, file)
    addresses = [
        reverse("participants:diagnosis_show", args=[row.pk]),
        reverse("participants:diagnosis_print", args=[row.pk]),
    ]
    assert met(world, "olga", addresses, ("Mam siły.",)) == set(addresses)
    assert met(world, "tomasz", addresses, ("Mam siły.",)) == set()


def test_the_card_holds_nothing_confidential_or_sensitive(world: World):
    with world.scope("cis", "anna"):
        file = made.case(world)
        made.finished(world, file)
        made.opinion(world, file)
        made.opinion(world, file, confidential=False, text="Lubi pracę rękami.")
    card = reverse("participants:card_show", args=[file.pk])
    assert met(world, "jan", [card], ("Zaczynamy od mieszkania.",))
    text = text_of(client_of(world, "jan").get(card))
    assert text.count("Krótkie zadania.") == 1
    assert made.QUIET not in text
    assert "Mam siły." not in text


def test_the_export_tells_a_diagnosis_in_words(world: World):
    with world.scope("cis", "anna"):
        file = made.case(world)
        made.finished(world, file)
        made.begun(world, file)
        (section,) = [one for one in collect(file.person_id) if one.key == "participants.diagnosis.answers"]
        (row,) = section.rows
    assert row["Mam dach."] == "zdecydowanie tak"
    assert row["Czego chcesz?"] == made.SECRET
