"""Who gets a certificate, who is a graduate on which day and why not, and which effects an end has.

The certificate is for everybody whose participation ended, however long it lasted (art. 13 ust. 5a, art. 18
ust. 5a). The title of a graduate asks for more (art. 2 pkt 1a and 1b), so that the two are told apart.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from reintegration.core.dates import DateSpan, add_months, total_days, union
from reintegration.core.formats import counted, format_table_date
from reporting.rules.facts import FileFacts, Talk

# What a person does who works: art. 2 pkt 8, art. 4 ust. 2 pkt 8, art. 13 ust. 5.
EMPLOYED: Final = frozenset({"open_market", "supported", "business", "cooperative"})
# Where somebody went of whom it is noted on what they work.
_NOTED: Final = {"open_market": frozenset({"employment", "civil"}), "training": frozenset({"internship"})}
# Nobody is asked of these what became of them.
DEATH: Final = "death"
FOLLOW_UP_MONTHS: Final = 6
# A talk may be held a little before the half year is over, not right after the end.
_TALK_MONTHS: Final = 5

ARTICLE: Final = {UnitType.CIS: "art. 13 ust. 5a", UnitType.KIS: "art. 18 ust. 5a"}
DEFINITION: Final = {UnitType.CIS: "art. 2 pkt 1a", UnitType.KIS: "art. 2 pkt 1b"}


class SocialChange(StrEnum):
    """Nine changes in somebody's social life by which a unit looks at its work beside employment.

    They are those that the standard of clubs names; the act speaks of effects of social reintegration
    (art. 18a ust. 6 pkt 2 lit. b), which is to take part in the life of a community (art. 2 pkt 4).
    """

    COMMUNICATION = "communication"
    FORMALITIES = "formalities"
    HEALTH = "health"
    MOTIVATION = "motivation"
    CULTURE = "culture"
    TIES = "ties"
    EMOTIONS = "emotions"
    GOALS = "goals"
    SELF_ESTEEM = "self_esteem"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody is a graduate on a day; when not, the sentences say why."""

    is_graduate: bool
    # The last day of the status; a club's graduate has none.
    until: date | None
    sentences: tuple[str, ...]


def obstacles(facts: FileFacts, *, on: date, issued: bool = False) -> tuple[str, ...]:
    """Tell what keeps the certificate from being issued on a day (art. 13 ust. 5a, art. 18 ust. 5a)."""
    article = ARTICLE[facts.unit_type]
    if issued:
        return ("To zaświadczenie jest już wydane. Zrób jego duplikat albo korektę.",)
    if facts.ended_on is None:
        return (f"Uczestnictwo trwa. Zaświadczenie wydaje się po jego zakończeniu. ({article})",)
    if facts.started_on is None or facts.started_on > facts.ended_on:
        return (f"Ta osoba nie zaczęła zajęć, więc nie ma czego zaświadczyć. ({article})",)
    if on < facts.ended_on:
        return (f"Uczestnictwo kończy się {format_table_date(facts.ended_on)}. ({article})",)
    if facts.end_reason == DEATH:
        return ("Tej osobie nie wydaje się zaświadczenia.",)
    return ()


def standing(facts: FileFacts, *, on: date, certificate_on: date | None = None) -> Standing:
    """Who is a graduate on a day, or why not (art. 2 pkt 1a, 1b).

    `certificate_on` stands for the certificate that is about to be issued.
    """
    given = facts.certificate_on or certificate_on
    definition = DEFINITION[facts.unit_type]
    ended = facts.ended_on
    if ended is None:
        return Standing(False, None, (f"Uczestnictwo trwa. ({definition})",))
    why = []
    if not stages.attended_long_enough(facts.periods, ended_on=ended):
        why.append(f"{_short(facts, ended)} ({definition})")
    if facts.unit_type is UnitType.KIS and not facts.fulfilled:
        why.append(f"Postanowienia kontraktu nie zostały zrealizowane. ({definition})")
    if given is None:
        why.append(f"Nie ma zaświadczenia. ({definition}, {ARTICLE[facts.unit_type]})")
    if facts.unit_type is UnitType.KIS:
        return Standing(not why, None, tuple(why))
    until = add_months(ended, stages.GRADUATE_MONTHS)
    if not why and given is not None and given > until:
        day = format_table_date(until)
        why.append(f"Zaświadczenie wydano, gdy status już się skończył, czyli po {day}. ({definition})")
    elif not why and on > until:
        why.append(f"Status absolwenta trwał do {format_table_date(until)}. ({definition})")
    return Standing(not why, until if not why else None, tuple(why))


def _short(facts: FileFacts, ended: date) -> str:
    """How long classes lasted, when that was less than half a year."""
    lasted = DateSpan(date.min, ended)
    clipped = (one.span.clip(lasted) for one in facts.periods if one.kind is not PeriodKind.TRIAL)
    days = counted(total_days(union(one for one in clipped if one is not None)), "dzień", "dni", "dni")
    trial = " bez okresu próbnego" if facts.unit_type is UnitType.CIS else ""
    return f"Zajęcia trwały {days}{trial}, a potrzeba co najmniej 6 miesięcy."


def graduated_on(facts: FileFacts) -> date | None:
    """The day from which somebody was a graduate: that of the certificate, when nothing else is missing."""
    if facts.ended_on is None or facts.certificate_on is None:
        return None
    if facts.unit_type is UnitType.KIS:
        held = stages.is_kis_graduate(
            facts.periods,
            ended_on=facts.ended_on,
            certificate_on=facts.certificate_on,
            contract_fulfilled=facts.fulfilled,
        )
        return facts.certificate_on if held else None
    until = stages.graduate_until(facts.periods, ended_on=facts.ended_on, certificate_on=facts.certificate_on)
    return facts.certificate_on if until is not None else None


# What became of somebody


def has_left(facts: FileFacts) -> bool:
    """Whether a participation that had begun is over; who never came has no end that is counted."""
    started = facts.started_on
    return facts.ended_on is not None and started is not None and started <= facts.ended_on


def work_kind(facts: FileFacts) -> str:
    """On what somebody worked who left, or learned while working; nothing of whoever did neither.

    Of the open market the contract is asked; the other kinds are said by where somebody went. What was noted
    for another destination before a correction counts no more.
    """
    noted = _NOTED.get(facts.destination, frozenset())
    if not has_left(facts):
        return ""
    if facts.work in noted:
        return facts.work
    return facts.destination if facts.destination in EMPLOYED else ""


def employment_effect(facts: FileFacts) -> bool:
    """Work, supported employment, a business or a co-operative at the end (art. 2 pkt 8, art. 13 ust. 5)."""
    return has_left(facts) and facts.destination in EMPLOYED


def social_effect(facts: FileFacts) -> bool:
    """At least one of the nine changes was confirmed when the participation ended (art. 2 pkt 4)."""
    return has_left(facts) and bool(facts.changes)


def half_a_year_later(facts: FileFacts) -> Talk | None:
    """The first talk that was held about half a year after the end; later ones do not change a year."""
    if facts.ended_on is None:
        return None
    least = add_months(facts.ended_on, _TALK_MONTHS)
    return min((one for one in facts.talks if one.on >= least), key=lambda one: one.on, default=None)


def still_employed(facts: FileFacts) -> bool:
    """Worked at the end, and works half a year later."""
    talk = half_a_year_later(facts)
    return employment_effect(facts) and talk is not None and talk.situation in EMPLOYED
