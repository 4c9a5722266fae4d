"""What approved lists owe to ZUS: sets of documents by month, the people of one, and who is to be registered.

Amounts are those that the lists froze; nothing is counted again here and nothing is stored.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from benefits.enums import ContributionTerm, TitleKind
from benefits.models import ContributionRule, Correction, InsuranceTitle, PayrollList, Statement
from benefits.queries.contribution_rules import month_of_list, rule_of, rules
from benefits.queries.granted import STANDS, files_between
from benefits.queries.pay import pay_files
from benefits.rules.blockers import Blocker
from benefits.rules.month import PARTS, Contributions
from benefits.zus.facts import (
    Amounts,
    CountedBy,
    Declaration,
    IdKind,
    Insured,
    Payer,
    Registration,
    Title,
)
from benefits.zus.kedu import registrations, settlement
from benefits.zus.layouts import Layout, layout_of
from benefits.zus.months import DocumentSet, Said, month_of, sets_of
from benefits.zus.registrations import Event, Span, events
from participants.enums import DisabilityDegree, DocumentKind
from participants.models import Disability, Participation, Person
from reintegration.core import clock
from reintegration.core.calendar_pl import next_working_day
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law.book import law_book
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

# Codes of Płatnik's dictionaries.
_TERMS: Final = {
    ContributionTerm.BUDGET_UNIT: "1",
    ContributionTerm.LEGAL_PERSON: "3",
    ContributionTerm.ANYBODY_ELSE: "6",
}
_DEGREES: Final = {
    DisabilityDegree.LIGHT: "1",
    DisabilityDegree.MODERATE: "2",
    DisabilityDegree.CONSIDERABLE: "3",
}
_DOCUMENTS: Final = {
    DocumentKind.IDENTITY_CARD: IdKind.IDENTITY_CARD,
    DocumentKind.PASSPORT: IdKind.PASSPORT,
}
DOCUMENT_WIDTH: Final = 9
NO_NUMBER: Final = "nie ma numeru PESEL, dowodu ani paszportu"
NO_TITLE: Final = "nie ma w tym miesiącu tytułu ze świadczenia"
NOT_REGISTERED: Final = "brak zgłoszenia do ZUS"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a set: the whole amounts as they are now, and what changed since the set before."""

    person: Person
    file_id: UUID
    amounts: Amounts
    change: Amounts
    insured: Insured | None
    title: Title
    lacks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A set of documents with everything that its page and its file say."""

    found: DocumentSet
    row: PayrollList
    rule: ContributionRule
    lines: Sequence[Line]

    @property
    def is_correction(self) -> bool:
        return self.found.number > 1

    @property
    def due(self) -> date:
        return due_on(self.found.month, self.rule)

    @property
    def lacking(self) -> list[Line]:
        return [one for one in self.lines if one.lacks]

    @property
    def unnamed(self) -> list[Line]:
        """Whom ZUS could not tell from others: with them there is no file."""
        return [one for one in self.lines if one.insured is None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An end of a title of which ZUS has not been told."""

    event: Event
    title: InsuranceTitle
    overdue: bool
    insured: Insured | None


def due_on(month: Month, rule: ContributionRule) -> date:
    """The day by which a month is paid: a day off work moves it on (art. 12 § 5 of the tax ordinance)."""
    return next_working_day(month.next.first.replace(day=rule.pay_by))


def standing_lists(since: Month | None = None) -> list[PayrollList]:
    """Approved lists, or those that say something of a month of contributions from one on.

    A list says it of its own month, of one before that it corrects, or of that in which it was paid.
    """
    rows = PayrollList.objects.filter(state__in=STANDS).order_by("month")
    if since is not None:
        rows = rows.filter(Q(month__gte=since.first) | Q(paid_on__gte=since.first))
    return list(rows)


def unpaid_lists(lists: Sequence[PayrollList]) -> list[PayrollList]:
    """Lists whose month of contributions is not known before they are paid."""
    known = rules()
    return [
        one
        for one in lists
        if one.paid_on is None and rule_of(Month.of(one.month), known).counted_by == CountedBy.PAID
    ]


def all_sets(lists: Sequence[PayrollList]) -> list[DocumentSet]:
    """Every set of documents that approved lists gave rise to, the latest month first."""
    return sorted(sets_of(_said(lists)), key=lambda one: (one.month, one.number), reverse=True)


def _said(lists: Sequence[PayrollList]) -> Iterator[Said]:
    known = rules()
    rows = {one.pk: one for one in lists}
    own = list(
        Statement.objects.filter(payroll_list__in=rows, blocked=False)
        .order_by("position", "pk")
        .values_list("payroll_list_id", "person_id", "participation_id", "benefit", *PARTS)
    )
    later = list(
        Correction.objects.filter(payroll_list__in=rows)
        .order_by("month", "pk")
        .values_list(
            "payroll_list_id", "statement__person_id", "participation_id", "month", "benefit", *PARTS
        )
    )
    # A month that comes to nothing is told all the same while the title runs; by another title nobody is.
    nothing = {file for _, _, file, _, *parts in own if not any(parts)}
    nothing |= {file for _, _, file, _, benefit, *parts in later if benefit and not any(parts)}
    insured = _benefit_spans(nothing)

    def told(key: UUID, about: Month, person: UUID, amounts: Amounts) -> Iterator[Said]:
        row = rows[key]
        # A correction goes where what it corrects was told: a month keeps the rule of its approved list.
        counted_by = CountedBy(rule_of(about, known).counted_by)
        month = month_of(about, counted_by, row.paid_on)
        at = row.paid_at if counted_by is CountedBy.PAID else row.second_at or row.approved_at
        if month is not None and at is not None:
            yield Said(key, at, person, month, amounts)

    for key, person, file, benefit, *parts in own:
        month = Month.of(rows[key].month)
        if any(parts) or _covers(insured[file], month):
            yield from told(key, month, person, Amounts(benefit, Contributions(*parts)))
    for key, person, file, day, benefit, *parts in later:
        if any(parts) or (benefit and _covers(insured[file], Month.of(day))):
            yield from told(key, Month.of(day), person, Amounts(benefit, Contributions(*parts)))


def _benefit_spans(files: Collection[UUID]) -> Mapping[UUID, list[InsuranceTitle]]:
    found: defaultdict[UUID, list[InsuranceTitle]] = defaultdict(list)
    rows = InsuranceTitle.objects.filter(kind=TitleKind.BENEFIT, participation__in=files)
    for one in rows.order_by("since", "pk"):
        found[one.participation_id].append(one)
    return found


def _covers(titles: Sequence[InsuranceTitle], month: Month) -> list[InsuranceTitle]:
    return [
        one for one in titles if one.since <= month.last and (one.until is None or one.until >= month.first)
    ]


def sheet_of(month: Month, number: int) -> Sheet | None:
    """One set with its people, in a number of queries that does not depend on them."""
    lists = standing_lists(month)
    found = next((one for one in all_sets(lists) if (one.month, one.number) == (month, number)), None)
    if found is None:
        return None
    row = next(one for one in lists if one.pk == found.source)
    rule = rule_of_set(found.month, row, rules())
    return Sheet(found, row, rule, _lines(found, row, rule))


def rule_of_set(month: Month, row: PayrollList, known: Sequence[ContributionRule]) -> ContributionRule:
    """By which rule a list made documents of a month: that of the benefits which they are about."""
    own = rule_of(Month.of(row.month), known)
    by_payment = own.counted_by == CountedBy.PAID and row.paid_on is not None
    return own if by_payment and Month.of(row.paid_on) == month else rule_of(month, known)


def untold(row: PayrollList) -> list[Line]:
    """Whom the documents of a list's own month could not name, and of whom ZUS was not told."""
    month = month_of_list(row)
    if month is None:
        return []
    sets = all_sets(standing_lists(month))
    found = next((one for one in sets if (one.source, one.month) == (row.pk, month)), None)
    lines = _lines(found, row, rule_of(Month.of(row.month))) if found is not None else []
    return [one for one in lines if one.lacks]


def _lines(found: DocumentSet, row: PayrollList, rule: ContributionRule) -> list[Line]:
    people = list(Person.objects.filter(pk__in=list(found.people)).order_by("name_order", "pk"))
    files = dict(
        Statement.objects.filter(payroll_list=row, person__in=people)
        .order_by("pk")
        .values_list("person_id", "participation_id")
    )
    about = found.month if rule.counted_by == CountedBy.DUE else Month.of(row.month)
    insured, degrees = _benefit_spans(files.values()), _degrees([one.pk for one in people], about.last)
    lines = []
    for person in people:
        file = files[person.pk]
        who = insured_of(person)
        titles = _covers(insured[file], about)
        lines.append(
            Line(
                person,
                file,
                found.people[person.pk],
                found.changes[person.pk],
                who,
                Title(rule.title_code, disability=degrees.get(person.pk, "0")),
                list(_lacks(who, titles)),
            )
        )
    return lines


def _lacks(who: Insured | None, titles: Sequence[InsuranceTitle]) -> Iterator[str]:
    if who is None:
        yield NO_NUMBER
    if not titles:
        yield NO_TITLE
    elif any(one.registered_on is None for one in titles):
        yield NOT_REGISTERED


def insured_of(person: Person) -> Insured | None:
    """How ZUS tells the person from others; nothing when it could not."""
    if person.pesel:
        number, kind = person.pesel, IdKind.PESEL
    elif person.document_number and person.document_kind in _DOCUMENTS:
        number = "".join(person.document_number.split()).upper()
        kind = _DOCUMENTS[DocumentKind(person.document_kind)]
        # Identity cards and passports have nine characters, and so has the field of ZUS.
        if len(number) > DOCUMENT_WIDTH:
            return None
    else:
        return None
    return Insured(person.first_name, person.last_name, number, kind, person.birth_date)


def _degrees(people: Sequence[UUID], day: date) -> Mapping[UUID, str]:
    """The degree of disability on a day, as the code of a title has it."""
    rows = Disability.objects.filter(person__in=people, since__lte=day).order_by("since", "pk")
    return {
        one.person_id: _DEGREES[DisabilityDegree(one.degree)]
        for one in rows
        if one.until is None or one.until >= day
    }


def layout() -> Layout:
    """The layout that Płatnik takes today, for months of any time."""
    return layout_of(Month.of(clock.today()))


def payer() -> Payer:
    here = Organisation.objects.get(pk=current_scope().organisation_id)
    return Payer(here.short_name, here.nip, here.regon)


def file_of(sheet: Sheet) -> bytes:
    """The file for Płatnik of one set."""
    reports = []
    for one in sheet.lines:
        if one.insured is None:
            raise InputError(f"{one.person}: {NO_NUMBER}. Bez tego nie powstanie plik.")
        reports.append((one.insured, one.title, one.amounts))
    found = sheet.found
    declaration = Declaration(
        number=found.number,
        month=found.month,
        term=_TERMS[ContributionTerm(sheet.rule.pay_by)],
        reports=tuple(reports),
        people=found.everybody,
        total=found.total,
    )
    return settlement(payer(), [declaration], layout())


def waiting(today: date) -> list[Waiting]:
    """Both ends of titles of which ZUS has not been told, by their terms; nothing that is still to come."""
    titles = {
        one.pk: one
        for one in InsuranceTitle.objects.filter(kind=TitleKind.BENEFIT)
        .select_related("participation__person")
        .order_by("since", "pk")
    }
    spans = [
        Span(key, one.since, _ended_on(one), one.registered_on, one.deregistered_on)
        for key, one in titles.items()
    ]
    days = law_book().count("registration_days", on=today)
    found = [one for one in events(spans, days) if one.done_on is None and one.day <= today]
    return [
        Waiting(one, titles[one.key], one.is_overdue(today), insured_of(titles[one.key].participation.person))
        for one in found
    ]


def _ended_on(title: InsuranceTitle) -> date | None:
    """A title ends with the participation at the latest, even when nobody has written its end down."""
    days = [one for one in (title.until, title.participation.ended_on) if one is not None]
    return max(title.since, min(days)) if days else None


def untitled(today: date) -> list[Participation]:
    """Who takes part this month and is not insured by anything on some of its days."""
    month = Month.of(today)
    files = list(files_between(month, month))
    known = pay_files([one.pk for one in files])
    return [
        one for one in files if Blocker.NO_TITLE in {code for code, _ in known[one.pk].missing(one, month)}
    ]


def titled(found: Sequence[Waiting]) -> list[tuple[Waiting, Title]]:
    """Each end with the code of its title, as the unit's rule and the degree of disability make it."""
    degrees = _degrees([one.title.person_id for one in found], clock.today())
    known = rules()
    return [
        (
            one,
            Title(
                rule_of(Month.of(one.event.day), known).title_code,
                disability=degrees.get(one.title.person_id, "0"),
            ),
        )
        for one in found
    ]


def registrations_file(found: Sequence[Waiting]) -> bytes:
    """ZUA and ZWUA of whoever waits and can be told from others."""
    told = [
        Registration(one.insured, title, one.event.day, one.event.begins)
        for one, title in titled(found)
        if one.insured is not None
    ]
    if not told:
        raise InputError("Nikt nie czeka na zgłoszenie ani wyrejestrowanie.")
    return registrations(payer(), told, layout())
