"""Whoever referred reads the first day and the last one of whom the unit accepted, and not why they left."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from participants.models import Participation, Referral, ReferralEntry
from participants.queries.portal import standing
from participants.services import participations
from participants.services import referrals as services
from participants.services.participations import ends
from reintegration.core import clock
from reintegration.jobs.worker import drain
from reintegration.notices.models import Notice
from tests.cast import World
from tests.participants.participations.made import agreed, alone
from tests.participants.portal.made import LIST, sent, signed_in

pytestmark = pytest.mark.usefixtures("world")


def accepted(world: World, referral: Referral) -> Participation:
    """In the open scope of the unit."""
    services.receive(referral_id=referral.pk)
    services.study(referral_id=referral.pk)
    return services.accept(referral_id=referral.pk)


def begun(file: Participation, since: date) -> None:
    agreed(file, on=clock.today())
    with alone():
        participations.start_trial(participation_id=file.pk, since=since)


def told(referral: Referral) -> list[str]:
    rows = ReferralEntry.objects.filter(referral=referral, transition__in=["start", "leave", "stay"])
    return [f"{row.transition} {row.text}".strip() for row in rows.order_by("at", "pk")]


def where(world: World, referral: Referral) -> str:
    with world.scope("ops", "zofia"):
        return standing(Referral.objects.get(pk=referral.pk)).text


def test_the_sender_reads_the_first_day_and_the_end(world: World):
    referral, today = sent(world), clock.today()
    with world.scope("cis", "anna"):
        file = accepted(world, referral)
        begun(file, today)
        assert len(told(referral)) == 1
    assert where(world, referral).startswith("zajęcia od")
    with world.scope("cis", "ewa"):
        ends.end_participation(participation_id=file.pk, ended_on=today, reason="statement", note="Pił.")
        assert [one.split()[0] for one in told(referral)] == ["start", "leave"]
        assert not any("Pił" in one for one in told(referral))
    assert where(world, referral).startswith("zakończone")
    with world.scope("cis", "ewa"):
        ends.reopen(participation_id=file.pk, reason="Pomyłka.")
        assert told(referral)[-1] == "stay"
    assert where(world, referral).startswith("zajęcia od")


def test_a_day_to_come_is_said_to_come(world: World):
    referral = sent(world)
    with world.scope("cis", "anna"):
        begun(accepted(world, referral), clock.today() + timedelta(days=3))
    assert where(world, referral).startswith("zacznie")


def test_who_never_began_is_said_to_have_ended(world: World):
    referral = sent(world)
    with world.scope("cis", "ewa"):
        file = accepted(world, referral)
        ends.end_participation(participation_id=file.pk, ended_on=clock.today(), reason="resigned")
        assert told(referral) == ["leave Zajęcia się nie zaczęły."]


def test_a_corrected_day_is_told_again_and_the_same_day_is_not(world: World):
    referral, today = sent(world), clock.today()
    with world.scope("cis", "ewa"):
        file = accepted(world, referral)
        begun(file, today)
        rows = participations.common.as_planned(participations.common.periods_of(file))
        participations.set_periods(participation_id=file.pk, periods=rows)
        assert len(told(referral)) == 1


def test_a_file_without_a_referral_tells_nobody(world: World):
    from tests.participants.participations.made import in_trial

    with world.scope("cis", "ewa"):
        in_trial()
        assert not ReferralEntry.objects.exists()


def test_the_worker_of_the_centre_gets_a_notice_and_sees_it_on_the_page(world: World):
    referral = sent(world)
    with world.scope("cis", "anna"):
        begun(accepted(world, referral), clock.today())
    drain()
    with world.scope("ops", "zofia"):
        assert Notice.objects.filter(title__endswith="pierwszy dzień zajęć").count() == 1
    client: Client = signed_in(world, "zofia")
    page: Any = client.get(f"{LIST}{referral.pk}/")
    assert "Pierwszy dzień zajęć" in page.text
    assert "zajęcia od" in client.get(LIST).text
