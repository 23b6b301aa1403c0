"""A client's phone for a program to hold: an advisor's headset.

    async with Headset(base_url, "samira", identity_token(auth_token, "samira")) as headset:
        await headset.call({"offer": "17"})
        async for event in headset.hears():
            ...                       # exchange.news says which there are; the last is `ended`
        # meanwhile: await headset.say("bonjour"), .press("1"), .hang_up()

A headset holds one call at a time. `rings` waits for one that comes in, `pick_up` answers it.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Self

import aiohttp

REFUSED = 400


class RefusedError(Exception):
    """The exchange refused, with a reason."""


class Headset:
    """The phone of one client; `pace` scales the time that speech takes, 1 as spoken."""

    def __init__(self, base_url: str, name: str, identity_token: str, *, pace: float = 1.0) -> None:
        self.sid: str | None = None
        self._base_url = base_url.rstrip("/")
        self._name = name
        self._token = identity_token
        self._pace = pace

    async def __aenter__(self) -> Self:
        """Connect with the exchange."""
        timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
        self._session = aiohttp.ClientSession(self._base_url, timeout=timeout)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let go of the exchange; a call goes on, unless it was hung up."""
        await self._session.close()

    async def call(self, parameters: Mapping[str, str]) -> str:
        """Call the account's app, and return the call's identifier; raises `RefusedError`."""
        wish = {"from": f"client:{self._name}", "parameters": dict(parameters), **self._proof()}
        answer = await self._ask("/phone/calls", wish)
        self.sid = str(answer["sid"])
        return self.sid

    async def rings(self, seconds: float = 25.0) -> str | None:
        """Wait until the phone rings, at most so long (30 s at the most); gives the call's identifier."""
        query = {"number": f"client:{self._name}", "wait": str(seconds)}
        async with self._session.get("/phone/ringing", params=query) as response:
            calls = (await response.json())["ringing"]
        return str(calls[0]["sid"]) if calls else None

    async def pick_up(self, sid: str) -> None:
        """Answer a call that rings; raises `RefusedError`."""
        await self._ask(f"/phone/calls/{sid}/pick-up", self._proof())
        self.sid = sid

    async def reject(self, sid: str) -> None:
        """Do not answer a call that rings; raises `RefusedError`."""
        await self._ask(f"/phone/calls/{sid}/reject", {})

    async def hears(self) -> AsyncIterator[dict[str, Any]]:
        """Give what happens on the call, from its beginning to its end, as it happens."""
        after, over = 0, False
        while not over:
            async with self._session.get(f"/phone/calls/{self.sid}/events", params={"after": after}) as response:
                news = await response.json()
            over = news["over"]
            for event in news["events"]:
                after = event["id"]
                yield event

    async def say(self, text: str) -> None:
        """Speak."""
        await self._ask(f"/phone/calls/{self.sid}/speech", {"text": text})

    async def press(self, keys: str) -> None:
        """Press keys."""
        await self._ask(f"/phone/calls/{self.sid}/keys", {"keys": keys})

    async def hang_up(self) -> None:
        """Put the receiver down."""
        await self._ask(f"/phone/calls/{self.sid}/hangup", {})

    def _proof(self) -> dict[str, Any]:
        return {"identity_token": self._token, "pace": self._pace}

    async def _ask(self, path: str, wish: dict[str, Any]) -> Any:
        async with self._session.post(path, json=wish) as response:
            answer = await response.json() if response.content_length else {}
            if response.status >= REFUSED:
                raise RefusedError(str(answer.get("error", response.status)))
            return answer
