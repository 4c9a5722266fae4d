"""The tab of a file: the programme as it stands, what is being written, the course, and the papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ipzs.enums import MotionState, ProgrammeEnd, ProgrammeState, StepState, VersionState
from ipzs.models import ExtensionMotion, Programme
from ipzs.perms import programmes as perms
from ipzs.programme_paper import after_remarks, changed, content_of, content_pdf, shown
from ipzs.programmes_papers import PERIOD_PAPERS
from ipzs.queries import programmes as queries
from ipzs.rules import changes as change_rules
from ipzs.rules import endings
from ipzs.rules import programmes as rules
from ipzs.rules.content import AREA_NAMES
from ipzs.services import programmes as services
from ipzs.services.programmes.course import period_key
from ipzs.services.programmes.decisions import paper_of as decision_paper
from ipzs.services.programmes.writing import KINDS
from ipzs.views.programmes.base import paper_of, programme_of, tell_elsewhere, url_of, version_of
from participants.perms.partners import REQUEST_ASK
from participants.rules.codes import UnitType
from participants.views.participations.base import crumbs_of, file_of, unit_type
from participants.views.participations.files import OfTab
from reintegration.core import clock, toasts
from reintegration.core.components import Badge, Link
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date
from reintegration.core.views import Page, go_to
from reintegration.documents.exports import as_download
from reintegration.documents.models import Document, StoredFile
from reintegration.documents.serving import serve
from reintegration.tenancy.actions import handles

BADGES = {
    ProgrammeState.PREPARED: "info",
    ProgrammeState.RUNNING: "ok",
    ProgrammeState.ENDED: "plain",
    ProgrammeState.DROPPED: "plain",
}
VERSION_BADGES = {
    VersionState.DRAFT: "plain",
    VersionState.READY: "info",
    VersionState.SIGNED: "info",
    VersionState.IN_FORCE: "ok",
    VersionState.REPLACED: "plain",
    VersionState.OBJECTED: "warn",
    VersionState.DISCARDED: "plain",
}
MOTION_BADGES = {
    MotionState.ASKED: "info",
    MotionState.GRANTED: "ok",
    MotionState.REFUSED: "warn",
    MotionState.WITHDRAWN: "plain",
}
STEP_BADGES = {
    StepState.OPEN: "plain",
    StepState.DONE: "ok",
    StepState.PARTLY: "info",
    StepState.MISSED: "warn",
}


def badge_of(programme: Programme) -> Badge:
    state = ProgrammeState(programme.state)
    return Badge(state.label, BADGES[state])


@dataclass(frozen=True, slots=True)
class Time:
    """What a visitor may do about the time of a participation; what is due stands on top of the page."""

    links: Sequence[Link] = ()
    # Who decides, for those who do not.
    said: str = ""
    title: str = ""
    text: str = ""

    @property
    def due(self) -> bool:
        return any(link.current for link in self.links)


class ProgrammeShow(OfTab):
    """The tab „Program”, in a KIS „Kontrakt”."""

    action = perms.SHOW
    template_name = "ipzs/programmes/programme.html"
    request: Any

    def load(self) -> None:
        super().load()
        self.tab = paper_of(self.request)
        self.programme = queries.current(self.file.pk)
        self.found = (
            queries.programme_page(self.programme, today=clock.today())
            if self.programme is not None
            else None
        )

    def page(self) -> Mapping[str, Any]:
        kind, file = unit_type(self.request), self.file
        name = paper_of(self.request)
        over = file.ended_on is not None
        programme = self.programme
        lives = programme is not None and programme.state in queries.LIVE
        return {
            **super().page(),
            "name": name,
            "lower": name.lower(),
            "count": self._count(),
            "programme": programme,
            "found": self.found,
            "kinds": [(one.value, one.label) for one in KINDS[kind]],
            "may_draft": self.request.may(perms.WRITE) and not over and not lives,
            "may_write": self.request.may(perms.WRITE) and not over,
            **({} if self.found is None else self._of_programme(self.found, kind)),
        }

    def _count(self) -> rules.Countdown | None:
        """How much is left; a decision that was delivered shortens it."""
        decided = self.found.decided if self.found is not None else None
        return queries.countdown_of(
            self.file, periods=self.shown.periods, ends_on=decided.ends_on if decided is not None else None
        )

    def _of_programme(self, found: queries.ProgrammePage, kind: UnitType) -> dict[str, Any]:
        programme, request, over = found.programme, self.request, self.file.ended_on is not None
        running = programme.state == ProgrammeState.RUNNING
        parts = shown(found.content) if found.content is not None else {}
        papers = self._papers(found)
        return {
            **parts,
            "badge": badge_of(programme),
            "running": running,
            "obstacles": self._obstacles(found),
            "steps_url": [self._goal(one) for one in found.goals],
            "versions": [
                (one, Badge(one.get_state_display(), VERSION_BADGES[VersionState(one.state)]))
                for one in found.versions
            ],
            "decisions": [(one, decision_paper(one), self._complaint(one)) for one in found.decisions],
            "may_annex": running and not over and programme.work_since is None and not found.prepared
            and found.decided is None and request.may(perms.WRITE),
            "may_step": running and request.may(perms.STEP),
            "ask_url": self._ask_url(),
            "may_evaluate": running and request.may(perms.EVALUATE),
            "ends": self._ends(found, kind) if running and request.may(perms.END) else [],
            "periods": [(one, papers.get(period_key(one.pk), [])) for one in found.periods],
            "may_decide": request.may(perms.DECISION),
            "may_issue": request.may(perms.DECISION_ISSUE),
            "may_follow": request.may(perms.DECISION_FOLLOW),
            "motions": [
                (one, Badge(one.get_state_display(), MOTION_BADGES[MotionState(one.state)]))
                for one in found.motions
            ],
            "time": self._time(found, kind) if running and not over and found.decided is None else Time(),
            "ended_as": ProgrammeEnd(programme.end_kind).label if programme.end_kind else "",
            "tail": rules.tail_after_work(programme.work_since) if programme.work_since else None,
            "me": request.user.pk,
            "work_ahead": programme.work_since is not None and programme.work_since > clock.today(),
        }  # fmt: skip

    def _obstacles(self, found: queries.ProgrammePage) -> list[str]:
        prepared = found.prepared
        if prepared is None or prepared.state != VersionState.DRAFT:
            return []
        return services.obstacles(found.programme, prepared, self.file)

    def _ask_url(self) -> str:
        """Where somebody outside is asked for help with a step."""
        if self.file.ended_on is not None or not self.request.may(REQUEST_ASK):
            return ""
        return reverse("participants:partner_ask", args=[self.file.pk])

    def _goal(self, one: queries.ShownGoal) -> dict[str, Any]:
        return {
            "goal": one.goal,
            "area": "" if one.goal.area is None else AREA_NAMES[one.goal.area],
            "steps": [(step, _step_badge(step)) for step in one.steps],
        }

    def _papers(self, found: queries.ProgrammePage) -> Mapping[str, Sequence[Link]]:
        """What was written about each period, as far as the visitor may read it."""
        rows = Document.objects.visible_to(self.request.principal).filter(
            kind__in=[one.key for one in PERIOD_PAPERS], key__in=[period_key(one.pk) for one in found.periods]
        )
        papers: dict[str, list[Link]] = {}
        for row in rows.order_by("made_at", "pk") if found.periods else []:
            papers.setdefault(row.key, []).append(
                Link(row.title, reverse("documents:document", args=[row.pk]))
            )
        return papers

    def _complaint(self, decision: Any) -> Any:
        return endings.complaint(decision.delivered_on) if decision.delivered_on else None

    def _ends(self, found: queries.ProgrammePage, kind: UnitType) -> list[Link]:
        pk = found.programme.pk
        if found.programme.work_since is not None:
            return [Link("Zakończ program po podjęciu pracy", reverse("ipzs:end_after_work", args=[pk]))]
        links = [
            Link("Oświadczenie uczestnika", reverse("ipzs:end_statement", args=[pk])),
            Link("Podjęcie pracy lub działalności", reverse("ipzs:end_work", args=[pk])),
            Link(
                "Koniec próby bez kwalifikacji" if self._only_trial() else "Upływ okresu",
                reverse("ipzs:end_period", args=[pk]),
            ),
        ]
        undecided = all(one.state in {"withdrawn", "set_aside"} for one in found.decisions)
        if kind is UnitType.CIS and undecided and self.request.may(perms.DECISION):
            links.append(Link("Decyzja o zaprzestaniu", reverse("ipzs:decision_add", args=[pk])))
        return [*links, Link("Inne zakończenie", reverse("ipzs:end_other", args=[pk]))]

    def _only_trial(self) -> bool:
        return {row.kind for row in self.shown.periods} == {"trial"}

    def _time(self, found: queries.ProgrammePage, kind: UnitType) -> Time:
        """What comes next in the participation's time: buttons for who decides, a sentence for the others."""
        kinds = {row.kind for row in self.shown.periods}
        if kind is UnitType.KIS:
            return self._contract(bool(kinds))
        if "main" in kinds:
            return self._extension(found.waiting_motion)
        if "trial" in kinds:
            return self._qualification(max(row.until for row in self.shown.periods))
        return Time()

    def _contract(self, begun: bool) -> Time:
        if not self.request.may(perms.CONTRACT_PERIOD):
            return Time()
        url = reverse("ipzs:contract_period", args=[self.file.pk])
        if not begun:
            link = Link("Zapisz początek zajęć", url, current=True)
            return Time([link], title="Kontrakt obowiązuje.", text="Zapisz, od kiedy są zajęcia.")
        count = self._count()
        title = "" if count is None else count.sentence
        link = Link("Zapisz kolejny okres", url, current=queries.is_ending(count))
        return Time([link], title=title, text="Kolejny okres jest taki, jak w kontrakcie. (art. 18)")

    def _qualification(self, trial_until: date) -> Time:
        if not self.request.may(perms.PERIOD):
            return Time(said="O kwalifikacji po okresie próbnym decyduje kierownik. (art. 15 ust. 2)")
        today = clock.today()
        until = format_date(trial_until, today=today)
        if today < trial_until:
            return Time(
                said=f"Okres próbny trwa do {until}. Wtedy zdecydujesz tu o kwalifikacji. (art. 15 ust. 2)"
            )
        url = reverse("ipzs:qualify", args=[self.file.pk])
        link = Link("Zakwalifikuj po okresie próbnym", url, current=True)
        text = "Zdecyduj, czy osoba zostaje na zajęciach. (art. 15 ust. 2)"
        return Time([link], title=f"Okres próbny: do {until}.", text=text)

    def _extension(self, motion: ExtensionMotion | None) -> Time:
        count = self._count()
        if count is None or count.latest is None or count.latest == count.until:
            return Time()
        decides, writes = self.request.may(perms.PERIOD), self.request.may(perms.MOTION)
        ending = queries.is_ending(count)
        extend = Link("Przedłuż", reverse("ipzs:extend", args=[self.file.pk]), current=bool(motion) or ending)
        if motion is not None:
            asked = format_date(motion.asked_on, today=clock.today())
            if not decides:
                return Time(said=f"Wniosek z {asked} czeka na kierownika.")
            refuse = Link("Odmów", reverse("ipzs:motion_refuse", args=[motion.pk]))
            title = f"Wniosek o przedłużenie z {asked} czeka na Ciebie."
            return Time([extend, refuse], title=title, text=count.sentence)
        ask = Link("Napisz wniosek o przedłużenie", reverse("ipzs:motion_add", args=[self.file.pk]))
        if decides:
            return Time([extend, ask], title=count.sentence, text="Zdecyduj o przedłużeniu. (art. 15 ust. 3)")
        said = "O przedłużeniu decyduje kierownik. (art. 15 ust. 3)"
        if not writes:
            return Time(said=said)
        text = f"Gdy program potrzebuje więcej czasu, napisz wniosek. {said}"
        return Time([replace(ask, current=ending)], "" if ending else said, title=count.sentence, text=text)


def _step_badge(one: queries.ShownStep) -> Badge:
    if one.result is None:
        return Badge("po terminie", "warn") if one.late else Badge(StepState.OPEN.label)
    state = StepState(one.result.state)
    return Badge(state.label, STEP_BADGES[state])


class VersionShow(Page):
    """One version as it is signed, with what it changes."""

    action = perms.SHOW
    template_name = "ipzs/programmes/version.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.row = version_of(request, self.kwargs["pk"])
        self.programme = self.row.programme
        return self.answer()

    def get_title(self) -> str:
        return f"{self.programme.number}, wersja {self.row.number}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        file = self.programme.participation
        return crumbs_of(file, (paper_of(self.request), url_of(file.pk)), (self.get_title(), ""))

    def actions(self) -> Sequence[Link]:
        request, row = self.request, self.row
        label = "Podpisany dokument" if row.scan else "Wydrukuj"
        found = [Link(label, reverse("ipzs:version_print", args=[row.pk]))]
        if row.state == VersionState.DRAFT and request.may(perms.WRITE):
            found.append(Link("Pisz dalej", reverse("ipzs:version_terms", args=[row.pk]), current=True))
        elif row.state == VersionState.READY and request.may(perms.SIGN):
            found.append(Link("Zapisz podpisy", reverse("ipzs:version_sign", args=[row.pk]), current=True))
        return found

    def page(self) -> Mapping[str, Any]:
        state = VersionState(self.row.state)
        content = content_of(self.row, self.programme.kind)
        return {
            "row": self.row,
            "programme": self.programme,
            "person": self.programme.participation.person,
            "badge": Badge(state.label, VERSION_BADGES[state]),
            "changes": changed(self.programme, self.row),
            "after": after_remarks(self.programme, self.row),
            "change_names": change_rules.KIND_NAMES,
            "remarks": rules.remarks(content),
            **shown(content),
        }


@handles(GET=perms.PRINT)
def version_print(request: Any, pk: UUID) -> HttpResponse:
    """The version on paper: drawn to talk over and to sign, and then the very paper that was signed."""
    row = version_of(request, pk)
    if row.scan:
        return serve(request, get_object_or_404(StoredFile, pk=row.scan, erased_at__isnull=True))
    name = f"{row.programme.number} wersja {row.number}"
    return as_download(content_pdf(row.programme, row), name)


@handles(POST=perms.WRITE)
def programme_draft(request: Any, pk: UUID) -> HttpResponse:
    """Begin a programme; in a KIS the button says which contract."""
    file = file_of(request, pk)
    kind = request.POST.get("kind", "")
    known = {one.value for one in KINDS[unit_type(request)]}
    try:
        version = services.draft_programme(participation_id=file.pk, kind=kind if kind in known else None)
    except InputError as error:
        toasts.refused(request, error.message)
        return go_to(request, url_of(file.pk))
    return go_to(request, reverse("ipzs:version_terms", args=[version.pk]))


@handles(POST=perms.WRITE)
def version_ready(request: Any, pk: UUID) -> HttpResponse:
    """Close the draft for signing, and ask whether the person is in another unit on those days."""
    row = version_of(request, pk)
    try:
        version = services.make_ready(version_id=row.pk)
    except InputError as error:
        toasts.refused(request, error.message)
        return go_to(request, url_of(row.programme.participation_id))
    toasts.saved(request, "Gotowe do podpisu. Wydrukuj i podpiszcie razem.")
    if version.since is not None:
        tell_elsewhere(request, version.person_id, version.since, version.until)
    return go_to(request, reverse("ipzs:version_show", args=[row.pk]))


@handles(POST=perms.WRITE)
def version_back(request: Any, pk: UUID) -> HttpResponse:
    row = version_of(request, pk)
    return _done(request, row.programme, lambda: services.back_to_draft(version_id=row.pk), "Znów szkic.")


@handles(POST=perms.WRITE)
def programme_revise(request: Any, pk: UUID) -> HttpResponse:
    """The next version after remarks."""
    found = programme_of(request, pk)
    return _done(request, found, lambda: services.revise(programme_id=found.pk), "Możesz poprawiać.")


def _done(request: Any, programme: Programme, step: Any, text: str) -> HttpResponse:
    try:
        step()
    except InputError as error:
        toasts.refused(request, error.message)
    else:
        toasts.saved(request, text)
    return go_to(request, url_of(programme.participation_id))
