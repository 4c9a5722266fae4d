"""What comes of an inspection, from both its sides, and everybody to whom it does not belong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file
from reintegration.jobs.models import Job
from reintegration.notices.models import Notice
from reporting.models import Inspection, InspectionPoint, Recommendation
from reporting.services import inspection_results as results
from reporting.services import inspections
from reporting.services.proceedings import TELL_JOB, stored_of
from reporting.transitions import OfRecommendation
from tests.cast import World, known_world, sign_in
from tests.reporting import inspection_results_made as made
from tests.reporting.inspections_made import files, opened, prepared, sampled
from tests.reporting.procedures_made import hear, pdf, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
UNIT = ("cis", "ewa")
OFFICE = ("office", "stefan")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.frozen(datetime(2026, 11, 20, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def world() -> World:
    return known_world()


def later(days: int) -> Any:
    return clock.frozen(clock.now() + timedelta(days=days))


def as_one(world: World, who: str) -> Client:
    client = Client()
    sign_in(client, world.people[who], world.organisation_of(who).pk)
    return client


def page(world: World, who: str, name: str, *args: Any) -> str:
    answer = as_one(world, who).get(reverse(f"reporting:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def paper(file_id: Any) -> bytes:
    found = stored_of(file_id)
    assert found is not None
    return read_file(found)


def refused(model: Any, pk: Any, **changes: Any) -> None:
    """The database itself keeps a side from writing what is not its own, or not now."""
    row = model.objects.get(pk=pk)
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


# The protocol


def test_the_protocol_ends_access_and_names_its_evidence(world: World) -> None:
    (file,) = files(world, "Anna Kanarek")
    row = opened(world)
    (sample,) = sampled(world, row, file)
    made.checked(world, row)
    look = reverse("reporting:inspection_look", args=[row.pk, sample.pk])
    assert "Kanarek" in as_one(world, "stefan").get(look).content.decode()
    with world.scope(*OFFICE):
        row = results.hand(inspection_id=row.pk, findings=made.FINDINGS, objection_days=10)
        assert row.state == "protocol"
        assert row.access_ended_at is not None
        evidence, protocol = paper(row.pack), text_of(paper(row.protocol))
    # The hash in the protocol, on the screen and in the row is that of the file which anybody downloads.
    assert sha256(evidence).hexdigest() == row.pack_digest
    assert row.pack_digest in protocol.replace(" ", "")
    got = as_one(world, "ewa").get(reverse("reporting:inspection_file", args=[row.pk, "dowody"]))
    assert sha256(got.content).hexdigest() == row.pack_digest
    assert row.pack_digest in page(world, "ewa", "inspection_results", row.pk)
    said = text_of(evidence)
    assert file.number in said
    assert "Trzy miesiące otwarte." in said
    assert "obejrzano akta" in said
    # Of people the papers know numbers of files alone.
    assert "Kanarek" not in said + protocol
    assert "10 dni roboczych" in protocol
    # Nobody looks any more, and the unit reads the checklist.
    assert "Kanarek" not in as_one(world, "stefan").get(look).content.decode()
    with world.scope(*UNIT):
        assert InspectionPoint.objects.get(inspection=row, code="H3").words == "Trzy miesiące otwarte."


def test_a_protocol_is_handed_over_once_and_read_by_nobody_before(world: World) -> None:
    row = opened(world)
    made.checked(world, row)
    assert "Protokołu jeszcze nie ma" in page(world, "ewa", "inspection_results", row.pk)
    with world.scope(*UNIT):
        assert not InspectionPoint.objects.exists()
        refused(Inspection, row.pk, state="protocol", handed_on=TODAY)
    with world.scope(*OFFICE):
        results.hand(inspection_id=row.pk, findings="X.", objection_days=7)
        with pytest.raises(InputError, match="nie można teraz przekazać"):
            results.hand(inspection_id=row.pk, findings="Y.", objection_days=7)
        for change in ({"findings": "Y."}, {"pack_digest": "0" * 64}, {"objection_days": 9}):
            refused(Inspection, row.pk, **change)


def test_a_draft_is_handed_over_by_nobody(world: World) -> None:
    row = prepared(world)
    with world.scope(*OFFICE), pytest.raises(InputError, match="przygotowywana"):
        results.hand(inspection_id=row.pk, findings="X.", objection_days=7)


def test_what_is_typed_can_be_read_as_a_paper_before(world: World) -> None:
    row = opened(world)
    made.checked(world, row)
    client, at = as_one(world, "stefan"), reverse("reporting:inspection_hand", args=[row.pk])
    shown = client.get(at).content.decode()
    assert "Nie wszystko sprawdzono" in shown
    assert "Trzy miesiące otwarte." in shown
    said = text_of(client.get(f"{at}?podglad").content)
    assert "Projekt." in said
    assert "nie wpisano jeszcze ustaleń" in said


# Receipt and objections


def test_the_term_runs_from_the_receipt_that_the_unit_confirms(world: World) -> None:
    row = made.handed(world)
    with world.scope(*UNIT):
        found = results.receive(inspection_id=row.pk, received_on=TODAY)
        assert (found.objections_due, found.received_by_unit) == (date(2026, 12, 1), True)
        with pytest.raises(InputError, match="już potwierdzony"):
            results.receive(inspection_id=row.pk, received_on=TODAY)
    with world.scope(*OFFICE):
        with pytest.raises(InputError, match="już potwierdzony"):
            results.receive(inspection_id=row.pk, received_on=TODAY)
        refused(Inspection, row.pk, received_on=TODAY - timedelta(days=1))
        with pytest.raises(InputError, match="zgłasza zastrzeżenia w nim sama"):
            results.object_to(inspection_id=row.pk, words="X.", objected_on=TODAY, file=None)


@pytest.mark.parametrize(("days", "taken"), [(11, True), (12, False)])
def test_objections_are_in_time_or_not_at_all(world: World, days: int, taken: bool) -> None:
    row = made.received(world, made.handed(world))
    with later(days), world.scope(*UNIT):
        if taken:
            found = results.object_to(
                inspection_id=row.pk, words="Nie.", objected_on=clock.today(), file=pdf()
            )
            assert found.state == "objections"
            return
        with pytest.raises(InputError, match="minął 01.12.2026"):
            results.object_to(inspection_id=row.pk, words="Nie.", objected_on=clock.today(), file=None)
    with later(days):
        assert "Zgłoś zastrzeżenia" not in page(world, "ewa", "inspection_results", row.pk)


def test_whoever_objects_has_the_protocol_and_the_office_answers(world: World) -> None:
    row = made.objected(world)
    assert (row.received_on, row.received_by_unit) == (TODAY, True)
    with world.scope(*UNIT):
        with pytest.raises(InputError, match="rozpatrzyć|stanowisk|nie można teraz"):
            results.object_to(inspection_id=row.pk, words="I to.", objected_on=TODAY, file=None)
        for change in (
            {"objections": "Inaczej."},
            {"state": "protocol", "objections_result": "all", "replied_on": TODAY},
        ):
            refused(Inspection, row.pk, **change)
    with world.scope(*OFFICE):
        with pytest.raises(InputError, match="nie można teraz wydać"):
            results.settle(inspection_id=row.pk)
        found = results.decide(inspection_id=row.pk, result="part", words="Dwa miesiące zamknięto.")
        assert (found.state, found.replied_on) == ("protocol", TODAY)
        with pytest.raises(InputError, match="nie można teraz rozpatrzyć"):
            results.decide(inspection_id=row.pk, result="all", words="X.")
        refused(Inspection, row.pk, objections="Nic.")
    with world.scope(*UNIT), pytest.raises(InputError, match="już są"):
        results.object_to(inspection_id=row.pk, words="Znowu.", objected_on=TODAY, file=None)
    assert "Dwa miesiące zamknięto." in page(world, "ewa", "inspection_results", row.pk)


# Recommendations


def test_recommendations_wait_for_the_term_of_objections(world: World) -> None:
    row = made.handed(world)
    with world.scope(*OFFICE), pytest.raises(InputError, match="protokół doszedł"):
        results.settle(inspection_id=row.pk)
    made.received(world, row)
    with world.scope(*OFFICE):
        with pytest.raises(InputError, match="do 01.12.2026"):
            results.settle(inspection_id=row.pk)
        with later(12):
            assert results.settle(inspection_id=row.pk).state == "settled"
            # Without a recommendation there is nothing to wait for.
            assert results.close(inspection_id=row.pk).state == "closed"


def test_the_unit_reads_a_recommendation_once_it_is_given(world: World) -> None:
    row = made.decided(world)
    with world.scope(*UNIT):
        assert not Recommendation.objects.exists()
    assert "zamykać miesiąc" not in page(world, "ewa", "inspection_results", row.pk).lower()
    with world.scope(*OFFICE):
        (one,) = Recommendation.objects.order_by("position")
        with pytest.raises(InputError, match="co najmniej 14 dni"):
            results.reword(recommendation_id=one.pk, words="X.", due_on=TODAY + timedelta(days=13))
        results.reword(recommendation_id=one.pk, words="Lepiej.", due_on=TODAY + timedelta(days=14))
        with later(1), pytest.raises(InputError, match="Zalecenie 1 ma termin 04.12.2026"):
            results.settle(inspection_id=row.pk)
        second = results.recommend(inspection_id=row.pk, words="Dwa.", due_on=TODAY + timedelta(days=20))
        assert second.position == 2
        results.drop(recommendation_id=second.pk)
        row = results.settle(inspection_id=row.pk)
        said = text_of(paper(row.settled_paper))
        assert "Lepiej." in said
        assert "uwzględnione w części" in said
        for act in (
            lambda: results.reword(recommendation_id=one.pk, words="X.", due_on=TODAY + timedelta(days=40)),
            lambda: results.drop(recommendation_id=one.pk),
            lambda: results.recommend(inspection_id=row.pk, words="X.", due_on=TODAY + timedelta(days=40)),
        ):
            with pytest.raises(InputError, match="przed ich wydaniem"):
                act()
        refused(Recommendation, one.pk, words="Co innego.")
    with world.scope(*UNIT):
        assert Recommendation.objects.get().words == "Lepiej."


def test_a_recommendation_is_answered_checked_and_the_inspection_closed(world: World) -> None:
    row, (one, other) = made.settled(world, ("Jeden.", "Dwa."))
    with world.scope(*OFFICE):
        with pytest.raises(InputError, match="odpowiada w nim sama"):
            results.answer(recommendation_id=one.pk, words="X.", answered_on=TODAY, file=None)
        with pytest.raises(InputError, match="Jednostka ma czas do 20.12.2026"):
            results.follow(
                recommendation_id=one.pk, step=OfRecommendation.NOT_DONE, words="Nie.", due_on=None
            )
        with pytest.raises(InputError, match="Sprawdź najpierw"):
            results.close(inspection_id=row.pk)
    with world.scope(*UNIT):
        said = results.answer(recommendation_id=one.pk, words="Już.", answered_on=TODAY, file=pdf())
        assert said.state == "answered"
        for change in (
            {"state": "done", "checked_on": TODAY},
            {"answer": "Inaczej."},
            {"due_on": date(2027, 5, 1)},
        ):
            refused(Recommendation, one.pk, **change)
    with world.scope(*OFFICE):
        assert stored_of(said.answer_file) is not None
        again = results.follow(
            recommendation_id=one.pk, step=OfRecommendation.AGAIN, words="Za mało.", due_on=date(2027, 1, 15)
        )
        assert (again.state, again.due_on) == ("given", date(2027, 1, 15))
        results.follow(recommendation_id=other.pk, step=OfRecommendation.DONE, words="", due_on=None)
    with world.scope(*UNIT):
        results.answer(recommendation_id=one.pk, words="Teraz tak.", answered_on=TODAY, file=None)
    with world.scope(*OFFICE):
        with pytest.raises(InputError, match="Napisz, dlaczego"):
            results.follow(recommendation_id=one.pk, step=OfRecommendation.NOT_DONE, words=" ", due_on=None)
        results.follow(recommendation_id=one.pk, step=OfRecommendation.DONE, words="Dobrze.", due_on=None)
        with pytest.raises(InputError, match="nie można teraz"):
            results.follow(
                recommendation_id=one.pk, step=OfRecommendation.AGAIN, words="X.", due_on=date(2027, 3, 1)
            )
        assert results.close(inspection_id=row.pk).closed_on == TODAY


def test_of_a_unit_outside_the_program_the_office_writes_all_down(world: World) -> None:
    with later(-20):
        row = made.handed(world, unit=None)
        with world.scope(*OFFICE):
            assert row.addressee_id is None
            found = results.object_to(
                inspection_id=row.pk, words="Nie.", objected_on=clock.today(), file=pdf()
            )
            assert (found.state, found.received_by_unit) == ("objections", False)
            results.decide(inspection_id=row.pk, result="none", words="Bez zmian.")
    with world.scope(*OFFICE):
        one = results.recommend(inspection_id=row.pk, words="Mend.", due_on=TODAY + timedelta(days=30))
        results.settle(inspection_id=row.pk)
        assert (
            results.answer(recommendation_id=one.pk, words="Jest.", answered_on=TODAY, file=pdf()).state
            == "answered"
        )
        assert not Job.objects.filter(kind=TELL_JOB, payload__row=str(row.pk)).exists()
        results.follow(recommendation_id=one.pk, step=OfRecommendation.DONE, words="", due_on=None)
        results.close(inspection_id=row.pk)


# Others


@pytest.mark.parametrize("who", ["teresa", "bozena", "dorota", "wiktor"])
def test_nobody_else_sees_anything_of_it(world: World, who: str) -> None:
    row, one = made.answered(world)
    client = as_one(world, who)
    for name in ("results", "hand", "received", "object", "decide", "recommend", "settle", "close"):
        assert client.get(reverse(f"reporting:inspection_{name}", args=[row.pk])).status_code in {403, 404}, (
            name
        )
    for name in ("change", "drop", "answer", "check", "file"):
        assert client.get(reverse(f"reporting:recommendation_{name}", args=[one.pk])).status_code in {
            403,
            404,
        }, name
    for what in ("dowody", "protokol", "zalecenia", "zastrzezenia"):
        at = reverse("reporting:inspection_file", args=[row.pk, what])
        assert client.get(at).status_code in {403, 404}, what


def test_a_side_has_no_page_of_the_other(world: World) -> None:
    row, (one,) = made.settled(world)
    unit = as_one(world, "ewa")
    for name in ("hand", "decide", "recommend", "settle", "close"):
        assert unit.get(reverse(f"reporting:inspection_{name}", args=[row.pk])).status_code == 403, name
    for name in ("change", "drop", "check"):
        assert unit.get(reverse(f"reporting:recommendation_{name}", args=[one.pk])).status_code == 403, name
    # What was not made is not there, whoever asks.
    assert unit.get(reverse("reporting:recommendation_file", args=[one.pk])).status_code == 404
    assert unit.get(reverse("reporting:inspection_file", args=[row.pk, "zastrzezenia"])).status_code == 404
    assert unit.get(reverse("reporting:inspection_file", args=[row.pk, "cokolwiek"])).status_code == 404


def test_both_sides_hear_of_each_step(world: World) -> None:
    row = made.objected(world)
    with world.scope(*OFFICE):
        results.decide(inspection_id=row.pk, result="none", words="Bez zmian.")
    for job in Job.objects.filter(kind=TELL_JOB).order_by("pk"):
        hear(job)
    with world.scope(*UNIT):
        told = [one.title for one in Notice.objects.filter(recipient=world.people["ewa"]).order_by("pk")]
    assert [one.partition(": ")[2] for one in told][-2:] == ["jest protokół", "urząd rozpatrzył zastrzeżenia"]
    with world.scope(*OFFICE):
        (heard,) = Notice.objects.filter(recipient=world.people["stefan"]).order_by("pk")
    assert heard.title.endswith("są zastrzeżenia do protokołu")
    assert heard.link == reverse("reporting:inspection_results", args=[row.pk])


# Desks


def desk(world: World, who: str) -> str:
    return str(as_one(world, who).get(reverse("notices:desk")).content.decode())


def test_open_access_stands_on_the_desk_of_the_unit_while_it_lasts(world: World) -> None:
    row, said = opened(world), "Urząd ma wgląd w akta z próby do"
    assert said in desk(world, "ewa")
    assert said not in desk(world, "bozena")
    with later(14):
        assert said not in desk(world, "ewa")
    with world.scope(*OFFICE):
        inspections.end_access(inspection_id=row.pk)
    assert said not in desk(world, "ewa")


def test_whoever_inspects_has_the_inspection_on_their_desk(world: World) -> None:
    row = opened(world)
    assert "Kontrola w toku" in (mine := desk(world, "stefan"))
    assert "zostało 14 dni" in mine
    with world.scope(*OFFICE):
        points = InspectionPoint.objects.count()
    assert f"Do sprawdzenia: {points} punktów." in mine
    # It is theirs alone: a colleague who does not inspect has nothing to do there.
    for who in ("maria", "dorota", "ewa"):
        assert "Kontrola w toku" not in desk(world, who), who
    with later(14):
        assert "Napisz protokół" in (mine := desk(world, "stefan"))
        assert "Kontrola w toku" not in mine
        assert "Napisz protokół" not in desk(world, "maria")
    with world.scope(*OFFICE):
        inspections.end_access(inspection_id=row.pk)
    assert "akta są już zamknięte" in desk(world, "stefan")
    with world.scope(*OFFICE):
        results.hand(inspection_id=row.pk, findings=made.FINDINGS, objection_days=7)
    assert "Napisz protokół" not in desk(world, "stefan")


def test_a_protocol_without_a_receipt_is_asked_about(world: World) -> None:
    row = made.handed(world)
    said = "Bez odbioru protokołu"
    with later(14):
        assert said not in desk(world, "maria")
    with later(15):
        assert said in desk(world, "maria")
        assert said not in desk(world, "dorota")
        made.received(world, row)
        assert said not in desk(world, "maria")


def test_each_desk_has_what_waits_for_its_side(world: World) -> None:
    row = made.handed(world)
    assert "Potwierdź odbiór protokołu." in desk(world, "ewa")
    assert "Protokół kontroli" not in desk(world, "stefan")
    made.received(world, row)
    assert "Zastrzeżenia do" in desk(world, "ewa")
    with later(12):
        # The term has passed: nothing is the unit's any more.
        assert "Protokół kontroli" not in desk(world, "ewa")
        assert "Wydaj zalecenia:" in desk(world, "stefan")
        with world.scope(*OFFICE):
            one = results.recommend(
                inspection_id=row.pk, words="Mend.", due_on=clock.today() + timedelta(days=20)
            )
            results.settle(inspection_id=row.pk)
        assert "Zalecenie 1 z kontroli" in desk(world, "ewa")
        assert "Wydaj zalecenia:" not in desk(world, "stefan")
    with later(40):
        assert "Termin minął" in desk(world, "ewa")
        assert "Bez odpowiedzi na zalecenie" in desk(world, "stefan")
        with world.scope(*UNIT):
            results.answer(recommendation_id=one.pk, words="Już.", answered_on=clock.today(), file=None)
        assert "Zalecenie 1 z kontroli" not in desk(world, "ewa")
        assert "Sprawdź odpowiedź" in desk(world, "stefan")
    # Another unit, and whoever leads cases in this one, has nothing of it.
    for who in ("bozena", "dorota"):
        with later(40):
            assert "z kontroli" not in desk(world, who)


def test_objections_wait_on_the_desk_of_the_office(world: World) -> None:
    made.objected(world)
    assert "Zastrzeżenia do protokołu" in desk(world, "stefan")
    assert "Protokół kontroli" not in desk(world, "ewa")


def test_the_inspection_leads_to_its_protocol(world: World) -> None:
    row = opened(world)
    hand = reverse("reporting:inspection_hand", args=[row.pk])
    at = reverse("reporting:inspection_results", args=[row.pk])
    assert hand in page(world, "stefan", "inspection", row.pk)
    assert hand not in page(world, "ewa", "inspection", row.pk)
    # A colleague who does not inspect is offered no protocol to write.
    for who, offered in (("stefan", True), ("maria", False), ("ewa", False)):
        assert (hand in page(world, who, "inspection_results", row.pk)) is offered, who
    with world.scope(*OFFICE):
        results.hand(inspection_id=row.pk, findings=made.FINDINGS, objection_days=7)
    for who in ("stefan", "ewa"):
        assert at in page(world, who, "inspection", row.pk)


def test_the_page_of_the_results_asks_for_recommendations_once(world: World) -> None:
    row = made.decided(world)
    client = as_one(world, "stefan")
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(reverse("reporting:inspection_results", args=[row.pk])).content.decode()
    assert "Wydaj zalecenia" in shown
    assert sum('FROM "reporting_recommendation"' in one["sql"] for one in asked) == 1
