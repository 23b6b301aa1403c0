"""`svi web`: the webhooks, pages and API, served by granian."""

import importlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from backend.settings import settings
from svi import leash, ports, running

APPLICATION = "svi.web"
THREADS = 4
SECONDS_TO_FINISH = 10


@click.command()
@click.option("--sharing", is_flag=True, help="Another web server of the same group may listen on the port too.")
def web(*, sharing: bool) -> None:
    """Serve webhooks, pages and API on 127.0.0.1:$SVI_PORT."""
    running.join()
    given = settings()
    if not sharing:
        ports.require_free(given.svi_port, "SVI_PORT")
    server = Granian(
        f"{APPLICATION}:create_app",
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
    importlib.import_module(APPLICATION)  # once, before granian forks its workers
    server.serve(target_loader=load_application, wrap_loader=False)


def load_application() -> Callable[..., Any]:
    """Make the application in a worker process, which ends when granian's main process does."""
    # Until granian sets its own handlers, the main process's would swallow the order to end.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    main = multiprocessing.parent_process()
    if main is not None and main.pid is not None:
        leash.die_with_parent(signal.SIGTERM, main.pid)
    application: Callable[..., Any] = importlib.import_module(APPLICATION).create_app()
    return application
