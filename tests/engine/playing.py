"""Plays a conversation without a database: `Play(flow).keys("1").hears("payment")`.

Between any two turns the journal goes through JSON, as `ivr.journal` stores it, and is replayed: what was asked must be
asked again, and nothing done twice.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Self

import orjson

from backend.settings import Service
from backend.values import Telephone
from ivr import engine
from ivr.conversation import Caller, Conversation, Transfer
from ivr.engine import Journal, Turn
from ivr.hearing.understanding import Speech
from ivr.inputs import Answer, Reply, Sign

NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)


def reloaded(journal: Journal) -> Journal:
    """Return the journal as the next webhook finds it."""
    held = orjson.loads(orjson.dumps(asdict(journal)))
    answers = [(key, value) for key, value in held["answers"]]
    return Journal(answers, held["results"], held["ladders"], held["open"])


class Play:
    """A call, from its first turn; `now` is the instant at which the next reply is heard."""

    def __init__(
        self,
        conversation: Conversation,
        *,
        perform: Callable[..., Any] | None = None,
        service: Service = "vocal-server",
        telephone: Telephone | None = None,
        speech: Speech = "all",
        attempt: int | None = None,
    ) -> None:
        self.conversation = conversation
        self.service = service
        self.telephone = telephone
        self.speech = speech
        self.attempt = attempt
        self.now = NOON
        self.journal = Journal()
        self.done: Counter[str] = Counter()
        self._perform = perform or (lambda act, *args: act(None, *args))
        self.turn: Turn
        self._advance(None)

    def hear(self, reply: Reply | Sign | Answer) -> Self:
        """Answer the open question; of a place in the queue, by its news."""
        assert self.turn.asked, f"the conversation has ended: {self.turn.ending!r}"
        self._advance(reply)
        return self

    def keys(self, keys: str, ended_by: str = "") -> Self:
        """Answer by keys, and the one that ended them."""
        return self.hear(Reply(keys, ended_by))

    def silence(self, times: int = 1) -> Self:
        """Answer nothing, so many times."""
        for _ in range(times):
            self.hear(Reply())
        return self

    def hears(self, question: str, *messages: str) -> Self:
        """Assert which question is open and, if given, all messages said, in order."""
        assert self.question == question
        assert not messages or self.said == messages
        return self

    def ends(self, reason: str | None = None) -> Self:
        """Assert that the conversation has ended: by a transfer for `reason`, or else by hanging up."""
        assert self.turn.asked is None
        ending = self.turn.ending
        assert (ending.reason if isinstance(ending, Transfer) else None) == reason
        return self

    @property
    def question(self) -> str | None:
        """The full key of the open question."""
        return self.turn.asked.key if self.turn.asked else None

    @property
    def said(self) -> tuple[str, ...]:
        """The messages of the last turn."""
        return tuple(prompt.message for prompt in self.turn.says)

    @property
    def outcome(self) -> str | None:
        """What statistics keep of the last reply."""
        return self.turn.step.outcome if self.turn.step else None

    def _advance(self, reply: Reply | Sign | Answer | None) -> None:
        self.journal = reloaded(self.journal)
        self.turn = self._run(self.journal, reply, self._count)
        assert self.journal == reloaded(self.journal)
        again = self._run(reloaded(self.journal), None, forbidden)
        assert (again.asked, type(again.ending)) == (self.turn.asked, type(self.turn.ending))

    def _run(self, journal: Journal, reply: Reply | Sign | Answer | None, perform: Callable[..., Any]) -> Turn:
        caller = Caller(self.service, self.telephone, attempt=self.attempt)
        return engine.advance(self.conversation, caller, journal, reply, perform, self.now, self.speech)

    def _count(self, act: Callable[..., Any], *args: Any) -> Any:
        self.done[act.__name__] += 1
        return self._perform(act, *args)


def forbidden(act: Callable[..., Any], *_args: Any) -> Any:
    """Fail: a replay does nothing that was done already."""
    raise AssertionError(f"{act.__name__} was done twice")
