"""What callers thought of it: a score from 1 to 5 after an advisor ended the call, and, if they like, why."""

from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, SmallInteger, Table, Text, update
from sqlalchemy.dialects.postgresql import insert

from backend.db import metadata
from backend.errors import BadInputError
from backend.examples import examples
from backend.work import Work
from callcenter import events, tickets

Reason = Literal["waiting", "welcome", "explanations", "solution", "other"]
SCORES = range(1, 6)

surveys = Table(
    "surveys",
    metadata,
    Column("ticket_id", BigInteger, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("score", SmallInteger, nullable=False),
    Column("reason", Text),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint("score between 1 and 5", name="score"),
    CheckConstraint("reason in ({})".format(", ".join(f"'{reason}'" for reason in get_args(Reason))), name="reason"),
)


@dataclass(frozen=True)
class Scored:
    """The score is kept; where the ticket had one before, that one."""

    score: int


@dataclass(frozen=True)
class NotAsked:
    """No advisor answered, or the call is not over: there is nothing to score."""


@examples(Scored(4), NotAsked())
def answer(work: Work, ticket: int, score: int) -> Scored | NotAsked:
    """Keep the score of an answered call, once; twice, the first. Raises BadInputError for any but 1 to 5."""
    if score not in SCORES:
        raise BadInputError(f"a score is from 1 to 5, not {score}")
    over = tickets.get(work, ticket, lock=True)
    if over is None or over.outcome != "answered":
        return NotAsked()
    new = insert(surveys).values(ticket_id=ticket, score=score, at=work.now)
    kept = new.on_conflict_do_nothing().returning(surveys.c.score)
    if work.execute(kept).first():
        events.record(work, "surveyed", ticket=ticket, advisor=over.advisor, score=score)
        return Scored(score)
    return Scored(int(work.execute(surveys.select().where(surveys.c.ticket_id == ticket)).one().score))


@examples(None)
def give_reason(work: Work, ticket: int, reason: Reason) -> None:
    """Keep why a score was given; the first reason counts, and none without a score."""
    unsaid = (surveys.c.ticket_id == ticket) & surveys.c.reason.is_(None)
    work.execute(update(surveys).where(unsaid).values(reason=reason))
