"""How supported employment is told: badges, the steps of its way with the next one open, facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from benefits.enums import JobBreak, JobFailure, JobState, RefundState
from benefits.models import SupportedJob
from benefits.queries.supported import at_employer, waiting_days
from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.core.components import Badge, Link
from reintegration.core.formats import counted, format_date, format_long_date, format_money, format_table_span
from reintegration.core.identifiers import format_nip, format_phone

JOB_BADGES = {
    JobState.DRAFTED.value: Badge(JobState.DRAFTED.label, "plain"),
    JobState.SENT.value: Badge(JobState.SENT.label, "info"),
    JobState.REFERRED.value: Badge(JobState.REFERRED.label, "warn"),
    JobState.AGREED.value: Badge(JobState.AGREED.label, "brand"),
    JobState.WORKING.value: Badge(JobState.WORKING.label, "ok"),
    JobState.COMPLETED.value: Badge(JobState.COMPLETED.label, "plum", "certificate"),
    JobState.BROKEN_OFF.value: Badge(JobState.BROKEN_OFF.label, "bad"),
    JobState.FAILED.value: Badge(JobState.FAILED.label, "plain", "x"),
}
REFUND_BADGES = {
    RefundState.PREPARED.value: Badge(RefundState.PREPARED.label, "warn"),
    RefundState.ASKED.value: Badge(RefundState.ASKED.label, "info"),
    RefundState.PAID.value: Badge(RefundState.PAID.label, "ok"),
    RefundState.REFUSED.value: Badge(RefundState.REFUSED.label, "bad"),
}
ORDER = (JobState.DRAFTED, JobState.SENT, JobState.REFERRED, JobState.AGREED, JobState.WORKING)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: done with its day, the current one with what may be done, or later."""

    title: str
    look: str
    text: str = ""
    end: str = ""
    acts: Sequence[Link] = ()


def ending(job: SupportedJob) -> str:
    """How it came to an end, in a sentence; nothing while it goes on."""
    today = clock.today()
    if job.state == JobState.FAILED:
        return f"{JobFailure(job.fail_reason).label}, {format_date(job.failed_on, today=today)}"
    if job.state == JobState.BROKEN_OFF:
        return f"{JobBreak(job.end_reason).label}, {format_date(job.ended_on, today=today)}"
    if job.state == JobState.COMPLETED:
        return f"do {format_date(job.ended_on, today=today)}"
    return ""


def steps_of(job: SupportedJob, first: date | None, *, asks: bool) -> list[Step]:
    """The steps in their order, as far as this way goes; one that ended shows what was done.

    While a month waits to be asked for (`asks`), that is the next thing to do.
    """
    told = [_motion(job, first), _answer(job, first)]
    if at_employer(job):
        told.append(_agreement(job))
    told.append(_work(job, asks=asks))
    return told if job.state != JobState.FAILED else [one for one in told if one.look == "done"]


def _link(job: SupportedJob, label: str, name: str, *, primary: bool = False) -> Link:
    return Link(label, reverse(f"benefits:supported_{name}", args=[job.pk]), current=primary)


def _look(job: SupportedJob, now: Sequence[JobState], done: bool) -> str:
    if done:
        return "done"
    return "now" if job.state in now else "later"


def _motion(job: SupportedJob, first: date | None) -> Step:
    today = clock.today()
    if job.sent_on is not None:
        return Step("Wniosek do PUP", "done", job.pup_name, format_date(job.sent_on, today=today))
    who = (
        "Podpisują go kierownik CIS, pracownik socjalny i osoba."
        if job.unit_type == UnitType.CIS
        else "Podpisuje go pracownik socjalny."
    )
    acts = (
        _link(job, "Wysłano do PUP", "send", primary=True),
        _link(job, "Zmień wniosek", "change"),
        _link(job, "Bez skutku", "fail"),
    )
    return Step("Wniosek do PUP", _look(job, ORDER[:1], False), f"{who} {_when(first)}", acts=acts)


def _when(first: date | None) -> str:
    """From which day on PUP may refer (art. 16 ust. 1)."""
    if first is None:
        return "PUP może skierować po zajęciach albo po 6 miesiącach zajęć. (art. 16 ust. 1)"
    if first <= clock.today():
        return "PUP może już skierować. (art. 16 ust. 1)"
    return f"PUP może skierować od {format_long_date(first)}. (art. 16 ust. 1)"


def _answer(job: SupportedJob, first: date | None) -> Step:
    today = clock.today()
    if job.answered_on is not None:
        said = ", ".join(part for part in (job.employer_name, job.position) if part)
        return Step("Skierowanie z PUP", "done", said, format_date(job.answered_on, today=today))
    days = waiting_days(job, today)
    if days is None:
        return Step("Skierowanie z PUP", "later")
    text = f"PUP ma wniosek {counted(days, 'dzień', 'dni', 'dni')}. {_when(first)}"
    acts = (
        _link(job, "Jest skierowanie", "refer", primary=True),
        _link(job, "Zmień wniosek", "change"),
        _link(job, "Bez skutku", "fail"),
    )
    return Step("Skierowanie z PUP", "now", text, acts=acts)


def _agreement(job: SupportedJob) -> Step:
    title = "Umowa starosty z pracodawcą"
    if job.agreed_on is not None:
        number = f"{job.agreement_number}, " if job.agreement_number else ""
        text = f"{number}{format_table_span(job.since, job.until)}" if job.since else number
        return Step(title, "done", text, format_date(job.agreed_on, today=clock.today()))
    acts = (
        _link(job, "Wpisz umowę", "agree", primary=True),
        _link(job, "Dane pracodawcy", "employer"),
        _link(job, "Bez skutku", "fail"),
    )
    text = "Pracodawca zatrudnia na co najmniej 6 miesięcy, starosta zwraca część wynagrodzenia."
    return Step(title, _look(job, (JobState.REFERRED,), False), text, acts=acts)


def _work(job: SupportedJob, *, asks: bool) -> Step:
    today = clock.today()
    if job.ended_on is not None:
        return Step("Praca", "done", ending(job), format_date(job.ended_on, today=today))
    if job.state == JobState.WORKING:
        over = not asks and job.until is not None and job.until <= today
        text = f"{format_table_span(job.since, job.until)}: {job.position}, {job.employer_name}"
        acts = [_link(job, "Praca skończona", "complete", primary=over), _link(job, "Przerwano", "break_off")]
        if at_employer(job):
            acts += [_link(job, "Zmień umowę", "agreement"), _link(job, "Dane pracodawcy", "employer")]
        return Step("Praca", "now", text, acts=acts)
    ready = (JobState.AGREED,) if at_employer(job) else (JobState.REFERRED,)
    acts = [_link(job, "Zaczyna pracę", "start", primary=True)]
    if at_employer(job):
        acts += [_link(job, "Zmień umowę", "agreement"), _link(job, "Dane pracodawcy", "employer")]
    acts.append(_link(job, "Bez skutku", "fail"))
    return Step("Praca", _look(job, ready, False), acts=acts)


def employer_facts(job: SupportedJob) -> list[tuple[str, object]]:
    """Who employs, and on what terms; what is not known yet has no line."""
    town = " ".join(part for part in (job.employer_postcode, job.employer_town) if part)
    facts = [
        ("Pracodawca", job.employer_name),
        ("NIP", format_nip(job.employer_nip) if job.employer_nip else ""),
        ("Adres", ", ".join(part for part in (job.employer_street, town) if part)),
        ("Kontakt", job.employer_contact),
        ("Telefon", format_phone(job.employer_phone) if job.employer_phone else ""),
        ("E-mail", job.employer_email),
        ("Stanowisko", job.position),
        ("Wynagrodzenie", format_money(job.monthly_pay) if job.monthly_pay else ""),
        ("Urząd pracy", job.pup_name),
        ("De minimis", job.de_minimis_note),
    ]
    return [(label, value) for label, value in facts if value]
