"""What labour offices told this centre: whom they referred and where to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.models import OpsNotice
from participants.perms import portal as perms
from participants.queries import portal as queries
from participants.services.referrals.notices import mark_read
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty
from reintegration.core.formats import format_long_date, format_moment
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import Page

TITLE = "Zawiadomienia z urzędów pracy"


def state_of(row: OpsNotice) -> Badge:
    if row.taken_back_at is not None:
        return Badge("cofnięte", "plain")
    return Badge("przeczytane", "ok") if row.read_at is not None else Badge("nowe", "info")


class NoticeList(ListPage):
    action = perms.NOTICE_READ
    title = TITLE
    file_name = "zawiadomienia"
    row_url_name = "participants:ops_notice"
    request: Any
    columns = (
        Column("person_name", "Osoba", sort="person_name"),
        Column("office_name", "Kto kieruje"),
        Column("unit.organisation.short_name", "Dokąd"),
        Column("notified_on", "Zawiadomiono", sort="notified_on", phone="hide"),
        Column("state", "Stan", cell=state_of),
    )

    def lead(self) -> str:
        return "Kogo urząd pracy skierował do zajęć. (art. 12 ust. 3)"

    def queryset(self) -> QuerySet[OpsNotice]:
        return queries.told_to_body()

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.referral_id for row in rows])

    def empty(self, *, filtered: bool) -> Empty:
        return Empty("Nie ma zawiadomień", "Przyjdą, gdy urząd pracy wskaże w skierowaniu Wasze konto.")


class Notice(Page):
    """One notice, ticked as read by a press."""

    action = {"GET": perms.NOTICE_READ, "HEAD": perms.NOTICE_READ, "POST": perms.NOTICE_TICK}
    http_method_names = ["get", "head", "options", "post"]
    template_name = "participants/portal/notice.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.row = self.found()
        return self.answer()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        mark_read(notice_id=self.found().pk)
        return HttpResponseRedirect(reverse("participants:ops_notices"))

    def found(self) -> OpsNotice:
        row: OpsNotice = get_object_or_404(queries.told_to_body(), pk=self.kwargs["pk"])
        record.about(self.request, row)
        record.shows(self.request, [row.referral_id])
        return row

    def get_title(self) -> str:
        return self.row.person_name or "Zawiadomienie"

    def lead(self) -> str:
        return "Urząd pracy zawiadamia, że skierował tę osobę, długotrwale bezrobotną. (art. 12 ust. 3)"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("participants:ops_notices")), (self.get_title(), "")]

    def page(self) -> Mapping[str, Any]:
        row, unit = self.row, self.row.unit.organisation
        by = row.read_by.get_full_name() if row.read_by else ""
        read = f"{format_moment(row.read_at, today=clock.today())}, {by}" if row.read_at else ""
        pairs = [
            ("Osoba", row.person_name),
            ("Gdzie mieszka albo przebywa", row.address),
            ("Kto kieruje", row.office_name),
            ("Dokąd", f"{unit.name}, {unit.town}"),
            ("Zawiadomiono", format_long_date(row.notified_on)),
            ("Przeczytano", read),
            ("Cofnięto", format_moment(row.taken_back_at, today=clock.today()) if row.taken_back_at else ""),
        ]
        return {"row": row, "badge": state_of(row), "facts": [one for one in pairs if one[1]]}
