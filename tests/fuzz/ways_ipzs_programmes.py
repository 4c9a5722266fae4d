"""Ways to the forms of programmes: one that is written, one that runs, and decisions in every state."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from ipzs.models import (
    Decision,
    Evaluation,
    ExtensionMotion,
    PeriodDecision,
    Programme,
    ProgrammeVersion,
)
from ipzs.programme_paper import content_of
from ipzs.services import programmes as services
from participants.models import Participation
from participants.services import participations as files
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.formats import format_table_date
from tests.cast import World, sign_in
from tests.fuzz.ways_ipzs_catalogue import Way, of_unit
from tests.ipzs.programmes import made
from tests.participants.participations.made import alone, candidate


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def _candidate(world: World, user: Any) -> Participation:
    return candidate(opened_on=_ago(20))


def _written(world: World, user: Any) -> ProgrammeVersion:
    return made.drafted(candidate(opened_on=_ago(20)), since=_ago(10))


def _ready(world: World, user: Any) -> ProgrammeVersion:
    return made.ready(candidate(opened_on=_ago(20)), since=_ago(10))


def _running(world: World, user: Any) -> Programme:
    since = _ago(50)
    return made.in_classes(since=since, until=add_months(since, 20))


def _file(world: World, user: Any) -> Participation:
    return _running(world, user).participation


def _in_trial(world: World, user: Any) -> Participation:
    """The trial is over, and nobody has decided yet."""
    since = _ago(40)
    programme = made.running(candidate(opened_on=_ago(50)), on=_ago(45), since=since)
    with alone():
        files.start_trial(participation_id=programme.participation_id, since=since)
    return programme.participation


def _at_the_end(world: World, user: Any) -> Programme:
    return made.in_classes(since=add_months(clock.today(), -12))


def _at_work(world: World, user: Any) -> Programme:
    programme = _running(world, user)
    return services.end_by_work(
        programme_id=programme.pk,
        work_kind="employment",
        work_started_on=_ago(3),
        left_on=_ago(4),
        ended_on=add_months(_ago(3), 6),
    )


def _evaluation(world: World, user: Any) -> Evaluation:
    found: Evaluation = _running(world, user).evaluations.get()
    return found


def _qualified(world: World, user: Any) -> PeriodDecision:
    found: PeriodDecision = _running(world, user).period_decisions.get()
    return found


def _asked(world: World, user: Any) -> ExtensionMotion:
    return services.ask_extension(
        participation_id=_running(world, user).participation_id,
        basis="motion",
        asked_on=clock.today(),
        until=add_months(_ago(50), 14),
        author="Anna Lawenda",
        analysis="Kurs trwa do wiosny.",
    )


def _drafted(world: World, user: Any) -> Decision:
    return services.draft_decision(
        programme_id=_running(world, user).pk,
        kind="breach",
        ends_on=clock.today(),
        reasons="Nie przychodzi.",
        change_considered="Rozmawiano dwa razy.",
    )


def _issued(world: World, user: Any) -> Decision:
    return services.issue_decision(decision_id=_drafted(world, user).pk, decided_on=clock.today())


def _delivered(world: World, user: Any) -> Decision:
    row = _issued(world, user)
    return services.deliver_decision(decision_id=row.pk, delivered_on=clock.today(), how="in_person")


def _complained(world: World, user: Any) -> Decision:
    return services.complain(decision_id=_delivered(world, user).pk, complained_on=clock.today())


def _step(world: World, client: Client) -> str:
    user_id = client.session["_auth_user_id"]
    person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
    with world.scope("cis", person):
        programme = _running(world, None)
        step = content_of(programme.versions.get(), programme.kind).goals[0].steps[0].key
    return reverse("ipzs:step_record", args=[programme.pk, step])


def _contract(world: World, client: Client) -> str:
    """Periods of a contract are of a KIS: its manager goes there."""
    sign_in(client, world.people["bozena"], world.kis.pk)
    with world.scope("kis", "bozena"):
        file = candidate(opened_on=_ago(20))
        made.in_force(file, on=_ago(15), since=_ago(10), kind="internal_contract")
        return reverse("ipzs:contract_period", args=[file.pk])


MADE: dict[str, Callable[[World, Any], Any]] = {
    "programme_show": _file,
    "programme_enter": _candidate,
    "qualify": _in_trial,
    "extend": _file,
    "motion_add": _file,
    "motion_refuse": _asked,
    "motion_withdraw": _asked,
    "version_terms": _written,
    "version_goals": _written,
    "version_texts": _written,
    "version_people": _written,
    "version_discard": _ready,
    "version_sign": _ready,
    "annex_add": _running,
    "evaluation_add": _running,
    "evaluation_hold": _evaluation,
    "period_told": _qualified,
    "end_statement": _running,
    "end_work": _running,
    "end_after_work": _at_work,
    "end_period": _at_the_end,
    "end_other": _running,
    "decision_add": _running,
    "decision_edit": _drafted,
    "decision_issue": _drafted,
    "decision_deliver": _issued,
    "decision_complain": _delivered,
    "decision_judge": _complained,
    "decision_withdraw": _drafted,
}
PROGRAMMES_WAYS: dict[str, Way] = {
    **{f"ipzs:{name}": of_unit(f"ipzs:{name}", make) for name, make in MADE.items()},
    "ipzs:contract_period": _contract,
    "ipzs:step_record": _step,
}


def _today(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


# The rows of steps of a draft with one goal and one step, and the blank ones beside them.
STEPS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1))


def _in_time(page: Any) -> list[str]:
    """A last day of an extension that the act and the programme allow."""
    return [format_table_date(add_months(_ago(50), 14))]


PROGRAMMES_TYPED: dict[str, dict[str, Any]] = {
    "ipzs:qualify": {"decided_on": _today},
    "ipzs:extend": {
        "until": _in_time,
        "decided_on": _today,
        "basis_on": _today,
    },
    # How a day is written is said once, under all the steps.
    "ipzs:version_goals": {f"goal_{goal}_step_{row}_due": _today for goal, row in STEPS},
    "ipzs:motion_add": {
        "asked_on": _today,
        "until": lambda page: [format_table_date(add_months(_ago(50), 14))],
    },
    "ipzs:motion_refuse": {"decided_on": _today},
    "ipzs:version_sign": {"signed_on": _today, "how": ["witnessed"], "witness": ["Anna Lawenda"]},
    "ipzs:programme_enter": {
        "signed_on": _today,
        "since": _today,
        "until": lambda page: [format_table_date(add_months(clock.today(), 10))],
        "agreed_on": _today,
    },
    "ipzs:annex_add": {"motion_on": _today},
    "ipzs:step_record": {"on": _today},
    "ipzs:evaluation_hold": {"held_on": _today},
    "ipzs:evaluation_add": {"due_on": _today},
    "ipzs:period_told": {"told_on": _today},
    "ipzs:end_work": {"ended_on": _today},
    "ipzs:end_after_work": {"ended_on": _today},
    "ipzs:decision_issue": {"decided_on": _today},
    "ipzs:decision_deliver": {"delivered_on": _today},
    "ipzs:decision_complain": {"complained_on": _today},
    "ipzs:decision_judge": {"judged_on": _today},
}
