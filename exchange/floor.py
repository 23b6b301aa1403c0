"""What a line needs of the exchange around it, and how a status URL is told of a call."""

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from exchange import parameters
from exchange.callbacks import Callbacks
from exchange.conferences import Conferences
from exchange.effects import CallFacts, CallStatus, Event, RingOut
from exchange.news import News
from exchange.queues import Queues
from exchange.verbs import Method
from exchange.webhooks import Postman

if TYPE_CHECKING:
    from exchange.line import Line


class Floor(Protocol):
    """The rest of the exchange."""

    postman: Postman
    queues: Queues
    conferences: Conferences

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that ends with the exchange at the latest."""

    async def call_for(self, line: "Line", wanted: RingOut) -> Event:
        """Call somebody for a call, and let them talk: `Connected`, or what interrupted it."""


@dataclass(frozen=True, slots=True)
class StatusCallback:
    """Whom to tell of a call, and of what: `initiated`, `ringing`, `answered`, `completed`."""

    url: str
    method: Method = "POST"
    events: frozenset[str] = frozenset({"completed"})


class Progress:
    """Tells a status URL of a call; its phone is told how that went."""

    def __init__(self, call: CallFacts, floor: Floor, callback: StatusCallback | None, news: News) -> None:
        self._call = call
        self._postman = floor.postman
        self._callback = callback
        self._news = news
        self._callbacks = Callbacks(floor.begin, self._send)

    def tell(self, event: str, status: CallStatus, *, seconds: int | None = None) -> None:
        """Tell of an event, if the application wants to know; `seconds` when the call has ended."""
        if self._callback is not None and event in self._callback.events:
            at = datetime.now(UTC)
            self._callbacks.tell(parameters.of_status_callback(self._call, status, seconds=seconds, at=at))

    async def told(self) -> None:
        """Wait until all is told of a call that is over."""
        await self._callbacks.told()
        await self._postman.forget(self._call.sid)

    async def _send(self, params: Mapping[str, str]) -> None:
        if self._callback is not None:
            url = self._callback.url
            delivery = await self._postman.deliver(self._call.sid, self._callback.method, url, params)
            self._news.webhook(delivery, url, params)
