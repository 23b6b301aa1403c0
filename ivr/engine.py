"""Replays a conversation from its journal up to the open question, and a reply on from there. Pure.

`advance` runs the coroutine from its start, answers each question and each `once` from the journal, interprets the
reply at the open question, and goes on until the next question or the ending. It owns silence, wrong answers, help,
repeat, back and advisor: a flow knows none of them.
"""

from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from backend.values import parsed
from ivr import results
from ivr.conversation import (
    Act,
    Back,
    Caller,
    Conversation,
    Doubt,
    Ending,
    GaveUp,
    HangUp,
    Help,
    NotKnown,
    Prompt,
    Question,
    Transfer,
)
from ivr.hearing import understanding
from ivr.hearing.understanding import Asking, Listening, Speech, Unsure
from ivr.inputs import Answer, Choices, Entry, Reply, Sign, Waiting

MOST = {"silence": 2, "wrong": 2, "uncounted": 10}  # times a question is asked again; one more leads to an advisor
MOST_TURNS = 300  # of a call: then an advisor
AT_ONCE = frozenset(
    {Sign.BACK, Sign.ADVISOR, Sign.FAILURE, Sign.ENDLESS, Sign.NOT_KNOWN}
)  # they settle a question without a ladder

Perform = Callable[..., Any]


@dataclass
class Journal:
    """All that happened in a conversation, as JSON can hold it.

    `answers` grow only: (question's full key, canonical value, or `!` and the sign that settled it). `results` of
    `once` are by module, function and occurrence. `ladders` hold, for each full key, what came instead of answers.
    """

    answers: list[tuple[str, str]] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)
    ladders: dict[str, list[str]] = field(default_factory=dict)
    open: str | None = None

    @property
    def turns(self) -> int:
        """How often the caller was heard, about."""
        return len(self.answers) + sum(map(len, self.ladders.values()))


@dataclass(frozen=True)
class Step:
    """What became of the question that was open, for statistics: a menu's choice is kept, never an entry's value."""

    key: str
    outcome: str
    choice: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question under its full key: `code`, and `code.2` when it is asked afresh once the first was settled."""

    key: str
    question: Question
    listening: Listening | None = None  # for voice, besides keys


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
    reply: Reply | Sign | Answer | None,
    perform: Perform,
    now: datetime,
    speech: Speech = "all",
) -> Turn:
    """Return the next turn, and grow `journal` by what led to it.

    `reply` is None at the start of the call, or to hear the open question again; a `Sign`, or the queue's news as an
    `Answer`, settles the question without the caller. `perform(act, *args)` runs an effect inside the webhook's
    transaction. `speech`: what may be answered by voice.
    """
    flow = conversation(caller)
    with closing(flow):
        return _Run(flow, caller, journal, perform, now, speech).until_question(reply)


class _Run:
    """One replay."""

    def __init__(
        self,
        flow: Coroutine[Any, Any, Ending | None],
        caller: Caller,
        journal: Journal,
        perform: Perform,
        now: datetime,
        speech: Speech,
    ) -> None:
        self.flow = flow
        self.caller = caller
        self.journal = journal
        self.perform = perform
        self.now = now
        self.speech = speech
        self.step: Step | None = None
        self._after_entry = False
        self._settled: Counter[str] = Counter()
        self._acts: Counter[str] = Counter()
        self._ahead: dict[str, list[str]] = {}  # journaled answers that this replay has not met yet
        for key, value in journal.answers:
            self._ahead.setdefault(key, []).append(value)

    def until_question(self, reply: Reply | Sign | Answer | None) -> Turn:
        """Run on until a question has no answer, or the conversation ends."""
        value: Any = None
        while True:
            try:
                awaited = self.flow.throw(value) if isinstance(value, Exception) else self.flow.send(value)
            except StopIteration as stop:
                return self._end(stop.value or HangUp())
            except Ending as ending:
                return self._end(ending)
            if isinstance(awaited, Act):
                value = self._result(awaited)
                continue
            asked = self._asked(awaited)
            carried = self._carried(awaited)
            value = self._journaled(asked)
            if value is None and carried is not None:
                self._settled[awaited.key] += 1
                value = carried
            if value is None:
                if reply is None or asked.key != self.journal.open:
                    return self._ask(asked, (*self.caller.said, awaited.prompt))
                if again := self._hear(asked, reply):
                    return self._ask(asked, again)
                reply, value = None, self._journaled(asked)

    def _asked(self, question: Question) -> Asked:
        before = self._settled[question.key]
        return Asked(f"{question.key}.{before + 1}" if before else question.key, question)

    def _ask(self, asked: Asked, says: tuple[Prompt, ...]) -> Turn:
        self.journal.open = asked.key
        return Turn(says, replace(asked, listening=self._listening(asked.question)), None, self.step)

    def _end(self, ending: Ending) -> Turn:
        self.journal.open = None
        return Turn(tuple(self.caller.said), None, ending, self.step)

    def _result(self, awaited: Act[Any]) -> Any:
        """Return the journaled result, or do the act now; a result that can't be read leads to an advisor."""
        name = f"{awaited.act.__module__}.{awaited.act.__qualname__}"
        self._acts[name] += 1
        key = f"{name}#{self._acts[name]}"
        if key not in self.journal.results:
            self.journal.results[key] = results.encode(self.perform(awaited.act, *awaited.args))
        try:
            return results.decode(self.journal.results[key])
        except results.UnreadableError:
            return Transfer("unreadable")

    def _journaled(self, asked: Asked) -> Any:
        """Return the next journaled answer to this question as the flow takes it, or None."""
        question, answers = asked.question, self._ahead.get(asked.key)
        while answers:
            value = answers.pop(0)
            taken = self._doubt(question, value[2:]) if value.startswith("!?") else _taken(question, value)
            if taken is None:  # no longer an answer, after a deploy: asked again
                continue
            self.caller.said.clear()
            self.caller.path.append((asked.key, _outcome(question, value)))
            if not isinstance(taken, Help | Doubt):  # after them, the same question is open again
                self._settled[question.key] += 1
            self._after_entry = question.listens.fixed and (value == "!wrong" or not value.startswith("!"))
            return taken
        return None

    def _carried(self, question: Question) -> Any:
        """Return the choice that an earlier call left for this question, once; never anything but a menu's choice."""
        left = self.caller.carried.pop(question.key, None)
        return parsed(question.listens.parse, left) if left and isinstance(question.listens, Choices) else None

    def _hear(self, asked: Asked, reply: Reply | Sign | Answer) -> tuple[Prompt, ...] | None:
        """Journal a reply that settles the question; for any other, return what is said before it is open again."""
        heard = self._read(asked, reply)
        if isinstance(heard, Unsure):
            self.step, value = Step(asked.key, "unsure"), f"!?{_canonical(heard.meant)}"
        elif isinstance(heard, Answer):
            choice = heard.value if isinstance(asked.question.listens, Choices) else None
            self.step, value = Step(asked.key, "answered", choice), heard.value
        else:
            self.step, settled = Step(asked.key, heard.value), self._climb(asked, heard)
            if settled is None:
                return self._again(asked, heard)
            value = f"!{settled}"
        self._journal(asked, value)
        if asked.question.confirms:
            self._confirm(self._asked(asked.question.confirms), value)
        return None

    def _journal(self, asked: Asked, value: str) -> None:
        self.journal.answers.append((asked.key, value))
        self._ahead.setdefault(asked.key, []).append(value)

    def _confirm(self, doubted: Asked, value: str) -> None:
        """Take the answer that was said back, after "yes"; after "no" it was a wrong one."""
        if value == "yes":
            self._journal(doubted, next(v[2:] for k, v in reversed(self.journal.answers) if k == doubted.key))
        elif value == "no" and (settled := self._climb(doubted, Sign.MISHEARD)):
            self._journal(doubted, f"!{settled}")

    def _read(self, asked: Asked, reply: Reply | Sign | Answer) -> Answer | Sign | Unsure:
        """Return what a reply means at this question, here and now."""
        question, ladder = asked.question, self.journal.ladders.get(asked.key, [])
        if self.journal.turns >= MOST_TURNS and not self.caller.leaving:
            return Sign.ENDLESS
        if isinstance(reply, Sign | Answer):
            return reply
        after_entry = question.listens.fixed and ladder[-1] == "wrong" if ladder else self._after_entry
        read = self._understood(question, reply) or question.listens.read(reply, after_entry=after_entry)
        meant = read.meant if isinstance(read, Unsure) else read
        if (meant is Sign.BACK and not question.back) or (meant is Sign.ADVISOR and self.caller.leaving):
            return Sign.REPEAT  # at the top there is no menu before; who leaves is on the way already
        patient = question.patient_until is not None and self.now < question.patient_until
        return Sign.WAITING if read is Sign.SILENCE and patient else read

    def _understood(self, question: Question, reply: Reply) -> Answer | Sign | Unsure | None:
        """Return what was said where it is listened to, and no key was pressed."""
        listening = self._listening(question) if reply.speech.strip() and not reply.keyed else None
        if listening is None:
            return None
        understood = understanding.understand(listening.language, _asking(question), reply)
        if isinstance(understood, Unsure) and question.confirms:  # it would never end
            return understood.meant if understood.exact else Sign.WRONG
        return understood

    def _listening(self, question: Question) -> Listening | None:
        if isinstance(question.listens, Waiting):
            return None
        return understanding.listening(self.speech, self.caller.language, _asking(question))

    def _doubt(self, question: Question, value: str) -> Doubt | None:
        """Return an answer that is to be said back, None where it is none any more."""
        language = self.caller.language
        heard = understanding.said_back(language, _asking(question), value) if language else None
        return None if heard is None else Doubt(heard)

    def _climb(self, asked: Asked, sign: Sign) -> str | None:
        """Return the sign, or the ladder come to its end, that settles the question; None to ask it again."""
        if sign in AT_ONCE:
            return sign.value
        self.journal.ladders.setdefault(asked.key, []).append(sign.value)
        if self._rungs_left(asked, sign) < 0:
            return sign.ladder
        return sign.value if sign is Sign.HELP else None

    def _rungs_left(self, asked: Asked, sign: Sign) -> int:
        tries = asked.question.tries
        bounded = {"wrong", "silence"} if isinstance(asked.question.listens, Choices) else {"wrong"}
        most = tries - 1 if tries and sign.ladder in bounded else MOST[sign.ladder]
        return most - sum(Sign(before).ladder == sign.ladder for before in self.journal.ladders[asked.key])

    def _again(self, asked: Asked, sign: Sign) -> tuple[Prompt, ...]:
        """Return what is said when a question is asked again; the last time before an advisor, with more help."""
        question = asked.question
        match sign:
            case Sign.WAITING:
                return (Prompt(f"{question.key}-waiting"),)
            case Sign.REPEAT | Sign.HABIT:
                return (*self.caller.said, question.prompt)
            case Sign.RESTART:
                return (Prompt("begin-again"), question.prompt)
        why = Prompt("not-heard" if sign is Sign.SILENCE else "not-understood")
        if self._rungs_left(asked, sign):
            return (why, question.prompt)
        anywhere = isinstance(question.listens, Choices) and not self.caller.leaving
        keys = (Prompt("menu-keys"),) if anywhere else ()
        return (why, question.more, *keys)


def _outcome(question: Question, value: str) -> str:
    """Return what an advisor may see of a journaled answer: a menu's choice, a sign; never what was keyed or said."""
    if value.startswith("!"):
        return "unsure" if value.startswith("!?") else value[1:]
    return value if isinstance(question.listens, Choices) else "answered"


def _asking(question: Question) -> Asking:
    return Asking(question.listens, question.prompt.message, question.prompt.values)


def _canonical(meant: Answer | Sign) -> str:
    return meant.value if isinstance(meant, Answer) else f"!{meant.value}"


def _taken(question: Question, value: str) -> Any:
    """Return a journaled answer as the flow takes it: a value, help, or an exception thrown into it; else None."""
    match value:
        case "!help":
            return Help() if isinstance(question.listens, Entry) else None
        case "!back":
            return Back() if question.back else None
        case "!not-known":
            return NotKnown() if isinstance(question.listens, Entry) and not question.listens.known else None
        case "!silence" | "!wrong" | "!uncounted" if question.tries:
            return GaveUp()
        case _ if value.startswith("!"):
            return Transfer(value[1:])
    return parsed(question.listens.parse, value)
