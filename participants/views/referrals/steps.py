"""The steps that a unit makes, one screen each."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from participants.forms import referrals as forms
from participants.perms import referrals as perms
from participants.queries import referrals as queries
from participants.services import referrals as services
from participants.views.referrals.base import ReferralForm, one
from participants.views.referrals.inbox import LIST
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date, format_moment
from reintegration.core.views import go_to
from reintegration.tenancy.actions import handles


def _done(request: Any, pk: UUID, service: Any, text: str) -> HttpResponse:
    found = one(request, pk, lock=True)
    try:
        service(referral_id=found.pk)
    except InputError as error:
        toasts.refused(request, error.message)
    else:
        toasts.saved(request, text)
    return go_to(request, reverse("participants:referral", args=[pk]))


@handles(POST=perms.RECEIVE)
def receive(request: Any, pk: UUID) -> HttpResponse:
    """Confirm that the referral came."""
    return _done(request, pk, services.receive, "Odebrano skierowanie. Kierujący dostał wiadomość.")


@handles(POST=perms.STUDY)
def study(request: Any, pk: UUID) -> HttpResponse:
    """Begin to study it."""
    return _done(request, pk, services.study, "Skierowanie jest w rozpatrywaniu.")


class Invite(ReferralForm):
    action = perms.INVITE
    title = "Zaproszenie na rozmowę"
    form_class = forms.InviteForm
    submit = "Zapisz termin rozmowy"

    def initial(self) -> Mapping[str, Any]:
        planned = self.found.interview_at
        if planned is None:
            return {}
        local = planned.astimezone(clock.WARSAW)
        return {"day": local.date(), "hour": f"{local:%H:%M}", "place": self.found.interview_place}

    def save(self, form: forms.InviteForm) -> Any:
        return services.invite(
            referral_id=self.found.pk,
            interview_at=form.moment,
            place=form.cleaned_data["place"],
            text=form.cleaned_data["text"],
        )

    def success(self, form: Any, result: Any) -> str:
        return f"Rozmowa: {format_moment(result.interview_at, today=clock.today())}."


class Wait(ReferralForm):
    action = perms.WAIT
    title = "Lista oczekujących"
    form_class = forms.TextForm
    submit = "Wpisz na listę"

    def save(self, form: Any) -> Any:
        return services.put_on_waiting_list(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Wpisano na listę oczekujących."


class Offer(ReferralForm):
    action = perms.OFFER
    title = "Zaproszenie na okres próbny"
    form_class = forms.OfferForm
    submit = "Zaproś na okres próbny"

    def initial(self) -> Mapping[str, Any]:
        return {"since": self.found.trial_since}

    def save(self, form: Any) -> Any:
        return services.offer_trial(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Osoba może zacząć {format_date(result.trial_since, today=clock.today())}."


class Accept(ReferralForm):
    """Accepting opens the file; who is on file already is linked, which somebody has to say."""

    action = perms.ACCEPT
    title = "Przyjęcie i otwarcie sprawy"
    form_class = forms.AcceptForm
    submit = "Przyjmij i otwórz sprawę"

    def lead(self) -> str:
        return f"{self.found}. Dane i załączniki przejdą do kartoteki, a sprawa dostanie numer."

    def form_kwargs(self) -> Mapping[str, Any]:
        similar = queries.similar(self.found)
        record.shows(self.request, [one.person.pk for one in similar])
        return {"similar": similar}

    def initial(self) -> Mapping[str, Any]:
        return {"opened_on": clock.today()}

    def save(self, form: Any) -> str:
        asked = form.cleaned_data
        chosen = asked.get("person") or "new"
        manager = asked["case_manager"]
        file = services.accept(
            referral_id=self.found.pk,
            person_id=None if chosen == "new" else UUID(chosen),
            opened_on=asked["opened_on"],
            case_manager_id=manager.pk if manager else None,
            text=asked["text"],
        )
        record.shows(self.request, [file.person_id])
        return reverse("participants:file", args=[file.pk])

    def success(self, form: Any, result: Any) -> str:
        return f"Przyjęto: {self.found}."


class Refuse(ReferralForm):
    action = perms.REFUSE
    title = "Odmowa przyjęcia"
    form_class = forms.RefuseForm
    submit = "Odmów przyjęcia"

    def save(self, form: Any) -> Any:
        return services.refuse(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano odmowę. Kierujący przeczyta powód i wiadomość."


class Return(ReferralForm):
    action = perms.RETURN
    title = "Zwrot do uzupełnienia"
    form_class = forms.ReturnForm
    submit = "Zwróć kierującemu"

    def lead(self) -> str:
        if self.found.sender_id is None:
            return "Kierujący nie ma tu konta: przeczyta to przez odnośnik. Skierowanie zostaje u Ciebie."
        return "Wpisy i załączniki zostają. Zobaczysz skierowanie znowu, gdy kierujący je wyśle."

    def save(self, form: Any) -> str:
        services.return_to_sender(referral_id=self.found.pk, **form.cleaned_data)
        return str(LIST if self.found.sender_id else self.back_url)

    def success(self, form: Any, result: Any) -> str:
        if self.found.sender_id is None:
            return "Zapisano zwrot do uzupełnienia. Wydaj odnośnik albo przekaż to kierującemu sam."
        return f"Zwrócono do uzupełnienia: {self.found}."


class Obsolete(ReferralForm):
    action = perms.OBSOLETE
    title = "Zamknięcie nieaktualnego"
    form_class = forms.ObsoleteForm
    submit = "Zamknij jako nieaktualne"

    def save(self, form: Any) -> Any:
        return services.make_obsolete(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zamknięto jako nieaktualne."


class Withdraw(ReferralForm):
    action = perms.WITHDRAW
    title = "Wycofanie"
    form_class = forms.WithdrawForm
    submit = "Zapisz wycofanie"

    def lead(self) -> str:
        return "Gdy osoba albo podmiot bez konta powie, że rezygnuje."

    def save(self, form: Any) -> Any:
        return services.withdraw(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano wycofanie."


class Reopen(ReferralForm):
    action = perms.REOPEN
    title = "Ponowne otwarcie"
    form_class = forms.TextForm
    submit = "Otwórz ponownie"

    def lead(self) -> str:
        return "Rozstrzygnięcie i jego powód znikną z podglądu, a zostaną we wpisach. Terminy ruszą od dziś."

    def save(self, form: Any) -> Any:
        return services.reopen(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Otwarto ponownie."


class HandOver(ReferralForm):
    action = perms.HAND_OVER
    title = "Przekazanie innej jednostce"
    form_class = forms.HandForm
    submit = "Przekaż skierowanie"

    def lead(self) -> str:
        return "Jednostce tego samego podmiotu tworzącego. Notatki zespołu zostają u Ciebie."

    def save(self, form: Any) -> Any:
        asked = form.cleaned_data
        return services.hand_to_unit(referral_id=self.found.pk, unit_id=asked["unit"].pk, text=asked["text"])

    def success(self, form: Any, result: Any) -> str:
        return "Przekazano. Druga jednostka i kierujący dostaną wiadomość."
