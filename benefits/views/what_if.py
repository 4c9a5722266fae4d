"""„Co by było, gdyby…”: a month as it is beside the same month as it might be. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.http import Http404
from django.urls import path, reverse

from benefits import perms
from benefits.explain.compare import Pair
from benefits.explain.texts import Total
from benefits.forms import what_if as forms
from benefits.queries import what_if as queries
from benefits.rules.facts import Basis
from benefits.rules.what_if import asked, question_of
from benefits.views.pay import TAB, only_cis
from participants.views.participations.base import crumbs_of
from participants.views.participations.files import OfTab
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_month
from reintegration.core.views import Page

TITLE = "Co by było, gdyby…"
# Their place in the address says that somebody has asked.
ASKED = "unexcused"
FIRST_YEAR = 2004


def _answered(pairs: Sequence[Pair], **more: Any) -> Mapping[str, Any]:
    paid = next((one for one in pairs if one.line.key is Total.TO_PAY), None)
    return {"pairs": pairs, "paid": paid, "refused": "", **more}


def _refused(reason: str) -> Mapping[str, Any]:
    return {"pairs": (), "paid": None, "refused": reason}


def _initial(basis: Basis) -> Mapping[str, Any]:
    return asdict(question_of(basis))


class OfPerson(OfTab):
    """A month of one person."""

    action = perms.WHAT_IF
    template_name = "benefits/what_if/person.html"
    fragment_name = "benefits/what_if/answer.html"
    tab = TAB
    request: Any

    def load(self) -> None:
        only_cis(self.request)
        super().load()
        this = Month.of(clock.today())
        try:
            self.month = Month.parse(self.request.GET.get("miesiac", "") or str(this))
        except ValueError:
            raise Http404 from None
        if not FIRST_YEAR <= self.month.year <= this.plus(12).year:
            raise Http404

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, reverse("benefits:pay", args=[self.file.pk])), (TITLE, ""))

    def page(self) -> Mapping[str, Any]:
        given = self.request.GET
        form, found = None, _refused("")
        try:
            real = queries.real_month(self.file.pk, self.month)
        except InputError as error:
            real, found = queries.Real(None), _refused(error.message)
        if real.basis is not None:
            form = forms.QuestionForm(given if ASKED in given else None, initial=_initial(real.basis))
            found = _of(form, real.basis, real.law)
        return {
            **super().page(),
            **found,
            "form": form,
            "month": self.month,
            "list_number": real.list_number,
            "corrected": real.corrected,
            "was": "Jest",
            "months": [_month_link(self.month.plus(-1)), _month_link(self.month.plus(1))],
        }


def _month_link(month: Month) -> Link:
    return Link(format_month(month), f"?miesiac={month}")


def _of(form: forms.QuestionForm, real: Basis, kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form asks of a person's month; unasked, the month beside itself."""
    if form.is_bound and not form.is_valid():
        return _refused("Popraw zaznaczone pola.")
    question = form.question() if form.is_bound else question_of(real)
    try:
        return _answered(queries.side_by_side(real, real, question, kept))
    except InputError as error:
        return _refused(error.message)


class Sample(Page):
    """A month of nobody: what absences would cost."""

    action = perms.WHAT_IF
    title = TITLE
    template_name = "benefits/what_if/sample.html"
    fragment_name = "benefits/what_if/answer.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        return self.answer()

    def lead(self) -> str:
        return "Przykład bez osoby: miesiąc bez nieobecności obok miesiąca z nimi. Nic się nie zapisuje."

    def page(self) -> Mapping[str, Any]:
        given, month = self.request.GET, Month.of(clock.today())
        try:
            initial = {"month": month, **_initial(queries.sample_month(month))}
        except InputError as error:
            return {"form": None, **_refused(error.message)}
        form = forms.SampleForm(given if ASKED in given else None, initial=initial)
        return {"form": form, "was": "Bez nieobecności", **self._found(form, month)}

    def _found(self, form: forms.SampleForm, month: Month) -> Mapping[str, Any]:
        if form.is_bound and not form.is_valid():
            return _refused("Popraw zaznaczone pola.")
        try:
            basis = queries.sample_month(form.cleaned_data["month"] if form.is_bound else month)
            question = form.question() if form.is_bound else question_of(basis)
            present = replace(question, unexcused=0, sick=0, free=0)
            return _answered(queries.side_by_side(asked(basis, present), basis, question))
        except InputError as error:
            return _refused(error.message)


urlpatterns = [
    path("uczestnicy/<uuid:pk>/swiadczenie/co-by-bylo/", OfPerson.as_view(), name="what_if"),
    path("swiadczenia/co-by-bylo/", Sample.as_view(), name="what_if_sample"),
]
