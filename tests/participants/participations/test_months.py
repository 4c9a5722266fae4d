"""How long periods last is held by the database: all that the rules allow, and not a day more."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from participants.models import Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind, TrialEnd
from participants.services import participations as services
from reintegration.core.dates import ONE_DAY, DateSpan
from reintegration.core.errors import sentence_of
from tests.cast import World
from tests.participants.participations.made import candidate, in_classes

pytestmark = pytest.mark.django_db
TRIAL, MAIN, EXTENSION = PeriodKind
SINCE = date(2026, 3, 9)
IN_CIS = {
    TRIAL: "Okres próbny trwa 1 miesiąc. (art. 15 ust. 1)",
    MAIN: "Okres uczestnictwa trwa do 11 miesięcy. (art. 15 ust. 3)",
    EXTENSION: "Przedłużenie trwa do 12 miesięcy. (art. 15 ust. 3)",
}
IN_KIS = "W KIS nie ma okresu próbnego ani przedłużenia. Długość ustala kontrakt. (art. 18)"


def stored(file: Participation, *periods: stages.Period) -> str:
    """Put periods straight into the table and take them out again: what the database said of them."""
    try:
        with transaction.atomic():
            Period.objects.bulk_create(
                Period(
                    participation=file,
                    person_id=file.person_id,
                    kind=one.kind,
                    since=one.span.first,
                    until=one.span.last,
                )
                for one in periods
            )
            transaction.set_rollback(True)
    except IntegrityError as error:
        return sentence_of(error)
    return ""


def period(kind: PeriodKind, first: date, days: int) -> stages.Period:
    return stages.Period(kind, DateSpan(first, first + timedelta(days=days - 1)))


def test_the_database_allows_what_the_rules_allow_and_refuses_a_longer_period(world: World):
    with world.scope("cis", "anna"):
        file = candidate()

        @settings(max_examples=60, deadline=None)
        @given(
            since=st.dates(date(2023, 12, 25), date(2029, 1, 10)),
            reading=st.sampled_from(TrialEnd),
            main=st.integers(330, 340),
            split=st.integers(1, 300),
            more=st.integers(60, 68),
        )
        @example(since=date(2028, 1, 31), reading=TrialEnd.SAME_DAY, main=335, split=300, more=66)
        @example(since=date(2028, 2, 29), reading=TrialEnd.DAY_BEFORE, main=334, split=300, more=65)
        def tried(since: date, reading: TrialEnd, main: int, split: int, more: int) -> None:
            trial = stages.Period(TRIAL, DateSpan(since, stages.latest_end(TRIAL, since, reading)))
            made = [trial]
            for kind, days in ((MAIN, main), (EXTENSION, split), (EXTENSION, 300 - split + more)):
                last = made[-1].span.last
                assert last is not None
                made.append(period(kind, last + ONE_DAY, days))
            said = stored(file, *made)
            if not stages.problems(made, reading=reading):
                assert said == ""
            # The wider reading is the border.
            too_long = [
                kind
                for kind, parts in ((MAIN, made[1:2]), (EXTENSION, made[2:]))
                if max(one.span.last for one in parts)
                > stages.latest_end(kind, parts[0].span.first, TrialEnd.SAME_DAY)
            ]
            assert said == (IN_CIS[too_long[0]] if too_long else "")

        tried()


@pytest.mark.parametrize(
    ("unit", "periods", "sentence"),
    [
        ("cis", [(TRIAL, SINCE, 33)], IN_CIS[TRIAL]),
        ("cis", [(MAIN, SINCE, 339)], IN_CIS[MAIN]),
        ("cis", [(MAIN, SINCE, 200), (MAIN, SINCE + timedelta(days=300), 60)], IN_CIS[MAIN]),
        ("cis", [(EXTENSION, SINCE, 367)], IN_CIS[EXTENSION]),
        ("kis", [(TRIAL, SINCE, 10)], IN_KIS),
        ("kis", [(EXTENSION, SINCE, 10)], IN_KIS),
        ("kis", [(MAIN, SINCE, 1500), (MAIN, SINCE + timedelta(days=1600), 900)], ""),
    ],
    ids=["trial", "main", "main in parts", "extension", "trial of a club", "extension of a club", "contract"],
)
def test_each_kind_has_its_months(
    world: World, unit: str, periods: list[tuple[PeriodKind, date, int]], sentence: str
):
    with world.scope(unit, "anna" if unit == "cis" else "bozena"):
        assert stored(candidate(), *(period(*one) for one in periods)) == sentence


@pytest.mark.parametrize("change", [{"until": date(2027, 3, 10)}, {"planned_until": date(2027, 3, 10)}])
def test_a_period_does_not_grow_beyond_its_months(world: World, change: Any):
    with world.scope("cis", "anna"):
        file = in_classes()
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Period.objects.filter(participation=file, kind=MAIN).update(**change)
        assert sentence_of(refused.value) == IN_CIS[MAIN]


def test_an_end_and_its_taking_back_are_no_new_periods(world: World):
    with world.scope("cis", "anna"):
        file = in_classes()
        services.extend(participation_id=file.pk, until=date(2028, 3, 8))
        before = list(Period.objects.order_by("since").values_list("since", "until"))
        services.end_participation(participation_id=file.pk, ended_on=date(2026, 6, 1), reason="statement")
        services.reopen(participation_id=file.pk, reason="Pomyłka.")
        assert list(Period.objects.order_by("since").values_list("since", "until")) == before[:2]
