"""The referrals of a body: the list, one referral, and what its sender does with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from participants.forms.portal.lists import OwnFilter
from participants.forms.portal.referral import AttachForm, MessageForm, OpinionForm, WithdrawForm
from participants.perms import portal as perms
from participants.queries import portal as queries
from participants.referral_papers import notifies
from participants.services import referrals
from participants.transitions import Side, Transition, possible
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted
from reintegration.core.identifiers import format_phone
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage, Page

TITLE = "Skierowania"
LIST = reverse_lazy("participants:own_referral_list")


def own(pk: Any, *, lock: bool = False) -> Any:
    rows = queries.own_referrals()
    return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows, pk=pk)


def author_of(row: Any) -> str:
    """Who of the body wrote it."""
    return str(row.sent_by.get_full_name()) if row.sent_by else ""


def sent_on(row: Any) -> date | None:
    """The day on which it was sent."""
    return clock.day_of(row.sent_at) if row.sent_at else None


class OwnList(ListPage):
    action = perms.OWN_LIST
    title = "Moje skierowania"
    filter_form = OwnFilter
    row_url_name = "participants:own_referral"
    file_name = "skierowania"
    columns = (
        Column("name", "Osoba", sort="name_order", cell=lambda row: str(row) or "bez nazwiska"),
        Column("unit", "Jednostka", sort="unit__organisation__name_order", cell=lambda row: str(row.unit)),
        Column("standing", "Gdzie jest", cell=lambda row: queries.standing(row).badge),
        Column("awaited", "Co dalej", cell=lambda row: queries.standing(row).awaited_line),
        Column("sent_at", "Wysłane", sort="sent_at", cell=sent_on, phone="hide"),
        Column("by", "Kto", cell=author_of, phone="hide"),
    )

    def lead(self) -> str:
        mine = queries.waiting_for_sender(queries.own_referrals()).count()
        if not mine:
            return "Nic nie czeka na Ciebie. Nowe wiadomości jednostek widać przy skierowaniu."
        return f"{counted(mine, 'sprawa czeka', 'sprawy czekają', 'spraw czeka')} na Was."

    def actions(self) -> Sequence[Link]:
        return [
            Link("Nowe skierowanie", reverse("participants:own_referral_check"), current=True),
            Link("Wolne miejsca", reverse("participants:place_list")),
        ]

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"user_id": self.request.user.pk}

    def queryset(self) -> QuerySet[Any]:
        return queries.own_referrals().order_by("-made_at", "-pk")

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.pk for row in rows])

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=filtered)
        return Empty(
            "Nie ma jeszcze skierowań",
            "Zacznij od ośmiu pytań: zajmą około dwóch minut.",
            "inbox",
            "Nowe skierowanie",
            reverse("participants:own_referral_check"),
        )


class OwnReferral(Page):
    """One referral for its sender: where it is, what was said, what can be done now."""

    action = perms.OWN_SHOW
    template_name = "participants/portal/own.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.found = own(kwargs["pk"])
        record.about(request, self.found)
        record.shows(request, [self.found.pk])
        return self.answer()

    def get_title(self) -> str:
        return str(self.found) or "Szkic skierowania"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        steps = possible(self.found, Side.SENDER)
        here = [self.found.pk]
        found = []
        if Transition.SEND in steps:
            found.append(
                Link("Uzupełnij i wyślij", reverse("participants:own_referral_edit", args=here), current=True)
            )
        elif self.found.state not in queries.CLOSED:
            found.append(
                Link(
                    "Dodaj opinię",
                    reverse("participants:own_referral_opinion", args=here),
                    current=not self.found.has_opinion,
                )
            )
            found.append(Link("Dodaj załącznik", reverse("participants:own_referral_attach", args=here)))
        if notifies(self.found):
            found.append(
                Link("Wydrukuj zawiadomienie OPS", reverse("participants:own_referral_notice", args=here))
            )
        if Transition.WITHDRAW in steps:
            found.append(Link("Wycofaj", reverse("participants:own_referral_withdraw", args=here)))
        if self.found.state == queries.S.REFUSED:
            found.append(Link("Wolne miejsca", reverse("participants:place_list"), current=True))
        if Transition.RESUME in steps:
            found.append(Link("Wznów", reverse("participants:own_referral_resume", args=here), current=True))
        return found

    def page(self) -> Mapping[str, Any]:
        found = self.found
        standing = queries.standing(found)
        return {
            "referral": found,
            "standing": standing,
            "badge": Badge(standing.text, standing.kind),
            "facts": self.facts(),
            "timeline": queries.timeline(found),
            "opinions": queries.opinions(found),
            "files": queries.files(found),
            "message_form": MessageForm(),
            "submission": FormPage.new_token(),
            "may_write": found.state != queries.S.DRAFT,
            "rail_panels": slots.items("participants.own_referral", self.request, found),
        }

    def facts(self) -> list[tuple[str, Any]]:
        found = self.found
        address = ", ".join(part for part in (found.street, f"{found.postcode} {found.town}".strip()) if part)
        rows = [
            ("Jednostka", f"{found.unit}, {found.unit.organisation.town}"),
            ("Telefon jednostki", format_phone(found.unit.organisation.phone)),
            ("Adres osoby", address),
            ("Telefon osoby", format_phone(found.phone) if found.phone else ""),
            ("Kto skierował", found.sender_person or author_of(found)),
        ]
        return [(label, value) for label, value in rows if value]


class OneReferral(FormPage):
    """What the forms about one referral share."""

    def object(self, *, lock: bool) -> Any:
        found = own(self.kwargs["pk"], lock=lock)
        record.about(self.request, found)
        record.shows(self.request, [found.pk])
        return found

    def version(self) -> str:
        # These forms add something and change nothing that stands.
        return ""

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("participants:own_referral", args=[self.kwargs["pk"]])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (str(self.found), self.back_url), (self.title, "")]


class OwnOpinion(OneReferral):
    action = perms.OWN_OPINION
    title = "Opinia po wywiadzie w domu"
    form_class = OpinionForm
    submit = "Podpisz i wyślij opinię"

    def lead(self) -> str:
        return "Jednostka zobaczy ją od razu. Wysłanej nie da się zmienić: można dodać następną."

    def initial(self) -> Mapping[str, Any]:
        return {"author_name": self.request.user.get_full_name()}  # type: ignore[union-attr]

    def save(self, form: Any) -> Any:
        return referrals.add_opinion(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Wysłano opinię."


class OwnMessage(OneReferral):
    action = perms.OWN_MESSAGE
    title = "Wiadomość do jednostki"
    form_class = MessageForm
    submit = "Wyślij wiadomość"

    def save(self, form: Any) -> Any:
        return referrals.add_message(referral_id=self.found.pk, text=form.cleaned_data["text"])

    def success(self, form: Any, result: Any) -> str:
        return "Wysłano wiadomość."


class OwnAttach(OneReferral):
    action = perms.OWN_ATTACH
    title = "Załącznik"
    form_class = AttachForm
    submit = "Dodaj załącznik"

    def save(self, form: Any) -> Any:
        return referrals.attach_file(
            referral_id=self.found.pk,
            file=form.cleaned_data["attachment"],
            label=form.cleaned_data["attachment_label"],
        )

    def success(self, form: Any, result: Any) -> str:
        return "Dodano załącznik."


class OwnWithdraw(OneReferral):
    action = perms.OWN_WITHDRAW
    title = "Wycofanie skierowania"
    form_class = WithdrawForm
    submit = "Wycofaj skierowanie"

    def lead(self) -> str:
        return "Jednostka przestanie je rozpatrywać. Wycofane można wznowić."

    def save(self, form: Any) -> Any:
        return referrals.withdraw(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Wycofano skierowanie."


class OwnResume(ConfirmPage):
    action = perms.OWN_REOPEN
    title = "Wznowić skierowanie?"
    verb = "Wznów skierowanie"

    def object(self, *, lock: bool) -> Any:
        found = own(self.kwargs["pk"], lock=lock)
        record.about(self.request, found)
        record.shows(self.request, [found.pk])
        return found

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("participants:own_referral", args=[self.kwargs["pk"]])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (str(self.found), self.back_url), ("Wznowienie", "")]

    def text(self) -> str:
        return "Stanie się szkicem. Sprawdź, czy nic się nie zmieniło, i wyślij jeszcze raz."

    def perform(self) -> str:
        referrals.reopen(referral_id=self.found.pk)
        return reverse("participants:own_referral_edit", args=[self.found.pk])

    def success(self) -> str:
        return "Wznowiono. Sprawdź dane i wyślij."
