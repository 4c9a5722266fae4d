"""The demo has referrals in every state."""

from collections import Counter

import pytest

from participants.enums import ReferralState
from participants.models import Referral
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope


@pytest.mark.usefixtures("demo")
def test_both_welfare_centres_have_referrals_in_every_state() -> None:
    for body in ("ops-modrzewno", "ops-brzozowo"):
        with scope(organisation_id=demo_id(f"organisation:{body}"), source="test"):
            states = Counter(Referral.objects.values_list("state", flat=True))
            assert set(states) == set(ReferralState)
            assert states.total() == 13
