"""Screens of papers and files."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.downloads import attachment
from reintegration.core.formats import counted, format_long_date, format_moment, format_size
from reintegration.core.lists import Column, ListPage
from reintegration.core.ui.parts import badge
from reintegration.core.views import ConfirmPage, DetailPage, FormPage, Page
from reintegration.documents import forms, perms, queries, services
from reintegration.documents.catalogue import REGISTER, STAFF_LIST
from reintegration.documents.enums import DocumentState
from reintegration.documents.exports import export_rows, start_export
from reintegration.documents.kinds import DOCUMENT_KINDS, kinds_open_to
from reintegration.documents.models import Document, DocumentGrant, PaperSettings, Signatory, StoredFile
from reintegration.documents.papers import render_pdf
from reintegration.documents.serving import serve
from reintegration.jobs.models import Job
from reintegration.jobs.queries import progress_of
from reintegration.tenancy.actions import handles
from reintegration.tenancy.grants import end_grant, grant
from reintegration.tenancy.models import Membership

DOCUMENTS = "Dokumenty"
PAPERS = "Pisma i podpisy"
BADGES = {
    DocumentState.ISSUED: Badge("wydany", "ok"),
    DocumentState.WITHDRAWN: Badge("wycofany", "warn"),
    DocumentState.ERASED: Badge("usunięty po terminie"),
}


def _mine(request: Any) -> "QuerySet[Any]":
    """The papers that this person may open."""
    return Document.objects.visible_to(request.principal).select_related("file", "made_by")  # type: ignore[no-any-return]


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(DOCUMENTS, reverse("documents:list")), *more]


class DocumentList(ListPage):
    """The papers that were issued, newest first."""

    action = perms.DOCUMENT_LIST
    title = DOCUMENTS
    file_name = "dokumenty"
    default_sort = "-made_at"
    filter_form = forms.DocumentFilter
    row_url_name = "documents:document"
    columns = (
        Column("title", "Dokument"),
        Column("number", "Numer", phone="main"),
        Column("made_at", "Wydano", sort="made_at"),
        Column("made_by", "Kto wydał", phone="hide"),
        Column("state", "Stan", cell=lambda found: BADGES[found.state]),
    )

    def queryset(self) -> "QuerySet[Any]":
        return _mine(self.request)

    def lead(self) -> str:
        return "Wszystko, co program wydał. Pismo raz wydane nie zmienia się; można je wycofać i wydać nowe."

    def filter_kwargs(self) -> Mapping[str, Any]:
        keys = kinds_open_to(self.request.principal.roles)[0]  # type: ignore[attr-defined]
        return {"kinds": [(key, DOCUMENT_KINDS[key].label) for key in keys]}

    def actions(self) -> Sequence[Link]:
        may = self.request.may  # type: ignore[attr-defined]
        found = []
        if may(perms.PAPERS_SHOW):
            found.append(Link(PAPERS, reverse("documents:papers")))
        if may(perms.REGISTER_EXPORT):
            found.append(Link("Rejestr roku", reverse("documents:register")))
        if may(perms.STAFF_LIST_ISSUE):
            found.append(Link("Wydaj wykaz kadry", reverse("documents:staff_list"), current=True))
        return found

    def row_name(self, row: Any) -> object:
        return row.title or row.kind_label

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.subject_id for row in rows if row.subject_id})

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nie ma jeszcze dokumentów", "Pojawią się tu, gdy coś wydasz.", "file-text")


class DocumentPage(DetailPage):
    """One paper: what it is, its number and hash, and who may open it besides the roles."""

    action = perms.DOCUMENT_SHOW
    template_name = "documents/document.html"

    def object(self) -> Document:
        found: Document = get_object_or_404(_mine(self.request), pk=self.kwargs["pk"])
        record.about(self.request, found)
        if found.subject_id:
            record.shows(self.request, [found.subject_id])
        return found

    def get_title(self) -> str:
        return str(self.found.title or self.found.kind_label)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.found.number or self.get_title(), ""))

    def actions(self) -> Sequence[Link]:
        found, may = [], self.request.may  # type: ignore[attr-defined]
        if self.found.state == DocumentState.ISSUED and may(perms.DOCUMENT_WITHDRAW):
            found.append(Link("Wycofaj", reverse("documents:withdraw", args=[self.found.pk])))
        if self.found.kind == STAFF_LIST.key and may(perms.STAFF_LIST_TABLE):
            found.append(Link("Arkusz, stan na dziś", reverse("documents:staff_table")))
        if self.found.state != DocumentState.ERASED:
            found.append(Link("Pobierz PDF", reverse("documents:open", args=[self.found.pk]), current=True))
        return found

    def facts(self) -> Iterable[tuple[str, Any]]:
        found = self.found
        yield "Rodzaj", found.kind_label
        yield "Numer", found.number or "bez numeru"
        yield "Stan", badge(BADGES[found.state])
        yield "Wydano", f"{format_moment(found.made_at, today=clock.today())}, {found.made_by or 'program'}"
        if found.withdrawn_at:
            yield "Wycofano", f"{format_moment(found.withdrawn_at, today=clock.today())}: {found.withdrawal}"
        yield "Język", found.get_language_display()
        yield "Rozmiar", format_size(found.file.size)
        yield "Wersja wzoru", found.template_version
        yield "Skrót SHA-256", " ".join(found.sha256[place : place + 8] for place in range(0, 64, 8))

    def page(self) -> Mapping[str, Any]:
        may_grant = self.request.may(perms.GRANT_GIVE)  # type: ignore[attr-defined]
        grants = []
        if may_grant:
            rows = self.found.grants.running(today=clock.today()).select_related("user", "granted_by")
            grants = list(rows.order_by("until", "pk"))
        return {**super().page(), "grants": grants, "may_grant": may_grant, "found": self.found}


@handles(GET=perms.DOCUMENT_OPEN)
def open_document(request: Any, pk: UUID) -> HttpResponseBase:
    found = get_object_or_404(_mine(request), pk=pk)
    if found.state == DocumentState.ERASED:
        raise Http404
    record.about(request, found)
    return serve(request, found.file)


@handles(GET=perms.FILE_OPEN)
def open_stored_file(request: Any, pk: UUID) -> HttpResponseBase:
    found = get_object_or_404(StoredFile.objects.visible_to(request.principal), pk=pk)
    record.about(request, found)
    return serve(request, found)


class WithdrawDocument(FormPage):
    """A paper that should no longer count."""

    action = perms.DOCUMENT_WITHDRAW
    form_class = forms.WithdrawForm
    submit = "Wycofaj dokument"

    def object(self, *, lock: bool) -> Any:
        found = get_object_or_404(_mine(self.request), pk=self.kwargs["pk"])
        record.about(self.request, found)
        return found

    def get_title(self) -> str:
        return f"Wycofanie: {self.found.title or self.found.kind_label} {self.found.number}".rstrip()

    def lead(self) -> str:
        return "Dokument zostanie w wykazie z tym powodem. Jego numer nie wróci do użytku."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.found.number or self.found.kind_label, self.next_url(None)), ("Wycofanie", ""))

    def save(self, form: Any) -> Document:
        return services.withdraw_document(document=self.found, reason=form.cleaned_data["reason"])

    def success(self, form: Any, result: Any) -> str:
        return "Wycofano dokument."

    def next_url(self, result: Any) -> str:
        return reverse("documents:document", args=[self.kwargs["pk"]])


class GiveGrant(FormPage):
    """Open one paper to one colleague, for a reason and until a day."""

    action = perms.GRANT_GIVE
    form_class = forms.GrantForm
    submit = "Daj dostęp"

    def object(self, *, lock: bool) -> Any:
        found = get_object_or_404(_mine(self.request), pk=self.kwargs["pk"])
        record.about(self.request, found)
        return found

    def version(self) -> str:
        return ""

    def get_title(self) -> str:
        return f"Dostęp do: {self.found.title or self.found.kind_label} {self.found.number}".rstrip()

    def lead(self) -> str:
        return (
            "Ta osoba otworzy ten jeden dokument, do dnia, który wpiszesz. Każde otwarcie zostaje zapisane."
        )

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.found.number or self.found.kind_label, self.next_url(None)), ("Dostęp", ""))

    def form_kwargs(self) -> Mapping[str, Any]:
        request: Any = self.request
        here = Membership.objects.active(today=clock.today()).filter(
            organisation=request.principal.place.id, user__is_active=True
        )
        people = get_user_model().objects.filter(pk__in=here.values("user")).exclude(pk=request.user.pk)
        rows = people.order_by("last_name", "first_name", "pk")
        return {"people": [(str(person.pk), str(person)) for person in rows]}

    def save(self, form: Any) -> DocumentGrant:
        person = get_user_model().objects.get(pk=form.cleaned_data["person"])
        return grant(  # type: ignore[return-value]
            user=person,
            obj=self.found,
            reason=form.cleaned_data["reason"],
            until=form.cleaned_data["until"],
        )

    def success(self, form: Any, result: Any) -> str:
        return f"Dostęp ma {result.user}, do {format_long_date(result.until)}."

    def next_url(self, result: Any) -> str:
        return reverse("documents:document", args=[self.kwargs["pk"]])


class EndGrant(ConfirmPage):
    """Take a colleague's access back before its day."""

    action = perms.GRANT_END
    verb = "Odbierz dostęp"

    def object(self, *, lock: bool) -> Any:
        rows = DocumentGrant.objects.select_related("user", "content_object")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found.content_object)
        self.back_url = reverse("documents:document", args=[found.content_object_id])
        return found

    def get_title(self) -> str:
        return f"Odebrać dostęp: {self.found.user}?"

    def text(self) -> str:
        return "Od tej chwili ta osoba nie otworzy tego dokumentu."

    def perform(self) -> str:
        end_grant(grant=self.found)
        return self.back_url

    def success(self) -> str:
        return "Odebrano dostęp."


class RegisterExport(ConfirmPage):
    """The year's register of papers; a job writes it, so that a long one holds nobody up."""

    action = perms.REGISTER_EXPORT
    title = "Rejestr dokumentów z tego roku"
    verb = "Przygotuj arkusz"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs(("Rejestr roku", ""))

    def object(self, *, lock: bool) -> Any:
        self.back_url = reverse("documents:list")

    def text(self) -> str:
        count = queries.papers_of(clock.today().year).count()
        papers = counted(count, "dokument", "dokumenty", "dokumentów")
        return f"Arkusz XLSX obejmie {papers}. Plik poczeka na Ciebie przez tydzień."

    def perform(self) -> str:
        batch = start_export(export=REGISTER.key, kind="xlsx", year=clock.today().year)
        return reverse("documents:export", args=[batch])


class ExportPage(Page):
    """How far a table is, and the file when it is there."""

    action = perms.EXPORT_SHOW
    template_name = "documents/export.html"
    title = "Zestawienie"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.title, ""))

    def page(self) -> Mapping[str, Any]:
        batch = self.kwargs["batch"]
        request: Any = self.request
        job = Job.objects.here().filter(batch_id=batch, created_by=request.user.pk).first()
        if job is None or job.kind != "documents.export":
            raise Http404
        made = (job.result or {}).get("file")
        stored = StoredFile.objects.visible_to(request.principal).filter(pk=made).first() if made else None
        return {"progress": progress_of(batch), "stored": stored, "made": made}


class IssueStaffList(ConfirmPage):
    """The unit's register of staff as a paper with a number."""

    action = perms.STAFF_LIST_ISSUE
    title = "Wydać wykaz kadry?"
    verb = "Wydaj wykaz"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs(("Wykaz kadry", ""))

    def object(self, *, lock: bool) -> Any:
        self.back_url = reverse("documents:list")
        return queries.staff_list(on=clock.today())

    def text(self) -> str:
        employees = counted(len(self.found.employees), "osoba z kadry", "osoby z kadry", "osób z kadry")
        volunteers = counted(len(self.found.volunteers), "wolontariusz", "wolontariusze", "wolontariuszy")
        day = format_long_date(self.found.on)
        return f"Stan na {day}: {employees}, {volunteers}. Pismo dostanie kolejny numer."

    def perform(self) -> str:
        made = services.issue_document(
            kind=STAFF_LIST.key,
            context={
                "staff": self.found,
                "boxes": services.signature_boxes(on=self.found.on),
            },
        )
        record.about(self.request, made)
        return reverse("documents:document", args=[made.pk])

    def success(self) -> str:
        return "Wydano wykaz kadry."


@handles(GET=perms.STAFF_LIST_TABLE)
def staff_table(request: HttpRequest) -> HttpResponse:
    found = queries.staff_list(on=clock.today())
    return export_rows(
        "xlsx",
        labels=("Nazwisko", "Imię", "Stanowisko", "Podstawa", "Etat", "Od", "Do"),
        rows=(
            (
                one.last_name,
                one.first_name,
                one.get_kind_display(),
                one.get_basis_display(),
                one.fte,
                one.since,
                one.until,
            )
            for one in found.all
        ),
        name="Wykaz kadry",
    )


class PapersPage(Page):
    """How this organisation's papers look and who signs them."""

    action = perms.PAPERS_SHOW
    template_name = "documents/papers.html"
    title = PAPERS

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((PAPERS, ""))

    def lead(self) -> str:
        return "Nagłówek i podpisy stoją na każdym nowym piśmie. Pisma już wydane się nie zmieniają."

    def actions(self) -> Sequence[Link]:
        found = [Link("Zobacz wzór (PDF)", reverse("documents:sample"))]
        if self.request.may(perms.PAPERS_EDIT):  # type: ignore[attr-defined]
            found.append(Link("Zmień nagłówek", reverse("documents:letterhead"), current=True))
        return found

    def page(self) -> Mapping[str, Any]:
        head = services.letterhead()
        own = PaperSettings.objects.select_related("logo__made_by").first()
        return {
            "facts": [("Nazwa", head.name), ("Adres i kontakt", "; ".join(head.lines))],
            "logo": [own.logo] if own and own.logo else [],
            "signatories": queries.signatories(on=clock.today()),
            "may_edit": self.request.may(perms.PAPERS_EDIT),  # type: ignore[attr-defined]
        }


@handles(GET=perms.PAPERS_SHOW)
def sample(request: HttpRequest) -> HttpResponse:
    """A paper that is nobody's: it has no number and is not kept."""
    content = render_pdf(
        "documents/papers/sample.html",
        {"boxes": services.signature_boxes(on=clock.today())},
        title="Wzór pisma",
        letterhead=services.letterhead(),
        made_at=clock.now(),
    )
    return attachment(content, "wzór pisma.pdf", "application/pdf")


class LetterheadPage(FormPage):
    action = perms.PAPERS_EDIT
    form_class = forms.LetterheadForm
    title = "Nagłówek pism"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((PAPERS, reverse("documents:papers")), ("Nagłówek", ""))

    def object(self, *, lock: bool) -> Any:
        self.back_url = reverse("documents:papers")
        rows = PaperSettings.objects.select_for_update(of=("self",)) if lock else PaperSettings.objects.all()
        found = rows.first()
        if found is not None:
            record.about(self.request, found)
        return found

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"has_logo": bool(self.found and self.found.logo_id)}

    def initial(self) -> Mapping[str, Any]:
        if self.found is None:
            return {}
        return {name: getattr(self.found, name) for name in ("name", "address", "contact")}

    def save(self, form: Any) -> PaperSettings:
        data = form.cleaned_data
        return services.set_letterhead(
            name=data["name"],
            address=data["address"],
            contact=data["contact"],
            logo=data["logo"],
            drop_logo=data.get("drop_logo", False),
        )

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano nagłówek pism."


class NewSignatory(FormPage):
    action = perms.PAPERS_EDIT
    form_class = forms.SignatoryForm
    title = "Nowa osoba podpisująca"
    submit = "Dodaj osobę"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        self.back_url = reverse("documents:papers")
        return _crumbs((PAPERS, self.back_url), (self.title, ""))

    def save(self, form: Any) -> Signatory:
        return services.add_signatory(**form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Podpisuje: {result}."

    def next_url(self, result: Any) -> str:
        return reverse("documents:papers")


class EndSignatory(FormPage):
    action = perms.PAPERS_EDIT
    form_class = forms.EndSignatoryForm
    submit = "Zapisz ostatni dzień"

    def object(self, *, lock: bool) -> Any:
        self.back_url = reverse("documents:papers")
        rows = Signatory.objects.select_for_update(of=("self",)) if lock else Signatory.objects.all()
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        return found

    def get_title(self) -> str:
        return f"Do kiedy podpisuje: {self.found.name}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((PAPERS, reverse("documents:papers")), (self.found.name, ""))

    def save(self, form: Any) -> str:
        services.end_signatory(signatory=self.found, on=form.cleaned_data["on"])
        return reverse("documents:papers")

    def success(self, form: Any, result: Any) -> str:
        return f"{self.found.name}: ostatni dzień {format_long_date(form.cleaned_data['on'])}."
