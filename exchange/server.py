"""The exchange as a server: Twilio's REST API, phones and fault switches on one port."""

import asyncio
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from aiohttp import web

from exchange import browser, rest, rest_calls, rest_conferences, rest_entrances, rest_messages, rest_queues
from exchange.handsets import Handsets, loopback_only
from exchange.origins import allow_pages_of
from exchange.ringing import Ringing
from exchange.switchboard import Account, Switchboard

SWITCHBOARD = web.AppKey("switchboard", Switchboard)


def create_app(account: Account) -> web.Application:
    """Build the server of one account."""
    app = web.Application(middlewares=[loopback_only])

    async def close(app: web.Application) -> None:
        await app[SWITCHBOARD].close()

    switchboard = Switchboard(account)
    app[SWITCHBOARD] = switchboard
    app.add_routes(Handsets(switchboard).routes())
    app.add_routes(Ringing(switchboard).routes())
    app.add_routes(browser.routes(switchboard))
    for resource in (rest_messages, rest_calls, rest_queues, rest_conferences, rest_entrances):
        app.add_routes(resource.routes(switchboard))
    app.add_routes(rest.routes(switchboard))
    allow_pages_of(account, app)
    app.on_shutdown.append(close)
    return app


def run(
    host: str,
    port: int,
    account_sid: str,
    auth_token: str,
    numbers: list[str],
    voice_url: str,
    fallback_url: str | None = None,
    status_url: str | None = None,
    people: Sequence[Mapping[str, Any]] = (),
    client_url: str | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT.

    `client_url` is where calls of clients begin. `people` are proposed by the phone in the browser: `exchange.browser`.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    account = Account(
        account_sid, auth_token, tuple(numbers), voice_url, fallback_url, status_url, client_url, people=tuple(people)
    )
    web.run_app(create_app(account), host=host, port=port, print=None, access_log=None, shutdown_timeout=1.0)


@contextmanager
def serving(account: Account, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve from a thread of this process, for tests: gives the base URL."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="exchange", daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_start(account, host, port), loop).result()
    try:
        bound_host, bound_port = runner.addresses[0][:2]
        yield f"http://{bound_host}:{bound_port}"
    finally:
        asyncio.run_coroutine_threadsafe(_stop(runner), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(account: Account, host: str, port: int) -> web.AppRunner:
    runner = web.AppRunner(create_app(account), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner


async def _stop(runner: web.AppRunner) -> None:
    await runner.cleanup()
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
