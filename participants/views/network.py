"""Who outside the unit helps one person: the tab of the file, asking, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from participants.enums import AskedHow, RequestState
from participants.forms import partners as forms
from participants.models import Barrier, PartnerRequest
from participants.perms import partners as perms
from participants.queries import partners as queries
from participants.rules.partners import OTHER, help_for
from participants.services import partners as services
from participants.services.consents import naming
from participants.transitions import REQUESTS, OfRequest
from participants.views.participations.base import FileForm, crumbs_of
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.views import FormPage

TAB = "Pomoc"
# How long one waits as a rule.
USUAL = timedelta(days=14)
WORDS_SLOT = "participants.request_words"


def network_url(participation_id: UUID) -> str:
    return reverse("participants:network", args=[participation_id])


class Network(OfTab):
    """The tab „Pomoc” of a file: of the person, whichever file it was asked in."""

    action = perms.NETWORK
    template_name = "participants/partners/network.html"
    tab = TAB
    request: Any

    def load(self) -> None:
        super().load()
        if not queries.may_read(self.request.principal, self.file, today=clock.today()):
            raise Http404

    def actions(self) -> Sequence[Link]:
        if self.file.ended_on is not None or not self.request.may(perms.REQUEST_ASK):
            return []
        return [
            Link("Poproś partnera", reverse("participants:partner_ask", args=[self.file.pk]), current=True)
        ]

    def page(self) -> Mapping[str, Any]:
        return {
            **super().page(),
            "network": queries.network_of(self.file.person_id, today=clock.today()),
            "may_ask": self.file.ended_on is None and self.request.may(perms.REQUEST_ASK),
            "may_answer": self.request.may(perms.REQUEST_ANSWER),
            "may_correct": self.request.may(perms.REQUEST_CORRECT),
        }


class Ask(FileForm):
    """One press from a barrier, a step of the programme or the tab: what is known stands there already."""

    action = perms.REQUEST_ASK
    title = "Prośba do partnera"
    form_class = forms.AskForm
    submit = "Poproś"
    request: Any

    def object(self, *, lock: bool) -> Any:
        file = super().object(lock=lock)
        if not queries.may_read(self.request.principal, file, today=clock.today()):
            raise Http404
        self.back_url = network_url(file.pk)
        self.barrier = self._barrier()
        self.help_kind = help_for(self.barrier.kind) if self.barrier else OTHER
        self.words = self._words()
        self.partners = queries.partners_for(self.help_kind)
        return file

    def version(self) -> str:
        # A new request is written, and the file only says whose it is.
        return ""

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, self.back_url), (self.title, ""))

    def lead(self) -> str:
        consent = "" if self.consents() else " Bez zgody osoby prośba idzie bez nazwiska."
        return f"{self.file.person}.{consent}"

    def consents(self) -> list[Any]:
        return naming(person_id=self.file.person_id, day=clock.today())

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"partners": self.partners, "consents": self.consents()}

    def initial(self) -> Mapping[str, Any]:
        first = self.partners.first()
        fits = first if first is not None and self.help_kind in first.helps_with else None
        values: dict[str, Any] = {
            "partner": fits,
            "text": self.words,
            "wanted_by": clock.today() + USUAL,
            "asked_how": AskedHow.MAIL if fits is not None and fits.email else AskedHow.PHONE,
        }
        return values | ({"help_kind": self.help_kind} if self.help_kind != OTHER else {})

    def _barrier(self) -> Barrier | None:
        key = _uuid(self.request.GET.get("bariera", ""))
        if key is None:
            return None
        return get_object_or_404(Barrier.objects.filter(person=self.file.person_id), pk=key)

    def _words(self) -> str:
        """What is written at the barrier or at the step that leads here."""
        if self.barrier is not None:
            return self.barrier.text or str(self.barrier.get_kind_display()).capitalize()
        asked = _uuid(self.request.GET.get("krok", ""))
        if asked is None:
            return ""
        told = (provider(self.file, asked) for provider in slots.providers(WORDS_SLOT))
        return next((words for words in told if words), "")

    def save(self, form: Any) -> PartnerRequest:
        typed = form.cleaned_data
        new = {"name": typed["new_partner"], "kind": "other", "helps_with": [typed["help_kind"]]}
        partner = services.save_partner(partner_id=None, values=new) if new["name"] else typed["partner"]
        made = services.ask_partner(
            participation_id=self.file.pk,
            data=services.Asking(
                partner_id=partner.pk,
                barrier_id=self.barrier.pk if self.barrier else None,
                named=typed.get("named", False),
                **{name: typed[name] for name in ("help_kind", "text", "wanted_by", "asked_how")},
            ),
        )
        record.about(self.request, made, how=made.asked_how, named=made.consent_id is not None)
        return made

    def success(self, form: Any, result: PartnerRequest) -> str:
        how = {
            AskedHow.MAIL: "E-mail jest w drodze, bez danych osoby.",
            AskedHow.LETTER: "Pismo czeka przy prośbie: pobierz je i wyślij.",
            AskedHow.PHONE: "Zadzwoń, jeśli jeszcze nie było rozmowy.",
        }[AskedHow(result.asked_how)]
        return f"Zapisano prośbę: {result.partner}. {how}"


class RequestForm(FormPage):
    """A form about one request; it leads back to the tab of its file."""

    request: Any

    def object(self, *, lock: bool) -> PartnerRequest:
        rows = queries.requests(self.request.principal, today=clock.today())
        if lock:
            rows = rows.select_for_update(of=("self",))
        found: PartnerRequest = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        self.back_url = f"{network_url(found.participation_id)}#prosba-{found.pk}"
        if not self.steps(found):
            raise Http404
        return found

    def steps(self, found: PartnerRequest) -> list[OfRequest]:
        raise NotImplementedError

    def crumbs(self) -> Sequence[tuple[str, str]]:
        file = self.found.participation
        return crumbs_of(file, (TAB, network_url(file.pk)), (self.get_title(), ""))

    def lead(self) -> str:
        row = self.found
        state = str(row.get_state_display()).capitalize()
        return f"{row.person}. {row.partner}: {row.get_help_kind_display()}. {state}."


class Answer(RequestForm):
    action = perms.REQUEST_ANSWER
    title = "Wynik prośby"
    form_class = forms.AnswerForm
    submit = "Zapisz wynik"

    def steps(self, found: PartnerRequest) -> list[OfRequest]:
        return [step for step in REQUESTS.possible(found) if step not in services.RETRACTS]

    def form_kwargs(self) -> Mapping[str, Any]:
        promised = self.found.state == RequestState.PROMISED
        return {"steps": self.steps(self.found), "promised": promised}

    def initial(self) -> Mapping[str, Any]:
        if self.found.state == RequestState.PROMISED:
            return {"step": OfRequest.DELIVER, "on": clock.today()}
        return {"step": OfRequest.PROMISE, "on": max(self.found.wanted_by, clock.today())}

    def save(self, form: Any) -> PartnerRequest:
        return services.record_answer(request_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: PartnerRequest) -> str:
        return f"Zapisano: {result.partner}, {result.get_state_display()}."


class Correct(RequestForm):
    action = perms.REQUEST_CORRECT
    title = "Poprawienie wyniku"
    form_class = forms.CorrectForm
    submit = "Cofnij wynik"

    def steps(self, found: PartnerRequest) -> list[OfRequest]:
        return [step for step in services.RETRACTS if REQUESTS.may(found, step)]

    def lead(self) -> str:
        step = self.steps(self.found)[0]
        back = RequestState(REQUESTS[step].to).label
        return f"{super().lead()} Wróci do stanu „{back}”, a historia zachowa, co było wpisane."

    def save(self, form: Any) -> PartnerRequest:
        return services.correct_answer(request_id=self.found.pk, reason=form.cleaned_data["reason"])

    def success(self, form: Any, result: PartnerRequest) -> str:
        return f"Cofnięto. Stan prośby: {result.get_state_display()}."


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


urlpatterns = [
    path("uczestnicy/<uuid:pk>/pomoc/", Network.as_view(), name="network"),
    path("uczestnicy/<uuid:pk>/pomoc/prosba/", Ask.as_view(), name="partner_ask"),
    path("partnerzy/prosby/<uuid:pk>/wynik/", Answer.as_view(), name="partner_answer"),
    path("partnerzy/prosby/<uuid:pk>/popraw/", Correct.as_view(), name="partner_correct"),
]
