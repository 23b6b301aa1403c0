"""One row for each (call, conversation): answers, results, turn, stored reply; locked, loaded, saved.

What was said and answered is one sealed column, erased 24 hours after the call; `steps` keeps what statistics need: a
menu's choice, an entry's outcome, the language, milliseconds.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

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
    Row,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)

from backend.calls import LOST, calls
from backend.db import metadata
from backend.seal import seal, unseal
from backend.settings import Service
from backend.wording import Language
from backend.work import Work
from ivr.engine import Journal, Step

KEPT = timedelta(hours=24)
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
    UniqueConstraint("call_id", "name"),
    Index(None, "asked_at"),
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


@dataclass
class Conversing:
    """A conversation under way, its row locked."""

    id: int
    call: int
    today: date
    service: Service
    turn: int
    question: str | None
    asked_at: datetime
    journal: Journal
    caller: str | None = None  # E.164, None where withheld
    language: Language | None = None
    leaving: bool = False  # for an advisor
    reply: bytes = b""
    ended: bool = False


def start(work: Work, call: int, service: Service, caller: str | None, name: str = "call") -> Conversing:
    """Open a conversation of a call that has just begun."""
    row = insert(conversations).values(call_id=call, name=name, asked_at=work.now).returning(conversations.c.id)
    number = int(work.execute(row).scalar_one())
    return Conversing(number, call, work.today, service, 0, None, work.now, Journal(), caller)


def load(work: Work, sid: str, name: str = "call") -> Conversing | None:
    """Lock and return the conversation of a call, None where there is none or its content was erased."""
    row = work.connection.exec_driver_sql(_LOAD, (sid, name)).one_or_none()
    if row is None or row.sealed is None:
        return None
    held = opened(row)
    journal = Journal(answers_in(held), held["results"], held["ladders"], row.question)
    return Conversing(
        id=row.id,
        call=row.call_id,
        today=row.today,
        service=row.service,
        turn=row.turn,
        question=row.question,
        asked_at=row.asked_at,
        journal=journal,
        caller=held["caller"],
        language=held["language"],
        leaving=held["leaving"],
        reply=held["reply"].encode(),
        ended=row.ended,
    )


def opened(row: Row[Any]) -> dict[str, Any]:
    """Return what a row of `conversations` has sealed. Raises UnsealError."""
    held: dict[str, Any] = orjson.loads(unseal(row.sealed, f"conversations:{row.id}"))
    return held


def answers_in(held: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the answers, as a `Journal` holds them."""
    return [(key, value) for key, value in held["answers"]]


def save(work: Work, conversing: Conversing, step: Step | None, *, lasting: bool) -> None:
    """Store a turn: its number, the open question, the journal, the reply to give again; the step for statistics.

    One statement. A turn without effect is not `lasting`: its commit doesn't wait for the disk, and whoever answers a
    question that a crash forgot is asked the one before again.
    """
    journal = conversing.journal
    held = {
        "answers": journal.answers,
        "results": journal.results,
        "ladders": journal.ladders,
        "caller": conversing.caller,
        "language": conversing.language,
        "leaving": conversing.leaving,
        "reply": conversing.reply.decode(),
    }
    milliseconds = max(0, int((work.now - conversing.asked_at) / timedelta(milliseconds=1)))
    values = {
        "id": conversing.id,
        "call": conversing.call,
        "turn": conversing.turn,
        "asking": conversing.question,
        "now": work.now,
        "sealed": seal(orjson.dumps(held), f"conversations:{conversing.id}"),
        "ended": conversing.ended,
        "language": conversing.language,
        "milliseconds": milliseconds,
        **(asdict(step) if step else {}),
    }
    statement = (_STEP if step else "") + _SAVE + ("" if lasting else _DO_NOT_WAIT)
    work.connection.exec_driver_sql(statement, values)


# The statements of every key press, by hand: putting them together anew each time would take longer than running them.
_LOAD = """
select c.id, c.call_id, c.turn, c.question, c.asked_at, c.sealed, c.ended, k.today, k.service
from conversations c join calls k on k.id = c.call_id where k.sid = %s and c.name = %s for update
"""
_STEP = """
with step as (
  insert into steps (call_id, at, turn, question, outcome, choice, language, milliseconds)
  values (%(call)s, %(now)s, %(turn)s - 1, %(key)s, %(outcome)s, %(choice)s, %(language)s, %(milliseconds)s)
)"""
_SAVE = """
update conversations set turn = %(turn)s, question = %(asking)s, asked_at = %(now)s, sealed = %(sealed)s, failures = 0,
failure = null, ended = %(ended)s where id = %(id)s
"""
_DO_NOT_WAIT = "returning set_config('synchronous_commit', 'off', true)"


def count_failure(work: Work, conversing: Conversing, token: str) -> int:
    """Count a failure of the program at the open question, once for each token, and return how many there were."""
    here = conversations.c.id == conversing.id
    new = here, conversations.c.failure.is_distinct_from(token)
    work.execute(update(conversations).where(*new).values(failures=conversations.c.failures + 1, failure=token))
    return int(work.execute(select(conversations.c.failures).where(here)).scalar_one())


def erase_old(work: Work) -> int:
    """Erase what was said in conversations quiet for 24 hours, and return how many."""
    old = (conversations.c.asked_at < work.now - KEPT, conversations.c.sealed.is_not(None))
    return work.execute(update(conversations).where(*old).values(sealed=None, ended=True)).rowcount


def end_quiet(work: Work) -> int:
    """Note the end of calls without a turn for four hours, at their last turn: nobody told us; return how many."""
    quiet = (
        conversations.c.call_id == calls.c.id,
        calls.c.ended_at.is_(None),
        conversations.c.asked_at < work.now - QUIET,
    )
    return work.execute(update(calls).where(*quiet).values(status=LOST, ended_at=conversations.c.asked_at)).rowcount
