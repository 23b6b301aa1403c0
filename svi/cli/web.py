"""`svi web` and `svi events`: webhooks, pages and API; the consoles' event stream. granian serves both."""

import gc
import importlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from backend.settings import settings
from svi import leash, ports, running

WEB, EVENTS = "svi.web", "svi.events"
THREADS = 4
API_AT_ONCE = 2
"""Of these threads: the others are for who is on the line."""
NEW_OBJECTS = 20_000  # before garbage is looked for: what some dozens of webhooks make
SECONDS_TO_FINISH = 10
SECONDS_TO_END_STREAMS = 2


@click.command()
@click.option("--sharing", is_flag=True, help="Another web server of the same group may listen on the port too.")
def web(*, sharing: bool) -> None:
    """Serve webhooks, pages and API on 127.0.0.1:$SVI_PORT."""
    running.join()
    given = settings()
    if not sharing:
        ports.require_free(given.svi_port, "SVI_PORT")
    server = Granian(
        f"{WEB}:create_app",
        address=ports.LOCALHOST,
        port=given.svi_port,
        interface=Interfaces.WSGI,
        workers=given.svi_web_workers or os.cpu_count() or 1,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.warning,
    )
    importlib.import_module(WEB)  # once, before granian forks its workers
    server.serve(target_loader=partial(load_application, WEB, api_at_once=API_AT_ONCE), wrap_loader=False)


@click.command()
def events() -> None:
    """Serve the consoles' event stream on 127.0.0.1:$SVI_EVENTS_PORT."""
    running.join()
    given = settings()
    ports.require_free(given.svi_events_port, "SVI_EVENTS_PORT")
    server = Granian(
        f"{EVENTS}:create_app",
        address=ports.LOCALHOST,
        port=given.svi_events_port,
        interface=Interfaces.ASGI,
        workers=1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_END_STREAMS,
        log_level=LogLevels.warning,
    )
    importlib.import_module(EVENTS)
    server.serve(target_loader=partial(load_application, EVENTS), wrap_loader=False)


def load_application(module: str, **options: int) -> Callable[..., Any]:
    """Make an application in a worker process, which ends when granian's main process does."""
    # Until granian sets its own handlers, the main process's would swallow the order to end.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    main = multiprocessing.parent_process()
    if main is not None and main.pid is not None:
        leash.die_with_parent(signal.SIGTERM, main.pid)
    application: Callable[..., Any] = importlib.import_module(module).create_app(**options)
    gc.collect()
    gc.freeze()  # what was made until now stays as long as the process: no collection looks through it again
    gc.set_threshold(NEW_OBJECTS)
    return application
