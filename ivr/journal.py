"""One row for each (call, conversation): answers, results, turn, stored reply; read, locked, saved.

What was said and answered is one sealed column, erased 24 hours after the call; `steps` keeps what statistics need: a
menu's choice, an entry's outcome, the language, milliseconds.

A turn without effect is one read and one write that holds only if the turn is still the same; whoever comes second is
overtaken. One with an effect locks the row first, under the same condition.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zlib import compress, decompress

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from backend import db
from backend.calls import LOST, calls
from backend.db import Driver, metadata
from backend.errors import SviError
from backend.seal import seal, unseal
from backend.settings import Service
from backend.wording import Language
from backend.work import Work
from ivr.engine import Journal, Step

KEPT = timedelta(hours=24)
FASTEST = 1  # level of compression: a row that stays on its page costs PostgreSQL half
QUIET = timedelta(hours=4)  # as long as the carrier lets a call last: its end won't be told any more

conversations = Table(
    "conversations",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("question", Text),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("sealed", LargeBinary),
    Column("failures", Integer, nullable=False, server_default="0"),  # of the program, at the open question
    Column("failure", Text),  # the token of the one counted last
    Column("ended", Boolean, nullable=False, server_default="false"),
    Column("erased", Boolean, nullable=False, server_default="false"),
    UniqueConstraint("call_id", "name"),
    Index("conversations_kept_idx", "id", postgresql_where=text("not erased")),
    # no index on what each turn changes, and room for it on its page: the row is written where it stands
    postgresql_with={"fillfactor": 50},
)
steps = Table(
    "steps",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("choice", Text),
    Column("language", Text),
    Column("milliseconds", Integer, nullable=False),
    Index(None, "call_id", "turn"),
    Index(None, "at"),
)
_START = insert(conversations).returning(conversations.c.id)


@dataclass
class Conversing:
    """A conversation under way, its row locked."""

    id: int
    name: str
    call: int
    today: date
    service: Service
    turn: int
    question: str | None
    asked_at: datetime
    journal: Journal
    caller: str | None = None  # E.164, None where withheld
    language: Language | None = None
    advisor_at: str | None = None  # the question at which it left for an advisor
    attempt: int | None = None  # our own call to them: `callcenter.dialling`
    reply: bytes = b""
    ended: bool = False


def start(work: Work, call: int, service: Service, caller: str | None, name: str = "call") -> Conversing:
    """Open a conversation of a call that has just begun."""
    number = work.execute(_START, {"call_id": call, "name": name, "asked_at": work.now}).scalar_one()
    return Conversing(int(number), name, call, work.today, service, 0, None, work.now, Journal(), caller)


def take_up(work: Work, conversing: Conversing, call: int, attempt: int, number: str | None) -> None:
    """Have a conversation, its row locked, go on in another call: the one that we made, to that number."""
    moved = update(conversations).where(conversations.c.id == conversing.id).values(call_id=call)
    work.execute(moved)
    conversing.call, conversing.attempt, conversing.caller = call, attempt, number


class OvertakenError(SviError):
    """Another webhook took this turn: read again, and give its reply."""


def read(connection: Driver, sid: str, *, lock: bool = False) -> Conversing | None:
    """Return the conversation of a call, its row locked if asked; None where there is none or it was erased."""
    return _conversing(connection.execute(_OF_SID_LOCKED if lock else _OF_SID, (sid,)).fetchone())


def of_call(work: Work, call: int) -> Conversing | None:
    """Return the conversation of a call by its id, its row locked; None where there is none or it was erased."""
    return _conversing(db.driver(work.connection).execute(_OF_ID_LOCKED, (call,)).fetchone())


class _Read(NamedTuple):
    """What `_READ` selects."""

    id: int
    name: str
    call_id: int
    turn: int
    question: str | None
    asked_at: datetime
    sealed: bytes | None
    ended: bool
    today: date
    service: Service


def _conversing(found: tuple[Any, ...] | None) -> Conversing | None:
    row = _Read(*found) if found else None
    if row is None or row.sealed is None:
        return None
    held = opened(row.id, row.sealed)
    journal = Journal(answers_in(held), held["results"], held["ladders"], row.question)
    return Conversing(
        id=row.id,
        name=row.name,
        call=row.call_id,
        today=row.today,
        service=row.service,
        turn=row.turn,
        question=row.question,
        asked_at=row.asked_at,
        journal=journal,
        caller=held["caller"],
        language=held["language"],
        advisor_at=held["advisor_at"],
        attempt=held.get("attempt"),
        reply=held["reply"].encode(),
        ended=row.ended,
    )


def lock(work: Work, conversing: Conversing) -> None:
    """Lock a conversation that was read. Raises OvertakenError where its turn is over."""
    if db.driver(work.connection).execute(_LOCK, (conversing.id, conversing.turn)).fetchone() is None:
        raise OvertakenError("another webhook was first: its reply is the one")


def opened(number: int, sealed: bytes) -> dict[str, Any]:
    """Return what the row of `conversations` with that id has sealed. Raises UnsealError."""
    held: dict[str, Any] = orjson.loads(decompress(unseal(sealed, f"conversations:{number}")))
    return held


def answers_in(held: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the answers, as a `Journal` holds them."""
    return [(key, value) for key, value in held["answers"]]


def save(connection: Driver, conversing: Conversing, step: Step | None, now: datetime, *, news: bool) -> None:
    """Store a turn: its number, the open question, the journal, the reply to give again; the step for statistics.

    `news`: the language, or the question at which the caller left for an advisor, is to be noted of the call too.
    One statement; what it stores is the turn after `conversing.turn`. Raises OvertakenError where that turn is over.
    """
    journal = conversing.journal
    held = {
        "answers": journal.answers,
        "results": journal.results,
        "ladders": journal.ladders,
        "caller": conversing.caller,
        "language": conversing.language,
        "advisor_at": conversing.advisor_at,
        "attempt": conversing.attempt,
        "reply": conversing.reply.decode(),
    }
    values = {
        "id": conversing.id,
        "turn": conversing.turn,
        "asking": conversing.question,
        "now": now,
        "sealed": seal(compress(orjson.dumps(held), FASTEST), f"conversations:{conversing.id}"),
        "ended": conversing.ended,
        "language": conversing.language,
        "advisor_at": conversing.advisor_at,
        "milliseconds": max(0, int((now - conversing.asked_at) / timedelta(milliseconds=1))),
        **(asdict(step) if step else {}),
    }
    statement = f"{_SAVED}{_STEP if step else ''}{_NOTED if news else ''} select 1 from saved"  # noqa: S608 our own words
    if connection.execute(statement, values).fetchone() is None:
        raise OvertakenError("another webhook was first: its reply is the one")
    conversing.turn += 1


# The statements of every key press, by hand: putting them together anew each time would take longer than running them.
_READ = """
select c.id, c.name, c.call_id, c.turn, c.question, c.asked_at, c.sealed, c.ended, k.today, k.service
from conversations c join calls k on k.id = c.call_id"""
_OF_SID = f"{_READ} where k.sid = %s"
_OF_SID_LOCKED = f"{_OF_SID} for update of c"
_OF_ID_LOCKED = f"{_READ} where k.id = %s for update of c"
_LOCK = "select 1 from conversations where id = %s and turn = %s and not erased for update"
_SAVED = """
with saved as (
  update conversations set turn = turn + 1, question = %(asking)s, asked_at = %(now)s, sealed = %(sealed)s,
    failures = 0, failure = null, ended = %(ended)s
  where id = %(id)s and turn = %(turn)s and not erased returning call_id
)"""
_STEP = """, step as (
  insert into steps (call_id, at, turn, question, outcome, choice, language, milliseconds)
  select call_id, %(now)s, %(turn)s, %(key)s, %(outcome)s, %(choice)s, %(language)s, %(milliseconds)s from saved
)"""
_NOTED = """, noted as (
  update calls set language = %(language)s, advisor_at = %(advisor_at)s from saved where calls.id = saved.call_id
)"""


def ways(work: Work, of: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the ways of calls through the vocal server: each question, and a menu's choice or what came of it."""
    asked = select(steps.c.call_id, steps.c.question, func.coalesce(steps.c.choice, steps.c.outcome).label("outcome"))
    found: dict[int, list[tuple[str, str]]] = {}
    for row in work.execute(asked.where(steps.c.call_id.in_(of)).order_by(steps.c.call_id, steps.c.turn)):
        found.setdefault(row.call_id, []).append((row.question, row.outcome))
    return found


def count_failure(work: Work, conversing: Conversing, token: str) -> int:
    """Count a failure of the program at the open question, once for each token, and return how many there were."""
    here = conversations.c.id == conversing.id
    new = here, conversations.c.failure.is_distinct_from(token)
    work.execute(update(conversations).where(*new).values(failures=conversations.c.failures + 1, failure=token))
    return int(work.execute(select(conversations.c.failures).where(here)).scalar_one())


def erase_old(work: Work) -> int:
    """Erase what was said in conversations quiet for 24 hours, and return how many."""
    old = (conversations.c.asked_at < work.now - KEPT, ~conversations.c.erased)
    return work.execute(update(conversations).where(*old).values(sealed=None, ended=True, erased=True)).rowcount


def end_quiet(work: Work) -> int:
    """Note the end of calls without a turn for four hours, at their last turn: nobody told us; return how many."""
    quiet = (
        conversations.c.call_id == calls.c.id,
        calls.c.ended_at.is_(None),
        conversations.c.asked_at < work.now - QUIET,
    )
    ended = work.execute(update(calls).where(*quiet).values(status=LOST, ended_at=conversations.c.asked_at)).rowcount
    alone = ~exists().where(conversations.c.call_id == calls.c.id)  # its conversation went on in another call
    old = calls.c.ended_at.is_(None) & (calls.c.started_at < work.now - QUIET) & alone
    return ended + work.execute(update(calls).where(old).values(status=LOST, ended_at=calls.c.started_at)).rowcount
