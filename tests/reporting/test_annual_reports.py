"""The life of an annual report: what each side may do, what is frozen, and who sees what."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from participants.models import Participation
from reintegration.audit.erasure import due_rows
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.identifiers import false_pesel
from reintegration.core.transitions import WrongState
from reintegration.jobs.worker import drain
from reintegration.notices.models import Notice
from reporting.models import (
    CellComment,
    CountedPeople,
    Report,
    ReportDraft,
    ReportRecipient,
    ReportVersion,
    SeasonReminder,
)
from reporting.queries import reports as queries
from reporting.rules import reports as rules
from reporting.rules.checks import Finding
from reporting.services import registers, report_notices, report_office
from reporting.services import reports as services
from reporting.services import season as in_office
from tests.cast import World, known_world, sign_in
from tests.participants.participations.made import TODAY, candidate, ended, in_classes
from tests.reporting.made import entered
from tests.reporting.reports_made import (
    GRANT,
    MARCH,
    PLAN,
    WHY,
    YEAR,
    explained,
    filled,
    returned,
    sent,
    submitted,
    typed,
)
from tests.reporting.season_made import somebody

TOTAL = "participants.all.total"


@pytest.fixture
def season() -> Iterator[None]:
    with clock.frozen(MARCH):
        yield


def in_2026(world: World) -> None:
    """Two people of the year: one who goes on, one who left for work."""
    with clock.frozen(TODAY), world.scope("cis", "ewa"):
        in_classes("Marek Dąbek", serial=1)
        ended("Alicja Tuja", serial=2)


@pytest.mark.django_db
@pytest.mark.usefixtures("season")
class TestOneReport:
    def test_it_is_counted_sent_returned_corrected_and_accepted(self, world: World):
        in_2026(world)
        with world.scope("cis", "ewa"):
            report = filled()
            typed(report.pk, GRANT, 5000)
            services.remark(report_id=report.pk, cell=TOTAL, words="Jedna osoba wróciła po przerwie.")
            first = submitted(report.pk)
            assert rules.value_of(first.content, TOTAL) == 2
            assert rules.note_of(first.content, TOTAL) == "Jedna osoba wróciła po przerwie."
            assert first.content["unit"]["voivodeship"] == "06"
            first.refresh_from_db()
            assert rules.digest(first.content) == first.digest
            assert len(queries.people_of(first, TOTAL)) == 2
            with pytest.raises(InputError, match="nie zmienia"):
                typed(report.pk, GRANT, 1)
            assert not queries.open_comments(report)
        with world.scope("office", "stefan"):
            report_office.comment(report_id=report.pk, number=1, cell=GRANT, words="Umowa mówi o 6000 zł.")
        with world.scope("cis", "ewa"):
            assert not CellComment.objects.exists(), "A comment is the office's until the report is returned."
        with world.scope("office", "stefan"):
            returned(report.pk, next_costs__c1__next="Brak preliminarza.")
        with world.scope("cis", "ewa"):
            assert set(queries.open_comments(report)) == {GRANT, PLAN}
            typed(report.pk, GRANT, 6000)
            typed(report.pk, PLAN, 900)
            second = submitted(report.pk)
            assert second.number == 2
            assert not queries.open_comments(report)
            found = rules.differences(first.content, second.content)
            assert found[GRANT].by == 1000
            assert TOTAL not in found
            assert "grants.all.received" in found, "A sum follows what it adds."
        with world.scope("office", "maria"):
            report_office.accept(report_id=report.pk, number=2)
            assert {row.state for row in queries.versions_of(report)} == {"returned", "accepted"}
        with world.scope("cis", "ewa"):
            services.correct(report_id=report.pk, reason="Faktura przyszła w kwietniu.")
            third = submitted(report.pk)
            assert (third.number, third.reason) == (3, "Faktura przyszła w kwietniu.")

    def test_each_check_that_fails_is_repaired_or_explained_by_itself(self, world: World):
        with world.scope("cis", "ewa"):
            report = filled()
            typed(report.pk, GRANT, 5000)
            (staff,) = (one for one in found(report) if "staff.all.year" in one.broken.cells)
            assert {one.broken.cells[0] for one in found(report) if one != staff} == {
                "grants.gmina.used", "grants.all.used"
            }  # fmt: skip
            with pytest.raises(InputError, match="nie zgadzają: 3"):
                services.submit(report_id=report.pk)
            services.explain(report_id=report.pk, check=staff.broken.key, by=staff.broken.by, words=WHY)
            with pytest.raises(InputError, match="nie zgadzają: 2"):
                services.submit(report_id=report.pk)
            typed(report.pk, GRANT, 0)
            version = services.submit(report_id=report.pk)
            assert version.content["explanations"] == {
                staff.broken.key: {"sentence": staff.broken.sentence, "left": "0", "right": "1", "words": WHY}
            }
        with world.scope("office", "stefan"):
            (one,) = queries.sent(ReportVersion.objects.select_related("layout").get()).findings
            assert (one.words, one.answered) == (WHY, True)

    def test_another_difference_asks_for_the_explanation_again(self, world: World):
        with world.scope("cis", "ewa"):
            report = filled()
            typed(report.pk, GRANT, 5000)
            explained(report.pk)
            assert all(one.answered for one in found(report))
            read = found(report)[-1].broken
            typed(report.pk, GRANT, 6000)
            stale = [one.broken.cells[0] for one in found(report) if one.stale]
            assert stale == ["grants.gmina.used", "grants.all.used"]
            with pytest.raises(InputError, match="nie zgadzają: 2"):
                services.submit(report_id=report.pk)
            with pytest.raises(InputError, match="tymczasem się zmieniły"):
                services.explain(report_id=report.pk, check=read.key, by=read.by, words=WHY)
            # The same difference of other numbers is explained already.
            typed(report.pk, "grants_used.gmina.running", 1000)
            services.submit(report_id=report.pk)

    def test_words_that_name_somebody_are_not_sent(self, world: World):
        in_2026(world)
        with world.scope("cis", "ewa"):
            report = filled()
            explained(report.pk)
            services.remark(report_id=report.pk, cell=TOTAL, words="Wrócił Marek Dąbek.")
            with pytest.raises(InputError, match="Uwaga do komórki Uczestnicy w roku, Razem, Razem: jest tu"):
                services.submit(report_id=report.pk)
            services.remark(report_id=report.pk, cell=TOTAL, words="Wróciła jedna osoba.")
            version = services.submit(report_id=report.pk)
        with world.scope("office", "stefan"):
            number = false_pesel(date(1885, 5, 4), 35, "M")
            with pytest.raises(InputError, match="numer PESEL"):
                report_office.comment(
                    report_id=report.pk, number=version.number, cell=GRANT, words=f"Kto to {number}?"
                )
            with pytest.raises(InputError, match="numer PESEL"):
                report_office.give_back(report_id=report.pk, number=version.number, words=f"Brak {number}.")

    def test_what_was_typed_is_due_ten_years_after_the_year(self, world: World):
        with world.scope("cis", "ewa"):
            filled()
            due = {
                day.year: [one.keys for one in due_rows(organisation_id=world.cis.pk, today=day)
                           if one.label == "reporting.ReportDraft"]
                for day in (date(2036, 12, 31), date(2037, 1, 1))
            }  # fmt: skip
            assert due == {2036: [], 2037: [(ReportDraft.objects.get().pk,)]}

    def test_a_check_that_holds_is_not_explained(self, world: World):
        with world.scope("cis", "ewa"):
            report = filled()
            held = next(one for one in report.layout.layout.checks if one.left[0].cell == "grants.gmina.used")
            with pytest.raises(InputError, match="już się zgadza"):
                services.explain(report_id=report.pk, check=held.key, by=Decimal(0), words=WHY)

    def test_a_version_explained_at_once_is_still_read(self, world: World, client: Client):
        with world.scope("cis", "ewa"):
            version = sent()
            old = {key: said for key, said in version.content.items() if key != "explanations"}
            services.withdraw(report_id=version.report_id)
            ReportVersion(
                unit=version.unit, sender=version.sender, report=version.report,
                year=version.year, number=2, layout=version.layout,
                content={**old, "explanation": "Kadra jest w innym programie."},
                digest=version.digest, submitted_at=version.submitted_at, submitted_by=version.submitted_by,
            ).save()  # fmt: skip
        sign_in(client, world.people["maria"])
        page = client.get(reverse("reporting:office_report", args=[version.report_id])).content.decode()
        assert "Wyjaśnienie jednostki do wszystkich: Kadra jest w innym programie." in page
        assert "W kadrze nie ma nikogo." in page

    def test_nobody_else_sees_it_and_the_office_never_whom_it_counts(self, world: World):
        in_2026(world)
        with world.scope("cis", "ewa"):
            report = filled()
        with world.scope("office", "maria"):
            assert not Report.objects.exists()
        with world.scope("cis", "ewa"):
            submitted(report.pk)
        for organisation, person in (("other_cis", "teresa"), ("other_office", "dorota"), ("ops", "zofia")):
            with world.scope(organisation, person):
                assert not Report.objects.exists()
                assert not ReportVersion.objects.exists()
        with world.scope("office", "maria"):
            assert Report.objects.count() == ReportVersion.objects.count() == 1
            for model in (CountedPeople, ReportDraft, ReportRecipient):
                assert not model.objects.exists()

    def test_what_was_sent_stays_and_each_side_makes_its_own_steps(self, world: World):
        with world.scope("cis", "ewa"):
            version = sent()
            report = version.report
            refused(lambda: ReportVersion.objects.filter(pk=version.pk).update(content={}))
            refused(lambda: ReportVersion.objects.filter(pk=version.pk).delete())
            refused(lambda: Report.objects.filter(pk=report.pk).update(state="accepted"))
            refused(
                lambda: ReportVersion.objects.filter(pk=version.pk).update(
                    state="accepted", decided_at=clock.now(), decided_by=world.people["ewa"]
                )
            )
        with world.scope("office", "maria"):
            refused(lambda: Report.objects.filter(pk=report.pk).update(year=2025))
            returned(report.pk, grants__gmina__received="Ile?")
            refused(lambda: CellComment.objects.update(words="Nic."))
            refused(lambda: CellComment.objects.all().delete())
            refused(lambda: ReportVersion.objects.update(words="Inne."))
            with pytest.raises(WrongState):
                report_office.accept(report_id=report.pk, number=1)

    def test_neither_side_writes_what_is_the_others(self, world: World):
        with world.scope("cis", "ewa"):
            report = sent().report
            other = world.organisations["other_office"].pk
            sql_refused("UPDATE reporting_report SET sender_id = %s", other)
            sql_refused("UPDATE reporting_report SET sender_id = NULL")
            sql_refused("UPDATE reporting_reportversion SET words = 'Dobrze.'")
            sql_refused(
                "UPDATE reporting_reportversion SET words = 'Dobrze.', state = 'withdrawn',"
                " decided_at = now(), decided_by_id = submitted_by_id"
            )
            sql_refused("DELETE FROM reporting_reportversion")
            sql_refused("DELETE FROM reporting_report")
            sql_refused(COMMENT, clock.now())
            sql_refused(COMMENT, None)
        with world.scope("office", "maria"):
            sql_refused(
                "INSERT INTO reporting_report (id, year, state, layout_id, sender_id, unit_id)"
                " SELECT gen_random_uuid(), 2020, 'draft', layout_id, sender_id, unit_id"
                " FROM reporting_report"
            )
            # One version waits at a time, whoever writes it.
            returned(report.pk)
            sql_refused(
                "INSERT INTO reporting_reportversion (id, year, number, content, digest, reason, state,"
                " submitted_at, words, layout_id, report_id, sender_id, submitted_by_id, unit_id)"
                " SELECT gen_random_uuid(), year, 2, '{}', digest, '', 'submitted', now(), '', layout_id,"
                " report_id, sender_id, submitted_by_id, unit_id FROM reporting_reportversion"
            )
            sql_refused("UPDATE reporting_report SET sender_id = NULL")
            sql_refused("DELETE FROM reporting_reportversion")
            sql_refused("DELETE FROM reporting_report")
            sql_refused(COMMENT, clock.now())
            with connection.cursor() as cursor:
                cursor.execute(COMMENT, [None])
            assert CellComment.objects.get(version__report=report).sent_at is None

    def test_a_counted_cell_is_not_typed_over_and_an_empty_one_keeps_the_report(self, world: World):
        with world.scope("cis", "ewa"):
            report = services.start(year=YEAR)
            with pytest.raises(InputError, match="liczy program"):
                services.put(report_id=report.pk, cells={TOTAL: Decimal(7)})
            with pytest.raises(InputError, match="puste"):
                submitted(report.pk)
            services.zeros(report_id=report.pk)
            submitted(report.pk)

    def test_this_years_report_is_not_sent_yet(self, world: World):
        with world.scope("cis", "ewa"):
            report = filled(2027)
            with pytest.raises(InputError, match="po zakończeniu roku"):
                submitted(report.pk)

    def test_a_correction_is_given_up_and_what_was_accepted_stands(self, world: World):
        with world.scope("cis", "ewa"):
            report = filled()
            typed(report.pk, GRANT, 5000)
            submitted(report.pk)
        with world.scope("office", "maria"):
            report_office.accept(report_id=report.pk, number=1)
        with world.scope("cis", "ewa"):
            services.correct(report_id=report.pk, reason="Próba.")
            typed(report.pk, GRANT, 1)
            services.drop(report_id=report.pk)
            assert ReportDraft.objects.get().typed[GRANT] == {"value": "5000"}
            assert Report.objects.get().state == "accepted"

    def test_a_returned_report_cannot_be_dropped_into_acceptance(self, world: World):
        with world.scope("cis", "ewa"):
            report = filled()
            with pytest.raises(InputError, match="nie było jeszcze przyjęte"):
                services.drop(report_id=report.pk)

    def test_recipients_are_written_down_and_the_voivode_by_itself(self, world: World):
        with world.scope("cis", "ewa"):
            report = filled()
            gmina = services.add_recipient(report_id=report.pk, kind="grantor", name="Gmina Modrzewno")
            version = submitted(report.pk)
            rows = {row.kind: row for row in queries.recipients_of(report)}
            assert set(rows) == {"voivode", "founder", "grantor"}
            assert (rows["voivode"].sent_on, rows["voivode"].how) == (date(2027, 3, 5), "program")
            with pytest.raises(InputError, match="jeszcze nie było"):
                services.note_sent(
                    recipient_id=gmina.pk, version_id=version.pk, sent_on=date(2027, 3, 1), how="post"
                )
            services.note_sent(
                recipient_id=gmina.pk, version_id=version.pk, sent_on=date(2027, 3, 5), how="e_delivery"
            )
            with pytest.raises(InputError, match="zostaje na liście"):
                services.remove_recipient(recipient_id=gmina.pk)
            # The next year begins with whoever gave money.
            names = services.start(year=2027).recipients.filter(kind="grantor").order_by("pk")
            assert [row.name for row in names] == ["Gmina Modrzewno"]

    def test_of_a_club_the_voivode_is_the_only_recipient(self, world: World, client: Client):
        with world.scope("kis", "bozena"):
            report = services.start(year=YEAR)
            assert [row.kind for row in queries.recipients_of(report)] == ["voivode"]
        sign_in(client, world.people["bozena"])
        page = client.get(reverse("reporting:report", args=[report.pk])).content.decode()
        assert "Sprawozdanie dostaje wojewoda (art. 18a ust. 6)." in page
        assert "instytucja tworząca" not in page

    def test_each_side_is_told_and_gets_its_paper(self, world: World):
        in_2026(world)
        with world.scope("cis", "ewa"):
            version = sent()
        drain()
        with world.scope("office", "maria"):
            assert Notice.objects.filter(kind="reporting.report_came").count() == 2
            papers = queries.papers_of([version.pk])
            assert set(papers) == {version.pk}
            returned(version.report_id)
        drain()
        with world.scope("cis", "ewa"):
            assert Notice.objects.filter(kind="reporting.report_returned").count() == 2
            assert set(queries.papers_of([version.pk])) == {version.pk}


def found(report: Report) -> list[Finding]:
    """The checks that fail in what is being written."""
    return queries.written(report, services.draft_of(report)).findings


def refused(work: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        work()


COMMENT = (
    "INSERT INTO reporting_cellcomment (id, cell, words, made_at, made_by_id, sent_at, sender_id, unit_id,"
    " version_id) SELECT gen_random_uuid(), 'grants.gmina.received', 'Ile?', now(), submitted_by_id,"
    " %s::timestamptz, sender_id, unit_id, id FROM reporting_reportversion"
)


def sql_refused(statement: str, *values: Any) -> None:
    """Refused by a trigger, whatever the program would say."""
    with (
        pytest.raises(DatabaseError, match="is refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.django_db
class TestTheTerm:
    @pytest.mark.parametrize(
        ("today", "step"),
        [
            (date(2027, 2, 28), None),
            (date(2027, 3, 1), 30),
            (date(2027, 3, 20), 14),
            (date(2027, 3, 30), 1),
            (date(2027, 3, 31), 1),
            (date(2027, 4, 1), -1),
            (date(2027, 4, 30), -30),
            (date(2027, 6, 1), None),
        ],
    )
    def test_a_reminder_is_the_latest_that_was_due(self, today: date, step: int | None):
        assert rules.reminder(2026, today) == step

    def test_the_term_does_not_move_from_a_sunday(self):
        assert rules.due_on(2023) == date(2024, 3, 31)
        assert rules.due_on(2023).isoweekday() == 7

    def test_each_reminder_is_told_once_until_the_report_is_sent(self, world: World):
        in_2026(world)
        for day, told in ((5, 2), (6, 0), (17, 2), (31, 2)):
            with clock.frozen(date(2027, 3, day)), world.scope("cis"):
                assert report_notices.remind() == told
        with clock.frozen(date(2027, 3, 31)), world.scope("cis", "ewa"):
            sent()
        with clock.frozen(date(2027, 4, 1)), world.scope("cis"):
            assert report_notices.remind() == 0

    def test_a_returned_report_is_reminded_of_as_returned(self, world: World):
        in_2026(world)
        with clock.frozen(date(2027, 3, 5)), world.scope("cis", "ewa"):
            report_id = sent().report_id
        with clock.frozen(date(2027, 3, 17)), world.scope("cis"):
            assert report_notices.remind() == 0
        with clock.frozen(date(2027, 3, 17)), world.scope("office", "maria"):
            returned(report_id)
        for day, told in ((date(2027, 3, 18), 2), (date(2027, 3, 19), 0), (date(2027, 4, 7), 2)):
            with clock.frozen(day), world.scope("cis"):
                assert report_notices.remind() == told
        with world.scope("cis", "ewa"):
            titles = set(
                Notice.objects.filter(title__contains="jest zwrócone").values_list("title", flat=True)
            )
        assert titles == {
            "Sprawozdanie za 2026 jest zwrócone do poprawy: zostało 13 dni",
            "Sprawozdanie za 2026 jest zwrócone do poprawy: 7 dni po terminie",
        }
        with clock.frozen(date(2027, 4, 14)), world.scope("cis", "ewa"):
            submitted(report_id)
            assert report_notices.remind() == 0

    def test_a_grant_without_its_giver_is_pointed_out_and_blocks_nothing(self, world: World, client: Client):
        in_2026(world)
        with clock.frozen(MARCH), world.scope("cis", "ewa"):
            report = filled()
        sign_in(client, world.people["ewa"])

        def page() -> str:
            with clock.frozen(MARCH):
                return client.get(reverse("reporting:report", args=[report.pk])).content.decode()

        hint = "nie ma odbiorcy, który ją dał"
        assert hint not in page()
        with clock.frozen(MARCH), world.scope("cis", "ewa"):
            typed(report.pk, GRANT, 5000)
            explained(report.pk)
        assert hint in page()
        assert reverse("reporting:report_submit", args=[report.pk]) in page()
        with clock.frozen(MARCH), world.scope("cis", "ewa"):
            services.add_recipient(report_id=report.pk, kind="grantor", name="Gmina Próbna")
        assert hint not in page()

    def test_a_year_without_a_status_or_a_file_is_not_owed(self, world: World):
        def owed() -> list[int]:
            with world.scope("cis"):
                return [year for year in range(2020, 2030) if queries.owes(year)]

        assert owed() == []
        with world.scope("cis", "ewa"):
            file = candidate(opened_on=date(2021, 4, 1))
        assert owed() == list(range(2021, 2030))
        with world.scope("cis", "ewa"):
            Participation.objects.filter(pk=file.pk).delete()
        with clock.frozen(date(2027, 3, 5)), world.scope("office", "maria"):
            entry = entered(since=date(2021, 5, 1))
            registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        assert owed() == [2021, 2022, 2023, 2024, 2025, 2026]
        with clock.frozen(date(2027, 3, 5)), world.scope("office", "maria"):
            registers.end(
                entry_id=entry.pk, reason="founder_asked", number="K", decided_on=date(2025, 1, 1),
                since=date(2025, 1, 1),
            )  # fmt: skip
        assert owed() == [2021, 2022, 2023, 2024]

    def test_a_unit_that_was_not_there_owes_nothing(self, world: World):
        with clock.frozen(MARCH), world.scope("kis"):
            assert report_notices.remind() == 0


class TestTwoAtOnce:
    """Real transactions: of two who decide, one is told that the other was faster."""

    def test_two_managers_send_and_one_version_goes(self, committed_db: str):
        world = known_world()
        with clock.frozen(MARCH), world.scope("cis", "ewa"):
            report = filled()
            explained(report.pk)

        def send(person: str) -> Callable[[], Any]:
            def work() -> Any:
                with world.scope("cis", person):
                    return services.submit(report_id=report.pk)

            return work

        given = side_by_side(send("ewa"), send("rafal"))
        assert sorted(type(one).__name__ for one in given) == ["ReportVersion", "WrongState"]
        with world.scope("cis", "ewa"):
            assert ReportVersion.objects.count() == 1

    def test_two_who_remind_write_once(self, committed_db: str):
        world = known_world()
        with clock.frozen(MARCH), world.scope("office", "maria"):
            somebody("9", email="lan@rejestr.example")
            somebody("10", "CIS „Kuźnia”", email="kuznia@rejestr.example")

        def remind(person: str) -> Callable[[], Any]:
            def work() -> Any:
                with world.scope("office", person):
                    return len(in_office.remind(year=YEAR))

            return work

        given = side_by_side(remind("maria"), remind("stefan"))
        assert sorted(type(one).__name__ for one in given) == ["InputError", "int"]
        assert 2 in given
        with world.scope("office", "maria"):
            assert SeasonReminder.objects.count() == 2

    def test_the_office_returns_while_the_unit_takes_it_back(self, committed_db: str):
        world = known_world()
        with clock.frozen(MARCH), world.scope("cis", "ewa"):
            report = sent().report

        def give_back() -> Any:
            with world.scope("office", "maria"):
                return returned(report.pk)

        def take_back() -> Any:
            with world.scope("cis", "ewa"):
                return services.withdraw(report_id=report.pk)

        given = side_by_side(give_back, take_back)
        assert sorted(type(one).__name__ for one in given) == ["Report", "WrongState"]
        with world.scope("cis", "ewa"):
            version = ReportVersion.objects.get()
            found = Report.objects.get()
            assert (version.state, found.state) in {("returned", "returned"), ("withdrawn", "draft")}


def side_by_side(*works: Callable[[], Any]) -> list[Any]:
    """What each gave, or the error that stopped it."""
    given: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(at: int, work: Callable[[], Any]) -> None:
        try:
            with clock.frozen(MARCH):
                start.wait(10)
                given[at] = work()
        except Exception as error:  # noqa: BLE001 - told to the test
            given[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "They wait for each other."
    return given
