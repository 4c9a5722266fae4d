from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules.codes import Giver
from participants.rules.consents import SharingConsent, Term, in_force, sharing

DAY = date(2026, 11, 20)
TERM = Term(date(2026, 1, 1), date(2026, 12, 31))
ALL = frozenset({"general", "plan", "entries"})


def consent(giver, *, recipient="Klinika", purpose="terapia", scope=ALL, term=TERM, gain=True):
    return SharingConsent(giver, recipient, purpose, frozenset(scope), term, gain)


def asked(*consents, recipient="Klinika", purpose="terapia", parts=ALL, day=DAY):
    return sharing(consents, recipient=recipient, purpose=purpose, parts=parts, day=day)


PERSON, WORKER = consent(Giver.PARTICIPANT), consent(Giver.WORKER)


def test_a_consent_holds_from_its_first_to_its_last_day():
    assert in_force(TERM, date(2026, 1, 1))
    assert in_force(TERM, date(2026, 12, 31))
    assert not in_force(TERM, date(2025, 12, 31))
    assert not in_force(TERM, date(2027, 1, 1))
    assert in_force(Term(DAY), date(2099, 1, 1))


def test_withdrawal_works_on_its_own_day():
    withdrawn = Term(date(2026, 1, 1), withdrawn_on=DAY)
    assert in_force(withdrawn, DAY - timedelta(days=1))
    assert not in_force(withdrawn, DAY)
    assert not in_force(Term(DAY, withdrawn_on=DAY), DAY)


@pytest.mark.parametrize("field", ["until", "withdrawn_on"])
def test_a_consent_that_ends_before_it_begins_is_refused(field):
    with pytest.raises(ValueError, match="before"):
        Term(DAY, **{field: DAY - timedelta(days=1)})


def test_both_consents_open_the_card():
    found = asked(PERSON, WORKER)
    assert (found.allowed, found.whole) == (ALL, True)


def test_one_consent_opens_nothing():
    assert asked(PERSON).reasons == ("Brakuje zgody opiekuna dla tego odbiorcy i celu.",)
    assert asked(WORKER).reasons == ("Brakuje zgody uczestnika dla tego odbiorcy i celu.",)
    assert len(asked().reasons) == 2
    assert not asked(PERSON).allowed


def test_the_worker_confirms_that_the_offer_helps():
    found = asked(PERSON, consent(Giver.WORKER, gain=False))
    assert not found.allowed
    assert found.reasons == (
        "Opiekun nie potwierdził jeszcze, że oferta odbiorcy wzmocni dotychczasową pracę.",
    )


def test_another_recipient_or_purpose_sees_nothing():
    assert not asked(PERSON, WORKER, recipient="Pracodawca").allowed
    assert not asked(PERSON, WORKER, purpose="rekrutacja").allowed
    assert asked(PERSON, WORKER, recipient="  klinika ", purpose="Terapia").whole


def test_only_parts_that_both_allow_are_shown():
    found = asked(PERSON, consent(Giver.WORKER, scope={"general", "plan"}))
    assert found.allowed == {"general", "plan"}
    assert found.reasons == ("Zgody nie obejmują wszystkich części karty.",)
    assert asked(PERSON, consent(Giver.WORKER, scope={"plan"}), parts=frozenset({"plan"})).whole


def test_consents_of_one_giver_add_up():
    parts = [consent(Giver.PARTICIPANT, scope={part}) for part in ALL]
    assert asked(*parts, WORKER).whole


def test_a_withdrawn_consent_closes_the_card_that_day():
    gone = consent(Giver.PARTICIPANT, term=Term(date(2026, 1, 1), withdrawn_on=DAY))
    assert asked(gone, WORKER, day=DAY - timedelta(days=1)).whole
    assert not asked(gone, WORKER).allowed


terms = st.builds(
    lambda since, lasts, gone: Term(
        since,
        None if lasts is None else since + timedelta(days=lasts),
        None if gone is None else since + timedelta(days=gone),
    ),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.none() | st.integers(0, 400),
    st.none() | st.integers(0, 400),
)
consents = st.builds(
    SharingConsent,
    st.sampled_from(Giver),
    st.sampled_from(["Klinika", "Gmina"]),
    st.sampled_from(["terapia", "praca"]),
    st.frozensets(st.sampled_from(sorted(ALL))),
    terms,
    st.booleans(),
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.lists(consents, max_size=6), consents, days)
def test_more_consents_never_show_less(given_consents, more, day):
    assert asked(*given_consents, day=day).allowed <= asked(*given_consents, more, day=day).allowed


@given(st.lists(consents, max_size=6), days)
def test_nothing_is_shown_beyond_what_each_of_both_allowed(given_consents, day):
    allowed = asked(*given_consents, day=day).allowed
    for giver in Giver:
        held = [
            one.scope
            for one in given_consents
            if one.giver is giver and one.recipient == "Klinika" and in_force(one.term, day)
        ]
        assert allowed <= frozenset().union(*held)


@given(terms, days)
def test_withdrawal_is_final(term, day):
    if term.withdrawn_on is not None and day >= term.withdrawn_on:
        assert not in_force(term, day)
