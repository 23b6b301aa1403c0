"""The kills: which, in which order, and how each is brought about."""

import asyncio
import logging
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal, NamedTuple
from urllib.parse import parse_qs

import psycopg
import redis

from tests.kills.relay import Moment, Passing, Relay
from tests.kills.victims import Victims, kill

Kill = Literal[
    "web, at any moment",
    "web, between commit and answer",
    "web, as the carrier asks or tells something of the queue",
    "sender, before the provider took the SMS",
    "sender, after the provider took it",
    "sender, after the provider answered",
    "worker, at any moment",
    "clock, at any moment",
    "Redis forgets everything",
    "Redis, killed",
    "PostgreSQL, killed",
    "PostgreSQL, restarted",
]
"""A sender is the process that hands an SMS over just then: the worker, or the clock in its stead."""


class Series(NamedTuple):
    """Kills that come one after the other, while those of other series go on."""

    pace: float
    """Seconds from one to the next, at the least."""
    among_twenty: Mapping[Kill, int]


SERIES = (
    Series(1.2, {"web, at any moment": 5, "web, between commit and answer": 5}),
    Series(
        1.2,
        {
            "sender, before the provider took the SMS": 1,
            "sender, after the provider took it": 1,
            "sender, after the provider answered": 1,
            "worker, at any moment": 1,
            "clock, at any moment": 1,
        },
    ),
    Series(5.0, {"Redis forgets everything": 3, "PostgreSQL, killed": 1, "PostgreSQL, restarted": 1}),
)
OF_THE_QUEUE = (
    "/voice/wait/",
    "/voice/queue/",
    "/voice/bridge/",
    "/voice/after/",
    "/voice/agent",
    "/voice/conference",
    "/voice/conference",
    "/voice/status",
)
TOLD = {"/voice/status", "/voice/conference"}
"""What the carrier tells once, and nobody has to answer."""
MOMENTS: tuple[Moment, ...] = ("asked", "answered")
PATIENCE = 60.0
"""Seconds within which a victim is there and its moment comes."""
SECONDS_BETWEEN_LOOKS = 0.05
SHORTEST_PAUSE = 0.3
"""Seconds after a kill, so that everybody has heard of it before the next."""
LONGEST_TO_NOTE = 0.01
"""Seconds in which a sender notes what the provider answered."""
ASKED_NEXT = re.compile(rb"/voice/answer/(\d+)/")
_log = logging.getLogger(__name__)


def order(series: Series, kills: int, dice: Random) -> list[Kill]:
    """Return a series' part of so many kills: those of each twenty come in any order."""
    every = [kind for kind, times in series.among_twenty.items() for _ in range(times)]
    return [kind for _ in range(kills // 20) for kind in dice.sample(every, len(every))]


@dataclass
class Storm:
    """Kills on a running group, whose carrier and provider are behind relays."""

    victims: Victims
    web: Relay
    provider: Relay
    database: str
    redis: str
    dice: Random
    series: tuple[Series, ...] = SERIES
    done: Counter[Kill] = field(default_factory=Counter)
    _last: dict[str, int] = field(default_factory=dict)
    """The process of each part that was killed last."""
    _last_tries: set[str] = field(default_factory=set)
    """Calls of which a webhook was cut, and only the fallback is left."""

    def __post_init__(self) -> None:
        self.web.ended = self._ended

    async def rages(self, kills: int) -> None:
        """Kill so many times, a multiple of twenty."""
        async with asyncio.TaskGroup() as together:
            for series in self.series:
                together.create_task(self._goes_through(order(series, kills, self.dice), series.pace))

    async def _goes_through(self, kinds: list[Kill], pace: float) -> None:
        for kind in kinds:
            begun = time.monotonic()
            await self._do(kind)
            self.done[kind] += 1
            _log.info("%d: %s", self.done.total(), kind)
            await asyncio.sleep(max(SHORTEST_PAUSE, pace - (time.monotonic() - begun)))

    async def _do(self, kind: Kill) -> None:  # noqa: C901  a table
        match kind:
            case "web, at any moment":
                await self._until(self._kills_a_web)
            case "web, between commit and answer":
                await self.web.strikes("answered", self._kills_after_commit, PATIENCE)
            case "web, as the carrier asks or tells something of the queue":
                path, moment = self.dice.choice(OF_THE_QUEUE), self.dice.choice(MOMENTS)
                await self.web.strikes(moment, lambda passing: self._kills_at(path, moment, passing), PATIENCE)
            case "sender, before the provider took the SMS":
                await self.provider.strikes("asked", self._kills_sender, PATIENCE)
            case "sender, after the provider took it":
                await self.provider.strikes("answered", self._kills_sender, PATIENCE)
            case "sender, after the provider answered":
                await self.provider.strikes("answered", self._kills_sender_with_answer, PATIENCE)
            case "worker, at any moment":
                await self._until(lambda: self._kills("worker"))
            case "clock, at any moment":
                await self._until(lambda: self._kills("clock"))
            case "Redis forgets everything":
                await self._until(self._flushes)
            case "Redis, killed":
                await self._until(lambda: self._kills("valkey"))
            case "PostgreSQL, killed":
                await self._until(lambda: self._answers() and self._kills("postgresql"))
            case "PostgreSQL, restarted":
                await self._until(lambda: self._answers() and self._kills("postgresql", signal.SIGINT))

    async def _until(self, act: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not act():  # noqa: ASYNC110  another process can't set an event
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def _kills(self, part: str, how: signal.Signals = signal.SIGKILL) -> bool:
        """Kill a part that has come back since it was killed last."""
        pid = self.victims.part(part)
        if pid is None or self._last.get(part) == pid:
            return False
        self._last[part] = pid
        return kill(pid, how=how)

    def _kills_a_web(self) -> bool:
        """Kill the workers of a web server; one time in three the server too."""
        webs = self._webs_that_can_be_missed()
        return bool(webs) and self._kills_web(webs, self.dice.choice(sorted(webs)))

    def _kills_web(self, webs: dict[int, list[int]], main: int) -> bool:
        return kill(*([main] if self.dice.randrange(3) == 0 else []), *webs[main])

    def _webs_that_can_be_missed(self) -> dict[int, list[int]]:
        """Return the web servers, if there are two, and no webhook is at its second and last try.

        Nobody outlives two deaths.
        """
        webs = self.victims.webs()
        return webs if len(webs) > 1 and not self._last_tries else {}

    def _ended(self, passing: Passing) -> None:
        """Remember the call whose webhook was cut, until the fallback was answered, or was cut too."""
        call = parse_qs(passing.form).get("CallSid", [""])[0]
        if passing.handed_on or passing.path == "/voice/fallback":
            self._last_tries.discard(call)
        elif call and passing.path not in TOLD:
            self._last_tries.add(call)

    async def _kills_after_commit(self, passing: Passing) -> bool:
        """Kill the web server that answers, if PostgreSQL has the turn that it answers with."""
        asked = ASKED_NEXT.search(passing.answer)
        if asked is None or passing.path == "/voice/fallback":
            return False
        sid = parse_qs(passing.form)["CallSid"][0]
        if await asyncio.to_thread(self._turn, sid) != int(asked[1]):
            return False
        webs, worker = self._webs_that_can_be_missed(), self.victims.owner(self.web.server, passing.relay)
        return any(worker in workers and self._kills_web(webs, main) for main, workers in webs.items())

    async def _kills_at(self, path: str, moment: Moment, passing: Passing) -> bool:
        """Kill a web server when a path is asked for: what was told it is lost, or what it answered."""
        if not passing.path.startswith(path):
            return False
        if moment == "asked":
            return self._kills_a_web()
        webs = self._webs_that_can_be_missed()
        worker = self.victims.owner(self.web.server, passing.relay)
        main = next((main for main, workers in webs.items() if worker in workers), None)
        return main is not None and self._kills_web(webs, main)

    async def _kills_sender(self, passing: Passing) -> bool:
        """Kill the process that hands an SMS over."""
        sender = self._sender(passing)
        return sender is not None and kill(sender)

    async def _kills_sender_with_answer(self, passing: Passing) -> bool:
        """Kill the process that handed an SMS over, as it notes that the provider took it."""
        sender = self._sender(passing)
        if sender is None:
            return False
        passing.hand_on()
        await asyncio.sleep(self.dice.uniform(0, LONGEST_TO_NOTE))
        return kill(sender)

    def _sender(self, passing: Passing) -> int | None:
        return self.victims.owner(passing.client, self.provider.port) if passing.method == "POST" else None

    def _turn(self, sid: str) -> int | None:
        query = "select c.turn from conversations c join calls k on k.id = c.call_id where k.sid = %s"
        try:
            with psycopg.connect(self.database, connect_timeout=2) as connection:
                row = connection.execute(query, [sid]).fetchone()
        except psycopg.OperationalError:
            return None
        return int(row[0]) if row else None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.database, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _flushes(self) -> bool:
        with redis.Redis.from_url(self.redis, socket_timeout=2) as client:
            return bool(client.flushall())
