"""One webhook, one transaction: advance the conversation, with its effects store the reply, commit, answer.

A webhook's identity is (CallSid, turn): the first accepted wins, every other one gets the stored reply, byte for byte.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from backend import addresses, calls, clock, db
from backend.settings import Service, settings
from backend.work import Actor, Work, begin
from callcenter import bridging, dialling, talks, tickets
from callcenter.tickets import Outcome
from ivr import engine, journal, twiml
from ivr.conversation import WAITING, Caller, News
from ivr.engine import Step
from ivr.flows import answer_call, meet_called
from ivr.inputs import Answer, Reply, Sign
from ivr.journal import Conversing, OvertakenError

T = TypeVar("T")
CALLBACK = "callback"
CONVERSATIONS = {"call": answer_call, CALLBACK: meet_called}
SERVICE_OF_CALLS: Service = "relation-centre"  # on whose behalf we call
NEWS_OF: Mapping[Outcome | None, News] = {"answered": "talked", "kept": "kept", "unserved": "unserved"}
"""What the end of a ticket is for its caller, who is still on the line."""
FAILURES = 3  # of the program at one question: then an advisor


@dataclass(frozen=True)
class Line:
    """A call as the carrier names it."""

    sid: str
    to: str
    caller: str


def come_in(line: Line) -> bytes:
    """Answer a call that comes in, once; again, the stored reply."""
    return _twice(lambda: _begin(line))


def hear_reply(line: Line, turn: str, key: str, reply: Reply) -> bytes:
    """Take the answer to the question of `turn` and `key`; for any other turn or key, the stored reply."""

    def hear() -> bytes:
        with db.statement() as connection:
            conversing = journal.read(connection, line.sid)
        if conversing is None:
            return _begin(line)
        if conversing.ended or (turn, key) != (str(conversing.turn), conversing.question):
            return conversing.reply
        with _Turning(conversing) as turning:
            return _advance(turning, reply)

    return _twice(hear)


def ask_again(line: Line, turn: str | None, token: str) -> bytes:
    """After a failure of ours at `turn` (None: the open one): the open question again, the third time an advisor.

    `token` names the failure, which counts once; one at a question that is no longer open doesn't count at all.
    """

    def ask() -> bytes:
        with begin(Actor("call", "")) as work:
            conversing = journal.read(db.driver(work.connection), line.sid, lock=True)
            if conversing:
                if became := _became(work, conversing):
                    return _advance(_Turning(conversing, work), Answer(became))
                past = turn is not None and turn != str(conversing.turn)
                if conversing.ended or past or journal.count_failure(work, conversing, token) < FAILURES:
                    return conversing.reply
                return _advance(_Turning(conversing, work), _given_up(work, conversing, line.sid))
        return _begin(line)

    return _twice(ask)


def hear_news(line: Line, news: News, since: datetime | None = None) -> bytes:
    """Take what became of the place in the queue, where the call waits in it; else the stored reply.

    `since`: when that was, for news that may come twice to two waits: a wait that began later is not meant.
    """

    def hear() -> bytes:
        with begin(Actor("call", "")) as work:
            conversing = journal.read(db.driver(work.connection), line.sid, lock=True)
            if conversing is None:
                return twiml.hang_up()
            if conversing.ended or not _waits(conversing) or (since and conversing.asked_at > since):
                return conversing.reply
            return _advance(_Turning(conversing, work), Answer(news))

    return _twice(hear)


def stand(line: Line) -> bytes:
    """Return the stored reply: where the conversation of a call stands; a call that we don't know ends."""
    with db.statement() as connection:
        conversing = journal.read(connection, line.sid)
    return conversing.reply if conversing else twiml.hang_up()


def call_back(line: Line, attempt: int) -> bytes:
    """Begin, or take up, the conversation of a call that we made, once it is answered; hang up one that isn't ours."""

    def answered() -> bytes:
        with begin(Actor("call", "")) as work:
            dial = dialling.answered(work, attempt, line.sid)
            if dial is None:
                return twiml.hang_up()
            asking = journal.of_call(work, dial.call) if dial.call else None
            service, number = asking.service if asking else SERVICE_OF_CALLS, addresses.caller(line.to)
            call = calls.begin_call(work, line.sid, service, number)
            if call is None:
                known = journal.read(db.driver(work.connection), line.sid)
                return known.reply if known else twiml.hang_up()
            if dial.kind == "callback":
                conversing = journal.start(work, call, service, number, CALLBACK)
                conversing.attempt, conversing.language = attempt, tickets.language_of(work, dial.ticket)
                return _advance(_Turning(conversing, work), None)
            if asking is None:
                return twiml.hang_up()
            journal.take_up(work, asking, call, attempt, number)
            return _advance(_Turning(asking, work), None)

    return _twice(answered)


def note_status(sid: str, status: str, seconds: int | None, attempt: int | None) -> None:
    """Note a status of a call: that it is over, whoever ended it; of a call of ours (`attempt`), how it goes."""

    def end() -> None:
        with begin(Actor("call", sid)) as work:
            if over := dialling.note_status(work, sid, status, attempt):
                talks.let_go(work, over)
            if status in calls.ENDED:
                calls.end_call(work, sid, status, seconds)
                bridging.leg_over(work, sid)

    db.twice(end)


def _became(work: Work, conversing: Conversing) -> News | None:
    """Return what became of the ticket that a call waits with, where it is over: to wait on would be for nobody."""
    ticket = tickets.of_call(work, conversing.call) if _waits(conversing) and not conversing.ended else None
    return NEWS_OF.get(ticket.outcome) if ticket else None


def _twice(act: Callable[[], T]) -> T:
    """Do what a webhook asks; after a conflict, or a connection that was cut, once more.

    A commit whose outcome is unknown isn't doubled: the second run finds the turn that the first one left.
    """
    try:
        return db.twice(act)
    except OvertakenError:
        return db.twice(act)


def _begin(line: Line) -> bytes:
    service, caller = addresses.dialled(line.to), addresses.caller(line.caller)
    with begin(Actor("call", "")) as work:
        if call := calls.begin_call(work, line.sid, service, caller):
            return _advance(_Turning(journal.start(work, call, service, caller), work), None)
        known = journal.read(db.driver(work.connection), line.sid)  # another webhook began it
        return known.reply if known else twiml.farewell()  # or its content was erased a day later


def _waits(conversing: Conversing) -> bool:
    return (conversing.question or "").partition(".")[0] == WAITING


def _given_up(work: Work, conversing: Conversing, leg: str) -> Sign | Answer:
    """Return what the last failure at a question comes to: an advisor; of who waits for one, a promised call."""
    ticket = tickets.of_leg(work, leg, lock=True) if _waits(conversing) else None
    if ticket is None:
        return Sign.FAILURE
    talked = ticket.state == "talking"
    talks.end(work, ticket, "answered" if talked else "unserved")
    return Answer("talked" if talked else "unserved")


class _Turning:
    """A turn in the making: its transaction is opened by its first effect, with the row locked."""

    def __init__(self, conversing: Conversing, work: Work | None = None) -> None:
        self.conversing = conversing
        self._stack = ExitStack()
        self._work = self._for_call(work) if work else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def work(self) -> Work:
        """The transaction of this turn's effects. Raises OvertakenError where another webhook took the turn."""
        if self._work is None:
            self._work = self._for_call(self._stack.enter_context(begin(Actor("call", ""))))
            journal.lock(self._work, self.conversing)
        return self._work

    def save(self, step: Step | None, now: datetime, *, news: bool) -> None:
        """Store the turn: with its effects, or by itself where it has none."""
        if self._work:
            journal.save(db.driver(self._work.connection), self.conversing, step, now, news=news)
        else:
            with db.statement() as connection:
                journal.save(connection, self.conversing, step, now, news=news)

    def _for_call(self, work: Work) -> Work:
        work.actor, work.today = Actor("call", str(self.conversing.call)), self.conversing.today
        return work


def _advance(turning: _Turning, reply: Reply | Sign | Answer | None) -> bytes:
    conversing, now = turning.conversing, clock.now()
    caller = Caller(conversing.service, conversing.caller, attempt=conversing.attempt)
    if conversing.name == CALLBACK:
        caller.language = conversing.language

    def perform(act: Callable[..., Any], *args: Any) -> Any:
        return act(turning.work, *args)

    turn = engine.advance(
        CONVERSATIONS[conversing.name], caller, conversing.journal, reply, perform, now, settings().svi_speech
    )
    leaves = caller.leaving and not conversing.advisor_at
    news = leaves or caller.language != conversing.language
    conversing.language = caller.language
    if leaves:
        conversing.advisor_at = conversing.question
    conversing.question = turn.asked.key if turn.asked else None
    conversing.ended = turn.asked is None
    called = conversing.attempt is not None
    if called and reply is None and turn.asked:  # what was said before was for who asked for the call
        turn = replace(turn, says=turn.says[-1:])
    conversing.reply = twiml.answer(turn, conversing.turn + 1, caller.language, called=called)
    turning.save(turn.step, now, news=news)
    return conversing.reply
