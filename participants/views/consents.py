"""Screens of consents: what somebody agreed to, and what is done with it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from participants import consent_papers
from participants.enums import ConsentKind, GivenHow
from participants.forms import consents as forms
from participants.models import Consent, Participation
from participants.perms import LEADS
from participants.perms import consents as perms
from participants.queries import cards as card_queries
from participants.queries import consents as queries
from participants.queries.retention import keeping_of_person
from participants.services import consents as services
from participants.services.transfers import send_transfer, share_card
from participants.views import consents_data, transfers
from participants.views.participations.base import crumbs_of
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.documents.models import Document
from reintegration.documents.serving import serve
from reintegration.tenancy.actions import handles

TITLE = "Zgody"
# How each kind is called in an address.
IN_ADDRESS = {
    "karta": ConsentKind.CARD_SHARING,
    "przekazanie": ConsentKind.FILE_TRANSFER,
    "kontakt": ConsentKind.CONTACT,
    "wizerunek": ConsentKind.IMAGE,
    "informacja": ConsentKind.INFORMATION,
    "inna": ConsentKind.OTHER,
}
USUAL_MONTHS = 12


class OfCase:
    """What the screens below one file share."""

    request: Any
    kwargs: dict[str, Any]
    case: Participation

    def find_case(self) -> Participation:
        self.case = get_object_or_404(card_queries.case_of(self.kwargs["pk"]))
        record.about(self.request, self.case)
        record.shows(self.request, [self.case.person_id])
        return self.case

    def list_url(self) -> str:
        return reverse("participants:consent_list", args=[self.case.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.case, (TITLE, self.list_url()), (self.get_title(), ""))  # type: ignore[attr-defined]


class ConsentList(OfTab):
    """The tab „Zgody” of a file."""

    action = perms.CONSENT_LIST
    template_name = "participants/consents/list.html"
    tab = TITLE
    request: Any

    @property
    def case(self) -> Participation:
        return self.file

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        found = queries.consents_of(self.case.person_id, today=today)
        told = any(one.consent.kind == ConsentKind.INFORMATION for one in found)
        sent = queries.sent_of(self.case.pk)
        return {
            **super().page(),
            "case": self.case,
            "found": found,
            "in_force": sum(one.in_force for one in found),
            "told": told,
            "forms": [(key, one.label) for key, one in IN_ADDRESS.items() if consent_papers.has_form(one)],
            "kinds": [(key, kind.label) for key, kind in IN_ADDRESS.items()],
            "languages": consent_papers.LANGUAGES,
            "keeping": keeping_of_person(self.case.person_id, today=today),
            "sent": [(one, queries.STATES[one.state]) for one in sent],
            "papers": self.papers(),
        }

    def papers(self) -> list[Any]:
        if not self.request.may(perms.CARD_SHARE):
            return []
        rows = Document.objects.visible_to(self.request.principal).filter(
            subject_id=self.case.person_id, kind__in=consent_papers.KEPT
        )
        return list(rows.select_related("made_by").order_by("-made_at"))


class ConsentGive(OfCase, FormPage):
    action = perms.CONSENT_GIVE
    form_class = forms.ConsentForm
    submit = "Zapisz zgodę"
    drafts = False

    def object(self, *, lock: bool) -> None:
        self.kind = IN_ADDRESS.get(self.kwargs["kind"])
        if self.kind is None:
            raise Http404
        self.find_case()
        self.back_url = self.list_url()

    def get_title(self) -> str:
        return f"Zgoda: {self.kind.label}" if self.kind else ""

    def lead(self) -> str:
        return f"{self.case.person}. Zgodę można cofnąć w każdej chwili, bez podania powodu."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kind": self.kind}

    def initial(self) -> Mapping[str, Any]:
        today = clock.today()
        until = add_months(today, USUAL_MONTHS) if self.kind in services.OUTWARD else None
        language = self.case.person.language
        return {"since": today, "until": until, "given_how": GivenHow.PAPER, "language": language}

    def save(self, form: Any) -> Consent:
        data = dict(form.cleaned_data)
        unit = data.pop("unit", None)
        if unit is not None:
            data["recipient"] = unit.name
        data["parts"] = frozenset(data.get("parts", ()))
        made = services.give_consent(
            person_id=self.case.person_id,
            data=services.ConsentData(kind=str(self.kind), **data),
            taken_by=self.request.principal.user_id,
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: Consent) -> str:
        return f"Zapisano zgodę: {result.get_kind_display()}."


class OfConsent:
    """What is done with one consent: the row, its file to go back to, its name in the audit."""

    request: Any
    kwargs: dict[str, Any]

    def find(self, *, lock: bool = False) -> Consent:
        rows = Consent.objects.select_related("person").filter(pk=self.kwargs["pk"])
        found: Consent = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        self.case = self.newest_case(found)
        self.back_url = (
            reverse("participants:consent_list", args=[self.case.pk])
            if self.case
            else reverse("participants:person", args=[found.person_id])
        )
        return found

    @staticmethod
    def newest_case(found: Consent) -> Participation | None:
        rows = Participation.objects.select_related("person").filter(person=found.person_id)
        newest: Participation | None = rows.order_by("-opened_on", "-pk").first()
        return newest

    def crumbs(self) -> Sequence[tuple[str, str]]:
        here = (self.get_title(), "")  # type: ignore[attr-defined]
        if self.case is None:
            return [(TITLE, self.back_url), here]
        return crumbs_of(self.case, (TITLE, self.back_url), here)

    def lead(self) -> str:
        found: Consent = self.found  # type: ignore[attr-defined]
        whom = f" Dla: {found.recipient}." if found.recipient else ""
        kind = str(found.get_kind_display())
        return f"{found.person}. {kind[:1].upper()}{kind[1:]}.{whom}"


class ConsentPaper(OfConsent, FormPage):
    action = perms.CONSENT_PAPER
    title = "Podpisane pismo"
    form_class = forms.PaperForm
    submit = "Dołącz pismo"
    drafts = False

    def object(self, *, lock: bool) -> Consent:
        return self.find(lock=lock)

    def version(self) -> str:
        return ""

    def save(self, form: Any) -> Consent:
        return services.attach_paper(consent_id=self.found.pk, paper=form.cleaned_data["paper"])

    def success(self, form: Any, result: Any) -> str:
        return "Dołączono podpisane pismo."


class ConsentConfirm(OfConsent, FormPage):
    action = perms.CONSENT_CONFIRM
    title = "Zgoda opiekuna"
    form_class = forms.ConfirmForm
    submit = "Zgadzam się na przekazanie"
    drafts = False

    def object(self, *, lock: bool) -> Consent:
        return self.find(lock=lock)

    def version(self) -> str:
        return ""

    def save(self, form: Any) -> Consent:
        return services.confirm_consent(
            consent_id=self.found.pk,
            worker_id=self.request.principal.user_id,
            statement=form.cleaned_data["statement"],
            leads=not LEADS.isdisjoint(self.request.principal.roles),
        )

    def success(self, form: Any, result: Consent) -> str:
        return f"Są obie zgody. Kartę możesz przekazać: {result.recipient}."


class ConsentWithdraw(OfConsent, FormPage):
    action = perms.CONSENT_WITHDRAW
    title = "Cofnięcie zgody"
    form_class = forms.WithdrawForm
    submit = "Cofnij zgodę"
    drafts = False

    def object(self, *, lock: bool) -> Consent:
        return self.find(lock=lock)

    def version(self) -> str:
        return ""

    def initial(self) -> Mapping[str, Any]:
        return {"how": GivenHow.IN_PRESENCE}

    def save(self, form: Any) -> Consent:
        return services.withdraw_consent(consent_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Consent) -> str:
        return "Cofnięto zgodę. Na pulpicie prowadzącego sprawę stoi, co wstrzymać."


class ConsentHeed(OfConsent, ConfirmPage):
    """What a withdrawn consent has to stop, and that it has stopped."""

    action = perms.CONSENT_HEED
    title = "Cofnięta zgoda: co wstrzymać"
    verb = "Wstrzymane"

    def object(self, *, lock: bool) -> Consent:
        return self.find(lock=lock)

    def text(self) -> str:
        return f"{self.lead()} {' '.join(queries.to_stop(self.found))}"

    def perform(self) -> str:
        services.heed_withdrawal(consent_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Zapisano: wstrzymane."


class CardShare(OfConsent, ConfirmPage):
    action = perms.CARD_SHARE
    title = "Przekazać kartę?"
    verb = "Wydaj kartę"

    def object(self, *, lock: bool) -> Consent:
        return self.find(lock=lock)

    def text(self) -> str:
        one = queries.shown(self.found, today=clock.today())
        parts = ", ".join(one.parts)
        return f"Odbiorca: {self.found.recipient}. Cel: {self.found.purpose}. W karcie będą: {parts}."

    def perform(self) -> str:
        if self.case is None:
            raise Http404
        made = share_card(consent_id=self.found.pk, participation_id=self.case.pk)
        record.about(self.request, made, consent=str(self.found.pk))
        return reverse("documents:document", args=[made.pk])

    def success(self) -> str:
        return "Wydano kartę dla odbiorcy. Pobierz PDF i przekaż go."


class TransferSend(OfConsent, FormPage):
    action = perms.TRANSFER_SEND
    title = "Przekazanie sprawy"
    form_class = forms.TransferForm
    submit = "Przekaż sprawę"
    drafts = False

    def object(self, *, lock: bool) -> Consent:
        return self.find(lock=lock)

    def version(self) -> str:
        return ""

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"allowed": frozenset(part.value for part in services.parts_in(self.found.scope))}

    def initial(self) -> Mapping[str, Any]:
        return {"parts": [part.value for part in services.parts_in(self.found.scope)]}

    def save(self, form: Any) -> Any:
        unit = forms.other_units().filter(name=self.found.recipient).first()
        if unit is None or self.case is None:
            raise services.InputError("Tej jednostki nie ma już w programie. Potrzebna jest nowa zgoda.")
        return send_transfer(
            consent_id=self.found.pk,
            participation_id=self.case.pk,
            to_unit_id=unit.pk,
            parts=form.cleaned_data["parts"],
            sent_by=self.request.principal.user_id,
        )

    def success(self, form: Any, result: Any) -> str:
        return f"Przekazano: {self.found.recipient}. Odpowiedź zobaczysz przy zgodach."


@handles(GET=perms.CONSENT_FORM)
def consent_form(request: Any, pk: UUID, kind: str, language: str) -> HttpResponse:
    """The paper to sign, with the person's name and what it is about, in one of three languages."""
    case = get_object_or_404(card_queries.case_of(pk))
    known = consent_papers.has_form(IN_ADDRESS.get(kind, ""))
    if not known or language not in consent_papers.LANGUAGES:
        raise Http404
    record.about(request, case)
    record.shows(request, [case.person_id])
    return consent_papers.form_download(case, kind=IN_ADDRESS[kind], language=language)


@handles(GET=perms.CONSENT_FORM)
def consent_print(request: Any, pk: UUID, language: str) -> HttpResponse:
    """The same paper with what was written down in it."""
    consent = get_object_or_404(Consent.objects.select_related("person"), pk=pk)
    case = OfConsent.newest_case(consent)
    if case is None or language not in consent_papers.LANGUAGES or not consent_papers.has_form(consent.kind):
        raise Http404
    record.about(request, consent)
    record.shows(request, [consent.person_id])
    return consent_papers.form_download(
        case, kind=ConsentKind(consent.kind), language=language, consent=consent
    )


@handles(GET=perms.NOTICE_PRINT)
def notice(request: Any, language: str) -> HttpResponse:
    """The information of art. 13 RODO, for the wall and for the hand."""
    if language not in consent_papers.LANGUAGES:
        raise Http404
    return consent_papers.notice_download(language=language)


@handles(GET=perms.CONSENT_LIST)
def signed_paper(request: Any, pk: UUID) -> HttpResponse:
    """The signed paper of a consent."""
    consent = get_object_or_404(Consent.objects.select_related("paper"), pk=pk, paper__erased_at__isnull=True)
    if consent.paper is None:
        raise Http404
    record.about(request, consent)
    return serve(request, consent.paper)


urlpatterns = [
    path("uczestnicy/<uuid:pk>/zgody/", ConsentList.as_view(), name="consent_list"),
    path("uczestnicy/<uuid:pk>/zgody/nowa/<slug:kind>/", ConsentGive.as_view(), name="consent_give"),
    path("uczestnicy/<uuid:pk>/zgody/wzor/<slug:kind>/<slug:language>/", consent_form, name="consent_form"),
    path("zgody/<uuid:pk>/pismo/", ConsentPaper.as_view(), name="consent_paper"),
    path("zgody/<uuid:pk>/pismo/pobierz/", signed_paper, name="consent_open"),
    path("zgody/<uuid:pk>/opiekun/", ConsentConfirm.as_view(), name="consent_confirm"),
    path("zgody/<uuid:pk>/cofnij/", ConsentWithdraw.as_view(), name="consent_withdraw"),
    path("zgody/<uuid:pk>/wstrzymaj/", ConsentHeed.as_view(), name="consent_heed"),
    path("zgody/<uuid:pk>/wydaj-karte/", CardShare.as_view(), name="card_share"),
    path("zgody/<uuid:pk>/przekaz/", TransferSend.as_view(), name="transfer_send"),
    path("zgody/<uuid:pk>/do-podpisu/<slug:language>/", consent_print, name="consent_print"),
    path("zgody/informacja/<slug:language>/", notice, name="notice_print"),
    *transfers.urlpatterns,
    *consents_data.urlpatterns,
]
