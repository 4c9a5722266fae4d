"""The pre-check in eight questions: asked, judged and forgotten.

Answers come by POST only, so that they stand in no address, and nothing of them is stored: no row, no
session, no detail of an event.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from participants.forms.portal.check import CheckForm
from participants.perms import portal as perms
from participants.rules.codes import Outcome, UnitType
from participants.rules.eligibility import Verdict, verdict
from participants.rules.questions import QUESTIONS
from reintegration.core import clock
from reintegration.core.components import Verdict as Row
from reintegration.core.views import Page

SHOWN = {
    Outcome.YES: "yes",
    Outcome.NO: "no",
    Outcome.THROUGH_PUP: "through",
    Outcome.CHECK: "check",
    Outcome.CHECK_WITH_PUP: "check_pup",
}


def row_of(found: Verdict) -> Row:
    """One unit's answer: the sentences first, the law last."""
    articles = list(dict.fromkeys(reason.article for reason in found.reasons))
    return Row(
        label=found.unit_type.value,
        answer=SHOWN[found.outcome],
        reason=" ".join(reason.sentence for reason in found.reasons),
        law=", ".join(articles),
    )


class Check(Page):
    """For everybody, without an account."""

    action = perms.PRECHECK
    title = "Czy ta osoba może przyjść do CIS albo KIS?"
    template_name = "participants/portal/check_public.html"
    fragment_name = "participants/portal/check_verdict.html"
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(CheckForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = CheckForm(request.POST)
        form.is_valid()
        return self.show(form)

    def show(self, form: CheckForm) -> HttpResponse:
        found = []
        if form.is_bound and form.answered:
            today = clock.today()
            found = [verdict(form.answers(), unit_type, today) for unit_type in UnitType]
        response = self.answer(
            form=form,
            questions=[(question, form[question.key]) for question in QUESTIONS],
            verdicts=[row_of(one) for one in found],
            left=len(QUESTIONS) - form.answered if form.is_bound and not form.errors else len(QUESTIONS),
            wording=found[0].wording if found else "",
            possible=any(one.outcome is not Outcome.NO for one in found),
        )
        response.headers["Cache-Control"] = "no-store"
        return response


class OwnCheck(Check):
    """The same as the first step of a new referral; the groups may go into the form, by POST."""

    action = perms.OWN_WRITE
    template_name = "participants/portal/check.html"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Skierowania", reverse("participants:own_referral_list")), ("Sprawdzenie", "")]

    def page(self) -> Mapping[str, Any]:
        return {"next_url": reverse("participants:own_referral_new")}
