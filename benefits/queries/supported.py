"""Supported employment as screens, papers and the desk read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Sum, Value, When

from benefits.enums import JobPlace, JobState, RefundState
from benefits.models import FundAgreement, SupportedJob, SupportedMonth
from benefits.rules import supported_work as rules
from benefits.rules.law import ALLOWANCE, Law
from participants.models import Participation
from participants.services.participations.common import as_planned, periods_of
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.core.text import search_key
from reintegration.law.book import law_book

BEGUN = (JobState.WORKING, JobState.COMPLETED, JobState.BROKEN_OFF)
UNDER_WAY = (JobState.DRAFTED, JobState.SENT, JobState.REFERRED, JobState.AGREED, JobState.WORKING)
# After so many days without a word of PUP somebody should ask; the act sets it no term.
SILENT_DAYS = 30
# A refund that nobody asked for within a year of the end of work is not asked for any more.
ASKED_WITHIN = timedelta(days=365)


def current_law() -> Law:
    return Law(law_book())


def jobs() -> QuerySet[Any]:
    rows: QuerySet[Any] = SupportedJob.objects.select_related("person", "participation")
    return rows


def jobs_by_way() -> QuerySet[Any]:
    """With the place of their state on the way, so that a list shows first what is at its beginning."""
    places = [When(state=state, then=Value(place)) for place, state in enumerate(JobState)]
    return jobs().annotate(place_on_way=Case(*places, output_field=IntegerField()))


def jobs_of(file: Participation) -> list[SupportedJob]:
    """The newest first."""
    return list(SupportedJob.objects.filter(participation=file).order_by("-pk"))


def refunds() -> QuerySet[Any]:
    rows: QuerySet[Any] = SupportedMonth.objects.select_related("person", "job")
    return rows


def silent(today: date) -> QuerySet[Any]:
    """Motions to which PUP has not answered for long."""
    border = today - timedelta(days=SILENT_DAYS)
    return jobs().filter(state=JobState.SENT, sent_on__lt=border).order_by("sent_on", "pk")


def late(today: date) -> QuerySet[Any]:
    """Refunds that PUP should have paid by now."""
    return refunds().filter(state=RefundState.ASKED, due_on__lt=today).order_by("due_on", "pk")


def waiting(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Refunds that PUP has been asked for and has not paid."""
    return rows.filter(state=RefundState.ASKED)


def days_late(row: SupportedMonth, today: date) -> int | None:
    """How many days PUP is over its term with a refund that waits."""
    if row.state != RefundState.ASKED or row.due_on is None or row.due_on >= today:
        return None
    return (today - row.due_on).days


# When somebody may be referred


def referral_from(file: Participation) -> date | None:
    """The first day on which PUP may refer this person (art. 16 ust. 1)."""
    months = law_book().count("early_referral_least", on=clock.today())
    return rules.referral_from(as_planned(periods_of(file)), file.ended_on, months)


def is_early(file: Participation, day: date) -> bool:
    """Whether a day is before the end of the participation; then the motion says why."""
    end = rules.end_of(as_planned(periods_of(file)), file.ended_on)
    return end is not None and day <= end


# What is refunded


def terms_of(job: SupportedJob, law: Law) -> rules.Terms:
    """The rules of the agreement; before there is one, those of today."""
    return rules.terms(job.agreed_on or clock.today(), law)


def last_refunded(job: SupportedJob) -> date | None:
    if job.refund_until is None or job.state not in BEGUN:
        return None
    return min(job.refund_until, job.ended_on or job.refund_until)


def refundable(job: SupportedJob) -> list[Month]:
    """The months that the agreement refunds, as far as the work went; none at a centre (art. 16 ust. 2)."""
    until = last_refunded(job)
    return rules.months_of(job.since, until) if job.since and until and until >= job.since else []


def to_ask(job: SupportedJob, asked: set[date], today: date) -> list[Month]:
    """Months of work that are over, and that nobody has prepared an application for."""
    return [month for month in refundable(job) if month.last < today and month.first not in asked]


def all_to_ask(today: date) -> Iterator[tuple[SupportedJob, Month]]:
    """Each month of the unit that the employer should ask for, the oldest first."""
    still = Q(ended_on__isnull=True) | Q(ended_on__gte=today - ASKED_WITHIN)
    rows = jobs().filter(still, state__in=BEGUN, refund_until__isnull=False).order_by("since", "pk")
    found = [
        (job, month)
        for job in rows.prefetch_related(Prefetch("months", SupportedMonth.objects.order_by("month")))
        for month in to_ask(job, {one.month for one in job.months.all()}, today)
    ]
    yield from sorted(found, key=lambda one: (one[1], one[0].pk))


def refund_of(job: SupportedJob, month: Month, pay: Decimal, contributions: Decimal) -> rules.Refund:
    """What may be asked for a month of the agreement."""
    law, until = current_law(), last_refunded(job)
    if job.since is None or until is None:
        raise ValueError("Nobody is refunded before they work.")
    share = rules.share_of(month, since=job.since, until=until, found=terms_of(job, law))
    allowance = law.amount(ALLOWANCE, month.first)
    return rules.refund(pay, contributions, share=share, allowance=allowance)


@dataclass(frozen=True, slots=True)
class Line:
    """A month of the agreement: the most that is refunded of its pay, and the refund, when there is one."""

    month: Month
    cap: Decimal
    refund: SupportedMonth | None
    over: bool
    late: int | None = None


def lines_of(job: SupportedJob) -> list[Line]:
    made = {Month.of(row.month): row for row in SupportedMonth.objects.filter(job=job).order_by("month")}
    today, until, law = clock.today(), last_refunded(job), current_law()
    if job.since is None or until is None:
        return []
    found = []
    for month in refundable(job):
        share = rules.share_of(month, since=job.since, until=until, found=terms_of(job, law))
        cap = rules.highest(month, job.accident_rate, law, share).pay
        row = made.get(month)
        late_days = days_late(row, today) if row is not None else None
        found.append(Line(month, cap, row, over=month.last < today, late=late_days))
    return found


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an employer is told: the allowance and the most that a whole month brings by today's law."""

    allowance: Decimal
    share: str
    most: rules.Refund
    least: int
    refunded: int
    days: int

    @property
    def whole(self) -> Decimal:
        return self.most.total * self.refunded


def numbers(job: SupportedJob) -> Numbers:
    """By the month in which the work begins, or by this one until that is known."""
    law, today = current_law(), clock.today()
    found = terms_of(job, law)
    month = Month.of(job.since or today)
    return Numbers(
        allowance=law.amount(ALLOWANCE, month.first),
        share=f"{int(found.first_share * rules.PERCENT)} %",
        most=rules.highest(month, job.accident_rate, law, found.first_share),
        least=found.least,
        refunded=found.refunded,
        days=law.count("employment_refund_days", today),
    )


# The unit as a whole


@dataclass(frozen=True, slots=True)
class Standing:
    """How all of it stands in the unit today."""

    states: Mapping[str, int]
    silent: int
    asked: Decimal
    asked_count: int
    late: Decimal
    late_count: int
    paid: Decimal


def standing(today: date) -> Standing:
    """In two queries; what was paid is of this year."""
    counts = SupportedJob.objects.aggregate(
        silent=Count("pk", filter=Q(state=JobState.SENT, sent_on__lt=today - timedelta(days=SILENT_DAYS))),
        **{state.value: Count("pk", filter=Q(state=state)) for state in JobState},
    )
    waits = Q(state=RefundState.ASKED)
    over = waits & Q(due_on__lt=today)
    sums = SupportedMonth.objects.aggregate(
        waiting=Sum("asked", filter=waits),
        waiting_count=Count("pk", filter=waits),
        late=Sum("asked", filter=over),
        late_count=Count("pk", filter=over),
        settled=Sum("paid", filter=Q(state=RefundState.PAID, paid_on__year=today.year)),
    )
    return Standing(
        states={state.value: counts[state.value] for state in JobState},
        silent=counts["silent"],
        asked=sums["waiting"] or ZERO,
        asked_count=sums["waiting_count"],
        late=sums["late"] or ZERO,
        late_count=sums["late_count"],
        paid=sums["settled"] or ZERO,
    )


def at_employer(job: SupportedJob) -> bool:
    return bool(job.place == JobPlace.EMPLOYER)


def waiting_days(job: SupportedJob, today: date) -> int | None:
    """How long PUP has had the motion, until it answered."""
    if job.sent_on is None or job.state != JobState.SENT:
        return None
    return (today - job.sent_on).days


def names_of_pup(now: str = "") -> Sequence[str]:
    """The offices of agreements, as these call them, and others that were written to, the latest first."""
    agreed = FundAgreement.objects.order_by("-asked_on", "-pk").values_list("office", flat=True)[:20]
    written = SupportedJob.objects.order_by("-pk").values_list("pup_name", flat=True)[:20]
    found: dict[str, str] = {}
    for name in (*agreed, *written, *filter(None, [now])):
        found.setdefault(search_key(name), name)
    return list(found.values())
