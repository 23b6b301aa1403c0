"""The TwiML verbs that this exchange walks, as values, with Twilio's defaults.

One page each under https://www.twilio.com/docs/voice/twiml/.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Mode = Literal["dtmf", "speech"]
Method = Literal["GET", "POST"]

FOREVER = 1000
"""`loop="0"` loops until the call ends; Twilio's pages bound it to a thousand times."""


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a text."""

    text: str
    language: str = "en-US"
    voice: str = "man"
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Play:
    """Play a recording."""

    url: str
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Pause:
    """Say nothing for some seconds."""

    length: int = 1


Prompt: TypeAlias = Say | Play | Pause


@dataclass(frozen=True, slots=True)
class Gather:
    """Collect keys or speech, while the nested prompts play."""

    prompts: tuple[Prompt, ...] = ()
    action: str = ""
    method: Method = "POST"
    modes: frozenset[Mode] = frozenset({"dtmf"})
    num_digits: int | None = None
    finish_on_key: str = "#"
    timeout: int = 5
    speech_timeout: int | Literal["auto"] | None = None
    speech_model: str = "default"
    language: str = "en-US"
    hints: tuple[str, ...] = ()
    action_on_empty_result: bool = False
    barge_in: bool = True


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str
    method: Method = "POST"


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not answer the call: `busy`, or a not-in-service message."""

    reason: Literal["rejected", "busy"] = "rejected"


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Wait in a queue. Without a wait URL Twilio plays its own music; an empty one is silence."""

    name: str
    action: str = ""
    method: Method = "POST"
    wait_url: str | None = None
    wait_method: Method = "POST"
    max_size: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the queue in which the call waits."""


@dataclass(frozen=True, slots=True)
class Conference:
    """A room in which calls talk with each other. The wait URL is as that of an Enqueue."""

    name: str
    muted: bool = False
    beep: str = "true"
    start_on_enter: bool = True
    end_on_exit: bool = False
    label: str = ""
    coach: str = ""
    wait_url: str | None = None
    wait_method: Method = "POST"
    max_participants: int = 250
    status_callback: str = ""
    status_method: Method = "POST"
    status_events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Client:
    """A browser phone of the account, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number."""

    number: str


@dataclass(frozen=True, slots=True)
class Dial:
    """Connect the call with a room, a client or a number."""

    target: Conference | Client | Number
    action: str = ""
    method: Method = "POST"
    timeout: int = 30
    caller_id: str = ""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A verb of Twilio's that this exchange cannot walk."""

    name: str


Verb: TypeAlias = Prompt | Gather | Redirect | Hangup | Reject | Enqueue | Leave | Dial | Unsupported
