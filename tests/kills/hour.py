"""An hour of 3939, compressed: callers, advisors, kills; then calm, and what phones, advisors and database have of it.

An hour's 200 calls for 12 advisors come within four minutes: talks last seconds, and so do pauses.
"""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from backend.settings import Settings
from backend.work import Actor, begin
from callcenter import metrics
from callcenter.figures.counting import Counted, count
from callcenter.figures.reading import Interval
from exchange.switchboard import Switchboard
from svi import running
from tests.conftest import ACCOUNT, TOKEN, forget
from tests.embedded.processes import Whole
from tests.kills import fates
from tests.kills.customers import CALL_CENTRE, RELATION_CENTRE, VOCAL_SERVER, Customer, Phone, at_home, customers
from tests.kills.fates import Story
from tests.kills.relay import Relay
from tests.kills.run import carrier, origin, until_ready
from tests.kills.seats import Done, staff
from tests.kills.storm import Kill, Series, Storm
from tests.kills.victims import Victims

FAR = 0.1
"""Seconds that a webhook is on its way: with all that runs here, a dying process' port is open for long."""
SECONDS_OF_CALLS = 240.0
SECONDS_TO_SETTLE = 150.0
HOUR = (
    Series(12.0, {"web, at any moment": 3, "web, as the carrier asks or tells something of the queue": 7}),
    Series(
        12.0,
        {
            "worker, at any moment": 2,
            "clock, at any moment": 3,
            "Redis forgets everything": 2,
            "Redis, killed": 1,
            "PostgreSQL, killed": 1,
            "PostgreSQL, restarted": 1,
        },
    ),
)
OPEN = {
    "open tickets": "select id, kind, state, advisor_id, caller_sid, tier from tickets where state <> 'ended'",
    "errands left": "select id, what, leg, tries from errands",
    "advisors busy": "select id, state, reason, ticket_id from advisors where ticket_id is not null",
    "calls out": "select id, kind, state, due_at from dials where state <> 'ended'",
}
PROMISES = "select id, kind, state, attempts, due_at, call_id from callbacks order by id"


@dataclass(frozen=True)
class Hour:
    """The whole of it."""

    stories: list[Story]
    """Of those who called."""
    answered_at_home: list[Story]
    """Of those who were called back, or whose phone rang."""
    done: Done
    kills: Counter[Kill]
    counted: Counted
    left: dict[str, list[Any]]
    """What is still open, by what it is."""
    promises: list[Any]
    seconds: tuple[float, float]
    """How long the calls lasted, and how long all took to settle."""

    def fated(self, fate: fates.Fate) -> list[Story]:
        """Return the calls that came to this."""
        return [each for each in self.stories if each.fate == fate]

    @property
    def by_calls(self) -> dict[str, int]:
        """Count the figures from the calls themselves, and what advisors did by their own word.

        A transfer whose commit was cut off with the database happened if the log has it: its advisor can't tell.
        """
        everybody = [*self.stories, *self.answered_at_home]
        sure = self.done.transfers
        return {
            "offered": sum(each.waits > 0 for each in self.stories),
            "answered": len(self.fated("answered")),
            "abandoned": len(self.fated("abandoned")),
            "kept": len(self.fated("kept")),
            "unserved": len(self.fated("unserved")),
            "gave up again": sum(each.gave_up_again for each in self.stories),
            "transfers": min(max(self.counted.transfers, sure), sure + self.done.transfers_perhaps),
            "called back and reached": sum(bool(each.talks) for each in self.answered_at_home),
            "surveyed": sum(each.scored for each in everybody),
        }

    @property
    def by_log(self) -> dict[str, int]:
        """Return the same as the product's figures have it; short calls are abandoned ones too."""
        it = self.counted
        return {
            "offered": it.offered,
            "answered": it.answered,
            "abandoned": it.abandoned + it.short,
            "kept": it.kept,
            "unserved": it.unserved,
            "gave up again": it.gave_up_again,
            "transfers": it.transfers,
            "called back and reached": it.reached,
            "surveyed": it.surveyed,
        }

    @property
    def lost(self) -> list[str]:
        """Name the calls that nobody answered though the caller stayed, in the first wait or a later one."""
        everybody = [*self.stories, *self.answered_at_home]
        astray = {"lost", "unserved"}
        return [each.sid for each in everybody if each.phone.stuck or each.fate in astray or each.left_again]

    @property
    def cut(self) -> list[str]:
        """Name the calls that two kills met at once: a webhook's server, then its fallback's. They count as hung up."""
        return [each.sid for each in [*self.stories, *self.answered_at_home] if each.cut]

    @property
    def doubled(self) -> list[str]:
        """Name who talked with two at once, and offers that two advisors took."""
        everybody = [*self.stories, *self.answered_at_home]
        return [*fates.doubled(everybody, self.done.taken), *fates.twice(self.done.taken)]

    @property
    def unkept(self) -> list[Any]:
        """Return the promises that neither ended in a call nor have a next attempt."""
        reached = sum(bool(each.talks) for each in self.answered_at_home)
        kept = sum(row.state == "kept" for row in self.promises)
        astray = [row for row in self.promises if row.state not in {"kept", "promised"}]
        return astray + ([] if kept == reached else [f"{kept} kept, {reached} reached"])

    @property
    def places(self) -> int:
        """Count the places that were kept, in the first wait or a later one."""
        return sum(each.kept for each in [*self.stories, *self.answered_at_home])

    def line(self) -> str:
        """Return the counts, to be shown."""
        counts = ", ".join(f"{count} {name}" for name, count in self.by_calls.items())
        left = sum(map(len, self.left.values()))
        return (
            f"{len(self.stories)} calls, {self.kills.total()} kills in {self.seconds[0]:.0f} + {self.seconds[1]:.0f} s:"
            f" lost {len(self.lost)}, cut off by two kills at once {len(self.cut)}, doubled {len(self.doubled)},"
            f" left open {left}; {counts}"
        )


async def pass_by(folder: Path, calls: int, advisors: int, kills: int, seed: int) -> Hour:
    """Start everything in `folder`, have the hour pass, wait until all is settled, and count."""
    to_web = Relay(0, FAR, servers_die=True)
    numbers = RELATION_CENTRE, CALL_CENTRE, VOCAL_SERVER
    async with to_web, carrier(to_web, *numbers) as (board, port), Relay(port) as to_carrier:
        whole = Whole(
            folder,
            SVI_DEMO="0",
            SVI_OPEN="always",
            SVI_CALLS_PER_SECOND="5",
            SVI_PUBLIC_URL=origin(to_web),
            TWILIO_API_BASE=origin(to_carrier),
            TWILIO_ACCOUNT_SID=ACCOUNT,
            TWILIO_AUTH_TOKEN=TOKEN,
        )
        try:
            to_web.server = int(whole.web)
            await until_ready(whole)
            urls = running.environment(whole.home)
            victims = Victims(whole.home, int(whole.web))
            storm = Storm(
                victims, to_web, to_carrier, urls["DATABASE_URL"], urls["REDIS_URL"], Random(f"{seed}/hour"), HOUR
            )
            with _joined(whole, urls):
                return await _hour(whole, storm, board, f"http://127.0.0.1:{port}", calls, advisors, kills, seed)
        finally:
            whole.process.terminate()
            await asyncio.to_thread(whole.process.wait, 60)


async def _hour(
    whole: Whole, storm: Storm, board: Switchboard, exchange: str, calls: int, advisors: int, kills: int, seed: int
) -> Hour:
    known = customers(calls, Random(f"{seed}/customers"))
    rung: list[Phone] = []
    homes = asyncio.create_task(at_home(board, known, rung, Random(f"{seed}/at home")))
    over, done = threading.Event(), Done()
    seats = await asyncio.to_thread(staff, advisors, exchange, TOKEN, f"{seed}", done, over)
    begun = time.monotonic()
    try:
        async with asyncio.TaskGroup() as together:
            calling = together.create_task(_all_call(board, known, seed))
            if kills:
                together.create_task(storm.rages(kills))
            phones = await calling
        await until_ready(whole)
        ended = time.monotonic()
        left = await _settled(storm.database)
    finally:
        over.set()
        homes.cancel()
        for thread in seats:
            await asyncio.to_thread(thread.join, 60)
    seconds = ended - begun, time.monotonic() - ended
    with psycopg.connect(storm.database, row_factory=namedtuple_row) as connection:
        promises = connection.execute(PROMISES).fetchall()
    made = [fates.read(each) for each in phones], [fates.read(each) for each in rung]
    return Hour(*made, done, storm.done, _counted(), left, promises, seconds)


async def _all_call(board: Switchboard, known: list[Customer], seed: int) -> list[Phone]:
    """Have all of them call, at times drawn evenly, and return their phones."""
    dice = Random(f"{seed}/times")
    length = SECONDS_OF_CALLS * len(known) / 200
    phones: list[Phone] = []
    begun = time.monotonic()
    async with asyncio.TaskGroup() as together:
        times = sorted(dice.uniform(0, length) for _ in known)
        for number, customer in enumerate(known):
            await asyncio.sleep(max(0.0, begun + times[number] - time.monotonic()))
            line = board.dial(customer.number, customer.dialled, pace=0.0)
            phones.append(Phone(board, line, customer, Random(f"{seed}/customer {number}")))
            together.create_task(_within(phones[-1], begun + length + SECONDS_TO_SETTLE))
    return phones


async def _within(phone: Phone, deadline: float) -> None:
    """Talk until the call is over; who is left on the line at the deadline is cut off, and found to be lost."""
    try:
        async with asyncio.timeout(deadline - time.monotonic()):
            await phone.talks()
    except TimeoutError:
        phone.stuck = True
        phone.line.hang_up()


async def _settled(database: str) -> dict[str, list[Any]]:
    """Wait until nothing is open any more, or for SECONDS_TO_SETTLE, and return what is left."""
    deadline = time.monotonic() + SECONDS_TO_SETTLE
    while True:
        left = await asyncio.to_thread(_open, database)
        if not any(left.values()) or time.monotonic() > deadline:
            return left
        await asyncio.sleep(1)


def _open(database: str) -> dict[str, list[Any]]:
    with psycopg.connect(database, row_factory=namedtuple_row) as connection:
        return {what: connection.execute(query).fetchall() for what, query in OPEN.items()}


def _counted() -> Counted:
    with begin(Actor("command", "test")) as work:
        interval = Interval(work.now - timedelta(hours=1), work.now + timedelta(hours=1))
        return count(metrics.history(work, interval), interval)


@contextmanager
def _joined(whole: Whole, urls: dict[str, str]) -> Iterator[None]:
    """Have this process belong to the running system, as a terminal does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Settings.model_config, "env_file", None)
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        for name, value in {**whole.environment, **urls}.items():
            if name.lower() in Settings.model_fields:
                patch.setenv(name, value)
        forget()
        try:
            yield
        finally:
            forget()
