"""One webhook, one transaction: lock the call, advance the conversation, store the reply, commit, answer.

A webhook's identity is (CallSid, turn): the first accepted wins, every other one gets the stored reply, byte for byte.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from backend import addresses, calls, db
from backend.settings import settings
from backend.values import Telephone, parsed
from backend.work import Actor, Work, begin
from ivr import engine, journal, twiml
from ivr.conversation import Caller
from ivr.flows import answer_call
from ivr.inputs import Reply, Sign
from ivr.journal import Conversing

T = TypeVar("T")
FAILURES = 3  # of the program at one question: then an advisor


@dataclass(frozen=True)
class Line:
    """A call as the carrier names it."""

    sid: str
    to: str
    caller: str


def come_in(line: Line) -> bytes:
    """Answer a call that comes in, once; again, the stored reply."""
    return _transact(lambda work: _stored(work, line) or _begin(work, line))


def hear_reply(line: Line, turn: str, key: str, reply: Reply) -> bytes:
    """Take the answer to the question of `turn` and `key`; for any other turn or key, the stored reply."""

    def hear(work: Work) -> bytes:
        conversing = _load(work, line)
        if conversing is None:
            return _stored(work, line) or _begin(work, line)
        if conversing.ended or (turn, key) != (str(conversing.turn), conversing.question):
            return conversing.reply
        return _advance(work, conversing, reply)

    return _transact(hear)


def ask_again(line: Line, turn: str | None, token: str) -> bytes:
    """After a failure of ours at `turn` (None: the open one): the open question again, the third time an advisor.

    `token` names the failure, which counts once; one at a question that is no longer open doesn't count at all.
    """

    def ask(work: Work) -> bytes:
        conversing = _load(work, line)
        if conversing is None:
            return _stored(work, line) or _begin(work, line)
        past = turn is not None and turn != str(conversing.turn)
        if conversing.ended or past or journal.count_failure(work, conversing, token) < FAILURES:
            return conversing.reply
        return _advance(work, conversing, Sign.FAILURE)

    return _transact(ask)


def hang_up(sid: str, status: str, seconds: int | None) -> None:
    """Note that a call is over, whoever ended it."""
    with begin(Actor("call", sid)) as work:
        calls.end_call(work, sid, status, seconds)


def _transact(act: Callable[[Work], T]) -> T:
    """Run a webhook's transaction; after a conflict, or a connection that was cut, once more.

    A commit whose outcome is unknown isn't doubled: the second run finds the turn that the first one left.
    """
    try:
        with begin(Actor("call", "")) as work:
            return act(work)
    except DBAPIError as error:
        if not (db.conflicted(error) or db.gone(error)):
            raise
    with begin(Actor("call", "")) as work:
        return act(work)


def _load(work: Work, line: Line) -> Conversing | None:
    conversing = journal.load(work, line.sid)
    if conversing:
        work.actor = Actor("call", str(conversing.call))
        work.today = conversing.today
    return conversing


def _stored(work: Work, line: Line) -> bytes | None:
    """Return the stored reply of a call already known; nothing for a new one."""
    conversing = _load(work, line)
    return conversing.reply if conversing else None


def _begin(work: Work, line: Line) -> bytes:
    service, caller = addresses.dialled(line.to), addresses.caller(line.caller)
    call = calls.begin_call(work, line.sid, service, caller)
    if call is None:  # another webhook began it a moment ago, or its content was erased a day later
        return _stored(work, line) or twiml.farewell()
    work.actor = Actor("call", str(call))
    return _advance(work, journal.start(work, call, service, caller), None)


def _advance(work: Work, conversing: Conversing, reply: Reply | Sign | None) -> bytes:
    telephone = parsed(Telephone.parse, conversing.caller) if conversing.caller else None
    caller = Caller(conversing.service, telephone)

    effects = 0

    def perform(act: Callable[..., Any], *args: Any) -> Any:
        nonlocal effects
        effects += 1
        return act(work, *args)

    turn = engine.advance(answer_call, caller, conversing.journal, reply, perform, work.now, settings().svi_speech)
    if caller.language != conversing.language:
        calls.note(work, conversing.call, language=caller.language)
    if caller.leaving and not conversing.leaving:
        calls.note(work, conversing.call, advisor_at=conversing.question)
    conversing.turn += 1
    conversing.language = caller.language
    conversing.leaving = caller.leaving
    conversing.question = turn.asked.key if turn.asked else None
    conversing.ended = turn.asked is None
    conversing.reply = twiml.answer(turn, conversing.turn, caller.language)
    journal.save(work, conversing, turn.step, lasting=effects > 0)
    return conversing.reply
