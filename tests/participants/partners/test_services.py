"""What a partner is asked for: without a name, in order, and never by halves."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from participants.enums import BarrierKind, HelpKind
from participants.models import PartnerRequest
from participants.rules.partners import help_for, tells_who
from participants.services import consents
from participants.services import partners as services
from participants.services.participations import end_participation, reopen
from participants.services.people import add_part, remove_part
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.notices.mailing import compose
from reintegration.notices.models import Mail
from tests.cast import World, sign_in
from tests.participants.consents.made import confirmed, consent
from tests.participants.partners.made import ASKED, GMINA, asked, case, partner

pytestmark = pytest.mark.django_db


def as_person(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.people[name])
    return client


def test_every_barrier_asks_for_a_known_kind_of_help():
    assert {help_for(kind.value) for kind in BarrierKind} <= set(HelpKind.values)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ASKED, False),
        ("Dąbek dojeżdża z Modrzewna.", True),
        ("Prosimy o bilet dla Marka Dąbka.", True),
        ("Rośnie tam dąb.", False),
        ("PESEL 850504 00018", True),
    ],
)
def test_words_without_a_consent_tell_nobody_who_it_is(text: str, told: bool):
    assert tells_who(text, last_name="Dąbek", pesel="85050400018") is told


@pytest.mark.parametrize(
    ("name", "form"),
    [("Kos", "Kosowi"), ("Wierzba", "Wierzbie"), ("Kowalski", "Kowalskiego"), ("Nowak-Sowa", "Sowę")],
)
def test_a_name_is_known_in_its_forms(name: str, form: str):
    assert tells_who(f"Bilet: {form}.", last_name=name, pesel="")
    assert not tells_who("Kosz, wierzch i kowadło i sowity obiad.", last_name=name, pesel="")


def test_from_asking_to_help_that_came(world: World):
    today = clock.today()
    with world.scope("cis", "jan"):
        row = asked(case(world))
        assert (row.state, row.consent, row.asked_by_id) == ("asked", None, world.people["jan"].pk)
        row = services.record_answer(request_id=row.pk, step="promise", on=today)
        assert (row.state, row.promised_for, row.answered_by_id) == (
            "promised",
            today,
            world.people["jan"].pk,
        )
        row = services.record_answer(request_id=row.pk, step="promise", on=today + timedelta(days=3))
        row = services.record_answer(request_id=row.pk, step="deliver", on=today)
        assert (row.state, row.delivered_on, row.ended_by_id) == ("delivered", today, world.people["jan"].pk)


@pytest.mark.parametrize(
    ("steps", "back"),
    [
        (["deliver"], ["promised", "asked"]),
        (["decline"], ["asked"]),
        (["promise", "fail"], ["promised", "asked"]),
        (["promise", "withdraw"], ["asked"]),
        (["withdraw"], ["asked"]),
    ],
)
def test_what_was_written_by_mistake_is_taken_back_with_a_reason(
    world: World, steps: list[str], back: list[str]
):
    with world.scope("cis", "jan"):
        row = asked(case(world))
        for step in steps:
            services.record_answer(request_id=row.pk, step=step, on=clock.today(), reason="Brak miejsc.")
        for state in back:
            with pytest.raises(InputError, match="pomyłką"):
                services.correct_answer(request_id=row.pk, reason=" ")
            row = services.correct_answer(request_id=row.pk, reason="Nie ta osoba.")
            assert (row.state, row.correction, row.ended_at) == (state, "Nie ta osoba.", None)
        with pytest.raises(InputError, match="czeka na odpowiedź"):
            services.correct_answer(request_id=row.pk, reason="Jeszcze raz.")
        assert (row.promised_for, row.answered_at, row.delivered_on) == (None, None, None)


@pytest.mark.parametrize(
    ("step", "given", "said"),
    [
        ("promise", {}, "na który obiecano"),
        ("promise", {"on": -1}, "na który obiecano"),
        ("deliver", {}, "w którym pomoc przyszła"),
        ("deliver", {"on": 1}, "w którym pomoc przyszła"),
        ("deliver", {"on": -1}, "w którym pomoc przyszła"),
        ("decline", {}, "dlaczego"),
        ("withdraw", {"reason": "  "}, "dlaczego"),
        ("fail", {"reason": "Awaria."}, "czeka na odpowiedź"),
    ],
)
def test_half_an_answer_is_refused(world: World, step: str, given: dict[str, Any], said: str):
    values = dict(given)
    if "on" in values:
        values["on"] = clock.today() + timedelta(days=values["on"])
    with world.scope("cis", "jan"):
        row = asked(case(world))
        with pytest.raises(InputError, match=said):
            services.record_answer(request_id=row.pk, step=step, **values)
        row.refresh_from_db()
        assert row.state == "asked"


@pytest.mark.parametrize(
    "given",
    [
        {"state": "promised", "answered_at": "now"},
        {"state": "asked", "promised_for": "today"},
        {"state": "delivered", "promised_for": "today", "answered_at": "now", "ended_at": "now"},
        {"state": "delivered", "promised_for": "today", "answered_at": "now", "delivered_on": "today"},
        {"state": "declined", "answered_at": "now"},
        {"delivered_on": "today"},
        {"ended_at": "now"},
        {"answered_at": "now"},
    ],
)
def test_the_database_refuses_nonsense(world: World, given: dict[str, Any]):
    known = {"now": clock.now(), "today": clock.today()}
    values = {name: known.get(value, value) for name, value in given.items()}
    jan = world.people["jan"]
    values |= {name.replace("_at", "_by"): jan for name in ("answered_at", "ended_at") if name in values}
    with world.scope("cis", "jan"):
        row = asked(case(world))
        with pytest.raises(DatabaseError), transaction.atomic():
            PartnerRequest.objects.filter(pk=row.pk).update(**values)


def test_without_a_consent_no_name_goes_out(world: World):
    with world.scope("cis", "jan"):
        file, gmina = case(world, serial=7), partner()
        with pytest.raises(InputError, match="nazwisko") as refused:
            asked(file, gmina, text="Bilet dla pana Dąbka.")
        assert refused.value.field == "text"
        with pytest.raises(InputError, match="Zgoda osoby jest dla kogoś innego"):
            asked(file, gmina, named=True)
        # The worker has not agreed yet, then it is meant for somebody else, then it covers no name.
        consent(world, file, recipient=GMINA)
        confirmed(world, file)
        confirmed(world, file, recipient=GMINA, parts=frozenset({"entries"}))
        with pytest.raises(InputError, match="Zgoda osoby jest dla kogoś innego"):
            asked(file, gmina, named=True)
        given = confirmed(world, file, recipient="gmina modrzewno")
        with pytest.raises(InputError, match="E-mailem"):
            asked(file, gmina, named=True, asked_how="mail")
        row = asked(file, gmina, named=True, text="Bilet dla pana Dąbka.")
        assert row.consent == given
        with pytest.raises(DatabaseError), transaction.atomic():
            PartnerRequest.objects.filter(pk=row.pk).update(asked_how="mail")
        consents.withdraw_consent(consent_id=given.pk, how="in_presence")
        with pytest.raises(InputError, match="Zgoda osoby jest dla kogoś innego"):
            asked(file, gmina, named=True)


def test_a_mail_says_who_asks_and_nothing_of_the_person(world: World):
    with world.scope("cis", "jan"):
        row = asked(case(world, serial=7), asked_how="mail")
        written = Mail.objects.get(kind="participants.partner_transport", key=str(row.pk))
        message = compose(written)
        assert message.to == ["pomoc@gmina.example"]
        html = str(message.alternatives[0][0])
        for said in (message.subject, str(message.body), html):
            assert "dojazd" in said
            for secret in ("Dąbek", "Marek", ASKED, str(row.pk)):
                assert secret not in said
        assert world.cis.name in str(message.body)
        assert "http" not in str(message.body)
        with pytest.raises(InputError, match="adresu e-mail"):
            asked(row.participation, partner("Parafia w Modrzewnie", email=""), asked_how="mail")
    assert mail.outbox == []


def test_who_may_be_asked_and_about_what(world: World):
    with world.scope("cis", "jan"):
        file, gmina = case(world), partner()
        barrier = add_part(
            person_id=file.person_id, kind="barrier", values={"kind": "distance", "since": clock.today()}
        )
        other = add_part(
            person_id=case(world, "Iga Sowa").person_id,
            kind="barrier",
            values={"kind": "distance", "since": clock.today()},
        )
        row = asked(file, gmina, barrier_id=barrier.pk)
        with pytest.raises(ValidationError, match="ma już prośbę"):
            asked(file, gmina, barrier_id=barrier.pk)
        with pytest.raises(InputError, match="Tej bariery nie ma"):
            asked(file, gmina, barrier_id=other.pk)
        with pytest.raises(InputError, match="zakończ ją"):
            remove_part(kind="barrier", part_id=barrier.pk)
        with pytest.raises(InputError, match="już minął"):
            asked(file, gmina, wanted_by=clock.today() - timedelta(days=1))
        services.record_answer(request_id=row.pk, step="decline", reason="Nie ma takiej linii.")
        services.archive_partner(partner_id=gmina.pk)
        with pytest.raises(InputError, match="w archiwum"):
            asked(file, gmina, barrier_id=barrier.pk)
        services.restore_partner(partner_id=gmina.pk)
        asked(file, gmina, barrier_id=barrier.pk)


def test_a_partner_stands_once_and_helps_with_something(world: World):
    with world.scope("cis", "jan"):
        partner()
        with pytest.raises(ValidationError, match="jest już na liście"):
            partner("GMINA  Modrzewno")
        with pytest.raises(ValidationError, match="nie może być puste"):
            partner("Parafia", helps_with=[])


def test_the_end_of_a_file_withdraws_what_is_going_on_and_its_undoing_asks_again(world: World):
    today = clock.today()
    with world.scope("cis", "jan"):
        file = case(world)
        gmina = partner()
        waits, promised, refused = (asked(file, gmina) for _ in range(3))
        services.record_answer(request_id=promised.pk, step="promise", on=today + timedelta(days=9))
        services.record_answer(request_id=refused.pk, step="withdraw", reason="Nie trzeba.")
        end_participation(participation_id=file.pk, ended_on=today, reason="resigned")
        rows = {row.pk: row for row in PartnerRequest.objects.order_by("pk")}
        assert {row.state for row in rows.values()} == {"withdrawn"}
        assert "się zakończył" in rows[waits.pk].reason
        assert rows[refused.pk].reason == "Nie trzeba."
        assert rows[waits.pk].ended_by_id == world.people["jan"].pk
        reopen(participation_id=file.pk, reason="Pomyłka.")
        rows = {row.pk: row for row in PartnerRequest.objects.order_by("pk")}
        assert [rows[one.pk].state for one in (waits, promised, refused)] == [
            "asked",
            "promised",
            "withdrawn",
        ]
        assert rows[promised.pk].promised_for == today + timedelta(days=9)


def test_an_end_that_a_job_writes_names_nobody(world: World):
    with world.scope("cis", "jan"):
        file = case(world)
        row = asked(file)
    with world.scope("cis"):
        end_participation(participation_id=file.pk, ended_on=clock.today(), reason="resigned")
        row = PartnerRequest.objects.get(pk=row.pk)
        assert (row.state, row.ended_by_id) == ("withdrawn", None)
    told = as_person(world, "jan").get(reverse("participants:network", args=[file.pk]))
    assert told.status_code == 200
    assert as_person(world, "jan").get(reverse("participants:file", args=[file.pk])).status_code == 200


def test_the_list_finds_who_waits_for_a_partner_and_the_end_says_whom_to_tell(world: World):
    with world.scope("cis", "jan"):
        file, _ = case(world), case(world, "Iga Sowa")
        asked(file)
    client = as_person(world, "jan")
    page = client.get(reverse("participants:list"), {"uwaga": "prosba"}).content.decode()
    assert "Dąbek" in page
    assert "Sowa" not in page
    end = reverse("participants:end", args=[file.pk])
    assert f"zostaną odwołane: {GMINA}" in client.get(end).content.decode()
    typed = {"ended_on": format_table_date(clock.today()), "end_reason": "resigned", "destination": "unknown"}
    answer = client.post(end, typed, follow=True)
    assert f"powiedz o tym: {GMINA}" in answer.content.decode()
