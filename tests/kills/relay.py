"""A wire between two parts of this machine that passes HTTP, and can be cut at a chosen moment of a request."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, Self

Moment = Literal["asked", "answered"]
"""A request came and was not handed on; its answer came and was not handed on."""


@dataclass(eq=False)
class Passing:
    """A request on its way, and its answer once there is one; ports tell whose connections these are."""

    request: bytes
    client: int
    """The client's port of its connection to the relay."""
    hand_on: Callable[[], None]
    """Gives the client the answer."""
    handed_on: bool = False
    relay: int = 0
    """The relay's port of its connection to the server."""
    answer: bytes = b""

    @property
    def method(self) -> str:
        """How it is asked for."""
        return self.request.split(b" ", 1)[0].decode()

    @property
    def path(self) -> str:
        """What is asked for, without the query."""
        return self.request.split(b" ", 2)[1].split(b"?", 1)[0].decode()

    @property
    def form(self) -> str:
        """What is sent."""
        return self.request.partition(b"\r\n\r\n")[2].decode()


Strike = Callable[[Passing], Awaitable[bool]]
"""Looks at what passes, and kills if it is what was waited for; says whether it did: the wire is cut then."""


@dataclass
class _Trap:
    moment: Moment
    strike: Strike
    sprung: asyncio.Future[None]


class Relay:
    """Passes requests on to a port, each over a connection of its own and after some seconds."""

    def __init__(self, server: int, seconds: float = 0.0, *, servers_die: bool = False) -> None:
        self.server = server
        self.port = 0
        self.seconds = seconds
        self.servers_die = servers_die
        self.ended: Callable[[Passing], None] = lambda _passing: None
        """Hears of each request that was answered or cut."""
        self._trap: _Trap | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        self._listener = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Cut everything."""
        self._listener.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await self._listener.wait_closed()

    async def strikes(self, moment: Moment, strike: Strike, seconds: float) -> None:
        """Have `strike` look at that moment of whatever passes, until it struck. Raises TimeoutError."""
        trap = self._trap = _Trap(moment, strike, asyncio.get_running_loop().create_future())
        try:
            async with asyncio.timeout(seconds):
                await trap.sprung
        finally:
            self._trap = None

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def hand_on() -> None:
            writer.write(passing.answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            passing.handed_on = True

        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                passing = Passing(await _message(reader), writer.get_extra_info("peername")[1], hand_on)
                try:
                    await self._pass(passing)
                finally:
                    self.ended(passing)
        finally:
            writer.close()

    async def _pass(self, passing: Passing) -> None:
        await asyncio.sleep(self.seconds)
        answers, requests = await asyncio.open_connection("127.0.0.1", self.server)
        try:
            passing.relay = requests.get_extra_info("sockname")[1]
            if await self._sprung("asked", passing):
                return
            requests.write(passing.request)
            passing.answer = await _message(answers)
            if not await self._sprung("answered", passing):
                passing.hand_on()
            elif self.servers_die:
                await answers.read()  # the client hears of a death no sooner than it happens
        finally:
            requests.close()

    async def _sprung(self, moment: Moment, passing: Passing) -> bool:
        trap = self._trap
        if trap is None or trap.moment != moment:
            return False
        self._trap = None  # it looks at one thing at a time
        struck = await trap.strike(passing)
        if not trap.sprung.done():
            if struck:
                trap.sprung.set_result(None)
            else:
                self._trap = trap
        return struck


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Read one request or answer; all of ours tell their length."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = (line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return head + await reader.readexactly(int(next(lengths, b"0")))
