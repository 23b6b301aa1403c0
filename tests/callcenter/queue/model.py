"""The queue as a few lines of Python: what is true of it, against which the real one is held."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from callcenter.queue import (
    ACCEPT_MS,
    ACKNOWLEDGE_MS,
    EXCLUSION_MS,
    Done,
    Ended,
    Events,
    Idle,
    Lapsed,
    Offer,
    Reason,
    Refused,
    Waiting,
)
from callcenter.routing import RINGS


@dataclass
class Ticket:
    """Who waits, or is offered."""

    asked: Waiting
    excluded: dict[int, int]
    offer: Offer | None = None


@dataclass
class Advisor:
    """Who is idle, or is offered a ticket."""

    said: Idle
    lease_ends: int
    offer: Offer | None = None


@dataclass
class Model:
    """Everything that the queue holds."""

    now: int
    tickets: dict[int, Ticket] = field(default_factory=dict)
    advisors: dict[int, Advisor] = field(default_factory=dict)
    acknowledged: set[int] = field(default_factory=set)
    answers: dict[int, tuple[Offer, Reason | str | None]] = field(default_factory=dict)
    newest: int = 0
    remembered: int = 0
    """Steps since Redis was last emptied."""

    def may(self, ticket: Ticket, advisor: Advisor) -> bool:
        """Say whether an advisor may be offered a ticket now."""
        ring = dict(advisor.said.serves).get(ticket.asked.class_.rpartition(":")[0])
        return (
            ring is not None
            and (ring <= (own := ticket.asked.ring) or self.now - ticket.asked.queued_at >= RINGS[ring - own])
            and ticket.excluded.get(advisor.said.advisor, self.now) <= self.now
            and advisor.lease_ends > self.now
        )

    def waiting(self) -> Iterator[Ticket]:
        """Return the tickets that aren't offered."""
        return (ticket for ticket in self.tickets.values() if ticket.offer is None)

    def idle(self) -> Iterator[Advisor]:
        """Return the advisors without an offer."""
        return (advisor for advisor in self.advisors.values() if advisor.offer is None)

    def matches(self) -> list[tuple[int, int]]:
        """Return every (ticket, advisor) that could be offered."""
        return [
            (ticket.asked.ticket, advisor.said.advisor)
            for ticket in self.waiting()
            for advisor in self.idle()
            if self.may(ticket, advisor)
        ]

    def enter(self, asked: Waiting) -> bool:
        """Let a ticket wait; say whether it is new."""
        new = Ticket(asked, dict.fromkeys(asked.exclude, self.now + EXCLUSION_MS))
        return self.tickets.setdefault(asked.ticket, new) is new

    def join(self, said: Idle) -> bool:
        """Let an advisor be ready; say whether that is anything new of somebody who is idle."""
        known = self.advisors.setdefault(said.advisor, Advisor(said, 0))
        new = known.lease_ends == 0 or (known.said.since, known.said.serves) != (said.since, said.serves)
        known.said, known.lease_ends = said, self.now + said.lease_ms
        return new and known.offer is None

    def offered(self, offer: Offer) -> None:
        """Hold an offer against all the rules."""
        assert offer.id > self.newest
        ticket, advisor = self.tickets[offer.ticket], self.advisors[offer.advisor]
        assert ticket.offer is None, "offered to two"
        assert advisor.offer is None, "offered two"
        assert self.may(ticket, advisor)
        earlier = [other for other in self.waiting() if order(other) < order(ticket) and self.may(other, advisor)]
        assert not earlier, "overtaken"
        longer = [other for other in self.idle() if order(other) < order(advisor) and self.may(ticket, other)]
        assert not longer, "not the longest idle"
        assert offer == Offer(
            offer.id, offer.ticket, offer.advisor, self.now, self.now + ACKNOWLEDGE_MS, self.now + ACCEPT_MS
        )
        self.newest = offer.id
        self.answers[offer.id] = (offer, None)
        ticket.offer = advisor.offer = offer

    def end(self, offer: Offer, reason: Reason | str) -> Ended:
        """End an offer; return what must be told of it."""
        self.tickets[offer.ticket].offer = self.advisors[offer.advisor].offer = None
        self.answers[offer.id] = (offer, reason)
        match reason:
            case "rejected":
                self._exclude(offer)
            case "unacknowledged" | "unanswered":
                self._exclude(offer)
                del self.advisors[offer.advisor]
            case "withdrawn" | "lapsed":
                del self.advisors[offer.advisor]
            case "left":
                del self.tickets[offer.ticket]
            case _:
                del self.tickets[offer.ticket], self.advisors[offer.advisor]
        return Ended(offer.id, offer.ticket, offer.advisor, reason)  # type: ignore[arg-type]  # or accepted: not told

    def _exclude(self, offer: Offer) -> None:
        self.tickets[offer.ticket].excluded[offer.advisor] = self.now + EXCLUSION_MS

    def answer(self, id_: int, advisor: int, *repeats: str) -> tuple[Done | Refused, Offer | None]:
        """Return what an advisor is told who answers an offer, and the offer where it stands."""
        if id_ not in self.answers:
            return Refused("over"), None
        offer, reason = self.answers[id_]
        if offer.advisor != advisor:
            return Refused("not-yours"), None
        if reason is None:
            return Done(offer.ticket), offer
        return (Done(offer.ticket) if reason in repeats else Refused("over")), None

    def over(self) -> set[Ended | Lapsed]:
        """End what a sweep ends; return what must be told."""
        told: set[Ended | Lapsed] = set()
        for offer in [advisor.offer for advisor in self.advisors.values() if advisor.offer]:
            seen = offer.id in self.acknowledged
            if self.now >= (offer.accept_by if seen else offer.acknowledge_by):
                told.add(self.end(offer, "unanswered" if seen else "unacknowledged"))
        for name, advisor in list(self.advisors.items()):
            if advisor.lease_ends <= self.now:
                told |= {Lapsed(name)} | ({self.end(advisor.offer, "lapsed")} if advisor.offer else set())
                self.advisors.pop(name, None)
        return told

    def happened(self, events: Events, told: set[Ended | Lapsed]) -> None:
        """Hold what the queue did against what it had to tell, and each offer, in its order, against the rules."""
        others = [event for event in events if not isinstance(event, Offer)]
        assert len(others) == len(told)
        assert set(others) == told
        for event in events:
            if isinstance(event, Offer):
                self.offered(event)


def order(one: Ticket | Advisor) -> tuple[int, str]:
    """Return what tickets, and advisors, are ordered by; those of one millisecond by id, as in a sorted set."""
    if isinstance(one, Ticket):
        return one.asked.score, str(one.asked.ticket)
    return one.said.since, str(one.said.advisor)
