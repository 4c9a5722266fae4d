"""What programmes put on the desk and on the page of a file, and what they follow in the room below."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from ipzs.enums import MotionState, PeriodStep, ProgrammeEnd, ProgrammeState, VersionState
from ipzs.models import (
    Decision,
    Evaluation,
    ExtensionMotion,
    PeriodDecision,
    Programme,
    ProgrammeVersion,
)
from ipzs.perms import programmes as perms
from ipzs.queries import programmes as queries
from ipzs.rules.programmes import left_text
from participants.happened import Chip, Happened, Part
from participants.models import Participation, Period
from participants.queries.participations.file import FilePage
from participants.rules.codes import UnitType
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.formats import format_date, format_span
from reintegration.core.lists import Column
from reintegration.core.slots import Panel
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import Role


def paper(request: Any) -> str:
    """How this unit calls what it agrees on."""
    return "Program" if UnitType(request.principal.place.subtype) is UnitType.CIS else "Kontrakt"


def programme_tab(request: Any, file: Participation) -> tuple[str, str] | None:
    if not request.may(perms.SHOW):
        return None
    return (paper(request), reverse("ipzs:programme_show", args=[file.pk]))


def programme_url(request: Any, file: Participation) -> str:
    """Where a programme is written, signed and sent."""
    return reverse("ipzs:programme_show", args=[file.pk]) if request.may(perms.SHOW) else ""


def period_urls(request: Any, shown: FilePage) -> dict[str, str]:
    """Periods rest on what this room keeps: the programme with a motion or an opinion, or the contract."""
    file = shown.file
    if UnitType(request.principal.place.subtype) is UnitType.KIS:
        may = request.may(perms.CONTRACT_PERIOD)
        return {"main": reverse("ipzs:contract_period", args=[file.pk])} if may else {}
    if not request.may(perms.PERIOD):
        return {}
    found = {"extension": reverse("ipzs:extend", args=[file.pk])}
    if queries.trial_is_over(shown.periods, clock.today()):
        found["main"] = reverse("ipzs:qualify", args=[file.pk])
    return found


def end_links(request: Any, file: Participation) -> list[Link]:
    """The ends of a CIS that are written here: work with its time without a benefit, and the decision."""
    programme = queries.current(file.pk)
    if UnitType(request.principal.place.subtype) is UnitType.KIS or programme is None:
        return []
    if programme.state != ProgrammeState.RUNNING or programme.work_since is not None:
        return []
    found = []
    if request.may(perms.END):
        url = reverse("ipzs:end_work", args=[programme.pk])
        found.append(Link("Podjęcie pracy lub działalności", url))
    if request.may(perms.DECISION) and not queries.has_decision(programme):
        found.append(Link("Decyzja o zaprzestaniu", reverse("ipzs:decision_add", args=[programme.pk])))
    return found


def countdown_column(request: Any) -> Column:
    """How much is left, beside the last day in the list; it asks the database nothing."""

    def left(row: Any) -> str:
        return "" if row.ended_on else left_text(row.lasts_until, clock.today())

    return Column("left", "Zostało", cell=left, phone="full")


def countdown_panel(request: Any, shown: FilePage) -> Panel | None:
    """How much of the participation is left, beside everything else of a file."""
    file = shown.file
    programme = queries.current(file.pk)
    count = queries.countdown_of(
        file,
        periods=shown.periods,
        ends_on=shown.decided,
        kind=UnitType(request.principal.place.subtype),
    )
    if count is None and programme is None:
        return None
    return Panel(
        "licznik",
        paper(request),
        "ipzs/programmes/rail.html",
        {
            "count": count,
            "programme": programme,
            "url": programme_url(request, file),
        },
    )


def happened(request: Any, file: Participation) -> Iterator[Part]:
    """Versions, evaluations, decisions and ends as the timeline tells them."""
    if not request.may(perms.SHOW):
        return
    url, name = programme_url(request, file), paper(request)

    def written(programme: Programme) -> Iterator[Happened]:
        yield Happened(
            programme.made_at,
            f"{name}: pisanie",
            Chip.PLAN,
            programme.number,
            icon="pencil",
            url=url,
        )
        if programme.work_since and programme.work_since <= clock.today():
            yield Happened(programme.work_since, "Podjęcie pracy", Chip.STAGES, icon="briefcase", url=url)
        if programme.ended_on:
            how = ProgrammeEnd(programme.end_kind).label.capitalize()
            yield Happened(
                programme.ended_on, f"{name}: koniec", Chip.STAGES, f"{how}.", icon="flag", url=url
            )

    def signed(version: ProgrammeVersion) -> Iterator[Happened]:
        yield Happened(
            version.signed_on,
            f"{name}: podpisana wersja {version.number}",
            Chip.PLAN,
            icon="signature",
            url=url,
        )

    def evaluated(row: Evaluation) -> Iterator[Happened]:
        by = row.held_by.get_full_name() if row.held_by else ""
        yield Happened(
            row.held_on,
            f"{name}: wspólna ocena",
            Chip.PLAN,
            f"{row.get_result_display().capitalize()}.",
            by=by,
            icon="list-check",
            url=url,
        )

    def moved(motion: ExtensionMotion) -> Iterator[Happened]:
        yield Happened(
            motion.asked_on, f"{motion.get_basis_display().capitalize()}: przedłużenie", Chip.PLAN,
            by=motion.author, icon="file-text", url=url,
        )  # fmt: skip
        if motion.state == MotionState.REFUSED:
            yield Happened(motion.decided_on, "Nie przedłużono", Chip.STAGES, icon="x", url=url)

    yield Part(Programme.objects.filter(participation=file).order_by("made_at"), written)
    annexes = ProgrammeVersion.objects.filter(
        programme__participation=file, signed_on__isnull=False, number__gt=1
    )
    yield Part(annexes.order_by("number"), signed)
    held = Evaluation.objects.select_related("held_by").filter(
        programme__participation=file, held_on__isnull=False
    )
    yield Part(held.order_by("held_on"), evaluated)
    yield from _decided(file, url)
    motions = ExtensionMotion.objects.filter(programme__participation=file)
    yield Part(motions.order_by("asked_on", "pk"), moved)


def _decided(file: Participation, url: str) -> Iterator[Part]:
    def of_period(row: PeriodDecision) -> Iterator[Happened]:
        extended = row.step == PeriodStep.EXTENDED
        yield Happened(
            row.decided_on,
            "Przedłużenie" if extended else "Kwalifikacja po okresie próbnym",
            Chip.STAGES,
            f"{format_span(row.since, row.until, today=clock.today())}.",
            icon="hourglass" if extended else "user-check",
            url=url,
        )

    def of_benefit(one: Decision) -> Iterator[Happened]:
        yield Happened(
            one.decided_on, f"Decyzja nr {one.number}", Chip.PAPERS, one.get_kind_display().capitalize(),
            icon="file-text", url=url,
        )  # fmt: skip
        if one.delivered_on:
            yield Happened(
                one.delivered_on, f"Doręczenie decyzji nr {one.number}", Chip.PAPERS,
                one.get_delivered_how_display().capitalize(), icon="mail", url=url,
            )  # fmt: skip

    periods = PeriodDecision.objects.filter(programme__participation=file)
    yield Part(periods.order_by("decided_on"), of_period)
    decisions = Decision.objects.filter(programme__participation=file, decided_on__isnull=False)
    yield Part(decisions.order_by("decided_on"), of_benefit)


@desk_lines
def waiting(request: Any, today: date) -> Iterator[DeskLine]:
    """What waits with the programmes of this worker; a manager answers for all."""
    if not request.principal.place.is_unit or not request.principal.may(perms.WRITE):
        return
    manager = Role.MANAGER in request.principal.roles
    leader = None if manager else request.principal.user_id
    name = paper(request)

    def to_write(version: ProgrammeVersion) -> DeskLine:
        objected = version.state == VersionState.OBJECTED
        return DeskLine(
            Section.GAPS,
            f"{'Do poprawienia' if objected else 'Do podpisania'}: {version.person}",
            reverse("ipzs:programme_show", args=[version.programme.participation_id]),
            text=f"{name} {version.programme.number}, wersja {version.number}.",
            urgency=Urgency.WARN if objected else Urgency.INFO,
            icon="signature",
            action=f"Otwórz {name.lower()}",
            subject_id=version.person_id,
        )

    def to_evaluate(row: Evaluation) -> DeskLine:
        late = row.due_on < today
        return DeskLine(
            Section.GAPS if late else Section.TODAY if row.due_on == today else Section.WEEK,
            f"Wspólna ocena: {row.person}",
            reverse("ipzs:evaluation_hold", args=[row.pk]),
            text=f"{name} {row.programme.number}.",
            urgency=Urgency.WARN if late else Urgency.INFO,
            icon="list-check",
            action="Zapisz ocenę",
            end=f"termin minął {format_date(row.due_on, today=today)}" if late else "",
            on=row.due_on,
            subject_id=row.person_id,
        )

    people = reverse("participants:list")
    yield from first_of(queries.to_write(leader), to_write, rest=f"{name}: kolejne do podpisania", url=people)
    due = queries.evaluations_due(today + queries.SOON, leader)
    yield from first_of(due, to_evaluate, rest="Wspólne oceny: kolejne osoby", url=people)


@desk_lines
def deciding(request: Any, today: date) -> Iterator[DeskLine]:
    """Terms that somebody has to follow: the end of a trial, of a programme, an undelivered decision."""
    if not request.principal.place.is_unit or not request.principal.may(perms.TELL):
        return
    decides = request.principal.may(perms.PERIOD)

    def trial(period: Period) -> DeskLine:
        late, due = period.until < today, decides and period.until <= today
        until = format_date(period.until, today=today)
        return DeskLine(
            Section.GAPS if late else Section.WEEK,
            f"Kwalifikacja: {period.person}",
            reverse("ipzs:qualify" if due else "ipzs:programme_show", args=[period.participation_id]),
            text=f"Okres próbny do {until}.{'' if decides else ' Decyduje kierownik.'} (art. 15 ust. 2)",
            urgency=Urgency.BAD if late else Urgency.WARN,
            icon="user-check",
            action="Zakwalifikuj" if due else "Otwórz program",
            on=period.until,
            subject_id=period.person_id,
        )

    def moved(motion: ExtensionMotion) -> DeskLine:
        return DeskLine(
            Section.GAPS,
            f"Wniosek o przedłużenie: {motion.person}",
            reverse("ipzs:programme_show", args=[motion.programme.participation_id]),
            text=f"{motion.author}, do {format_date(motion.until, today=today)}. (art. 15 ust. 3)",
            urgency=Urgency.WARN,
            icon="hourglass",
            action="Rozpatrz",
            on=motion.asked_on,
            subject_id=motion.person_id,
        )

    def over(programme: Programme) -> DeskLine:
        ended = format_date(programme.until, today=today) if programme.until else ""
        return DeskLine(
            Section.GAPS,
            f"{paper(request)} po terminie: {programme.person}",
            reverse("ipzs:programme_show", args=[programme.participation_id]),
            text=f"Obowiązywał do {ended}. Zakończ go.",
            urgency=Urgency.WARN,
            icon="flag",
            action="Zakończ",
            subject_id=programme.person_id,
        )

    def to_tell(told: PeriodDecision) -> DeskLine:
        return DeskLine(
            Section.GAPS,
            f"Powiadom ośrodek: {told.person}",
            reverse("ipzs:period_told", args=[told.pk]),
            text=f"Zakwalifikowano {format_date(told.decided_on, today=today)}. (art. 15 ust. 2)",
            urgency=Urgency.WARN,
            icon="mail",
            action="Zapisz, kiedy powiadomiono",
            subject_id=told.person_id,
        )

    def undelivered(decision: Decision) -> DeskLine:
        return DeskLine(
            Section.GAPS,
            f"Decyzja niedoręczona: {decision.person}",
            reverse("ipzs:decision_deliver", args=[decision.pk]),
            text=f"Numer {decision.number}. Wiąże od doręczenia.",
            urgency=Urgency.WARN,
            icon="mail",
            action="Zapisz doręczenie",
            subject_id=decision.person_id,
        )

    people = reverse("participants:list")
    for rows, line, rest in (
        (queries.trials_ending(today + queries.SOON), trial, "Kwalifikacja: kolejne osoby"),
        (queries.motions_waiting() if decides else [], moved, "Wnioski o przedłużenie: kolejne osoby"),
        (queries.over(today), over, f"{paper(request)} po terminie: kolejne osoby"),
        (queries.to_tell(), to_tell, "Powiadom ośrodek: kolejne osoby"),
        (queries.decisions_waiting(), undelivered, "Decyzje niedoręczone: kolejne"),
    ):
        yield from first_of(rows, line, rest=rest, url=people)


slots.fill("participants.file_tabs", programme_tab, order=20)
slots.fill("participants.file_rail", countdown_panel, order=10)
slots.fill("participants.list_columns", countdown_column, order=10)
slots.fill("participants.timeline", happened, order=20)
slots.fill("participants.programme_url", programme_url)
slots.fill("participants.period_urls", period_urls)
slots.fill("participants.end_links", end_links)
