"""The words that a flow is written in: hear, ask, choose, menu, once; Transfer, HangUp.

A flow is an `async def` over a `Caller`. No event loop runs: `ivr.engine` sends values into the coroutine, which stops
wherever something from outside is awaited, and which is run again from its start at every key press.
"""

from collections.abc import Callable, Coroutine, Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Concatenate, Generic, Literal, ParamSpec, TypeVar, cast, get_args

from backend.identity import Insured
from backend.settings import Service
from backend.values import Mobile, Telephone, Value, parsed
from backend.wording import LANGUAGES, Language, Sayable
from backend.work import Work
from ivr.inputs import Choices, Entry, Waiting

P = ParamSpec("P")
T = TypeVar("T")
Name = TypeVar("Name", bound=str)
News = Literal["talked", "lost", "transferred", "kept", "unserved"]
WAITING = "advisor"  # the question that news of the queue settles
NEWS: tuple[News, ...] = get_args(News)
"""What becomes of a place in the queue: an advisor talked, and ended the call; was lost; another one takes over; the
caller keeps the place, to be called back; there is no waiting, since the queue is full or the telephony fails."""


class Ending(Exception):  # noqa: N818 raised or returned, it is how a conversation ends, not an error
    """How a conversation ends; a flow returns one, or raises it from within."""


class HangUp(Ending):
    """The call is over."""


@dataclass
class Transfer(Ending):
    """An advisor takes over, for a reason (`asked`, `silence`, `wrong`, `several-people` …)."""

    reason: str


class Back(Exception):  # noqa: N818 the caller's wish, not an error
    """The caller pressed `#`: the menu before catches it."""


@dataclass(frozen=True)
class Prompt:
    """Something to be said: a message of `prompts/` and its values."""

    message: str
    values: Mapping[str, Sayable] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A question as a flow puts it; the engine gives it its turn."""

    key: str
    listens: Choices | Entry[Any]
    prompt: Prompt
    more: Prompt
    back: bool  # whether there is a menu before
    patient_until: datetime | None = None
    tries: int | None = None  # wrong answers after which it is given up; neither they nor silence lead to an advisor
    confirms: "Question | None" = None  # the question whose answer by voice it says back
    by_call: bool = False  # asked in a call of ours: a caller who is on the line hangs up before it

    def __await__(self) -> Generator["Question", Any, Any]:
        """Stop until the engine sends the answer."""
        return (yield self)


@dataclass(frozen=True)
class Act(Generic[T]):
    """Something learnt from, or done in, the outside world: exactly once, journaled."""

    act: Callable[..., T]
    args: tuple[Any, ...]

    def __await__(self) -> Generator["Act[T]", Any, T]:
        """Stop until the engine sends the result."""
        result: T = yield self
        return result


class Help:
    """The answer of somebody who pressed `*` alone."""


class NotKnown:
    """The answer of somebody who doesn't know what is asked for, and need not."""


@dataclass(frozen=True)
class Doubt:
    """An answer by voice that is said back before it is taken."""

    heard: Sayable


class GaveUp:
    """The answer of somebody who could not give one that the conversation can do without."""


Conversation = Callable[["Caller"], Coroutine[Any, Any, Ending | None]]
IdentifiedConversation = Callable[["Caller", Insured], Coroutine[Any, Any, Ending | None]]


@dataclass
class Caller:
    """Who is on the line, as a flow sees them."""

    service: Service
    number: str | None = None  # E.164, None where withheld
    language: Language | None = None
    attempt: int | None = None  # our own call to them: `callcenter.dialling`
    insured: Insured | None = None
    leaving: bool = False  # for an advisor: there is no way back
    carried: dict[str, str] = field(default_factory=dict)  # choices of an earlier call, by question: not asked again
    said: list[Prompt] = field(default_factory=list)  # since the last answer
    path: list[tuple[str, str]] = field(default_factory=list)  # questions met: a menu's choice, else what came of it
    _menus: int = 0

    @property
    def telephone(self) -> Telephone | None:
        """Where we could call them back: their number, if it is Moroccan."""
        return parsed(Telephone.parse, self.number) if self.number else None

    @property
    def mobile(self) -> Mobile | None:
        """Where an SMS reaches them: their number, if it is a Moroccan mobile's."""
        return parsed(Mobile.parse, self.number) if self.number else None

    @property
    def speaks(self) -> Language:
        """The language chosen, for what is written to them."""
        return self.language or LANGUAGES[0]

    async def hear(self, message: str, /, **values: Value) -> None:
        """Say a message; the caller hears it before the next question."""
        self.said.append(Prompt(message, values))

    async def ask(self, key: str, entry: Entry[T], /, **values: Value) -> T:
        """Ask for digits. `*` alone opens `<key>-help`, after which it is asked again."""
        return cast("T", await self._entry(key, entry, values))

    async def ask_if_known(self, key: str, entry: Entry[T], /, **values: Value) -> T | None:
        """Ask for digits that a caller may not know: None where `#` alone says so."""
        answer = await self._entry(key, replace(entry, known=False), values)
        return None if isinstance(answer, NotKnown) else cast("T", answer)

    async def ask_or_help(
        self, key: str, entry: Entry[T], /, *, patient_until: datetime | None = None, **values: Value
    ) -> "T | Help":
        """Ask for digits; `*` alone is returned as `Help`.

        Until `patient_until`, silence counts for nothing and hears `<key>-waiting`.
        """
        return cast("T | Help", await self._question(key, entry, values, patient_until=patient_until))

    async def try_for(self, key: str, entry: Entry[T], /, *, tries: int, **values: Value) -> T | None:
        """Ask for digits that the conversation can do without: None after so many wrong answers, or three silences."""
        answer = await self._entry(key, entry, values, tries)
        return None if isinstance(answer, GaveUp) else cast("T", answer)

    async def choose(self, key: str, choices: Mapping[str, Name], /, **values: Value) -> Name:
        """Ask for one key of `choices`, and return its name."""
        return cast("Name", await self._question(key, Choices(choices), values))

    async def try_to_choose(
        self, key: str, choices: Mapping[str, Name], /, *, tries: int, **values: Value
    ) -> Name | None:
        """Ask for a choice that one can do without: None after so many wrong answers, or silences."""
        answer = await self._question(key, Choices(choices), values, tries=tries)
        return None if isinstance(answer, GaveUp) else cast("Name", answer)

    async def confirm_in_call(
        self, key: str, choices: Mapping[str, Name], /, *, says: str | None = None
    ) -> Name | None:
        """Ask whoever answers the call that we make; None after two wrong answers, or two silences: nobody is there.

        `says`: the message, where it isn't the key's.
        """
        answer = await self._question(key, Choices(choices), {}, says=says, tries=2, by_call=True)
        return None if isinstance(answer, GaveUp) else cast("Name", answer)

    async def wait(self, ticket: int, room: str | None = None) -> News:
        """Wait in the queue of advisors, or for the one who is in the `room`; return what became of the ticket."""
        waiting, says = Waiting({news: news for news in NEWS}, ticket, room), "advisor-ready" if room else None
        return cast("News", await self._question(WAITING, waiting, {}, says=says))

    async def offer(
        self, key: str, choices: Mapping[str, tuple[str, Conversation]], /, **values: Value
    ) -> Ending | None:
        """Offer conversations, and return what the chosen one returns; after `#` in it they are offered again."""
        conversations = dict(choices.values())
        while True:
            name = await self.choose(key, {digit: name for digit, (name, _) in choices.items()}, **values)
            self._menus += 1
            try:
                return await conversations[name](self)
            except Back:
                continue
            finally:
                self._menus -= 1

    async def menu(self, key: str, choices: Mapping[str, tuple[str, Conversation]], /) -> Ending:
        """Offer conversations until one ends the call; one that returns no ending, or `#` in it, comes back here."""
        while True:
            if ending := await self.offer(key, choices):
                return ending

    async def once(self, act: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Do `act(work, *args)` exactly once in the call's life, in the transaction that journals its result."""
        if kwargs:
            raise TypeError("once takes positional arguments only")
        return await Act(act, args)

    async def _entry(self, key: str, entry: Entry[T], values: Mapping[str, Value], tries: int | None = None) -> object:
        while isinstance(answer := await self._question(key, entry, values, tries=tries), Help):
            await self._question(f"{key}-help", Choices({"1": "again"}), values, says="entry-help")
        return answer

    async def _question(
        self,
        key: str,
        listens: Choices | Entry[Any],
        values: Mapping[str, Value],
        *,
        says: str | None = None,
        patient_until: datetime | None = None,
        tries: int | None = None,
        by_call: bool = False,
    ) -> object:
        message = says or key
        prompt, more = Prompt(message, values), Prompt(f"{message}.more", values)
        question = Question(key, listens, prompt, more, self._menus > 0, patient_until, tries, by_call=by_call)
        while isinstance(answer := await question, Doubt):
            if await self._confirmed(question, answer) == "no":
                await self.hear("misheard")
        return answer

    async def _confirmed(self, question: Question, doubt: Doubt) -> object:
        """Say back what was understood, and ask whether it was meant."""
        prompt, more = (Prompt(message, {"heard": doubt.heard}) for message in ("heard-confirm", "heard-confirm.more"))
        listens = Choices({"1": "yes", "2": "no"})
        return await Question(f"{question.key}-confirm", listens, prompt, more, question.back, confirms=question)


async def with_advisor(
    caller: Caller,
    conversation: Conversation,
    advisor: Callable[[Caller, Transfer], Coroutine[Any, Any, Ending | None]],
) -> Ending:
    """Hold a conversation; whatever in it asks for an advisor leads to `advisor`, and from there only to goodbye."""
    ending = await _ending(conversation(caller))
    if isinstance(ending, Transfer):
        caller.leaving = True
        ending = await _ending(advisor(caller, ending))
        if isinstance(ending, Transfer):
            await caller.hear("goodbye")
            ending = HangUp()
    return ending


async def _ending(conversation: Coroutine[Any, Any, Ending | None]) -> Ending:
    try:
        return await conversation or HangUp()
    except Ending as ending:
        return ending
