"""Advisors at work, whatever happens to the servers meanwhile, and what they did: each at a telephone of a terminal."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Literal

import requests
from redis import RedisError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError

from backend.errors import SviError
from backend.work import Actor, begin
from callcenter import agents, desk, offers, presence
from callcenter.desk import Desk
from callcenter.routing import SUBJECTS, Level, Subject
from callcenter.tickets import Kind
from exchange.signing import identity_token
from svi.terminal import deeds
from svi.terminal.deeds import DEEDS, NotNowError
from svi.terminal.phone import Outlet, Phone

LOOK_SECONDS = 0.4
TALK_SECONDS = (1.5, 6.0)
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 1.0
SECONDS_ALONE = 10.0
"""Whom nobody answers for so long ends the call."""
SECONDS_TO_BE_JOINED = 12.0
"""How long a caller is held for another advisor."""
SECONDS_TO_REPLACE = (5.0, 20.0)
AWAY = (RedisError, requests.RequestException, DBAPIError, NoConnectionInTimeError, SviError, NotNowError)
"""What the servers refuse or fail at: the advisor looks again."""

Answer = Literal["accept", "reject", "lapse"]
ANSWERS: tuple[Answer, ...] = (*("accept",) * 46, *("reject",) * 3, "lapse")
Course = Literal["end", "transfer", "ask", "complete", "die"]
COURSES: tuple[Course, ...] = (*("end",) * 34, *("transfer",) * 3, *("ask",) * 4, "die")


@dataclass(frozen=True)
class Taken:
    """An offer that an advisor accepted; `at`: seconds since 1970."""

    offer: int
    ticket: int
    kind: Kind
    advisor: int
    at: float


@dataclass
class Done:
    """What all advisors did, by their own word; `perhaps` where the answer was lost with a server."""

    taken: list[Taken] = field(default_factory=list)
    transfers: int = 0
    transfers_perhaps: int = 0
    consults: int = 0
    rejected: int = 0
    lapsed: int = 0
    died: int = 0


@dataclass
class _Talk:
    """What an advisor means to do with the call that an offer brought."""

    course: Course
    at: float
    """When, on the monotonic clock."""


class Seat:
    """One advisor, in a thread of its own, until the hour is over or they die."""

    def __init__(self, login: str, exchange: str, token: str, dice: Random, done: Done) -> None:
        languages = ("fr", "ar") if dice.randrange(2) else ("ar", "fr")
        levels: dict[Subject, Level] = {subject: dice.choice((3, 3, 3, 2)) for subject in SUBJECTS}
        with begin(Actor("command", "test")) as work:
            self.id = agents.add(work, login, login.title(), languages, levels).id
            presence.sign_in(work, login)
        self.died = False
        self._done = done
        self._dice = dice
        self._stirred = threading.Event()
        self._outlet = Outlet(exchange, identity_token(token, agents.identity(self.id)))
        self._phone = Phone(self._outlet, self.id, self._stirred)
        self._answers: dict[int, Answer] = {}
        self._talks: dict[int, _Talk] = {}
        self._beat_at = self._calm_at = 0.0
        self._alone_since: float | None = None

    def works(self, over: threading.Event) -> None:
        """Answer calls, until `over` and nothing is left to be done, or death."""
        while not self.died:
            with suppress(*AWAY):
                if self._turn(leaving=over.is_set()):
                    return
            self._stirred.wait(LOOK_SECONDS)
            self._stirred.clear()

    def _turn(self, *, leaving: bool) -> bool:
        """Look, and do what is to be done; say whether the day is over."""
        if time.monotonic() >= self._beat_at:
            with begin(deeds.actor(self.id)) as work:
                offers.here(work, self.id)
            self._beat_at = time.monotonic() + presence.HEARTBEAT.total_seconds()
        with begin(deeds.actor(self.id)) as work:
            now = desk.look(work, self.id)
        for _ in self._phone.keep(now):
            pass
        if time.monotonic() < self._calm_at:
            return False
        if now.stage:
            self._goes_on(now)
        elif leaving:
            self._does("out", now)
            return True
        elif now.offered:
            self._meets(now, now.offered.id)
        elif now.advisor.state == "not-ready":
            self._does("ready", now)
        return False

    def _meets(self, now: Desk, offer: int) -> None:
        """Answer an offer; one that is left to lapse is left."""
        answer = self._answers.setdefault(offer, self._dice.choice(ANSWERS))
        if answer == "lapse":
            self._done.lapsed += offer not in self._talks
            self._talks.setdefault(offer, _Talk("end", 0.0))
            return
        self._does(answer, now)
        if answer == "reject":
            self._done.rejected += 1
        elif now.offered:
            ticket = now.offered.ticket
            self._done.taken.append(Taken(offer, ticket.id, ticket.kind, self.id, time.time()))

    def _goes_on(self, now: Desk) -> None:
        """Go on with a call that was accepted."""
        match now.stage:
            case "wrap-up":
                self._alone_since = None
                self._does("wrap", now, "other")
            case "talking" | "asked-in" if self._is_alone():
                self._alone_since = None
                self._does("end", now)
            case "talking" | "asked-in":
                self._talks_on(now)

    def _is_alone(self) -> bool:
        """Say whether nobody has been on the line for long: a person gives up then."""
        leg = self._phone.leg
        if leg and leg.joined and leg.others:
            self._alone_since = None
            return False
        self._alone_since = self._alone_since or time.monotonic()
        return time.monotonic() > self._alone_since + SECONDS_ALONE

    def _talks_on(self, now: Desk) -> None:
        assert now.ticket
        mine = self._talks.setdefault(now.ticket.id, self._drawn(now))
        if time.monotonic() < mine.at and not (mine.course == "complete" and DEEDS["complete"].may(now)):
            return
        match mine.course:
            case "die":
                self._dies()
            case "transfer" if now.asked is None:
                self._transfers("transfer", now, self._dice.choice(SUBJECTS))
                mine.course = "end"
            case "ask" if now.asked is None:
                self._does("ask", now, self._dice.choice(SUBJECTS))
                self._done.consults += 1
                mine.at = time.monotonic() + SECONDS_TO_BE_JOINED
                mine.course = "complete"
            case _ if DEEDS["complete"].may(now):
                self._transfers("complete", now)
            case _:
                self._does("end", now)

    def _drawn(self, now: Desk) -> _Talk:
        course: Course = self._dice.choice(COURSES)
        if now.stage == "asked-in" or (now.about and now.about.kind != "call" and course == "transfer"):
            course = "end"
        longest = 30.0 if now.stage == "asked-in" else 0.0  # the one who asked goes first
        return _Talk(course, time.monotonic() + longest + self._dice.uniform(*TALK_SECONDS))

    def _transfers(self, deed: str, now: Desk, rest: str = "") -> None:
        try:
            self._does(deed, now, rest)
        except DBAPIError:
            self._done.transfers_perhaps += 1
            raise
        self._done.transfers += 1

    def _does(self, deed: str, now: Desk, rest: str = "") -> None:
        self._calm_at = time.monotonic() + self._dice.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)
        DEEDS[deed].act(now, rest, "fr")

    def _dies(self) -> None:
        """End as by kill -9, the leg cut by the network."""
        self._done.died += 1
        self.died = True
        if self._phone.leg:
            self._phone.leg.hang_up()


def staff(
    number: int, exchange: str, token: str, seed: str, done: Done, over: threading.Event
) -> list[threading.Thread]:
    """Have so many places taken, each by another advisor some time after one has died; return their threads."""
    ranks = count(1)

    def place(rank: int) -> None:
        dice = Random(f"{seed}/place {rank}")
        while not over.is_set():
            with suppress(*AWAY):
                seat = Seat(f"advisor.{next(ranks)}", exchange, token, dice, done)
                seat.works(over)
            over.wait(dice.uniform(*SECONDS_TO_REPLACE))

    threads = [threading.Thread(target=place, args=(rank,), name=f"place {rank}") for rank in range(number)]
    for thread in threads:
        thread.start()
    return threads
