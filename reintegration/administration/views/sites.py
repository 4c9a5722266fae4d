"""Places where the unit gives its services."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from reintegration.administration import perms, queries, services
from reintegration.administration.forms.unit import CloseSiteForm, SiteForm
from reintegration.administration.views.own import crumbs, history_links
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import format_long_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage
from reintegration.tenancy.models import Site

TITLE = "Miejsca zajęć"


def state(site: Site) -> Badge:
    today = clock.today()
    if site.closed_on is not None and site.closed_on < today:
        return Badge("zamknięte", "plain")
    return Badge("czynne", "ok") if site.opened_on <= today else Badge("od przyszłego dnia", "info")


class SiteList(ListPage):
    action = perms.SITE_LIST
    title = TITLE
    file_name = "miejsca-zajec"
    columns = (
        Column("name", "Nazwa", sort="name_order"),
        Column("street", "Ulica i numer"),
        Column("town", "Miejscowość", sort="town", cell=lambda site: f"{site.postcode} {site.town}"),
        Column("opened_on", "Czynne od", sort="opened_on", phone="hide"),
        Column("closed_on", "Czynne do", phone="hide"),
        Column("state", "Stan", cell=state, phone="main"),
    )

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, ""))

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.SITE_OPEN):
            return []
        return [Link("Dodaj miejsce", reverse("administration:site_open"), current=True)]

    def queryset(self) -> QuerySet[Site]:
        return queries.sites()

    @property
    def row_url_name(self) -> str:  # type: ignore[override]
        return "administration:site_edit" if self.request.may(perms.SITE_EDIT) else ""

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nie ma jeszcze miejsca zajęć",
            "Zajęcia i obecność zapisuje się w miejscu. Zacznij od pierwszego.",
            "building",
            "Dodaj miejsce" if self.request.may(perms.SITE_OPEN) else "",
            reverse("administration:site_open"),
        )


class SiteOpen(FormPage):
    action = perms.SITE_OPEN
    title = "Nowe miejsce zajęć"
    form_class = SiteForm
    submit = "Dodaj miejsce"
    back_url = reverse_lazy("administration:site_list")
    drafts = True

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), (self.title, ""))

    def initial(self) -> Mapping[str, Any]:
        return {"opened_on": clock.today()}

    def save(self, form: SiteForm) -> Site:
        made = services.open_site(**form.cleaned_data)
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: Site) -> str:
        return f"Dodano miejsce „{result.name}”."


class OneSite(FormPage):
    """What the pages of one place share."""

    back_url = reverse_lazy("administration:site_list")

    def object(self, *, lock: bool) -> Site:
        rows = Site.objects.filter(pk=self.kwargs["pk"])
        return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), (self.found.name, ""))


class SiteEdit(OneSite):
    action = perms.SITE_EDIT
    form_class = SiteForm

    def get_title(self) -> str:
        return self.found.name

    def actions(self) -> Sequence[Link]:
        label = "Zmień dzień zamknięcia" if self.found.closed_on else "Zamknij miejsce"
        close = Link(label, reverse("administration:site_close", args=[self.found.pk]))
        return [close, *history_links(self.request, self.found)]

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.found, name) for name in SiteForm.base_fields}

    def save(self, form: SiteForm) -> Site:
        record.about(self.request, self.found)
        return services.change_site(site=self.found, **form.cleaned_data)

    def success(self, form: Any, result: Site) -> str:
        return f"Zapisano miejsce „{result.name}”."


class SiteClose(OneSite):
    action = perms.SITE_CLOSE
    form_class = CloseSiteForm
    submit = "Zapisz dzień zamknięcia"

    def get_title(self) -> str:
        return f"Kiedy zamyka się „{self.found.name}”?"

    def lead(self) -> str:
        return "Po tym dniu miejsca nie da się wybrać. Dawne zajęcia zostają."

    def initial(self) -> Mapping[str, Any]:
        return {"last_day": self.found.closed_on}

    def save(self, form: CloseSiteForm) -> Site:
        record.about(self.request, self.found)
        return services.close_site(site=self.found, last_day=form.cleaned_data["last_day"])

    def success(self, form: Any, result: Site) -> str:
        if result.closed_on is None:
            return f"Miejsce „{result.name}” działa dalej."
        return f"Ostatni dzień miejsca „{result.name}”: {format_long_date(result.closed_on)}."
