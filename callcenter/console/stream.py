"""The event stream: tells a page that something changed for its advisor, and nothing else; the page then looks.

One subscription to Redis a process serves all its pages. A stream ends after a while, and the browser asks for another:
so does a session that has ended meanwhile end its stream. While Redis is away pages look by themselves.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis import RedisError
from redis.asyncio import Redis
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend import log
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import sessions
from callcenter.console.guard import cookie_name
from callcenter.queue import NEWS

PATH = "/console/events"
LONGEST_SECONDS = 60
HEARTBEAT_SECONDS = 10
AGAIN_SECONDS = 1.0
RETRY_MILLISECONDS = 1000
_log = log.get("stream")


class Pages:
    """The pages that listen, by their advisor."""

    def __init__(self) -> None:
        self._waiting: dict[int, set[asyncio.Event]] = defaultdict(set)

    def tell(self, advisor: int) -> None:
        """Wake the pages of an advisor."""
        for event in self._waiting.get(advisor, ()):
            event.set()

    async def news(self, advisor: int) -> AsyncIterator[ServerSentEvent]:
        """Give an event at once, then one whenever something changed, for LONGEST_SECONDS."""
        ends, changed = time.monotonic() + LONGEST_SECONDS, asyncio.Event()
        changed.set()
        self._waiting[advisor].add(changed)
        try:
            while (left := ends - time.monotonic()) > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), left)
                    changed.clear()
                    yield ServerSentEvent("changed", event="news", retry=RETRY_MILLISECONDS)
        finally:
            self._waiting[advisor].discard(changed)
            if not self._waiting[advisor]:
                del self._waiting[advisor]


def create_app() -> Starlette:
    """Return the application: one address."""
    pages = Pages()

    async def events(request: Request) -> Response:
        allowed = {"Access-Control-Allow-Origin": settings().public_url, "Access-Control-Allow-Credentials": "true"}
        headers = allowed | {"Vary": "Origin", "Cache-Control": "no-store"}
        if request.headers.get("origin", settings().public_url) != settings().public_url:
            return Response(status_code=403)
        advisor = await run_in_threadpool(_advisor_of, request.cookies.get(cookie_name(), ""))
        if advisor is None:
            return Response(status_code=401, headers=headers)
        return EventSourceResponse(pages.news(advisor), ping=HEARTBEAT_SECONDS, headers=headers)

    @asynccontextmanager
    async def listening(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_listen(pages))
        yield
        while not task.done():  # one that comes while redis connects may be lost
            task.cancel()
            await asyncio.wait({task}, timeout=0.1)

    return Starlette(routes=[Route(PATH, events)], lifespan=listening)


async def _listen(pages: Pages) -> None:
    """Hear for whom something changed; go on when Redis is back."""
    while True:
        try:
            async with Redis.from_url(settings().require_redis()) as client, client.pubsub() as channel:
                await channel.subscribe(NEWS)
                async for message in channel.listen():
                    if message["type"] == "message":
                        pages.tell(int(message["data"]))
        except (RedisError, OSError) as error:
            _log.warning("news.away", error=type(error).__name__)
        await asyncio.sleep(AGAIN_SECONDS)


def _advisor_of(token: str) -> int | None:
    with begin(Actor("advisor", "", "listens")) as work:
        found = sessions.find(work, token) if token else None
    return found.advisor.id if found else None
