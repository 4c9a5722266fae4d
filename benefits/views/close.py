"""The close of a month on one page: every step, whose turn it is, and what blocks it (journey C.3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from benefits import perms
from benefits.queries import close as queries
from benefits.rules.close import State, steps
from benefits.services import lists as lists_services
from benefits.views import lists
from benefits.views.close_words import Words, may_take, primary, term
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_month
from reintegration.core.views import ConfirmPage, Page

TITLE = "Rozliczenie miesiąca"


def url_of(month: Month) -> str:
    return reverse("benefits:close", args=[str(month)])


class Start(Page):
    """The month that is closed today."""

    action = perms.CLOSE_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        return redirect(url_of(queries.usual_month()))


class Show(Page):
    action = perms.CLOSE_SHOW
    template_name = "benefits/close/month.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        try:
            self.month = Month.parse(kwargs["month"])
        except ValueError:
            raise Http404 from None
        self.found = found = queries.close_of(self.month)
        self.steps = steps(found.facts, may_take(request, found))
        record.shows(request, found.person_ids)
        if found.row is not None:
            record.about(request, found.row)
        return self.answer()

    def get_title(self) -> str:
        return format_month(self.month).capitalize()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("benefits:closes")), (self.get_title(), "")]

    def lead(self) -> str:
        if self.month.first > clock.today():
            return "Ten miesiąc jeszcze się nie zaczął."
        done = sum(one.state is State.DONE for one in self.steps)
        if done == len(self.steps):
            return "Wszystko jest zrobione."
        said = f"Zrobione {done} z {counted(len(self.steps), 'kroku', 'kroków', 'kroków')}."
        return said if self.found.is_paid else f"{said} Wypłata najpóźniej {term(self.found)}."

    def actions(self) -> Sequence[Link]:
        return primary(self.steps, self.found, self.request) if self.month.first <= clock.today() else []

    def page(self) -> Mapping[str, Any]:
        return {
            "month": self.month,
            "steps": Words(self.found, self.steps, self.request).shown(),
            "found": self.found.found,
            "begun": self.month.first <= clock.today(),
            "list_url": reverse("benefits:list", args=[str(self.month)]),
            "previous": Link(format_month(self.month.previous), url_of(self.month.previous)),
            "next": Link(format_month(self.month.next), url_of(self.month.next)),
        }


class CloseList(lists.OfRow, ConfirmPage):
    action = perms.LIST_CLOSE
    verb = "Zamknij listę"

    def get_title(self) -> str:
        return f"Zamknąć listę {self.row.number}?"

    def text(self) -> str:
        return "Wszyscy mają pieniądze, a urząd pracy oddał to, co oddaje. Nic nie czeka już na nikogo."

    def perform(self) -> str:
        lists_services.close(list_id=self.row.pk)
        return url_of(self.month)

    def success(self) -> str:
        return "Lista jest zamknięta, a miesiąc rozliczony."


urlpatterns = [
    path("listy-wyplat/<str:month>/zamknij/", CloseList.as_view(), name="list_close"),
    path("rozliczenie-miesiaca/", Start.as_view(), name="closes"),
    path("rozliczenie-miesiaca/<str:month>/", Show.as_view(), name="close"),
]
