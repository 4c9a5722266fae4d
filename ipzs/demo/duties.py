"""Duties of the demo: most are done, one runs out, one did; things handed out, an accident on its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from ipzs.enums import DutyKind
from ipzs.models import DutyRecord
from ipzs.services import duties as services
from participants.models import Participation
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

UNIT = "nowymost"
# Days that are left of the BHP and of the examination, by the order of the files.
LEFT = ((300, 200), (8, 300), (120, -4), (250, 26), (90, 45), (200, 150), (60, 330))
# How the centre takes its duties: what is lent for a task only warns.
EFFECTS = {DutyKind.SAFETY: "blocks", DutyKind.MEDICAL: "blocks"}
MONTHS = {DutyKind.SAFETY: 12, DutyKind.CLOTHING: 12}


@contextmanager
def _as_manager() -> Iterator[None]:
    user = User.objects.get(email=email_of("ewa.jarzebina", UNIT))
    with scope(organisation_id=demo_id(f"organisation:{UNIT}"), user_id=user.pk, source="demo"):
        yield


@demo_step("duties before the files", order=54)
def relax_rules() -> None:
    """Those of the demo began before the program was there, so nothing keeps their trials from beginning."""
    with _as_manager():
        if not Participation.objects.exists():
            _set_rules({})


@demo_step("duties", order=80)
def load_duties() -> None:
    with _as_manager():
        if DutyRecord.objects.exists():
            return
        _set_rules(EFFECTS)
        rows = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False)
        files = list(rows.distinct().order_by("opened_on", "pk"))
        for file, (safety, medical) in zip(files, LEFT, strict=False):
            _do(file, safety, medical)
        _accidents(files)


def _set_rules(effects: dict[DutyKind, str]) -> None:
    services.set_rules(
        wanted=[
            services.RuleData(kind.value, effects.get(kind, "warns"), MONTHS.get(kind)) for kind in DutyKind
        ]
    )


def _do(file: Participation, safety: int, medical: int) -> None:
    today = clock.today()
    begun = max(file.opened_on, today - timedelta(days=360))
    for kind, left, by in (
        (DutyKind.SAFETY, safety, "Jan Dereń"),
        (DutyKind.MEDICAL, medical, "Przychodnia „Zdrowie” w Modrzewnie"),
    ):
        until = today + timedelta(days=left)
        services.record_duty(
            participation_id=file.pk, data=services.DutyData(kind.value, begun, until, done_by=by)
        )
    for told in (DutyKind.ACCIDENT_COVER, DutyKind.SPECIALISTS):
        services.record_duty(participation_id=file.pk, data=services.DutyData(told.value, begun))
    worn = begun + timedelta(days=364)
    services.issue_items(
        participation_id=file.pk,
        issued_on=begun,
        items=[
            services.ItemData(DutyKind.CLOTHING.value, "ubranie robocze", "L", wear_until=worn),
            services.ItemData(DutyKind.CLOTHING.value, "obuwie robocze", "42", wear_until=worn),
            services.ItemData(DutyKind.PROTECTION.value, "rękawice ochronne", quantity=2),
        ],
    )


def _accidents(files: list[Participation]) -> None:
    """One that was reported, one whose protocol went out."""
    for file, ago, place, told in (
        (files[0], 60, "stolarnia", "Skaleczenie palca przy czyszczeniu stołu."),
        (files[1], 2, "kuchnia", "Poślizgnięcie na mokrej podłodze."),
    ):
        day = clock.today() - timedelta(days=ago)
        if file.opened_on > day:
            continue
        made = services.report_accident(
            participation_id=file.pk,
            data=services.AccidentData(
                happened_at=datetime.combine(day, time(10), clock.WARSAW),
                place=place,
                circumstances=told,
                injury="Powierzchowna rana." if ago > 2 else "",
                witnesses="Tomasz Klon" if ago > 2 else "",
                first_aid="Opatrunek z apteczki.",
            ),
            reported_on=day,
        )
        if ago > 2:
            done = day + timedelta(days=5)
            services.examine_accident(accident_id=made.pk)
            services.confirm_accident(accident_id=made.pk, protocol_on=done)
            services.send_accident(accident_id=made.pk, sent_on=done)
