"""Hypothesis runs the same examples every time, so that a failure can be seen again."""

from hypothesis import HealthCheck, settings

settings.register_profile("kg", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("kg")
