"""The phone in the browser: its page, and the one stream that it reads; on this machine only.

| request | does |
|---|---|
| `GET /` | the page; its parts are under `/page/`, in the folder `page/` |
| `GET /phone/live?call=SID&after=N&inbox=M&run=R` | server-sent events: `hello`, then what happens on a call and what arrives in the inbox |

`hello` says which run of the exchange this is, and the call's state, null where it is unknown. A page that saw another
run is sent everything from the beginning. The identifier of each event, `N.M`, says how far both were read.

Whoever starts the exchange may propose people to call as (`Account.people`): JSON objects, their texts by language:

    {"group": {"fr": …, "ar": …}, "title": {"fr": …, "ar": …}, "mobile": "+212…" or "",
     "what_happens": {"fr": …, "ar": …}, "entries": [{"title": {"fr": …, "ar": …}, "keys": "310477#"}, …]}

Those of one `group` follow each other, and are shown under its name.
"""  # noqa: E501 - a table

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from exchange.switchboard import Switchboard

PAGE = Path(__file__).with_name("page")
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
HEARTBEAT_SECONDS = 10.0


def routes(switchboard: Switchboard) -> list[web.RouteDef]:
    """Offer the page and its stream."""
    policy = _policy(switchboard.account.voice_url)

    def answer(name: str) -> web.FileResponse:
        path = PAGE / name
        headers = {"Content-Type": KINDS[path.suffix], "Cache-Control": "no-cache"}
        return web.FileResponse(path, headers=headers | policy)

    async def page(_request: web.Request) -> web.FileResponse:
        return answer("index.html")

    async def part(request: web.Request) -> web.FileResponse:
        name = request.match_info["name"]
        if name not in _parts():
            raise web.HTTPNotFound(text="no such part of the page")
        return answer(name)

    async def live(request: web.Request) -> web.StreamResponse:
        return await Reader(switchboard, request).stream()

    return [web.get("/", page), web.get("/page/{name:.+}", part), web.get("/phone/live", live)]


def _parts() -> set[str]:
    return {path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*") if path.suffix in KINDS}


def _policy(voice_url: str) -> dict[str, str]:
    """Let the page load only what we serve; recordings come from the application that we call."""
    parts = urlsplit(voice_url)
    rules = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        f"media-src 'self' {parts.scheme}://{parts.netloc}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(rules),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


class Reader:
    """One page that reads on from where it was."""

    def __init__(self, switchboard: Switchboard, request: web.Request) -> None:
        query = request.query
        self._switchboard = switchboard
        self._request = request
        self._inbox = switchboard.messages.inbox
        self._line = switchboard.lines.get(query.get("call", ""))
        same = query.get("run", switchboard.run) == switchboard.run
        self._after = _whole(query.get("after", "")) if same else 0
        self._inbox_after = _whole(query.get("inbox", "")) if same else 0

    async def stream(self) -> web.StreamResponse:
        """Tell everything, until the page leaves or the exchange ends."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(self._request)
        call = self._line.show() if self._line else None
        await response.write(self._event("hello", {"run": self._switchboard.run, "call": call}))
        while not self._inbox.closed:
            for written in self._news():
                await response.write(written)
            if not await self._grown():
                await response.write(b": still here\n\n")
        return response

    def _news(self) -> Iterator[bytes]:
        if self._line is not None:
            for number, event in self._line.events.now(self._after):
                self._after = number
                yield self._event("call", {"id": number, **event})
        for number, message in self._inbox.now(self._inbox_after):
            self._inbox_after = number
            yield self._event("message", {"id": number, **message.arrived()})

    async def _grown(self) -> bool:
        """Wait for news of either kind; False where there are none for a while."""
        waiting = [asyncio.create_task(self._inbox.wait(self._inbox_after, HEARTBEAT_SECONDS))]
        if self._line is not None and not self._line.events.closed:
            waiting.append(asyncio.create_task(self._line.events.wait(self._after, HEARTBEAT_SECONDS)))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        return len(self._inbox) > self._inbox_after or (self._line is not None and len(self._line.events) > self._after)

    def _event(self, name: str, data: dict[str, Any]) -> bytes:
        written = json.dumps(data, ensure_ascii=False)
        return f"id: {self._after}.{self._inbox_after}\nevent: {name}\ndata: {written}\n\n".encode()


def _whole(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() else 0
