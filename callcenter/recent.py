"""What many ask for again and again, read once for all of a process: nobody waits while another reads it anew."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """A value at most so many `seconds` old; who asks while it is read anew gets the one before."""

    def __init__(self, seconds: float, read: Callable[[], T]) -> None:
        self._seconds, self._read = seconds, read
        self._lock = threading.Lock()
        self._held: tuple[float, T] | None = None

    def get(self) -> T:
        """Return it; whatever `read` raises reaches who had it read."""
        held = self._held
        if held and time.monotonic() - held[0] < self._seconds:
            return held[1]
        if held and self._lock.locked():
            return held[1]
        with self._lock:
            found = self._held
            if found is None or found is held:
                found = self._held = time.monotonic(), self._read()
            return found[1]

    def forget(self) -> None:
        """Have it read anew: something was changed."""
        self._held = None
