"""What a call does to the world, and what the world does to a call.

The walker yields effects and is sent events. Whoever drives it supplies the network, the time
and the caller: a test answers at once, the server with sockets and timers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urlsplit

from exchange.complaints import Code
from exchange.verbs import Client, Conference, Enqueue, Gather, Method, Mode, Number

CallStatus = Literal[
    "queued", "initiated", "ringing", "in-progress", "completed", "busy", "no-answer", "canceled", "failed"
]

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
class EnterQueue:
    """Wait in a queue. Answered with `Entered`, `QueueFull` or an interruption."""

    enqueue: Enqueue


@dataclass(frozen=True, slots=True)
class Round:
    """A document that is repeated was heard to its end. Answered with `Finished`, or an interruption."""


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """Wait no longer. Answered with `Finished`, or with the interruption that was quicker."""

    result: str


@dataclass(frozen=True, slots=True)
class Join:
    """Enter a conference, its URLs absolute. Answered with `Joined`, `NotJoined` or an interruption."""

    conference: Conference


@dataclass(frozen=True, slots=True)
class Confer:
    """Be in a conference. Answered with `Held`, with what the caller does, or with an interruption."""

    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """Be in the conference no longer. Answered with `Finished`."""


@dataclass(frozen=True, slots=True)
class RingOut:
    """Call somebody for this call, and talk. Answered with `Connected` when it is over, or an interruption."""

    target: Client | Number
    caller_id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Ring:
    """An outgoing call rings. Answered with `Answered`, `Unanswered` or an interruption."""

    seconds: float


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
    """The caller put the receiver down, or the application ended the call."""


class Place(Protocol):
    """Where a call stands in a queue."""

    @property
    def queue_sid(self) -> str:
        """The queue's identifier."""

    @property
    def seconds(self) -> int:
        """How long the call has waited."""

    def params(self) -> dict[str, str]:
        """List what a wait URL is sent."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The call waits in a queue."""

    place: Place


@dataclass(frozen=True, slots=True)
class QueueFull:
    """There is no room in the queue."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The call is in the conference."""


@dataclass(frozen=True, slots=True)
class NotJoined:
    """The call did not get into the conference."""

    code: Code
    detail: str


@dataclass(frozen=True, slots=True)
class Held:
    """The call hears a document instead of the conference: while it is held, over and over; before it begins, once."""

    url: str
    method: Method
    again: bool = True


@dataclass(frozen=True, slots=True)
class Resumed:
    """The call hears the conference again."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The conference ended, or the call was put out of it."""


@dataclass(frozen=True, slots=True)
class Redirected:
    """The application sent the call elsewhere by REST."""

    url: str
    method: Method = "POST"


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody picked the receiver up."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nobody did: `busy`, `no-answer` or `failed`."""

    status: CallStatus


@dataclass(frozen=True, slots=True)
class Connected:
    """What came of calling somebody for a call: their call's identifier, how it ended, how long they talked."""

    call_sid: str
    status: CallStatus
    seconds: int


Sound: TypeAlias = Speak | PlayAudio | Rest
Effect: TypeAlias = (
    Fetch | Sound | Listen | EnterQueue | Round | LeaveQueue | Join | Confer | Part | RingOut | Ring | Ended
)
Interruption: TypeAlias = HungUp | Redirected | Parted | Resumed
"""What breaks off whatever a call is doing."""
Event: TypeAlias = (
    Fetched | Unfetched | Finished | Key | Speech | Silence | Interruption | Entered | QueueFull | Joined | NotJoined
    | Held | Answered | Unanswered | Connected
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What every webhook of a call repeats.

    `extra` holds parameters that this call's webhooks carry besides, as Twilio may add any at
    any time. `parent_sid` is the call whose Dial made this one.
    """

    sid: str
    account_sid: str
    from_: str
    to: str
    direction: Literal["inbound", "outbound-api", "outbound-dial"] = "inbound"
    extra: Mapping[str, str] = field(default_factory=dict)
    parent_sid: str = ""
