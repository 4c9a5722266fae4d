"""What of a referral is there before the interview."""

from dataclasses import replace

from participants.rules.codes import Answer, UnitType
from participants.rules.readiness import Ready, Told, points

WHOLE = Told(
    unit_type=UnitType.CIS,
    agrees=True,
    opinion=True,
    identity=True,
    address=True,
    reachable=True,
    groups=True,
    story=True,
    insured=Answer.YES,
    attachments=1,
)


def stand(told: Told) -> dict[str, Ready]:
    return {one.name: one.ready for one in points(told) if one.ready is not Ready.HAVE}


def test_of_a_whole_referral_only_the_doctor_is_left():
    assert stand(WHOLE) == {"Badania lekarskie": Ready.LATER}


def test_a_club_asks_for_the_contract_and_for_no_opinion():
    told = replace(WHOLE, unit_type=UnitType.KIS, opinion=False)
    assert stand(told) == {"Kontrakt socjalny": Ready.ASK}


def test_what_the_sender_owes_stands_before_what_the_person_knows():
    told = replace(WHOLE, opinion=False, agrees=False, attachments=0, insured=Answer.UNKNOWN, from_pup=True)
    found = points(told)
    kinds = [one.ready for one in found]
    assert kinds == sorted(kinds, key=[Ready.MISSING, Ready.ASK, Ready.LATER, Ready.HAVE].index)
    assert [one.name for one in found if one.ready is Ready.MISSING] == [
        "Zgoda osoby na skierowanie",
        "Opinia pracownika socjalnego po wywiadzie",
        "Zawiadomienie OPS",
    ]


def test_whatever_is_not_there_says_what_to_do_and_why():
    nothing = Told(
        UnitType.CIS, False, False, False, False, False, False, False, Answer.NO, 0, True, False, True, False
    )
    for one in points(nothing):
        assert one.to_do
        assert one.source
