"""A diagnosis from its first question to its frozen result."""

from datetime import timedelta

import pytest

from participants.enums import DiagnosisState
from participants.models import Diagnosis
from participants.queries.diagnoses import results, surveys
from participants.services import diagnoses as services
from participants.services.diagnoses import templates
from participants.services.participations import end_participation
from reintegration.core.errors import InputError
from tests.cast import World
from tests.participants.diagnoses import made
from tests.participants.participations.made import OPENED, TODAY


def test_a_diagnosis_begins_with_the_version_in_use(unit: World):
    file = made.case(unit)
    row = services.start_diagnosis(
        participation_id=file.pk, survey="general", held_on=TODAY, by=unit.people["jan"].pk
    )
    assert (row.template_key, row.template_version, row.state) == ("general", 1, DiagnosisState.DRAFT)
    assert surveys.template_of(row) == surveys.builtin("general")


@pytest.mark.parametrize(("days", "said"), [(1, "jeszcze nie nastąpił"), (-1000, "Sprawę otwarto 1 marca")])
def test_a_diagnosis_is_held_while_the_file_is_open(unit: World, days: int, said: str):
    file = made.case(unit)
    with pytest.raises(InputError, match=said):
        made.begun(unit, file, TODAY + timedelta(days=days))


def test_an_ended_file_takes_no_diagnosis(unit: World):
    file = made.case(unit)
    end_participation(participation_id=file.pk, ended_on=TODAY, reason="resigned", destination="")
    with pytest.raises(InputError, match="zakończona"):
        made.begun(unit, file)


def test_an_unknown_survey_is_refused(unit: World):
    file = made.case(unit)
    with pytest.raises(InputError, match="nie ma wśród używanych"):
        services.start_diagnosis(
            participation_id=file.pk, survey="nowhere", held_on=TODAY, by=unit.people["jan"].pk
        )


def test_one_diagnosis_of_a_survey_is_begun_at_a_time(unit: World):
    file = made.case(unit)
    made.begun(unit, file)
    with pytest.raises(InputError, match="już zaczęta"):
        made.begun(unit, file)


def test_answers_are_kept_section_by_section(unit: World):
    row = made.answered(made.begun(unit, made.case(unit)))
    services.save_answers(diagnosis_id=row.pk, section="first", typed={"roof": "2"})
    row.refresh_from_db()
    assert row.answers == {"roof": 2, "search": "often", "wish": made.SECRET, "years": "1.5"}


def test_an_answer_that_cannot_be_read_is_refused(unit: World):
    row = made.begun(unit, made.case(unit))
    with pytest.raises(InputError, match="Największa liczba to 60"):
        services.save_answers(diagnosis_id=row.pk, section="second", typed={"years": "61"})


def test_a_section_of_another_survey_takes_no_answers(unit: World):
    row = made.begun(unit, made.case(unit))
    with pytest.raises(InputError, match="Tej części nie ma"):
        services.save_answers(diagnosis_id=row.pk, section="start", typed={})


def test_the_end_names_what_is_missing(unit: World):
    row = made.begun(unit, made.case(unit))
    services.save_answers(diagnosis_id=row.pk, section="first", typed={"roof": "2"})
    with pytest.raises(services.Unfinished) as refused:
        services.finish_diagnosis(diagnosis_id=row.pk, summary="")
    assert refused.value.missing == {"wish": "Wpisz odpowiedź."}
    row.refresh_from_db()
    assert row.state == DiagnosisState.DRAFT


def test_the_result_is_frozen(unit: World):
    row = made.finished(unit, made.case(unit))
    row.refresh_from_db()
    result = results.result_of(row, sensitive=True)
    assert [(score.dimension.key, score.value) for score in result.scores] == [("home", 50), ("work", 100)]
    assert [one.name for one in result.assets] == ["dach", "Jak szukasz?"]
    assert {one.key for one in result.deficits} == {"debts", "health"}
    assert {one.key for one in results.result_of(row, sensitive=False).deficits} == {"debts"}
    assert row.finished_at is not None
    assert row.summary == "Zaczynamy od mieszkania."


def test_a_diagnosis_held_together_is_a_contact(unit: World):
    file = made.case(unit)
    made.finished(unit, file, TODAY - timedelta(days=3))
    file.refresh_from_db()
    assert file.last_contact_on == TODAY - timedelta(days=3)


def test_a_diagnosis_without_the_person_is_no_contact(unit: World):
    file = made.case(unit)
    made.small_survey(unit)
    row = services.start_diagnosis(
        participation_id=file.pk,
        survey="small",
        held_on=TODAY,
        by=unit.people["jan"].pk,
        with_person=False,
    )
    services.finish_diagnosis(diagnosis_id=made.answered(row).pk, summary="")
    file.refresh_from_db()
    assert file.last_contact_on is None


def test_a_finished_diagnosis_does_not_change(unit: World):
    row = made.finished(unit, made.case(unit))
    before = Diagnosis.objects.values().get(pk=row.pk)
    for change in (
        lambda: services.save_answers(diagnosis_id=row.pk, section="first", typed={"roof": "0"}),
        lambda: services.finish_diagnosis(diagnosis_id=row.pk, summary="Inaczej."),
        lambda: services.drop_diagnosis(diagnosis_id=row.pk),
    ):
        with pytest.raises(InputError, match="się nie zmienia"):
            change()
    assert Diagnosis.objects.values().get(pk=row.pk) == before


def test_a_new_version_of_the_survey_changes_no_diagnosis(unit: World):
    row = made.finished(unit, made.case(unit))
    before = Diagnosis.objects.values().get(pk=row.pk)
    draft = templates.copy_template(key="small", by=unit.people["anna"].pk)
    templates.remove_section(template_id=draft.pk, key="first")
    templates.publish_template(template_id=draft.pk)
    assert Diagnosis.objects.values().get(pk=row.pk) == before
    row.refresh_from_db()
    assert [part.title for part in results.answers_of(row, sensitive=True)] == ["Dom", "Praca"]


def test_a_repeated_diagnosis_starts_empty_and_knows_the_earlier_answers(unit: World):
    file = made.case(unit)
    first = made.finished(unit, file, TODAY - timedelta(days=90), roof=1)
    second = made.begun(unit, file)
    assert second.answers == {}
    earlier, told = results.earlier_answers(second, sensitive=True)
    assert earlier == first
    assert told["roof"] == "raczej nie"
    assert "health" not in results.earlier_answers(second, sensitive=False)[1]


def test_two_to_four_diagnoses_are_compared(unit: World):
    file = made.case(unit)
    rows = [
        made.finished(unit, file, OPENED + timedelta(days=day), roof=roof)
        for day, roof in ((1, 0), (50, 1), (100, 2), (150, 3), (200, 4))
    ]
    chosen = results.comparable(rows)
    assert chosen == rows[1:]
    chart = results.chart_of(chosen)
    assert chart.labels == ("20.04.2026", "09.06.2026", "29.07.2026", "17.09.2026")
    assert (chart.rows[0].title, chart.rows[0].change) == ("Dom", "+37")


def test_what_was_begun_by_mistake_goes(unit: World):
    row = made.begun(unit, made.case(unit))
    services.drop_diagnosis(diagnosis_id=row.pk)
    assert not Diagnosis.objects.exists()
