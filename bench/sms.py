"""From the commit of a promise to the moment at which the provider has the SMS: 100 a second, sustained.

Starts the whole system on a home of its own (`svi up`: one worker, the exchange as provider), promises SMS as a
conversation does, each in a transaction of its own, and reads from the outbox when each was handed over.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table

from backend import clock, messages
from backend.settings import settings
from backend.values import Mobile
from backend.work import Actor, begin
from svi import running

A_SECOND = 100
SECONDS = 20
RUNS = 3
PORTS = {"SVI_PORT": "8743", "SVI_EXCHANGE_PORT": "8744", "SVI_EVENTS_PORT": "8745"}


def main() -> None:
    """Measure, and print the table."""
    table = Table(title=f"SMS to the provider: {A_SECOND}/s for {SECONDS} s")
    for column in ("", "handed over", "p50 s", "p95 s", "longest s"):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory(prefix="svi-bench-") as folder:
        os.environ |= {"SVI_HOME": folder, "SVI_DEMO": "0", **PORTS}
        settings.cache_clear()
        group = subprocess.Popen([sys.executable, "-m", "svi", "up"], stdout=subprocess.DEVNULL)
        try:
            wait_until_ready(Path(folder))
            running.join()
            for number in range(1, RUNS + 1):
                promise(number)
                table.add_row(f"run {number}", *measured(number))
        finally:
            group.terminate()
            group.wait(30)
    Console(width=100).print(table)


def wait_until_ready(home: Path) -> None:
    """Wait until a call would be answered."""
    deadline = time.monotonic() + 120
    while not ((state := running.find(home)) and state.ready):
        if time.monotonic() > deadline:
            raise RuntimeError("the system did not get ready in two minutes")
        time.sleep(0.2)


def promise(run: int) -> None:
    """Promise the SMS of a run, each when it is due."""
    began = time.monotonic()
    for number in range(A_SECOND * SECONDS):
        time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
        with begin(Actor("command", "bench")) as work:
            to = Mobile(f"+2126{run:02}{number:06}")
            messages.send(
                work, "sms-callback-arranged", f"bench:{run}:{number}", to, "fr", day=clock.today(), half="matin"
            )


def measured(run: int) -> tuple[str, str, str, str]:
    """Return how many were handed over, and seconds from commit to hand-over."""
    query = (
        "select count(handed_at), count(*), percentile_cont(array[0.5, 0.95, 1.0])"
        " within group (order by extract(epoch from handed_at - promised_at)) from outbox where business_key like %s"
    )
    deadline = time.monotonic() + 120
    with psycopg.connect(settings().require_database(), autocommit=True) as connection:
        while True:
            row = connection.execute(query, [f"bench:{run}:%"]).fetchone()
            if row and (row[0] == row[1] or time.monotonic() > deadline):
                p50, p95, longest = (f"{seconds:.1f}" for seconds in row[2])
                return f"{row[0]:,} of {row[1]:,}", p50, p95, longest
            time.sleep(0.5)


if __name__ == "__main__":
    main()
