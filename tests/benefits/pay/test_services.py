"""Application and grant, the way of payment, PIT-2, insurance: what is written and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from benefits.enums import GrantState
from benefits.models import Grant, InsuranceTitle, PayWay, TaxStatement
from benefits.queries.pay import PayFile, pay_files
from benefits.services import pay
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from tests.benefits.pay import made
from tests.cast import World
from tests.participants.participations.made import TODAY, TRIAL, candidate, in_classes

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


def held(file: Any) -> PayFile:
    return pay_files([file.pk])[file.pk]


def test_a_person_applies_and_the_manager_grants(world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
        row = made.asked(file)
        assert row.state == GrantState.ASKED
        row = pay.grant(grant_id=row.pk, granted_from=TRIAL, decided_on=TODAY)
        assert (row.state, row.granted_from, row.decided_by) == ("granted", TRIAL, world.people["ewa"])
        assert held(file).facts(OCTOBER).granted_from == TRIAL


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"granted_from": TRIAL - timedelta(days=1)}, "od początku uczestnictwa"),
        ({"decided_on": TRIAL - timedelta(days=1)}, "nie może być wcześniejsza"),
        ({"decided_on": date(2030, 1, 1)}, "jeszcze nie nadszedł"),
    ],
)
def test_a_grant_fits_the_participation_and_the_application(
    world: World, given: dict[str, Any], sentence: str
):
    with world.scope("cis", "ewa"):
        row = made.asked()
        with pytest.raises(InputError, match=sentence):
            pay.grant(grant_id=row.pk, **{"granted_from": TRIAL, "decided_on": TODAY} | given)


def test_nothing_is_granted_before_the_trial_is_written(world: World):
    with world.scope("cis", "ewa"):
        row = made.asked(candidate())
        with pytest.raises(InputError, match="początek okresu próbnego"):
            pay.grant(grant_id=row.pk, granted_from=TRIAL, decided_on=TODAY)


def test_one_application_stands_at_a_time(world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
        first = made.asked(file)
        with pytest.raises(InputError, match="jest już wniosek"):
            made.asked(file)
        with pytest.raises(IntegrityError, match="grant_once"), transaction.atomic():
            Grant.objects.create(participation=file, person_id=file.person_id, asked_on=TRIAL)
        pay.refuse(grant_id=first.pk, reason="inne świadczenie", decided_on=TODAY)
        again = made.granted(file)
        assert held(file).grant == again
        with pytest.raises(WrongState, match="przyznane"):
            pay.withdraw(grant_id=again.pk)


def test_a_refusal_says_why(world: World):
    with world.scope("cis", "ewa"):
        row = made.asked()
        with pytest.raises(InputError, match="dlaczego"):
            pay.refuse(grant_id=row.pk, reason="  ", decided_on=TODAY)


def test_a_club_grants_nothing_whoever_writes(world: World):
    with world.scope("kis", "bozena"):
        file = candidate()
        with pytest.raises(InputError, match="KIS nie wypłaca"):
            pay.apply(participation_id=file.pk, asked_on=TRIAL)
        row = Grant(participation=file, person_id=file.person_id, asked_on=TRIAL)
        with pytest.raises(IntegrityError, match="grant_of_unit_type"), transaction.atomic():
            row.save()
        row.unit_type = "KIS"
        with pytest.raises(IntegrityError, match="grant_of_cis"), transaction.atomic():
            row.save(force_insert=True)


def test_a_month_is_counted_with_what_held_in_it(world: World):
    """Each change holds from its day on; the months before keep what they had."""
    with world.scope("cis", "ewa"):
        file = made.payable(in_classes())
        pay.set_way(participation_id=file.pk, since=date(2026, 10, 10), method="cash", account="")
        pay.set_tax(participation_id=file.pk, since=Month(2026, 11), pit2=False, filed_on=date(2026, 10, 20))
        found = held(file)
    assert [found.way_on(day).method for day in (TRIAL, date(2026, 10, 9), date(2026, 10, 10))] == [
        "transfer",
        "transfer",
        "cash",
    ]
    assert [found.tax_of(month).pit2 for month in (OCTOBER, Month(2026, 11))] == [True, False]
    assert found.way_on(TRIAL - timedelta(days=1)) is None


def test_the_same_day_written_twice_is_a_correction(world: World):
    with world.scope("cis", "ewa"):
        file = made.payable(in_classes())
        pay.set_way(participation_id=file.pk, since=TRIAL, method="cash", account="")
        pay.set_tax(participation_id=file.pk, since=Month.of(TRIAL), pit2=False, filed_on=None)
        assert (PayWay.objects.count(), TaxStatement.objects.count()) == (1, 1)
        assert PayWay.objects.get().account == ""


def test_a_transfer_has_an_account(world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
        with pytest.raises(InputError, match="numer konta"):
            pay.set_way(participation_id=file.pk, since=TRIAL, method="transfer", account="")
        row = PayWay(participation=file, person_id=file.person_id, since=TRIAL, method="transfer")
        with pytest.raises(IntegrityError, match="without an account"), transaction.atomic():
            row.save()
        row.method, row.account = "cash", made.ACCOUNT
        with pytest.raises(IntegrityError, match="pay_way_cash"), transaction.atomic():
            row.save(force_insert=True)


def test_titles_do_not_overlap(world: World):
    with world.scope("cis", "ewa"):
        file = made.payable(in_classes())
        title = InsuranceTitle.objects.get()
        given = {"kind": "other", "since": date(2026, 10, 1), "until": None, "registered_on": None}
        with pytest.raises(Exception, match="inny tytuł"):
            pay.add_title(participation_id=file.pk, **given)
        ends = {"kind": "benefit", "since": TRIAL, "until": date(2026, 9, 30), "registered_on": TRIAL}
        pay.change_title(title_id=title.pk, **ends)
        pay.add_title(participation_id=file.pk, **given)
        assert held(file).missing(file, OCTOBER) == []


def test_what_is_missing_is_found_for_many_in_six_queries(world: World, django_assert_num_queries: Any):
    with world.scope("cis", "ewa"):
        files = [made.payable(in_classes("Marek Dąbek")), in_classes("Iga Bielik")]
        with django_assert_num_queries(6):
            found = pay_files([file.pk for file in files])
            lacking = [len(found[file.pk].missing(file, OCTOBER)) for file in files]
    assert lacking == [0, 4]
