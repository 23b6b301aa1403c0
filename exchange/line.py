"""A live call: the walker driven by real sockets, real timers and a caller on a phone.

What happens is told to phones (`exchange.news`), and to the status URL, if there is one (`exchange.floor`).
"""

import asyncio
import logging
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from exchange.effects import (
    Answered,
    CallFacts,
    Confer,
    Effect,
    Ended,
    Entered,
    EnterQueue,
    Event,
    Fetch,
    Finished,
    HungUp,
    Join,
    Joined,
    Key,
    LeaveQueue,
    Listen,
    Part,
    PlayAudio,
    QueueFull,
    Rest,
    Ring,
    RingOut,
    Round,
    Silence,
    Sound,
    Speak,
    Speech,
    Unanswered,
)
from exchange.floor import Floor, Progress, StatusCallback
from exchange.hand import Deed, Hand, Urgent
from exchange.masking import masked
from exchange.record import Record
from exchange.walker import Walker

T = TypeVar("T")
log = logging.getLogger(__name__)

CHARACTERS_PER_SECOND = 15.0
RECORDING_SECONDS = 5.0
ROUND_SECONDS = 0.2
"""The least that a round of a wait document takes, and a recording in one: at no pace may it spin."""
FOREVER = float("inf")


class Line(Record):
    """One call. `pace` scales the time that speech takes: 1 as spoken, 0 none at all."""

    def __init__(
        self, call: CallFacts, walker: Walker, floor: Floor, *, pace: float, callback: StatusCallback | None
    ) -> None:
        super().__init__(call, walker)
        self.pace = pace
        self._floor = floor
        self._progress = Progress(call, floor, callback, self._news)
        self._hand = Hand()
        self._stirred = asyncio.Event()
        self._abandoned: set[asyncio.Task[Any]] = set()
        self._effect: Effect | None = None
        self._round_began = 0.0

    def tell(self, kind: str, **facts: object) -> None:
        """Tell the phone."""
        self._news.tell(kind, **facts)

    def will(self, *deeds: Deed, typed_ahead: bool = True) -> None:
        """Let the caller do something as soon as the exchange can perceive it.

        Without `typed_ahead`, keys that nothing listens to right now are lost, as they are on a
        real call while a webhook is in flight.
        """
        if not typed_ahead and not self._perceiving():
            deeds = tuple(deed for deed in deeds if not isinstance(deed, Key))
        self._hand.will(*deeds)
        self._stirred.set()

    def must(self, event: Urgent) -> None:
        """Let something happen to the call, before all that the caller still means to do."""
        self._hand.must(event)
        self._stirred.set()

    def left_conference(self) -> None:
        """Forget what a conference that the call has left still meant to tell it."""
        self._hand.left_conference()

    def hang_up(self) -> None:
        """Put the receiver down at once, whatever was still to be done."""
        self._hand.forget()
        self.must(HungUp())

    async def run(self) -> None:
        """Live the call to its end, and tell the status URL."""
        try:
            await self._live_through()
        finally:
            self.listening = None
            self._floor.queues.leave(self.call.sid)
            self._floor.conferences.leave(self.call.sid, "participant_hung_up")
            self.events.close()

    async def _live_through(self) -> None:
        log.info("call %s from %s to %s", self.call.sid, masked(self.call.from_), masked(self.call.to))
        steps = self._walker.walk()
        self._effect = next(steps)
        while not isinstance(self._effect, Ended):
            event = await self._live(self._effect)
            self._effect = steps.send(event)
            if self.answered is None and self.status == "in-progress":
                self.answered = datetime.now(UTC)
            for complaint in self._news.complaints(self._walker.complaints):
                log.warning("call %s: %s at %s", self.call.sid, complaint, urlsplit(complaint.url).path)
        self.listening = None
        self.ended = datetime.now(UTC)
        log.info("call %s ended %s after %d s", self.call.sid, self.status, self.seconds)
        self.tell("ended", status=self.status, seconds=self.seconds)
        self._progress.tell("completed", self.status, seconds=self.seconds)
        await self._progress.told()

    def _perceiving(self) -> bool:
        match self._effect:
            case Listen():
                return True
            case Speak() | PlayAudio() | Rest():
                return bool(self._effect.interrupted_by)
            case _:
                return False

    async def _live(self, effect: Effect) -> Event:
        self.listening = effect if isinstance(effect, Listen) else None
        match effect:
            case Ring():
                event: Event = await self._ring(effect)
            case LeaveQueue() | Part():
                event = self._let_go(effect)
            case _ if (urgent := self._hand.urgent()) is not None:
                self._news.deed(urgent)
                event = urgent
            case EnterQueue() | Join():
                event = self._enter(effect)
            case Fetch():
                event = await self._fetch(effect)
            case Listen():
                event = await self._listen(effect)
            case Speak() | PlayAudio() | Rest():
                event = await self._sound(effect)
            case Round() | Confer():
                event = await (self._round(effect) if isinstance(effect, Round) else self.confer(effect))
            case RingOut():
                event = await self._floor.call_for(self, effect)
            case _:
                raise AssertionError(f"{effect} has no next event")
        return event

    async def _ring(self, effect: Ring) -> Event:
        self.tell("ringing", **{"from": self.call.from_})
        self._progress.tell("initiated", "initiated")
        self._progress.tell("ringing", "ringing")
        event = await self._wait(effect, effect.seconds) or Unanswered("no-answer")
        if isinstance(event, Answered):
            self.tell("answered")
            self._progress.tell("answered", "in-progress")
        return event

    def _enter(self, effect: EnterQueue | Join) -> Event:
        match effect:
            case Join(conference):
                return self._floor.conferences.join(self, conference) or Joined()
            case EnterQueue(enqueue):
                member = self._floor.queues.enter(self, enqueue)
                if member is None:
                    return QueueFull()
                self._round_began = time.monotonic()
                self.tell("queued", queue=enqueue.name, position=member.position)
                return Entered(member)

    def _let_go(self, effect: LeaveQueue | Part) -> Event:
        """Leave a conference; or a queue, unless somebody has taken the call out of it a moment ago."""
        if isinstance(effect, Part):
            self._floor.conferences.leave(self.call.sid, "participant_hung_up")
            return Finished()
        if not self._floor.queues.leave(self.call.sid) and (event := self._hand.urgent()) is not None:
            return event
        self.tell("dequeued", result=effect.result)
        return Finished()

    async def _round(self, effect: Round) -> Event:
        left = self._round_began + ROUND_SECONDS - time.monotonic()
        event = await self._wait(effect, left)
        self._round_began = time.monotonic()
        return event or Finished()

    async def confer(self, effect: Confer) -> Event:
        """Be in a conference until something else happens to the call."""
        while True:
            match await self._wait(effect, FOREVER):
                case Speech(text):
                    if (room := self._floor.conferences.of(self.call.sid)) is not None:
                        room.say(self.call.sid, text)
                case None | Key():
                    pass
                case event:
                    return event

    async def _sound(self, effect: Sound) -> Event:
        seconds = 0.0
        match effect:
            case Speak(text, language, voice):
                self.tell("said", text=text, language=language, voice=voice)
                seconds = self.pace * len(text) / CHARACTERS_PER_SECOND
            case PlayAudio(url):
                self.tell("played", url=url)
                least = ROUND_SECONDS if self._repeats() else 0.0
                seconds = max(self.pace * RECORDING_SECONDS, least)
            case Rest(length):
                self.tell("paused", seconds=length)
                seconds = length  # at any pace: an application pauses to wait for something
        return await self._wait(effect, seconds) or Finished()

    def _repeats(self) -> bool:
        sid = self.call.sid
        return self._floor.queues.waiting(sid) is not None or self._floor.conferences.of(sid) is not None

    async def _listen(self, effect: Listen) -> Event:
        if not len(self._hand):
            self._news.listening(effect)
        event = await self._wait(effect, effect.seconds)
        if event is None:
            self.tell("did", deed="silence")
        return event or Silence()

    async def _wait(self, effect: Effect, seconds: float) -> Event | None:
        """Wait for what the caller does, at most so long; None when the time is over."""
        deadline = time.monotonic() + seconds
        while (event := self._hand.does(effect)) is None:
            if (left := deadline - time.monotonic()) <= 0:
                return None
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), None if left == FOREVER else left)
        self._news.deed(event)
        return event

    async def unless_interrupted(self, effect: Effect, work: asyncio.Task[Any]) -> Event | None:
        """Wait for some work; or say what the call does instead, which does not wait for it."""
        work = self._keep(work)
        leaving = self._keep(asyncio.create_task(self._wait(effect, FOREVER)))
        done, _ = await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if leaving in done and (event := leaving.result()) is not None:
            return event
        leaving.cancel()
        return None

    async def _fetch(self, effect: Fetch) -> Event:
        """Ask for a document. A call that ends or goes elsewhere meanwhile does not wait for the answer."""
        asking = asyncio.create_task(self._ask(effect))
        return await self.unless_interrupted(effect, asking) or asking.result()

    async def _ask(self, effect: Fetch) -> Event:
        delivery = await self._floor.postman.deliver(self.call.sid, effect.method, effect.url, effect.params)
        self._news.webhook(delivery, effect.url, effect.params)
        return delivery.outcome

    def _keep(self, task: asyncio.Task[T]) -> asyncio.Task[T]:
        """Keep a task that nobody may be waiting for any more."""
        self._abandoned.add(task)
        task.add_done_callback(self._abandoned.discard)
        return task
