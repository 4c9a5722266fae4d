"""Decisions that are taken further: a status that stands again, and a refusal that is decided anew."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from reporting.enums import EndReason
from reporting.models import ProcedureStep, RegisterEntry, StatusAppeal, StatusApplication, StatusDecision
from reporting.queries import registers as queries
from reporting.queries import reports
from reporting.rules.procedures import decision_due
from reporting.rules.registers import standing_on
from reporting.services import appeals, applications, proceedings, registers
from tests.cast import World, sign_in
from tests.reporting.made import GRANTED, entered
from tests.reporting.procedures_made import granted, handed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
LOST_ON, LODGED_ON, REVERSED_ON = date(2026, 9, 1), date(2026, 9, 10), date(2026, 11, 5)
DAYS = (GRANTED, LOST_ON - timedelta(days=1), LOST_ON, LODGED_ON, REVERSED_ON, date(2026, 11, 20))


def lost(entry: RegisterEntry, on: date = LOST_ON) -> StatusDecision:
    return registers.end(entry_id=entry.pk, reason=EndReason.UNHEEDED, number="PS.9", decided_on=on, since=on)


def lodged(entry: RegisterEntry) -> StatusAppeal:
    return appeals.lodge(entry_id=entry.pk, kind="appeal", lodged_on=LODGED_ON)


def standings(entry: RegisterEntry) -> list[str]:
    """How the entry stands on each of the days, as the query and the rule say it."""
    known = registers.decided(entry)
    found = [queries.on_day(day).get(entry=entry).standing for day in DAYS]
    assert found == [standing_on(known, day).value for day in DAYS]
    return found


@pytest.mark.parametrize(("unit_type", "end"), [("CIS", "lost"), ("KIS", "deleted")])
def test_an_end_that_was_reversed_never_came(world: World, unit_type: str, end: str):
    with world.scope("office", "maria"):
        entry = entered(unit_type)
        reason = EndReason.UNHEEDED if unit_type == "CIS" else EndReason.FOUND_CLOSED
        registers.end(entry_id=entry.pk, reason=reason, number="PS.9", decided_on=LOST_ON, since=LOST_ON)
        assert standings(entry) == ["active", "active", end, end, end, end]
        made = lodged(entry)
        assert standings(entry)[-1] == end
        appeals.decide(appeal_id=made.pk, outcome="reverse", number="DS.1", decided_on=REVERSED_ON)
        assert standings(entry) == ["active"] * 6
        entry.refresh_from_db()
        back = StatusDecision.objects.get(kind="reversed")
        assert (entry.state, back.since, back.number) == ("open", LOST_ON, "DS.1")
        assert back.reverses == StatusDecision.objects.get(kind=end)
        # What is decided afterwards is decided as ever, a second end too.
        registers.end(
            entry_id=entry.pk, reason=reason, number="PS.10", decided_on=REVERSED_ON, since=REVERSED_ON
        )
        assert standings(entry) == ["active"] * 4 + [end] * 2


def test_a_unit_whose_status_stands_again_owes_its_report(world: World):
    with world.scope("office", "maria"):
        entry = entered()
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        lost(entry, date(2025, 6, 1))
    with world.scope("cis", "ewa"):
        assert not reports.owes(2026)
    with world.scope("office", "maria"):
        made = appeals.lodge(entry_id=entry.pk, kind="court", lodged_on=date(2025, 6, 10))
        appeals.decide(appeal_id=made.pk, outcome="reverse", number="", decided_on=date(2026, 2, 1))
    with world.scope("cis", "ewa"):
        assert reports.owes(2026)


def test_what_was_kept_stays_and_may_be_taken_to_court(world: World):
    with world.scope("office", "maria"):
        entry = entered()
        with pytest.raises(WrongState):
            lodged(entry)
        lost(entry)
        with pytest.raises(InputError, match="Decyzja jest z"):
            appeals.lodge(entry_id=entry.pk, kind="appeal", lodged_on=LOST_ON - timedelta(days=1))
        first = lodged(entry)
        with pytest.raises(Exception, match="czeka już inne"):
            lodged(entry)
        with pytest.raises(InputError, match="Złożono je"):
            appeals.decide(appeal_id=first.pk, outcome="keep", number="", decided_on=LOST_ON)
        appeals.decide(appeal_id=first.pk, outcome="keep", number="DS.1", decided_on=REVERSED_ON)
        assert standings(entry)[-1] == "lost"
        with pytest.raises(WrongState):
            appeals.decide(appeal_id=first.pk, outcome="reverse", number="", decided_on=REVERSED_ON)
        second = appeals.lodge(entry_id=entry.pk, kind="court", lodged_on=REVERSED_ON)
        appeals.decide(appeal_id=second.pk, outcome="end", number="", decided_on=REVERSED_ON)
        assert standings(entry)[-1] == "lost"


def test_the_database_holds_what_a_reversal_is(world: World):
    with world.scope("office", "maria"):
        entry, other = entered(number="1"), entered(number="2")
        end = lost(entry)
        first = StatusDecision.objects.get(entry=entry, kind="granted")
        usual: dict[str, Any] = {
            "entry": entry, "kind": "reversed", "since": LOST_ON, "decided_on": REVERSED_ON, "reverses": end,
        }  # fmt: skip
        for wrong in (
            {"entry": other}, {"since": GRANTED}, {"reverses": first}, {"reverses": None},
            {"decided_on": LOST_ON - timedelta(days=1)}, {"decided_on": None}, {"kind": "granted"},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                StatusDecision.objects.create(**{**usual, **wrong})
        again = {"entry": entry, "kind": "lost", "since": REVERSED_ON, "decided_on": REVERSED_ON}
        with pytest.raises(DatabaseError, match="an end already"), transaction.atomic():
            StatusDecision.objects.create(**again, reason="unheeded")
        StatusDecision.objects.create(**usual)
        with pytest.raises(DatabaseError), transaction.atomic():
            StatusDecision.objects.create(**usual)
        for wrong in (
            {"state": "kept"}, {"decided_on": REVERSED_ON}, {"state": "kept", "decided_on": LOST_ON},
            {"decision": None},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                StatusAppeal.objects.create(
                    **{"decision": end, "kind": "appeal", "lodged_on": LODGED_ON, **wrong}
                )


def refused(world: World) -> StatusApplication:
    with world.scope("cis", "ewa"):
        made = handed_in()
    with world.scope("office", "maria"):
        applications.refuse(
            application_id=made.pk, decision="O.1", decided_on=clock.today(), words="Brakuje lokalu."
        )
    return made


def test_a_refusal_that_was_reversed_is_decided_anew(world: World):
    application = refused(world)
    today = clock.today()
    with world.scope("office", "maria"):
        made = appeals.lodge_refusal(application_id=application.pk, kind="appeal", lodged_on=today)
        appeals.decide(appeal_id=made.pk, outcome="reverse", number="DS.7", decided_on=today)
        row = proceedings.locked(StatusApplication, application.pk)
        assert (row.state, row.decided_on) == ("sent", None)
        entry = granted(application.pk)
        assert queries.on_day(today).get(entry=entry).standing == "active"
    with world.scope("cis", "ewa"):
        said = ProcedureStep.objects.filter(application=application).order_by("at", "pk")
        assert [one.step for one in said] == ["send", "refuse", "appeal", "reopen", "finish"]
        assert said[3].words.startswith("Decyzja uchylona: DS.7 z ")
        assert not StatusAppeal.objects.exists()


def test_the_month_after_a_reversal_runs_from_it_and_leaves_the_waiting_out(world: World):
    application = refused(world)
    again = clock.now() + timedelta(days=60)
    with clock.frozen(again), world.scope("office", "maria"):
        today = clock.today()
        made = appeals.lodge_refusal(application_id=application.pk, kind="appeal", lodged_on=today)
        appeals.decide(appeal_id=made.pk, outcome="reverse", number="DS.7", decided_on=today)
        applications.call(application_id=application.pk, words="Lokal.", days=7)
    with clock.frozen(again + timedelta(days=5)), world.scope("cis", "ewa"):
        applications.answer(application_id=application.pk, point="5", content={"words": "Jest."})
        applications.send(application_id=application.pk)
        row = proceedings.locked(StatusApplication, application.pk)
        assert row.due_on == decision_due(today, 5)


def test_a_refusal_that_was_kept_stays(world: World):
    application = refused(world)
    with world.scope("office", "maria"):
        made = appeals.lodge_refusal(application_id=application.pk, kind="again", lodged_on=clock.today())
        appeals.decide(appeal_id=made.pk, outcome="keep", number="", decided_on=clock.today())
        assert proceedings.locked(StatusApplication, application.pk).state == "refused"
        with pytest.raises(InputError):
            granted(application.pk)
    with world.scope("cis", "ewa"), pytest.raises(DatabaseError, match="other side"), transaction.atomic():
        StatusApplication.objects.filter(pk=application.pk).update(state="sent", decided_on=None)


def test_the_way_of_an_appeal_on_the_screens(world: World, client: Client):
    sign_in(client, world.people["maria"])
    with world.scope("office", "maria"):
        entry = entered()
        lost(entry)
    at = reverse("reporting:entry", args=[entry.pk])
    appeal = reverse("reporting:entry_appeal", args=[entry.pk])
    assert appeal in client.get(at).content.decode()
    assert client.post(appeal, {"kind": "appeal", "lodged_on": "10.9.2026"}).status_code == 302
    with world.scope("office", "maria"):
        outcome = reverse("reporting:appeal_outcome", args=[StatusAppeal.objects.get().pk])
    page = client.get(at).content.decode()
    assert outcome in page
    assert "czeka na wynik" in page
    typed = {"outcome": "reverse", "number": "DS.1", "decided_on": "5.11.2026"}
    assert client.post(outcome, typed).status_code == 302
    page = client.get(at).content.decode()
    for said in ("Uchylenie decyzji DS.1", "Tę decyzję uchylono", "decyzja uchylona: DS.1", "czynny"):
        assert said in page
    application = refused(world)
    of_refusal = reverse("reporting:application_appeal", args=[application.pk])
    shown = reverse("reporting:application", args=[application.pk])
    assert of_refusal in client.get(shown).content.decode()
    today = clock.today().strftime("%d.%m.%Y")
    assert client.post(of_refusal, {"kind": "appeal", "lodged_on": today}).status_code == 302
    with world.scope("office", "maria"):
        waiting = StatusAppeal.objects.get(state="lodged")
    outcome = reverse("reporting:appeal_outcome", args=[waiting.pk])
    assert outcome in client.get(shown).content.decode()
    assert client.post(outcome, {"outcome": "reverse", "decided_on": today}).status_code == 302
    assert (
        reverse("reporting:application_decide", args=[application.pk]) in client.get(shown).content.decode()
    )
