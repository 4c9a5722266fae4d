"""Behind Ustawienia: reasons that excuse an absence, and what the unit sets for marking days."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from ipzs.forms import attendance as forms
from ipzs.models import AttendanceSettings, ExcuseReason
from ipzs.perms import attendance as perms
from ipzs.services import attendance as services
from reintegration.audit import record
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage

REASONS = "Powody usprawiedliwienia"


class ExcuseList(ListPage):
    action = perms.EXCUSES
    title = REASONS
    file_name = "powody"
    default_sort = "name"
    row_url_name = "ipzs:excuse_edit"
    columns = (
        Column("name", "Powód", sort="name_order"),
        Column("pay_rule", "Świadczenie", cell=lambda row: row.get_pay_rule_display()),
        Column("paper", "Dokument", phone="hide"),
        Column(
            "active", "Lista", phone="main",
            cell=lambda row: Badge("używany", "ok") if row.active else Badge("odłożony", "plain"),
        ),
    )  # fmt: skip

    def queryset(self) -> QuerySet[ExcuseReason]:
        return ExcuseReason.objects.all()

    def lead(self) -> str:
        return "Nieobecności, które usprawiedliwia regulamin. Ustawa o nich milczy. (art. 4 ust. 2 pkt 12)"

    def actions(self) -> Sequence[Link]:
        return [Link("Dodaj powód", reverse("ipzs:excuse_add"), current=True)]

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Lista jest pusta", "Przepisz powody z regulaminu.", "list", "Dodaj powód",
            reverse("ipzs:excuse_add"),
        )  # fmt: skip


class ExcuseAdd(FormPage):
    action = perms.EXCUSES
    title = "Nowy powód"
    form_class = forms.ExcuseForm
    back_url = reverse_lazy("ipzs:excuse_list")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(REASONS, str(self.back_url)), (self.get_title(), "")]

    def initial(self) -> Mapping[str, Any]:
        return {"pay_rule": "full", "active": True}

    def save(self, form: forms.ExcuseForm) -> ExcuseReason:
        made = services.save_excuse(**form.cleaned_data)
        record.about(self.request, made)
        return made


class ExcuseEdit(ExcuseAdd):
    title = "Zmień powód"

    def object(self, *, lock: bool) -> ExcuseReason:
        rows = ExcuseReason.objects.all()
        self.row: ExcuseReason = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, self.row)
        return self.row

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.row, name) for name in ("name", "pay_rule", "paper", "active")}

    def save(self, form: forms.ExcuseForm) -> ExcuseReason:
        return services.save_excuse(excuse_id=self.row.pk, **form.cleaned_data)


class SettingsPage(FormPage):
    action = perms.SETTINGS
    title = "Obecność"
    form_class = forms.SettingsForm
    back_url = reverse_lazy("administration:settings")

    def lead(self) -> str:
        return "Zwykły dzień, termin wpisu i to, kiedy pulpit przypomina."

    def object(self, *, lock: bool) -> AttendanceSettings:
        rows = AttendanceSettings.objects.all()
        found = (rows.select_for_update(of=("self",)) if lock else rows).first()
        self.own: AttendanceSettings = found or AttendanceSettings()
        return self.own

    def initial(self) -> Mapping[str, Any]:
        names = ("day_hours", "late_days", "meals", "quiet_days", "ending_days", "sick_alert")
        return {name: getattr(self.own, name) for name in names}

    def save(self, form: forms.SettingsForm) -> AttendanceSettings:
        made = services.save_settings(**form.cleaned_data)
        record.about(self.request, made)
        return made
