"""Consents: given for something named, confirmed by the worker who answers for the card, withdrawn at once.

Art. 7 RODO: who was told what, when and how must be shown later, so that a consent is never changed: it is
given, confirmed, withdrawn, and given anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from participants.card_parts import CardPart, parts_in, scope_of
from participants.enums import ConsentKind, GivenHow, PersonLanguage, TransferState
from participants.models import Consent, FileTransfer, Participation, Person
from participants.papers import CONSENT_FILE
from participants.rules.codes import Giver
from participants.rules.consents import Sharing, SharingConsent, Term, in_force, sharing
from participants.services.participations.common import actor
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from reintegration.documents.files import store_file
from reintegration.documents.uploads import CheckedFile

# Consents with which something leaves the unit: for somebody named, for a time.
OUTWARD: Final = frozenset({ConsentKind.CARD_SHARING, ConsentKind.FILE_TRANSFER})
LONGEST_MONTHS: Final = 24
SHORTEST_STATEMENT: Final = 15


@dataclass(frozen=True, slots=True)
class ConsentData:
    """What somebody agrees to, as the form asks it."""

    kind: str
    since: date
    until: date | None = None
    recipient: str = ""
    purpose: str = ""
    parts: frozenset[str] = frozenset()
    given_how: str = GivenHow.PAPER
    language: str = PersonLanguage.POLISH
    paper: CheckedFile | None = None


def give_consent(*, person_id: UUID, data: ConsentData, taken_by: UUID) -> Consent:
    """Write down a consent with its signed paper, if there is one."""
    person = Person.objects.get(pk=person_id)
    _refuse_unclear(data)
    consent = Consent(
        person=person,
        kind=data.kind,
        recipient=data.recipient.strip(),
        purpose=data.purpose.strip(),
        scope=scope_of(data.parts),
        since=data.since,
        until=data.until,
        given_how=data.given_how,
        language=data.language,
        taken_by_id=taken_by,
        taken_at=clock.now(),
    )
    consent.full_clean(exclude=["person"])
    if data.paper is not None:
        consent.paper = store_file(data.paper, kind=CONSENT_FILE, subject=person.pk)
    consent.save()
    return consent


def _refuse_unclear(data: ConsentData) -> None:
    if data.since > clock.today():
        raise InputError("Tego dnia jeszcze nie było. Wpisz dzień, w którym wyrażono zgodę.", field="since")
    if data.until is not None and data.until < data.since:
        raise InputError("Koniec jest przed początkiem. Wpisz późniejszy dzień.", field="until")
    if data.kind not in OUTWARD:
        return
    if not data.recipient.strip():
        raise InputError("Wpisz, kto dostanie dane.", field="recipient")
    if not data.purpose.strip():
        raise InputError("Wpisz, po co dane będą przekazane.", field="purpose")
    if not data.parts:
        raise InputError("Zaznacz, jakie dane obejmuje zgoda.", field="parts")
    if data.kind == ConsentKind.FILE_TRANSFER and CardPart.PERSONAL not in data.parts:
        raise InputError("Bez danych osobowych druga jednostka nie wie, kto przychodzi.", field="parts")
    if data.until is None:
        raise InputError("Zgoda na przekazanie danych ma koniec. Wpisz dzień.", field="until")
    if data.until > add_months(data.since, LONGEST_MONTHS):
        raise InputError(
            "Zgoda na przekazanie trwa najwyżej dwa lata. Wpisz wcześniejszy dzień.", field="until"
        )


def attach_paper(*, consent_id: UUID, paper: CheckedFile) -> Consent:
    """Add the signed paper that came later; one that is there stays."""
    consent = _locked(consent_id)
    if consent.paper_id is not None:
        raise InputError("Podpisane pismo jest już dołączone.", field="paper")
    consent.paper = store_file(paper, kind=CONSENT_FILE, subject=consent.person_id)
    consent.save(update_fields=["paper"])
    return consent


def confirm_consent(*, consent_id: UUID, worker_id: UUID, statement: str, leads: bool = False) -> Consent:
    """Add the second consent: of the worker who leads the case, with why the recipient's offer helps."""
    consent = _locked(consent_id)
    if consent.kind != ConsentKind.CARD_SHARING:
        raise InputError("Drugiej zgody potrzebuje tylko przekazanie karty.")
    if consent.withdrawn_on is not None:
        raise InputError("Tę zgodę cofnięto. Potrzebna jest nowa.")
    if consent.worker_id is not None:
        raise InputError("Opiekun już się zgodził.")
    if not leads and not _answers_for(consent.person_id, worker_id):
        raise InputError("Zgodę daje opiekun tej osoby albo kierownik.")
    if len(statement.strip()) < SHORTEST_STATEMENT:
        raise InputError("Napisz, jak oferta odbiorcy wzmocni dotychczasową pracę.", field="statement")
    consent.worker_id, consent.worker_at = worker_id, clock.now()
    consent.worker_statement = statement.strip()
    consent.save(update_fields=["worker", "worker_at", "worker_statement"])
    return consent


def _answers_for(person_id: UUID, worker_id: UUID) -> bool:
    return bool(Participation.objects.filter(person=person_id, case_manager=worker_id).exists())


def withdraw_consent(*, consent_id: UUID, how: str) -> Consent:
    """Withdraw: from today nothing rests on it, and what was sent and not yet taken is called back."""
    consent = _locked(consent_id)
    if consent.withdrawn_on is not None:
        raise InputError("Tę zgodę już cofnięto.")
    consent.withdrawn_on, consent.withdrawn_how = max(clock.today(), consent.since), how
    consent.save(update_fields=["withdrawn_on", "withdrawn_how"])
    sent = FileTransfer.objects.select_for_update(of=("self",)).filter(
        consent=consent.pk, state=TransferState.SENT
    )
    for transfer in sent.order_by("pk"):
        transfer.state, transfer.content, transfer.answered_at = TransferState.CANCELLED, None, clock.now()
        transfer.save(update_fields=["state", "content", "answered_at"])
    return consent


def heed_withdrawal(*, consent_id: UUID) -> Consent:
    """Say that what rested on a withdrawn consent has stopped; it leaves the desk."""
    consent = _locked(consent_id)
    if consent.withdrawn_on is None:
        raise InputError("Tej zgody nie cofnięto.")
    if consent.heeded_at is not None:
        raise InputError("To jest już wstrzymane.")
    consent.heeded_at, consent.heeded_by_id = clock.now(), actor()
    consent.save(update_fields=["heeded_at", "heeded_by"])
    return consent


def _locked(consent_id: UUID) -> Consent:
    found: Consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent_id)
    return found


# What rests on consents


def may_share(*, person_id: UUID, recipient: str, purpose: str, parts: Iterable[str], day: date) -> Sharing:
    """Tell which parts of a card may go to somebody for something on a day, and why not more."""
    rows = Consent.objects.filter(person=person_id, kind=ConsentKind.CARD_SHARING).order_by("since", "pk")
    given = [one for row in rows for one in _as_rules(row)]
    return sharing(given, recipient=recipient, purpose=purpose, parts=frozenset(parts), day=day)


def _as_rules(consent: Consent) -> list[SharingConsent]:
    scope = frozenset(part.value for part in parts_in(consent.scope))
    term = term_of(consent)
    found = [SharingConsent(Giver.PARTICIPANT, consent.recipient, consent.purpose, scope, term)]
    if consent.worker_at is not None:
        found.append(
            SharingConsent(
                Giver.WORKER,
                consent.recipient,
                consent.purpose,
                scope,
                term,
                confirms_gain=bool(consent.worker_statement),
            )
        )
    return found


def naming(*, person_id: UUID, day: date) -> list[Consent]:
    """The consents on which somebody may be named outside: both agreed, and they cover personal data."""
    rows = Consent.objects.filter(person=person_id, kind=ConsentKind.CARD_SHARING, withdrawn_on__isnull=True)
    return [row for row in rows.order_by("-since", "-pk") if names(row, day=day)]


def names(consent: Consent, *, day: date) -> bool:
    """Tell whether a consent lets its recipient know on a day who the person is."""
    return sharing(
        _as_rules(consent),
        recipient=consent.recipient,
        purpose=consent.purpose,
        parts=frozenset({CardPart.PERSONAL.value}),
        day=day,
    ).whole


def term_of(consent: Consent) -> Term:
    return Term(consent.since, consent.until, consent.withdrawn_on)


def holds(consent: Consent, *, day: date) -> bool:
    """Tell whether a consent is in force on a day, as the person gave it."""
    return in_force(term_of(consent), day)
