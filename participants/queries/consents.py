"""What screens read of consents and of files that go from unit to unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from participants.card_parts import labels, parts_in
from participants.enums import ConsentKind, TransferState
from participants.models import Consent, FileTransfer, Participation, PartnerRequest
from participants.models.partner import OPEN
from participants.papers_text.texts import CONSENTS, LANGUAGES
from participants.perms import LEADS
from participants.queries.people import similar_persons
from participants.services.consents import OUTWARD, holds, may_share
from reintegration.core.components import Badge
from reintegration.core.formats import format_date
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import current_scope

STATES = {
    TransferState.SENT: Badge("czeka na odpowiedź", "warn"),
    TransferState.RECEIVED: Badge("odebrano", "ok"),
    TransferState.REFUSED: Badge("odmowa", "bad"),
    TransferState.CANCELLED: Badge("cofnięto", "plain"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One consent as its list shows it, with what may be done next."""

    consent: Consent
    badge: Badge
    parts: list[str]
    in_force: bool
    # What still stops the card from going to the recipient; empty when it may.
    missing: tuple[str, ...] = ()

    @property
    def has_form(self) -> bool:
        return self.consent.kind in CONSENTS

    @property
    def language(self) -> str:
        """The language of the paper to sign: the person's, where we have it."""
        return self.consent.language if self.consent.language in LANGUAGES else "pl"

    @property
    def shareable(self) -> bool:
        return self.in_force and self.consent.kind == ConsentKind.CARD_SHARING and not self.missing

    @property
    def sendable(self) -> bool:
        return self.in_force and self.consent.kind == ConsentKind.FILE_TRANSFER

    @property
    def waits_for_worker(self) -> bool:
        unconfirmed = self.consent.worker_id is None
        return self.in_force and self.consent.kind == ConsentKind.CARD_SHARING and unconfirmed


def consents_of(person_id: UUID, *, today: date) -> list[Shown]:
    """All consents of a person, those in force first, then the newest."""
    rows = Consent.objects.filter(person=person_id).select_related("taken_by", "worker", "paper", "heeded_by")
    found = [shown(row, today=today) for row in rows.order_by("-since", "-pk")]
    return sorted(found, key=lambda one: not one.in_force)


def shown(row: Consent, *, today: date) -> Shown:
    valid = holds(row, day=today)
    missing: tuple[str, ...] = ()
    if valid and row.kind == ConsentKind.CARD_SHARING:
        missing = may_share(
            person_id=row.person_id,
            recipient=row.recipient,
            purpose=row.purpose,
            parts=[part.value for part in parts_in(row.scope)],
            day=today,
        ).reasons
    return Shown(row, _badge(row, valid=valid, missing=bool(missing)), labels(row.scope), valid, missing)


@dataclass(frozen=True, slots=True)
class Rest:
    """One thing that counselling rests on, and how it stands."""

    label: str
    badge: Badge
    text: str


_NONE = Badge("nie ma", "plain")


def behind_counselling(person_id: UUID, *, today: date, names: bool) -> list[Rest]:
    """Whether the card may leave the unit, the person may be written to, and knows of their data.

    To whom a card may go says much of a person: only who reads consents reads its name (`names`).
    """
    found = consents_of(person_id, today=today)
    of_kind = {kind: [one for one in found if one.consent.kind == kind] for kind in ConsentKind}
    told = next((one for one in of_kind[ConsentKind.INFORMATION] if one.in_force), None)
    return [
        *_card_goes(of_kind[ConsentKind.CARD_SHARING], today, names=names),
        _contact(of_kind[ConsentKind.CONTACT], today),
        Rest("Informacja o danych", Badge("zapisano", "ok"), _since(told, today))
        if told is not None
        else Rest(
            "Informacja o danych",
            Badge("nie zapisano", "warn"),
            "Wyjaśnia ją i zapisuje dzień, kto prowadzi sprawę (art. 13 RODO).",
        ),
    ]


def _card_goes(rows: list[Shown], today: date, *, names: bool) -> list[Rest]:
    """A line for each recipient, or one without a name; the last consent where none holds."""
    label, holding = "Przekazanie karty", [one for one in rows if one.in_force]
    if not holding:
        badge = rows[0].badge if rows else _NONE
        return [Rest(label, badge, "Karta zostaje w jednostce.")]
    if names:
        return [Rest(label, one.badge, _for_whom(one, today)) for one in holding]
    ready = [one for one in holding if one.shareable]
    said = "Co czyta zespół, może zobaczyć także odbiorca." if ready else "Karta zostaje jeszcze w jednostce."
    return [Rest(label, (ready or holding)[0].badge, said)]


def _for_whom(one: Shown, today: date) -> str:
    until = f", do {format_date(one.consent.until, today=today)}" if one.consent.until else ""
    return f"{one.consent.recipient}{until}."


def _contact(rows: list[Shown], today: date) -> Rest:
    label, said = "Kontakt SMS lub e-mail", "Program nie przypomni tej osobie o spotkaniu."
    if not rows:
        return Rest(label, _NONE, said)
    return Rest(label, rows[0].badge, _since(rows[0], today) if rows[0].in_force else said)


def _since(one: Shown, today: date) -> str:
    return f"Od {format_date(one.consent.since, today=today)}."


# What has to stop when a consent is withdrawn; the program stops what it does itself.
_STOPS = {
    ConsentKind.CARD_SHARING: "Nie przekazuj już karty. Powiedz odbiorcy ({recipient}), że zgody nie ma.",
    ConsentKind.FILE_TRANSFER: "Nie przekazuj już danych. Powiedz o tym odbiorcy ({recipient}).",
    ConsentKind.CONTACT: "Nie wysyłaj tej osobie wiadomości: ani SMS, ani e-mail. Program też nie wyśle.",
    ConsentKind.IMAGE: "Zdejmij zdjęcia i nagrania tej osoby: ze strony, z gablot, z materiałów.",
    ConsentKind.INFORMATION: "Wyjaśnij tej osobie jeszcze raz, co dzieje się z jej danymi.",
    ConsentKind.OTHER: "Przestań robić to, na co pozwalała ta zgoda: {purpose}.",
}


def to_stop(row: Consent) -> list[str]:
    """What a withdrawn consent has to stop, in sentences."""
    said = [
        _STOPS[ConsentKind(row.kind)].format(
            recipient=row.recipient, purpose=(row.purpose or row.recipient or "sprawdź pismo").rstrip(".")
        )
    ]
    asked = PartnerRequest.objects.filter(consent=row.pk, state__in=OPEN).select_related("partner")
    named = [str(one.partner) for one in asked.order_by("partner__name_order", "pk")]
    if named:
        said.append(f"W prośbie w toku podano, o kogo chodzi. Zawiadom: {', '.join(dict.fromkeys(named))}.")
    if FileTransfer.objects.filter(consent=row.pk, state=TransferState.RECEIVED).exists():
        said.append("Dane już odebrano: poproś, żeby dalej ich nie używano.")
    return said


def to_heed(principal: Principal) -> QuerySet[Consent]:
    """Withdrawn consents of those whose newest file this person leads; of nobody's files, a manager."""
    newest = Participation.objects.filter(person=OuterRef("person_id")).order_by("-opened_on", "-pk")
    rows = Consent.objects.filter(withdrawn_on__isnull=False, heeded_at__isnull=True).annotate(
        leader=Subquery(newest.values("case_manager")[:1]), case=Subquery(newest.values("pk")[:1])
    )
    mine = Q(leader=principal.user_id)
    if LEADS & principal.roles:
        mine |= Q(leader__isnull=True)
    return rows.filter(mine, case__isnull=False).select_related("person").order_by("withdrawn_on", "pk")


def _badge(row: Consent, *, valid: bool, missing: bool) -> Badge:
    if row.withdrawn_on is not None:
        return Badge("cofnięta", "bad")
    if not valid:
        return Badge("wygasła", "plain")
    if missing:
        return Badge("czeka na opiekuna", "warn")
    if row.kind in OUTWARD and row.paper_id is None and row.given_how == "paper":
        return Badge("brak pisma", "warn")
    return Badge("obowiązuje", "ok")


def untold(today: date) -> tuple[str, Q]:
    """Open files of persons of whom nobody wrote that they know the information of art. 13 RODO."""
    told = Consent.objects.filter(
        person=OuterRef("person_id"), kind=ConsentKind.INFORMATION, since__lte=today
    )
    return "brak informacji o danych", Q(ended_on__isnull=True) & ~Q(Exists(told))


def transfers() -> QuerySet[Any]:
    """What this unit sent and what came to it, the newest first."""
    rows: QuerySet[Any] = FileTransfer.objects.select_related("unit__organisation", "sender", "person")
    return rows


def is_incoming(row: FileTransfer) -> bool:
    return bool(row.unit_id == current_scope().organisation_id)


def waiting_here() -> QuerySet[Any]:
    rows: QuerySet[Any] = FileTransfer.objects.filter(
        unit=current_scope().organisation_id, state=TransferState.SENT
    )
    return rows


def sent_of(case_id: UUID) -> QuerySet[Any]:
    rows: QuerySet[Any] = transfers().filter(from_participation=case_id)
    return rows.order_by("-sent_at")


def known_here(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Persons on file who may be the one that came, with what speaks for it."""
    held = content.get("personal")
    if not held:
        return []
    found = similar_persons(
        first_name=held["first_name"] or "",
        last_name=held["last_name"] or "",
        birth_date=date.fromisoformat(held["birth_date"]) if held["birth_date"] else None,
        pesel=held["pesel"] or "",
        phone=held["phone"] or "",
    )
    return [(str(one.person.pk), f"{one.person}: {', '.join(one.likeness.reasons)}") for one in found]
