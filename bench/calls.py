"""Whole registration conversations over HTTP, against the bare signed view, in the same run.

The same webhooks, with all the fields of the carrier's, over the same connections, to the same server (granian, as many
processes and threads). Then 2,000 calls at once, paced as callers are, which makes 300 webhooks a second. PostgreSQL
and this carrier share the machine.
"""

import asyncio
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import orjson
import psycopg
from rich.console import Console
from rich.table import Table

from backend import db, feeds, seal
from backend.settings import settings
from bench.carrier import Carrier, Figures, Script, Webhook, flat_out, paced
from bench.people import write
from exchange.effects import CallFacts
from exchange.parameters import of_call
from svi import embedded, migrate, ports

PORT = 8739
ORIGIN = f"http://127.0.0.1:{PORT}"
TOKEN, SECRET = secrets.token_hex(16), secrets.token_hex(16)
ACCOUNT = "AC" + secrets.token_hex(16)
RUNS = 3
CALLERS = 32
CALLS_AT_ONCE = 2000
WEBHOOKS_A_SECOND = 300
WEBHOOKS_A_CALL = 10


class Person(NamedTuple):
    """Whom a call is about."""

    card: str
    born: str  # as keyed


def people(path: Path) -> Iterator[Person]:
    """Give those of a list who have a mobile on file."""
    with path.open(encoding="utf-8") as lines:
        next(lines)
        for row in (line.split(",") for line in lines):
            if row[7]:
                yield Person(row[0][2:], "".join(reversed(row[5].split("-"))))


def registration(person: Person, code: Callable[[str], str]) -> Script:
    """Complete one registration by keys, in French, and fail where the number isn't said."""
    form = call_form()
    yield "/voice/incoming", form
    keyed: tuple[tuple[str, str | None], ...] = (
        ("language", "2"),
        ("main-menu", "1"),
        ("identity-card", person.card),
        ("birth-date", person.born),
        ("code", None),
        ("confirm-identity", "1"),
        ("payment", "2"),
        ("declaration", "1"),
        ("anything-else", "2"),
    )
    for turn, (key, digits) in enumerate(keyed, 1):
        said = yield answer(form, turn, key, code(form["CallSid"]) if digits is None else digits)
        if key == "declaration" and b"/anything-else" not in said:
            raise RuntimeError("a registration was not completed: the bench measures something else")


def walk() -> Script:
    """Walk from the menu to a conversation's first question, its help, and back: key presses that have no effect."""
    form = call_form()
    yield "/voice/incoming", form
    keyed = [("language", "2"), ("main-menu", "*"), ("main-menu", "*")]
    for again in ("", ".2"):
        keyed += [(f"main-menu{again}", "1"), ("identity-card", "*"), (f"identity-card-help{again}", "#")]
    for turn, (key, digits) in enumerate(keyed, 1):
        said = yield answer(form, turn, key, digits)
        if turn == len(keyed) and b"/main-menu.3" not in said:
            raise RuntimeError("the way back is another: the bench measures something else")


def call_form() -> dict[str, str]:
    """Return what the carrier says of a new call in each of its webhooks: the exchange's 25 fields."""
    return of_call(CallFacts("CA" + secrets.token_hex(16), ACCOUNT, "+212661000777", "+212520447100"), "in-progress")


def answer(form: dict[str, str], turn: int, key: str, digits: str) -> Webhook:
    """Return the webhook of one answer."""
    return f"/voice/answer/{turn}/{key}", form | {"Digits": digits, "FinishedOnKey": "", "msg": "Gather End"}


@contextmanager
def serving(*command: str) -> Iterator[None]:
    """Run a server on the port."""
    server = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not ports.answers(PORT):
            time.sleep(0.1)
        time.sleep(1.0)  # until each of its processes listens
        yield
    finally:
        server.terminate()
        server.wait(20)


def bare() -> Sequence[str]:
    """Return the command of the baseline."""
    options = ["--interface", "wsgi", "--factory", "--host", "127.0.0.1", "--port", str(PORT), "--log-level", "error"]
    return ["granian", *options, "--workers", str(os.cpu_count()), "--blocking-threads", "4", "bench.bare:create_app"]


Scripts = Callable[[int], list[Script]]
"""Gives so many calls that complete a registration, of people nobody registered yet."""


@contextmanager
def insured(rows: int) -> Iterator[Scripts]:
    """Have a database of so many people, for the servers that are started meanwhile."""
    os.environ |= {"SVI_PUBLIC_URL": ORIGIN, "SVI_PORT": str(PORT), "SVI_SECRET_KEY": SECRET}
    os.environ |= {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "SVI_TODAY": "2024-03-20"}
    with (
        embedded.temporary_home() as home,
        embedded.postgresql(home) as database,
        embedded.valkey(home) as redis,
    ):
        os.environ |= {"DATABASE_URL": database, "REDIS_URL": redis}
        migrate.upgrade(database)
        file = home.path / "tns.csv"
        write(file, rows)
        feeds.run_import("tns", file, lambda _progress: None)
        waiting = people(file)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("vacuum (freeze, analyze) people")

            def code(sid: str) -> str:
                row = connection.execute(
                    "select o.business_key, o.payload from calls k join codes c on c.call_id = k.id"
                    " join outbox o on o.business_key = 'code:' || c.id where k.sid = %s",
                    [sid],
                ).fetchone()
                if row is None:
                    raise RuntimeError("no code was promised: the bench measures something else")
                return str(orjson.loads(seal.unseal(row[1], f"outbox:{row[0]}"))["body"][:6])

            yield lambda count: [registration(next(waiting), code) for _ in range(count)]
        db.dispose()
        settings.cache_clear()  # the next database is another


def main(rows: int = 60_000, calls: int = 600) -> None:
    """Measure, and print the table."""
    with insured(rows) as scripts:
        report(measure(scripts, calls), at_once(scripts))


class Run(NamedTuple):
    """The baseline and the program, one after the other."""

    bare: Figures
    walks: Figures
    registrations: Figures


def measure(scripts: Scripts, calls: int) -> list[Run]:
    """Run the baseline and the program in turn."""
    runs = []
    for _ in range(RUNS):
        with serving(*bare()):
            baseline = asyncio.run(flat_out(carrier(), (same_webhooks() for _ in range(calls)), CALLERS))
        with serving("svi", "web"):
            asyncio.run(flat_out(carrier(), scripts(50), CALLERS))  # warm: caches, connections, plans
            walks = asyncio.run(flat_out(carrier(), (walk() for _ in range(calls)), CALLERS))
            runs.append(Run(baseline, walks, asyncio.run(flat_out(carrier(), scripts(calls), CALLERS))))
    return runs


def at_once(scripts: Scripts) -> Figures:
    """Pace 2,000 calls at once."""
    pace = CALLS_AT_ONCE / WEBHOOKS_A_SECOND
    with serving("svi", "web"):
        asyncio.run(flat_out(carrier(), scripts(50), CALLERS))
        return asyncio.run(paced(carrier(), scripts(CALLS_AT_ONCE), pace))


def same_webhooks() -> Script:
    """Give the webhooks of a registration, whatever is answered."""
    script = registration(Person("482913", "14031988"), lambda _sid: "123456")
    webhook = next(script)
    while True:
        yield webhook
        try:
            webhook = script.send(b"/anything-else")
        except StopIteration:
            return


def carrier() -> Carrier:
    """Return a carrier that signs as ours does."""
    return Carrier(PORT, ORIGIN, TOKEN)


def report(runs: list[Run], calls_at_once: Figures) -> None:
    """Print the table."""
    table = Table(title="Webhooks by telephone")
    for column in ("", "webhooks/s", "ratio to the bare view", "p50 ms", "p99 ms", "errors"):
        table.add_column(column, justify="right")
    names = {"bare": "bare", "walks": "key presses without effect", "registrations": "whole registrations"}
    for number, run in enumerate(runs, 1):
        for name, figures in run._asdict().items():
            ratio = f"{figures.rate / run.bare.rate:.2f}"
            table.add_row(f"{names[name]}, run {number}", f"{figures.rate:,.0f}", ratio, *_numbers(figures))
    for name in ("walks", "registrations"):
        ratios = sorted(getattr(run, name).rate / run.bare.rate for run in runs)
        spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        table.add_row(f"{names[name]}, median", "", spread, "", "", "", style="bold")
    paced_calls = f"{CALLS_AT_ONCE:,} registrations at once, paced"
    table.add_row(paced_calls, f"{calls_at_once.rate:,.0f}", "", *_numbers(calls_at_once))
    Console(width=110).print(table)


def _numbers(figures: Figures) -> tuple[str, str, str]:
    return f"{figures.percentile(0.5):.1f}", f"{figures.percentile(0.99):.1f}", str(figures.errors)


if __name__ == "__main__":
    main()
