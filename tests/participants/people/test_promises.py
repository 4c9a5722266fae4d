"""Help that somebody outside promised: written at the barrier, asked for by the desk until it came."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from participants.forms.people.parts import BarrierForm
from participants.models import Barrier
from participants.services.participations import assign_case_manager
from participants.services.people import add_part
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.cast import World, sign_in
from tests.participants.participations.made import candidate

HELPER = "Gmina Modrzewno"


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address, follow=True).content.decode().replace("\u00a0", " ").split())


def test_a_promise_stands_on_the_desk_until_it_came(world: World, client: Client) -> None:
    today = clock.today()
    with world.scope("cis", "ewa"):
        file = candidate("Marek Dąbek")
        assign_case_manager(participation_id=file.pk, user_id=world.people["jan"].pk)
        values = {"kind": "distance", "since": today, "helper": HELPER, "promised_for": today}
        row = add_part(person_id=file.person_id, kind="barrier", values=values)
    line = "Obiecana pomoc: Marek Dąbek"
    sign_in(client, world.people["jan"])
    assert line in text(client, "/")
    person = reverse("participants:person", args=[file.person_id])
    assert f"{HELPER}: obiecano na {format_table_date(today)}" in text(client, person)
    # Who does not lead the person is not asked.
    other = Client()
    sign_in(other, world.people["anna"])
    assert line not in text(other, "/")
    said = {"kind": "distance", "since": format_table_date(today), "helper": HELPER}
    days = {"promised_for": format_table_date(today), "delivered_on": format_table_date(today)}
    answer = client.post(reverse("participants:barrier_edit", args=[row.pk]), {**said, **days})
    assert answer.status_code == 302
    assert line not in text(client, "/")
    assert f"{HELPER}: pomoc przyszła {format_table_date(today)}" in text(client, person)


def test_what_is_promised_for_later_or_is_over_asks_nobody(world: World, client: Client) -> None:
    today = clock.today()
    with world.scope("cis", "ewa"):
        file = candidate("Marek Dąbek")
        assign_case_manager(participation_id=file.pk, user_id=world.people["jan"].pk)
        for days in ({"promised_for": today + timedelta(days=1)}, {"until": today - timedelta(days=1)}):
            values = {"kind": "distance", "since": today - timedelta(days=9), "helper": HELPER}
            add_part(
                person_id=file.person_id,
                kind="barrier",
                values={**values, "promised_for": today, **days},
            )
        assert Barrier.objects.count() == 2
    sign_in(client, world.people["jan"])
    assert "Obiecana pomoc" not in text(client, "/")


def test_a_promise_is_somebodys() -> None:
    typed = {"kind": "distance", "since": "2.11.2026"}
    assert BarrierForm(typed).is_valid()
    assert set(BarrierForm({**typed, "promised_for": "30.11.2026"}).errors) == {"helper"}
    assert BarrierForm({**typed, "promised_for": "30.11.2026", "helper": HELPER}).is_valid()
