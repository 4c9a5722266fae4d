"""The way of a programme: written, signed, agreed, changed, prolonged and ended."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from ipzs.models import Decision, Evaluation, PeriodDecision, Programme, ProgrammeVersion, StepResult
from ipzs.programme_paper import after_remarks, content_of
from ipzs.queries import programmes as queries
from ipzs.services import programmes as services
from ipzs.services.programmes.decisions import paper_of
from participants.enums import AgreementState
from participants.models import Agreement, Participation, Period
from participants.services import participations as files
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file
from reintegration.documents.models import Document
from reintegration.jobs.worker import drain
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import SIGNED, TODAY, TRIAL
from tests.participants.participations.made import candidate

pytestmark = pytest.mark.django_db


def test_a_draft_says_all_that_it_lacks(world: World):
    with world.scope("cis", "anna"):
        version = services.draft_programme(participation_id=candidate().pk)
        with pytest.raises(InputError) as refused:
            services.make_ready(version_id=version.pk)
    for part in ("zakres reintegracji społecznej", "co najmniej jeden cel", "usługę z katalogu", "od kiedy"):
        assert part in refused.value.message


def test_two_people_do_not_overwrite_each_other(world: World):
    with world.scope("cis", "anna"):
        version = made.drafted()
        content = content_of(version, "ipzs")
        services.save_content(version_id=version.pk, content=content, revision=version.revision)
        with pytest.raises(InputError, match="Ktoś zmienił"):
            services.save_content(version_id=version.pk, content=content, revision=version.revision)


def test_a_person_has_one_programme_at_a_time(world: World):
    with world.scope("cis", "anna"):
        version = made.drafted()
        with pytest.raises(InputError, match="ma już program"):
            services.draft_programme(participation_id=version.programme.participation_id)
        with pytest.raises(IntegrityError), transaction.atomic():
            Programme.objects.create(
                participation=version.programme.participation,
                person_id=version.person_id,
                kind="ipzs",
                number="IPZS/99",
                made_by=world.people["anna"],
                made_at=version.made_at,
            )


def test_a_programme_holds_when_the_head_of_ops_agrees(world: World):
    with world.scope("cis", "anna"):
        version = made.signed()
        file = version.programme.participation
        assert (version.state, version.programme.state) == ("signed", "prepared")
        assert files.entry_obstacles(file)
        made.agree(version)
        programme = Programme.objects.get()
        assert (version.state, programme.state) == ("in_force", "running")
        assert (programme.since, programme.until) == (TRIAL, add_months(TRIAL, 12) - timedelta(days=1))
        assert [row.due_on for row in Evaluation.objects.all()] == [TRIAL + timedelta(days=90)]
        file.refresh_from_db()
        assert file.programme_signed_on == SIGNED
        assert files.entry_obstacles(file) == []


def test_the_answer_of_the_portal_comes_by_a_job(world: World):
    with world.scope("cis", "anna"):
        version = made.ready()
        services.sign_version(
            version_id=version.pk,
            signed_on=TODAY,
            how="witnessed",
            witness="Anna Lawenda",
            sender_id=world.organisations["ops"].pk,
        )
        agreement = Agreement.objects.get()
        assert "Chcę znaleźć pracę w stolarni." in agreement.summary
        assert agreement.stored_file is not None
    with world.scope("ops", "pawel"):
        files.answer_agreement(
            agreement_id=agreement.pk, agreed=True, name="Paweł Tarnina", user_id=world.people["pawel"].pk
        )
    with world.scope("cis", "anna"):
        version.refresh_from_db()
        assert version.state == "signed"
        file = Participation.objects.get(pk=version.programme.participation_id)
        assert files.entry_obstacles(file) == []
    drain()
    with world.scope("cis", "anna"):
        version.refresh_from_db()
        assert version.state == "in_force"


def test_remarks_bring_a_next_version(world: World):
    with world.scope("cis", "anna"):
        version = made.signed()
        files.record_answer(
            agreement_id=version.agreement_id,
            agreed=False,
            remarks="Dopiszcie psychologa.",
            name="Paweł Tarnina",
            answered_on=TODAY,
        )
        version.refresh_from_db()
        assert (version.state, version.remarks) == ("objected", "Dopiszcie psychologa.")
        again = services.revise(programme_id=version.programme_id)
        assert (again.number, again.motion_reason) == (2, "Dopiszcie psychologa.")
        content = content_of(again, "ipzs")
        more = replace(content, until=add_months(content.until, -1))
        again = services.save_content(version_id=again.pk, content=more, revision=again.revision)
        number, (differs,) = after_remarks(again.programme, again)
        assert (number, differs.kind) == (1, "changed")
        services.make_ready(version_id=again.pk)
        signed = services.sign_version(
            version_id=again.pk, signed_on=TODAY, how="witnessed", witness="Anna Lawenda", body_name="OPS"
        )
        made.agree(signed, on=TODAY)
        assert signed.state == "in_force"
        before = Agreement.objects.get(pk=version.agreement_id)
        assert before.state == AgreementState.REMARKS
        newest = Agreement.objects.get(pk=signed.agreement_id)
        assert newest.summary.startswith(f"Po uwagach do wersji 1, zmieniono: {differs.title}.")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"how": "paper"}, "Dodaj skan"),
        ({"how": "witnessed"}, "w czyjej obecności"),
        ({"how": "witnessed", "witness": "Ewa", "signed_on": TODAY + timedelta(days=1)}, "nie nadszedł"),
        ({"how": "witnessed", "witness": "Ewa"}, "z kim uzgadniasz"),
    ],
)
def test_signatures_are_whole(world: World, given: dict[str, object], sentence: str):
    with world.scope("cis", "anna"):
        version = made.ready()
        with pytest.raises(InputError, match=sentence):
            services.sign_version(version_id=version.pk, **{"signed_on": TODAY, **given})


def test_an_annex_replaces_what_held_and_needs_nobody_above(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        longer = add_months(TRIAL, 18)
        annex = made.annexed(programme, until=longer)
        signed = services.sign_version(
            version_id=annex.pk, signed_on=TODAY, how="witnessed", witness="Ewa Jarzębina"
        )
        assert signed.state == "in_force"
        states = ProgrammeVersion.objects.order_by("number").values_list("number", "state")
        assert list(states) == [(1, "replaced"), (2, "in_force")]
        programme.refresh_from_db()
        assert programme.until == longer
        assert Agreement.objects.count() == 1


def test_an_annex_that_changes_nothing_is_none(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        annex = services.draft_annex(programme_id=programme.pk, motion_by="unit", motion_on=TODAY)
        with pytest.raises(InputError, match="Nic się nie zmieniło"):
            services.make_ready(version_id=annex.pk)
        services.discard(version_id=annex.pk)
        assert Programme.objects.get().state == "running"


def test_no_programme_of_a_cis_is_longer_than_the_act_allows(world: World):
    with world.scope("cis", "anna"):
        version = made.drafted(until=add_months(TRIAL, 25))
        with pytest.raises(InputError, match="trwa najdłużej do"):
            services.make_ready(version_id=version.pk)


def read(paper: Document) -> str:
    """The words of a paper, on one line."""
    pages = PdfReader(BytesIO(read_file(paper.file))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_qualification_is_told_to_ops_on_paper(world: World):
    with world.scope("cis", "ewa"):
        made.in_classes()
        row = PeriodDecision.objects.get()
        assert (row.step, row.told_whom) == ("qualified", "OPS Modrzewno")
        services.note_told(decision_id=row.pk, told_on=TODAY, told_whom="OPS Modrzewno")
        assert PeriodDecision.objects.get().told_on == TODAY


def test_an_extension_needs_a_motion_and_a_programme_that_lasts(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        until = add_months(TRIAL, 15)
        asked = {
            "participation_id": programme.participation_id,
            "decided_on": TODAY,
            "basis": "opinion",
            "basis_on": TODAY,
            "author": "Anna Lawenda",
        }
        with pytest.raises(InputError, match="dlaczego program potrzebuje więcej czasu"):
            services.extend(until=until, analysis="", **asked)
        with pytest.raises(InputError, match="przygotuj aneks"), transaction.atomic():
            services.extend(until=until, analysis="Kurs trwa do wiosny.", **asked)
        annex = made.annexed(programme, until=until)
        services.sign_version(version_id=annex.pk, signed_on=TODAY, how="witnessed", witness="Ewa")
        services.extend(until=until, analysis="Kurs trwa do wiosny.", **asked)
        assert Period.objects.get(kind="extension").until == until
        assert list(Document.objects.order_by("kind").values_list("kind", flat=True)) == [
            "ipzs.extended",
            "ipzs.qualification",
            "ipzs.qualified",
        ]
        said = read(Document.objects.get(kind="ipzs.extended"))
        assert "po zasięgnięciu opinii pracownika socjalnego Centrum z dnia 20.11.2026" in said
        assert "Kurs trwa do wiosny." in said
        assert "okresu próbnego" in read(Document.objects.get(kind="ipzs.qualified"))
        count = queries.countdown_of(programme.participation, today=TODAY)
        assert count is not None
        assert count.until == until


def test_results_of_steps_close_nothing(world: World):
    with world.scope("cis", "tomasz"):
        programme = made.in_classes()
        version = programme.versions.get()
        step = UUID(content_of(version, "ipzs").goals[0].steps[0].key)
        for state in ("missed", "done"):
            services.record_step(programme_id=programme.pk, step=step, state=state, on=TODAY, words="Próba.")
        page = queries.programme_page(programme, today=TODAY)
        shown = page.goals[0].steps[0]
        assert shown.result is not None
        assert (shown.result.state, len(shown.before)) == ("done", 1)
        assert Programme.objects.get().state == "running"
        with pytest.raises(InputError, match="Tego kroku nie ma"):
            services.record_step(programme_id=programme.pk, step=programme.pk, state="done", on=TODAY)
        assert StepResult.objects.count() == 2


def test_an_evaluation_is_held_once(world: World):
    with world.scope("cis", "anna"):
        made.in_classes()
        row = Evaluation.objects.get()
        services.hold_evaluation(evaluation_id=row.pk, held_on=TODAY, result="on_course", note="Dobrze.")
        with pytest.raises(InputError, match="zapisano już"):
            services.hold_evaluation(evaluation_id=row.pk, held_on=TODAY, result="end", note="Jeszcze raz.")


def test_a_statement_ends_the_programme_and_the_file(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        services.end_by_statement(programme_id=programme.pk, statement_on=TODAY, ended_on=TODAY)
        programme.refresh_from_db()
        file = Participation.objects.get()
        assert (programme.state, programme.end_kind, programme.until) == ("ended", "statement", TODAY)
        assert (file.ended_on, file.end_reason) == (TODAY, "statement")
        files.reopen(participation_id=file.pk, reason="Pomyłka.")
        programme.refresh_from_db()
        assert (programme.state, programme.ended_on) == ("running", None)


def test_work_lets_the_programme_run_on_without_the_unit(world: World):
    started = TODAY - timedelta(days=3)
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        asked = {
            "programme_id": programme.pk,
            "work_kind": "employment",
            "work_started_on": started,
            "left_on": started - timedelta(days=1),
        }
        with pytest.raises(InputError, match="do 6 miesięcy"), transaction.atomic():
            services.end_by_work(ended_on=add_months(started, 7), **asked)
        services.end_by_work(ended_on=add_months(started, 6), **asked)
        programme.refresh_from_db()
        file = Participation.objects.get()
        assert (programme.state, programme.work_since) == ("running", started)
        assert (file.ended_on, file.end_reason) == (started - timedelta(days=1), "job")
        services.finish_after_work(programme_id=programme.pk, ended_on=TODAY)
        programme.refresh_from_db()
        assert (programme.state, programme.end_kind) == ("ended", "work")


def test_the_period_ends_the_programme(world: World):
    since = add_months(TODAY, -12)
    with world.scope("cis", "anna"):
        programme = made.in_classes(since=since)
        last = Period.objects.order_by("-until")[0].until
        with pytest.raises(InputError, match="Okres kończy się"), transaction.atomic():
            services.end_by_period(programme_id=programme.pk, ended_on=TODAY)
        services.end_by_period(programme_id=programme.pk, ended_on=last)
        assert Participation.objects.get().end_reason == "completed"


def test_breach_needs_a_decision_also_at_the_end_of_a_file(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        with pytest.raises(InputError, match="wymaga decyzji kierownika"), transaction.atomic():
            files.end_participation(
                participation_id=programme.participation_id, ended_on=TODAY, reason="abandoned"
            )
        with pytest.raises(InputError, match="wymaga decyzji kierownika"):
            services.end_otherwise(programme_id=programme.pk, ending="breach", ended_on=TODAY, reasons="Nie.")


@pytest.mark.parametrize("reason", ["job", "business", "cooperative"])
def test_work_is_written_with_its_programme_and_not_as_the_end_of_a_file(world: World, reason: str):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        ended = {"participation_id": programme.participation_id, "ended_on": TODAY, "reason": reason}
        with pytest.raises(InputError, match="Podjęcie pracy lub działalności") as refused:
            files.end_participation(**ended)
        assert refused.value.field == "end_reason"


def test_who_found_work_before_the_first_day_just_leaves(world: World):
    since = TODAY + timedelta(days=10)
    with world.scope("cis", "anna"):
        programme = made.running(candidate(), since=since)
        files.end_participation(participation_id=programme.participation_id, ended_on=TODAY, reason="job")
        programme.refresh_from_db()
        assert (programme.state, programme.end_kind) == ("ended", "work")


def decided(programme: Programme, **given: object) -> Decision:
    values = {
        "kind": "abandonment",
        "ends_on": TODAY,
        "reasons": "Nie przychodzi od czterech tygodni.",
        "change_considered": "Zaproponowano krótszy dzień, bez odpowiedzi.",
    }
    return services.draft_decision(programme_id=programme.pk, **{**values, **given})


def test_a_decision_ends_the_programme_when_it_is_delivered(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        row = decided(programme)
        services.issue_decision(decision_id=row.pk, decided_on=TODAY)
        paper = paper_of(row)
        assert paper is not None
        programme.refresh_from_db()
        assert programme.state == "running"
        services.deliver_decision(decision_id=row.pk, delivered_on=TODAY, how="in_person")
        programme.refresh_from_db()
        assert (programme.state, programme.end_kind) == ("ended", "abandonment")
        file = Participation.objects.get()
        assert (file.ended_on, file.end_reason) == (TODAY, "abandoned")
        with pytest.raises(InputError, match="jej uchylenie przez sąd"), transaction.atomic():
            files.reopen(participation_id=file.pk, reason="Pomyłka.")


def test_a_decision_set_aside_lets_everything_go_on(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        row = decided(programme)
        services.issue_decision(decision_id=row.pk, decided_on=TODAY)
        services.deliver_decision(decision_id=row.pk, delivered_on=TODAY, how="in_person")
        services.complain(decision_id=row.pk, complained_on=TODAY)
        services.judge(decision_id=row.pk, upheld=False, judged_on=TODAY, judgment="III SA/Lu 1/26")
        programme.refresh_from_db()
        file = Participation.objects.get()
        assert (programme.state, file.ended_on) == ("running", None)
        assert "III SA/Lu 1/26" in file.reopen_reason
        assert decided(programme).state == "draft"


def test_a_decision_says_why_and_why_not_a_change(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        with pytest.raises(InputError, match="dlaczego program się kończy"):
            decided(programme, reasons=" ")
        row = decided(programme, change_considered="")
        with pytest.raises(InputError, match="zmiana programu"):
            services.issue_decision(decision_id=row.pk, decided_on=TODAY)


def test_a_withdrawn_decision_makes_room_for_another(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        row = decided(programme)
        services.issue_decision(decision_id=row.pk, decided_on=TODAY)
        services.withdraw_decision(decision_id=row.pk, reason="Osoba wróciła na zajęcia.")
        paper = paper_of(row)
        assert paper is not None
        assert paper.state == "withdrawn"
        assert decided(programme).number != row.number


@pytest.mark.parametrize("kind", ["internal_contract", "social_contract"])
def test_a_contract_of_a_kis_holds_when_it_is_signed(world: World, kind: str):
    with world.scope("kis", "bozena"):
        version = made.signed(kind=kind)
        programme = version.programme
        assert (version.state, programme.state) == ("in_force", "running")
        file = Participation.objects.get(pk=programme.participation_id)
        assert files.entry_obstacles(file) == []
        for since, until in (
            (TRIAL - timedelta(days=1), add_months(TRIAL, 6)),
            (TRIAL, add_months(TRIAL, 13)),
        ):
            with pytest.raises(InputError, match="Kontrakt obowiązuje"):
                services.begin_contract_period(participation_id=file.pk, since=since, until=until)
        services.begin_contract_period(participation_id=file.pk, since=TRIAL, until=add_months(TRIAL, 6))
        with pytest.raises(InputError, match="nie ma decyzji"):
            decided(programme)
        services.end_otherwise(
            programme_id=programme.pk, ending="breach", ended_on=date(2026, 9, 1), reasons="Nie przychodzi."
        )
        file.refresh_from_db()
        assert file.end_reason == "breach"


def test_a_cis_writes_no_contract(world: World):
    with world.scope("cis", "anna"), pytest.raises(InputError, match="nie pisze się w tej jednostce"):
        services.draft_programme(participation_id=candidate().pk, kind="social_contract")


def test_a_programme_that_came_to_nothing_makes_room(world: World):
    with world.scope("cis", "anna"):
        version = made.drafted()
        services.discard(version_id=version.pk)
        assert Programme.objects.get().state == "dropped"
        services.draft_programme(participation_id=version.programme.participation_id)


def test_a_candidate_who_leaves_drops_the_programme(world: World):
    with world.scope("cis", "anna"):
        version = made.signed()
        files.end_participation(
            participation_id=version.programme.participation_id, ended_on=TODAY, reason="resigned"
        )
        version.refresh_from_db()
        assert (version.state, Programme.objects.get().state) == ("discarded", "dropped")


def test_a_programme_from_before_is_entered_as_it_stands(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        programme = services.enter_running(
            participation_id=file.pk,
            signed_on=SIGNED,
            content=replace(made.whole(), goals=(), evaluations=()),
            agreed_by="Paweł Tarnina",
            body_name="OPS Modrzewno",
        )
        assert programme.state == "running"
        file.refresh_from_db()
        assert files.entry_obstacles(file) == []
