"""An append-only list that many can read on from where they were, and wait at its end.

Phones read their call's events, and their messages, this way: a lost connection loses nothing.
"""

import asyncio
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Feed(Generic[T]):
    """Items are numbered from 1; a reader says the last number it has seen."""

    def __init__(self) -> None:
        self._items: list[T] = []
        self._grown = asyncio.Event()
        self.closed = False

    def __len__(self) -> int:
        return len(self._items)

    def append(self, item: T) -> None:
        """Add an item and wake the readers."""
        self._items.append(item)
        self._wake()

    def close(self) -> None:
        """Say that nothing more will come, so that nobody waits for it."""
        self.closed = True
        self._wake()

    def now(self, after: int = 0) -> Iterable[tuple[int, T]]:
        """Return the items after a number, with theirs."""
        return list(enumerate(self._items[after:], start=after + 1))

    async def wait(self, after: int, seconds: float) -> None:
        """Wait until there is an item after a number, or nothing more will come."""
        try:
            async with asyncio.timeout(seconds):
                while len(self._items) <= after and not self.closed:
                    await self._grown.wait()
        except TimeoutError:
            return

    def _wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()
