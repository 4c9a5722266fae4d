"""How the things of this room pass from state to state; drawn in `docs/`."""

from enum import StrEnum
from typing import Any, Final

from reintegration.core.transitions import Step, Table, step
from reporting.enums import (
    AppealState,
    CertificateState,
    CollectiveState,
    EntryState,
    InspectionState,
    LetterState,
    NoticeState,
    OutsideState,
    ProcedureState,
    RecommendationState,
    ReportState,
)


class OfEntry(StrEnum):
    CHANGE = "change"
    PROLONG = "prolong"
    LOSE = "lose"
    DELETE = "delete"
    RESTORE = "restore"


ENTRIES: Final = Table(
    "Stan wpisu to „{state}”: nie można teraz {verb}.",
    {
        OfEntry.CHANGE: step(EntryState.OPEN, to=EntryState.OPEN, verb="zmienić danych"),
        OfEntry.PROLONG: step(EntryState.OPEN, to=EntryState.OPEN, verb="przedłużyć statusu"),
        OfEntry.LOSE: step(EntryState.OPEN, to=EntryState.LOST, verb="zapisać utraty statusu"),
        OfEntry.DELETE: step(EntryState.OPEN, to=EntryState.DELETED, verb="wykreślić z rejestru"),
        OfEntry.RESTORE: step(
            EntryState.LOST, EntryState.DELETED, to=EntryState.OPEN, verb="uchylić końca, którego nie ma"
        ),
    },
    first=EntryState.OPEN,
)


class OfAppeal(StrEnum):
    KEEP = "keep"
    REVERSE = "reverse"
    END = "end"


APPEALS: Final = Table(
    "Stan odwołania to „{state}”: nie można teraz {verb}.",
    {
        OfAppeal.KEEP: step(AppealState.LODGED, to=AppealState.KEPT, verb="utrzymać decyzji"),
        OfAppeal.REVERSE: step(AppealState.LODGED, to=AppealState.REVERSED, verb="uchylić decyzji"),
        OfAppeal.END: step(AppealState.LODGED, to=AppealState.ENDED, verb="umorzyć sprawy"),
    },
    first=AppealState.LODGED,
)


class OfCertificate(StrEnum):
    REPLACE = "replace"
    WITHDRAW = "withdraw"


CERTIFICATES: Final = Table(
    "Stan zaświadczenia to „{state}”: nie można teraz {verb}.",
    {
        OfCertificate.REPLACE: step(
            CertificateState.ISSUED, to=CertificateState.REPLACED, verb="zrobić jego korekty"
        ),
        OfCertificate.WITHDRAW: step(
            CertificateState.ISSUED, to=CertificateState.WITHDRAWN, verb="go wycofać"
        ),
    },
    first=CertificateState.ISSUED,
)


class OfReport(StrEnum):
    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    ACCEPT = "accept"
    CORRECT = "correct"
    DROP = "drop"


REPORTS: Final = Table(
    "Stan sprawozdania to „{state}”: nie można teraz {verb}.",
    {
        OfReport.SUBMIT: step(ReportState.DRAFT, to=ReportState.SUBMITTED, verb="go wysłać"),
        OfReport.RESUBMIT: step(ReportState.RETURNED, to=ReportState.SUBMITTED, verb="wysłać go ponownie"),
        OfReport.WITHDRAW: step(ReportState.SUBMITTED, to=ReportState.DRAFT, verb="go wycofać"),
        OfReport.RETURN: step(ReportState.SUBMITTED, to=ReportState.RETURNED, verb="go zwrócić"),
        OfReport.ACCEPT: step(ReportState.SUBMITTED, to=ReportState.ACCEPTED, verb="go przyjąć"),
        OfReport.CORRECT: step(ReportState.ACCEPTED, to=ReportState.DRAFT, verb="zacząć korekty"),
        OfReport.DROP: step(ReportState.DRAFT, to=ReportState.ACCEPTED, verb="porzucić korekty"),
    },
    first=ReportState.DRAFT,
)


class OfOutside(StrEnum):
    COPY = "copy"
    ACCEPT = "accept"
    REOPEN = "reopen"
    DROP = "drop"


OUTSIDE: Final = Table(
    "Stan sprawozdania to „{state}”: nie można teraz {verb}.",
    {
        OfOutside.COPY: step(OutsideState.RECEIVED, to=OutsideState.RECEIVED, verb="wpisać danych"),
        OfOutside.ACCEPT: step(OutsideState.RECEIVED, to=OutsideState.ACCEPTED, verb="go przyjąć"),
        OfOutside.REOPEN: step(OutsideState.ACCEPTED, to=OutsideState.RECEIVED, verb="go poprawić"),
        OfOutside.DROP: step(
            OutsideState.RECEIVED, OutsideState.ACCEPTED, to=OutsideState.DROPPED, verb="go wycofać"
        ),
    },
    first=OutsideState.RECEIVED,
)


class OfCollective(StrEnum):
    CHANGE = "change"
    SEND = "send"


COLLECTIVES: Final = Table(
    "Stan sprawozdania zbiorczego to „{state}”: nie można teraz {verb}.",
    {
        OfCollective.CHANGE: step(CollectiveState.DRAFT, to=CollectiveState.DRAFT, verb="go zmienić"),
        OfCollective.SEND: step(CollectiveState.DRAFT, to=CollectiveState.SENT, verb="go wysłać"),
    },
    first=CollectiveState.DRAFT,
)


class OfProcedure(StrEnum):
    SEND = "send"
    CALL = "call"
    RECEIVE = "receive"
    COMPLETE = "complete"
    FINISH = "finish"
    REFUSE = "refuse"
    LEAVE = "leave"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    REOPEN = "reopen"


_STATE_OF_CASE: Final = "Stan sprawy to „{state}”: nie można teraz {verb}."


def _asked(states: Any) -> dict[OfProcedure, Step]:
    """The steps that a notice and an application have in common."""
    draft, sent, to_complete = states.DRAFT, states.SENT, states.TO_COMPLETE
    return {
        OfProcedure.SEND: step(draft, to=sent, verb="jej wysłać"),
        OfProcedure.CALL: step(sent, to=to_complete, verb="wezwać do uzupełnienia"),
        OfProcedure.RECEIVE: step(to_complete, to=to_complete, verb="zapisać odbioru wezwania"),
        OfProcedure.COMPLETE: step(to_complete, to=sent, verb="jej uzupełnić"),
        OfProcedure.FINISH: step(sent, to=states.DONE, verb="jej załatwić"),
        OfProcedure.LEAVE: step(to_complete, to=states.LEFT, verb="zostawić jej bez rozpoznania"),
        OfProcedure.WITHDRAW: step(draft, sent, to_complete, to=states.WITHDRAWN, verb="jej wycofać"),
    }


NOTICES: Final = Table(_STATE_OF_CASE, _asked(NoticeState), first=NoticeState.DRAFT)
APPLICATIONS: Final = Table(
    _STATE_OF_CASE,
    {
        **_asked(ProcedureState),
        OfProcedure.REFUSE: step(ProcedureState.SENT, to=ProcedureState.REFUSED, verb="odmówić"),
        OfProcedure.APPEAL: step(
            ProcedureState.REFUSED, to=ProcedureState.REFUSED, verb="zapisać odwołania od odmowy"
        ),
        OfProcedure.UPHOLD: step(
            ProcedureState.REFUSED, to=ProcedureState.REFUSED, verb="zapisać, że odmowa zostaje"
        ),
        OfProcedure.REOPEN: step(ProcedureState.REFUSED, to=ProcedureState.SENT, verb="uchylić odmowy"),
    },
    first=ProcedureState.DRAFT,
)


class OfLetter(StrEnum):
    SEND = "send"
    ANSWER = "answer"
    CLOSE = "close"


LETTERS: Final = Table(
    "Stan pisma to „{state}”: nie można teraz {verb}.",
    {
        OfLetter.SEND: step(LetterState.DRAFT, to=LetterState.SENT, verb="go wysłać"),
        OfLetter.ANSWER: step(LetterState.SENT, to=LetterState.ANSWERED, verb="na nie odpowiedzieć"),
        OfLetter.CLOSE: step(
            LetterState.SENT, LetterState.ANSWERED, to=LetterState.CLOSED, verb="zakończyć sprawy"
        ),
    },
    first=LetterState.DRAFT,
)


class OfInspection(StrEnum):
    OPEN = "open"
    EXTEND = "extend"
    END = "end"
    CANCEL = "cancel"
    HAND = "hand"
    RECEIVE = "receive"
    OBJECT = "object"
    DECIDE = "decide"
    SETTLE = "settle"
    CLOSE = "close"


# Access to files is not a state: it ends by its day, and by an act (`access_ended_at`).
INSPECTIONS: Final = Table(
    "Stan kontroli to „{state}”: nie można teraz {verb}.",
    {
        OfInspection.OPEN: step(InspectionState.DRAFT, to=InspectionState.OPEN, verb="otworzyć dostępu"),
        OfInspection.EXTEND: step(InspectionState.OPEN, to=InspectionState.OPEN, verb="przedłużyć dostępu"),
        OfInspection.END: step(InspectionState.OPEN, to=InspectionState.OPEN, verb="zakończyć dostępu"),
        OfInspection.CANCEL: step(
            InspectionState.DRAFT, InspectionState.OPEN, to=InspectionState.CANCELLED, verb="jej odwołać"
        ),
        OfInspection.HAND: step(
            InspectionState.OPEN, to=InspectionState.PROTOCOL, verb="przekazać protokołu"
        ),
        OfInspection.RECEIVE: step(
            InspectionState.PROTOCOL, to=InspectionState.PROTOCOL, verb="zapisać odbioru protokołu"
        ),
        OfInspection.OBJECT: step(
            InspectionState.PROTOCOL, to=InspectionState.OBJECTIONS, verb="zgłosić zastrzeżeń"
        ),
        OfInspection.DECIDE: step(
            InspectionState.OBJECTIONS, to=InspectionState.PROTOCOL, verb="rozpatrzyć zastrzeżeń"
        ),
        OfInspection.SETTLE: step(InspectionState.PROTOCOL, to=InspectionState.SETTLED, verb="wydać zaleceń"),
        OfInspection.CLOSE: step(InspectionState.SETTLED, to=InspectionState.CLOSED, verb="jej zakończyć"),
    },
    first=InspectionState.DRAFT,
)


class OfRecommendation(StrEnum):
    ANSWER = "answer"
    DONE = "done"
    AGAIN = "again"
    NOT_DONE = "not_done"


RECOMMENDATIONS: Final = Table(
    "Stan zalecenia to „{state}”: nie można teraz {verb}.",
    {
        OfRecommendation.ANSWER: step(
            RecommendationState.GIVEN, to=RecommendationState.ANSWERED, verb="na nie odpowiedzieć"
        ),
        OfRecommendation.DONE: step(
            RecommendationState.GIVEN, RecommendationState.ANSWERED, to=RecommendationState.DONE,
            verb="uznać go za wykonane",
        ),
        OfRecommendation.AGAIN: step(
            RecommendationState.GIVEN, RecommendationState.ANSWERED, to=RecommendationState.GIVEN,
            verb="dać nowego terminu",
        ),
        OfRecommendation.NOT_DONE: step(
            RecommendationState.GIVEN, RecommendationState.ANSWERED, to=RecommendationState.NOT_DONE,
            verb="uznać go za niewykonane",
        ),
    },
    first=RecommendationState.GIVEN,
)  # fmt: skip
