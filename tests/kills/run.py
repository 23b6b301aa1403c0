"""One storm: the whole system, its carrier and provider behind relays, callers, kills; then calm, and the reckoning."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from aiohttp import web

from exchange.server import SWITCHBOARD, create_app
from exchange.switchboard import Account, Switchboard
from svi import running
from tests.conftest import ACCOUNT, TOKEN
from tests.embedded.processes import Whole
from tests.kills.callers import NUMBER, Made, Person, call, people
from tests.kills.reckoning import Reckoning, reckon, waiting
from tests.kills.relay import Relay
from tests.kills.storm import Storm
from tests.kills.victims import Victims

CALLERS = 16
"""Calls at once."""
LISTED = 4000
FAR = 0.03
"""Seconds that a webhook is on its way: carriers are far enough for the port of a dying process to be closed."""
SECONDS_TO_START = 60.0
SECONDS_TO_SETTLE = 360.0
"""A code that nobody can vouch for is over after five minutes; the clock looks every 15 seconds."""


async def weather(folder: Path, kills: int, seed: int) -> Reckoning:
    """Start everything in `folder`, kill in the order of `seed`, wait until all is settled, and count."""
    to_web = Relay(0, FAR, servers_die=True)
    async with to_web, carrier(to_web, NUMBER) as (switchboard, port), Relay(port) as to_provider:
        whole = Whole(
            folder,
            SVI_DEMO="0",
            SVI_OPEN="never",  # whoever is brought to an advisor is promised a call
            SVI_TODAY="2024-03-20",
            SVI_PUBLIC_URL=origin(to_web),
            TWILIO_API_BASE=origin(to_provider),
            TWILIO_ACCOUNT_SID=ACCOUNT,
            TWILIO_AUTH_TOKEN=TOKEN,
        )
        try:
            to_web.server = int(whole.web)
            await until_ready(whole)
            listed = people(folder / "tns.csv", LISTED)
            await _import(folder / "tns.csv", whole)
            return await _storm(whole, (to_web, to_provider), switchboard, iter(listed), kills, seed)
        finally:
            whole.process.terminate()
            await asyncio.to_thread(whole.process.wait, 60)


async def _storm(
    whole: Whole, relays: tuple[Relay, Relay], switchboard: Switchboard, listed: Iterator[Person], kills: int, seed: int
) -> Reckoning:
    urls = running.environment(whole.home)
    victims = Victims(whole.home, int(whole.web))
    storm = Storm(victims, *relays, urls["DATABASE_URL"], urls["REDIS_URL"], Random(f"{seed}/storm"))
    over = asyncio.Event()
    begun = time.monotonic()
    async with asyncio.TaskGroup() as together:
        callers = [
            together.create_task(_calls(switchboard, listed, Random(f"{seed}/caller {number}"), over))
            for number in range(CALLERS)
        ]
        await storm.rages(kills)
        over.set()
    ended = time.monotonic()
    await until_ready(whole)
    deadline = ended + SECONDS_TO_SETTLE
    while waiting(urls["DATABASE_URL"]) and time.monotonic() < deadline:  # noqa: ASYNC110  another process's doing
        await asyncio.sleep(1)
    seconds = ended - begun, time.monotonic() - ended
    made = [each for caller in callers for each in caller.result()]
    return reckon(urls["DATABASE_URL"], storm.done, made, switchboard.messages.all.values(), seconds)


async def _calls(switchboard: Switchboard, listed: Iterator[Person], dice: Random, over: asyncio.Event) -> list[Made]:
    """Make one call after the other until the storm is over; each is held to its end."""
    made = []
    while not over.is_set():
        made.append(await call(switchboard, next(listed), dice))
    return made


@asynccontextmanager
async def carrier(to_web: Relay, *numbers: str) -> AsyncIterator[tuple[Switchboard, int]]:
    """Run the exchange, which is carrier and provider, in this process: give its switchboard, and its port."""
    at = origin(to_web)
    urls = f"{at}/voice/incoming", f"{at}/voice/fallback", f"{at}/voice/status"
    app = create_app(Account(ACCOUNT, TOKEN, numbers, *urls, client_url=f"{at}/voice/agent"))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield app[SWITCHBOARD], runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _import(file: Path, whole: Whole) -> None:
    command = (sys.executable, "-P", "-m", "svi", "import", "tns", str(file))
    process = await asyncio.create_subprocess_exec(
        *command, env=whole.environment, cwd=file.parent, stdout=asyncio.subprocess.DEVNULL
    )
    assert await process.wait() == 0


async def until_ready(whole: Whole) -> None:
    """Wait until a call would be answered."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not whole.is_ready():
        assert time.monotonic() < deadline, whole.log.read_text()
        await asyncio.sleep(0.1)


def origin(relay: Relay) -> str:
    """Return where the other end of a relay is asked."""
    return f"http://127.0.0.1:{relay.port}"
