"""Sick leaves and free days: forms on a file, lists of the unit, the manager's consent."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ipzs.enums import FreeDayState
from ipzs.forms import attendance as forms
from ipzs.models import FreeDayRequest, SickLeave
from ipzs.perms import attendance as perms
from ipzs.queries import attendance as queries
from ipzs.queries import balances
from ipzs.services import attendance as services
from ipzs.services.warnings import look_again
from ipzs.views.attendance import base
from ipzs.views.scans import ScanPage
from participants.models import Participation
from participants.views.participations.base import FileForm, file_of
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.addresses import address
from reintegration.core.components import Badge, Empty
from reintegration.core.formats import counted, format_table_span
from reintegration.core.lists import Column
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.tenancy.prepared import PreparedList

SICK = "Zwolnienia lekarskie"
FREE = "Wnioski o dni wolne"
BADGES = {
    FreeDayState.ASKED.value: Badge("czeka na zgodę", "warn"),
    FreeDayState.GRANTED.value: Badge("zgoda", "ok"),
    FreeDayState.REFUSED.value: Badge("odmowa", "plain"),
    FreeDayState.WITHDRAWN.value: Badge("wycofany", "plain"),
}


class OnFile(FileForm):
    """A form about one file that leads back to its days, or to the list of the day that it was asked on."""

    def object(self, *, lock: bool) -> Participation:
        found = super().object(lock=lock)
        place, day = base.uuid_of(self.request.GET.get("pracownia", "")), base.given_day(self.request)
        listed = place is not None and day is not None
        self.back_url = base.day_url(place, day) if listed else base.person_url(self.file)
        return found


class SickAdd(OnFile):
    action = perms.SICK_ADD
    request: Any
    title = "Zwolnienie lekarskie"
    form_class = forms.SickForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"opens": self.request.may(perms.SICK_SCAN)}

    def lead(self) -> str:
        return f"{self.file.person}. Nieobecności w tych dniach staną się chorobą. (art. 15 ust. 7a)"

    def initial(self) -> Mapping[str, Any]:
        return {"since": base.given_day(self.request)}

    def save(self, form: forms.SickForm) -> SickLeave:
        made = services.add_sick_leave(participation_id=self.file.pk, **form.cleaned_data)
        look_again([self.file.person_id], news=True)
        return made


class OfRow:
    """What pages about one leave or one request share: the row, its file, the way back."""

    request: Any
    kwargs: dict[str, Any]
    rows: QuerySet[Any]
    back_url = ""
    title = ""

    def object(self, *, lock: bool) -> Any:
        found = self.queryset().select_related("participation__person")
        self.row = get_object_or_404(
            found.select_for_update(of=("self",)) if lock else found, pk=self.kwargs["pk"]
        )
        self.file = file_of(self.request, self.row.participation_id)
        record.about(self.request, self.row)
        self.back_url = base.person_url(self.file)
        return self.row

    def queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    @property
    def span(self) -> str:
        return format_table_span(self.row.since, self.row.until)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (base.TITLE, address("ipzs:attendance_today")),
            (str(self.file.person), self.back_url),
            (self.title, ""),
        ]


class OfLeave(OfRow):
    def queryset(self) -> QuerySet[Any]:
        return SickLeave.objects.all()


class OfRequest(OfRow):
    def queryset(self) -> QuerySet[Any]:
        return FreeDayRequest.objects.all()


class SickChange(OfLeave, FormPage):
    action = perms.SICK_ADD
    title = "Zmień zwolnienie"
    form_class = forms.SickChangeForm

    def lead(self) -> str:
        return f"{self.file.person}, {self.span}."

    def initial(self) -> Mapping[str, Any]:
        return {"since": self.row.since, "until": self.row.until, "note": self.row.note}

    def save(self, form: forms.SickChangeForm) -> SickLeave:
        made = services.change(leave_id=self.row.pk, **form.cleaned_data)
        look_again([self.file.person_id], news=True)
        return made


class SickConfirm(OfLeave, FormPage):
    action = perms.SICK_ADD
    title = "Zaświadczenie od lekarza"
    form_class = forms.SickConfirmForm
    request: Any

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"opens": self.request.may(perms.SICK_SCAN)}

    def lead(self) -> str:
        return f"{self.file.person}, zwolnienie {self.span}."

    def initial(self) -> Mapping[str, Any]:
        return {"confirmed_on": self.row.confirmed_on or clock.today()}

    def save(self, form: forms.SickConfirmForm) -> SickLeave:
        return services.confirm(leave_id=self.row.pk, **form.cleaned_data)


class SickRemove(OfLeave, ConfirmPage):
    action = perms.SICK_REMOVE
    title = "Usunąć zwolnienie?"
    verb = "Usuń zwolnienie"
    danger = True

    def text(self) -> str:
        scan = " Skan też zniknie." if self.row.scan else ""
        marks = "Wpisy choroby zostaną bez zwolnienia i trzeba je poprawić."
        return f"{self.file.person}, {self.span}. {marks}{scan}"

    def perform(self) -> str:
        services.remove(leave_id=self.row.pk)
        look_again([self.file.person_id])
        return self.back_url

    def success(self) -> str:
        return "Usunięto zwolnienie."


class SickScan(ScanPage):
    action = perms.SICK_SCAN
    model = SickLeave


class FreeAsk(OnFile):
    action = perms.FREE_ASK
    title = "Wniosek o dni wolne"
    form_class = forms.FreeForm

    def lead(self) -> str:
        request: Any = self.request
        if not base.pays(request):
            return "Dni wolne z ustawy mają uczestnicy CIS. (art. 15 ust. 6a)"
        found = balances.of([self.file.pk], clock.today())[self.file.pk].free
        if not found.applies:
            return f"{self.file.person}. W okresie próbnym nie ma dni wolnych. (art. 15 ust. 6a)"
        return f"{self.file.person}. Zostało {found.left} z {found.limit}. (art. 15 ust. 6a)"

    def initial(self) -> Mapping[str, Any]:
        day = base.given_day(self.request)
        return {"since": day, "until": day, "asked_on": clock.today()}

    def save(self, form: forms.FreeForm) -> FreeDayRequest:
        return services.ask(participation_id=self.file.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Wniosek czeka na zgodę kierownika."


class FreeGrant(OfRequest, ConfirmPage):
    action = perms.FREE_DECIDE
    title = "Zgoda na dni wolne?"
    verb = "Wyrażam zgodę"

    def text(self) -> str:
        found = balances.of([self.file.pk], self.row.since)[self.file.pk].free
        return f"{self.file.person}, {self.span}. Przed zgodą zostało {found.left} z {found.limit}."

    def perform(self) -> str:
        services.grant(request_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Zapisano zgodę. Te dni są już w obecności."


class FreeRefuse(OfRequest, FormPage):
    action = perms.FREE_DECIDE
    title = "Odmowa dni wolnych"
    form_class = forms.RefuseForm
    submit = "Odmów"

    def lead(self) -> str:
        return f"{self.file.person}, {self.span}."

    def save(self, form: forms.RefuseForm) -> FreeDayRequest:
        return services.refuse(request_id=self.row.pk, **form.cleaned_data)


class FreeWithdraw(OfRequest, ConfirmPage):
    action = perms.FREE_ASK
    title = "Wycofać wniosek?"
    verb = "Wycofaj wniosek"

    def text(self) -> str:
        return f"{self.file.person}, {self.span}. Osoba rezygnuje z tych dni."

    def perform(self) -> str:
        services.withdraw(request_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Wycofano wniosek."


class OfPersons(PreparedList):
    """A list with one person in each row."""

    row_url_name = "ipzs:attendance_person"

    def depends_on(self) -> tuple[Hashable, ...]:
        return ()

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.person_id for row in rows])

    def row_key(self, row: Any) -> Any:
        return row.participation_id


def _days(row: Any) -> str:
    return counted((row.until - row.since).days + 1, "dzień", "dni", "dni")


class SickList(OfPersons):
    action = perms.SICK_LIST
    title = SICK
    file_name = "zwolnienia"
    filter_form = forms.SickFilter
    default_sort = "-since"
    columns = (
        Column("person", "Osoba", sort="person__name_order"),
        Column("since", "Od", sort="since", phone="main"),
        Column("until", "Do", sort="until"),
        Column("days", "Ile dni", cell=_days, phone="hide"),
        Column(
            "confirmed_on", "Zaświadczenie", sort="confirmed_on",
            cell=lambda row: row.confirmed_on or Badge("brakuje", "warn"),
        ),
    )  # fmt: skip

    def queryset(self) -> QuerySet[SickLeave]:
        return queries.sick_leaves()

    def lead(self) -> str:
        return "Zwolnienie dodaje się na karcie osoby. Miesiąc czeka na zaświadczenie lekarza."

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nikt nie chorował", "Zwolnienie dodaje się na karcie osoby, w zakładce Obecność.")


class FreeList(OfPersons):
    action = perms.FREE_LIST
    title = FREE
    file_name = "dni-wolne"
    filter_form = forms.FreeFilter
    default_sort = "-since"
    columns = (
        Column("person", "Osoba", sort="person__name_order"),
        Column("since", "Od", sort="since"),
        Column("until", "Do", sort="until"),
        Column("asked_on", "Wniosek z dnia", sort="asked_on", phone="hide"),
        Column("state", "Stan", sort="state", cell=lambda row: BADGES[row.state], phone="main"),
    )

    def queryset(self) -> QuerySet[FreeDayRequest]:
        return queries.free_requests()

    def lead(self) -> str:
        return "Kierownik zgadza się albo odmawia na karcie osoby. (art. 15 ust. 6b)"

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nikt jeszcze nie prosił", "Wniosek dodaje się na karcie osoby, w zakładce Obecność.")
