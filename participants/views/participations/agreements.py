"""The agreement of the programme: asked by the unit, given by the head of the welfare centre."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy

from participants.enums import AgreementState
from participants.forms import participations as forms
from participants.models import Agreement, Participation
from participants.perms import participations as perms
from participants.queries import participations as queries
from participants.services import participations as services
from participants.views.participations.base import FileForm
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty
from reintegration.core.formats import counted, format_date, format_long_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage
from reintegration.documents.serving import serve
from reintegration.tenancy.actions import handles

BADGES = {
    AgreementState.ASKED: Badge(AgreementState.ASKED.label, "info"),
    AgreementState.AGREED: Badge(AgreementState.AGREED.label, "ok"),
    AgreementState.REMARKS: Badge(AgreementState.REMARKS.label, "warn"),
    AgreementState.REPLACED: Badge("nieaktualne"),
}
TITLE = "Do uzgodnienia"


class Record(FileForm):
    """An answer on paper, from a body that does not work in this program."""

    action = perms.AGREEMENT_RECORD
    title = "Odpowiedź na piśmie"
    form_class = forms.RecordForm

    def object(self, *, lock: bool) -> Participation:
        file = super().object(lock=lock)
        self.agreement = get_object_or_404(queries.agreements_of(file).filter(sender__isnull=True)[:1])
        return file

    def lead(self) -> str:
        return f"{self.agreement.body_name}, wersja {self.agreement.version}."

    def save(self, form: forms.RecordForm) -> Agreement:
        return services.record_answer(agreement_id=self.agreement.pk, **form.cleaned_data)


# The body's side


def _state(row: Agreement) -> Badge:
    late = row.state == AgreementState.ASKED and row.due_on < clock.today()
    return Badge("po terminie", "bad") if late else BADGES[AgreementState(row.state)]


class AskedList(ListPage):
    """Programmes that units ask this body to agree to."""

    action = perms.AGREEMENT_LIST
    title = TITLE
    file_name = "do-uzgodnienia"
    row_url_name = "participants:agreement"
    columns = (
        Column("person_name", "Osoba", sort="person_name"),
        Column("unit.organisation.short_name", "Jednostka", phone="full"),
        Column("version", "Wersja", number=True, phone="hide"),
        Column("due_on", "Termin", sort="due_on", phone="full"),
        Column("state", "Stan", sort=("turn", "due_on"), cell=_state, phone="main"),
    )

    def queryset(self) -> QuerySet[Agreement]:
        return queries.asked_of_body()

    def shown_rows(self, rows: Sequence[Agreement]) -> None:
        record.shows(self.request, [row.participation_id for row in rows])

    def lead(self) -> str:
        waiting = queries.asked_of_body().filter(state=AgreementState.ASKED).count()
        if not waiting:
            return "Nic nie czeka na Twoje uzgodnienie."
        return f"Czeka {counted(waiting, 'program', 'programy', 'programów')}."

    def empty(self, *, filtered: bool) -> Empty:
        return Empty("Nie ma programów do uzgodnienia", "Zobaczysz tu programy, które prześlą jednostki.")


class Asked(FormPage):
    """One programme: what it says, its file, and the answer."""

    action = {
        "GET": perms.AGREEMENT_SHOW,
        "HEAD": perms.AGREEMENT_SHOW,
        "POST": perms.AGREEMENT_ANSWER,
    }
    template_name = "participants/participations/agreement.html"
    form_class = forms.AnswerForm
    submit = "Wyślij odpowiedź"
    back_url = reverse_lazy("participants:agreement_list")

    def object(self, *, lock: bool) -> Agreement:
        self.agreement = _asked(self.request, self.kwargs["pk"], lock=lock)
        return self.agreement

    def get_title(self) -> str:
        return f"Program: {self.agreement.person_name}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.agreement.person_name, "")]

    def lead(self) -> str:
        row, today = self.agreement, clock.today()
        if row.state == AgreementState.ASKED:
            return f"Czeka na odpowiedź kierownika do {format_date(row.due_on, today=today)}."
        return "Ta wersja nie czeka już na odpowiedź."

    def page(self) -> Mapping[str, Any]:
        row = self.agreement
        pairs = [
            ("Osoba", row.person_name),
            ("Jednostka", row.unit.organisation.name),
            ("Wersja", row.version),
            ("Podpisano", format_long_date(row.signed_on)),
            ("Termin odpowiedzi", format_long_date(row.due_on)),
        ]
        waiting = row.state == AgreementState.ASKED
        request: Any = self.request
        return {
            "agreement": row,
            "badge": _state(row),
            "pairs": pairs,
            "programme": queries.programme_of(row),
            "may_answer": waiting and request.may(perms.AGREEMENT_ANSWER),
            "waiting": waiting,
            "before": queries.answered_before(row),
        }

    def save(self, form: forms.AnswerForm) -> Agreement:
        return services.answer_agreement(
            agreement_id=self.agreement.pk,
            agreed=form.cleaned_data["agreed"],
            remarks=form.cleaned_data["remarks"],
            name=self.request.user.get_full_name(),  # type: ignore[union-attr]
            user_id=self.request.user.pk,  # type: ignore[arg-type]
        )

    def success(self, form: Any, result: Agreement) -> str:
        if result.state == AgreementState.AGREED:
            return f"Uzgodniono program: {result.person_name}."
        return f"Wysłano uwagi do programu: {result.person_name}."


@handles(GET=perms.AGREEMENT_FILE)
def programme_file(request: Any, pk: UUID) -> HttpResponse:
    """The programme's file for the body that was asked."""
    stored = queries.programme_of(_asked(request, pk))
    if stored is None:
        raise Http404
    return serve(request, stored)


def _asked(request: Any, pk: UUID, *, lock: bool = False) -> Agreement:
    rows = Agreement.objects.filter(sender=request.principal.place.id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: Agreement = get_object_or_404(rows.select_related("unit__organisation"), pk=pk)
    record.about(request, found)
    record.shows(request, [found.participation_id])
    return found
