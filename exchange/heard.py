"""What a call in one process keeps of what happened to it, and what it meets instead of the rest of the exchange."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from exchange.parameters import of_waiting
from exchange.verbs import Method


class Reply(NamedTuple):
    """What a webhook answered."""

    status: int
    headers: Mapping[str, str]
    body: str


Post = Callable[[str, Mapping[str, str]], tuple[int, Mapping[str, str], str | bytes]]
"""Delivers a webhook: an absolute URL and its form, to a status, headers and a body."""


class Said(NamedTuple):
    """One sentence, and the language it was spoken in."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """One delivered webhook and its answer."""

    url: str
    params: Mapping[str, str]
    reply: Reply
    method: Method = "POST"


@dataclass(frozen=True, slots=True)
class AlonePlace:
    """A place in a queue where nobody else waits, and no time passes."""

    queue_sid: str = "QU" + "0" * 32
    seconds: int = 0

    def params(self) -> dict[str, str]:
        """List what a wait URL is sent."""
        return of_waiting(self.queue_sid, position=1, seconds=0, average=0, size=1, most=1000)
