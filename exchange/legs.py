"""A call as queues and conferences know it."""

from typing import Protocol

from exchange.effects import CallFacts, CallStatus
from exchange.hand import Urgent


class Leg(Protocol):
    """One call that can be told what happens to it."""

    @property
    def call(self) -> CallFacts:
        """Its facts."""

    @property
    def status(self) -> CallStatus:
        """Its status, in Twilio's words."""

    @property
    def known_as(self) -> str:
        """What others see of who it is: a client's name, or the end of a number."""

    def must(self, event: Urgent) -> None:
        """Let something happen to it, before all that its caller still means to do."""

    def left_conference(self) -> None:
        """Forget what a conference that it has left still meant to tell it."""

    def tell(self, kind: str, **facts: object) -> None:
        """Tell its phone."""
