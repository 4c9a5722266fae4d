"""How the things of this room pass from state to state; drawn in `docs/`."""

from enum import StrEnum
from typing import Final

from benefits.enums import (
    BookingState,
    FundAdvanceState,
    FundAgreementState,
    FundApplicationState,
    GrantState,
    JobState,
    LineState,
    ListState,
    PremiumState,
    RefundState,
)
from reintegration.core.transitions import Table, step


class OfGrant(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


GRANTS: Final = Table(
    "Stan wniosku to „{state}”: nie można teraz {verb}.",
    {
        OfGrant.GRANT: step(GrantState.ASKED, to=GrantState.GRANTED, verb="przyznać świadczenia"),
        OfGrant.REFUSE: step(GrantState.ASKED, to=GrantState.REFUSED, verb="odmówić"),
        OfGrant.WITHDRAW: step(GrantState.ASKED, to=GrantState.WITHDRAWN, verb="wycofać"),
    },
    first=GrantState.ASKED,
)


class OfList(StrEnum):
    LOCK = "lock"
    CHECK = "check"
    APPROVE = "approve"
    APPROVE_FIRST = "approve_first"
    APPROVE_SECOND = "approve_second"
    PAY = "pay"
    SETTLE = "settle"
    CLOSE = "close"
    RETURN = "return"
    ABANDON = "abandon"


# Whose turn it is before anybody approved: then a list may still go back or be given up.
UNDER_WAY = (ListState.LOCKED, ListState.CHECKED, ListState.HALF)
# Nobody has handed these over to be signed: what they say may still be written anew.
UNSIGNED = (ListState.OPEN, ListState.ABANDONED)
LISTS: Final = Table(
    "Stan listy to „{state}”: nie można teraz {verb}.",
    {
        OfList.LOCK: step(ListState.OPEN, to=ListState.LOCKED, verb="oddać jej do podpisów"),
        OfList.CHECK: step(ListState.LOCKED, to=ListState.CHECKED, verb="jej sprawdzić"),
        OfList.APPROVE: step(ListState.CHECKED, to=ListState.APPROVED, verb="jej zatwierdzić"),
        OfList.APPROVE_FIRST: step(ListState.CHECKED, to=ListState.HALF, verb="jej zatwierdzić"),
        OfList.APPROVE_SECOND: step(ListState.HALF, to=ListState.APPROVED, verb="jej zatwierdzić"),
        OfList.PAY: step(ListState.APPROVED, to=ListState.PAID, verb="potwierdzić wypłaty"),
        OfList.SETTLE: step(ListState.PAID, to=ListState.SETTLED, verb="jej rozliczyć"),
        OfList.CLOSE: step(ListState.SETTLED, to=ListState.CLOSED, verb="jej zamknąć"),
        OfList.RETURN: step(*UNDER_WAY, to=ListState.OPEN, verb="jej zwrócić"),
        OfList.ABANDON: step(ListState.OPEN, *UNDER_WAY, to=ListState.ABANDONED, verb="jej porzucić"),
    },
    first=ListState.OPEN,
)


class OfPremium(StrEnum):
    CHANGE = "change"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"


# What a locked list pays already is not taken back: the service looks.
PREMIUMS: Final = Table(
    "Stan premii to „{state}”: nie można {verb}.",
    {
        OfPremium.CHANGE: step(PremiumState.PROPOSED, to=PremiumState.PROPOSED, verb="jej zmienić"),
        OfPremium.GRANT: step(PremiumState.PROPOSED, to=PremiumState.GRANTED, verb="jej przyznać"),
        OfPremium.REFUSE: step(PremiumState.PROPOSED, to=PremiumState.REFUSED, verb="odmówić"),
        OfPremium.WITHDRAW: step(PremiumState.PROPOSED, to=PremiumState.WITHDRAWN, verb="jej wycofać"),
        OfPremium.TAKE_BACK: step(PremiumState.GRANTED, to=PremiumState.WITHDRAWN, verb="cofnąć decyzji"),
    },
    first=PremiumState.PROPOSED,
)


class OfLine(StrEnum):
    SEND = "send"
    HAND_OUT = "hand_out"
    BOOK = "book"
    UNBOOK = "unbook"
    RETURN = "return"
    UNRETURN = "unreturn"
    UNRETURN_SENT = "unreturn_sent"
    DROP = "drop"


# What came back and goes out again is another row; this one stays as it is.
LINES: Final = Table(
    "Stan płatności to „{state}”: nie można {verb}.",
    {
        OfLine.SEND: step(LineState.PLANNED, to=LineState.SENT, verb="jej wysłać"),
        OfLine.HAND_OUT: step(LineState.PLANNED, to=LineState.PAID, verb="jej wydać w kasie"),
        OfLine.BOOK: step(LineState.SENT, to=LineState.PAID, verb="jej potwierdzić"),
        OfLine.UNBOOK: step(LineState.PAID, to=LineState.SENT, verb="cofnąć potwierdzenia"),
        OfLine.RETURN: step(LineState.SENT, LineState.PAID, to=LineState.RETURNED, verb="zapisać zwrotu"),
        OfLine.UNRETURN: step(LineState.RETURNED, LineState.DROPPED, to=LineState.PAID, verb="cofnąć zwrotu"),
        OfLine.UNRETURN_SENT: step(
            LineState.RETURNED, LineState.DROPPED, to=LineState.SENT, verb="cofnąć zwrotu"
        ),
        OfLine.DROP: step(LineState.PLANNED, LineState.RETURNED, to=LineState.DROPPED, verb="jej zaniechać"),
    },
    first=LineState.PLANNED,
)


class OfBooking(StrEnum):
    TAKE = "take"
    PUT_ASIDE = "put_aside"
    REOPEN = "reopen"


BOOKINGS: Final = Table(
    "Stan operacji to „{state}”: nie można {verb}.",
    {
        OfBooking.TAKE: step(BookingState.OPEN, to=BookingState.MATCHED, verb="jej dopasować"),
        OfBooking.PUT_ASIDE: step(BookingState.OPEN, to=BookingState.ASIDE, verb="jej odłożyć"),
        OfBooking.REOPEN: step(
            BookingState.MATCHED, BookingState.ASIDE, to=BookingState.OPEN, verb="otworzyć jej od nowa"
        ),
    },
    first=BookingState.OPEN,
)


class OfFundAgreement(StrEnum):
    SIGN = "sign"
    REFUSE = "refuse"
    END = "end"


FUND_AGREEMENTS: Final = Table(
    "Stan umowy to „{state}”: nie można jej {verb}.",
    {
        OfFundAgreement.SIGN: step(
            FundAgreementState.ASKED, to=FundAgreementState.SIGNED, verb="zapisać jako podpisanej"
        ),
        OfFundAgreement.REFUSE: step(
            FundAgreementState.ASKED, to=FundAgreementState.REFUSED, verb="zapisać jako odmowy"
        ),
        OfFundAgreement.END: step(FundAgreementState.SIGNED, to=FundAgreementState.ENDED, verb="zakończyć"),
    },
    first=FundAgreementState.ASKED,
)


class OfFundApplication(StrEnum):
    SEND = "send"
    SETTLE = "settle"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


FUND_APPLICATIONS: Final = Table(
    "Stan wniosku to „{state}”: nie można go {verb}.",
    {
        OfFundApplication.SEND: step(FundApplicationState.DRAFT, to=FundApplicationState.SENT, verb="wysłać"),
        OfFundApplication.SETTLE: step(
            FundApplicationState.SENT, to=FundApplicationState.SETTLED, verb="rozliczyć"
        ),
        OfFundApplication.REOPEN: step(
            FundApplicationState.SETTLED, to=FundApplicationState.SENT, verb="otworzyć na nowo"
        ),
        OfFundApplication.WITHDRAW: step(
            FundApplicationState.DRAFT,
            FundApplicationState.SENT,
            to=FundApplicationState.WITHDRAWN,
            verb="wycofać",
        ),
    },
    first=FundApplicationState.DRAFT,
)


class OfFundAdvance(StrEnum):
    PAY = "pay"
    TAKE_BACK = "take_back"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


FUND_ADVANCES: Final = Table(
    "Stan wniosku o zaliczkę to „{state}”: nie można {verb}.",
    {
        OfFundAdvance.PAY: step(FundAdvanceState.ASKED, to=FundAdvanceState.PAID, verb="zapisać wpłaty"),
        OfFundAdvance.TAKE_BACK: step(FundAdvanceState.PAID, to=FundAdvanceState.ASKED, verb="cofnąć wpłaty"),
        OfFundAdvance.REFUSE: step(
            FundAdvanceState.ASKED, to=FundAdvanceState.REFUSED, verb="zapisać odmowy"
        ),
        OfFundAdvance.WITHDRAW: step(
            FundAdvanceState.ASKED, to=FundAdvanceState.WITHDRAWN, verb="go wycofać"
        ),
    },
    first=FundAdvanceState.ASKED,
)


class OfJob(StrEnum):
    SEND = "send"
    REFER = "refer"
    AGREE = "agree"
    START = "start"
    START_IN_CENTRE = "start_in_centre"
    COMPLETE = "complete"
    BREAK_OFF = "break_off"
    FAIL = "fail"


# A centre has no agreement with the starosta: art. 16 ust. 2 speaks of employers alone.
JOBS: Final = Table(
    "Stan sprawy to „{state}”: nie można teraz {verb}.",
    {
        OfJob.SEND: step(JobState.DRAFTED, to=JobState.SENT, verb="wysłać wniosku"),
        OfJob.REFER: step(JobState.SENT, to=JobState.REFERRED, verb="wpisać skierowania"),
        OfJob.AGREE: step(JobState.REFERRED, to=JobState.AGREED, verb="wpisać umowy"),
        OfJob.START: step(JobState.AGREED, to=JobState.WORKING, verb="zacząć pracy"),
        OfJob.START_IN_CENTRE: step(JobState.REFERRED, to=JobState.WORKING, verb="zacząć pracy w Centrum"),
        OfJob.COMPLETE: step(JobState.WORKING, to=JobState.COMPLETED, verb="jej zakończyć"),
        OfJob.BREAK_OFF: step(JobState.WORKING, to=JobState.BROKEN_OFF, verb="jej przerwać"),
        OfJob.FAIL: step(
            JobState.DRAFTED,
            JobState.SENT,
            JobState.REFERRED,
            JobState.AGREED,
            to=JobState.FAILED,
            verb="zamknąć jej bez skutku",
        ),
    },
    first=JobState.DRAFTED,
)


class OfRefund(StrEnum):
    CHANGE = "change"
    ASK = "ask"
    PAY = "pay"
    TAKE_BACK = "take_back"
    REFUSE = "refuse"
    AGAIN = "again"


REFUNDS: Final = Table(
    "Stan refundacji to „{state}”: nie można {verb}.",
    {
        OfRefund.CHANGE: step(RefundState.PREPARED, to=RefundState.PREPARED, verb="zmienić kwot"),
        OfRefund.ASK: step(RefundState.PREPARED, to=RefundState.ASKED, verb="złożyć wniosku"),
        OfRefund.PAY: step(RefundState.ASKED, to=RefundState.PAID, verb="wpisać zapłaty"),
        OfRefund.TAKE_BACK: step(RefundState.PAID, to=RefundState.ASKED, verb="cofnąć zapłaty"),
        OfRefund.REFUSE: step(RefundState.ASKED, to=RefundState.REFUSED, verb="wpisać odmowy"),
        OfRefund.AGAIN: step(RefundState.REFUSED, to=RefundState.PREPARED, verb="złożyć go jeszcze raz"),
    },
    first=RefundState.PREPARED,
)
