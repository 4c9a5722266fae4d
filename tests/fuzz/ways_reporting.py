"""Ways to the forms of a voivode's office: an entry in the right state, and what a person types."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from ipzs.imports.table import TEXT
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.documents.files import store_bytes
from reporting.models import ClubNotice
from reporting.services import appeals, applications, proceedings, registers, supervision
from tests.cast import World
from tests.reporting import procedures_made as made
from tests.reporting.layouts_made import proposed
from tests.reporting.made import club_file, entered, register_file

Way = Callable[[World, Client], str]

TABLES: dict[str, Callable[[], bytes]] = {
    "reporting.cis_register": register_file,
    "reporting.kis_register": club_file,
}


def _entry(name: str, unit_type: str = "CIS") -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope("office", "maria"):
            return reverse(f"reporting:{name}", args=[entered(unit_type, number="R-1").pk])

    return way


def _ended(world: World, client: Client) -> Any:
    with world.scope("office", "maria"):
        entry = entered(number="R-1")
        registers.end(
            entry_id=entry.pk, reason="unheeded", number="K-1", decided_on=clock.today(), since=clock.today()
        )
        return entry


def _lost(world: World, client: Client) -> str:
    return reverse("reporting:entry_appeal", args=[_ended(world, client).pk])


def _appealed(world: World, client: Client) -> str:
    entry = _ended(world, client)
    with world.scope("office", "maria"):
        lodged = appeals.lodge(entry_id=entry.pk, kind="appeal", lodged_on=clock.today())
    return reverse("reporting:appeal_outcome", args=[lodged.pk])


def _refused(world: World, client: Client) -> str:
    with world.scope("cis", "ewa"):
        row = made.handed_in()
    with world.scope("office", "maria"):
        applications.refuse(
            application_id=row.pk, decision="O-1", decided_on=clock.today(), words="Brakuje lokalu."
        )
    return reverse("reporting:application_appeal", args=[row.pk])


def _linked(world: World, client: Client) -> str:
    with world.scope("office", "maria"):
        entry = entered(number="R-1")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        return reverse("reporting:entry_unlink", args=[entry.pk])


def _file(world: World, client: Client) -> str:
    with world.scope("office", "maria"):
        kept = store_bytes(register_file(), name="plik.csv", media_type=TEXT, kind="reporting.cis_register")
    return reverse("reporting:register_import_run", args=[kept.pk])


def _layout_of_another(world: World, client: Client) -> str:
    with world.scope("operator", "second_operator"):
        return reverse("reporting:layout_confirm", args=[proposed().pk])


REPORTING_WAYS: dict[str, Way] = {
    "reporting:layout_confirm": _layout_of_another,
    **{
        f"reporting:entry{name}": _entry(f"entry{name}")
        for name in ("", "_change", "_prolong", "_note", "_link")
    },
    "reporting:entry_end": _entry("entry_end", "KIS"),
    "reporting:entry_unlink": _linked,
    "reporting:register_import_run": _file,
    "reporting:entry_appeal": _lost,
    "reporting:appeal_outcome": _appealed,
    "reporting:application_appeal": _refused,
}


def _day(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


_NUMBERS: Mapping[str, Any] = {
    "founder_postcode": ["22-010"],
    "founder_phone": ["810000001"],
    "founder_nip": ["1234563218"],
    "founder_regon": ["123456785"],
    "founder_krs": ["0000123456"],
}
REPORTING_TYPED: dict[str, dict[str, Any]] = {
    "reporting:cis_enter": {**_NUMBERS, "decided_on": _day, "since": _day},
    "reporting:kis_enter": {**_NUMBERS, "decided_on": _day},
    "reporting:entry_change": {**_NUMBERS, "since": _day},
    "reporting:entry_prolong": {"decided_on": _day},
    "reporting:entry_end": {"decided_on": _day, "since": _day},
    "reporting:entry_appeal": {"lodged_on": _day},
    "reporting:application_appeal": {"lodged_on": _day},
    "reporting:appeal_outcome": {"decided_on": _day},
}


# Notices, applications and letters, each in the state in which its form is


def _at(name: str, made: Callable[[], Any], *, unit: tuple[str, str]) -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope(*unit):
            return reverse(f"reporting:{name}", args=[made().pk])

    return way


def _called(notice_id: Any) -> None:
    proceedings.call(proceedings.locked(ClubNotice, notice_id), words="Brak.", days=14)


def _to_receive(world: World, client: Client) -> str:
    with world.scope(*CLUB):
        row = made.sent()
    with world.scope("office", "maria"):
        _called(row.pk)
    return reverse("reporting:case_received", args=[row.pk])


def _not_completed(world: World, client: Client) -> str:
    """A notice of which the office asked something long ago."""
    with clock.frozen(clock.now() - timedelta(days=60)):
        with world.scope(*CLUB):
            row = made.sent()
        with world.scope("office", "maria"):
            _called(row.pk)
            proceedings.receive(proceedings.locked(ClubNotice, row.pk), received_on=clock.today())
    return reverse("reporting:case_leave", args=[row.pk])


CLUB, CENTRE = ("kis", "bozena"), ("cis", "ewa")
# A club alone has these; of the others the first who may is a centre's.
FOR_CLUBS = frozenset(
    f"reporting:{name}"
    for name in (
        "case_attach", "case_file_drop", "case_received", "case_send", "case_withdraw", "notice",
        "notice_change", "notice_closing", "notice_data", "notice_new",
    )
)  # fmt: skip


def _point(world: World, client: Client) -> str:
    with world.scope(*CENTRE):
        row = made.applied()
    return reverse("reporting:application_point", args=[row.pk, "6"])


def _own_file(world: World, client: Client) -> str:
    with world.scope(*CLUB):
        file = proceedings.attach(made.drafted(), file=made.pdf(), label="Akt")
    return reverse("reporting:case_file_drop", args=[file.pk])


def _letter(name: str, *, sent: bool = False) -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope("office", "maria"):
            entry = entered(number="R-1")
            registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
            if name == "letter_write":
                return reverse("reporting:letter_write", args=[entry.pk])
            letter = made.written(entry.pk)
            if sent:
                supervision.send(letter_id=letter.pk)
        return reverse(f"reporting:{name}", args=[letter.pk])

    return way


REPORTING_WAYS.update(
    {
        "reporting:case_attach": _at("case_attach", made.drafted, unit=CLUB),
        "reporting:case_send": _at("case_send", made.complete, unit=CLUB),
        "reporting:case_withdraw": _at("case_withdraw", made.drafted, unit=CLUB),
        "reporting:case_call": _at("case_call", made.sent, unit=CLUB),
        "reporting:case_received": _to_receive,
        "reporting:case_leave": _not_completed,
        "reporting:case_file_drop": _own_file,
        "reporting:notice": _at("notice", made.sent, unit=CLUB),
        "reporting:notice_data": _at("notice_data", made.drafted, unit=CLUB),
        "reporting:notice_take": _at("notice_take", made.sent, unit=CLUB),
        "reporting:application": _at("application", made.applied, unit=CENTRE),
        "reporting:application_point": _point,
        "reporting:application_decide": _at("application_decide", made.handed_in, unit=CENTRE),
        "reporting:application_refuse": _at("application_refuse", made.handed_in, unit=CENTRE),
        "reporting:letter": _letter("letter", sent=True),
        "reporting:letter_write": _letter("letter_write"),
        "reporting:letter_change": _letter("letter_change"),
        "reporting:letter_send": _letter("letter_send"),
        "reporting:letter_received": _letter("letter_received", sent=True),
        "reporting:letter_answer": _letter("letter_answer", sent=True),
        "reporting:letter_close": _letter("letter_close", sent=True),
    }
)
REPORTING_TYPED.update(
    {
        "reporting:notice_new": {**_NUMBERS, "created_on": _day, "starts_on": _day},
        "reporting:notice_change": {**_NUMBERS, "since": _day, "created_on": _day, "starts_on": _day},
        "reporting:notice_closing": {"since": _day},
        "reporting:notice_data": {**_NUMBERS, "created_on": _day, "starts_on": _day},
        "reporting:notice_take": {**_NUMBERS, "decided_on": _day},
        "reporting:application_decide": {"decided_on": _day, "since": _day},
        "reporting:application_refuse": {"decided_on": _day},
        "reporting:case_call": {"days": ["14"]},
        "reporting:case_received": {"received_on": _day},
        "reporting:letter_received": {"received_on": _day},
        "reporting:letter_answer": {"answered_on": _day},
    }
)
