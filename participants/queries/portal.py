"""A referral as its sender reads it: where it is, what is awaited, and of whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from participants import enums
from participants.models import (
    Agreement,
    BodyAccess,
    OpsNotice,
    Referral,
    ReferralEntry,
    ReferralFile,
    ReferralOpinion,
    SignedLink,
)
from participants.models.referral import CLOSED
from participants.queries.places import area_names
from participants.rules.terc import is_code
from reintegration.core import clock
from reintegration.core.components import Badge, TimelineEntry
from reintegration.core.formats import distance, format_date, format_time
from reintegration.core.text import search_key
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

S = enums.ReferralState

YOU, UNIT, NOBODY = "you", "unit", ""

REASONS: dict[str, str] = {
    **dict(enums.ReturnReason.choices),
    **dict(enums.ObsoleteReason.choices),
    **dict(enums.WithdrawalReason.choices),
    **dict(enums.RefusalReason.choices),
}
_REASONS_OF = {
    S.REFUSED: enums.RefusalReason,
    S.WITHDRAWN: enums.WithdrawalReason,
    S.OBSOLETE: enums.ObsoleteReason,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral is, in words, and what is awaited of whom."""

    text: str
    kind: str
    awaited: str
    by: str
    # Where somebody is expected, when what is awaited is something else.
    place: str = ""

    @property
    def badge(self) -> Badge:
        return Badge(self.text, self.kind)

    @property
    def awaited_line(self) -> str:
        if not self.awaited:
            return "–"
        return f"Czeka na Ciebie: {self.awaited}" if self.by == YOU else f"Jednostka {self.awaited}"


def reason_label(state: str, reason: str) -> str:
    """A reason in words: the same code may stand in two lists."""
    choices = _REASONS_OF.get(S(state)) if state else None
    return str(dict(choices.choices).get(reason, "")) if choices else REASONS.get(reason, "")


def _day(value: Any) -> str:
    day = clock.day_of(value) if hasattr(value, "hour") else value
    return format_date(day, today=clock.today())


def _draft(row: Any) -> Standing:
    if getattr(row, "returned", False):
        return Standing("zwrócone do uzupełnienia", "warn", "uzupełnij i wyślij jeszcze raz", YOU)
    return Standing("szkic", "plain", "dokończ i wyślij", YOU)


def _sent(row: Any) -> Standing:
    return Standing(f"wysłane {_day(row.sent_at)}", "info", "odbierze skierowanie", UNIT)


def _received(row: Any) -> Standing:
    return Standing(f"odebrane {_day(row.received_at or row.sent_at)}", "info", _answer(row), UNIT)


def _answer(row: Any) -> str:
    return f"odpowie do {_day(row.answer_due_on)}" if row.answer_due_on else "odpowie"


def _in_study(row: Any) -> Standing:
    if row.interview_at is None:
        return Standing("w rozpatrywaniu", "info", _answer(row), UNIT)
    where = f", {row.interview_place}" if row.interview_place else ""
    told = f"rozmowa {_day(row.interview_at)}, {format_time(row.interview_at)}"
    if row.interview_at < clock.now():
        return Standing(told, "info", _answer(row), UNIT)
    return Standing(told, "info", f"czeka na osobę{where}", UNIT)


def _waiting(row: Any) -> Standing:
    since = f" od {_day(row.waiting_since)}" if row.waiting_since else ""
    return Standing(f"na liście oczekujących{since}", "plum", "da znać, gdy zwolni się miejsce", UNIT)


def _offered(row: Any) -> Standing:
    return Standing(f"może zacząć {_day(row.trial_since)}", "ok", "podpisze program i przyjmie", UNIT)


def _closed(row: Any) -> Standing:
    said = reason_label(row.state, row.reason)
    if row.state == S.ACCEPTED and (row.left_on or row.started_on):
        return _course(row)
    words = {
        S.ACCEPTED: (f"przyjęte {_day(row.decided_at)}" if row.decided_at else "przyjęte", "ok"),
        S.REFUSED: (f"odmowa: {said}" if said else "odmowa", "bad"),
        S.WITHDRAWN: (f"wycofane: {said}" if said else "wycofane", "plain"),
        S.OBSOLETE: (f"nieaktualne: {said}" if said else "nieaktualne", "plain"),
    }
    text, kind = words[S(row.state)]
    return Standing(text, kind, "", NOBODY)


def _course(row: Any) -> Standing:
    """What became of whom the unit accepted."""
    if row.left_on is not None:
        return Standing(f"zakończone {_day(row.left_on)}", "plain", "", NOBODY)
    begins = "zajęcia od" if row.started_on <= clock.today() else "zacznie"
    return Standing(f"{begins} {_day(row.started_on)}", "ok", "", NOBODY)


_BY_STATE: dict[str, Callable[[Any], Standing]] = {
    S.DRAFT: _draft,
    S.SENT: _sent,
    S.RECEIVED: _received,
    S.IN_STUDY: _in_study,
    S.WAITING: _waiting,
    S.TRIAL_OFFERED: _offered,
}


def standing(row: Any) -> Standing:
    """Where the referral is; a missing opinion goes before what the unit does, because it waits for it."""
    found = _BY_STATE.get(row.state, _closed)(row)
    if row.state in CLOSED or row.state == S.DRAFT or getattr(row, "has_opinion", True):
        return found
    if row.opinion_due_on is None:
        return found
    due = f"dodaj opinię do {_day(row.opinion_due_on)} ({distance(row.opinion_due_on, today=clock.today())})"
    ahead = row.interview_at is not None and row.interview_at >= clock.now()
    place = row.interview_place if ahead and row.state == S.IN_STUDY else ""
    return Standing(found.text, "warn", due, YOU, place)


def own_referrals() -> QuerySet[Any]:
    """All referrals of the current body, drafts and returned ones too."""
    here = current_scope().organisation_id
    opinions = ReferralOpinion.objects.filter(referral=OuterRef("pk"))
    returns = ReferralEntry.objects.filter(referral=OuterRef("pk"), transition="return")
    return (
        Referral.objects.filter(sender=here)
        .select_related("unit__organisation", "sent_by")
        .annotate(has_opinion=Exists(opinions), returned=Exists(returns))
    )


def named_like(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose name begins so, first or last name first."""
    key = search_key(text)
    return rows.filter(Q(search_last__prefix=key) | Q(search_first__prefix=key)) if key else rows


IN_WORK = [S.SENT, S.RECEIVED, S.IN_STUDY, S.WAITING, S.TRIAL_OFFERED]


def waiting_for_sender(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Drafts, what came back, and what waits for an opinion."""
    return rows.filter(
        Q(state=S.DRAFT)
        | Q(state__in=IN_WORK, opinion_due_on__isnull=False)
        & ~Exists(ReferralOpinion.objects.filter(referral=OuterRef("pk")))
    )


_ICONS = {
    "enter": "file-plus",
    "send": "send",
    "receive": "inbox",
    "study": "search",
    "invite": "calendar-event",
    "wait": "hourglass",
    "offer": "player-play",
    "accept": "check",
    "refuse": "x",
    "return": "arrow-back-up",
    "withdraw": "x",
    "obsolete": "x",
    "hand_over": "arrows-exchange",
    "reopen": "refresh",
    "resume": "refresh",
    "message": "message",
    "opinion": "writing",
    "file": "paperclip",
    "copy": "copy",
    "start": "calendar-check",
    "leave": "flag",
    "stay": "refresh",
}
_TITLES = {
    "enter": "Zaczęto skierowanie",
    "send": "Wysłano",
    "receive": "Jednostka odebrała",
    "study": "Jednostka rozpatruje",
    "invite": "Zaproszono na rozmowę",
    "wait": "Wpisano na listę oczekujących",
    "offer": "Zaproszono na okres próbny",
    "accept": "Przyjęto",
    "refuse": "Odmówiono przyjęcia",
    "return": "Zwrócono do uzupełnienia",
    "withdraw": "Wycofano",
    "obsolete": "Zamknięto jako nieaktualne",
    "hand_over": "Przekazano innej jednostce",
    "reopen": "Otwarto ponownie",
    "resume": "Wznowiono",
    "message": "Wiadomość",
    "opinion": "Dodano opinię",
    "file": "Dodano załącznik",
    "copy": "Przekazano z innej jednostki",
    "start": "Pierwszy dzień zajęć",
    "leave": "Koniec udziału",
    "stay": "Udział trwa dalej",
}


def timeline(referral: Referral) -> list[TimelineEntry]:
    """Every step and message, the newest first."""
    return [shown(entry) for entry in entries(referral.pk)]


def entries(referral_id: UUID) -> QuerySet[ReferralEntry]:
    return ReferralEntry.objects.filter(referral=referral_id).order_by("-at", "-pk")


def shown(entry: ReferralEntry) -> TimelineEntry:
    title = _TITLES.get(entry.transition, entry.transition)
    if entry.transition == "message":
        title = "Wiadomość od jednostki" if entry.by_unit else "Wiadomość do jednostki"
    said = [reason_label(entry.to_state, entry.reason) if entry.reason else "", entry.text]
    return TimelineEntry(
        at=entry.at,
        title=title,
        text=". ".join(part for part in said if part),
        by=entry.by_name,
        icon=_ICONS.get(entry.transition, "circle"),
    )


def asked_to_complete(referral: Referral) -> TimelineEntry | None:
    """For what it was returned, until the sender does something about it."""
    rows = ReferralEntry.objects.filter(referral=referral)
    last = rows.filter(transition="return").order_by("-at", "-pk").first()
    if last is None or referral.state in CLOSED or rows.filter(by_unit=False, at__gt=last.at).exists():
        return None
    return shown(last)


def opinions(referral: Referral) -> QuerySet[ReferralOpinion]:
    return ReferralOpinion.objects.filter(referral=referral).order_by("-signed_at", "-pk")


def files(referral: Referral) -> QuerySet[ReferralFile]:
    return ReferralFile.objects.filter(referral=referral).order_by("made_at", "pk")


# What a labour office told this centre


def told_to_body() -> QuerySet[OpsNotice]:
    """Notices to this centre: those that nobody read first, those that were taken back last."""
    rows: QuerySet[OpsNotice] = OpsNotice.objects.filter(sender=current_scope().organisation_id)
    return rows.select_related("unit__organisation", "read_by").order_by(
        F("taken_back_at").desc(nulls_first=True), F("read_at").desc(nulls_first=True), "-told_at", "pk"
    )


# What a unit opened to a body with an account


def opened_to_body() -> QuerySet[BodyAccess]:
    """What units let this body read, as long as they do."""
    rows: QuerySet[BodyAccess] = BodyAccess.objects.filter(
        sender=current_scope().organisation_id, closed_at__isnull=True
    )
    return rows.select_related("unit__organisation").order_by(
        "unit__organisation__name_order", "purpose", "pk"
    )


def opened_by_unit() -> QuerySet[BodyAccess]:
    """Whom this unit lets read, those that are closed too: the open ones first."""
    rows: QuerySet[BodyAccess] = BodyAccess.objects.filter(unit=current_scope().organisation_id)
    return rows.select_related("sender", "opened_by").order_by(
        F("closed_at").desc(nulls_first=True), "-opened_at", "pk"
    )


def opened(purpose: str) -> QuerySet[BodyAccess]:
    """What is open now of one kind; one account has one access of a kind, or one for each of its names."""
    return opened_by_unit().filter(purpose=purpose, closed_at__isnull=True)


def accounts_near(body_types: Iterable[str], organisation_id: UUID) -> list[Organisation]:
    """Bodies of these kinds with an account, of the organisation's voivodeship, by name."""
    near = Organisation.objects.filter(pk=organisation_id).values("voivodeship")
    rows = Organisation.objects.filter(
        referringbody__body_type__in=list(body_types), voivodeship__in=near, closed_on__isnull=True
    )
    return list(rows.order_by("name_order", "town", "pk"))


# Signed links, for the unit


def links() -> QuerySet[SignedLink]:
    rows: QuerySet[SignedLink] = SignedLink.objects.select_related("made_by", "referral", "body")
    return rows.order_by("-made_at", "-pk")


def names_of_bodies(rows: Iterable[SignedLink]) -> dict[UUID, str]:
    """For whom each link is, with its place where that is known: the OPS next door is called the same."""
    found = list(rows)
    gminas = area_names({one.body_place for one in found if is_code(one.body_place)})
    names = {}
    for one in found:
        place = one.body.town if one.body is not None else gminas.get(one.body_place, one.body_place)
        names[one.pk] = f"{one.body_name} ({place})" if place else one.body_name
    return names


def link_state(link: SignedLink, *, most_attempts: int) -> Badge:
    """What has become of a link."""
    if link.revoked_at is not None:
        return Badge("cofnięty", "plain")
    if link.attempts >= most_attempts:
        return Badge("zablokowany po złych kodach", "bad")
    if link.expires_at <= clock.now():
        return Badge("wygasł", "warn")
    return Badge("użyty", "ok") if link.used_at is not None else Badge("czeka", "info")


def link_wanted(*, referral: str, agreement: str) -> dict[str, Any]:
    """What is known of the body without an account to which a referral or a programme belongs."""
    followed = _without_account(Referral, referral)
    if followed is not None:
        return {
            "purpose": enums.LinkPurpose.FOLLOW,
            "referral": followed.pk,
            "body_name": followed.sender_name,
            "body_kind": followed.source,
            "email": followed.sender_email,
            "phone": followed.sender_phone,
        }
    asked = _without_account(Agreement, agreement)
    if asked is not None:
        return {"purpose": enums.LinkPurpose.AGREE, "agreement": asked.pk, "body_name": asked.body_name}
    return {}


def _without_account(model: Any, key: str) -> Any:
    try:
        return model.objects.filter(pk=UUID(key), sender__isnull=True).first()
    except ValueError:
        return None


def with_opinion(referral_id: UUID) -> Any:
    """One referral of the unit with whether it has an opinion, as a link shows it."""
    opinions_of = ReferralOpinion.objects.filter(referral=OuterRef("pk"))
    return Referral.objects.annotate(has_opinion=Exists(opinions_of)).get(pk=referral_id)
