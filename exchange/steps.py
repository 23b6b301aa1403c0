"""What all parts of a walk share: the next request, what breaks a walk off, and the sounds of a prompt."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeGuard
from urllib.parse import urljoin

from exchange.effects import (
    CallStatus,
    Event,
    HungUp,
    Interruption,
    Parted,
    PlayAudio,
    Redirected,
    Rest,
    Resumed,
    Sound,
    Speak,
)
from exchange.verbs import Method, Mode, Pause, Play, Prompt, Say


@dataclass(frozen=True, slots=True)
class Request:
    """The next document to ask for."""

    method: Method
    url: str
    params: dict[str, str] = field(default_factory=dict)
    is_fallback: bool = False


class OverError(Exception):
    """The call is over, with this status."""

    def __init__(self, status: CallStatus) -> None:
        super().__init__(status)
        self.status = status


class LeftError(Exception):
    """The document says to leave the queue."""


class InterruptionError(Exception):
    """Something broke off what the call was doing."""

    def __init__(self, event: Interruption) -> None:
        super().__init__(event)
        self.event = event


def interrupts(event: Event) -> TypeGuard[Interruption]:
    """Say whether an event breaks off whatever a call is doing."""
    return isinstance(event, HungUp | Redirected | Parted | Resumed)


def sounds(prompt: Prompt, base: str, interrupted_by: frozenset[Mode]) -> Iterator[Sound]:
    """List what a prompt lets be heard; `base` is its document's URL."""
    match prompt:
        case Say(text, language, voice, loop):
            for _ in range(loop):
                yield Speak(text, language, voice, interrupted_by)
        case Play(url, loop):
            for _ in range(loop):
                yield PlayAudio(urljoin(base, url), interrupted_by)
        case Pause(length):
            yield Rest(float(length), interrupted_by)
