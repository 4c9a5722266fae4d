"""Whom a programme insures, made by the services themselves. All names are invented."""

from datetime import date

from ipzs.services import programmes as services
from participants.models import Participation
from participants.services import participations as files
from reintegration.core import clock
from reintegration.core.dates import add_months
from tests.cast import World
from tests.ipzs.programmes import made as programmes
from tests.participants.participations.made import alone, candidate
from tests.participants.referrals import made as sent_ones

TODAY = date(2026, 11, 20)
# A programme that began ten days ago insures from 11 December.
SINCE = date(2026, 11, 10)
ARISES = date(2026, 12, 11)
SIGNED = date(2026, 11, 5)
UNTIL = date(2027, 11, 9)


def begun(file: Participation | None = None, since: date = SINCE) -> Participation:
    """A file whose programme runs from a day on; in the scope of its unit."""
    case = file or candidate(opened_on=date(2026, 3, 1))
    programmes.running(case, on=min(SIGNED, since), since=since)
    with alone():
        files.start_trial(participation_id=case.pk, since=since)
    if add_months(since, 1) <= clock.today():
        services.qualify(participation_id=case.pk, decided_on=add_months(since, 1))
    case.refresh_from_db()
    return case


def referred(world: World, name: str = "Marek Dąbek", serial: int = 1) -> Participation:
    """A file that came of a referral of the OPS; opens and closes scopes."""
    referral = sent_ones.sent(world, name, serial)
    with world.scope("cis", "ewa"):
        sent_ones.in_state("accepted", referral)
        return Participation.objects.get(referral=referral.pk)


def referred_and_begun(
    world: World, name: str = "Marek Dąbek", serial: int = 1, since: date = SINCE
) -> Participation:
    file = referred(world, name, serial)
    with world.scope("cis", "ewa"):
        Participation.objects.filter(pk=file.pk).update(opened_on=date(2026, 3, 1))
        file.refresh_from_db()
        return begun(file, since)


def ended(file: Participation, on: date) -> None:
    """The person leaves by a statement; in the scope of the unit."""
    programme = file.programmes.get()
    services.end_by_statement(programme_id=programme.pk, statement_on=on, ended_on=on)
