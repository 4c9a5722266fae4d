"""Screens of the operator: organisations, their founders, and the invitation of who will lead them.

The operator sees organisations and no people: of a person only the address that an operator invited.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from reintegration.accounts.models import Invitation
from reintegration.accounts.services import revoke_invitation, send_invitation
from reintegration.administration import perms, queries, services
from reintegration.administration.forms import operator as forms
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted
from reintegration.core.identifiers import format_phone
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, DetailPage, FormPage
from reintegration.tenancy.enums import BodyType, OrganisationKind, UnitType
from reintegration.tenancy.models import Founder, Organisation, ReferringBody, Unit

ORGANISATIONS = "Organizacje"
FOUNDERS = "Podmioty tworzące"

# What an address of opening calls each kind, with the heading and the form of it.
OPENED: Mapping[str, tuple[str, type[forms.OrganisationForm]]] = {
    "jednostka": ("Otwórz jednostkę", forms.OpenUnitForm),
    "podmiot-kierujacy": ("Otwórz podmiot kierujący", forms.BodyForm),
    "urzad-wojewodzki": ("Otwórz urząd wojewódzki", forms.OfficeForm),
}
CHANGED: Mapping[str, type[forms.OrganisationForm]] = {
    OrganisationKind.UNIT: forms.UnitForm,
    OrganisationKind.REFERRING_BODY: forms.BodyForm,
    OrganisationKind.VOIVODE_OFFICE: forms.OfficeForm,
}


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(ORGANISATIONS, reverse("administration:organisation_list")), *more]


def what_it_is(row: Any) -> str:
    """`CIS`, `OPS`, `zakład karny`, `urząd wojewódzki`: the row comes from `queries.organisations`."""
    if row.kind == OrganisationKind.VOIVODE_OFFICE:
        return "urząd wojewódzki"
    if row.subtype in UnitType.values:
        return str(row.subtype)
    return row.subtype if row.subtype.isupper() else BodyType(row.subtype).label


def led(row: Any) -> Badge:
    if row.closed_on is not None:
        return Badge("nieczynna")
    return Badge("jest", "ok") if row.has_lead else Badge("nie ma", "warn")


def state(row: Any) -> Badge:
    return Badge("działa", "ok") if row.closed_on is None else Badge("zamknięta")


class OrganisationList(ListPage):
    action = perms.ORGANISATION_LIST
    title = ORGANISATIONS
    file_name = "organizacje"
    filter_form = forms.OrganisationFilter
    row_url_name = "administration:organisation_show"
    columns = (
        Column("short_name", "Nazwa", sort="name_order"),
        Column("subtype", "Rodzaj", sort=("kind", "subtype"), cell=what_it_is, phone="main"),
        Column("get_voivodeship_display", "Województwo", sort="voivodeship"),
        Column("town", "Miejscowość", sort="town", phone="hide"),
        Column("opened_on", "Działa od", sort="opened_on", phone="hide"),
        Column("has_lead", "Kierownictwo", cell=led),
        Column("closed_on", "Stan", cell=state),
    )

    def queryset(self) -> QuerySet[Organisation]:
        return queries.organisations()

    def lead(self) -> str:
        return "Otwierasz je Ty, dalej prowadzą się same."

    def actions(self) -> Sequence[Link]:
        def opening(label: str, slug: str) -> Link:
            url = reverse("administration:organisation_open", args=[slug])
            return Link(label, url, current=slug == "jednostka")

        return [
            Link(FOUNDERS, reverse("administration:founder_list")),
            opening("Nowy urząd", "urzad-wojewodzki"),
            opening("Nowy podmiot kierujący", "podmiot-kierujacy"),
            opening("Nowa jednostka", "jednostka"),
        ]

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nie ma jeszcze organizacji", "Zacznij od urzędu wojewódzkiego albo od jednostki.", "building",
            "Otwórz jednostkę", reverse("administration:organisation_open", args=["jednostka"]),
        )  # fmt: skip


class OneOrganisation:
    """What the pages of one organisation share."""

    request: Any
    kwargs: Mapping[str, Any]
    found: Any
    back_url: str

    def object(self, *, lock: bool = False) -> Organisation:
        rows = queries.organisations()
        found: Organisation = get_object_or_404(
            rows.select_for_update(of=("self",), no_key=True) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        self.back_url = reverse("administration:organisation_show", args=[found.pk])
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.found.short_name, self.back_url), (self.get_title(), ""))  # type: ignore[attr-defined]


class OrganisationShow(OneOrganisation, DetailPage):
    action = perms.ORGANISATION_SHOW
    template_name = "administration/operator_organisation.html"

    def get_title(self) -> str:
        return str(self.found.short_name)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.get_title(), ""))

    def lead(self) -> str:
        return str(self.found.name)

    def facts(self) -> Iterable[tuple[str, Any]]:
        found = self.found
        yield "Rodzaj", what_it_is(found)
        if found.kind == OrganisationKind.UNIT:
            unit = Unit.objects.select_related("founder").get(pk=found.pk)
            yield "Podmiot tworzący", unit.founder
            yield "Numer w rejestrze", unit.register_number
        yield "Województwo", found.get_voivodeship_display()
        yield "Adres", ", ".join(filter(None, [found.street, f"{found.postcode} {found.town}".strip()]))
        yield "Telefon", format_phone(found.phone)
        yield "E-mail", found.email
        yield "NIP", found.nip
        yield "REGON", found.regon

    def actions(self) -> Sequence[Link]:
        found = self.found
        edit = Link("Zmień dane", reverse("administration:organisation_edit", args=[found.pk]))
        if found.closed_on is not None:
            return [edit]
        label = "Zaproś kolejną osobę" if found.has_lead else f"Zaproś: {self.lead_role}"
        invite = reverse("administration:lead_invite", args=[found.pk])
        return [edit, Link(label, invite, current=not found.has_lead)]

    @property
    def lead_role(self) -> str:
        return str(services.LEAD_OF_KIND[OrganisationKind(self.found.kind)].label)

    def page(self) -> Mapping[str, Any]:
        now = clock.now()
        waiting = [
            (one, Badge("czeka", "info") if one.is_usable(at=now) else Badge("wygasło", "warn"))
            for one in queries.waiting_leads(self.found.pk)
        ]
        return {**super().page(), "waiting": waiting, "lead_role": self.lead_role}


class OrganisationOpen(FormPage):
    """A new organisation; then the person who will lead it is invited."""

    action = perms.ORGANISATION_OPEN
    back_url = reverse_lazy("administration:organisation_list")
    submit = "Otwórz organizację"

    def object(self, *, lock: bool) -> None:
        if self.kwargs["kind"] not in OPENED:
            raise Http404
        self.title, self.form_class = OPENED[self.kwargs["kind"]]
        if self.form_class is forms.OpenUnitForm:
            self.template_name = "administration/operator_open_unit.html"

    def lead(self) -> str:
        return "Po zapisaniu zaprosisz osobę, która ją poprowadzi."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.title, ""))

    def initial(self) -> Mapping[str, Any]:
        return {"opened_on": clock.today()}

    def save(self, form: Any) -> Organisation:
        typed = form.cleaned_data
        if isinstance(form, forms.OpenUnitForm):
            founder = typed["founder"] or services.make_founder(values=form.founder_values())
            made = services.open_unit(
                organisation=form.values(),
                unit_type=typed["unit_type"],
                founder=founder,
                register_number=typed["register_number"],
            )
        elif isinstance(form, forms.BodyForm):
            made = services.open_body(organisation=form.values(), body_type=typed["body_type"])
        else:
            made = services.open_office(organisation=form.values())
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: Any) -> str:
        return f"Otwarto: {result.short_name}. Zaproś osobę, która ją poprowadzi."

    def next_url(self, result: Any) -> str:
        return reverse("administration:lead_invite", args=[result.pk])


class OrganisationEdit(OneOrganisation, FormPage):
    action = perms.ORGANISATION_EDIT
    title = "Zmień dane"

    def object(self, *, lock: bool = False) -> Organisation:
        found = super().object(lock=lock)
        self.form_class = CHANGED[found.kind]
        return found

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"organisation": self.found}

    def initial(self) -> Mapping[str, Any]:
        found = self.found
        values = {name: getattr(found, name) for name in forms.ORGANISATION_FIELDS}
        if found.kind == OrganisationKind.UNIT:
            unit = Unit.objects.get(pk=found.pk)
            values |= {"founder": unit.founder_id, "register_number": unit.register_number}
        elif found.kind == OrganisationKind.REFERRING_BODY:
            values["body_type"] = ReferringBody.objects.get(pk=found.pk).body_type
        return values

    def save(self, form: Any) -> Organisation:
        typed = form.cleaned_data
        return services.change_organisation(
            organisation=self.found,
            values=form.values(),
            founder=typed.get("founder"),
            register_number=typed.get("register_number"),
            body_type=typed.get("body_type"),
        )

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano dane organizacji."


class OrganisationClose(OneOrganisation, ConfirmPage):
    action = perms.ORGANISATION_CLOSE
    verb = "Zamknij organizację"
    danger = True

    def get_title(self) -> str:
        return f"Zamknąć: {self.found.short_name}?"

    def text(self) -> str:
        return (
            "Wszyscy stracą dostęp od razu, a wysłane zaproszenia przestaną działać. Dane zostają."
            " Po ponownym otwarciu trzeba zaprosić ludzi od nowa."
        )

    def perform(self) -> str:
        user = self.request.user
        self.people = services.close_organisation(organisation=self.found, on=clock.today(), by=user)
        return self.back_url

    def success(self) -> str:
        people = counted(self.people, "osoba", "osoby", "osób")
        return f"Zamknięto: {self.found.short_name}. Koniec dostępu: {people}."


class OrganisationReopen(OneOrganisation, ConfirmPage):
    action = perms.ORGANISATION_REOPEN
    verb = "Otwórz ponownie"

    def get_title(self) -> str:
        return f"Otworzyć ponownie: {self.found.short_name}?"

    def text(self) -> str:
        return "Organizacja znów będzie działać. Nikt nie odzyska dostępu sam: zaproś, kto ją poprowadzi."

    def perform(self) -> str:
        services.reopen_organisation(organisation=self.found)
        return self.back_url

    def success(self) -> str:
        return f"Otwarto ponownie: {self.found.short_name}."


class LeadInvite(OneOrganisation, FormPage):
    action = perms.LEAD_INVITE
    form_class = forms.LeadForm
    title = "Zaproś osobę, która poprowadzi"
    submit = "Wyślij zaproszenie"
    # An address of a person is no draft of the operator's.
    drafts = False

    def version(self) -> str:
        """Nothing is changed here: two invitations at once do not contradict each other."""
        return ""

    def lead(self) -> str:
        role = services.LEAD_OF_KIND[OrganisationKind(self.found.kind)].label
        return f"{self.found.name}. Rola: {role}."

    def save(self, form: Any) -> Invitation:
        made, token = services.invite_lead(
            organisation=self.found,
            email=form.cleaned_data["email"],
            by=self.request.user,
        )
        send_invitation(made, token=token)
        return made

    def success(self, form: Any, result: Any) -> str:
        return "Wysłano zaproszenie. Link działa 7 dni."


class LeadWithdraw(OneOrganisation, ConfirmPage):
    action = perms.LEAD_WITHDRAW
    title = "Wycofać zaproszenie?"
    verb = "Wycofaj zaproszenie"

    def object(self, *, lock: bool = False) -> Organisation:
        found = super().object(lock=lock)
        self.waiting = get_object_or_404(queries.waiting_leads(found.pk), pk=self.kwargs["invitation"])
        return found

    def text(self) -> str:
        return f"Link wysłany na adres {self.waiting.email} przestanie działać."

    def perform(self) -> str:
        revoke_invitation(key=self.waiting.pk, organisation_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Wycofano zaproszenie. Link już nie działa."


class FounderList(ListPage):
    action = perms.FOUNDER_LIST
    title = FOUNDERS
    file_name = "podmioty-tworzace"
    filter_form = forms.FounderFilter
    row_url_name = "administration:founder_edit"
    columns = (
        Column("name", "Nazwa", sort="name_order"),
        Column("get_kind_display", "Rodzaj", sort="kind"),
        Column("town", "Miejscowość", sort="town"),
        Column("nip", "NIP", phone="hide"),
        Column("unit_count", "Jednostki", sort="unit_count", number=True, phone="main"),
    )

    def queryset(self) -> QuerySet[Founder]:
        return queries.founders()

    def lead(self) -> str:
        return "Kto może prowadzić CIS albo KIS: art. 3 ust. 2 i art. 18 ust. 2."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((FOUNDERS, ""))

    def actions(self) -> Sequence[Link]:
        return [Link("Dodaj podmiot", reverse("administration:founder_new"), current=True)]

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nie ma jeszcze podmiotów", "Pierwszy wpiszesz tu albo razem z jego jednostką.",
            "building-community", "Dodaj podmiot", reverse("administration:founder_new"),
        )  # fmt: skip


class FounderForm(FormPage):
    """What adding and changing a founder share."""

    form_class = forms.FounderForm
    back_url = reverse_lazy("administration:founder_list")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((FOUNDERS, reverse("administration:founder_list")), (self.title, ""))


class FounderNew(FounderForm):
    action = perms.FOUNDER_ADD
    title = "Nowy podmiot tworzący"
    submit = "Dodaj podmiot"

    def save(self, form: Any) -> Founder:
        made = services.make_founder(values=form.values())
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: Any) -> str:
        return f"Dodano podmiot: {result.name}."


class FounderEdit(FounderForm):
    action = perms.FOUNDER_EDIT
    title = "Zmień podmiot tworzący"

    def object(self, *, lock: bool) -> Founder:
        rows = Founder.objects.select_for_update(of=("self",), no_key=True) if lock else Founder.objects
        found: Founder = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        return found

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"founder": self.found}

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.found, name) for name in forms.FounderForm.base_fields}

    def save(self, form: Any) -> Founder:
        return services.change_founder(founder=self.found, values=form.values())

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano dane podmiotu."
