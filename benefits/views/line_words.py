"""How the payments of a list are said on its page and on their own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.enums import LineState, PayMethod
from benefits.models import PaidLine
from benefits.queries import answers as queries
from reintegration.core.components import Badge, Link
from reintegration.core.dates import Month

KINDS = {
    LineState.PLANNED: "warn",
    LineState.SENT: "info",
    LineState.PAID: "ok",
    LineState.RETURNED: "bad",
    LineState.DROPPED: "plain",
}


def badge_of(line: PaidLine, *, again: bool = False) -> Badge:
    """`again`: whether the payment went out once more, so that nothing is left to be done about this one."""
    if again:
        return Badge(f"{queries.in_words(line)}, poszła jeszcze raz")
    return Badge(queries.in_words(line), KINDS[LineState(line.state)])


def badges_of(lines: Sequence[PaidLine]) -> list[tuple[PaidLine, Badge]]:
    """Every sending with how it stands."""
    last = {one.pk for one in queries.latest(lines)}
    return [(one, badge_of(one, again=one.pk not in last)) for one in lines]


def summed(lines: Sequence[PaidLine]) -> str:
    """How payments stand, in a sentence: `zaksięgowana: 48, wróciła: 1`."""
    found = Counter(queries.in_words(one) for one in lines)
    return ", ".join(f"{said}: {count}" for said, count in found.most_common())


def answer_of(waiting: Sequence[PaidLine], month: Month, request: Any) -> list[Link]:
    """What brings on the payments that were sent: the bank's word, then the post's."""
    sent = {one.method for one in waiting if one.state == LineState.SENT}
    if PayMethod.TRANSFER in sent and request.may(perms.ANSWER_TAKE_IN):
        return [Link("Wczytaj wyciąg", reverse("benefits:answers_take_in"), current=True)]
    if sent == {PayMethod.POST} and request.may(perms.LINE_DECIDE):
        url = reverse("benefits:post_confirm", args=[str(month)])
        return [Link("Potwierdź przekazy", url, current=True)]
    return []


def standing(lines: Sequence[PaidLine], month: Month, request: Any) -> Mapping[str, Any] | None:
    """What the page of a list says of its payments; a list that is not paid has none."""
    if not lines:
        return None
    last = queries.latest(lines)
    waiting = any(one.state == LineState.SENT and one.method == PayMethod.TRANSFER for one in last)
    decides = waiting and request.may(perms.LINE_DECIDE)
    return {
        "summed": summed(last),
        # Of those that the bank has not booked yet nothing is to be done one by one.
        "open": [
            (one, badge_of(one)) for one in last if one.state in queries.OPEN and one.state != LineState.SENT
        ],
        "url": reverse("benefits:payments", args=[str(month)]),
        "confirm_url": reverse("benefits:payments_confirm", args=[str(month)]) if decides else "",
    }
