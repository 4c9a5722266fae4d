"""How referrals and agreements pass from state to state, and who may make it: the tables, and the one way.

`docs/referrals.md` and `docs/participants.md` are drawn from them.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection

from participants.enums import AgreementState, ReferralState, RequestState
from participants.models import Referral, ReferralEntry
from participants.models.referral import CLOSED
from reintegration.core import clock, transitions
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reintegration.tenancy.scope import current_scope

S = ReferralState


class Side(StrEnum):
    """Who makes a step: the unit, or whoever refers."""

    UNIT = "unit"
    SENDER = "sender"


class Transition(StrEnum):
    SEND = "send"
    RECEIVE = "receive"
    STUDY = "study"
    INVITE = "invite"
    WAIT = "wait"
    OFFER = "offer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RETURN = "return"
    WITHDRAW = "withdraw"
    OBSOLETE = "obsolete"
    HAND_OVER = "hand_over"
    REOPEN = "reopen"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Step(transitions.Step):
    """A step has a side that makes it, and a word for when it is made."""

    side: Side
    done: str


_IN_WORK = frozenset({S.RECEIVED, S.IN_STUDY, S.WAITING, S.TRIAL_OFFERED})

TABLE: Final = transitions.Table(
    "Stan skierowania to „{state}”: nie można teraz {verb}.",
    {
        Transition.SEND: Step(frozenset({S.DRAFT}), S.SENT, "wysłać", Side.SENDER, "wysłano"),
        Transition.RECEIVE: Step(frozenset({S.SENT}), S.RECEIVED, "odebrać", Side.UNIT, "odebrano"),
        Transition.STUDY: Step(
            frozenset({S.RECEIVED, S.WAITING}), S.IN_STUDY, "rozpatrywać", Side.UNIT, "wzięto do rozpatrzenia"
        ),
        # Again while it is studied: the interview gets another day.
        Transition.INVITE: Step(
            frozenset({S.RECEIVED, S.IN_STUDY, S.WAITING}),
            S.IN_STUDY,
            "zaprosić na rozmowę",
            Side.UNIT,
            "zaproszono na rozmowę",
        ),
        Transition.WAIT: Step(
            frozenset({S.RECEIVED, S.IN_STUDY, S.TRIAL_OFFERED}),
            S.WAITING,
            "wpisać na listę oczekujących",
            Side.UNIT,
            "wpisano na listę oczekujących",
        ),
        Transition.OFFER: Step(
            frozenset({S.IN_STUDY, S.WAITING, S.TRIAL_OFFERED}),
            S.TRIAL_OFFERED,
            "zaprosić na okres próbny",
            Side.UNIT,
            "zaproszono na okres próbny",
        ),
        Transition.ACCEPT: Step(
            frozenset({S.IN_STUDY, S.WAITING, S.TRIAL_OFFERED}), S.ACCEPTED, "przyjąć", Side.UNIT, "przyjęto"
        ),
        Transition.REFUSE: Step(_IN_WORK, S.REFUSED, "odmówić przyjęcia", Side.UNIT, "odmówiono przyjęcia"),
        Transition.RETURN: Step(
            frozenset({S.SENT, S.RECEIVED, S.IN_STUDY}),
            S.DRAFT,
            "zwrócić do uzupełnienia",
            Side.UNIT,
            "zwrócono do uzupełnienia",
        ),
        Transition.WITHDRAW: Step(
            _IN_WORK | {S.DRAFT, S.SENT}, S.WITHDRAWN, "wycofać", Side.SENDER, "wycofano"
        ),
        Transition.OBSOLETE: Step(
            _IN_WORK | {S.SENT},
            S.OBSOLETE,
            "zamknąć jako nieaktualne",
            Side.UNIT,
            "zamknięto jako nieaktualne",
        ),
        Transition.HAND_OVER: Step(
            frozenset({S.RECEIVED, S.IN_STUDY, S.WAITING}),
            S.OBSOLETE,
            "przekazać innej jednostce",
            Side.UNIT,
            "przekazano innej jednostce",
        ),
        Transition.REOPEN: Step(
            frozenset({S.REFUSED, S.OBSOLETE}), S.RECEIVED, "otworzyć ponownie", Side.UNIT, "otwarto ponownie"
        ),
        # The sender looks at what they withdrew before it goes out again.
        Transition.RESUME: Step(frozenset({S.WITHDRAWN}), S.DRAFT, "wznowić", Side.SENDER, "wznowiono"),
    },
    first=S.DRAFT,
)

A = AgreementState


class OfAgreement(StrEnum):
    AGREE = "agree"
    REMARK = "remark"
    REPLACE = "replace"


# The head of the welfare centre answers once (art. 12 ust. 4); after remarks another version is asked about.
AGREEMENTS: Final = transitions.Table(
    "Nie można już {verb}. Jej stan to „{state}”.",
    {
        OfAgreement.AGREE: transitions.step(A.ASKED, to=A.AGREED, verb="uzgodnić tej wersji"),
        OfAgreement.REMARK: transitions.step(A.ASKED, to=A.REMARKS, verb="zgłosić uwag do tej wersji"),
        OfAgreement.REPLACE: transitions.step(A.ASKED, to=A.REPLACED, verb="zastąpić tej wersji"),
    },
    first=A.ASKED,
)

R = RequestState


class OfRequest(StrEnum):
    PROMISE = "promise"
    DECLINE = "decline"
    DELIVER = "deliver"
    FAIL = "fail"
    WITHDRAW = "withdraw"
    RETRACT_ANSWER = "retract_answer"
    RETRACT_RESULT = "retract_result"


# Help that comes at once was promised for its own day. What was written by mistake is taken back one step.
REQUESTS: Final = transitions.Table(
    "Nie można {verb}. Stan tej prośby to „{state}”.",
    {
        OfRequest.PROMISE: transitions.step(R.ASKED, R.PROMISED, to=R.PROMISED, verb="zapisać obietnicy"),
        OfRequest.DECLINE: transitions.step(R.ASKED, to=R.DECLINED, verb="zapisać odmowy"),
        OfRequest.DELIVER: transitions.step(
            R.ASKED, R.PROMISED, to=R.DELIVERED, verb="zapisać, że pomoc przyszła"
        ),
        OfRequest.FAIL: transitions.step(
            R.PROMISED, to=R.NOT_DELIVERED, verb="zapisać, że pomoc nie przyszła"
        ),
        OfRequest.WITHDRAW: transitions.step(R.ASKED, R.PROMISED, to=R.WITHDRAWN, verb="odwołać prośby"),
        OfRequest.RETRACT_ANSWER: transitions.step(
            R.PROMISED, R.DECLINED, R.WITHDRAWN, to=R.ASKED, verb="cofnąć odpowiedzi"
        ),
        OfRequest.RETRACT_RESULT: transitions.step(
            R.DELIVERED, R.NOT_DELIVERED, to=R.PROMISED, verb="cofnąć wyniku"
        ),
    },
    first=R.ASKED,
)

# What else is written in a referral without changing its state.
ENTERED, MESSAGE, OPINION, FILE, COPIED = "enter", "message", "opinion", "file", "copy"
# What became of whom the unit accepted.
STARTED, LEFT, STAYS = "start", "leave", "stay"


class WrongSide(InputError):
    """The step is the other organisation's."""


def possible(referral: Referral, side: Side) -> list[Transition]:
    """What this side may do with the referral as it stands."""
    sides = sides_of(referral, side)
    return [name for name, step in TABLE.items() if TABLE.may(referral, name) and step.side in sides]


def sides_of(referral: Referral, side: Side) -> frozenset[Side]:
    """Without an account on the other end the unit writes down what the other end does, too."""
    return frozenset(Side) if referral.sender_id is None else frozenset({side})


def own_side(referral: Referral) -> Side:
    """On which side of a referral the current organisation stands."""
    return Side.UNIT if referral.unit_id == current_scope().organisation_id else Side.SENDER


def locked(referral_id: UUID) -> Referral:
    """The referral, held until the transaction ends, so that two people decide one after the other."""
    found: Referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)
    return found


def apply(
    *,
    referral_id: UUID,
    transition: Transition,
    reason: str = "",
    text: str = "",
    by_name: str = "",
    side: Side | None = None,
    **changes: Any,
) -> tuple[Referral, ReferralEntry]:
    """Lock, check, write the step and its entry; inside the caller's transaction.

    `side` and `by_name` are for whoever acts by a signed link in the unit's scope.
    """
    referral = locked(referral_id)
    acting = side or own_side(referral)
    step = TABLE[transition]
    if step.side not in sides_of(referral, acting):
        owner = "podmiotu kierującego" if acting is Side.UNIT else "jednostki"
        raise WrongSide(f"Ten krok należy do {owner}.")
    TABLE.refuse_state(referral, transition)
    before = ReferralState(referral.state)
    entry = append(
        referral,
        step=transition.value,
        from_state=before,
        to_state=step.to,
        reason=reason,
        text=text,
        by_name=by_name,
        by_unit=acting is Side.UNIT,
    )
    values = {**_consequences(before, step.to, reason=reason, text=text), **changes}
    for name, value in values.items():
        setattr(referral, name, value)
    referral.state = step.to
    with _giving_back(referral) if transition is Transition.RETURN else nullcontext():
        referral.save(update_fields=["state", *values])
    return referral, entry


def append(
    referral: Referral,
    *,
    step: str,
    by_unit: bool,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    text: str = "",
    by_name: str = "",
) -> ReferralEntry:
    """Add an entry; nothing is ever changed in those that stand."""
    scope = current_scope()
    entry: ReferralEntry = ReferralEntry.objects.create(
        unit_id=referral.unit_id,
        sender_id=referral.sender_id,
        referral=referral,
        at=clock.now(),
        by_id=scope.user_id,
        by_name=by_name or name_of(scope.user_id),
        by_unit=by_unit,
        transition=step,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        text=clean(text, lines=True),
    )
    return entry


def name_of(user_id: UUID | None) -> str:
    """Who acts, as the entry keeps it; without an account it is the program itself."""
    if user_id is None:
        return "system"
    user = get_user_model().objects.get(pk=user_id)
    return f"{user.first_name} {user.last_name}".strip() or user.email


def _consequences(before: ReferralState, to: ReferralState, *, reason: str, text: str) -> dict[str, Any]:
    """What a state means for the columns of the referral: decided or not, sent or not, waiting or not."""
    values: dict[str, Any] = {}
    if to in CLOSED:
        values |= {"decided_at": clock.now(), "reason": reason, "message": clean(text, lines=True)}
    elif before in CLOSED:
        values |= {"decided_at": None, "reason": "", "message": ""}
    if to is S.DRAFT:
        values |= {"sent_at": None, "received_at": None, "opinion_due_on": None, "answer_due_on": None}
        values |= {"interview_at": None, "interview_place": "", "trial_since": None}
    if to is S.WAITING:
        values["waiting_since"] = clock.today()
    elif to in {S.DRAFT, S.RECEIVED}:
        values["waiting_since"] = None
    if to is S.RECEIVED and before in CLOSED:
        values["trial_since"] = None
    return values


@contextmanager
def _giving_back(referral: Referral) -> Iterator[None]:
    """The one row that the unit may still see as a draft while it writes it (policy `returning`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.returning', %s, true)", [str(referral.pk)])
        yield
        cursor.execute("SELECT set_config('app.returning', '', true)")
