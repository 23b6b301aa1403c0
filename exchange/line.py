"""A live call: the walker driven by real sockets, real timers and a caller on a phone.

What happens is told to phones in `events`, as plain JSON objects with a `kind` and a time (`at`, in
milliseconds since 1970): `said`, `played`, `paused`, `listening`, `did` (what the caller did, once the
exchange perceived it), `webhook`, `complaint`, `ended`. `listening` comes whenever the exchange waits
for the caller and the caller's hand is empty, which is when a script may go on. The webhook that tells
the status URL of the end comes after `ended`.
"""

import asyncio
import logging
import time
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from exchange import parameters
from exchange.effects import (
    CallFacts,
    CallStatus,
    Effect,
    Ended,
    Event,
    Fetch,
    Fetched,
    Finished,
    HungUp,
    Key,
    Listen,
    PlayAudio,
    Rest,
    Silence,
    Sound,
    Speak,
    Speech,
    named_in,
)
from exchange.feed import Feed
from exchange.hand import Deed, Hand
from exchange.masking import masked
from exchange.walker import Walker
from exchange.webhooks import Delivery, Postman

T = TypeVar("T")
log = logging.getLogger(__name__)

CHARACTERS_PER_SECOND = 15.0
RECORDING_SECONDS = 5.0
LONGEST_DOCUMENT = 20_000


class Line:
    """One call. `pace` scales the time that speech takes: 1 as spoken, 0 none at all."""

    def __init__(
        self, call: CallFacts, walker: Walker, postman: Postman, *, pace: float, status_url: str | None
    ) -> None:
        self.call = call
        self.events: Feed[dict[str, Any]] = Feed()
        self.listening: Listen | None = None
        self._walker = walker
        self._postman = postman
        self._pace = pace
        self._status_url = status_url
        self._began = datetime.now(UTC)
        self._hand = Hand()
        self._stirred = asyncio.Event()
        self._complaints_told = 0
        self._abandoned: set[asyncio.Task[Any]] = set()
        self._effect: Effect | None = None

    @property
    def status(self) -> CallStatus:
        """The call's status, in Twilio's words."""
        return self._walker.status

    def show(self) -> dict[str, Any]:
        """Write the call's state as JSON; `began` in milliseconds since 1970."""
        return {
            "sid": self.call.sid,
            "from": self.call.from_,
            "to": self.call.to,
            "began": round(self._began.timestamp() * 1000),
            "status": self.status,
            "over": self.events.closed,
            "question": self.listening.question if self.listening else None,
            "turn": self.listening.turn if self.listening else None,
            "events": len(self.events),
        }

    def will(self, *deeds: Deed, typed_ahead: bool = True) -> None:
        """Let the caller do something as soon as the exchange can perceive it.

        Without `typed_ahead`, keys that nothing listens to right now are lost, as they are on a
        real call while a webhook is in flight.
        """
        if not typed_ahead and not self._perceiving():
            deeds = tuple(deed for deed in deeds if not isinstance(deed, Key))
        self._hand.will(*deeds)
        self._stirred.set()

    def hang_up(self) -> None:
        """Put the receiver down at once, whatever was still to be done."""
        self._hand.forget()
        self.will(HungUp())

    async def run(self) -> None:
        """Live the call to its end, and tell the status URL."""
        try:
            await self._live_through()
        finally:
            self.listening = None
            self.events.close()

    async def _live_through(self) -> None:
        began = time.monotonic()
        log.info("call %s from %s to %s", self.call.sid, masked(self.call.from_), masked(self.call.to))
        steps = self._walker.walk()
        self._effect = next(steps)
        while not isinstance(self._effect, Ended):
            event = await self._live(self._effect)
            self._effect = steps.send(event)
            self._tell_complaints()
        self.listening = None
        seconds = round(time.monotonic() - began)
        log.info("call %s ended %s after %d s", self.call.sid, self.status, seconds)
        self._tell("ended", status=self.status, seconds=seconds)
        await self._tell_status(seconds)

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
            case Fetch():
                return await self._fetch(effect)
            case Listen():
                return await self._listen(effect)
            case Speak(text, language, voice):
                self._tell("said", text=text, language=language, voice=voice)
                return await self._sound(effect, self._pace * len(text) / CHARACTERS_PER_SECOND)
            case PlayAudio(url):
                self._tell("played", url=url)
                return await self._sound(effect, self._pace * RECORDING_SECONDS)
            case Rest(seconds):
                self._tell("paused", seconds=seconds)
                return await self._sound(effect, seconds)  # at any pace: an application pauses to wait for something
            case Ended():
                raise AssertionError("an ended call has no next event")

    async def _sound(self, effect: Sound, seconds: float) -> Event:
        return await self._wait(effect, seconds) or Finished()

    async def _listen(self, effect: Listen) -> Event:
        if not len(self._hand):
            gather = effect.gather
            self._tell(
                "listening",
                question=effect.question,
                turn=effect.turn,
                input=sorted(gather.modes),
                num_digits=gather.num_digits,
                finish_on_key=gather.finish_on_key,
                timeout=gather.timeout,
                language=gather.language,
                entered=len(effect.digits),
            )
        event = await self._wait(effect, effect.seconds)
        if event is None:
            self._tell("did", deed="silence")
        return event or Silence()

    async def _wait(self, effect: Effect, seconds: float) -> Event | None:
        """Wait for what the caller does, at most so long; None when the time is over."""
        deadline = time.monotonic() + seconds
        while (event := self._hand.does(effect)) is None:
            if (left := deadline - time.monotonic()) <= 0:
                return None
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), left)
        self._tell_deed(event)
        return event

    async def _fetch(self, effect: Fetch) -> Event:
        """Ask for a document. A caller who hangs up meanwhile does not wait for the answer."""
        asking = self._abandonable(self._ask(effect))
        leaving = self._abandonable(self._wait(effect, float("inf")))
        done, _ = await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if leaving in done:
            return HungUp()
        leaving.cancel()
        return asking.result()

    async def _ask(self, effect: Fetch) -> Event:
        delivery = await self._postman.deliver(self.call.sid, effect.method, effect.url, effect.params)
        self._tell_webhook(delivery, effect.url, effect.params)
        return delivery.outcome

    def _abandonable(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task: asyncio.Task[T] = asyncio.create_task(work)
        self._abandoned.add(task)
        task.add_done_callback(self._abandoned.discard)
        return task

    async def _tell_status(self, seconds: int) -> None:
        if self._status_url is not None:
            params = parameters.of_status_callback(self.call, self.status, seconds=seconds, at=datetime.now(UTC))
            delivery = await self._postman.deliver(self.call.sid, "POST", self._status_url, params)
            self._tell_webhook(delivery, self._status_url, params)
        await self._postman.forget(self.call.sid)

    def _tell_webhook(self, delivery: Delivery, url: str, params: Mapping[str, str]) -> None:
        """Tell how a webhook went: what was sent besides what every webhook carries, and the document it answered."""
        turn, question = named_in(url)
        usual = parameters.of_call(self.call, self.status)
        answer = delivery.outcome if isinstance(delivery.outcome, Fetched) else None
        self._tell(
            "webhook",
            method=delivery.method,
            path=delivery.path,
            question=question if turn is not None else None,
            turn=turn,
            sent={name: value for name, value in params.items() if name not in usual},
            status=answer.status if answer else None,
            ms=delivery.milliseconds,
            error=None if answer else str(getattr(delivery.outcome, "detail", "")),
            document=answer.body[:LONGEST_DOCUMENT] if answer else "",
        )

    def _tell_deed(self, deed: Event) -> None:
        match deed:
            case Key(key):
                self._tell("did", deed="key", key=key)
            case Speech(text, confidence):
                self._tell("did", deed="speech", text=text, confidence=confidence)
            case Silence():
                self._tell("did", deed="silence")
            case HungUp():
                self._tell("did", deed="hangup")

    def _tell_complaints(self) -> None:
        for complaint in self._walker.complaints[self._complaints_told :]:
            log.warning("call %s: %s at %s", self.call.sid, complaint, urlsplit(complaint.url).path)
            self._tell("complaint", code=complaint.code.number, text=str(complaint))
        self._complaints_told = len(self._walker.complaints)

    def _tell(self, kind: str, **facts: object) -> None:
        self.events.append({"kind": kind, "at": round(time.time() * 1000), **facts})
