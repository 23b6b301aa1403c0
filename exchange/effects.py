"""What a call does to the world, and what the world does to a call.

The walker yields effects and is sent events. Whoever drives it supplies the network, the time
and the caller: a test answers at once, the server with sockets and timers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from exchange.complaints import Code
from exchange.verbs import Gather, Method, Mode

CallStatus = Literal["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "canceled", "failed"]

WEBHOOK_SECONDS = 15.0
"""How long Twilio waits for a webhook's answer."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask the application for a document. Answered with `Fetched`, `Unfetched` or `HungUp`."""

    method: Method
    url: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Speak:
    """Say a text. Answered with `Finished`, or with what interrupted it."""

    text: str
    language: str
    voice: str
    interrupted_by: frozenset[Mode] = frozenset()


@dataclass(frozen=True, slots=True)
class PlayAudio:
    """Play a recording. Answered with `Finished`, or with what interrupted it."""

    url: str
    interrupted_by: frozenset[Mode] = frozenset()


@dataclass(frozen=True, slots=True)
class Rest:
    """Say nothing for some seconds. Answered with `Finished`, or with what interrupted it."""

    seconds: float
    interrupted_by: frozenset[Mode] = frozenset()


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for the caller, at most `seconds`. Answered with `Key`, `Speech`, `Silence` or `HungUp`."""

    gather: Gather
    action: str
    digits: str
    seconds: float

    @property
    def question(self) -> str:
        """The last part of the action's path, by which applications name what they ask."""
        return named_in(self.action)[1]

    @property
    def turn(self) -> int | None:
        """The part before it, where that is a number."""
        return named_in(self.action)[0]


def named_in(url: str) -> tuple[int | None, str]:
    """Return the turn and the question that the path of an action names, `…/3/birth-date`."""
    before, _, question = urlsplit(url).path.rstrip("/").rpartition("/")
    turn = before.rpartition("/")[2]
    return (int(turn) if turn.isascii() and turn.isdigit() else None), question


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is over. Nothing answers."""

    status: CallStatus


@dataclass(frozen=True, slots=True)
class Fetched:
    """The application answered."""

    status: int
    content_type: str
    body: str


@dataclass(frozen=True, slots=True)
class Unfetched:
    """The application did not answer, or too late."""

    code: Code
    detail: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A prompt was heard to its end."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the telephone: a figure, `*` or `#`."""

    key: str


@dataclass(frozen=True, slots=True)
class Speech:
    """What was recognised in the caller's words, and how surely (0 to 1)."""

    text: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Silence:
    """The time to wait is over."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller put the receiver down."""


Sound: TypeAlias = Speak | PlayAudio | Rest
Effect: TypeAlias = Fetch | Sound | Listen | Ended
Event: TypeAlias = Fetched | Unfetched | Finished | Key | Speech | Silence | HungUp


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What every webhook of a call repeats.

    `extra` holds parameters that this call's webhooks carry besides, as Twilio may add any at
    any time.
    """

    sid: str
    account_sid: str
    from_: str
    to: str
    direction: Literal["inbound", "outbound-api"] = "inbound"
    extra: Mapping[str, str] = field(default_factory=dict)
