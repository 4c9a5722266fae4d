"""The terms of intake that a unit sets for itself."""

from collections.abc import Sequence

from participants.models import IntakeSettings
from participants.services.participations.common import stored


def set_intake_settings(
    *,
    opinion_days: int,
    study_days: int,
    agreement_days: int,
    contact_days: int,
    keep_years: int,
    area: Sequence[str] = (),
) -> IntakeSettings:
    """Change the terms for what comes; terms already running stay as they were told."""
    found = IntakeSettings.objects.select_for_update(of=("self",)).first() or IntakeSettings()
    found.opinion_days, found.study_days = opinion_days, study_days
    found.agreement_days, found.contact_days = agreement_days, contact_days
    found.keep_years, found.area = keep_years, list(area)
    return stored(found)
