"""How long the long tests run: HYPOTHESIS_PROFILE=thorough runs them in full (docs/reliability.md)."""

import os

#: Whether everything is tried, not a sample.
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
