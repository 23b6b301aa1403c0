"""A queue on the real Valkey whose clock a test sets, and short ways to say who waits and who is idle."""

from collections.abc import Iterable

import pytest

from backend import jobs
from callcenter.queue import Events, Idle, Offer, Queue, Waiting

T0 = 1_700_000_000_000
"""When a test begins, in milliseconds."""
CLAIMS = "claims:ar:usual"
RIGHTS = "rights:fr:usual"
LEASE = 3_600_000


class Centre:
    """A queue and its clock."""

    def __init__(self) -> None:
        self.now = T0
        self.queue = Queue(jobs.connection(), clock=lambda: self.now)
        self.queue.rebuild([], [])

    def calls(
        self, ticket: int, class_: str = CLAIMS, *, after: int | None = None, ring: int = 0, exclude: Iterable[int] = ()
    ) -> Events:
        """Queue a ticket; its score is now, or so many ms after the beginning."""
        score = self.now if after is None else T0 + after
        return self.queue.queue(Waiting(ticket, class_, score, self.now, ring, tuple(exclude)))

    def is_ready(
        self, advisor: int, *classes: str | tuple[str, int], since: int | None = None, lease: int = LEASE
    ) -> Events:
        """Let an advisor be ready for the lines of classes: in ring 0, or as said; CLAIMS, unless said."""
        said = [(named, 0) if isinstance(named, str) else named for named in classes or (CLAIMS,)]
        serves = tuple((line(class_), ring) for class_, ring in said)
        return self.queue.ready(Idle(advisor, self.now if since is None else T0 + since, serves, lease))

    def passes(self, milliseconds: int) -> Events:
        """Let time pass, then sweep."""
        self.now += milliseconds
        return self.queue.sweep()

    def offered(self, ticket: int, advisor: int) -> Offer:
        """Queue a ticket for an advisor who is ready for nothing else; return the offer."""
        self.is_ready(advisor)
        (offer,) = self.calls(ticket)
        assert isinstance(offer, Offer)
        return offer


def line(class_: str) -> str:
    """Return the line of a class."""
    return class_.rpartition(":")[0]


def pairs(events: Events) -> list[tuple[int, int]]:
    """Return (ticket, advisor) of the offers made."""
    return [(event.ticket, event.advisor) for event in events if isinstance(event, Offer)]


@pytest.fixture
def centre(environment: dict[str, str]) -> Centre:
    """Return a queue in which nobody waits."""
    assert environment
    return Centre()
