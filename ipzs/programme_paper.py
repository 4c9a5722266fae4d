"""Programmes, annexes, contracts and decisions on paper: black and white, boxes only for those who sign."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from ipzs.enums import Basis, PeriodStep, ProgrammeKind, VersionState
from ipzs.models import Decision, PeriodDecision, Programme, ProgrammeVersion
from ipzs.rules import changes as change_rules
from ipzs.rules import content as rules
from ipzs.rules import endings, programmes
from reintegration.core import clock
from reintegration.core.formats import format_number, format_table_date
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead, signature_boxes
from reintegration.tenancy.enums import Role as MemberRole
from reintegration.tenancy.models import Membership

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
        title = f"Aneks nr {annex_number(programme, version)} do: {title[0].lower()}{title[1:]}"
    return render_pdf(
        VERSION_PAPER,
        {
            "programme": programme,
            "row": version,
            "law": LAW[kind],
            "changes": found,
            "kinds": change_rules.KIND_NAMES,
            "draft": version.state == VersionState.DRAFT,
            "boxes": [] if version.state == VersionState.DRAFT else boxes(programme, version, content),
            **shown(content),
        },
        title=title,
        number=programme.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def annex_number(programme: Programme, version: ProgrammeVersion) -> int:
    """Annexes are numbered as they came into force; what was sent back or laid aside leaves no gap."""
    return _been_in_force(programme, version).count()


def _been_in_force(programme: Programme, version: ProgrammeVersion) -> QuerySet[ProgrammeVersion]:
    been = (VersionState.IN_FORCE, VersionState.REPLACED)
    return ProgrammeVersion.objects.filter(programme=programme, number__lt=version.number, state__in=been)


def changed(programme: Programme, version: ProgrammeVersion) -> Sequence[change_rules.Change] | None:
    """What an annex changes in the version before it that was in force; None for what is no annex."""
    before = _been_in_force(programme, version).order_by("-number").first()
    if before is None:
        return None
    kind = programme.kind
    return change_rules.changes(content_of(before, kind), content_of(version, kind))


def after_remarks(
    programme: Programme, version: ProgrammeVersion
) -> tuple[int, Sequence[change_rules.Change]] | None:
    """What differs from the version to which the head of OPS had remarks, and which one it was."""
    rows = ProgrammeVersion.objects.filter(programme=programme, number__lt=version.number)
    before = rows.filter(state=VersionState.OBJECTED).order_by("-number").first()
    if before is None or _been_in_force(programme, version).exists():
        return None
    kind = programme.kind
    return before.number, change_rules.changes(content_of(before, kind), content_of(version, kind))


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


def representative_of(programme: Programme) -> str:
    """Who acts for the person by law, as the referral says; empty where nobody does or nobody wrote it."""
    referral = programme.participation.referral
    return "" if referral is None else str(referral.representative)


def boxes(programme: Programme, version: ProgrammeVersion, content: rules.Content) -> list[SignatureBox]:
    """A box for each who signs by law, and for the case manager of a KIS when somebody is named."""
    representative = representative_of(programme)
    names = {
        programmes.Role.PARTICIPANT: str(programme.person),
        programmes.Role.REPRESENTATIVE: representative,
        programmes.Role.UNIT_SOCIAL_WORKER: _social_worker(version),
        programmes.Role.CASE_MANAGER: content.responsible[0].name if content.responsible else "",
    }
    manager = signature_boxes(on=clock.today())
    found = []
    for one in programmes.signers(rules.Face(programme.kind), represented=bool(representative)):
        if one.role is programmes.Role.MANAGER and manager:
            found.append(SignatureBox(one.title, manager[0].name))
        elif one.must or names.get(one.role) or one.role is programmes.Role.UNIT_SOCIAL_WORKER:
            found.append(SignatureBox(one.title, names.get(one.role, "")))
    return found


def _social_worker(version: ProgrammeVersion) -> str:
    """Whose work a version is, when a social worker of the unit wrote it (art. 13 ust. 1)."""
    here = Membership.objects.active(today=clock.today()).filter(
        organisation_id=version.unit_id, user_id=version.made_by_id, role=MemberRole.SOCIAL_WORKER
    )
    return str(version.made_by.get_full_name()) if here.exists() else ""


def decision_context(programme: Programme, row: Decision) -> dict[str, Any]:
    """What a decision says, with the instruction about the complaint under it."""
    manager = signature_boxes(on=clock.today()) or [SignatureBox("kierownik Centrum")]
    return {
        "row": row,
        "person": str(programme.person),
        "representative": representative_of(programme),
        "programme": programme,
        "ground": endings.ENDING_NAMES[endings.Ending(row.kind)],
        "act": endings.ACTS[endings.Ending(row.kind)],
        "instruction": endings.instruction(),
        "boxes": manager[:1],
    }


def period_context(row: PeriodDecision) -> dict[str, Any]:
    """What the manager decided about the time, and on what it rests (art. 15 ust. 2, 3)."""
    manager = signature_boxes(on=row.decided_on) or [SignatureBox("kierownik Centrum")]
    # Whoever moved an extension, or gave an opinion, signs beside the manager who decides.
    moved = [SignatureBox("pracownik socjalny Centrum", row.author)] if row.author else []
    return {
        "row": row,
        "person": str(row.programme.person),
        "representative": representative_of(row.programme),
        "programme": row.programme,
        "extended": row.step == PeriodStep.EXTENDED,
        "on_motion": row.basis == Basis.MOTION,
        "boxes": [*moved, *manager[:1]],
    }


def summary_of(programme: Programme, version: ProgrammeVersion) -> str:
    """The most important for the head of OPS, in lines: what changed after remarks, time, goals, services."""
    content = content_of(version, programme.kind)
    number, differs = after_remarks(programme, version) or (0, ())
    lines = [
        f"Po uwagach do wersji {number}, {change_rules.KIND_NAMES[one.kind]}: {one.title}." for one in differs
    ]
    if content.since is not None and content.until is not None:
        lines.append(f"Czas: {format_table_date(content.since)} – {format_table_date(content.until)}.")
    lines += [f"Cel: {goal.text}" for goal in content.goals]
    lines += [f"Usługa: {change_rules.service_text(one)}" for one in content.services]
    return "\n".join(lines)[:4000]
