"""What is known of a live call, for phones, for REST and for those whom it is connected with."""

from datetime import UTC, datetime
from typing import Any

from exchange.effects import CallFacts, CallStatus, Listen
from exchange.feed import Feed
from exchange.masking import masked
from exchange.news import News
from exchange.walker import Walker


class Record:
    """The state of one call: when it `began`, was `answered` and `ended`, and the question that is open."""

    def __init__(self, call: CallFacts, walker: Walker) -> None:
        self.call = call
        self.listening: Listen | None = None
        self.began = datetime.now(UTC)
        self.answered: datetime | None = None
        self.ended: datetime | None = None
        self._news = News(call)
        self._walker = walker

    @property
    def events(self) -> Feed[dict[str, Any]]:
        """What phones are told."""
        return self._news.events

    @property
    def status(self) -> CallStatus:
        """The call's status, in Twilio's words."""
        return self._walker.status

    @property
    def other_end(self) -> str:
        """Who is called, or calls: the end that is not the application's."""
        return self.call.from_ if self.call.direction == "inbound" else self.call.to

    @property
    def known_as(self) -> str:
        """What others in a conference see of who it is."""
        kind, _, name = self.other_end.partition(":")
        return name if kind == "client" else masked(self.other_end)

    @property
    def rings(self) -> bool:
        """Whether it is an outgoing call that nobody has answered yet."""
        return self.call.direction != "inbound" and self.status in {"queued", "ringing"}

    @property
    def seconds(self) -> int:
        """How long it took so far, from the answer on."""
        end = self.ended or datetime.now(UTC)
        return round((end - self.answered).total_seconds()) if self.answered else 0

    def show(self) -> dict[str, Any]:
        """Write the call's state as JSON; `began` in milliseconds since 1970."""
        return {
            "sid": self.call.sid,
            "from": self.call.from_,
            "to": self.call.to,
            "direction": self.call.direction,
            "began": round(self.began.timestamp() * 1000),
            "status": self.status,
            "over": self.events.closed,
            "question": self.listening.question if self.listening else None,
            "turn": self.listening.turn if self.listening else None,
            "events": len(self.events),
        }
