"""The demo has referrals in every state, and can be loaded again."""

from collections import Counter

import pytest

from participants.demo.referrals import load_referrals
from participants.enums import ReferralState
from participants.models import Referral
from reintegration.administration.demo_data import load_organisations
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope


@pytest.mark.usefixtures("db")
def test_both_welfare_centres_have_referrals_in_every_state() -> None:
    load_organisations()
    for _ in range(2):
        load_referrals()
        for body in ("ops-modrzewno", "ops-brzozowo"):
            with scope(organisation_id=demo_id(f"organisation:{body}"), source="test"):
                states = Counter(Referral.objects.values_list("state", flat=True))
                assert set(states) == set(ReferralState)
                assert states.total() == 13
