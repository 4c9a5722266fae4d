"""Who reads what is told of money, by a link or an account: the month an OPS, the fund a labour office."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits.forms.body_links import AccessForm, OpsLinkForm, PupLinkForm
from benefits.models import FundAgreement
from benefits.queries import told_bodies
from benefits.queries.health import Body
from benefits.views.fund import crumbs_of
from benefits.views.pay import only_cis
from participants.enums import LinkPurpose
from participants.models import BodyAccess
from participants.queries.portal import accounts_near, opened
from participants.services.portal.access import open_access
from participants.views.portal.links import Issue
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.text import search_key
from reintegration.core.views import FormPage
from reintegration.tenancy.enums import BodyType
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

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


class Open(FormPage):
    """What both forms share that open the pages of a link to an account."""

    action = perms.BODY_OPEN
    form_class = AccessForm
    submit = "Otwórz dostęp"
    drafts = False
    purpose: LinkPurpose
    label: str
    request: Any

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"bodies": self.bodies, "label": self.label}

    @property
    def bodies(self) -> Sequence[tuple[str, str]]:
        raise NotImplementedError

    def opens(self, body_id: UUID, name: str) -> BodyAccess:
        made = open_access(purpose=self.purpose, body_id=body_id, body_name=name)
        record.about(self.request, made, purpose=self.purpose)
        return made

    def success(self, form: Any, result: BodyAccess) -> str:
        return f"Otwarto dostęp: {result.sender.name} czyta teraz ze swojego konta."


class OpsAccess(Open):
    """An OPS that referred from its account: whom it sees follows from those referrals alone."""

    title = "Dostęp OPS z konta"
    purpose = LinkPurpose.MONTH
    label = "Ośrodek"

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)
        self.back_url = reverse("benefits:health_ops")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Ubezpieczenie zdrowotne", reverse("benefits:health")), (self.title, "")]

    def lead(self) -> str:
        if not self.bodies:
            return "Nie ma ośrodka z kontem, który skierował kogoś z tych dwóch miesięcy i jeszcze nie czyta."
        return (
            "Ośrodek zobaczy u siebie to samo co przez odnośnik: osoby, które skierował, miesiąc po miesiącu."
        )

    @cached_property
    def bodies(self) -> Sequence[tuple[str, str]]:  # type: ignore[override]
        month = Month.of(clock.today())
        reads = set(opened(LinkPurpose.MONTH).values_list("sender", flat=True))
        found = told_bodies.ops_of([month.previous, month]).values()
        return [(str(one.sender_id), label) for label, one in found if one.sender_id not in {None, *reads}]

    def initial(self) -> Mapping[str, Any]:
        return {"body": self.bodies[0][0] if len(self.bodies) == 1 else self.request.GET.get("ops", "")}

    def save(self, form: AccessForm) -> BodyAccess:
        chosen = UUID(form.cleaned_data["body"])
        return self.opens(chosen, Organisation.objects.get(pk=chosen).name)


class PupAccess(Open):
    """A labour office: an agreement names it and knows no account, so the account is chosen here."""

    title = "Dostęp urzędu pracy z konta"
    purpose = LinkPurpose.FUND
    label = "Konto urzędu"

    def object(self, *, lock: bool) -> FundAgreement:
        only_cis(self.request)
        self.row: FundAgreement = get_object_or_404(FundAgreement, pk=self.kwargs["pk"])
        self.back_url = reverse("benefits:fund_agreement", args=[self.row.pk])
        record.about(self.request, self.row)
        return self.row

    def version(self) -> str:
        # What is opened changes nothing of the agreement.
        return ""

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((str(self.row), self.back_url), (self.title, ""))

    def lead(self) -> str:
        if not self.bodies:
            return "Żaden urząd pracy z tego województwa nie ma konta, które by jeszcze tego nie czytało."
        return (
            f"W umowie: {self.row.office}. Wybrane konto zobaczy to samo co przez odnośnik: wnioski, miejsca,"
            " osoby i zatrudnienie wspierane."
        )

    @cached_property
    def bodies(self) -> Sequence[tuple[str, str]]:  # type: ignore[override]
        reads = opened(LinkPurpose.FUND).filter(body_name=self.row.office).values_list("sender", flat=True)
        return [
            (str(one.pk), f"{one.name} ({one.town})")
            for one in accounts_near([BodyType.PUP], current_scope().organisation_id)
            if one.pk not in set(reads)
        ]

    def initial(self) -> Mapping[str, Any]:
        """The account that is called as the agreement calls the office."""
        named = search_key(self.row.office)
        same = [key for key, label in self.bodies if search_key(label.rsplit(" (", 1)[0]) == named]
        return {"body": same[0] if len(same) == 1 else ""}

    def save(self, form: AccessForm) -> BodyAccess:
        return self.opens(UUID(form.cleaned_data["body"]), self.row.office)


urlpatterns = [
    path("ubezpieczenie-zdrowotne/dla-ops/konto/", OpsAccess.as_view(), name="health_ops_access"),
    path("fundusz-pracy/umowy/<uuid:pk>/konto/", PupAccess.as_view(), name="fund_access"),
    path("ubezpieczenie-zdrowotne/dla-ops/odnosnik/", OpsLink.as_view(), name="health_ops_link"),
    path("fundusz-pracy/umowy/<uuid:pk>/odnosnik/", PupLink.as_view(), name="fund_link"),
]
