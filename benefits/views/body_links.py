"""A way in for a body without an account: the month for an OPS, the settlement for a labour office."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits.forms.body_links import OpsLinkForm, PupLinkForm
from benefits.models import FundAgreement
from benefits.queries import told_bodies
from benefits.queries.health import Body
from benefits.views.fund import crumbs_of
from benefits.views.pay import only_cis
from participants.enums import LinkPurpose
from participants.views.portal.links import Issue
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.tenancy.enums import BodyType

DAYS = 30


class OpsLink(Issue):
    action = perms.BODY_LINK
    title = "Odnośnik dla OPS"
    form_class = OpsLinkForm

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)
        self.back_url = reverse("benefits:health_ops")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Ubezpieczenie zdrowotne", reverse("benefits:health")), (self.title, "")]

    def lead(self) -> str:
        if not self.bodies:
            return "W tym miesiącu ani w poprzednim nie było nikogo, kogo skierował OPS."
        return "Ośrodek zobaczy swoje osoby: obecność, świadczenie i ubezpieczenie, miesiąc po miesiącu."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"bodies": [(key, label) for key, (label, _) in self.bodies.items()]}

    @cached_property
    def bodies(self) -> Mapping[str, tuple[str, Body]]:
        month = Month.of(clock.today())
        return told_bodies.ops_of([month.previous, month])

    def initial(self) -> Mapping[str, Any]:
        only = next(iter(self.bodies)) if len(self.bodies) == 1 else ""
        return {"days": DAYS, "body": self.request.GET.get("ops", only)}

    def save(self, form: OpsLinkForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        _, body = self.bodies[data.pop("body")]
        return self.issued(
            purpose=LinkPurpose.MONTH,
            body_kind=BodyType.OPS,
            body_name=body.name,
            body_id=body.sender_id,
            body_place=body.place,
            **data,
        )


class PupLink(Issue):
    action = perms.BODY_LINK
    title = "Odnośnik dla urzędu pracy"
    form_class = PupLinkForm

    def object(self, *, lock: bool) -> FundAgreement:
        only_cis(self.request)
        self.row: FundAgreement = get_object_or_404(FundAgreement, pk=self.kwargs["pk"])
        self.back_url = reverse("benefits:fund_agreement", args=[self.row.pk])
        record.about(self.request, self.row)
        return self.row

    def version(self) -> str:
        # The link changes nothing of the agreement.
        return ""

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((str(self.row), self.back_url), (self.title, ""))

    def lead(self) -> str:
        return f"{self.row.office} zobaczy wnioski, miejsca, osoby i zatrudnienie wspierane."

    def initial(self) -> Mapping[str, Any]:
        return {"days": DAYS}

    def save(self, form: PupLinkForm) -> HttpResponse:
        return self.issued(
            purpose=LinkPurpose.FUND,
            body_kind=BodyType.PUP,
            body_name=self.row.office,
            **form.cleaned_data,
        )


urlpatterns = [
    path("ubezpieczenie-zdrowotne/dla-ops/odnosnik/", OpsLink.as_view(), name="health_ops_link"),
    path("fundusz-pracy/umowy/<uuid:pk>/odnosnik/", PupLink.as_view(), name="fund_link"),
]
