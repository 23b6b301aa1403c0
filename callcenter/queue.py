"""The queue of 3939 in Redis: who waits, who is idle, and which call is offered to which advisor.

PostgreSQL holds the truth, and this orders and matches, one atomic step an operation (`queue.lua`). Whatever an
operation brought about, for whomever, it returns: offers made and ended, advisors lost. Write all of it down, in order.

A Redis that was emptied says so (`ForgottenError`): call `rebuild` with what waits and who is ready, then repeat. Where
it only lost its last moments, saying again what PostgreSQL holds mends it: `queue` and `ready` change nothing that is
so already.

Times are milliseconds since 1970. Ids only: no number, no name.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain, islice
from secrets import token_hex
from typing import Any, Literal, NamedTuple

from redis import Redis

from backend.errors import SviError
from callcenter.routing import CLASSES, RINGS

PREFIX = "{svi:queue}:"
"""What every key begins with: one hash slot."""
NEWS = f"{PREFIX}news"
"""The channel on which the id of each advisor is published to whom something was offered, or from whom it was taken."""
ACKNOWLEDGE_MS = 3_000
"""A console that is there shows an offer, and says so, within this time."""
ACCEPT_MS = 20_000
EXCLUSION_MS = 60_000
"""Who did not take a ticket isn't offered it for this time; then again, for nobody else may be there."""
REMEMBER_MS = 60_000
"""An ended offer is known for this time to whoever repeats an answer."""
LOOK_AHEAD = 20
"""Of each class, so many tickets from its head are looked at for an advisor who may not take the first, and so many
advisors for a ticket: what bounds the cost of an operation. The head keeps its place."""
MOST_AT_ONCE = 200
"""What one sweep ends at most, offers and advisors, and about what it matches, so that nobody waits long behind it: the
next one follows in half a second. A rebuild restores so many at once."""
RESTORE_SECONDS = 60
"""A rebuild takes less."""

Reason = Literal["rejected", "left", "withdrawn", "unacknowledged", "unanswered", "lapsed"]


class ForgottenError(SviError):
    """Redis was emptied: rebuild the queue from PostgreSQL."""


@dataclass(frozen=True)
class Waiting:
    """A ticket that waits: in which class, at which score (`routing.score`), since when (rings open by that)."""

    ticket: int
    class_: str
    score: int
    queued_at: int
    ring: int = 0
    """Advisors of rings up to this one may take it at once: nobody better is there, or it was served already."""
    exclude: tuple[int, ...] = ()
    """Advisors to whom it isn't offered for the next `EXCLUSION_MS`."""


@dataclass(frozen=True)
class Idle:
    """An advisor who is ready, since when, for which (line, ring) (`routing.lines_of`), until the lease ends."""

    advisor: int
    since: int
    serves: tuple[tuple[str, int], ...]
    lease_ms: int


@dataclass(frozen=True)
class Offer:
    """A ticket was offered to an advisor, who acknowledges it by one time and accepts it by another."""

    id: int
    ticket: int
    advisor: int
    made_at: int
    acknowledge_by: int
    accept_by: int


@dataclass(frozen=True)
class Ended:
    """An offer ended without its ticket being taken; unless the ticket `left`, it waits again, at its score.

    The advisor is idle again, since when they were, where the offer was `rejected` or the ticket `left`. Otherwise they
    are in the queue no more: PostgreSQL makes those not ready who left it `unacknowledged` or `unanswered`.
    """

    offer: int
    ticket: int
    advisor: int
    reason: Reason


@dataclass(frozen=True)
class Lapsed:
    """An advisor's lease ended: they are in the queue no more."""

    advisor: int


Event = Offer | Ended | Lapsed
Events = tuple[Event, ...]


@dataclass(frozen=True)
class Done:
    """The answer to an offer holds; it is this ticket's."""

    ticket: int
    events: Events = ()


@dataclass(frozen=True)
class Refused:
    """The offer stands no more, or was another advisor's."""

    why: Literal["over", "not-yours"]


@dataclass(frozen=True)
class Pressure:
    """How many wait in a class (offered ones apart), for how long the first has, how many idle serve its line."""

    class_: str
    waiting: int
    waited_ms: int
    idle: int


class _Reply(NamedTuple):
    status: str
    detail: Any
    events: Events


class Queue:
    """The queue, on a connection to Redis. Each operation raises RedisError, or ForgottenError where it was emptied.

    The clock is Redis' own: a deadline set through one machine is judged through another, and clocks differ. A test
    gives `clock`.
    """

    def __init__(
        self, connection: Redis, *, accept_ms: int = ACCEPT_MS, clock: Callable[[], int] | None = None
    ) -> None:
        constants: dict[str, object] = {
            "RINGS": "{" + ", ".join(map(str, RINGS)) + "}",
            "LOOK_AHEAD": LOOK_AHEAD,
            "ACKNOWLEDGE_MS": ACKNOWLEDGE_MS,
            "ACCEPT_MS": accept_ms,
            "EXCLUSION_MS": EXCLUSION_MS,
            "REMEMBER_MS": REMEMBER_MS,
            "MOST_AT_ONCE": MOST_AT_ONCE,
            "RESTORE_SECONDS": RESTORE_SECONDS,
        }
        header = "".join(f"local {name} = {value}\n" for name, value in constants.items())
        self._connection = connection
        self._script = connection.register_script(header + files(__package__).joinpath("queue.lua").read_text("utf-8"))
        self._clock = clock

    def queue(self, waiting: Waiting) -> Events:
        """Let a ticket wait. One that waits or is offered stays as it is."""
        return self._run("queue", *_ticket(waiting)).events

    def ready(self, idle: Idle) -> Events:
        """Let an advisor be offered tickets. Said again, it renews the lease, and changes what they serve."""
        return self._run("ready", *_advisor(idle)).events

    def acknowledge(self, offer: int, advisor: int) -> Done | Refused:
        """Say that the advisor's console shows the offer."""
        return _answer(self._run("acknowledge", offer, advisor))

    def accept(self, offer: int, advisor: int) -> Done | Refused:
        """Take the offered ticket: both it and the advisor leave the queue. Said again, the answer is the same.

        An offer may be accepted as long as it stands: a moment past its deadline too, while nobody has ended it.
        """
        return _answer(self._run("accept", offer, advisor))

    def reject(self, offer: int, advisor: int) -> Done | Refused:
        """Leave the ticket to others; the advisor stays idle. Said again, nothing more happens."""
        return _answer(self._run("reject", offer, advisor))

    def leave(self, ticket: int) -> Events:
        """Take a ticket out, whatever state it is in: who hung up, who is called back instead."""
        return self._run("leave", ticket).events

    def withdraw(self, advisor: int) -> Events:
        """Take an advisor out: not ready, or signed out."""
        return self._run("withdraw", advisor).events

    def heartbeat(self, advisor: int, lease_ms: int) -> bool:
        """Renew an advisor's lease. False where they aren't in the queue: say `ready`, if they are."""
        return self._run("heartbeat", advisor, lease_ms).status == "done"

    def offered(self, advisor: int) -> Offer | None:
        """Return the offer that stands for an advisor: for a console that was woken, or whose events were lost."""
        reply = self._run("offered", advisor)
        return Offer(*map(int, reply.detail)) if reply.status == "done" else None

    def sweep(self) -> Events:
        """End offers and leases whose time is over, then match what may be matched by now. To be run every 500 ms."""
        return self._run("sweep").events

    def pressure(self, classes: Iterable[str] = CLASSES) -> tuple[Pressure, ...]:
        """Return how it stands in each class."""
        names = tuple(classes)
        return tuple(
            Pressure(name, *map(int, counts))
            for name, counts in zip(names, self._run("pressure", *names).detail, strict=True)
        )

    def unknown(self, kind: Literal["ticket", "advisor"], ids: Collection[int]) -> list[int]:
        """Return which of these tickets, or advisors, are not in the queue, in whatever state."""
        pipeline = self._connection.pipeline(transaction=False)
        for id_ in ids:
            pipeline.exists(f"{PREFIX}{kind}:{id_}")
        return [id_ for id_, there in zip(ids, pipeline.execute(), strict=True) if not there]

    def rebuild(self, tickets: Iterable[Waiting], advisors: Iterable[Idle], newest_offer: int = 0) -> Events | None:
        """Restore a queue that was forgotten: tickets that wait or were offered, advisors who are ready or were.

        `newest_offer` is the highest id of an offer in PostgreSQL: later ones are higher. None where somebody else has
        rebuilt it: what was read before may be over by now. So read from PostgreSQL after ForgottenError, rebuild, and
        repeat the operation that met it, as everybody does whose operation came in between. Raises ForgottenError
        where Redis is emptied again meanwhile. What one step can't match is left to the next sweep.
        """
        entering, joining = map(_ticket, tickets), map(_advisor, advisors)
        token, first = token_hex(8), True
        part: list[tuple[str | int, ...]] = [()]
        while part:
            part = [*islice(entering, MOST_AT_ONCE)]
            count = len(part)
            part += islice(joining, MOST_AT_ONCE - count)
            if self._run("restore", token, int(first), count, *chain.from_iterable(part)).status == "over":
                return None
            first = False
        reply = self._run("remember", token, newest_offer)
        return reply.events if reply.status == "done" else None

    def _run(self, operation: str, *values: str | int) -> _Reply:
        now = self._clock() if self._clock else ""
        reply = self._script(keys=[f"{PREFIX}generation"], args=[operation, now, *values])
        status, detail, events = reply[0].decode(), reply[1], reply[2]
        if status == "forgotten":
            raise ForgottenError("Redis was emptied: rebuild the queue from PostgreSQL")
        return _Reply(status, detail, tuple(map(_event, events)))


def _ticket(waiting: Waiting) -> tuple[str | int, ...]:
    excluded = " ".join(map(str, waiting.exclude))
    return waiting.ticket, waiting.class_, waiting.score, waiting.queued_at, waiting.ring, excluded


def _advisor(idle: Idle) -> tuple[str | int, ...]:
    serves = " ".join(f"{line} {ring}" for line, ring in idle.serves)
    return idle.advisor, idle.since, idle.lease_ms, serves


def _answer(reply: _Reply) -> Done | Refused:
    match reply.status:
        case "done":
            return Done(int(reply.detail), reply.events)
        case "over":
            return Refused("over")
        case _:
            return Refused("not-yours")


def _event(row: list[Any]) -> Event:
    match row[0]:
        case b"offered":
            return Offer(*map(int, row[1:]))
        case b"ended":
            return Ended(int(row[1]), int(row[2]), int(row[3]), row[4].decode())
        case _:
            return Lapsed(int(row[1]))
