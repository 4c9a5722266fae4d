"""What a unit makes happen with its annual report: it is begun, typed into, sent, taken back and corrected.

Whoever changes anything of a report locks it first, in the unit and in the office: so of two who send it, or
of one who returns it and one who takes it back, the second finds it moved and is told so.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from participants.services.participations.common import actor, not_in_future, own_unit, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reintegration.jobs.services import enqueue
from reintegration.tenancy.enums import OrganisationKind, UnitType
from reintegration.tenancy.models import Organisation, Unit, VoivodeOffice
from reporting.enums import RecipientKind, ReportState, SentBy, Standing, VersionState
from reporting.models import CellComment, CountedPeople, Report, ReportDraft, ReportRecipient, ReportVersion
from reporting.models.season import ONE_A_YEAR
from reporting.queries import reports as queries
from reporting.queries.registers import entry_on
from reporting.rules import naming
from reporting.rules import reports as rules
from reporting.rules.layouts import CellKind
from reporting.services.registers import hold_links
from reporting.services.report_papers import promise, take_back
from reporting.transitions import REPORTS, OfReport

TELL_JOB = "reporting.report_told"


def start(*, year: int) -> Report:
    """Begin the report of a year; whom it goes to is taken from the year before."""
    unit = own_unit()
    if year > clock.today().year:
        raise InputError("Ten rok jeszcze się nie zaczął.")
    layout = queries.layout_of(unit.unit_type, year)
    report: Report = stored(Report(year=year, layout=layout))
    stored(ReportDraft(report=report))
    for kind, name in _first_recipients(unit, year):
        stored(ReportRecipient(report=report, kind=kind, name=name))
    return report


def follow_layout(*, report_id: UUID) -> Report:
    """Go over to the newest layout of the year; what was typed stays where its cell is still asked for."""
    report = locked(report_id)
    _refuse_sent(report)
    newest = queries.newer_layout(report)
    if newest is None:
        raise InputError("To sprawozdanie ma już najnowszy wzór.")
    report.layout = newest
    moved: Report = stored(report)
    return moved


def put(*, report_id: UUID, cells: Mapping[str, Decimal | str | None]) -> ReportDraft:
    """Type into cells; nothing empties one. A cell that the program counts is refused."""
    report = locked(report_id)
    _refuse_sent(report)
    layout = report.layout.layout
    draft = draft_of(report)
    for key, said in cells.items():
        cell = layout.cells.get(key)
        if cell is None or cell.kind is not CellKind.TYPED:
            raise InputError("Tę liczbę liczy program. Możesz dopisać do niej uwagę.")
        entry = dict(draft.typed.get(key, {}))
        entry.pop("value", None)
        entry.pop("text", None)
        if isinstance(said, str):
            if words := clean(said, lines=True):
                entry["text"] = words
        elif said is not None:
            entry["value"] = rules.number(said)
        _keep(draft, key, entry)
    kept: ReportDraft = stored(draft)
    return kept


def zeros(*, report_id: UUID) -> int:
    """Answer every empty number with a nought; answers how many they were."""
    report = locked(report_id)
    empty = queries.written(report, draft_of(report)).empty
    put(report_id=report_id, cells=dict.fromkeys(empty, Decimal(0)))
    return len(empty)


def remark(*, report_id: UUID, cell: str, words: str) -> ReportDraft:
    """Say something about a cell, counted or typed."""
    report = locked(report_id)
    _refuse_sent(report)
    if cell not in report.layout.layout.cells:
        raise InputError("Tej komórki nie ma we wzorze.")
    draft = draft_of(report)
    entry = dict(draft.typed.get(cell, {}))
    entry.pop("note", None)
    if said := clean(words, lines=True):
        entry["note"] = said
    _keep(draft, cell, entry)
    kept: ReportDraft = stored(draft)
    return kept


def explain(*, report_id: UUID, check: str, by: Decimal | None, words: str) -> ReportDraft:
    """Say why a check does not hold; it is said of the difference that was read, and of no other."""
    report = locked(report_id)
    _refuse_sent(report)
    draft = draft_of(report)
    found = next((one for one in queries.written(report, draft).broken if one.key == check), None)
    if found is None:
        raise InputError("To sprawdzenie już się zgadza. Nie trzeba go wyjaśniać.")
    if found.by != by:
        raise InputError("Liczby tymczasem się zmieniły. Przeczytaj je i zapisz wyjaśnienie jeszcze raz.")
    draft.explained[check] = {"words": clean(words, lines=True), "by": rules.number(found.by)}
    kept: ReportDraft = stored(draft)
    return kept


def submit(*, report_id: UUID) -> ReportVersion:
    """Freeze what the report says now, and hand it to the voivode's office."""
    report = locked(report_id)
    step = OfReport.RESUBMIT if report.state == ReportState.RETURNED else OfReport.SUBMIT
    REPORTS.move(report, step)
    today = clock.today()
    if today.year <= report.year:
        raise InputError(f"Sprawozdanie za {report.year} wysyła się po zakończeniu roku.")
    draft = draft_of(report)
    sheet = queries.written(report, draft)
    if sheet.empty:
        raise InputError("Najpierw uzupełnij puste komórki. Zero też jest odpowiedzią.")
    waiting = [one for one in sheet.findings if not one.answered]
    if waiting:
        raise InputError(
            f"Popraw albo wyjaśnij sprawdzenia, które się nie zgadzają: {len(waiting)}."
            f" Zacznij od tego: {waiting[0].broken.sentence}"
        )
    _refuse_names(draft, sheet)
    unit = own_unit()
    hold_links(unit.pk)
    office, entry = receiver(report, unit)
    content = queries.freeze(report, sheet, unit)
    earlier = ReportVersion.objects.filter(report=report).order_by("-number").first()
    version = _once(
        ReportVersion(
            report=report,
            year=report.year,
            sender=office,
            entry=entry,
            number=earlier.number + 1 if earlier is not None else 1,
            layout=report.layout,
            content=content,
            digest=rules.digest(content),
            reason=draft.reason,
            submitted_at=clock.now(),
            submitted_by_id=actor(),
        )
    )
    CountedPeople.objects.bulk_create(
        CountedPeople(version=version, cell=cell, people=sorted(people))
        for cell, people in sorted(sheet.people.items())
        if people
    )
    CellComment.objects.filter(version__report=report, sent_at__isnull=False, answered=None).update(
        answered=version
    )
    report.sender = office
    stored(report)
    draft.reason = ""
    stored(draft)
    _tell_voivode(report, version, unit, office, today)
    promise(version)
    _pass_on(version)
    return version


def withdraw(*, report_id: UUID) -> Report:
    """Take back what the office has not decided about, to put it right."""
    report = locked(report_id)
    REPORTS.move(report, OfReport.WITHDRAW)
    version = queries.newest_version(report)
    decide(version, VersionState.WITHDRAWN)
    take_back(version_id=version.pk)
    taken: Report = stored(report)
    _pass_on(version)
    return taken


def correct(*, report_id: UUID, reason: str) -> Report:
    """Begin a correction of an accepted report; the accepted version counts until another is accepted."""
    report = locked(report_id)
    REPORTS.move(report, OfReport.CORRECT)
    draft = draft_of(report)
    draft.reason = clean(reason)
    if not draft.reason:
        raise InputError("Napisz, co i dlaczego poprawiasz.", field="reason")
    stored(draft)
    opened: Report = stored(report)
    return opened


def drop(*, report_id: UUID) -> Report:
    """Give a correction up: what was accepted stands."""
    report = locked(report_id)
    REPORTS.refuse_state(report, OfReport.DROP)
    newest = ReportVersion.objects.filter(report=report).exclude(state=VersionState.WITHDRAWN)
    last = newest.order_by("-number").first()
    if last is None or last.state != VersionState.ACCEPTED:
        raise InputError("To sprawozdanie nie było jeszcze przyjęte, więc nie ma do czego wrócić.")
    REPORTS.move(report, OfReport.DROP)
    draft = draft_of(report)
    draft.reason = ""
    draft.typed = typed_in(last.content, last.layout.layout.cells)
    draft.explained = {
        check: {"words": said.words, "by": rules.number(said.by)}
        for check, said in rules.explained(last.content).items()
    }
    stored(draft)
    dropped: Report = stored(report)
    return dropped


def typed_in(content: Mapping[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed into a frozen report: remarks of all cells, values of those that are typed."""
    found = {}
    for key, said in content["cells"].items():
        cell = cells.get(key)
        keeps = {"value", "text", "note"} if cell is not None and cell.kind is CellKind.TYPED else {"note"}
        if entry := {name: words for name, words in said.items() if name in keeps and words}:
            found[key] = entry
    return found


# Recipients


def add_recipient(*, report_id: UUID, kind: str, name: str) -> ReportRecipient:
    report = locked(report_id)
    made: ReportRecipient = stored(ReportRecipient(report=report, kind=kind, name=clean(name)))
    return made


def note_sent(*, recipient_id: UUID, version_id: UUID, sent_on: date, how: str) -> ReportRecipient:
    """Write down that a version went to somebody, and how."""
    row: ReportRecipient = ReportRecipient.objects.select_for_update(of=("self",)).get(pk=recipient_id)
    version = ReportVersion.objects.filter(report=row.report_id).get(pk=version_id)
    not_in_future(sent_on, field="sent_on")
    if sent_on < queries.day_of(version.submitted_at):
        raise InputError("Tej wersji wtedy jeszcze nie było. Sprawdź dzień.", field="sent_on")
    row.version, row.sent_on, row.how = version, sent_on, how
    noted: ReportRecipient = stored(row)
    return noted


def remove_recipient(*, recipient_id: UUID) -> None:
    row: ReportRecipient = ReportRecipient.objects.select_for_update(of=("self",)).get(pk=recipient_id)
    if row.sent_on is not None:
        raise InputError("Ten odbiorca dostał już sprawozdanie, więc zostaje na liście.")
    row.delete()


# What these and the office's services share


def locked(report_id: UUID) -> Report:
    found: Report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    return found


def draft_of(report: Report) -> ReportDraft:
    found: ReportDraft = ReportDraft.objects.get(report=report)
    return found


def decide(version: ReportVersion, state: VersionState, words: str = "") -> ReportVersion:
    """Say what became of a version that waited."""
    version.state = state
    version.decided_at, version.decided_by_id = clock.now(), actor()
    version.words = words
    decided: ReportVersion = stored(version)
    return decided


def receiver(report: Report, unit: Unit) -> tuple[Organisation | None, UUID | None]:
    """Which office gets a report, and under which entry of its register.

    A report stays with the office that has it, wherever its unit has moved since. Otherwise it goes to the
    office in whose register the unit stood on the last day of the year, and of one that stood in none to that
    of its voivodeship.
    """
    sent = ReportVersion.objects.filter(report=report, sender__closed_on=None).select_related("sender")
    before = sent.exclude(state=VersionState.WITHDRAWN).order_by("-number").first()
    day = rules.last_day(report.year)
    if before is not None and before.sender is not None:
        row = entry_on(unit.pk, day, office_id=before.sender_id)
        return before.sender, row.entry_id if row is not None else before.entry
    row = entry_on(unit.pk, day)
    if row is not None and row.standing == Standing.ACTIVE and row.entry.organisation.closed_on is None:
        return row.entry.organisation, row.entry_id
    office = office_of(unit)
    row = entry_on(unit.pk, day, office_id=office.pk) if office is not None else None
    return office, row.entry_id if row is not None else None


def _once(version: ReportVersion) -> ReportVersion:
    """Store a version; the unit does not see what its office has from paper, so the database says it."""
    try:
        kept: ReportVersion = stored(version)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != ONE_A_YEAR:
            raise
        raise InputError(
            f"Urząd ma już sprawozdanie za {version.year} r. pod Waszym numerem w rejestrze. "
            "Poproś urząd, żeby wycofał tamto, i wyślij swoje."
        ) from None
    return kept


def office_of(unit: Unit) -> Organisation | None:
    """The voivode's office of a unit, when it works in the program."""
    row = VoivodeOffice.objects.filter(voivodeship=unit.organisation.voivodeship).select_related(
        "organisation"
    )
    found = row.filter(organisation__closed_on=None).first()
    return found.organisation if found is not None else None


def pass_on(version: ReportVersion, other: UUID) -> None:
    """Tell the other side by a job of this transaction; a job once for each state of a version."""
    enqueue(
        kind=TELL_JOB,
        payload={"version": version.pk, "other": other, "state": version.state},
        key=f"{version.pk}:{version.state}",
    )


def _pass_on(version: ReportVersion) -> None:
    if version.sender_id is not None:
        pass_on(version, version.sender_id)


def _refuse_sent(report: Report) -> None:
    if report.state in {ReportState.SUBMITTED, ReportState.ACCEPTED}:
        raise InputError(
            f"Stan sprawozdania to „{report.get_state_display()}”: tego, co wysłano, się nie zmienia."
        )


def refuse_pesel(words: str, *, field: str = "words") -> None:
    """Keep a PESEL out of words that go to the other side and stay there."""
    if naming.has_pesel(words):
        raise InputError("W tym tekście jest numer PESEL. Usuń go: napisz bez danych osób.", field=field)


def _refuse_names(draft: ReportDraft, sheet: queries.Sheet) -> None:
    """Words that name somebody cannot be got back once they are sent: docs/decisions/0061."""
    people = queries.names_of_unit()
    for place, words in _said(draft, sheet):
        if naming.has_pesel(words) or naming.names_one_of(words, people):
            raise InputError(
                f"{place}: jest tu nazwisko albo PESEL osoby. Napisz to bez danych osób, bo wysłany tekst"
                " zostaje w urzędzie."
            )


def _said(draft: ReportDraft, sheet: queries.Sheet) -> Iterator[tuple[str, str]]:
    """What the unit typed in words, and where."""
    layout = sheet.layout
    for key, said in draft.typed.items():
        if (cell := layout.cells.get(key)) is not None:
            place = f"{layout.tables[cell.table].title}, {cell.label}"
            yield place, said.get("text", "")
            yield f"Uwaga do komórki {place}", said.get("note", "")
    for one in sheet.findings:
        yield f"Wyjaśnienie do sprawdzenia „{one.broken.sentence}”", one.words
    yield "Powód korekty", draft.reason


def _keep(draft: ReportDraft, cell: str, entry: Mapping[str, str]) -> None:
    if entry:
        draft.typed[cell] = dict(entry)
    else:
        draft.typed.pop(cell, None)


def _first_recipients(unit: Unit, year: int) -> Iterable[tuple[str, str]]:
    office = Organisation.objects.filter(
        kind=OrganisationKind.VOIVODE_OFFICE, voivodeship=unit.organisation.voivodeship, closed_on=None
    ).first()
    yield RecipientKind.VOIVODE, office.name if office is not None else "Wojewoda"
    if unit.unit_type == UnitType.CIS:
        # Of a club the act names the voivode alone (art. 18a ust. 6).
        yield RecipientKind.FOUNDER, unit.founder.name
    earlier = ReportRecipient.objects.filter(report__year__lt=year, kind=RecipientKind.GRANTOR)
    last = earlier.order_by("-report__year").values_list("report", flat=True).first()
    names = earlier.filter(report=last).order_by("pk").values_list("name", flat=True) if last else []
    yield from ((RecipientKind.GRANTOR, name) for name in names)


def _tell_voivode(
    report: Report, version: ReportVersion, unit: Unit, office: Organisation | None, today: date
) -> None:
    if office is None:
        return
    row = ReportRecipient.objects.filter(report=report, kind=RecipientKind.VOIVODE).order_by("pk").first()
    row = row or ReportRecipient(report=report, kind=RecipientKind.VOIVODE)
    row.name, row.version, row.sent_on, row.how = office.name, version, today, SentBy.PROGRAM
    stored(row)
