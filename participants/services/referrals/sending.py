"""Sending: what must be there first, and what is frozen."""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings

from participants.enums import ReferralSource
from participants.models import Referral, ReferralFile
from participants.rules.codes import DocumentKind, NoPesel, Sex
from participants.rules.identity import FieldProblem, Identity, identity_problems
from participants.rules.situation import GROUPS
from participants.services.referrals.desk import tell
from participants.services.referrals.notices import promise_notice
from participants.transitions import Side, Transition, apply, locked, name_of
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.models import StoredFile
from reintegration.tenancy.models import Organisation, ReferringBody
from reintegration.tenancy.scope import current_scope

# They apply for themselves: no body stands behind them.
OWN_SOURCES = frozenset({ReferralSource.SELF, ReferralSource.REPRESENTATIVE})


class Incomplete(InputError):
    """Something is missing; each gap has its field. Who shows one sentence shows the first."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        self.problems = problems
        super().__init__(problems[0].sentence, field=problems[0].field)


def gaps(referral: Referral) -> tuple[FieldProblem, ...]:
    """What is missing before the referral may be sent (art. 12)."""
    return tuple(_gaps(referral))


def send_referral(
    *, referral_id: UUID, sender_person: str = "", side: Side | None = None, by_name: str = ""
) -> Referral:
    """Send a draft to its unit: the body, its kind and the worker are kept as they are today."""
    found = locked(referral_id)
    if found.state == "draft":
        if problems := gaps(found):
            raise Incomplete(problems)
        _refuse_closed(found)
    sent, entry = apply(
        referral_id=referral_id,
        transition=Transition.SEND,
        side=side,
        by_name=by_name,
        sent_at=clock.now(),
        sent_by_id=current_scope().user_id,
        **_frozen(found, sender_person or by_name),
    )
    _share_files(sent)
    tell(sent, entry)
    promise_notice(sent, entry)
    return sent


def _gaps(referral: Referral) -> Iterator[FieldProblem]:
    if not referral.first_name:
        yield FieldProblem("first_name", "Wpisz imię.")
    if not referral.last_name:
        yield FieldProblem("last_name", "Wpisz nazwisko.")
    yield from identity_problems(
        Identity(
            pesel=referral.pesel,
            no_pesel=NoPesel(referral.no_pesel) if referral.no_pesel else None,
            document_kind=DocumentKind(referral.document_kind) if referral.document_kind else None,
            document_number=referral.document_number,
            birth_date=referral.birth_date,
            sex=Sex(referral.sex) if referral.sex else None,
        ),
        today=clock.today(),
        false_series=settings.DEMO,
    )
    if not (referral.situation or {}).get(GROUPS):
        yield FieldProblem("groups", "Zaznacz, co opisuje sytuację tej osoby.")
    if referral.source == ReferralSource.REPRESENTATIVE and not referral.representative:
        yield FieldProblem("representative", "Wpisz przedstawiciela ustawowego.")
    if referral.source == ReferralSource.PUP:
        if referral.ops_notified_on is None:
            yield FieldProblem("ops_notified_on", "Wpisz, kiedy zawiadomiono OPS (art. 12 ust. 3).")
        elif referral.ops_notified_on > clock.today():
            yield FieldProblem("ops_notified_on", "Ten dzień jeszcze nie nadszedł.")
        if not referral.ops_name:
            yield FieldProblem("ops_name", "Wpisz, który OPS zawiadomiono.")
    if not referral.person_agrees:
        yield FieldProblem("person_agrees", "Porozmawiaj z osobą i zaznacz jej zgodę.")


def _refuse_closed(referral: Referral) -> None:
    unit = Organisation.objects.get(pk=referral.unit_id)
    if unit.closed_on is not None and unit.closed_on < clock.today():
        raise InputError(f"{unit.short_name} już nie działa. Wybierz inną jednostkę.", field="unit")


def _share_files(referral: Referral) -> None:
    """Let the unit open what was attached to the draft."""
    if referral.sender_id is None:
        return
    attached = ReferralFile.objects.filter(referral=referral).values_list("stored_file", flat=True)
    StoredFile.objects.filter(pk__in=list(attached)).update(shared_with=referral.unit_id)


def _frozen(referral: Referral, sender_person: str) -> dict[str, str]:
    """Who sends, as of today; a body without an account and a person who applies were written before."""
    values = {"sender_person": sender_person or referral.sender_person or name_of(current_scope().user_id)}
    if referral.sender_id is not None:
        body = ReferringBody.objects.select_related("organisation").get(pk=referral.sender_id)
        values |= {"sender_name": body.organisation.name, "source": body.body_type}
    return values
