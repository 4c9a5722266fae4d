"""Months of the demo: those that are long over are closed, the last one waits for its close."""

from collections.abc import Iterator
from contextlib import contextmanager

from ipzs.queries import months as queries
from ipzs.services import months as services
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

MANAGERS = {"nowymost": "ewa.jarzebina", "przystan": "bozena.lipa"}


@contextmanager
def _as_manager(unit: str) -> Iterator[None]:
    user = User.objects.get(email=email_of(MANAGERS[unit], unit))
    with scope(organisation_id=demo_id(f"organisation:{unit}"), user_id=user.pk, source="demo"):
        yield


@demo_step("closed months", order=98)
def close_months() -> None:
    today = clock.today()
    last = Month.of(today).previous
    for unit in MANAGERS:
        with _as_manager(unit):
            for one in reversed(queries.months(today=today)):
                if one.row is None and one.month.last < last.first:
                    _close(one.month)


def _close(month: Month) -> None:
    """A month that something keeps open stays so: the demo shows that, too."""
    if queries.check(month, today=clock.today()).may_close:
        services.close(month=month)
