"""Examples are judged by what they show, not by how fast a busy machine runs them."""

from hypothesis import HealthCheck, settings

settings.register_profile("reintegra", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("reintegra")
