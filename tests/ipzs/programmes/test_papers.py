"""Boxes on papers: for everybody who signs by law, and for nobody else."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from ipzs.models import Programme
from ipzs.programme_paper import boxes, content_of, content_pdf
from ipzs.services import programmes as services
from participants.models import Participation
from participants.services import participations as files
from reintegration.core.dates import add_months
from reintegration.documents.models import Document
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY, TRIAL
from tests.ipzs.programmes.test_services import decided, read
from tests.participants.participations.made import candidate
from tests.participants.referrals.made import application

pytestmark = pytest.mark.django_db
SOCIAL_WORKER = ("Pracownik socjalny Centrum", "Anna Lawenda")


def represented() -> Participation:
    """A file whose referral names somebody who acts for the person."""
    file = candidate()
    file.referral = application(representative="Wanda Dąbek")
    file.save(update_fields=["referral"])
    return file


def test_the_social_worker_who_prepares_a_programme_signs_it(world: World):
    with world.scope("cis", "anna"):
        version = made.ready()
        shown = boxes(version.programme, version, content_of(version, "ipzs"))
        assert [(one.label, one.name) for one in shown] == [
            ("Uczestnik", "Marek Dąbek"),
            SOCIAL_WORKER,
            ("Kierownik Centrum", ""),
        ]
    with world.scope("cis", "jan"):
        version = made.ready(candidate("Ada Bór"))
        shown = boxes(version.programme, version, content_of(version, "ipzs"))
        assert ("Pracownik socjalny Centrum", "") in [(one.label, one.name) for one in shown]


def test_whoever_acts_for_the_person_signs_too(world: World):
    with world.scope("cis", "anna"):
        version = made.ready(represented())
        text = PdfReader(BytesIO(content_pdf(version.programme, version))).pages[-1].extract_text()
        for said in ("Wanda Dąbek", "Przedstawiciel ustawowy"):
            assert said in text


def test_a_decision_goes_to_whoever_acts_for_the_person(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        Participation.objects.filter(pk=programme.participation_id).update(
            referral=application(representative="Wanda Dąbek")
        )
        row = decided(Programme.objects.get())
        services.issue_decision(decision_id=row.pk, decided_on=TODAY)
        assert "przez przedstawiciela ustawowego: Wanda Dąbek" in read(
            Document.objects.get(kind="ipzs.decision")
        )


def test_the_social_worker_signs_beside_the_manager_who_extends(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes(until=add_months(TRIAL, 18))
        services.extend(
            participation_id=programme.participation_id,
            until=add_months(TRIAL, 15),
            decided_on=TODAY,
            basis="motion",
            basis_on=TODAY,
            author="Anna Lawenda",
            analysis="Uczy się dalej.",
        )
        assert "Anna Lawenda pracownik socjalny Centrum" in read(Document.objects.get(kind="ipzs.extended"))
        assert "socjalny Centrum" not in read(Document.objects.get(kind="ipzs.qualified"))


def test_annexes_are_numbered_as_they_came_into_force(world: World):
    """What OPS sent back and what was laid aside leave no gap."""
    with world.scope("cis", "anna"):
        version = made.signed()
        made.answer(version, agreed=False)
        again = services.revise(programme_id=version.programme_id)
        services.make_ready(version_id=again.pk)
        made.agree(
            services.sign_version(
                version_id=again.pk, signed_on=TODAY, how="witnessed", witness="Anna Lawenda", body_name="OPS"
            ),
            on=TODAY,
        )
        programme = Programme.objects.get()
        with made.alone():
            files.start_trial(participation_id=programme.participation_id, since=TODAY)
        laid_aside = made.annexed(programme, until=add_months(TRIAL, 18))
        services.discard(version_id=laid_aside.pk)
        annex = made.annexed(programme, until=add_months(TRIAL, 17))
        assert annex.number == 4
        text = PdfReader(BytesIO(content_pdf(programme, annex))).pages[0].extract_text()
        assert "Aneks nr 1 do" in " ".join(text.split())
