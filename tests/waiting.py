"""How tests wait for what comes by itself: for the fact that they rely on, and no longer than it takes."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 60.0  # seconds, on a machine that is slow, and that others use too
POLL_SECONDS = 0.05
T = TypeVar("T")


def eventually(wanted: Callable[[], T], said: Callable[[], object] = lambda: "") -> T:
    """Wait for something, and return it; `said` says what there is instead, if it does not come."""
    deadline = time.monotonic() + PATIENCE
    while not (found := wanted()):
        assert time.monotonic() < deadline, said()
        time.sleep(POLL_SECONDS)
    return found
