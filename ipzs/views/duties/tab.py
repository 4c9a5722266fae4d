"""The tab „Obowiązki” of a file, and what is written there."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from ipzs import duties_cards
from ipzs.enums import DutyEffect, DutyKind
from ipzs.forms import duties as forms
from ipzs.models import DutyRecord, IssuedItem
from ipzs.perms import duties as perms
from ipzs.queries import duties as queries
from ipzs.services import duties as services
from ipzs.views.duties.base import ADDRESS_OF, TAB, OfCase, OfRow, kind_of, leads
from ipzs.views.scans import ScanPage
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.formats import counted, format_date
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download


class Show(OfTab):
    action = perms.DUTY_SHOW
    template_name = "ipzs/duties/tab.html"
    tab = TAB
    request: Any

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        lines = queries.lines_of(self.file, today=today)
        lacking = [one for one in lines if one.standing is not None and one.standing.is_missing]
        may_read = self.request.may(perms.ACCIDENT_LIST)
        items = IssuedItem.objects.filter(participation=self.file).select_related("issued_by")
        return {
            **super().page(),
            "lines": [(one, ADDRESS_OF[one.kind]) for one in lines],
            "blocking": [one for one in lacking if one.blocks],
            "has_records": any(one.records for one in lines),
            "open": self.file.ended_on is None,
            "waiting": not self.shown.periods,
            "leads": leads(self.request),
            "items": list(items.order_by("returned_on", "-issued_on", "name", "pk")),
            "accidents": [
                (one, queries.ACCIDENT_BADGES[one.state])
                for one in (queries.accidents().filter(participation=self.file) if may_read else [])
            ],
            "reads_accidents": may_read,
            "rules": reverse("ipzs:duty_rule_edit") if self.request.may(perms.RULES) else "",
            "today": today,
        }


class Record(OfCase, FormPage):
    action = perms.DUTY_RECORD
    form_class = forms.DutyForm
    request: Any

    def object(self, *, lock: bool) -> None:
        self.kind = kind_of(self.kwargs["kind"])
        self.rule = services.rules()[self.kind]
        if self.rule.effect == DutyEffect.OFF:
            raise Http404
        self.find_file()

    def get_title(self) -> str:
        label = str(self.kind.label)
        return label[:1].upper() + label[1:]

    def lead(self) -> str:
        return f"{self.file.person}, sprawa {self.file.number}."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"rule": self.rule, "leads": leads(self.request)}

    def initial(self) -> Mapping[str, Any]:
        return {"done_on": clock.today()}

    def save(self, form: Any) -> DutyRecord:
        typed = form.cleaned_data
        made = services.record_duty(
            participation_id=self.file.pk,
            data=services.DutyData(
                self.kind.value,
                typed["done_on"],
                typed["valid_until"],
                typed["done_by"],
                typed.get("note", ""),
            ),
            scan=typed.get("scan"),
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: DutyRecord) -> str:
        until = (
            f" Ważne do {format_date(result.valid_until, today=clock.today())}." if result.valid_until else ""
        )
        return f"Zapisano: {self.kind.label}.{until}"


class Change(OfRow, FormPage):
    action = perms.DUTY_CHANGE
    form_class = forms.DutyForm
    rows = DutyRecord
    request: Any

    def get_title(self) -> str:
        return f"Popraw: {self.found.get_kind_display()}"

    def form_kwargs(self) -> Mapping[str, Any]:
        rule = services.rules()[DutyKind(self.found.kind)]
        return {"rule": rule, "leads": leads(self.request), "again": True}

    def initial(self) -> Mapping[str, Any]:
        names = ("done_on", "valid_until", "done_by", "note")
        return {name: getattr(self.found, name) for name in names}

    def save(self, form: Any) -> DutyRecord:
        typed = form.cleaned_data
        return services.change_duty(
            record_id=self.found.pk,
            done_on=typed["done_on"],
            valid_until=typed["valid_until"],
            done_by=typed["done_by"],
            note=typed.get("note"),
            scan=typed.get("scan"),
        )


class Remove(OfRow, ConfirmPage):
    action = perms.DUTY_REMOVE
    rows = DutyRecord
    verb = "Usuń wpis"
    danger = True

    def get_title(self) -> str:
        return "Usunąć wpis?"

    def text(self) -> str:
        day = format_date(self.found.done_on, today=clock.today())
        return f"{self.file.person}: {self.found.get_kind_display()}, {day}. Skan też zniknie."

    def perform(self) -> str:
        services.remove_duty(record_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Usunięto wpis."


class Scan(ScanPage):
    action = perms.DUTY_SCAN
    model = DutyRecord


class Issue(OfCase, FormPage):
    action = perms.ITEM_ISSUE
    title = "Wydaj odzież i ochronę"
    form_class = forms.IssueForm
    submit = "Zapisz wydanie"
    request: Any

    def object(self, *, lock: bool) -> None:
        self.find_file()

    def lead(self) -> str:
        return f"{self.file.person}. Do kiedy używać zwykłych rzeczy, program policzy sam."

    def initial(self) -> Mapping[str, Any]:
        return {"issued_on": clock.today()}

    def save(self, form: Any) -> tuple[IssuedItem, ...]:
        return services.issue_items(
            participation_id=self.file.pk, issued_on=form.cleaned_data["issued_on"], items=form.things()
        )

    def success(self, form: Any, result: tuple[IssuedItem, ...]) -> str:
        return f"Wydano {counted(len(result), 'rzecz', 'rzeczy', 'rzeczy')}."


class Return(OfRow, FormPage):
    action = perms.ITEM_RETURN
    title = "Zwrot"
    form_class = forms.ReturnForm
    rows = IssuedItem
    drafts = False

    def lead(self) -> str:
        return f"{self.file.person}: {self.found.name}."

    def initial(self) -> Mapping[str, Any]:
        return {"returned_on": self.found.returned_on or clock.today()}

    def version(self) -> str:
        return ""

    def save(self, form: Any) -> IssuedItem:
        return services.return_item(item_id=self.found.pk, **form.cleaned_data)


class RemoveItem(OfRow, ConfirmPage):
    action = perms.ITEM_REMOVE
    rows = IssuedItem
    verb = "Usuń z karty"
    danger = True

    def get_title(self) -> str:
        return "Usunąć z karty?"

    def text(self) -> str:
        day = format_date(self.found.issued_on, today=clock.today())
        return f"{self.file.person}: {self.found.name}, wydano {day}. Co wróciło, zapisz jako zwrot."

    def perform(self) -> str:
        services.remove_item(item_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Usunięto z karty."


class Print(OfCase, Page):
    """A card of this file as PDF."""

    action = perms.DUTY_PRINT
    title = "Karta"
    CARDS = {"odziez": duties_cards.clothing_card, "bhp": duties_cards.safety_card}  # noqa: RUF012

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        make = self.CARDS.get(self.kwargs["paper"])
        if make is None:
            raise Http404
        file = self.find_file()
        return as_download(make(file), f"karta {self.kwargs['paper']} {file.number}")


class Referral(OfCase, FormPage):
    action = perms.REFERRAL_PRINT
    title = "Skierowanie na badania"
    form_class = forms.ReferralForm
    submit = "Pobierz PDF"
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> None:
        self.find_file()

    def lead(self) -> str:
        return f"{self.file.person}. Bez zaznaczenia PESEL zostaje miejsce, żeby wpisać go ręcznie."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"leads": leads(self.request)}

    def save(self, form: Any) -> HttpResponse:
        typed = form.cleaned_data
        opened = bool(typed.get("with_pesel"))
        record.about(self.request, self.file, reason=typed.get("reason", ""), open=opened)
        paper = duties_cards.medical_referral(
            self.file,
            kind=dict(form.KINDS)[typed["kind"]],
            tasks=typed["tasks"],
            factors=typed["factors"],
            with_pesel=opened,
            today=clock.today(),
        )
        return as_download(paper, f"skierowanie na badania {self.file.number}")


def tab(request: Any, file: Any) -> tuple[str, str] | None:
    if not request.may(perms.DUTY_SHOW):
        return None
    return (TAB, reverse("ipzs:duty_show", args=[file.pk]))
