"""Screens of the month's close: which months there are, what keeps one open, closing, opening again."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.urls import path, reverse, reverse_lazy

from ipzs.forms.months import CloseSeveralForm, ReopenForm
from ipzs.mending import places_of
from ipzs.models import AttendanceMonth
from ipzs.perms import months as perms
from ipzs.queries import months as queries
from ipzs.rules.words import in_month
from ipzs.services import months as services
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Link
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_month
from reintegration.core.views import ConfirmPage, FormPage, Page

TITLE = "Zamknięcie obecności"


def url_of(name: str, month: Month) -> str:
    return reverse(f"ipzs:month_{name}", args=[str(month)])


def state_of(one: queries.MonthRow) -> Badge:
    return Badge("zamknięty", "ok", "lock") if one.is_closed else Badge("otwarty", "plain")


class MonthList(Page):
    action = perms.LIST
    title = TITLE
    template_name = "ipzs/months/list.html"
    request: Any

    def lead(self) -> str:
        return "Świadczenia liczy się z zamkniętego miesiąca. Otwarty można jeszcze poprawiać."

    def actions(self) -> Sequence[Link]:
        waiting = [one for one in self.found if one.waits(clock.today())]
        if len(waiting) < 2 or not self.request.may(perms.CLOSE):
            return []
        return [Link("Zamknij kilka miesięcy", reverse("ipzs:month_close_several"))]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.found = queries.months(today=clock.today())
        return self.answer()

    def page(self) -> Mapping[str, Any]:
        return {"months": [(one, state_of(one), url_of("show", one.month)) for one in self.found]}


class OfMonth:
    """What every screen of one month shares."""

    request: Any
    kwargs: dict[str, Any]
    month: Month

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        try:
            self.month = Month.parse(kwargs["month"])
        except ValueError:
            raise Http404 from None

    def crumbs(self) -> Sequence[tuple[str, str]]:
        here = (format_month(self.month).capitalize(), url_of("show", self.month))
        return [(TITLE, reverse("ipzs:month_list")), here, (self.get_title(), "")]  # type: ignore[attr-defined]

    def find_row(self) -> queries.MonthRow:
        found = queries.month_row(self.month)
        if found.row is not None:
            record.about(self.request, found.row)
        return found


class MonthShow(OfMonth, Page):
    action = perms.SHOW
    template_name = "ipzs/months/month.html"

    def get_title(self) -> str:
        return format_month(self.month).capitalize()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("ipzs:month_list")), (self.get_title(), "")]

    def lead(self) -> str:
        if self.standing.is_closed:
            return "Miesiąc jest zamknięty. Nikt nie zmieni w nim żadnego dnia."
        blocked, everybody = len(self.checked.blocked), len(self.checked.people)
        if not everybody:
            return "Nikt nie uczestniczył w zajęciach."
        if not blocked:
            return f"{counted(everybody, 'osoba', 'osoby', 'osób')}. Nic nie zatrzymuje zamknięcia."
        words = counted(blocked, "osoba ma", "osoby mają", "osób ma")
        return f"{words} dni do poprawienia. Wszystkich jest {everybody}."

    def actions(self) -> Sequence[Link]:
        if self.standing.is_closed:
            if self.request.may(perms.REOPEN):
                return [Link("Otwórz ponownie", url_of("reopen", self.month))]
            return []
        ready = self.checked.may_close and self.month.first <= clock.today()
        if ready and self.checked.people and self.request.may(perms.CLOSE):
            return [Link("Zamknij obecność", url_of("close", self.month), current=True)]
        return []

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.standing = self.find_row()
        self.checked = queries.check(self.month, today=clock.today())
        named = [*self.checked.blocked, *self.checked.noted]
        record.shows(request, {one.file.person_id for one in named})
        return self.answer()

    def page(self) -> Mapping[str, Any]:
        return {
            "month": self.month,
            "standing": self.standing,
            "row": self.standing.row,
            "checked": self.checked,
            "blocked": [
                (one, [(found, places_of(one.file, found, self.request)) for found in one.blocking])
                for one in self.checked.blocked
            ],
            "noted": [
                (one, [(found, places_of(one.file, found, self.request)) for found in one.shown])
                for one in self.checked.noted
            ],
            "previous": Link(format_month(self.month.previous), url_of("show", self.month.previous)),
            "next": Link(format_month(self.month.next), url_of("show", self.month.next)),
        }


class MonthClose(OfMonth, ConfirmPage):
    action = perms.CLOSE
    verb = "Zamknij obecność"

    def get_title(self) -> str:
        return f"Zamknąć obecność za {format_month(self.month)}?"

    def text(self) -> str:
        return (
            "Po zamknięciu nikt nie zmieni żadnego dnia tego miesiąca. Świadczenia policzą się z tego, "
            "co jest zapisane. Kierownik może otworzyć miesiąc ponownie, z podaniem powodu."
        )

    def object(self, *, lock: bool) -> queries.MonthRow:
        self.back_url = url_of("show", self.month)
        return self.find_row()

    def perform(self) -> str:
        record.about(self.request, services.close(month=self.month))
        return self.back_url

    def success(self) -> str:
        return f"Zamknięto obecność za {format_month(self.month)}."


class MonthCloseSeveral(FormPage):
    """Months that nothing keeps open, closed at once: all that are ticked, or none."""

    action = perms.CLOSE
    form_class = CloseSeveralForm
    template_name = "ipzs/months/several.html"
    title = "Zamknij kilka miesięcy"
    submit = "Zamknij zaznaczone"
    back_url: Any = reverse_lazy("ipzs:month_list")
    drafts = False
    checked: Sequence[queries.MonthCheck] = ()

    def lead(self) -> str:
        return (
            "Po zamknięciu nikt nie zmieni w nich żadnego dnia. Zamkną się wszystkie zaznaczone albo żaden."
        )

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.title, "")]

    def object(self, *, lock: bool) -> None:
        today = clock.today()
        self.checked = [queries.check(one, today=today) for one in queries.over_and_open(today=today)]

    @property
    def ready(self) -> list[Month]:
        return [one.month for one in self.checked if one.may_close and one.people]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"ready": self.ready}

    def initial(self) -> Mapping[str, Any]:
        return {"months": [str(one) for one in self.ready]}

    def page(self) -> Mapping[str, Any]:
        blocked = [(one, url_of("show", one.month)) for one in self.checked if not one.may_close]
        return {"ready": self.ready, "blocked": blocked}

    def save(self, form: Any) -> list[AttendanceMonth]:
        return services.close_all(months=form.cleaned_data["months"])

    def success(self, form: Any, result: Sequence[AttendanceMonth]) -> str:
        return f"Zamknięto {counted(len(result), 'miesiąc', 'miesiące', 'miesięcy')}."


class MonthReopen(OfMonth, FormPage):
    action = perms.REOPEN
    form_class = ReopenForm
    submit = "Otwórz ponownie"
    drafts = False

    def get_title(self) -> str:
        return f"Ponowne otwarcie: {format_month(self.month)}"

    def lead(self) -> str:
        return f"Będzie można zmienić dni {in_month(self.month)}. Rozliczenia dowiedzą się o tym od razu."

    def object(self, *, lock: bool) -> AttendanceMonth:
        self.back_url = url_of("show", self.month)
        found = self.find_row()
        if found.row is None:
            raise Http404
        return found.row

    def save(self, form: Any) -> AttendanceMonth:
        return services.reopen(month=self.month, reason=form.cleaned_data["reason"])

    def success(self, form: Any, result: AttendanceMonth) -> str:
        return f"Otwarto ponownie {format_month(self.month)}. Po poprawkach zamknij go jeszcze raz."


urlpatterns = [
    path("zamkniecie-miesiaca/", MonthList.as_view(), name="month_list"),
    path("zamkniecie-miesiaca/kilka/", MonthCloseSeveral.as_view(), name="month_close_several"),
    path("zamkniecie-miesiaca/<slug:month>/", MonthShow.as_view(), name="month_show"),
    path("zamkniecie-miesiaca/<slug:month>/zamknij/", MonthClose.as_view(), name="month_close"),
    path("zamkniecie-miesiaca/<slug:month>/otworz/", MonthReopen.as_view(), name="month_reopen"),
]
