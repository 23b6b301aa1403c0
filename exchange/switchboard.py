"""The exchange's own state: its account, its numbers, the calls and messages of this run."""

import asyncio
import logging
import secrets
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from exchange import callouts
from exchange.conferences import Conferences
from exchange.effects import WEBHOOK_SECONDS, CallFacts, Event, Redirected, RingOut
from exchange.entrances import Entrance, Entrances
from exchange.faults import Faults
from exchange.feed import Feed
from exchange.floor import StatusCallback
from exchange.line import Line
from exchange.messages import Messages
from exchange.numbers import international
from exchange.parameters import of_call
from exchange.queues import Queues
from exchange.walker import Walker
from exchange.webhooks import Postman

log = logging.getLogger(__name__)

MOST_LINES = 1000
"""Calls that are remembered; past that, the oldest that are over are forgotten."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose exchange this is: credentials, numbers, and the URLs that they call."""

    sid: str
    auth_token: str = field(repr=False)
    numbers: tuple[str, ...]
    voice_url: str
    fallback_url: str | None = None
    status_url: str | None = None
    client_url: str | None = None
    """Where calls of the account's clients, the browser phones of advisors, begin."""
    webhook_seconds: float = WEBHOOK_SECONDS
    client_seconds: float = 12.0
    """After so long without a question about its events, a client that has asked before is gone."""
    people: tuple[Mapping[str, Any], ...] = ()
    """Whom to call as, and what to try, for the phone in the browser: `exchange.browser` says in which form."""


class UnknownNumberError(LookupError):
    """Nobody answers at this number."""


class Switchboard:
    """Connects phones to the application."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.run = secrets.token_hex(8)
        """Tells this run of the exchange from another: calls and messages are numbered within one."""
        self.entrances = Entrances(account)
        self.lines: dict[str, Line] = {}
        self.postman = Postman(account.auth_token, Faults(), account.webhook_seconds)
        self.messages = Messages(account.sid, self.postman, self.begin)
        self.queues = Queues(account.sid)
        self.conferences = Conferences(account.sid, self.postman, self.begin)
        self.behaviours: dict[str, callouts.Behaviour] = {}
        """What numbers do when they are called, where it was set in advance; others ring."""
        self.rung: Feed[str] = Feed()
        """The calls that began to ring."""
        self._running: set[asyncio.Task[None]] = set()
        self._followed: dict[str, float] = {}
        self._closing = False

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.postman.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self.postman.faults = faults

    def dial(self, from_: str, to: str, pace: float = 1.0) -> Line:
        """Begin a call; raises `UnknownNumberError`."""
        number = international(to)
        if number not in self.account.numbers:
            raise UnknownNumberError(f"no such number; there are {', '.join(self.account.numbers)}")
        call = CallFacts(self.new_sid(), self.account.sid, international(from_), number)
        return self._enter(self.entrances.of_number(number), call, {}, pace)

    def dial_as_client(self, name: str, parameters: Mapping[str, str], pace: float = 1.0) -> Line:
        """Begin a call of a client to the account's app; raises `UnknownNumberError`.

        What it gives besides goes with the first webhook, but it cannot say that it is another call.
        """
        if not self.entrances.apps:
            raise UnknownNumberError("this exchange has no app for clients")
        call = CallFacts(self.new_sid(), self.account.sid, f"client:{name}", "")
        usual = of_call(call, "ringing").keys() - {"To"}
        sent = {key: value for key, value in parameters.items() if key not in usual}
        return self._enter(self.entrances.apps[0], call, sent, pace)

    @contextmanager
    def following(self, line: Line) -> Iterator[None]:
        """Give a client's phone the time to hear of events; once it has asked, and asks no more, its line is cut.

        So it is when the browser of a client goes away.
        """
        if line.call.sid not in self._followed:
            self._followed[line.call.sid] = inf
            self.begin(self._cut_unfollowed(line))
        self._followed[line.call.sid] = inf
        try:
            yield
        finally:
            self._followed[line.call.sid] = time.monotonic()

    async def _cut_unfollowed(self, line: Line) -> None:
        while not line.events.closed:
            await asyncio.sleep(self.account.client_seconds / 4)
            if time.monotonic() - self._followed[line.call.sid] > self.account.client_seconds:
                line.hang_up()
                break
        self._followed.pop(line.call.sid, None)

    def call_out(self, wanted: callouts.OutgoingCall) -> Line:
        """Begin a call that the application wants."""
        return callouts.begin(self, wanted)

    def ringing_at(self, number: str) -> list[Line]:
        """List the calls that ring at a number, the oldest first."""
        return [line for line in self.lines.values() if line.rings and line.call.to == number]

    def send(self, line: Line, to: Redirected) -> None:
        """Send a call to another document, out of the queue or conference in which it is."""
        self.queues.leave(line.call.sid)
        self.conferences.leave(line.call.sid, "participant_updated_via_api")
        line.must(to)

    async def call_for(self, line: Line, wanted: RingOut) -> Event:
        """Call somebody for a call, and let them talk: `Connected`, or what interrupted it."""
        return await callouts.for_call(self, line, wanted)

    def new_sid(self) -> str:
        """Make the identifier of a call."""
        return f"CA{secrets.token_hex(16)}"

    def connect(self, call: CallFacts, walker: Walker, pace: float, callback: StatusCallback | None) -> Line:
        """Let a call begin."""
        line = Line(call, walker, self, pace=pace, callback=callback)
        self.lines[call.sid] = line
        self._forget_old_lines()
        self.begin(line.run())
        return line

    def _enter(self, entrance: Entrance, call: CallFacts, sent: Mapping[str, str], pace: float) -> Line:
        walker = Walker(call, voice_url=entrance.voice_url, sent=sent, fallback_url=entrance.fallback_url or None)
        callback = StatusCallback(entrance.status_url) if entrance.status_url else None
        return self.connect(call, walker, pace, callback)

    def _forget_old_lines(self) -> None:
        over = [sid for sid, line in self.lines.items() if line.events.closed]
        for sid in over[: max(0, len(self.lines) - MOST_LINES)]:
            del self.lines[sid]

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that ends with the exchange at the latest."""
        if self._closing:
            work.close()
            return
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a call or message broke off", exc_info=error)

    async def close(self) -> None:
        """Cut every line."""
        self._closing = True
        for line in self.lines.values():
            line.events.close()
        self.messages.inbox.close()
        self.rung.close()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.postman.close()
