"""Replays a conversation from its journal up to the open question, and a reply on from there. Pure.

`advance` runs the coroutine from its start, answers each question and each `once` from the journal, interprets the
reply at the open question, and goes on until the next question or the ending. It owns silence, wrong answers, help,
repeat, back and advisor: a flow knows none of them.
"""

from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.errors import BadInputError
from ivr import results
from ivr.conversation import Act, Back, Caller, Conversation, Ending, GaveUp, HangUp, Help, Prompt, Question, Transfer
from ivr.inputs import Answer, Choices, Reply, Sign

LADDER = 3  # the third silence, or the third wrong answer, leads to an advisor
MOST_UNCOUNTED = 10
MOST_TURNS = 300

Perform = Callable[..., Any]


@dataclass
class Journal:
    """All that happened in a conversation: append-only answers by key, results of `once`, ladders of each question."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)
    ladders: dict[str, dict[str, int]] = field(default_factory=dict)
    open: str | None = None


@dataclass(frozen=True)
class Step:
    """What became of the question that was open, for statistics: a menu's choice is kept, never an entry's value."""

    key: str
    outcome: str
    choice: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question under its full key (`code.2` when asked afresh after a valid answer)."""

    key: str
    question: Question


@dataclass(frozen=True)
class Turn:
    """What the caller hears next, and what is asked or how it ends."""

    says: tuple[Prompt, ...]
    asked: Asked | None
    ending: Ending | None
    step: Step | None


def advance(
    conversation: Conversation,
    caller: Caller,
    journal: Journal,
    reply: Reply | Sign | None,
    perform: Perform,
    now: datetime,
) -> Turn:
    """Return the next turn, and grow `journal` by what led to it.

    `reply` is None at the start of the call, or to hear the open question again; a `Sign` forces one (an advisor, when
    the flow failed three times). `perform(act, *args)` runs an effect inside the webhook's transaction.
    """
    return _Run(conversation(caller), caller, journal, perform, now).until_question(reply)


class _Run:
    """One replay."""

    def __init__(
        self,
        flow: Coroutine[Any, Any, Ending | None],
        caller: Caller,
        journal: Journal,
        perform: Perform,
        now: datetime,
    ) -> None:
        self.flow = flow
        self.caller = caller
        self.journal = journal
        self.perform = perform
        self.now = now
        self.step: Step | None = None
        self.after_entry = False
        self._recorded: dict[str, list[str]] = {}
        for key, value in journal.answers:
            self._recorded.setdefault(key, []).append(value)
        self._asked: Counter[str] = Counter()
        self._acts: Counter[str] = Counter()

    def until_question(self, reply: Reply | Sign | None) -> Turn:
        """Run on until a question has no answer, or the conversation ends."""
        value: Any = None
        while True:
            try:
                awaited = self.flow.throw(value) if isinstance(value, Exception) else self.flow.send(value)
            except StopIteration as stop:
                return self._end(stop.value or HangUp())
            except Ending as ending:
                return self._end(ending)
            except Back:
                return self._end(HangUp())
            if isinstance(awaited, Act):
                value = self._result(awaited)
                continue
            asked = Asked(self._key(awaited.key), awaited)
            value = self._from_journal(asked)
            if value is None:
                if reply is None or self.journal.open != asked.key:
                    return self._ask(asked, (*self.caller.said, awaited.prompt))
                turn = self._interpret(asked, reply)
                reply = None
                if turn:
                    return turn
                value = self._from_journal(asked)

    def _key(self, base: str) -> str:
        return f"{base}.{self._asked[base] + 1}" if self._asked[base] else base

    def _ask(self, asked: Asked, says: tuple[Prompt, ...]) -> Turn:
        self.flow.close()
        self.journal.open = asked.key
        return Turn(says, asked, None, self.step)

    def _end(self, ending: Ending) -> Turn:
        self.flow.close()
        self.journal.open = None
        return Turn(tuple(self.caller.said), None, ending, self.step)

    def _result(self, awaited: Act[Any]) -> Any:
        name = f"{awaited.act.__module__}.{awaited.act.__qualname__}"
        self._acts[name] += 1
        key = f"{name}#{self._acts[name]}"
        if key not in self.journal.results:
            self.journal.results[key] = results.encode(self.perform(awaited.act, *awaited.args))
        try:
            return results.decode(self.journal.results[key])
        except results.UnreadableError:
            return Transfer("unreadable")

    def _from_journal(self, asked: Asked) -> Any:
        """Return the next recorded answer to this question as the flow takes it, or None."""
        recorded = self._recorded.get(asked.key)
        while recorded:
            value = recorded.pop(0)
            taken = self._taken(asked.question, value)
            if taken is None:  # no longer parses, after a deploy: asked again
                continue
            self.caller.said.clear()
            if not isinstance(taken, Help):
                self._asked[asked.question.key] += 1
            self.after_entry = not value.startswith("!") and asked.question.listens.fixed
            return taken
        return None

    def _taken(self, question: Question, value: str) -> Any:
        match value:
            case "!help":
                return Help()
            case "!back":
                return Back()
            case "!gave-up":
                return GaveUp()
            case _ if value.startswith("!"):
                return Transfer(value[1:])
        try:
            return question.listens.parse(value)
        except BadInputError:
            return None

    def _record(self, asked: Asked, value: str) -> None:
        self.journal.answers.append((asked.key, value))
        self._recorded.setdefault(asked.key, []).append(value)

    def _interpret(self, asked: Asked, reply: Reply | Sign) -> Turn | None:
        """Journal the reply if it settles the question, else return the turn that asks again."""
        question = asked.question
        if isinstance(reply, Sign):
            self._record(asked, f"!{reply.value}")
            return None
        first_time = asked.key not in self.journal.ladders
        ladder = self.journal.ladders.setdefault(asked.key, {})
        read = question.listens.read(reply, after_entry=self.after_entry and first_time)
        if isinstance(read, Answer):
            choice = read.value if isinstance(question.listens, Choices) else None
            self.step = Step(asked.key, "answered", choice)
            self._record(asked, read.value)
            return None
        return self._no_answer(asked, self._meant(read, question), ladder)

    def _meant(self, sign: Sign, question: Question) -> Sign:
        """At the top there is no menu before, and somebody on the way to an advisor is heard again."""
        nowhere = (sign is Sign.BACK and not question.back) or (sign is Sign.ADVISOR and self.caller.with_advisor)
        return Sign.REPEAT if nowhere else sign

    def _no_answer(self, asked: Asked, sign: Sign, ladder: dict[str, int]) -> Turn | None:
        question = asked.question
        self.step = Step(asked.key, sign.value)
        if sign in _WISHES:
            self._record(asked, _WISHES[sign])
            return None
        waiting = sign is Sign.SILENCE and question.patient_until is not None and self.now < question.patient_until
        rung = sign.value if sign in {Sign.SILENCE, Sign.WRONG} and not waiting else "uncounted"
        ladder[rung] = ladder.get(rung, 0) + 1
        turns = len(self.journal.answers) + sum(sum(counts.values()) for counts in self.journal.ladders.values())
        most = MOST_UNCOUNTED + 1 if rung == "uncounted" else question.tries or LADDER
        if ladder[rung] >= most or turns > MOST_TURNS:
            self._record(asked, "!gave-up" if question.tries else f"!{rung}")
            return None
        if sign is Sign.HELP:
            self._record(asked, "!help")
            return None
        if waiting:
            return self._ask(asked, (Prompt(f"{question.key}-waiting"),))
        if sign in {Sign.REPEAT, Sign.HABIT}:
            return self._ask(asked, (*self.caller.said, question.prompt))
        before = Prompt(_BEFORE_ASKING_AGAIN[sign])
        if rung == "uncounted" or ladder[rung] < most - 1:
            return self._ask(asked, (before, question.prompt))
        keys = (Prompt("menu-keys"),) if isinstance(question.listens, Choices) else ()
        return self._ask(asked, (before, question.more, *keys))


_WISHES = {Sign.ADVISOR: "!asked", Sign.BACK: "!back"}
_BEFORE_ASKING_AGAIN = {Sign.SILENCE: "not-heard", Sign.WRONG: "not-understood", Sign.RESTART: "begin-again"}
