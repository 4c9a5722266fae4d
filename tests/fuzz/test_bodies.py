"""Ids in the body of a post, where no form page stands before it: odd ones, a stranger's, twice."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client

from reintegration.accounts import second_factor
from reintegration.accounts.models import Invitation
from tests.accounts.helpers import SECRET, enter, with_app
from tests.cast import PEOPLE, TWINS, World
from tests.fuzz.pages import OWN, PAGES, FoundForm, Visit
from tests.fuzz.payloads import MORE, body, said
from tests.fuzz.refusals import failure
from tests.fuzz.traces import changed, traces
from tests.fuzz.ways import invite
from tests.walls.routes import routes

ODD = ("half an id", "an id of nothing", "a list", "no UTF-8", "very big", "negative", "query", "odd digits")
CALM = {302, 404, 422}
# Addresses that take a post and no page of the suite shows their button, each with its reason.
WITHOUT_BUTTON = {
    "shell:draft": "the script of a form sends it",
    "shell:draft_drop": "stands beside a form with a draft; tests/shell/test_drafts.py",
    "shell:extend": "the warning before a session ends sends it",
    "participants:person_check": "the script of a form sends it; tests/participants/people/test_screens.py",
    "participants:referral_study": "stands on one that was received; tests/participants/referrals",
    "jobs:job_retry": "stands on a job that failed; tests/jobs",
    "benefits:list_papers": "stands where a worker gave papers up; tests/benefits/statements/test_papers.py",
    **dict.fromkeys(
        ("benefits:tax_slip_issue", "benefits:tax_slips_issue"),
        "stands on a year that is over; tests/benefits/tax/test_slips.py",
    ),
    "ipzs:attendance_undo": "stands where a mark was just set; tests/ipzs/attendance/test_screens.py",
    "ipzs:mark_range": "the script of the month's grid sends it; tests/ipzs/attendance/test_ranges.py",
    **dict.fromkeys(
        ("ipzs:programme_draft", "ipzs:programme_revise", "ipzs:version_back", "ipzs:version_ready"),
        "stands on a programme that is not in force yet; tests/ipzs/programmes/test_screens.py",
    ),
}


def a_strangers_session(world: World, visit: Visit) -> str:
    enter(Client(), with_app(world.people["teresa"]))
    return str(UserSession.objects.get(user=world.people["teresa"]).pk)


def a_strangers_factor(world: World, visit: Visit) -> str:
    person = world.people["teresa"]
    sealed = {"secret": second_factor.seal(SECRET, person.pk), "used": 0}
    return str(Authenticator.objects.create(user=person, type=second_factor.APP, data=sealed).pk)


def a_strangers_invitation(world: World, visit: Visit) -> str:
    invite(world, "teresa")
    return str(Invitation.objects.get(organisation=world.organisations["other_cis"]).pk)


# Fields whose number is not the key of a tenant's row.
STRANGERS = {
    "sesja": a_strangers_session,
    "klucz": a_strangers_factor,
    "zaproszenie": a_strangers_invitation,
}


GLOBAL = frozenset(model._meta.db_table for model in apps.get_models() if not hasattr(model, "tenant_field"))


def is_key(value: str) -> bool:
    if value.isdigit():
        return True
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def keys_in(form: FoundForm) -> list[str]:
    return [
        name
        for name, control in form.controls.items()
        if name not in OWN and control.kind in {"hidden", "submit", "button", "checkbox", "radio"}
        if any(is_key(value) for value in [*control.value, *control.options])
    ]


def tries(visit: Visit, form: FoundForm, name: str) -> Iterator[tuple[str, dict[str, Sequence[str]]]]:
    usual = {key: said(*values) for key, values in form.fields().items()}
    yield "nothing", {**usual, name: ()}
    for what in ODD:
        yield what, {**usual, name: MORE[what]}
    yield "the same twice", {**usual, name: usual[name] * 2}
    foreign = STRANGERS[name](visit.world, visit) if name in STRANGERS else visit.foreign(form.controls[name])
    if foreign is not None:
        yield "a stranger's", {**usual, name: said(foreign)}
        yield "a stranger's and mine", {**usual, name: [*said(foreign), *usual[name]]}
        yield "mine and a stranger's", {**usual, name: [*usual[name], *said(foreign)]}


def ids_reach_nothing_of_a_stranger(visit: Visit) -> Iterator[str]:
    """An id in a body reaches nothing of a stranger."""
    world = visit.world
    twin = TWINS.get(visit.person or "", "teresa")
    for form in visit.forms():
        for name in [] if form.is_typed else keys_in(form):
            for what, fields in tries(visit, form, name):
                touched: list[str] = []
                with visit.taken_back():
                    before = traces(world, PEOPLE[twin][2], twin) if "stranger" in what else {}
                    answer = visit.send("POST", form.url, body(fields))
                    if before:
                        # What the visitor may do to their own row shows in the tables that everybody sees.
                        unread = GLOBAL if "mine" in what else ()
                        touched = changed(before, traces(world, PEOPLE[twin][2], twin), but=unread)
                tried = f"{form}, {what} in {name}"
                if answer.status_code not in CALM:
                    yield f"{tried}: {failure(answer) or answer.status_code}"
                if touched:
                    yield f"{tried}: it changed {touched}"


@pytest.mark.audit
def test_every_post_is_reached_from_a_page(world: World):
    """What no page shows a form for, no test of this folder sends."""
    reached = set()
    for route in PAGES:
        with Visit.taken_back():
            reached |= {form.route for form in Visit(world, route).forms()}
    posted = {str(route) for route in routes() if "POST" in route.methods and not route.for_programs}
    missing = sorted(posted - reached - set(WITHOUT_BUTTON))
    assert not missing, ", ".join(missing)
