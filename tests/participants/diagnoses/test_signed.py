"""What was finished or signed stands, whatever door somebody tries; erasing, merging and new keys go on."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from participants.models import Diagnosis, SpecialistOpinion
from participants.services import diagnoses as services
from participants.services.people import merge_persons
from reintegration.audit.erasure import erase_subject
from reintegration.core import clock
from reintegration.core.crypto import key_id_of
from reintegration.core.errors import SAVED_TWICE, sentence_of
from reintegration.core.rotation import rotate_batch
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.settings import test as test_settings
from reintegration.tenancy.scope import scope
from tests.audit.conftest import cast, keeper  # noqa: F401 - fixtures
from tests.cast import World
from tests.frontend.test_form_pages import VALUES, SiteForm, ask
from tests.participants.diagnoses import made
from tests.participants.participations.made import TODAY, person

SAYS = {
    Diagnosis: "Ta diagnoza jest zakończona i się nie zmienia. Zrób następną.",
    SpecialistOpinion: "Ta opinia jest podpisana i się nie zmienia. Napisz następną.",
}
CIPHERS = {Diagnosis: ("answers", "scores", "summary"), SpecialistOpinion: ("text", "advice")}


def standing(world: World, model: Any) -> Any:
    file = made.case(world)
    row = made.finished(world, file) if model is Diagnosis else made.opinion(world, file)
    return model.objects.get(pk=row.pk)


def refused(model: Any, change: Any) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    assert sentence_of(caught.value) == SAYS[model]


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Diagnosis, "answers", {"roof": 0}),
        (Diagnosis, "answers", None),
        (Diagnosis, "scores", None),
        (Diagnosis, "summary", "Wszystko dobrze."),
        (Diagnosis, "summary", ""),
        (Diagnosis, "content", {}),
        (Diagnosis, "title", "Inna"),
        (Diagnosis, "held_on", TODAY.replace(day=1)),
        (Diagnosis, "with_person", False),
        (SpecialistOpinion, "text", "Nie ma zaleceń."),
        (SpecialistOpinion, "text", ""),
        (SpecialistOpinion, "advice", ""),
        (SpecialistOpinion, "kind", "doctor"),
        (SpecialistOpinion, "confidential", False),
        (SpecialistOpinion, "author_name", "Kto Inny"),
        (SpecialistOpinion, "signed_at", None),
    ],
)
def test_what_stands_is_not_changed(unit: World, model: Any, column: str, value: Any):
    row = standing(unit, model)
    setattr(row, column, value)
    refused(model, lambda: row.save(update_fields=[column]))


def test_it_is_not_opened_again(unit: World):
    row = standing(unit, Diagnosis)
    refused(Diagnosis, lambda: Diagnosis.objects.filter(pk=row.pk).update(state="draft", finished_at=None))


@pytest.mark.parametrize("model", [Diagnosis, SpecialistOpinion])
def test_what_stands_is_not_removed(unit: World, model: Any):
    row = standing(unit, model)
    refused(model, row.delete)


def test_what_is_begun_is_changed_and_removed(unit: World):
    file = made.case(unit)
    draft, opinion = made.begun(unit, file), made.opinion(unit, file, signed=False)
    Diagnosis.objects.filter(pk=draft.pk).update(title="Inna", answers=None)
    SpecialistOpinion.objects.filter(pk=opinion.pk).update(kind="doctor", text="")
    services.drop_diagnosis(diagnosis_id=draft.pk)
    services.drop_opinion(opinion_id=opinion.pk, by=unit.people["olga"].pk)


@pytest.mark.parametrize("model", [Diagnosis, SpecialistOpinion])
def test_an_erasure_empties_what_stands(unit: World, model: Any):
    row = standing(unit, model)
    erase_subject(subject_id=row.person_id, basis="art. 17 RODO")
    row = model.objects.get(pk=row.pk)
    assert [getattr(row, name) or None for name in CIPHERS[model]] == [None] * len(CIPHERS[model])


@pytest.mark.parametrize("model", [Diagnosis, SpecialistOpinion])
def test_an_erasure_of_somebody_else_opens_nothing(unit: World, model: Any):
    row = standing(unit, model)
    erase_subject(subject_id=person("Ktoś Inny").pk, basis="art. 17 RODO")
    refused(model, lambda: model.objects.filter(pk=row.pk).update(**{CIPHERS[model][-1]: ""}))


@pytest.mark.parametrize("model", [Diagnosis, SpecialistOpinion])
def test_a_merge_takes_what_stands_along(unit: World, model: Any):
    row = standing(unit, model)
    kept = person("Marek Dabek")
    merge_persons(keep_id=kept.pk, gone_id=row.person_id)
    assert model.objects.get(pk=row.pk).person_id == kept.pk


@pytest.mark.process
@pytest.mark.parametrize("model", [Diagnosis, SpecialistOpinion])
def test_the_keeper_gives_it_a_new_key_and_changes_nothing_else(keeper: World, model: Any):  # noqa: F811
    with keeper.scope("cis", "anna"), clock.frozen(TODAY):
        row = standing(keeper, model)
        said = [getattr(row, name) for name in CIPHERS[model]]
    ring = f"t2:{test_settings._key('n')},{test_settings.REINTEGRA_FIELD_KEYS}"
    with override_settings(REINTEGRA_FIELD_KEYS=ring):
        with scope(organisation_id=keeper.organisations["cis"].pk, source="test", using="keeper"):
            assert rotate_batch(model, using="keeper").rotated == 1
            emptied = model._base_manager.using("keeper").filter(pk=row.pk)
            with pytest.raises(IntegrityError), transaction.atomic("keeper"):
                emptied.update(**{CIPHERS[model][-1]: ""})
        with keeper.scope("cis", "anna"):
            row = model.objects.get(pk=row.pk)
            assert {key_id_of(bytes(row.__dict__[name])) for name in CIPHERS[model]} == {"t2"}
            assert [getattr(row, name) for name in CIPHERS[model]] == said


class Form(FormPage):
    """A door that forgot to ask."""

    title = "Zmiana"
    form_class = SiteForm

    def save(self, form: Any) -> Any:
        return Diagnosis.objects.filter(pk=self.kwargs["pk"]).update(title="Inna")


class Button(ConfirmPage):
    title = verb = "Usuń"

    def perform(self) -> str:
        Diagnosis.objects.get(pk=self.kwargs["pk"]).delete()
        return "/"


@pytest.mark.parametrize("door", [Form, Button])
def test_a_door_that_forgot_says_what_the_database_said(unit: World, door: Any):
    row = standing(unit, Diagnosis)
    response = ask(door, "post", VALUES, user=unit.people["anna"], pk=row.pk)
    assert response.status_code == 422
    assert SAYS[Diagnosis] in response.content.decode()
    assert SAVED_TWICE not in response.content.decode()
