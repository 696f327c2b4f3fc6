"""What holds for all tests: no setting of the machine leaks in, no test is timed."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.pop("FLIPFLOP_STORE", None)

settings.register_profile("flipflop", deadline=None, print_blob=True)
settings.load_profile("flipflop")
