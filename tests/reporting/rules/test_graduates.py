from datetime import date

import pytest

from participants import enums
from participants.queries.participations.stage import NOT_FULFILLED
from participants.rules.stages import graduate_until
from reporting.rules import graduates
from reporting.rules.facts import Talk
from tests.reporting.rules.made import cis, kis, period

TODAY = date(2026, 10, 5)
SHORT = (period("trial", "2026-01-01", "2026-01-31"), period("main", "2026-02-01", "2026-05-31"))


@pytest.mark.parametrize(
    ("facts", "on", "said"),
    [
        (
            cis(ended_on=None),
            TODAY,
            "Uczestnictwo trwa. Zaświadczenie wydaje się po jego zakończeniu. (art. 13",
        ),
        (kis(ended_on=None), TODAY, "art. 18 ust. 5a"),
        (cis(periods=()), TODAY, "nie zaczęła zajęć"),
        (cis(), date(2026, 9, 29), "kończy się 30.09.2026"),
        (cis(end_reason="death"), TODAY, "nie wydaje się"),
    ],
)
def test_a_certificate_is_refused_before_its_time_with_the_reason(facts, on, said):
    (sentence,) = graduates.obstacles(facts, on=on)
    assert said in sentence


def test_everybody_who_ended_gets_one_once_however_short_it_was():
    short = cis(periods=SHORT, ended_on=date(2026, 5, 31))
    assert graduates.obstacles(short, on=TODAY) == ()
    assert graduates.obstacles(cis(), on=date(2026, 9, 30)) == ()
    assert "duplikat" in graduates.obstacles(cis(), on=TODAY, issued=True)[0]


@pytest.mark.parametrize(
    ("facts", "on", "until"),
    [
        (cis(certificate_on=TODAY), TODAY, date(2027, 3, 30)),
        (cis(certificate_on=TODAY), date(2027, 3, 30), date(2027, 3, 30)),
        (kis(certificate_on=TODAY), date(2040, 1, 1), None),
    ],
)
def test_a_graduate_of_a_centre_is_one_for_half_a_year_and_of_a_club_for_good(facts, on, until):
    found = graduates.standing(facts, on=on)
    assert (found.is_graduate, found.until, found.sentences) == (True, until, ())


@pytest.mark.parametrize(
    ("facts", "on", "said"),
    [
        (cis(), TODAY, "Nie ma zaświadczenia. (art. 2 pkt 1a, art. 13 ust. 5a)"),
        (cis(certificate_on=TODAY), date(2027, 3, 31), "trwał do 30.03.2027"),
        (cis(certificate_on=date(2027, 4, 2)), date(2027, 4, 2), "gdy status już się skończył"),
        (cis(certificate_on=TODAY, ended_on=None), TODAY, "Uczestnictwo trwa"),
        (
            cis(certificate_on=TODAY, periods=SHORT, ended_on=date(2026, 5, 31)),
            TODAY,
            "Zajęcia trwały 120 dni bez okresu próbnego, a potrzeba co najmniej 6 miesięcy. (art. 2 pkt 1a)",
        ),
        (
            kis(certificate_on=TODAY, fulfilled=False),
            TODAY,
            "kontraktu nie zostały zrealizowane. (art. 2 pkt 1b)",
        ),
        (
            kis(certificate_on=TODAY, periods=(period("main", "2026-01-02", "2026-06-30"),)),
            TODAY,
            "co najmniej 6 miesięcy. (art. 2 pkt 1b)",
        ),
        (kis(), TODAY, "Nie ma zaświadczenia. (art. 2 pkt 1b, art. 18 ust. 5a)"),
    ],
)
def test_who_is_no_graduate_is_told_why(facts, on, said):
    found = graduates.standing(facts, on=on)
    assert not found.is_graduate
    assert found.until is None
    assert said in found.sentences[0]


def test_a_certificate_that_is_about_to_be_issued_counts():
    assert graduates.standing(cis(), on=TODAY, certificate_on=TODAY).is_graduate
    late = date(2027, 4, 2)
    assert not graduates.standing(cis(), on=late, certificate_on=late).is_graduate


def test_the_day_of_the_title_is_that_of_the_certificate():
    held = cis(certificate_on=TODAY)
    assert graduates.graduated_on(held) == TODAY
    assert graduates.graduated_on(cis()) is None
    assert graduates.graduated_on(kis(certificate_on=TODAY, fulfilled=False)) is None
    until = graduate_until(held.periods, ended_on=held.ended_on, certificate_on=TODAY)
    assert graduates.standing(held, on=TODAY).until == until


def test_effects_are_counted_apart():
    both = cis(changes=3)
    assert (graduates.employment_effect(both), graduates.social_effect(both)) == (True, True)
    soft = cis(destination="inactive", changes=1)
    assert (graduates.employment_effect(soft), graduates.social_effect(soft)) == (False, True)
    assert not graduates.social_effect(cis(changes=0))
    assert not graduates.social_effect(cis(changes=None))
    # Who resigned before the first day has no effect, whatever is written.
    assert not graduates.employment_effect(cis(periods=()))


def test_half_a_year_later_is_the_first_talk_then():
    early, due = Talk(date(2026, 11, 2), "inactive"), Talk(date(2027, 3, 2), "business")
    later = Talk(date(2027, 9, 2), "inactive")
    facts = cis(talks=(later, early, due))
    assert graduates.half_a_year_later(facts) == due
    assert graduates.still_employed(facts)
    assert not graduates.still_employed(cis(talks=(early,)))
    assert not graduates.still_employed(cis(destination="inactive", talks=(due,)))


def test_the_codes_are_those_of_the_tables():
    assert {enums.Destination(one) for one in graduates.EMPLOYED} == {
        enums.Destination.OPEN_MARKET,
        enums.Destination.SUPPORTED,
        enums.Destination.BUSINESS,
        enums.Destination.COOPERATIVE,
    }
    assert enums.EndReason(graduates.DEATH) is enums.EndReason.DEATH
    assert enums.EndReason.BREACH in NOT_FULFILLED
