"""What happens to a referral from its sending to an open file, and who is told."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections

from participants.models import (
    Intake,
    IntakeNote,
    IntakeSettings,
    Participation,
    Person,
    PersonGroup,
    Referral,
    ReferralEntry,
    ReferralFile,
    ReferralOpinion,
)
from participants.notice_kinds import referrals as kinds
from participants.papers import REFERRAL_FILE
from participants.services import referrals as services
from participants.services.people import PersonData, add_person
from participants.services.portal.drafts import save_draft
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file
from reintegration.documents.models import StoredFile
from reintegration.documents.uploads import CheckedFile
from reintegration.jobs.worker import drain
from reintegration.notices.models import DeskTask, Notice
from tests.cast import World, known_world
from tests.participants.referrals.made import (
    INTERVIEW,
    SITUATION,
    TODAY,
    application,
    draft,
    in_state,
    sent,
)


def entries(referral: Referral) -> list[str]:
    rows = ReferralEntry.objects.filter(referral=referral).order_by("at", "pk")
    return list(rows.values_list("transition", flat=True))


def tasks() -> set[str]:
    return set(DeskTask.objects.filter(settled_at=None).values_list("kind", flat=True))


def paper(name: str = "wywiad.pdf", content: bytes = b"%PDF-1.7 paper") -> CheckedFile:
    return CheckedFile(name=name, media_type="application/pdf", content=content)


# Sending


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"last_name": ""}, "last_name"),
        ({"pesel": ""}, "pesel"),
        ({"situation": {}}, "groups"),
        ({"person_agrees": False}, "person_agrees"),
        ({"birth_date": date(1980, 1, 1)}, "birth_date"),
        ({"source": "PUP"}, "ops_notified_on"),
        (
            {"source": "PUP", "ops_notified_on": TODAY + timedelta(days=1), "ops_name": "OPS"},
            "ops_notified_on",
        ),
        ({"source": "PUP", "ops_notified_on": TODAY}, "ops_name"),
        ({"source": "representative"}, "representative"),
    ],
)
def test_what_is_incomplete_is_not_sent(world: World, given: dict[str, Any], field: str) -> None:
    with world.scope("ops", "zofia"):
        made = draft(world, **given)
        with pytest.raises(services.Incomplete) as refused:
            services.send_referral(referral_id=made.pk)
        assert field in {problem.field for problem in refused.value.problems}
        assert Referral.objects.get(pk=made.pk).state == "draft"


def test_the_sender_is_frozen_as_of_the_day_of_sending(world: World) -> None:
    found = sent(world, sender_name="", source="OPS")
    assert found.sender_name == "Ośrodek Pomocy Społecznej w Modrzewnie"
    assert (found.source, found.sender_person) == ("OPS", "Zofia Kalina")
    assert found.sent_by == world.people["zofia"]
    with world.scope("ops", "zofia"), pytest.raises(InputError, match="wysłane"):
        services.send_referral(referral_id=found.pk)


def test_nothing_is_sent_to_a_closed_unit(world: World) -> None:
    with world.scope("operator", "operator"):
        world.cis.closed_on = TODAY - timedelta(days=1)
        world.cis.save()
    with world.scope("ops", "zofia"):
        made = draft(world)
        with pytest.raises(InputError, match="nie działa"):
            services.send_referral(referral_id=made.pk)


def test_a_draft_goes_to_another_unit_with_what_was_added(world: World) -> None:
    with world.scope("ops", "zofia"):
        made = draft(world)
        services.attach_file(referral_id=made.pk, file=paper(), label="wywiad")
        services.add_opinion(referral_id=made.pk, visited_on=TODAY, text="Popieram.", recommendation="yes")
        data = {"groups": ["1"]}
        save_draft(
            referral_id=made.pk, unit_id=world.kis.pk, sender_id=made.sender_id, source="OPS", data=data
        )
        services.send_referral(referral_id=made.pk)
    with world.scope("kis", "marek"):
        assert ReferralOpinion.objects.get(referral_id=made.pk).text == "Popieram."
        assert StoredFile.brought.get().name == "wywiad.pdf"
        services.receive(referral_id=made.pk)
        services.return_to_sender(referral_id=made.pk, reason="other", text="Uzupełnij.")
    with world.scope("ops", "zofia"), pytest.raises(InputError, match="tej samej jednostki"):
        save_draft(
            referral_id=made.pk, unit_id=world.cis.pk, sender_id=made.sender_id, source="OPS", data=data
        )


# The unit's steps


def test_the_terms_run_from_receiving_as_the_unit_set_them(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        IntakeSettings.objects.create(opinion_days=10, study_days=30)
        received = services.receive(referral_id=found.pk)
        assert received.opinion_due_on == TODAY + timedelta(days=10)
        assert received.answer_due_on == TODAY + timedelta(days=30)
        assert Intake.objects.get(referral=found).person is None


def test_an_opinion_that_came_before_is_not_waited_for(world: World) -> None:
    with world.scope("ops", "zofia"):
        made = draft(world)
        services.add_opinion(referral_id=made.pk, visited_on=TODAY, text="Popieram.", recommendation="yes")
        services.send_referral(referral_id=made.pk)
    with world.scope("cis", "anna"):
        assert services.receive(referral_id=made.pk).opinion_due_on is None


@pytest.mark.parametrize(
    ("when", "place"),
    [(clock.now, "biuro"), (lambda: INTERVIEW, " "), (lambda: INTERVIEW.replace(year=2030), "biuro")],
)
def test_an_interview_has_a_coming_day_and_a_place(world: World, when: Any, place: str) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        services.receive(referral_id=found.pk)
        with pytest.raises(InputError):
            services.invite(referral_id=found.pk, interview_at=when(), place=place)


@pytest.mark.parametrize(("reason", "text"), [("", "Bo tak."), ("wymyślony", "Bo tak."), ("no_places", " ")])
def test_a_refusal_has_a_reason_of_the_list_and_a_message(world: World, reason: str, text: str) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        services.receive(referral_id=found.pk)
        with pytest.raises(InputError):
            services.refuse(referral_id=found.pk, reason=reason, text=text)
        assert Referral.objects.get(pk=found.pk).state == "received"


def test_a_trial_is_offered_from_a_coming_day(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        in_state("in_study", found)
        for since in (TODAY - timedelta(days=1), TODAY + timedelta(days=400)):
            with pytest.raises(InputError):
                services.offer_trial(referral_id=found.pk, since=since)


def test_a_returned_referral_is_completed_and_sent_again_with_every_entry(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        services.receive(referral_id=found.pk)
        services.return_to_sender(referral_id=found.pk, reason="papers_missing", text="Brak wywiadu.")
        assert not Referral.objects.filter(pk=found.pk).exists()
    drain()
    with world.scope("ops", "zofia"):
        back = Referral.objects.get(pk=found.pk)
        assert (back.state, back.sent_at, back.opinion_due_on) == ("draft", None, None)
        assert tasks() == {kinds.TO_COMPLETE.key}
        # What was written may tell of health; the desk is kept in the clear.
        assert DeskTask.objects.get(settled_at=None).text == "Brakuje załączników."
        services.send_referral(referral_id=found.pk)
        assert tasks() == set()
    with world.scope("cis", "anna"):
        assert entries(found) == ["send", "receive", "return", "send"]


def test_without_an_account_of_the_sender_what_is_returned_stays(world: World) -> None:
    with world.scope("cis", "anna"):
        found = application()
        services.return_to_sender(referral_id=found.pk, reason="other", text="Brak danych.")
        found.refresh_from_db()
        assert (found.state, entries(found)[-1]) == ("received", "return")


def test_reopening_starts_the_terms_anew(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        in_state("refused", found)
    with clock.frozen(TODAY + timedelta(days=40)), world.scope("cis", "ewa"):
        again = services.reopen(referral_id=found.pk)
        assert (again.state, again.reason, again.message) == ("received", "", "")
        assert again.answer_due_on == TODAY + timedelta(days=61)


def test_a_withdrawn_referral_is_resumed_by_its_sender_as_a_draft(world: World) -> None:
    found = sent(world)
    with world.scope("ops", "zofia"):
        services.withdraw(referral_id=found.pk, reason="person_resigned")
    with world.scope("cis", "anna"), pytest.raises(InputError, match="podmiotu kierującego"):
        services.reopen(referral_id=found.pk)
    with world.scope("ops", "zofia"):
        assert services.reopen(referral_id=found.pk).state == "draft"


def test_transferred_is_no_reason_to_choose(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"), pytest.raises(InputError):
        services.make_obsolete(referral_id=found.pk, reason="transferred")


# Own applications


def test_an_own_application_is_received_at_once(world: World) -> None:
    with world.scope("cis", "rafal"):
        found = application(birth_date=date(1985, 5, 4))
        assert (found.state, found.sender_id, found.source) == ("received", None, "self")
        assert found.answer_due_on == TODAY + timedelta(days=21)
        assert entries(found) == ["enter"]
        with pytest.raises(services.Incomplete):
            application(first_name="", serial=8)
        with pytest.raises(InputError, match="podmiot"):
            services.enter_application(source="OPS", data={})


def test_the_unit_writes_down_that_an_applicant_withdraws(world: World) -> None:
    with world.scope("cis", "anna"):
        found = application()
        withdrawn = services.withdraw(referral_id=found.pk, reason="found_work")
        assert withdrawn.state == "withdrawn"


# Accepting


def test_accepting_adds_the_person_and_opens_the_file(world: World) -> None:
    found = sent(world, phone="600100200")
    with world.scope("cis", "anna"):
        in_state("trial_offered", found)
        file = services.accept(referral_id=found.pk, case_manager_id=world.people["jan"].pk)
        assert (file.referral_id, file.opened_on) == (found.pk, TODAY)
        person = Person.objects.get(pk=file.person_id)
        assert (str(person), person.phone, person.pesel) == ("Marek Dąbek", "600100200", found.pesel)
        groups = PersonGroup.objects.filter(person=person).order_by("since", "pk")
        assert {(group.code, group.main) for group in groups} == {("1", True), ("5", False)}
        assert Intake.objects.get(referral=found).person_id == person.pk
        assert Referral.objects.get(pk=found.pk).state == "accepted"


def test_who_is_on_file_is_linked_and_never_doubled(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        known = add_person(data=PersonData(first_name="Marek", last_name="Dąbek", pesel=found.pesel))
        in_state("in_study", found)
        with pytest.raises(InputError, match="Marek Dąbek"):
            services.accept(referral_id=found.pk)
        assert Referral.objects.get(pk=found.pk).state == "in_study"
        file = services.accept(referral_id=found.pk, person_id=known.pk)
        assert file.person_id == known.pk
        assert Person.objects.count() == 1


def test_who_has_an_open_file_is_not_accepted_twice(world: World) -> None:
    first, second = sent(world), sent(world)
    with world.scope("cis", "anna"):
        in_state("in_study", first)
        in_state("in_study", second)
        file = services.accept(referral_id=first.pk)
        with pytest.raises(InputError, match=file.number):
            services.accept(referral_id=second.pk, person_id=file.person_id)
        assert Referral.objects.get(pk=second.pk).state == "in_study"
        assert Intake.objects.get(referral=second).person is None


def test_the_papers_become_the_units_own(world: World) -> None:
    with world.scope("ops", "zofia"):
        made = draft(world)
        services.attach_file(referral_id=made.pk, file=paper(), label="wywiad")
        services.send_referral(referral_id=made.pk)
    with world.scope("cis", "anna"):
        in_state("in_study", made)
        file = services.accept(referral_id=made.pk)
        kept = StoredFile.objects.get(subject_id=file.person_id)
        assert (kept.kind, kept.name) == (REFERRAL_FILE, "wywiad.pdf")
        assert read_file(kept) == b"%PDF-1.7 paper"


def test_two_who_accept_at_once_open_one_file(committed_db: str, settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path
    world = known_world()
    found = sent(world)
    with world.scope("cis", "anna"):
        in_state("in_study", found)
    start = threading.Barrier(2)
    answers: list[str] = []

    def accept(person: str) -> None:
        try:
            with clock.frozen(TODAY), world.scope("cis", person):
                start.wait(10)
                services.accept(referral_id=found.pk)
            answers.append("przyjęto")
        except InputError as error:
            answers.append(error.message)
        finally:
            connections.close_all()

    both = [threading.Thread(target=accept, args=[person]) for person in ("anna", "ewa")]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert sorted(answers, reverse=True) == [
        "przyjęto",
        "Stan skierowania to „przyjęte”: nie można teraz przyjąć.",
    ]
    with world.scope("cis", "anna"):
        assert Participation.objects.count() == Person.objects.count() == 1


# Adding


def test_messages_go_both_ways_and_stay(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        services.add_message(referral_id=found.pk, text="Kiedy wywiad?")
        with pytest.raises(InputError):
            services.add_message(referral_id=found.pk, text=" ")
    with world.scope("ops", "zofia"):
        services.add_message(referral_id=found.pk, text="W piątek.")
        said = ReferralEntry.objects.filter(transition="message").order_by("at", "pk")
        assert [(one.by_name, one.by_unit, one.text) for one in said] == [
            ("Anna Lawenda", True, "Kiedy wywiad?"),
            ("Zofia Kalina", False, "W piątek."),
        ]


def test_an_opinion_settles_what_waited_for_it_on_both_desks(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        services.receive(referral_id=found.pk)
    drain()
    with world.scope("ops", "zofia"):
        assert kinds.OPINION_DUE.key in tasks()
        services.add_opinion(
            referral_id=found.pk, visited_on=TODAY, text="Popieram.", recommendation="with_remarks"
        )
        assert kinds.OPINION_DUE.key not in tasks()
    with world.scope("cis", "anna"):
        assert Referral.objects.get(pk=found.pk).opinion_due_on is None
        assert ReferralOpinion.objects.get().author_name == "Zofia Kalina"
        with pytest.raises(InputError, match="nie odbył"):
            services.add_opinion(
                referral_id=found.pk, visited_on=TODAY + timedelta(days=1), text="x", recommendation="yes"
            )


def test_a_file_of_a_draft_is_shared_when_the_draft_is_sent(world: World) -> None:
    with world.scope("ops", "zofia"):
        made = draft(world)
        services.attach_file(referral_id=made.pk, file=paper(), label="wywiad")
    with world.scope("cis", "anna"):
        assert not StoredFile.brought.exists()
    with world.scope("ops", "zofia"):
        services.send_referral(referral_id=made.pk)
    with world.scope("cis", "anna"):
        assert StoredFile.brought.get().name == "wywiad.pdf"
        services.attach_file(referral_id=made.pk, file=paper("odpowiedz.pdf"), label="odpowiedź")
    with world.scope("ops", "zofia"):
        assert StoredFile.brought.get().name == "odpowiedz.pdf"
        assert set(ReferralFile.objects.values_list("label", flat=True)) == {"wywiad", "odpowiedź"}
    with world.scope("kis", "marek"):
        assert not StoredFile.brought.exists()


# Handing over


def test_another_unit_of_the_founder_makes_its_own_copy(world: World) -> None:
    with world.scope("ops", "zofia"):
        made = draft(world)
        services.attach_file(referral_id=made.pk, file=paper(), label="wywiad")
        services.add_opinion(referral_id=made.pk, visited_on=TODAY, text="Popieram.", recommendation="yes")
        services.send_referral(referral_id=made.pk)
    with world.scope("cis", "anna"):
        services.receive(referral_id=made.pk)
        services.add_note(referral_id=made.pk, text="Mówił, że boi się wysokości.")
        services.hand_to_unit(referral_id=made.pk, unit_id=world.kis.pk, text="Wolne miejsca są w KIS.")
        original = Referral.objects.get(pk=made.pk)
        assert (original.state, original.reason, original.handed_to_id) == (
            "obsolete", "transferred", world.kis.pk,
        )  # fmt: skip
        with pytest.raises(InputError, match="przekazano"):
            services.reopen(referral_id=made.pk)
    drain()
    with world.scope("kis", "marek"):
        copy = Referral.objects.get(copy_of=made.pk)
        assert (copy.state, copy.sender_id, str(copy)) == ("sent", original.sender_id, "Marek Dąbek")
        assert (copy.pesel, copy.situation) == (original.pesel, SITUATION)
        assert ReferralOpinion.objects.filter(referral=copy).get().text == "Popieram."
        assert entries(copy) == ["copy"]
        assert not IntakeNote.objects.exists()
        attached = ReferralFile.objects.filter(referral=copy).get()
        assert read_file(StoredFile.brought.get(pk=attached.stored_file)) == b"%PDF-1.7 paper"
        assert kinds.NEW.key in tasks()
        services.receive(referral_id=copy.pk)
    with world.scope("ops", "zofia"):
        assert set(Referral.objects.values_list("state", flat=True)) == {"obsolete", "received"}


def test_an_application_is_handed_over_with_its_papers(world: World) -> None:
    with world.scope("cis", "ewa"):
        made = application()
        services.attach_file(referral_id=made.pk, file=paper("wniosek.pdf"), label="wniosek")
        services.hand_to_unit(referral_id=made.pk, unit_id=world.kis.pk)
    drain()
    with world.scope("kis", "marek"):
        copy = Referral.objects.get(copy_of=made.pk)
        attached = ReferralFile.objects.filter(referral=copy).get()
        assert StoredFile.objects.get(pk=attached.stored_file).name == "wniosek.pdf"


def test_it_is_handed_to_no_other_founder(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "ewa"):
        services.receive(referral_id=found.pk)
        with pytest.raises(InputError, match="tego samego podmiotu"):
            services.hand_to_unit(referral_id=found.pk, unit_id=world.organisations["office"].pk)


def test_handing_over_twice_makes_one_copy(world: World) -> None:
    from participants.services.referrals.handing import take_over

    found = sent(world)
    with world.scope("cis", "ewa"):
        services.receive(referral_id=found.pk)
        services.hand_to_unit(referral_id=found.pk, unit_id=world.kis.pk)
    drain()

    class Again:
        organisation_id, user_id = world.cis.pk, None

        def step(self, organisation_id: Any = None) -> Any:
            return world.scope(
                next(key for key, one in world.organisations.items() if one.pk == organisation_id)
            )

    take_over(Again(), referral_id=found.pk, unit_id=world.kis.pk)
    with world.scope("kis", "marek"):
        assert Referral.objects.filter(copy_of=found.pk).count() == 1


# Desks and mails


def test_each_step_stands_on_the_desks_that_it_concerns(world: World) -> None:
    found = sent(world)
    drain()
    with world.scope("cis", "anna"):
        assert tasks() == {kinds.NEW.key}
        services.receive(referral_id=found.pk)
        assert tasks() == {kinds.ANSWER_DUE.key}
        services.invite(referral_id=found.pk, interview_at=INTERVIEW, place="ul. Klonowa 4")
        assert tasks() == {kinds.ANSWER_DUE.key, kinds.INTERVIEW.key}
        assert DeskTask.objects.get(kind=kinds.INTERVIEW.key).due_on == INTERVIEW.date()
        services.offer_trial(referral_id=found.pk, since=TODAY + timedelta(days=7))
        assert tasks() == {kinds.TRIAL_START.key}
        services.accept(referral_id=found.pk)
        assert tasks() & {kind.key for kind in (kinds.NEW, kinds.ANSWER_DUE, kinds.TRIAL_START)} == set()
    drain()
    with world.scope("ops", "zofia"):
        assert tasks() == set()
        told = Notice.objects.filter(kind=kinds.DECIDED.key)
        assert [one.recipient for one in told] == [world.people["zofia"]]
        assert told[0].title == "Marek Dąbek: skierowanie przyjęte"


def test_the_longest_name_and_message_reach_both_desks(world: World) -> None:
    found = sent(world, f"{'Ą' * 60} {'Ż' * 80}")
    with world.scope("cis", "anna"):
        services.receive(referral_id=found.pk)
        assert kinds.ANSWER_DUE.key in tasks()
        services.return_to_sender(referral_id=found.pk, reason="data_missing", text="ż" * 2000)
    drain()
    with world.scope("ops", "zofia"):
        assert kinds.TO_COMPLETE.key in tasks()
        assert Notice.objects.filter(kind=kinds.RETURNED.key).count() == 1


def test_a_withdrawal_leaves_the_desk_of_the_unit(world: World) -> None:
    found = sent(world)
    drain()
    with world.scope("ops", "zofia"):
        services.withdraw(referral_id=found.pk, reason="found_work")
    drain()
    with world.scope("cis", "anna"):
        assert tasks() == set()
        assert Notice.objects.filter(kind=kinds.CHANGED.key).exists()


def test_mails_name_nobody(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        in_state("refused", found)
    drain()
    assert mail.outbox
    for message in mail.outbox:
        written = f"{message.subject} {message.body} {message.alternatives}"
        assert "Dąbek" not in written
        assert found.pesel not in written


def test_who_works_on_it_has_its_tasks(world: World) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        services.receive(referral_id=found.pk)
        services.assign_worker(referral_id=found.pk, user_id=world.people["jan"].pk)
        assert DeskTask.objects.get(kind=kinds.ANSWER_DUE.key).person_id == world.people["jan"].pk
        with pytest.raises(InputError):
            services.assign_worker(referral_id=found.pk, user_id=world.people["celina"].pk)
        services.assign_worker(referral_id=found.pk, user_id=None)
        assert DeskTask.objects.get(kind=kinds.ANSWER_DUE.key).person_id is None


def test_a_late_opinion_is_told_once_on_each_side(world: World) -> None:
    from participants.referral_tasks import DAILY_JOB
    from reintegration.jobs.services import enqueue

    found = sent(world)
    with world.scope("cis", "anna"):
        services.receive(referral_id=found.pk)
    drain()
    for day in (15, 16, 60):
        with clock.frozen(TODAY + timedelta(days=day)):
            with world.scope("operator"):
                enqueue(kind=DAILY_JOB, key=f"day:{day}")
            drain()
    with world.scope("ops", "zofia"):
        assert (
            Notice.objects.filter(kind=kinds.OPINION_LATE.key, recipient=world.people["zofia"]).count() == 1
        )
    with world.scope("cis", "anna"):
        assert kinds.OPINION_MISSING.key in tasks()


def test_what_lies_still_is_told_once_a_month(world: World) -> None:
    from participants.referral_tasks import DAILY_JOB
    from reintegration.jobs.services import enqueue

    found = sent(world)
    with world.scope("cis", "anna"):
        in_state("waiting", found)
    for day in (89, 95, 96):
        with clock.frozen(TODAY + timedelta(days=day)):
            with world.scope("operator"):
                enqueue(kind=DAILY_JOB, key=f"day:{day}")
            drain()
    with world.scope("cis", "anna"):
        assert Notice.objects.filter(kind=kinds.STALE.key, recipient=world.people["anna"]).count() == 1
