"""How many examples the laws are tried on: HYPOTHESIS_PROFILE is default, ci or thorough."""

import os

from hypothesis import HealthCheck, settings

_SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

for name, examples in {"default": 60, "ci": 200, "thorough": 2000}.items():
    settings.register_profile(
        name, max_examples=examples, deadline=None, print_blob=True, suppress_health_check=_SLOW_TO_DRAW
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
