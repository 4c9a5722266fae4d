"""Programmes, annexes, contracts and decisions on paper: black and white, boxes only for those who sign."""

from collections.abc import Sequence
from typing import Any

from ipzs.enums import Basis, PeriodStep, ProgrammeKind, VersionState
from ipzs.models import Decision, PeriodDecision, Programme, ProgrammeVersion
from ipzs.rules import changes as change_rules
from ipzs.rules import content as rules
from ipzs.rules import endings, programmes
from participants.models import Person
from reintegration.core import clock
from reintegration.core.formats import format_number, format_table_date
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead, signature_boxes

VERSION_PAPER = "ipzs/programmes/paper/version.html"
TITLES = {
    ProgrammeKind.IPZS: "Indywidualny program zatrudnienia socjalnego",
    ProgrammeKind.SOCIAL_CONTRACT: "Kontrakt socjalny",
    ProgrammeKind.INTERNAL_CONTRACT: "Umowa KIS z indywidualnym planem działania",
}
LAW = {
    ProgrammeKind.IPZS: "art. 13 ustawy o zatrudnieniu socjalnym",
    ProgrammeKind.SOCIAL_CONTRACT: (
        "art. 108 ustawy o pomocy społecznej, art. 18 ust. 4 ustawy o zatrudnieniu socjalnym"
    ),
    ProgrammeKind.INTERNAL_CONTRACT: "art. 18 ustawy o zatrudnieniu socjalnym",
}


def content_of(version: ProgrammeVersion, kind: str) -> rules.Content:
    """What a version says; nothing once its person is erased."""
    return rules.Content(rules.Face(kind)) if version.content is None else rules.from_dict(version.content)


def content_pdf(programme: Programme, version: ProgrammeVersion) -> bytes:
    """A version as it is signed; an annex shows what it changes, and then the whole text."""
    kind = ProgrammeKind(programme.kind)
    content = content_of(version, kind)
    found = changed(programme, version)
    title = TITLES[kind]
    if found is not None:
        title = f"Aneks nr {version.number - 1} do: {title[0].lower()}{title[1:]}"
    return render_pdf(
        VERSION_PAPER,
        {
            "programme": programme,
            "row": version,
            "law": LAW[kind],
            "changes": found,
            "kinds": change_rules.KIND_NAMES,
            "draft": version.state == VersionState.DRAFT,
            "boxes": [] if version.state == VersionState.DRAFT else boxes(kind, programme.person, content),
            **shown(content),
        },
        title=title,
        number=programme.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def changed(programme: Programme, version: ProgrammeVersion) -> Sequence[change_rules.Change] | None:
    """What an annex changes in the version before it that was in force; None for what is no annex."""
    been = (VersionState.IN_FORCE, VersionState.REPLACED)
    rows = ProgrammeVersion.objects.filter(programme=programme, number__lt=version.number, state__in=been)
    before = rows.order_by("-number").first()
    if before is None:
        return None
    kind = programme.kind
    return change_rules.changes(content_of(before, kind), content_of(version, kind))


def shown(content: rules.Content) -> dict[str, Any]:
    """The parts of a content as a template draws them, on paper and on the screen."""
    return {
        "content": content,
        "texts": [
            (rules.PART_TITLES[part], content.text(part))
            for part in rules.PARTS[content.face]
            if content.text(part)
        ],
        "services": [
            (
                one.name,
                rules.AREA_NAMES[one.area],
                rules.FORM_NAMES[one.form],
                "" if one.hours is None else f"{format_number(one.hours)} {rules.PER_NAMES[one.per]}",
                one.leader,
            )
            for one in content.services
        ],
        "evaluations": sorted(content.evaluations),
        "areas": rules.AREA_NAMES,
    }


def boxes(kind: ProgrammeKind, person: Person, content: rules.Content) -> list[SignatureBox]:
    """A box for each who has to sign, and for those who helped when somebody of their role is named."""
    names = {
        programmes.Role.PARTICIPANT: str(person),
        programmes.Role.CASE_MANAGER: content.responsible[0].name if content.responsible else "",
    }
    manager = signature_boxes(on=clock.today())
    found = []
    for one in programmes.signers(rules.Face(kind)):
        if one.role is programmes.Role.MANAGER and manager:
            found.append(SignatureBox(one.title, manager[0].name))
        elif one.must or names.get(one.role):
            found.append(SignatureBox(one.title, names.get(one.role, "")))
    return found


def decision_context(programme: Programme, row: Decision) -> dict[str, Any]:
    """What a decision says, with the instruction about the complaint under it."""
    manager = signature_boxes(on=clock.today()) or [SignatureBox("kierownik Centrum")]
    return {
        "row": row,
        "person": str(programme.person),
        "programme": programme,
        "ground": endings.ENDING_NAMES[endings.Ending(row.kind)],
        "act": endings.ACTS[endings.Ending(row.kind)],
        "instruction": endings.instruction(),
        "boxes": manager[:1],
    }


def period_context(row: PeriodDecision) -> dict[str, Any]:
    """What the manager decided about the time, and on what it rests (art. 15 ust. 2, 3)."""
    manager = signature_boxes(on=row.decided_on) or [SignatureBox("podpis kierownika Centrum")]
    return {
        "row": row,
        "person": str(row.programme.person),
        "programme": row.programme,
        "extended": row.step == PeriodStep.EXTENDED,
        "on_motion": row.basis == Basis.MOTION,
        "boxes": manager[:1],
    }


def summary_of(content: rules.Content) -> str:
    """The most important for the head of OPS, in lines: time, goals and services."""
    lines = []
    if content.since is not None and content.until is not None:
        lines.append(f"Czas: {format_table_date(content.since)} – {format_table_date(content.until)}.")
    lines += [f"Cel: {goal.text}" for goal in content.goals]
    lines += [f"Usługa: {change_rules.service_text(one)}" for one in content.services]
    return "\n".join(lines)[:4000]
