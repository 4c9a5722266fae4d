"""What came to the unit, and who waits for a place."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy

from participants.forms.referrals import InboxFilter
from participants.perms import referrals as perms
from participants.queries import referrals as queries
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Empty, Link
from reintegration.core.formats import counted
from reintegration.core.lists import Column
from reintegration.tenancy.prepared import PreparedList

TITLE = "Skierowania"
LIST = reverse_lazy("participants:referral_list")


def name_of(row: Any) -> str:
    """A person in a list, by the last name."""
    return f"{row.last_name} {row.first_name}".strip()


def sender_of(row: Any) -> str:
    """The body that refers, or that the person applies alone."""
    return row.sender_name or row.get_source_display()


class Referrals(PreparedList):
    action = perms.LIST
    row_url_name = "participants:referral"
    columns = (
        Column("name", "Osoba", sort="name_order", cell=name_of),
        Column("state", "Stan", sort="state", cell=queries.state_badge, phone="main"),
        Column("awaited", "Na co czeka", cell=queries.awaited),
        Column("sender", "Kto kieruje", sort="sender_name", cell=sender_of),
        Column("since", "Od kiedy", sort="sent_at", cell=queries.since, phone="hide"),
    )
    bulk_label = "Zrób krok dla zaznaczonych"

    def depends_on(self) -> tuple[Hashable, ...]:
        return (clock.today(),)

    @property
    def bulk_url(self) -> str:  # type: ignore[override]
        return reverse("participants:referral_bulk") if self.request.may(perms.BULK) else ""

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.pk for row in rows])


class Inbox(Referrals):
    title = TITLE
    filter_form = InboxFilter
    file_name = "skierowania"

    def lead(self) -> str:
        new = self.counts[1]
        if not new:
            return "Nic nowego. Kolejny krok widać w kolumnie „Na co czeka”."
        return (
            f"{counted(new, 'skierowanie czeka', 'skierowania czekają', 'skierowań czeka')} na pierwszy krok."
        )

    def actions(self) -> Sequence[Link]:
        found = [Link("Lista oczekujących", reverse("participants:referral_waiting"))]
        if self.request.may(perms.ENTER):
            found.insert(0, Link("Wpisz wniosek", reverse("participants:referral_enter"), current=True))
        return found

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"user_id": self.request.user.pk}

    def counted(self) -> Sequence[QuerySet[Any]]:
        """The referrals, and those that wait for the first step."""
        return [self.rows(), queries.to_take()]

    def queryset(self) -> QuerySet[Any]:
        return queries.in_order_of_need(queries.inbox())

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=filtered)
        return Empty(
            "Nie ma jeszcze skierowań",
            "Wyślą je OPS i inni kierujący. Wniosek, który przyszedł na papierze, wpisz tutaj.",
            "inbox",
            "Wpisz wniosek" if self.request.may(perms.ENTER) else "",
            reverse("participants:referral_enter"),
        )


class WaitingList(Referrals):
    title = "Lista oczekujących"
    file_name = "oczekujacy"
    columns = (
        Column("name", "Osoba", cell=name_of),
        Column("waiting_since", "Czeka od", sort="waiting_since", phone="main"),
        Column("town", "Miejscowość", sort="town"),
        Column("sender", "Kto kieruje", cell=sender_of),
        Column("opinion", "Opinia", cell=lambda row: "jest" if row.has_opinion else "nie ma"),
    )

    def lead(self) -> str:
        return "W kolejności wpisu. Pierwszeństwo mają mieszkańcy gmin, które tworzą Centrum (art. 12)."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (self.title, "")]

    def queryset(self) -> QuerySet[Any]:
        return queries.waiting_list()

    def empty(self, *, filtered: bool) -> Empty:
        return Empty("Nikt nie czeka na miejsce", "Na listę wpisuje się ze strony skierowania.", "hourglass")
