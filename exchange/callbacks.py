"""Status callbacks of one call or conference: numbered, one after the other, and nobody waits for them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

Begin = Callable[[Coroutine[Any, Any, None]], None]
Send = Callable[[Mapping[str, str]], Awaitable[object]]


class Callbacks:
    """What is still to be told, in order. `begin` runs something in the background; `send` delivers one."""

    def __init__(self, begin: Begin, send: Send) -> None:
        self._begin = begin
        self._send = send
        self._waiting: list[Mapping[str, str]] = []
        self._sequence = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def tell(self, params: Mapping[str, str], *, first: int = 0) -> None:
        """Tell something after all that was told before; `first` is the number of the first."""
        numbered = {**params, "SequenceNumber": str(self._sequence + first)}
        self._sequence += 1
        self._waiting.append(numbered)
        if self._idle.is_set():
            self._idle.clear()
            self._begin(self._deliver())

    async def told(self) -> None:
        """Wait until everything is told."""
        await self._idle.wait()

    async def _deliver(self) -> None:
        try:
            while self._waiting:
                await self._send(self._waiting.pop(0))
        finally:
            self._idle.set()
