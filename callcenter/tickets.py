"""Tickets: who waits for an advisor, or talks to one. PostgreSQL's word on it is the last.

    waiting → accepted → talking → ended
                ↘ waiting again, where the advisor was lost

A `call` waits on the line; a `callback` is one attempt at a promised call; a `consult` is an advisor who wants another.
What a row bears of the conversation is its path: menu choices and outcomes of entries, never what was keyed.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Row,
    SmallInteger,
    Table,
    Text,
    case,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from backend.db import metadata
from backend.values import PersonId
from backend.wording import Language
from backend.work import Work
from callcenter.routing import Subject, Tier

Kind = Literal["call", "callback", "consult"]
State = Literal["waiting", "accepted", "talking", "ended"]
Outcome = Literal[
    "answered",  # talked to an advisor
    "abandoned",  # hung up while waiting
    "kept",  # hung up, and is called back
    "unserved",  # could not wait: the queue was full, the telephony failed
    "not-reached",  # a callback that nobody took
]

tickets = Table(
    "tickets",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("call_id", BigInteger, ForeignKey("calls.id"), unique=True),  # of a callback: once it was answered
    Column("callback_id", BigInteger, ForeignKey("callbacks.id")),
    Column("parent_id", BigInteger, ForeignKey("tickets.id")),  # of a consult: the call that it is about
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("identified", Boolean, nullable=False, server_default="false"),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),  # why an advisor: `Transfer.reason`
    Column("language", Text, nullable=False),
    Column("wanted_id", BigInteger, ForeignKey("advisors.id")),  # the one advisor whom it is for
    Column("tier", Text, nullable=False, server_default="usual"),
    Column("path", JSONB, nullable=False),
    Column("recording", Boolean, nullable=False, server_default="false"),
    Column("queued_at", DateTime(timezone=True), nullable=False),  # began to wait, this time
    Column("counts_from", DateTime(timezone=True), nullable=False),  # from when its waiting counts: a kept place's
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("room", Text, nullable=False, unique=True),  # of the conference: tells nothing
    Column("caller_sid", Text),  # the caller's leg
    Column("advisor_sid", Text),  # the advisor's
    Column("left_sid", Text),  # the advisor's that left the conference: late news of its coming is none
    Column("queue_sid", Text),
    Column("conference_sid", Text),
    Column("announced", SmallInteger),  # the band of waiting time said last: no later one is longer
    Column("waited_on", DateTime(timezone=True)),  # the last wait request: the leg was alive
    Column("advisor_id", BigInteger, ForeignKey("advisors.id")),
    Column("offer_id", BigInteger, unique=True),
    Column("accepted_at", DateTime(timezone=True)),
    Column("joined_at", DateTime(timezone=True)),
    Column("bridged_at", DateTime(timezone=True)),
    Column("lost_at", DateTime(timezone=True)),  # the advisor's leg is gone, nobody ended the call
    Column("on_hold", Boolean, nullable=False, server_default="false"),
    Column("ended_at", DateTime(timezone=True)),
    Column("outcome", Text),
    Column("disposition", Text),
    CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in get_args(Kind))), name="kind"),
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(State))), name="state"),
    CheckConstraint("(state = 'ended') = (outcome is not null)", name="ended_somehow"),
    CheckConstraint("state = 'waiting' or state = 'ended' or advisor_id is not null", name="taken_by_somebody"),
    Index("tickets_open_idx", "state", "id", postgresql_where=text("state <> 'ended'")),
    Index(None, "caller_sid"),
    Index(None, "advisor_sid"),
    Index(None, "advisor_id"),
    Index(None, "parent_id"),
    Index(None, "conference_sid"),
    Index(None, "callback_id"),
    Index(None, "person_id", "queued_at"),
    Index(None, "queued_at"),
    Index("tickets_accepted_idx", "subject", "language", "accepted_at", postgresql_where=text("kind = 'call'")),
)


class Step(NamedTuple):
    """One question that the caller met, and what came of it: a menu's choice, else `answered`, or how it was left."""

    question: str
    outcome: str


@dataclass(frozen=True)
class Ticket:
    """A ticket as the database has it."""

    id: int
    kind: Kind
    state: State
    subject: Subject
    reason: str
    language: Language
    tier: Tier
    person: PersonId | None
    identified: bool
    path: tuple[Step, ...]
    recording: bool
    queued_at: datetime
    counts_from: datetime
    room: str
    call: int | None
    callback: int | None
    parent: int | None
    wanted: int | None
    advisor: int | None
    offer: int | None
    caller_sid: str | None
    advisor_sid: str | None
    left_sid: str | None
    queue_sid: str | None
    conference_sid: str | None
    announced: int | None
    waited_on: datetime | None
    accepted_at: datetime | None
    joined_at: datetime | None
    bridged_at: datetime | None
    lost_at: datetime | None
    on_hold: bool
    outcome: Outcome | None

    @property
    def heard_in(self) -> Language | None:
        """The language that its caller chose; None for who asked for an advisor instead: both are spoken."""
        answers = [step.outcome for step in self.path if step.question.partition(".")[0] == "language"]
        return None if answers and self.language not in answers else self.language


@dataclass(frozen=True)
class Ahead:
    """A place in line (1: next), how many wait in it, and since when the first of them has."""

    place: int
    size: int
    first_since: datetime


def add(work: Work, **values: Any) -> Ticket:
    """Have somebody wait, by the columns of `tickets`; the room's name is drawn."""
    row = {"queued_at": work.now, "counts_from": work.now, "room": secrets.token_urlsafe(18), "path": [], **values}
    return _ticket(work.execute(insert(tickets).values(row).returning(tickets)).one())


def get(work: Work, ticket: int, *, lock: bool = False) -> Ticket | None:
    """Return a ticket, its row locked if asked; None where there is none."""
    return _first(work, tickets.c.id == ticket, lock=lock)


def of_offer(work: Work, offer: int, *, lock: bool = False) -> Ticket | None:
    """Return the ticket that was accepted by this offer."""
    return _first(work, tickets.c.offer_id == offer, lock=lock)


def of_leg(work: Work, sid: str, *, lock: bool = False) -> Ticket | None:
    """Return the open ticket whose caller's leg has this CallSid."""
    return _first(work, (tickets.c.caller_sid == sid) & among("waiting", "accepted", "talking"), lock=lock)


def of_call(work: Work, call: int) -> Ticket | None:
    """Return the ticket of a call: one that came in, or one of ours that was answered."""
    return _first(work, tickets.c.call_id == call, lock=False)


def of_advisor_leg(work: Work, sid: str, *, lock: bool = False) -> Ticket | None:
    """Return the open ticket whose advisor's leg has this CallSid: of who took a call over, no more the consult."""
    return _first(work, (tickets.c.advisor_sid == sid) & among("waiting", "accepted", "talking"), lock=lock)


def of_room(work: Work, room: str, *, lock: bool = False) -> Ticket | None:
    """Return the ticket whose conference has this name."""
    return _first(work, tickets.c.room == room, lock=lock)


def held_by(work: Work, advisor: int) -> Ticket | None:
    """Return the ticket that an advisor has accepted, and that is not over."""
    return _first(work, (tickets.c.advisor_id == advisor) & among("accepted", "talking"), lock=False)


def consult_of(work: Work, ticket: int, *, lock: bool = False) -> Ticket | None:
    """Return the open consult about a ticket."""
    return _first(work, (tickets.c.parent_id == ticket) & among("waiting", "accepted", "talking"), lock=lock)


def language_of(work: Work, ticket: int | None) -> Language | None:
    """Return the language of a ticket's person."""
    found = get(work, ticket) if ticket else None
    return found.language if found else None


def silent(work: Work, limit: int, since: datetime) -> list[str]:
    """Take legs, the caller's and the advisor's, of tickets of which nothing was heard since then; they count as heard.

    Two never get the same.
    """
    heard = func.coalesce(tickets.c.waited_on, tickets.c.queued_at)
    quiet = among("waiting", "accepted", "talking"), tickets.c.caller_sid.is_not(None), heard < since
    some = select(tickets.c.id).where(*quiet).order_by(heard).limit(limit).with_for_update(skip_locked=True)
    taken = update(tickets).where(tickets.c.id.in_(some.scalar_subquery())).values(waited_on=work.now)
    rows = work.execute(taken.returning(tickets.c.caller_sid, tickets.c.advisor_sid))
    return [leg for row in rows for leg in row if leg]


def queues(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """Return the carrier's queues that the legs of these tickets are in, as far as it told."""
    found = select(tickets.c.id, tickets.c.queue_sid).where(tickets.c.id.in_(ids), tickets.c.queue_sid.is_not(None))
    return {row.id: row.queue_sid for row in work.execute(found)}


def ahead(work: Work, ticket: Ticket) -> Ahead:
    """Return who waits before a ticket, by subject and language, and since when the first of them has."""
    line = among("waiting"), tickets.c.subject == ticket.subject, tickets.c.language == ticket.language
    first = case((tickets.c.tier.in_(["returned", "transferred"]), 0), else_=1)
    mine = (0 if ticket.tier in {"returned", "transferred"} else 1, ticket.counts_from, ticket.id)
    before = tuple_(first, tickets.c.counts_from, tickets.c.id) < tuple_(*map(literal, mine))
    row = work.execute(
        select(
            func.count().filter(before).label("before"),
            func.count().label("size"),
            func.min(tickets.c.queued_at).label("since"),
        ).where(*line)
    ).one()
    return Ahead(row.before + 1, max(row.size, 1), row.since or ticket.queued_at)


def last_waited(work: Work, ticket: Ticket, since: datetime) -> timedelta | None:
    """Return how long the one waited who reached an advisor last, by subject and language; None since `since`."""
    alike = tickets.c.subject == ticket.subject, tickets.c.language == ticket.language, tickets.c.kind == "call"
    lately = select(tickets.c.queued_at, tickets.c.accepted_at).where(*alike, tickets.c.accepted_at > since)
    row = work.execute(lately.order_by(tickets.c.accepted_at.desc()).limit(1)).one_or_none()
    return row.accepted_at - row.queued_at if row else None


def in_state(work: Work, *states: State) -> list[Ticket]:
    """Return the tickets in any of these states, oldest first."""
    rows = work.execute(select(tickets).where(among(*states)).order_by(tickets.c.id))
    return [_ticket(row) for row in rows]


def change(work: Work, ticket: int, *conditions: ColumnElement[bool], **values: Any) -> Ticket | None:
    """Change a ticket if `conditions` hold, and return it; None where they don't."""
    changed = update(tickets).where(tickets.c.id == ticket, *conditions).values(values).returning(tickets)
    row = work.execute(changed).one_or_none()
    return _ticket(row) if row else None


def among(*states: State) -> ColumnElement[bool]:
    """Compare the state with literals: a partial index serves no parameter."""
    return tickets.c.state.in_([literal_column(f"'{state}'") for state in states])


def _first(work: Work, condition: ColumnElement[bool], *, lock: bool) -> Ticket | None:
    found = select(tickets).where(condition).order_by(tickets.c.id.desc()).limit(1)
    row = work.execute(found.with_for_update() if lock else found).one_or_none()
    return _ticket(row) if row else None


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        id=row.id,
        kind=row.kind,
        state=row.state,
        subject=row.subject,
        reason=row.reason,
        language=row.language,
        tier=row.tier,
        person=PersonId(row.person_id) if row.person_id else None,
        identified=row.identified,
        path=tuple(Step(*step) for step in row.path),
        recording=row.recording,
        queued_at=row.queued_at,
        counts_from=row.counts_from,
        room=row.room,
        call=row.call_id,
        callback=row.callback_id,
        parent=row.parent_id,
        wanted=row.wanted_id,
        advisor=row.advisor_id,
        offer=row.offer_id,
        caller_sid=row.caller_sid,
        advisor_sid=row.advisor_sid,
        left_sid=row.left_sid,
        queue_sid=row.queue_sid,
        conference_sid=row.conference_sid,
        announced=row.announced,
        waited_on=row.waited_on,
        accepted_at=row.accepted_at,
        joined_at=row.joined_at,
        bridged_at=row.bridged_at,
        lost_at=row.lost_at,
        on_hold=row.on_hold,
        outcome=row.outcome,
    )
