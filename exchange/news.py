"""What phones are told of a call: plain JSON objects with a `kind` and a time (`at`, in milliseconds since 1970).

Of any call: `said`, `played`, `paused`, `listening`, `did` (what the caller did, once the exchange perceived it),
`webhook`, `complaint`, `ended`. `listening` comes whenever the exchange waits for the caller and the caller's hand
is empty, which is when a script may go on. The webhook that tells the status URL of the end comes after `ended`.

Of a queue: `queued` (`queue`, `position`), `dequeued` (`result`). Of a conference: `joined`, `left`, `held`, `unheld`,
`muted`, `unmuted`, each with `who` it is about, whether that is the phone's own call (`own`), and the `others` who are
in it from where this phone stands; `heard` (`who`, `text`). Of an outgoing call: `ringing` (`from`), `answered`.
"""

import time
from collections.abc import Mapping
from typing import Any

from exchange import parameters
from exchange.complaints import Complaint
from exchange.effects import CallFacts, Event, Fetched, HungUp, Key, Listen, Silence, Speech, named_in
from exchange.feed import Feed
from exchange.webhooks import Delivery

LONGEST_DOCUMENT = 20_000


class News:
    """The news of one call."""

    def __init__(self, call: CallFacts) -> None:
        self.events: Feed[dict[str, Any]] = Feed()
        self._call = call
        self._complaints_told = 0

    def tell(self, kind: str, **facts: object) -> None:
        """Tell anything."""
        self.events.append({"kind": kind, "at": round(time.time() * 1000), **facts})

    def listening(self, effect: Listen) -> None:
        """Tell that the exchange waits for the caller."""
        gather = effect.gather
        self.tell(
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

    def deed(self, deed: Event) -> None:
        """Tell what the caller did."""
        match deed:
            case Key(key):
                self.tell("did", deed="key", key=key)
            case Speech(text, confidence):
                self.tell("did", deed="speech", text=text, confidence=confidence)
            case Silence():
                self.tell("did", deed="silence")
            case HungUp():
                self.tell("did", deed="hangup")

    def webhook(self, delivery: Delivery, url: str, params: Mapping[str, str]) -> None:
        """Tell how a webhook went: what was sent besides what every webhook carries, and the document it answered."""
        turn, question = named_in(url)
        usual = parameters.of_call(self._call, "in-progress")
        answer = delivery.outcome if isinstance(delivery.outcome, Fetched) else None
        self.tell(
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

    def complaints(self, complaints: list[Complaint]) -> list[Complaint]:
        """Tell those of a call's complaints that are new, and return them."""
        new = complaints[self._complaints_told :]
        for complaint in new:
            self.tell("complaint", code=complaint.code.number, text=str(complaint))
        self._complaints_told = len(complaints)
        return new
