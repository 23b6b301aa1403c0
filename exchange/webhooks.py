"""Delivering signed webhooks to the application, with whatever faults are switched on."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from exchange.complaints import Code
from exchange.effects import WEBHOOK_SECONDS, Fetched, Unfetched
from exchange.faults import Faults
from exchange.signing import HEADER, sign, with_query
from exchange.verbs import Method

IDLE_SECONDS = 1.0
"""How long a connection is kept: less than any server keeps it, so that none is used as it closes."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one webhook went: what came of it, and after how many milliseconds."""

    method: Method
    path: str
    outcome: Fetched | Unfetched
    milliseconds: int


class Postman:
    """Signs and sends. `about` names a call or a message: reordering happens within one."""

    def __init__(self, auth_token: str, faults: Faults, seconds: float = WEBHOOK_SECONDS) -> None:
        self.faults = faults
        self._seconds = seconds
        self._auth_token = auth_token
        self._session: aiohttp.ClientSession | None = None
        self._stale: dict[str, tuple[Method, str, Mapping[str, str]]] = {}
        self._running: set[asyncio.Task[object]] = set()

    async def close(self) -> None:
        """End what is still under way."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def deliver(self, about: str, method: Method, url: str, params: Mapping[str, str]) -> Delivery:
        """Send a webhook whose answer matters."""
        if self.faults.fires("delay"):
            await asyncio.sleep(self.faults.delay.ms / 1000)
        doubled = self.faults.fires("double")
        reordered = self.faults.fires("reorder")
        dropped = self.faults.fires("drop")
        copy = None
        if doubled and self.faults.double.concurrently:
            copy = self._in_background(method, url, params)
        began = time.perf_counter()
        outcome = await self._send(method, url, params)
        milliseconds = round((time.perf_counter() - began) * 1000)
        if doubled and copy is None:
            await self._send(method, url, params)
        if (stale := self._stale.pop(about, None)) is not None:
            await self._send(*stale)
        if reordered:
            self._stale[about] = (method, url, params)
        if dropped:
            outcome = Unfetched(Code.RETRIEVAL, "the answer was lost")
        return Delivery(method, urlsplit(url).path, outcome, milliseconds)

    async def notify(self, about: str, url: str, params: Mapping[str, str], method: Method = "POST") -> None:
        """Send a status callback, whose answer does not matter."""
        if self.faults.fires("delay"):
            await asyncio.sleep(self.faults.delay.ms / 1000)
        late = self._stale.pop(about, None)
        if late is None and self.faults.fires("reorder"):
            self._stale[about] = (method, url, params)
            return
        await self._send(method, url, params)
        if self.faults.fires("double"):
            await self._send(method, url, params)
        if late is not None:
            await self._send(*late)

    async def forget(self, about: str) -> None:
        """Deliver what was held back for a call or message that is over."""
        if (stale := self._stale.pop(about, None)) is not None:
            await self._send(*stale)

    def _in_background(self, method: Method, url: str, params: Mapping[str, str]) -> "asyncio.Task[object]":
        task: asyncio.Task[object] = asyncio.create_task(self._send(method, url, params))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _send(self, method: Method, url: str, params: Mapping[str, str]) -> Fetched | Unfetched:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._seconds),
                headers={"User-Agent": "TwilioProxy/1.1"},
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        if method == "GET":
            url, params = with_query(url, params), {}
        headers = {HEADER: sign(self._auth_token, url, params), "Accept": "*/*"}
        try:
            async with self._session.request(
                method, url, data=dict(params) or None, headers=headers, allow_redirects=False
            ) as response:
                body = await response.text(errors="replace")
                return Fetched(response.status, response.headers.get("Content-Type", ""), body)
        except TimeoutError:
            return Unfetched(Code.RETRIEVAL, f"no answer within {self._seconds:g} s")
        except (aiohttp.ClientError, OSError) as error:
            return Unfetched(Code.CONNECTION, type(error).__name__)
