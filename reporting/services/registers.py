"""What the office decides about the entries of its registers.

Everything runs in the scope of the office, in the transaction of the request. The entry is locked first,
so that of two people one decides after the other.
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from participants.models import Gmina
from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean, search_key
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope
from reporting.enums import REASONS_OF_DELETION, REASONS_OF_LOSS, DecisionKind, EndReason, VersionState
from reporting.models import (
    EntryNote,
    EntryVersion,
    RegisterEntry,
    ReportVersion,
    StatusDecision,
    YearReport,
)
from reporting.queries.registers import as_rules, entries_for, entry_on, voivodeship
from reporting.rules import registers as rules
from reporting.rules.reports import last_day
from reporting.transitions import ENTRIES, OfEntry

# The columns of a version that a person fills in; the gmina's code is found by its name.
DATA: Final = (
    "name",
    "regon",
    "street",
    "postcode",
    "town",
    "gmina",
    "powiat",
    "service_places",
    "phone",
    "email",
    "created_on",
    "starts_on",
    "activity",
    "founder_name",
    "founder_kind",
    "founder_form",
    "founder_street",
    "founder_postcode",
    "founder_town",
    "founder_nip",
    "founder_regon",
    "founder_krs",
)


def enter(
    *,
    unit_type: UnitType,
    number: str,
    decision: str,
    decided_on: date | None,
    since: date,
    until: date | None = None,
    imported: bool = False,
    **data: Any,
) -> RegisterEntry:
    """A unit comes into the register: a CIS by its status (art. 5 ust. 5), a KIS by its entry (art. 18a).

    An old register that is read in may not say when it was decided.
    """
    if decided_on is not None:
        not_in_future(decided_on, field="decided_on")
    entry: RegisterEntry = stored(RegisterEntry(unit_type=unit_type, number=clean(number)))
    is_cis = unit_type is UnitType.CIS
    stored(
        StatusDecision(
            entry=entry,
            kind=DecisionKind.GRANTED if is_cis else DecisionKind.ENTERED,
            number=clean(decision),
            decided_on=decided_on,
            since=since,
            until=(until or rules.last_day_of_status(since)) if is_cis else None,
            imported=imported,
        )
    )
    _write_version(entry, min(decided_on or since, since), data)
    return entry


def change(*, entry_id: UUID, since: date, **data: Any) -> EntryVersion:
    """The data are others from a day on; those of the same day are corrected."""
    entry = locked(entry_id)
    ENTRIES.move(entry, OfEntry.CHANGE)
    not_in_future(since, field="since")
    first = EntryVersion.objects.filter(entry=entry).order_by("since").first()
    if first is not None and since < first.since:
        raise InputError(
            f"Wpis zaczyna się {format_table_date(first.since)}. Wpisz późniejszy dzień.", field="since"
        )
    _touch(entry)
    return _write_version(entry, since, data)


def prolong(*, entry_id: UUID, number: str, decided_on: date) -> StatusDecision:
    """The status of a CIS for another five years, from the day after the term that runs (art. 5a)."""
    entry = locked(entry_id)
    ENTRIES.move(entry, OfEntry.PROLONG)
    if entry.unit_type != UnitType.CIS:
        raise InputError("Wpis KIS nie ma terminu, więc nie ma czego przedłużać.")
    not_in_future(decided_on, field="decided_on")
    known = decided(entry)
    since = rules.prolongation_from(known)
    rules.check_prolonged_in_time(known, decided_on)
    _touch(entry)
    made: StatusDecision = stored(
        StatusDecision(
            entry=entry,
            kind=DecisionKind.PROLONGED,
            number=clean(number),
            decided_on=decided_on,
            since=since,
            until=rules.last_day_of_status(since),
        )
    )
    return made


def end(
    *, entry_id: UUID, reason: str, number: str, decided_on: date, since: date, words: str = ""
) -> StatusDecision:
    """A CIS loses its status (art. 6), a KIS is deleted (art. 18a ust. 5); the reason stays."""
    entry = locked(entry_id)
    is_cis = entry.unit_type == UnitType.CIS
    ENTRIES.move(entry, OfEntry.LOSE if is_cis else OfEntry.DELETE)
    if EndReason(reason) not in (REASONS_OF_LOSS if is_cis else REASONS_OF_DELETION):
        raise InputError("Ten powód nie dotyczy tej jednostki.", field="reason")
    not_in_future(decided_on, field="decided_on")
    not_in_future(since, field="since")
    rules.check_end(decided(entry), since)
    made: StatusDecision = stored(
        StatusDecision(
            entry=entry,
            kind=DecisionKind.LOST if is_cis else DecisionKind.DELETED,
            number=clean(number),
            decided_on=decided_on,
            since=since,
            reason=reason,
        )
    )
    _touch(entry)
    if words:
        note(entry_id=entry.pk, words=words)
    return made


def reverse(*, decision: StatusDecision, number: str, decided_on: date) -> StatusDecision:
    """An end was revoked on appeal: it never came, and the status stands again from before."""
    entry = locked(decision.entry_id)
    ENTRIES.move(entry, OfEntry.RESTORE)
    not_in_future(decided_on, field="decided_on")
    made: StatusDecision = stored(
        StatusDecision(
            entry=entry,
            kind=DecisionKind.REVERSED,
            number=clean(number),
            decided_on=decided_on,
            since=decision.since,
            reverses=decision,
        )
    )
    _touch(entry)
    return made


def note(*, entry_id: UUID, words: str) -> EntryNote:
    """Write something down about an entry; only the office reads it."""
    entry = locked(entry_id)
    made: EntryNote = stored(
        EntryNote(entry=entry, day=clock.today(), words=clean(words, lines=True), made_by_id=actor())
    )
    return made


def link(*, entry_id: UUID, unit_id: UUID) -> RegisterEntry:
    """Say that an entry is a unit of this program, whose papers bear its number from now on."""
    entry = locked(entry_id)
    before = entry.joined_id
    unit = Unit.objects.filter(
        pk=unit_id, unit_type=entry.unit_type, organisation__voivodeship=voivodeship()
    ).first()
    if unit is None:
        raise InputError("Wybierz jednostkę tego rodzaju z Waszego województwa.", field="unit")
    hold_links(unit.pk)
    _make_way(unit.pk, entry)
    entry.joined, entry.former = unit, None
    joined: RegisterEntry = stored(entry)
    _forget_number(entry, before)
    Unit.objects.filter(pk=unit.pk).update(register_number=entry.number)
    _give_entry(unit)
    return joined


def hold_links(unit_id: UUID) -> None:
    """Let a link and a sending of the same unit follow each other: the report finds the entry, or the link
    finds the report."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"register-link:{unit_id}"])


def _make_way(unit_id: UUID, entry: RegisterEntry) -> None:
    """Take the link from an entry whose status is over, so that its unit gets the entry of a new one; that it
    was the unit's stays with it, and so do the years of which it reports."""
    earlier = RegisterEntry.objects.filter(joined=unit_id).exclude(pk=entry.pk).first()
    if earlier is None:
        return
    if rules.standing_on(decided(earlier), clock.today()) in rules.OVER:
        earlier = locked(earlier.pk)
        earlier.joined, earlier.former = None, earlier.joined
        stored(earlier)
        _forget_number(earlier, unit_id)


def _give_entry(unit: Unit) -> None:
    """Write the entry onto what the unit sent before it was linked, of years in which it was in the register.

    A year in which the unit came into the register only later waits for `attach`.
    """
    here = current_scope().organisation_id
    sent = ReportVersion.objects.filter(unit=unit, sender=here, entry=None)
    sent = sent.exclude(state=VersionState.WITHDRAWN)
    for year in sorted(set(sent.order_by("year").values_list("year", flat=True))):
        row = entry_on(unit.pk, last_day(year), office_id=here)
        if row is not None:
            _write_entry(sent.filter(year=year), row.entry_id, unit, year)


def _write_entry(sent: QuerySet[ReportVersion], entry_id: UUID, unit: Unit, year: int) -> None:
    """Of a year that has another report it is refused, for both would count."""
    taken = YearReport.objects.filter(entry=entry_id, year=year).first()
    if taken is not None:
        brought = "z papieru" if taken.outside else "innej jednostki"
        raise InputError(
            f"Za {year} r. ten wpis ma sprawozdanie {brought}, a {unit} wysłała swoje w programie. "
            "Liczy się jedno. Najpierw wycofaj drugie.",
            field="unit",
        )
    sent.update(entry=entry_id)


def attach(*, report_id: UUID, entry_id: UUID) -> RegisterEntry:
    """Say at which entry a report stands that was sent without one.

    A unit that had files in a year and came into the register only after it may report of that year: its
    report stands at its nearest entry. A unit that has no entry is linked to the one that is named.
    """
    sent = ReportVersion.objects.filter(report=report_id, sender=current_scope().organisation_id, entry=None)
    sent = sent.exclude(state=VersionState.WITHDRAWN).order_by("-number")
    version = sent.select_related("unit__organisation").first()
    if version is None:
        raise InputError("To sprawozdanie stoi już przy wpisie w rejestrze.")
    unit = version.unit
    hold_links(unit.pk)
    entry = entries_for(unit, last_day(version.year)).filter(pk=entry_id).first()
    if entry is None:
        raise InputError("Wybierz wpis tej jednostki.", field="entry")
    # A unit that has moved away is not linked to a register that is no longer its own.
    is_nobodys = entry.joined_id is None and entry.former_id is None
    if is_nobodys and unit.organisation.voivodeship == voivodeship():
        link(entry_id=entry.pk, unit_id=unit.pk)
    found = locked(entry.pk)
    # The link writes the entry itself where it stood on the last day of the year.
    if sent.exists():
        _write_entry(sent, found.pk, unit, version.year)
    return found


def unlink(*, entry_id: UUID) -> RegisterEntry:
    """Take a wrong link back, and the number with it. What was sent under it stays where it was sent."""
    entry = locked(entry_id)
    before = entry.joined_id
    entry.joined = None
    alone: RegisterEntry = stored(entry)
    _forget_number(entry, before)
    return alone


def _forget_number(entry: RegisterEntry, unit_id: UUID | None) -> None:
    """A unit keeps a number that it wrote itself, and loses the one that came of a wrong link."""
    Unit.objects.filter(pk=unit_id, register_number=entry.number).update(register_number="")


# What these and the others of the room share


def locked(entry_id: UUID) -> RegisterEntry:
    found: RegisterEntry = RegisterEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    return found


def _touch(entry: RegisterEntry) -> None:
    """Tell the public page that the entry is not what it was."""
    entry.changed_at = clock.now()
    stored(entry)


def decided(entry: RegisterEntry) -> list[rules.Decided]:
    """Everything decided about an entry, as the rules read it."""
    return as_rules(StatusDecision.objects.filter(entry=entry).order_by("since", "pk"))


def _write_version(entry: RegisterEntry, since: date, data: dict[str, Any]) -> EntryVersion:
    found = EntryVersion.objects.filter(entry=entry, since=since).first()
    row = found or EntryVersion(entry=entry, since=since)
    for name in DATA:
        value = data.get(name)
        if value is None:
            value = None if name in {"created_on", "starts_on"} else ""
        setattr(row, name, clean(value) if isinstance(value, str) else value)
    _place(row)
    version: EntryVersion = stored(row)
    return version


def _place(row: EntryVersion) -> None:
    """The code and the powiat of a gmina that the register of gminas knows by this name, when one does."""
    key = search_key(row.gmina or row.town)
    rows = Gmina.objects.filter(code__startswith=voivodeship(), search=key).order_by("code")
    if row.powiat:
        found = [one for one in rows if search_key(one.powiat) == search_key(row.powiat)]
    else:
        found = list(rows)
    row.gmina_code = ""
    if len(found) == 1:
        row.gmina_code, row.gmina, row.powiat = found[0].code, found[0].name, found[0].powiat
