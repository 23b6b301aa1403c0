"""The event stream: for whom something changed, told to their pages only, and nothing besides."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest

from backend.work import Actor, begin
from callcenter import presence, sessions
from callcenter.console import stream
from tests.console.conftest import Hire
from tests.waiting import PATIENCE

NEWS = "event: news\r\ndata: changed\r\nretry: 1000\r\n\r\n"
T = TypeVar("T")
OURS = "http://127.0.0.1:8039"


class Listening:
    """One request for the stream, as a server hands it to the application."""

    def __init__(self, app: Any, token: str, origin: str) -> None:
        headers = [(b"cookie", f"svi-session={token}".encode()), (b"origin", origin.encode())]
        self._sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {
            "type": "http",
            "method": "GET",
            "path": stream.PATH,
            "query_string": b"",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "scheme": "http",
            "http_version": "1.1",
        }
        self.task = asyncio.create_task(app(scope, self._never, self._sent.put))

    async def status(self) -> int:
        """Return the answer's status."""
        return int((await asyncio.wait_for(self._sent.get(), PATIENCE))["status"])

    async def event(self) -> str:
        """Wait for the next event."""
        return str((await asyncio.wait_for(self._sent.get(), PATIENCE))["body"].decode())

    def is_quiet(self) -> bool:
        """Say whether nothing came."""
        return self._sent.empty()

    async def leaves(self) -> None:
        """Close the page."""
        self.task.cancel()
        await asyncio.wait({self.task})

    async def _never(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}


@asynccontextmanager
async def listening(*tokens: str, origin: str = OURS) -> AsyncIterator[list[Listening]]:
    """Run the application, and ask for the stream, with each token."""
    app = stream.create_app()
    async with app.router.lifespan_context(app):
        pages = [Listening(app, token, origin) for token in tokens]
        try:
            yield pages
        finally:
            for page in pages:
                await page.leaves()


def in_a_loop(ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run it in a thread of its own: browsers of other tests leave their loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(ask())).result()


def session(advisor: int) -> str:
    """Return the token of a session."""
    with begin(Actor("command", "test")) as work:
        return sessions.open_session(work, advisor)


def stir(login: str) -> None:
    """Have something change for an advisor."""
    with begin(Actor("command", "test")) as work:
        known = presence.sign_in(work, login)
        presence.be_unready(work, known.id, "meal")


@pytest.mark.parametrize(("token", "origin", "status"), [("", OURS, 401), ("x" * 43, OURS, 401)])
@pytest.mark.usefixtures("app")
def test_a_stranger_hears_nothing(token: str, origin: str, status: int) -> None:
    """Without a session there is no stream."""

    async def ask() -> int:
        async with listening(token, origin=origin) as (one,):
            return await one.status()

    assert in_a_loop(ask) == status


def test_a_page_of_another_origin_hears_nothing(hire: Hire) -> None:
    """Whatever cookie its browser sends."""
    token = session(hire())

    async def ask() -> int:
        async with listening(token, origin="https://elsewhere.example") as (one,):
            return await one.status()

    assert in_a_loop(ask) == 403


def test_a_page_is_told_at_once_and_whenever_something_changes_for_its_advisor(hire: Hire) -> None:
    """Only that: no word of what, nothing of anybody else."""
    token, other = session(hire()), session(hire("m.bennani", name="Mehdi"))

    async def ask() -> None:
        async with listening(token, other) as (one, another):
            for page in (one, another):
                assert await page.status() == 200
                assert await page.event() == NEWS
            while another.is_quiet():  # until the process has subscribed
                await asyncio.to_thread(stir, "m.bennani")
                await asyncio.sleep(0.1)
            assert await another.event() == NEWS
            assert one.is_quiet()
            await asyncio.to_thread(stir, "s.alami")
            assert await one.event() == NEWS

    in_a_loop(ask)
