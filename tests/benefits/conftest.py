"""Examples are judged by what they show, not by how fast a busy machine runs them."""

from hypothesis import HealthCheck, settings

# The same as in the other corners: the profile that is loaded last holds for the whole run.
settings.register_profile("reintegra", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("reintegra")
