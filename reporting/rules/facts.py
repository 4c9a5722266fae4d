"""What is known of a file when it is counted: plain values, read once for the whole unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from participants.rules import stages
from participants.rules.ages import UNKNOWN, age_band
from participants.rules.codes import PeriodKind, UnitType
from reintegration.core.dates import DateSpan


@dataclass(frozen=True, slots=True)
class GroupSpan:
    """A group of art. 1 ust. 2 that somebody belongs to in these days."""

    code: str
    main: bool
    span: DateSpan


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk after the end that was held: when, and what the person does."""

    on: date
    situation: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file with what is counted of its person. Nothing here names anybody."""

    file: UUID
    person: UUID
    unit_type: UnitType
    opened_on: date
    periods: tuple[stages.Period, ...] = ()
    ended_on: date | None = None
    end_reason: str = ""
    destination: str = ""
    certificate_on: date | None = None
    # Whether the end says that the contract was carried out; a CIS is not asked (art. 2 pkt 1b).
    fulfilled: bool = True
    sex: str = ""
    birth_date: date | None = None
    # Of whoever was erased the bands at the end of each year are known, and no birthday.
    bands: Mapping[int, str] = field(default_factory=dict)
    education: str = ""
    source: str = ""
    groups: tuple[GroupSpan, ...] = ()
    talks: tuple[Talk, ...] = ()
    # How many of the nine social changes were confirmed; nobody was asked yet when None.
    changes: int | None = None
    independent: bool | None = None
    # On what somebody works or learns while working, noted with what changed.
    work: str = ""
    # Whose data were erased after their term: who is counted, and shown to nobody.
    erased: bool = False

    @property
    def started_on(self) -> date | None:
        """The first day of classes."""
        return min((one.span.first for one in self.periods), default=None)

    @property
    def qualified_on(self) -> date | None:
        """The first day after the trial (art. 15 ust. 2); a club knows no trial."""
        if self.unit_type is UnitType.KIS:
            return None
        mains = (one.span.first for one in self.periods if one.kind is PeriodKind.MAIN)
        return min(mains, default=None)

    def age_band(self, on: date) -> str:
        """The band of age on a day."""
        if self.birth_date is None:
            return self.bands.get(on.year, UNKNOWN)
        return age_band(self.birth_date, on)

    def takes_part(self, span: DateSpan) -> bool:
        return any(one.span.overlaps(span) for one in self.periods)


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """A referral that came: the day, the sex of whom it is about, and who referred."""

    referral: UUID
    received_on: date
    sex: str = ""
    source: str = ""


def women_and_men(files: Iterable[FileFacts], referrals: Iterable[ReferralFacts]) -> dict[UUID, str]:
    """The sex of each person, and of each referral, by its key."""
    return {one.person: one.sex for one in files} | {one.referral: one.sex for one in referrals}
