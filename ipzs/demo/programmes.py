"""Programmes and contracts of the demo: each file has one, one has an annex, one ended by a decision."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from ipzs.enums import ProgrammeState
from ipzs.models import Programme, ProgrammeVersion, Service, StepResult
from ipzs.programme_paper import content_of
from ipzs.rules import content as rules
from ipzs.services import programmes as services
from ipzs.services.programmes.common import last_planned, planned_periods, version_in_force
from participants.enums import EndReason
from participants.models import Agreement, Participation
from participants.rules.codes import PeriodKind
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock, slots
from reintegration.core.dates import add_months
from reintegration.core.demo import demo_id, demo_step
from reintegration.core.ids import uuid7
from reintegration.tenancy.scope import scope

GOALS: tuple[tuple[str, rules.Area, tuple[str, ...]], ...] = (
    (
        "Chcę pracować w stolarni, na umowie.",
        rules.Area.VOCATIONAL,
        (
            "Przez dwa tygodnie przyjdę na czas.",
            "Sam zrobię pierwszą półkę.",
            "Napiszę życiorys z doradcą.",
            "Pójdę na rozmowę do pracodawcy.",
        ),
    ),
    (
        "Chcę spłacać czynsz i nie bać się poczty.",
        rules.Area.SOCIAL,
        ("Przyniosę wszystkie listy z ostatniego roku.", "Ułożę z doradcą plan spłaty."),
    ),
)
TEXTS = {
    rules.Part.SOCIAL_SCOPE: "Porządek dnia, sprawy urzędowe, zadłużenie, kontakt z rodziną.",
    rules.Part.SOCIAL_FORMS: "Trening umiejętności społecznych w grupie, rozmowy z pracownikiem socjalnym.",
    rules.Part.VOCATIONAL_SCOPE: "Nauka czynności stolarza, nawyk pracy, szukanie zatrudnienia.",
    rules.Part.VOCATIONAL_FORMS: "Praktyka w pracowni, rozmowy z doradcą zawodowym, praktyka u pracodawcy.",
    rules.Part.CAUSES: "Długa przerwa w pracy po zamknięciu zakładu.",
    rules.Part.BARRIERS: "Dojazd dwa razy dziennie, brak aktualnych uprawnień.",
    rules.Part.STRENGTHS: "Sumienność, umiejętności z poprzedniej pracy, wsparcie siostry.",
    rules.Part.ATTEMPTS: "Prace społecznie użyteczne, kurs komputerowy ukończony w zeszłym roku.",
    rules.Part.EVALUATION: "Co trzy miesiące przejdziemy razem przez każdy krok.",
    rules.Part.CONSEQUENCES: "Najpierw rozmowa i zmiana ustaleń, dopiero potem zakończenie.",
}
EVERY = timedelta(days=90)
STEP = timedelta(days=30)


def offered_services() -> list[Service]:
    """Two of either area, from what the unit offers."""
    rows = list(Service.objects.filter(active=True).order_by("area", "name_order", "pk"))
    return [
        one
        for area in (rules.Area.SOCIAL, rules.Area.VOCATIONAL)
        for one in [row for row in rows if row.area == area][:2]
    ]


def content(
    kind: str, since: date, until: date, leader: str, offered: Sequence[Service] | None = None
) -> rules.Content:
    """What the demo agrees on with everybody, with keys of its own."""
    face = rules.Face(kind)
    days: list[date] = []
    while (day := since + EVERY * (len(days) + 1)) <= until:
        days.append(day)
    return rules.Content(
        face=face,
        texts={part: TEXTS[part] for part in rules.PARTS[face] if part in TEXTS},
        responsible=(rules.Responsible(str(uuid7()), leader, "prowadzi i łączy wszystkie działania"),),
        goals=tuple(
            rules.Goal(str(uuid7()), text, area, at == 0, tuple(_steps(steps, since, until)))
            for at, (text, area, steps) in enumerate(GOALS)
        ),
        services=tuple(
            rules.Service(
                str(one.pk), one.name, rules.Area(one.area), rules.Form(one.form), one.hours, rules.Per.WHOLE
            )
            for one in (offered_services() if offered is None else offered)
        ),
        evaluations=tuple(days) or (until,),
        since=since,
        until=until,
    )


def _steps(texts: tuple[str, ...], since: date, until: date) -> Iterator[rules.Step]:
    for at, text in enumerate(texts, 1):
        yield rules.Step(str(uuid7()), text, "uczestnik z opiekunem", min(since + STEP * at, until))


def write_programme(
    file: Participation, *, signed_on: date, since: date, until: date, sender_id: UUID | None
) -> Agreement | None:
    """Write and sign the programme of a file of the demo; in a CIS it is then asked to be agreed."""
    version = services.draft_programme(participation_id=file.pk)
    leader = file.case_manager.get_full_name() if file.case_manager else "Ewa Jarzębina"
    services.save_content(
        version_id=version.pk,
        content=content(version.programme.kind, since, until, leader),
        revision=version.revision,
    )
    services.make_ready(version_id=version.pk)
    signed = services.sign_version(
        version_id=version.pk, signed_on=signed_on, how="witnessed", witness=leader, sender_id=sender_id
    )
    agreement: Agreement | None = signed.agreement
    return agreement


def end_programme(file: Participation, *, reason: str, ended_on: date, destination: str) -> None:
    """The ends that are written with the programme: work, and a decision that was delivered."""
    programme = Programme.objects.filter(participation=file, state=ProgrammeState.RUNNING).first()
    if programme is None or programme.kind != "ipzs":
        return
    if reason == EndReason.JOB:
        services.end_by_work(
            programme_id=programme.pk,
            work_kind="employment",
            work_started_on=ended_on,
            left_on=ended_on,
            ended_on=ended_on,
            destination=destination,
        )
    elif reason == EndReason.ABANDONED:
        _decide(programme, ended_on)


def _decide(programme: Programme, ended_on: date) -> None:
    row = services.draft_decision(
        programme_id=programme.pk,
        kind="abandonment",
        ends_on=ended_on,
        reasons="Od czterech tygodni nie przychodzi na zajęcia i nie odpowiada na listy ani telefony.",
        change_considered="Zaproponowano krótszy dzień i inną pracownię. Odpowiedzi nie było.",
    )
    services.issue_decision(decision_id=row.pk, decided_on=ended_on)
    services.deliver_decision(decision_id=row.pk, delivered_on=ended_on + timedelta(days=5), how="post")


@contextmanager
def _as(name: str) -> Iterator[None]:
    user = User.objects.get(email=email_of(name, "nowymost"))
    with scope(organisation_id=demo_id("organisation:nowymost"), user_id=user.pk, source="demo"):
        yield


@demo_step("how programmes go", order=62)
def load_course() -> None:
    """Steps that went well and one that did not, evaluations, an annex in force and one being written."""
    today = clock.today()
    with _as("anna.lawenda"):
        if StepResult.objects.exists():
            return
        for name in (("Marek", "Dąbek"), ("Irena", "Wierzba")):
            programme = _programme(*name)
            _record(programme, today)
        annexed = _annex(_programme("Irena", "Wierzba"), today - timedelta(days=6))
        services.make_ready(version_id=annexed.pk)
        services.sign_version(
            version_id=annexed.pk,
            signed_on=today - timedelta(days=4),
            how="witnessed",
            witness="Anna Lawenda",
        )
        _annex(_programme("Marek", "Dąbek"), today - timedelta(days=1))
        _propose(_programme("Irena", "Wierzba"), today - timedelta(days=2))


def _programme(first_name: str, last_name: str) -> Programme:
    rows = Programme.objects.filter(person__first_name=first_name, person__last_name=last_name)
    found: Programme = rows.get(state=ProgrammeState.RUNNING)
    return found


def _record(programme: Programme, today: date) -> None:
    version = version_in_force(programme)
    if version is None:
        return
    steps = [step for goal in content_of(version, programme.kind).goals for step in goal.steps]
    went = (("done", "Przychodzę na ósmą."), ("missed", "Półka się rozpadła. Spróbuję jeszcze raz."))
    for step, (state, words) in zip(steps, went, strict=False):
        if step.due_on is not None and step.due_on <= today:
            services.record_step(
                programme_id=programme.pk, step=UUID(step.key), state=state, on=step.due_on, words=words
            )
    for row in programme.evaluations.filter(due_on__lt=today, held_on__isnull=True).order_by("due_on"):
        services.hold_evaluation(
            evaluation_id=row.pk,
            held_on=row.due_on,
            result="on_course",
            note="Frekwencja dobra. Zostaje praca nad rozmową z pracodawcą.",
        )


def _propose(programme: Programme, on: date) -> None:
    """A motion about more time that waits for the manager, where the act allows one."""
    periods = planned_periods(programme.participation)
    last = last_planned(periods)
    if last is None or {period.kind for period in periods} != {PeriodKind.TRIAL, PeriodKind.MAIN}:
        return
    services.ask_extension(
        participation_id=programme.participation_id,
        basis="motion",
        asked_on=on,
        until=add_months(last, 3),
        author="Anna Lawenda",
        analysis="Praktyka u pracodawcy zaczyna się dopiero po zakończeniu kursu.",
    )


def _annex(programme: Programme, on: date) -> ProgrammeVersion:
    version = services.draft_annex(
        programme_id=programme.pk,
        motion_by="person",
        motion_on=on,
        motion_reason="Chcę więcej czasu z doradcą zawodowym.",
    )
    before = content_of(version, programme.kind)
    first, *rest = before.services
    hours = (first.hours or 0) + 10
    changed = replace(before, services=(replace(first, hours=hours), *rest))
    return services.save_content(version_id=version.pk, content=changed, revision=version.revision)


slots.fill("participants.demo_programme", write_programme)
slots.fill("participants.demo_end", end_programme)
