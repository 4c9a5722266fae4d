"""Pages about the API: the organisation's tokens, and the guide."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy

from reintegration.api import perms, queries, services
from reintegration.api.forms import TokenForm
from reintegration.api.models import Token
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage, Page


def state(token: Token) -> Badge:
    if token.revoked_at is not None:
        return Badge("unieważniony", "plain")
    if token.expires_on < clock.today():
        return Badge("wygasł", "warn")
    return Badge("działa", "ok")


class TokenList(ListPage):
    action = perms.TOKEN_LIST
    title = "Tokeny API"
    row_url_name = "api:token_revoke"
    columns = (
        Column("name", "Nazwa", sort="name"),
        Column("hint", "Początek"),
        Column("owner", "Właściciel", cell=lambda token: token.owner.get_full_name()),
        Column("expires_on", "Ważny do", sort="expires_on"),
        Column("state", "Stan", cell=state, phone="main"),
    )
    exports = False

    def lead(self) -> str:
        return "Program z tokenem robi to samo co właściciel, ale tylko wybrane czynności."

    def actions(self) -> list[Link]:
        return [
            Link("Utwórz token", reverse("api:token_make"), current=True),
            Link("Opis API", reverse("api:guide")),
        ]

    def queryset(self) -> QuerySet[Token]:
        return queries.tokens()

    def row_url(self, row: Token) -> str:
        return "" if row.revoked_at else super().row_url(row)

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nie ma tu tokenów", "Token jest potrzebny, gdy inny program ma wysyłać albo czytać dane.", "key"
        )


class TokenMake(FormPage):
    action = perms.TOKEN_MAKE
    title = "Nowy token API"
    form_class = TokenForm
    submit = "Utwórz token"
    back_url = reverse_lazy("api:token_list")

    def crumbs(self) -> list[tuple[str, str]]:
        return [("Tokeny API", reverse("api:token_list"))]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"offered": queries.offered_actions(self.request.principal.roles)}

    def save(self, form: TokenForm) -> HttpResponse:
        token, secret = services.make_token(
            owner_id=self.request.user.pk, today=clock.today(), **form.cleaned_data
        )
        record.about(self.request, token)
        return render(self.request, "api/token_made.html", {"token": token, "secret": secret})


class TokenRevoke(ConfirmPage):
    action = perms.TOKEN_REVOKE
    verb = "Unieważnij token"
    danger = True
    back_url = reverse_lazy("api:token_list")

    def object(self, *, lock: bool) -> Token:
        return get_object_or_404(queries.tokens(), pk=self.kwargs["pk"], revoked_at=None)

    def get_title(self) -> str:
        return f"Unieważnić token „{self.found.name}”?"

    def text(self) -> str:
        return "Program, który go używa, przestanie działać od razu. Tego nie da się cofnąć."

    def perform(self) -> str:
        record.about(self.request, services.revoke_token(self.found))
        return str(self.back_url)

    def success(self) -> str:
        return f"Token „{self.found.name}” nie działa."


class Guide(Page):
    action = perms.GUIDE
    template_name = "api/guide.html"
    title = "API"

    def page(self) -> Mapping[str, Any]:
        return {"addresses": queries.guide()}
