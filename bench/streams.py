"""How soon 500 open pages learn of an offer: one `svi events` process, one `svi web`, three runs.

`python -m bench.streams` starts a PostgreSQL, a Valkey, both servers and one client with 500 pages: each holds an event
stream, and looks (`/console/desk`) when it is told that something changed, as `console.js` does; every five seconds it
says that it is there (`/console/here`), and every ten it looks by itself. Then each advisor is offered one call, ten
a second.

The clock of an offer starts before the ticket's commit, and so counts the commit, the matching in Valkey and the commit
that notes the assignment; `told` is when the page's stream says that something changed, `shown` when the page has the
fragment with the offer in it. An offer that comes while a stream is being opened anew (each lasts a minute) waits for
that, as in life. Memory is what `/proc` says of the processes of `svi events` (resident, shared pages counted in each).
"""

import asyncio
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from rich.console import Console
from rich.table import Table
from sqlalchemy import update

from backend import db, jobs
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents, offers, presence, sessions, tickets
from callcenter.agents import advisors
from callcenter.routing import SUBJECTS, Level, Subject
from svi import embedded, migrate, ports

PAGES = 500
RUNS = 3
OFFERS_A_SECOND = 10
TARGET_MS = 300
WEB, EVENTS = 8744, 8745
LOOKS_SECONDS, BEATS_SECONDS, RETRY_SECONDS = 10.0, 5.0, 1.0
OFFERED = b'data-phase="offer"'
EXPERT: dict[Subject, Level] = dict.fromkeys(SUBJECTS, 3)
_ACTOR = Actor("command", "bench")


@dataclass
class Page:
    """One advisor's page."""

    advisor: int
    token: str
    offered_at: float | None = None
    told: float | None = None  # seconds since then
    shown: float | None = None
    streams: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def lives(self, http: ClientSession) -> None:
        """Hold the stream, look, and say that it is there, until the run is over."""
        async with asyncio.TaskGroup() as life:
            life.create_task(self._listens(http))
            life.create_task(self._every(http, BEATS_SECONDS, "here"))
            life.create_task(self._every(http, LOOKS_SECONDS, "desk"))

    async def looks(self, http: ClientSession) -> None:
        """Fetch what is before the advisor."""
        async with http.get(self._url("desk"), headers=self._headers()) as answer:
            fragment = await answer.read()
            answer.raise_for_status()
        if self.offered_at is not None and self.shown is None and OFFERED in fragment:
            self.shown = time.perf_counter() - self.offered_at

    async def _listens(self, http: ClientSession) -> None:
        url = f"http://127.0.0.1:{EVENTS}/console/events"
        while True:
            with suppress(ClientError):
                async with http.get(url, headers=self._headers()) as stream:
                    stream.raise_for_status()
                    self.streams += 1
                    async for line in stream.content:
                        if line.startswith(b"event: news"):
                            if self.offered_at is not None and self.told is None:
                                self.told = time.perf_counter() - self.offered_at
                            await self.looks(http)
                            self.opened.set()
            await asyncio.sleep(RETRY_SECONDS)

    async def _every(self, http: ClientSession, seconds: float, what: str) -> None:
        await asyncio.sleep(secrets.randbelow(1000) / 1000 * seconds)
        while True:
            if what == "desk":
                await self.looks(http)
            else:
                async with http.post(self._url(what), data={"active": "0"}, headers=self._headers()) as answer:
                    answer.raise_for_status()
            await asyncio.sleep(seconds)

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{WEB}/console/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Cookie": f"svi-session={self.token}", "X-Console": "script", "Sec-Fetch-Site": "same-origin"}


class Run(NamedTuple):
    """What came of one run."""

    told: list[float]
    shown: list[float]
    megabytes: float
    load: float


def main() -> None:
    """Measure, and print the table."""
    with centre() as events:
        runs = [asyncio.run(run(number, events)) for number in range(RUNS)]
    report(runs)


@contextmanager
def centre() -> Iterator[int]:
    """Run the servers; give the process of `svi events`."""
    os.environ |= {"SVI_PUBLIC_URL": f"http://127.0.0.1:{WEB}", "SVI_PORT": str(WEB), "SVI_EVENTS_PORT": str(EVENTS)}
    os.environ |= {"TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16), "TWILIO_AUTH_TOKEN": secrets.token_hex(16)}
    os.environ |= {"SVI_SECRET_KEY": secrets.token_hex(16)}
    with (
        embedded.temporary_home() as home,
        embedded.postgresql(home) as database,
        embedded.valkey(home) as redis,
    ):
        os.environ |= {"DATABASE_URL": database, "REDIS_URL": redis}
        settings.cache_clear()
        migrate.upgrade(database)
        with serving("web", WEB), serving("events", EVENTS) as events:
            yield events
        db.dispose()


@contextmanager
def serving(command: str, port: int) -> Iterator[int]:
    """Run a server; give its process."""
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([sys.executable, "-m", "svi", command], stdout=quiet, stderr=quiet)
    try:
        while not ports.answers(port):
            time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


async def run(number: int, events: int) -> Run:
    """Open 500 pages, offer each a call, and return what came of it."""
    pages = await asyncio.to_thread(hire, number)
    async with living(pages):
        await asyncio.wait_for(asyncio.gather(*(page.opened.wait() for page in pages)), 120)
        await asyncio.to_thread(make_ready, pages)
        await asyncio.sleep(BEATS_SECONDS)
        begun = time.perf_counter()
        for rank, page in enumerate(pages):
            await asyncio.sleep(max(0.0, begun + rank / OFFERS_A_SECOND - time.perf_counter()))
            await asyncio.to_thread(offer, page)
        await asyncio.sleep(5)
        held = megabytes(events)
    missing = sum(page.shown is None or page.told is None for page in pages)
    if missing:
        raise RuntimeError(f"{missing} offers were never shown: the bench measures something else")
    told, shown = (
        [1000 * float(at) for at in found] for found in zip(*((p.told, p.shown) for p in pages), strict=True)
    )
    return Run(told, shown, held, os.getloadavg()[0])


@asynccontextmanager
async def living(pages: Sequence[Page]) -> AsyncIterator[None]:
    """Keep pages open."""
    forever = ClientTimeout(total=None)
    async with ClientSession(connector=TCPConnector(limit=0), timeout=forever) as http:
        lives = [asyncio.create_task(page.lives(http)) for page in pages]
        try:
            yield
        finally:
            for life in lives:
                life.cancel()
            ended = await asyncio.gather(*lives, return_exceptions=True)
            broken = [each for each in ended if not isinstance(each, asyncio.CancelledError)]
        if broken:
            raise RuntimeError(f"{len(broken)} pages broke: {broken[0]!r}")


def hire(number: int) -> list[Page]:
    """Open 500 accounts, each with a session; those of the run before are gone."""
    jobs.connection().flushall()
    pages = []
    with begin(_ACTOR) as work:
        work.execute(update(advisors).values(state="signed-out", reason=None, ticket_id=None))
        for rank in range(PAGES):
            known = agents.add(work, f"a{number}.{rank}", f"Advisor {rank}", ("fr",), EXPERT, "advisor")
            presence.sign_in(work, known.login)
            pages.append(Page(known.id, sessions.open_session(work, known.id)))
    return pages


def make_ready(pages: Sequence[Page]) -> None:
    """Have all be offered calls."""
    for page in pages:
        with begin(_ACTOR) as work:
            presence.be_ready(work, page.advisor)


_legs = count(1)


def offer(page: Page) -> None:
    """Have one call wait for one advisor, who is idle: it is offered at once."""
    with begin(_ACTOR) as work:
        ticket = tickets.add(
            work,
            kind="call",
            subject="contributions",
            reason="asked",
            language="fr",
            wanted_id=page.advisor,
            caller_sid=f"CA{next(_legs):032x}",
            waited_on=work.now,
        )
        offers.enter(work, ticket)
        page.offered_at = time.perf_counter()


def megabytes(process: int) -> float:
    """Return what a process and its children hold in memory."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return own / 1024 + sum(megabytes(int(child)) for child in children)


def report(runs: Sequence[Run]) -> None:
    """Print the table."""
    table = Table(title=f"{PAGES} pages on one `svi events`, {OFFERS_A_SECOND} offers a second; milliseconds")
    for column in ("", "told p50", "told p99", "shown p50", "shown p99", "longest", "events' MB", "load"):
        table.add_column(column, justify="right")
    for number, each in enumerate(runs, 1):
        figures = (share(each.told, 0.5), share(each.told, 0.99), share(each.shown, 0.5), share(each.shown, 0.99))
        row = (*figures, max(each.shown))
        table.add_row(f"run {number}", *(f"{ms:.0f}" for ms in row), f"{each.megabytes:.0f}", f"{each.load:.1f}")
    last = sorted(share(each.shown, 0.99) for each in runs)
    spread = f"{statistics.median(last):.0f} ({last[0]:.0f} to {last[-1]:.0f})"
    table.add_row("shown p99, median", "", "", "", spread, "", "", "", style="bold")
    table.caption = f"target: {TARGET_MS} ms at p99"
    Console(width=110).print(table)


def share(values: Sequence[float], part: float) -> float:
    """Return the value that so many do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


if __name__ == "__main__":
    main()
