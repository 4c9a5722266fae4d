"""The parts of a version, each a small form of its own, and what starts or stops the writing."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from ipzs.enums import VersionState
from ipzs.forms import programmes as forms
from ipzs.models import ProgrammeVersion, Service
from ipzs.perms import programmes as perms
from ipzs.programme_paper import content_of, representative_of
from ipzs.rules import content as content_rules
from ipzs.rules import programmes as rules
from ipzs.services import programmes as services
from ipzs.views.programmes.base import OfProgramme, OfVersion, url_of, version_of
from participants.queries.participations import agreements_of, bodies
from participants.queries.participations.agreements import AGREEING
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.views import ConfirmPage

# The parts in the order of the talk: what for, by which steps, with whose help, how long.
PARTS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("version_terms", "Okres i oceny", frozenset({rules.DATES, rules.EVALUATIONS})),
    ("version_goals", "Cele i kroki", frozenset({rules.GOALS})),
    ("version_texts", "Zakres i formy", frozenset(part.value for part in content_rules.Part)),
    ("version_services", "Usługi i godziny", frozenset({rules.SERVICES})),
    ("version_people", "Osoby odpowiedzialne", frozenset({rules.RESPONSIBLE})),
)


class PartPage(OfVersion):
    """One part of a draft; it may be saved with anything missing."""

    action = perms.WRITE
    template_name = "ipzs/programmes/part.html"
    name = ""
    submit = "Zapisz i dalej"

    def get_title(self) -> str:
        return next(label for name, label, _ in PARTS if name == self.name)

    @property
    def content(self) -> content_rules.Content:
        return content_of(self.row, self.programme.kind)

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"content": self.content}

    def page(self) -> Mapping[str, Any]:
        gaps = rules.gaps(self.content)
        parts = []
        for name, label, keys in PARTS:
            missing = [one.sentence for one in gaps if str(one.part) in keys]
            url = reverse(f"ipzs:{name}", args=[self.row.pk])
            parts.append((Link(label, url, current=name == self.name), len(missing)))
        own = next(keys for name, _, keys in PARTS if name == self.name)
        return {
            "row": self.row,
            "parts": parts,
            "missing": [one.sentence for one in gaps if str(one.part) in own],
            "left": len(gaps),
            "is_draft": self.row.state == VersionState.DRAFT,
            "name": self.name,
        }

    def save(self, form: Any) -> ProgrammeVersion:
        return services.save_content(
            version_id=self.row.pk, content=form.written(), revision=self.row.revision
        )

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano. Możesz dopisać kolejne." if self._more() else "Zapisano."

    def _more(self) -> bool:
        return "more" in self.request.POST

    def next_url(self, result: Any) -> str:
        here = [name for name, _, _ in PARTS].index(self.name)
        if self._more():
            return reverse(f"ipzs:{self.name}", args=[self.row.pk])
        if here + 1 < len(PARTS):
            return reverse(f"ipzs:{PARTS[here + 1][0]}", args=[self.row.pk])
        return url_of(self.programme.participation_id)


class Terms(PartPage):
    name = "version_terms"
    form_class = forms.TermsForm


class Goals(PartPage):
    name = "version_goals"
    form_class = forms.GoalsForm
    landed = ""

    def save(self, form: forms.GoalsForm) -> ProgrammeVersion:
        found = super().save(form)
        self.landed = form.landed
        return found

    def success(self, form: Any, result: Any) -> str:
        if not self.landed:
            return super().success(form, result)
        if "move" in self.request.POST:
            return "Przeniesiono."
        return "Wstawiono pomysł. Napiszcie go słowami uczestnika."

    def next_url(self, result: Any) -> str:
        """Whoever moved a row or took an idea goes on with it."""
        if not self.landed:
            return super().next_url(result)
        return f"{reverse('ipzs:version_goals', args=[self.row.pk])}#id_{self.landed}"


class Texts(PartPage):
    name = "version_texts"
    form_class = forms.TextsForm


class Services(PartPage):
    name = "version_services"
    form_class = forms.ServicesForm

    def form_kwargs(self) -> Mapping[str, Any]:
        rows = Service.objects.filter(active=True).order_by("area", "name_order", "pk")
        offered: Sequence[content_rules.Service] = [
            content_rules.Service(
                str(one.pk),
                one.name,
                content_rules.Area(one.area),
                content_rules.Form(one.form),
                one.hours,
                content_rules.Per.WHOLE,
            )
            for one in rows
        ]
        return {**super().form_kwargs(), "offered": offered}


class People(PartPage):
    name = "version_people"
    form_class = forms.PeopleForm


class Discard(ConfirmPage):
    """Lay a version aside; what holds stays as it is."""

    action = perms.WRITE
    title = "Porzuć wersję"
    verb = "Porzuć wersję"
    danger = True
    request: Any

    def object(self, *, lock: bool) -> ProgrammeVersion:
        self.row = version_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = url_of(self.row.programme.participation_id)
        return self.row

    def text(self) -> str:
        return f"{self.row.programme.number}, wersja {self.row.number}. To, co obowiązuje, zostaje bez zmian."

    def perform(self) -> str:
        services.discard(version_id=self.row.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Porzucono wersję."


class Sign(OfVersion):
    """The signatures; the first version of a CIS then goes to the head of OPS."""

    action = perms.SIGN
    title = "Podpisy"

    def object(self, *, lock: bool) -> Any:
        found = super().object(lock=lock)
        self.asks = services.needs_agreement(self.programme)
        return found

    @property
    def form_class(self) -> type[forms.SignForm]:  # type: ignore[override]
        return forms.SignAndAskForm if self.asks else forms.SignForm

    @property
    def submit(self) -> str:  # type: ignore[override]
        return "Zapisz i wyślij do OPS" if self.asks else "Zapisz podpisy"

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"bodies": bodies()} if self.asks else {}

    def lead(self) -> str:
        represented = bool(representative_of(self.programme))
        who = ", ".join(
            one.title[0].lower() + one.title[1:]
            for one in rules.signers(content_rules.Face(self.programme.kind), represented=represented)
            if one.must
        )
        return f"{self.file.person}. Podpisują: {who}."

    def initial(self) -> Mapping[str, Any]:
        return {"signed_on": clock.today(), **(self.agrees() if self.asks else {})}

    def agrees(self) -> Mapping[str, str]:
        """The centre that was asked about the version before, else the one that referred the person, or was
        told of it by the labour office."""
        before = agreements_of(self.file).first()
        referral = self.file.referral
        if before is not None:
            sender, name = before.sender_id, before.body_name
        elif referral is not None and referral.source in AGREEING:
            sender, name = referral.sender_id, referral.sender_name
        elif referral is not None:
            sender, name = referral.ops_id, referral.ops_name
        else:
            sender, name = None, ""
        return {"sender": str(sender)} if sender is not None else {"body_name": name}

    def save(self, form: Any) -> ProgrammeVersion:
        typed = form.cleaned_data
        sender = typed.get("sender")
        return services.sign_version(
            version_id=self.row.pk,
            signed_on=typed["signed_on"],
            how=typed["how"],
            witness=typed["witness"],
            scan=typed["scan"],
            sender_id=UUID(sender) if sender else None,
            body_name=typed.get("body_name", ""),
        )

    def success(self, form: Any, result: ProgrammeVersion) -> str:
        if result.state == VersionState.SIGNED:
            return "Zapisano podpisy i wysłano do uzgodnienia."
        return "Zapisano podpisy. Ta wersja obowiązuje."


class Annex(OfProgramme):
    action = perms.WRITE
    title = "Aneks"
    form_class = forms.AnnexForm
    submit = "Przygotuj aneks"

    def lead(self) -> str:
        return f"{self.file.person}. Program zmienia się na wniosek każdej ze stron. (art. 13 ust. 3)"

    def initial(self) -> Mapping[str, Any]:
        return {"motion_on": clock.today()}

    def save(self, form: forms.AnnexForm) -> ProgrammeVersion:
        return services.draft_annex(programme_id=self.programme.pk, **form.cleaned_data)

    def next_url(self, result: ProgrammeVersion) -> str:
        return reverse("ipzs:version_goals", args=[result.pk])

    def success(self, form: Any, result: Any) -> str:
        return "Zmień to, o co chodzi. Różnice pokażemy sami."
