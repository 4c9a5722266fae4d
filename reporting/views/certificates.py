"""One certificate: what it will say, issuing it, repeating it, putting it right; and all that were issued."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from ipzs.perms import timetable as skill_perms
from participants.perms import participations as file_perms
from participants.rules.codes import UnitType
from participants.views.participations.base import crumbs_of, file_of, unit_type
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download
from reporting import certificate_papers as papers
from reporting import perms
from reporting.enums import CertificateState, SocialChange
from reporting.forms import graduates as forms
from reporting.models import Certificate, Outcome
from reporting.queries import certificates as queries
from reporting.services import certificates as services
from reporting.views.graduates import PAPERS, TITLE, destination

NAME = "Zaświadczenie"
BADGES = {
    CertificateState.ISSUED.value: Badge("ważne", "ok"),
    CertificateState.REPLACED.value: Badge("zastąpione korektą", "plain"),
    CertificateState.WITHDRAWN.value: Badge("wycofane", "plain"),
}


class OfCertificate(Page):
    """Everything about the certificate of one file."""

    action = perms.CERTIFICATE_SHOW
    request: Any

    def load(self) -> queries.Prepared:
        file = file_of(self.request, self.kwargs["pk"])
        return queries.prepare(file, today=clock.today())


class Show(OfCertificate):
    """What the certificate says, or will say; what keeps it back; and the title that it gives."""

    template_name = "reporting/certificates/show.html"
    title = NAME

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.ready = self.load()
        return self.answer()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.ready.file, (NAME, ""))

    def lead(self) -> str:
        file, issued = self.ready.file, self.ready.issued
        if issued is not None:
            return f"{file.person}. Wydano je pod numerem {issued.number}."
        article = "art. 13 ust. 5a" if unit_type(self.request) is UnitType.CIS else "art. 18 ust. 5a"
        return f"{file.person}. Zaświadczenie dostaje każdy, kto zakończył udział. ({article})"

    def actions(self) -> Sequence[Link]:
        ready, file = self.ready, self.ready.file
        if ready.issued is None:
            found = []
            if (
                not ready.obstacles
                and ready.elsewhere_on is None
                and self.request.may(perms.CERTIFICATE_ISSUE)
            ):
                issue = reverse("reporting:certificate_issue", args=[file.pk])
                found.append(Link("Wydaj zaświadczenie", issue, current=True))
            if file.ended_on is not None:
                found.append(Link("Podgląd PDF", reverse("reporting:certificate_preview", args=[file.pk])))
            return found
        found = []
        paper = ready.papers.get(ready.issued.pk)
        if paper is not None:
            found.append(Link("Pobierz PDF", reverse("documents:open", args=[paper]), current=True))
        if self.request.may(perms.CERTIFICATE_ISSUE):
            args = [ready.issued.pk]
            if ready.differs:
                found.append(Link("Zrób korektę", reverse("reporting:certificate_correct", args=args)))
            found.append(Link("Zrób duplikat", reverse("reporting:certificate_duplicate", args=args)))
        return found

    def page(self) -> Mapping[str, Any]:
        ready, file = self.ready, self.ready.file
        cis = unit_type(self.request) is UnitType.CIS
        content = ready.issued.content if ready.issued is not None else ready.content
        return {
            "ready": ready,
            "file": file,
            "cis": cis,
            "said": papers.told(content) if content is not None else None,
            "rows": [(one, BADGES[one.state], ready.papers.get(one.pk)) for one in ready.all],
            "effects": self._effects(),
            "outcomes_url": self._after_end(perms.OUTCOME_NOTE, "reporting:outcomes"),
            # What was not confirmed in time still can be, until the paper stands.
            "skill_url": reverse("ipzs:skill_add", args=[file.pk])
            if ready.issued is None and self.request.may(skill_perms.SKILL_EDIT)
            else "",
            "note_url": self._after_end(file_perms.CERTIFICATE, "participants:certificate")
            if ready.issued is None
            else "",
            "graduates_url": reverse("reporting:graduates"),
            "graduates": TITLE,
        }

    def _after_end(self, action: Any, name: str) -> str:
        file = self.ready.file
        if not self.request.may(action) or file.ended_on is None:
            return ""
        return reverse(name, args=[file.pk])

    def _effects(self) -> list[tuple[str, str]]:
        row = self.ready.outcome
        if row is None:
            return []
        found = [("Dokąd", destination(self.ready.file) or "nie zapisano")]
        if row.work:
            found.append(("Na czym polega praca", row.get_work_display()))
        found += _rated(row)
        independent = {True: "tak", False: "nie", None: "nie wiadomo"}[row.independent]
        found.append(("Utrzymuje się bez pomocy społecznej", independent))
        return found


def _rated(row: Outcome) -> list[tuple[str, str]]:
    """What both see, and what one of them alone sees; where there is one rating, whose it is."""
    unit, own = row.changes, row.own_changes
    if unit is None:  # erased
        return []
    if own is None:
        why = row.get_own_missing_display()
        return [("Zmiany zdaniem jednostki", _said(unit)), ("Ocena uczestnika", why)]
    if unit == own:
        return [("Zmiany zdaniem uczestnika i jednostki", _said(unit))]
    both = [one for one in unit if one in own]
    parts = (
        ("Zmiany zdaniem uczestnika i jednostki", both),
        ("Tylko zdaniem uczestnika", [one for one in own if one not in both]),
        ("Tylko zdaniem jednostki", [one for one in unit if one not in both]),
    )
    return [(label, _said(some)) for label, some in parts if some]


def _said(changes: Sequence[str]) -> str:
    return "; ".join(SocialChange(one).label for one in changes) or "żadna z dziewięciu"


class Preview(OfCertificate):
    """The paper without a number, to be read before it is issued."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        ready = self.load()
        content = papers.preview(ready.content, ready.standing)
        return as_download(content, f"podgląd zaświadczenia {ready.file.number}")


class Issue(ConfirmPage):
    action = perms.CERTIFICATE_ISSUE
    title = "Wydanie zaświadczenia"
    verb = "Wydaj zaświadczenie"
    request: Any

    def object(self, *, lock: bool) -> Any:
        file = file_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = reverse("reporting:certificate", args=[file.pk])
        self.ready = queries.prepare(file, today=clock.today())
        return file

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.found, (NAME, self.back_url), (self.title, ""))

    def text(self) -> str:
        if self.ready.obstacles:
            return " ".join(self.ready.obstacles)
        title = (
            "Z nim ta osoba jest absolwentem."
            if self.ready.standing.is_graduate
            else f"Statusu absolwenta nie daje. {' '.join(self.ready.standing.sentences)}"
        )
        return f"{self.found.person}. {title} Po wydaniu nie da się go zmienić, tylko zrobić korektę."

    def perform(self) -> str:
        self.made = services.issue(participation_id=self.found.pk)
        record.about(self.request, self.made)
        return str(self.back_url)

    def success(self) -> str:
        return f"Wydano zaświadczenie {self.made.number}."


class OfIssued(FormPage):
    """A step with a certificate that was issued, for a reason."""

    action = perms.CERTIFICATE_ISSUE
    form_class = forms.ReasonForm
    drafts = False
    hint = ""
    request: Any

    def object(self, *, lock: bool) -> Certificate:
        rows = queries.issued()
        found: Certificate = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        self.back_url = reverse("reporting:certificate", args=[found.participation_id])
        return found

    def version(self) -> str:
        return ""

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.found.participation, (NAME, self.back_url), (self.title, ""))

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"hint": self.hint}

    def success(self, form: Any, result: Certificate) -> str:
        return f"Wydano: {result.number}."


class Duplicate(OfIssued):
    title = "Duplikat zaświadczenia"
    submit = "Zrób duplikat"
    hint = "Na przykład: zaświadczenie się zgubiło."

    def lead(self) -> str:
        return f"{self.found.person}. Powtórzy słowo w słowo zaświadczenie {self.found.number}."

    def save(self, form: Any) -> Certificate:
        return services.duplicate(certificate_id=self.found.pk, **form.cleaned_data)


class Correct(OfIssued):
    title = "Korekta zaświadczenia"
    submit = "Wydaj korektę"
    hint = "Na przykład: poprawiono nazwisko."

    def lead(self) -> str:
        return f"{self.found.person}. Zastąpi zaświadczenie {self.found.number} tym, co stoi dziś w sprawie."

    def save(self, form: Any) -> Certificate:
        return services.correct(certificate_id=self.found.pk, **form.cleaned_data)


class CertificateList(ListPage):
    """All that were issued, with their numbers."""

    action = perms.CERTIFICATE_LIST
    title = "Wydane zaświadczenia"
    file_name = "zaswiadczenia"
    default_sort = "-issued_on"
    row_url_name = "reporting:certificate"
    filter_form = forms.CertificateFilter
    request: Any
    columns = (
        Column("number", "Numer", sort="number"),
        Column("person", "Osoba", sort="person__name_order", phone="main"),
        Column("issued_on", "Wydano", sort="issued_on"),
        Column("kind", "Rodzaj", sort="kind", cell=lambda one: one.get_kind_display()),
        Column("state", "Stan", sort="state", cell=lambda one: BADGES[one.state]),
        Column("graduate", "Daje status absolwenta", sort="graduate"),
        Column("graduate_until", "Absolwent do", sort="graduate_until"),
        Column("made_by", "Kto wydał", cell=lambda one: one.made_by.get_full_name(), phone="hide"),
    )

    def queryset(self) -> Any:
        return queries.issued()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("reporting:graduates")), (self.title, "")]

    def lead(self) -> str:
        found = queries.counts(queries.issued())
        graduates = counted(
            found["graduates"], "status absolwenta", "statusy absolwenta", "statusów absolwenta"
        )
        return f"Ważne: {counted(found['valid'], *PAPERS)}, w tym {graduates}."

    def row_key(self, row: Any) -> Any:
        return row.participation_id

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.person_id for row in rows})

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nie wydano jeszcze żadnego zaświadczenia", "Wydaje się je ze strony osoby.", "certificate"
        )


urlpatterns = [
    path("zaswiadczenia/", CertificateList.as_view(), name="certificates"),
    path("uczestnicy/<uuid:pk>/zaswiadczenie/tresc/", Show.as_view(), name="certificate"),
    path("uczestnicy/<uuid:pk>/zaswiadczenie/podglad/", Preview.as_view(), name="certificate_preview"),
    path("uczestnicy/<uuid:pk>/zaswiadczenie/wydaj/", Issue.as_view(), name="certificate_issue"),
    path("zaswiadczenia/<uuid:pk>/duplikat/", Duplicate.as_view(), name="certificate_duplicate"),
    path("zaswiadczenia/<uuid:pk>/korekta/", Correct.as_view(), name="certificate_correct"),
]
