"""A referral in words: facts, situation, timeline, what the rules say, and the steps that can be made."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from participants import enums
from participants.models import Referral
from participants.perms import referrals as perms
from participants.queries import referrals as queries
from participants.rules import situation as told
from participants.rules.readiness import Ready
from participants.transitions import Side, Transition, possible
from participants.views.portal.check import row_of
from reintegration.core import clock
from reintegration.core.components import Verdict
from reintegration.core.formats import format_date, format_long_date, format_moment
from reintegration.core.identifiers import format_phone

T = Transition

# The next step that is usual in a state stands first; the rest are beside it.
PRIMARY = {
    enums.ReferralState.SENT: T.RECEIVE,
    enums.ReferralState.RECEIVED: T.INVITE,
    enums.ReferralState.IN_STUDY: T.OFFER,
    enums.ReferralState.WAITING: T.OFFER,
    enums.ReferralState.TRIAL_OFFERED: T.ACCEPT,
    enums.ReferralState.REFUSED: None,
}

# (transition, action, label, url name, a POST without a form)
STEPS: tuple[tuple[Transition, Any, str, str, bool], ...] = (
    (T.RECEIVE, perms.RECEIVE, "Odbierz", "participants:referral_receive", True),
    (T.INVITE, perms.INVITE, "Zaproś na rozmowę", "participants:referral_invite", False),
    (T.STUDY, perms.STUDY, "Rozpatruj bez rozmowy", "participants:referral_study", True),
    (T.OFFER, perms.OFFER, "Zaproś na okres próbny", "participants:referral_offer", False),
    (T.ACCEPT, perms.ACCEPT, "Przyjmij", "participants:referral_accept", False),
    (T.WAIT, perms.WAIT, "Wpisz na listę oczekujących", "participants:referral_wait", False),
    (T.RETURN, perms.RETURN, "Zwróć do uzupełnienia", "participants:referral_return", False),
    (T.REFUSE, perms.REFUSE, "Odmów", "participants:referral_refuse", False),
    (T.HAND_OVER, perms.HAND_OVER, "Przekaż innej jednostce", "participants:referral_hand_over", False),
    (T.OBSOLETE, perms.OBSOLETE, "Zamknij jako nieaktualne", "participants:referral_obsolete", False),
    (T.WITHDRAW, perms.WITHDRAW, "Zapisz wycofanie", "participants:referral_withdraw", False),
    (T.REOPEN, perms.REOPEN, "Otwórz ponownie", "participants:referral_reopen", False),
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step as a button that posts, or as a link to its form."""

    label: str
    url: str
    posts: bool


def steps_of(request: Any, referral: Referral) -> tuple[NextStep | None, list[NextStep]]:
    """The primary step, and the others that this person may make now."""
    able = set(possible(referral, Side.UNIT))
    if not queries.sister_units().exists():
        able.discard(T.HAND_OVER)
    if referral.handed_to_id is not None:
        able.discard(T.REOPEN)
    usual = PRIMARY.get(enums.ReferralState(referral.state))
    if usual is T.INVITE and referral.interview_at is not None:
        usual = T.OFFER
    primary: NextStep | None = None
    others: list[NextStep] = []
    for transition, action, label, name, posts in STEPS:
        if transition not in able or not request.may(action):
            continue
        again = transition is T.INVITE and referral.interview_at is not None
        step = NextStep("Zmień termin rozmowy" if again else label, reverse(name, args=[referral.pk]), posts)
        if transition is usual:
            primary = step
        else:
            others.append(step)
    return primary, others


def facts_of(referral: Referral) -> list[tuple[str, Any]]:
    """What the sender wrote of the person; PESEL and document stay covered, they belong to the file."""
    place = ", ".join(
        part for part in (referral.street, f"{referral.postcode} {referral.town}".strip()) if part
    )
    identity = "wpisany" if referral.pesel_index else referral.get_no_pesel_display()
    rows = [
        ("Data urodzenia", format_long_date(referral.birth_date) if referral.birth_date else ""),
        ("PESEL", identity),
        ("Adres", place),
        ("Telefon", format_phone(referral.phone) if referral.phone else ""),
        ("E-mail", referral.email),
        ("Przedstawiciel ustawowy", referral.representative),
        ("Kto kieruje", f"{referral.sender_name or referral.get_source_display()}"),
        ("Kto wysłał", referral.sender_person),
        ("Telefon kierującego", format_phone(referral.sender_phone) if referral.sender_phone else ""),
        ("Zawiadomiony OPS", referral.ops_name),
        ("Zgoda osoby", "tak" if referral.person_agrees else "nie"),
    ]
    return [(label, value) for label, value in rows if value]


def terms_of(referral: Referral) -> list[tuple[str, str]]:
    """Days that were set, and what is awaited until when."""
    today = clock.today()
    rows = []
    if referral.interview_at is not None:
        place = f", {referral.interview_place}" if referral.interview_place else ""
        rows.append(("Rozmowa", f"{format_moment(referral.interview_at, today=today)}{place}"))
    days = [("Czeka na miejsce od", referral.waiting_since), ("Może zacząć", referral.trial_since)]
    if referral.decided_at is None:
        days += [("Opinia do", referral.opinion_due_on), ("Odpowiedź do", referral.answer_due_on)]
    rows += [(label, format_date(day, today=today)) for label, day in days if day is not None]
    return rows


def situation_of(referral: Referral) -> list[tuple[str, str]]:
    """The sender's words under the headings of their form."""
    found = told.scatter(referral.situation)
    rows = [
        ("Co opisuje sytuację", _labels(enums.Group, found[told.GROUPS])),
        ("Sytuacja", found[told.STORY]),
        ("Czego osoba oczekuje", found[told.HOPES]),
    ]
    return [(label, value) for label, value in rows if value] + needs_of(referral)


def needs_of(referral: Referral) -> list[tuple[str, str]]:
    """Of the sender's words those on income, obstacles and care; the unit asks anew before it writes them."""
    found = told.scatter(referral.situation)
    insured = {"yes": "tak", "no": "nie", "unknown": "nie wiadomo"}.get(found[told.INSURED], "")
    rows = [
        ("Świadczenia i dochody", _labels(enums.IncomeKind, found[told.HELP])),
        ("Inna pomoc", found[told.HELP_NOTE]),
        ("Ubezpieczenie zdrowotne", ", ".join(one for one in (insured, found[told.INSURANCE_NOTE]) if one)),
        ("Co może przeszkadzać", _labels(enums.BarrierKind, found[told.BARRIERS])),
        ("Co by pomogło", found[told.BARRIERS_NOTE]),
        ("Opieka nad bliskimi", _labels(enums.BarrierKind, found[told.CARE])),
        ("Kiedy opieka jest potrzebna", found[told.CARE_NOTE]),
    ]
    return [(label, value) for label, value in rows if value]


def _labels(choices: Any, codes: Any) -> str:
    names = dict(choices.choices)
    return "; ".join(str(names[code]) for code in codes if code in names)


# How a thing stands, in a word and its colour.
READY = {
    Ready.MISSING: ("brakuje", "warn"),
    Ready.ASK: ("zapytaj", "info"),
    Ready.LATER: ("później", "plain"),
}


def readiness_of(referral: Referral) -> dict[str, Any]:
    """What is missing, and in one sentence what is there."""
    found = queries.readiness(referral)
    return {
        "missing": [
            (one, kind, said) for one in found if one.ready in READY for said, kind in [READY[one.ready]]
        ],
        "ready": [one.name for one in found if one.ready is Ready.HAVE],
    }


def verdict_of(referral: Referral) -> list[Verdict]:
    """What the rules say of what is known; a gap is named and is no refusal."""
    return [row_of(queries.may_take_part(referral))]
