"""The register of staff and volunteers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from reintegration.administration import perms, queries, services
from reintegration.administration.forms.unit import StaffFilter, StaffForm
from reintegration.administration.views.own import crumbs, history_links
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Empty, Link
from reintegration.core.formats import format_number
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.tenancy.models import StaffMember

TITLE = "Kadra i wolontariusze"


class StaffList(ListPage):
    action = perms.STAFF_LIST
    title = TITLE
    file_name = "kadra"
    filter_form = StaffFilter
    columns = (
        Column(
            "name", "Nazwisko i imię", sort="name_order", cell=lambda row: f"{row.last_name} {row.first_name}"
        ),
        Column("get_kind_display", "Stanowisko", sort="kind"),
        Column("get_basis_display", "Podstawa", sort="basis", phone="hide"),
        Column(
            "fte", "Etat", sort="fte", number=True, phone="main",
            cell=lambda row: format_number(row.fte.normalize() if row.fte else row.fte),
        ),
        Column("since", "Od", sort="since"),
        Column("until", "Do", sort="until", phone="hide"),
    )  # fmt: skip

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, ""))

    def lead(self) -> str:
        return "Sprawozdanie roczne liczy z tego wykazu. Kto odszedł, zostaje z ostatnim dniem."

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.STAFF_ADD):
            return []
        return [Link("Dodaj osobę", reverse("administration:staff_add"), current=True)]

    def queryset(self) -> QuerySet[StaffMember]:
        return queries.staff()

    def shown_rows(self, rows: Sequence[StaffMember]) -> None:
        record.shows(self.request, [row.pk for row in rows])

    @property
    def row_url_name(self) -> str:  # type: ignore[override]
        return "administration:staff_edit" if self.request.may(perms.STAFF_EDIT) else ""

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nie ma jeszcze nikogo w wykazie",
            "Wpisz osoby, które pracują w jednostce, i wolontariuszy.",
            "users",
            "Dodaj osobę" if self.request.may(perms.STAFF_ADD) else "",
            reverse("administration:staff_add"),
        )


class StaffForms(FormPage):
    """A page that may ask whether somebody of the same name is the same person."""

    form_class = StaffForm

    def make_form(self, data: Any = None, files: Any = None, **kwargs: Any) -> StaffForm:
        form = super().make_form(data, files, **kwargs)
        assert isinstance(form, StaffForm)
        record.shows(self.request, [one.pk for one in form.namesakes])
        return form


class StaffAdd(StaffForms):
    action = perms.STAFF_ADD
    title = "Nowa osoba w wykazie"
    submit = "Dodaj osobę"
    back_url = reverse_lazy("administration:staff_list")
    drafts = True

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), (self.title, ""))

    def initial(self) -> Mapping[str, Any]:
        return {"since": clock.today()}

    def save(self, form: StaffForm) -> StaffMember:
        made = services.add_staff_member(values=form.values())
        record.about(self.request, made)
        record.shows(self.request, [made.pk])
        return made

    def success(self, form: Any, result: StaffMember) -> str:
        return f"Dodano: {result}."


def one(pk: Any, *, lock: bool) -> StaffMember:
    rows = StaffMember.objects.filter(pk=pk)
    return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)


class StaffEdit(StaffForms):
    action = perms.STAFF_EDIT
    back_url = reverse_lazy("administration:staff_list")

    def object(self, *, lock: bool) -> StaffMember:
        found = one(self.kwargs["pk"], lock=lock)
        record.shows(self.request, [found.pk])
        return found

    def get_title(self) -> str:
        return str(self.found)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), (str(self.found), ""))

    def actions(self) -> Sequence[Link]:
        remove = Link("Usuń błędny wpis", reverse("administration:staff_remove", args=[self.found.pk]))
        return [*history_links(self.request, self.found), remove]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"member": self.found}

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.found, name) for name in StaffForm.base_fields}

    def save(self, form: StaffForm) -> StaffMember:
        record.about(self.request, self.found)
        return services.change_staff_member(member=self.found, values=form.values())

    def success(self, form: Any, result: StaffMember) -> str:
        return f"Zapisano: {result}."


class StaffRemove(ConfirmPage):
    action = perms.STAFF_REMOVE
    verb = "Usuń wpis"
    danger = True
    back_url = reverse_lazy("administration:staff_list")

    def object(self, *, lock: bool) -> StaffMember:
        return one(self.kwargs["pk"], lock=lock)

    def get_title(self) -> str:
        return f"Usunąć wpis: {self.found}?"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), (str(self.found), ""))

    def text(self) -> str:
        return "Tylko dla wpisu zrobionego przez pomyłkę. Kto odszedł, dostaje ostatni dzień i zostaje."

    def perform(self) -> str:
        record.about(self.request, self.found)
        services.remove_staff_member(member=self.found)
        return str(self.back_url)

    def success(self) -> str:
        return "Usunięto wpis."
