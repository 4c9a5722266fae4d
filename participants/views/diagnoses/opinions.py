"""Opinions of specialists: written, signed, read, printed, and opened to one colleague."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants import diagnosis_papers as papers
from participants.forms.diagnoses import opinions as forms
from participants.models import SpecialistOpinion, SpecialistOpinionGrant
from participants.perms import diagnoses as perms
from participants.queries.diagnoses import results
from participants.services import diagnoses as services
from participants.views.diagnoses.base import OfCase, OfGiver, OfOpinion, OfOwnDraft, opinion_state, tab_url
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import format_date, format_long_date
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download

FIELDS = ("kind", "held_on", "text", "advice", "confidential")


class Add(OfCase, FormPage):
    action = perms.OPINION_ADD
    title = "Opinia specjalisty"
    form_class = forms.OpinionForm
    submit = "Zapisz i przejrzyj"

    def object(self, *, lock: bool) -> None:
        self.find_case()
        if not self.inside:
            raise Http404

    def lead(self) -> str:
        return f"{self.case.person}. Do podpisu widzisz ją tylko Ty."

    def initial(self) -> Mapping[str, Any]:
        return {"held_on": clock.today()}

    def save(self, form: Any) -> SpecialistOpinion:
        made = services.write_opinion(
            participation_id=self.case.pk,
            data=services.OpinionData(**form.cleaned_data),
            author_id=self.request.principal.user_id,
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: SpecialistOpinion) -> str:
        return "Zapisano szkic opinii."

    def next_url(self, result: SpecialistOpinion) -> str:
        return reverse("participants:specialist_opinion_show", args=[result.pk])


class Edit(OfOwnDraft, FormPage):
    action = perms.OPINION_EDIT
    form_class = forms.OpinionForm
    submit = "Zapisz i przejrzyj"

    def get_title(self) -> str:
        return "Szkic opinii"

    def lead(self) -> str:
        return f"{self.opinion.person}. Do podpisu widzisz ją tylko Ty."

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.opinion, name) for name in FIELDS}

    def save(self, form: Any) -> SpecialistOpinion:
        return services.edit_opinion(
            opinion_id=self.opinion.pk,
            data=services.OpinionData(**form.cleaned_data),
            by=self.request.principal.user_id,
        )

    def success(self, form: Any, result: SpecialistOpinion) -> str:
        return "Zapisano szkic opinii."


class Show(OfOpinion, Page):
    action = perms.OPINION_SHOW
    template_name = "participants/diagnoses/opinion.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.found = self.object()
        return self.answer()

    def get_title(self) -> str:
        return f"Opinia: {self.found.get_kind_display()}"

    def lead(self) -> str:
        row = self.found
        return f"{row.person}. {row.author_name}, {format_date(row.held_on, today=clock.today())}."

    def actions(self) -> Sequence[Link]:
        row = self.found
        if row.signed_at is None:
            return [
                Link("Usuń", reverse("participants:specialist_opinion_drop", args=[row.pk])),
                Link("Popraw", reverse("participants:specialist_opinion_edit", args=[row.pk])),
                Link("Podpisz", reverse("participants:specialist_opinion_sign", args=[row.pk]), current=True),
            ]
        found = [Link("Wydrukuj", reverse("participants:specialist_opinion_print", args=[row.pk]))]
        if row.confidential and self.gives():
            found.append(
                Link(
                    "Daj dostęp",
                    reverse("participants:specialist_opinion_grant", args=[row.pk]),
                    current=True,
                )
            )
        return found

    def gives(self) -> bool:
        row = self.found
        return self.request.principal.user_id in {row.author_id, row.participation.case_manager_id}

    def page(self) -> Mapping[str, Any]:
        row = self.found
        running = []
        if row.confidential and self.gives():
            grants = SpecialistOpinionGrant.objects.running(today=clock.today()).filter(content_object=row)
            running = list(grants.select_related("user", "granted_by").order_by("until", "pk"))
        return {"opinion": row, "state": opinion_state(row), "grants": running, "gives": self.gives()}


class Sign(OfOwnDraft, ConfirmPage):
    action = perms.OPINION_SIGN
    verb = "Podpisz opinię"

    def get_title(self) -> str:
        return "Podpisać opinię?"

    def text(self) -> str:
        if self.opinion.confidential:
            return "Po podpisie nic się w niej nie zmieni. Przeczyta ją tylko opiekun i kogo wskażecie."
        return "Po podpisie nic się w niej nie zmieni. Przeczyta ją zespół osoby."

    def perform(self) -> str:
        services.sign_opinion(opinion_id=self.opinion.pk, by=self.request.principal.user_id)
        return self.back_url

    def success(self) -> str:
        return "Podpisano opinię."


class Drop(OfOwnDraft, ConfirmPage):
    action = perms.OPINION_DROP
    verb = "Usuń szkic"
    danger = True

    def get_title(self) -> str:
        return "Usunąć szkic opinii?"

    def text(self) -> str:
        return f"{self.opinion.person}. Tego szkicu nikt poza Tobą nie widział."

    def perform(self) -> str:
        case = self.opinion.participation_id
        services.drop_opinion(opinion_id=self.opinion.pk, by=self.request.principal.user_id)
        return tab_url(case)

    def success(self) -> str:
        return "Usunięto szkic opinii."


class Print(OfOpinion, Page):
    """The paper of a signed opinion, for who may read it."""

    action = perms.OPINION_PRINT
    request: Any

    def get_title(self) -> str:
        return "Opinia"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.object()
        if row.signed_at is None:
            return HttpResponseRedirect(self.back_url)
        return as_download(
            papers.opinion_pdf(row), f"opinia {row.participation.number} {row.held_on:%Y-%m-%d}"
        )


class Grant(OfGiver, FormPage):
    """Open a confidential opinion to one colleague, for a reason and until a day."""

    action = perms.OPINION_GRANT
    form_class = forms.OpenForm
    submit = "Daj dostęp"
    drafts = False

    def get_title(self) -> str:
        return "Dostęp do opinii poufnej"

    def lead(self) -> str:
        return (
            f"{self.opinion.person}. Opinia: {self.opinion.get_kind_display()}, {self.opinion.author_name}."
        )

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"people": results.may_be_let(self.opinion, today=clock.today())}

    def version(self) -> str:
        return ""

    def save(self, form: Any) -> SpecialistOpinionGrant:
        found = form.cleaned_data
        return services.open_opinion(
            opinion_id=self.opinion.pk,
            user_id=found["person"],
            reason=found["reason"],
            until=found["until"],
            by=self.request.principal.user_id,
        )

    def success(self, form: Any, result: SpecialistOpinionGrant) -> str:
        return f"Dostęp ma {result.user}, do {format_long_date(result.until)}."


class GrantEnd(ConfirmPage):
    """Take access back before its day."""

    action = perms.OPINION_GRANT_END
    verb = "Odbierz dostęp"
    request: Any

    def object(self, *, lock: bool) -> SpecialistOpinionGrant:
        principal = self.request.principal
        readable = results.opinions(principal, today=clock.today())
        user = principal.user_id
        given = readable.filter(author=user) | readable.filter(participation__case_manager=user)
        rows = SpecialistOpinionGrant.objects.select_related("user", "content_object")
        found: SpecialistOpinionGrant = get_object_or_404(
            rows.filter(content_object__in=given.values("pk")), pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        record.shows(self.request, [found.content_object.person_id])
        self.back_url = reverse("participants:specialist_opinion_show", args=[found.content_object_id])
        return found

    def get_title(self) -> str:
        return f"Odebrać dostęp: {self.found.user}?"

    def text(self) -> str:
        return f"Miał trwać do {format_long_date(self.found.until)}. Od teraz tej opinii nie otworzy."

    def perform(self) -> str:
        services.close_opinion(grant_id=self.found.pk, by=self.request.principal.user_id)
        return self.back_url

    def success(self) -> str:
        return f"Odebrano dostęp: {self.found.user}."
