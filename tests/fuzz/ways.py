"""Pages that show their form only to somebody who has come a certain way, or when a certain row is there."""

from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse

from reintegration.accounts import mails, second_factor
from reintegration.accounts.models import HeldForm
from reintegration.administration.services import close_organisation
from reintegration.core import clock
from reintegration.law.enums import Confidence, Evidence
from reintegration.law.models import Parameter, Reading
from reintegration.law.services import propose_value
from reintegration.notices.models import Notice
from tests.accounts.helpers import enter, give_password, link_in, with_app
from tests.cast import World, sign_in
from tests.fuzz import ways_referrals
from tests.fuzz.ways_answers import ANSWERS_WAYS
from tests.fuzz.ways_benefits import BENEFITS_WAYS
from tests.fuzz.ways_fund import FUND_WAYS
from tests.fuzz.ways_graduates import GRADUATES_WAYS
from tests.fuzz.ways_inspection_results import INSPECTION_RESULT_WAYS
from tests.fuzz.ways_inspections import INSPECTION_WAYS
from tests.fuzz.ways_ipzs_attendance import ATTENDANCE_WAYS
from tests.fuzz.ways_ipzs_catalogue import CATALOGUE_WAYS
from tests.fuzz.ways_ipzs_duties import DUTIES_WAYS
from tests.fuzz.ways_ipzs_months import MONTHS_WAYS
from tests.fuzz.ways_ipzs_opening import OPENING_WAYS
from tests.fuzz.ways_ipzs_programmes import PROGRAMMES_WAYS
from tests.fuzz.ways_people import PEOPLE_WAYS
from tests.fuzz.ways_reporting import REPORTING_WAYS
from tests.fuzz.ways_reports import REPORTS_WAYS
from tests.fuzz.ways_season import SEASON_WAYS
from tests.specimens import specimen

Way = Callable[[World, Client], str]


def client_of(world: World, person: str | None, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    if person is not None:
        sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def mailed(ask: Callable[[], Any]) -> str:
    """Ask, and give the link of the mail that comes for it."""
    usual = mails.installed()
    mails.deliver_by(mails.directly)
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            ask()
    finally:
        mails.deliver_by(usual)
    return link_in(mail.outbox[-1])


def invite(world: World, by: str) -> str:
    sender = client_of(world, by)
    data = {"email": "nowa@nowymost.example", "roles": ["instructor"], "since": "1.1.2026", "until": ""}
    return mailed(lambda: sender.post(reverse("accounts:invite"), data))


def invited(world: World, client: Client) -> str:
    client.get(invite(world, "ewa"))
    return reverse("accounts:accept")


def having_invited(world: World, client: Client) -> str:
    invite(world, "ewa")
    return reverse("accounts:invitations")


def forgetful(world: World, client: Client) -> str:
    data = {"email": world.people["ewa"].email}
    client.get(mailed(lambda: client.post(reverse("account_reset_password"), data)))
    return reverse("accounts:new_password")


def moving(world: World, client: Client) -> str:
    """Who asked for another address opens the link that came to it."""
    data = {"email": "nowa@nowymost.example"}
    return mailed(lambda: client.post(reverse("account_email"), data))


def half_way_in(world: World, client: Client) -> str:
    give_password(client, with_app(world.people["ewa"]))
    return reverse("mfa_authenticate")


def with_a_waiting_form(world: World, client: Client) -> str:
    with world.scope("cis", "ewa"):
        held = HeldForm.objects.create(
            user=world.people["ewa"],
            path=reverse("accounts:edit_name"),
            content={"fields": [["first_name", "Ewa"], ["last_name", "Jarzębina"]], "files": []},
            created_at=clock.now(),
        )
    return reverse("accounts:resume", args=[held.pk])


def signed_in_twice(world: World, client: Client) -> str:
    enter(Client(), with_app(world.people["ewa"]))
    return reverse("usersessions_list")


def with_two_factors(world: World, client: Client) -> str:
    """An app, and a passkey that is never asked."""
    ewa = with_app(world.people["ewa"])
    made = Authenticator.objects.create(
        user=ewa, type=second_factor.PASSKEY, data={"name": "Telefon", "credential": {}}
    )
    return f"{reverse('accounts:remove_factor')}?klucz={made.pk}"


def with_new_codes(world: World, client: Client) -> str:
    """The codes stand there until they are printed."""
    client.post(reverse("mfa_generate_recovery_codes"))
    return reverse("mfa_view_recovery_codes")


def colleague(world: World, client: Client) -> str:
    return f"{reverse('accounts:help_colleague')}?osoba={with_app(world.people['anna']).pk}"


def closed(world: World, client: Client) -> str:
    with world.scope("operator", "operator"):
        close_organisation(organisation=world.kis, on=clock.today(), by=world.people["operator"])
    return reverse("administration:organisation_reopen", args=[world.kis.pk])


def reading_of_another(world: World, client: Client) -> str:
    with world.scope("cis", "anna"):
        made = specimen(
            Reading, world, "Przykład", key="sick_pool", value="single", proposed_by=world.people["anna"]
        )
    return reverse("law:reading_confirm", args=[made.pk])


def value_of_another(world: World, client: Client) -> str:
    with world.scope("operator", "second_operator"):
        made = propose_value(
            parameter=Parameter.objects.get(key="allowance"),
            since=date(2199, 6, 1),
            typed="1850,00",
            source="Przykład",
            evidence=Evidence.ANNOUNCEMENT,
            confidence=Confidence.SURE,
            by=world.people["second_operator"].pk,
            today=clock.today(),
        )
    return reverse("law:value_confirm", args=[made.pk])


def with_unread_notices(world: World, client: Client) -> str:
    with world.scope("cis", "ewa"):
        specimen(Notice, world, "Przykład", recipient=world.people["ewa"])
    return reverse("notices:notice_list")


WAYS: dict[str, Way] = {
    "account_confirm_email": moving,
    "accounts:accept": invited,
    "accounts:help_colleague": colleague,
    "accounts:invitations": having_invited,
    "accounts:new_password": forgetful,
    "accounts:remove_factor": with_two_factors,
    "accounts:resume": with_a_waiting_form,
    "administration:organisation_reopen": closed,
    "law:reading_confirm": reading_of_another,
    "law:value_confirm": value_of_another,
    "mfa_authenticate": half_way_in,
    "mfa_view_recovery_codes": with_new_codes,
    "notices:notice_list": with_unread_notices,
    "usersessions_list": signed_in_twice,
    **ways_referrals.WAYS,
    **ATTENDANCE_WAYS,
    **ANSWERS_WAYS,
    **BENEFITS_WAYS,
    **CATALOGUE_WAYS,
    **DUTIES_WAYS,
    **GRADUATES_WAYS,
    **FUND_WAYS,
    **MONTHS_WAYS,
    **OPENING_WAYS,
    **PEOPLE_WAYS,
    **PROGRAMMES_WAYS,
    **INSPECTION_RESULT_WAYS,
    **INSPECTION_WAYS,
    **REPORTING_WAYS,
    **SEASON_WAYS,
    **REPORTS_WAYS,
}
# Whose way it is: of somebody signed in, although anybody may open the address.
FOR_MEMBERS = {"account_confirm_email": "ewa", "account_logout": "ewa"}
