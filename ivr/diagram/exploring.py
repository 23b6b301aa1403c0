"""Explores a flow's edges with the pure engine: each answer of each question, each kind of result of each `once`, once.

A question or a `once` is explored on the way by which it was first met; from there one answer, or one result, at a
time deviates, and the first ones lead on until a place is known. So there are as many ways as edges, not as paths.
Silence, wrong answers, help, `0` and `#` are the engine's, tested there once, and not explored.
"""

from collections.abc import Callable, Coroutine, Hashable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, datetime
from types import CodeType
from typing import Any

from backend import examples
from backend.settings import Service
from backend.values import Telephone
from backend.wording import Language
from ivr import engine
from ivr.conversation import Caller, Conversation, Ending, HangUp, Question, Transfer
from ivr.diagram.graph import Edge, Graph, Node
from ivr.diagram.lines import Lines, LoopError
from ivr.diagram.standing import Watched
from ivr.engine import Journal, Turn
from ivr.inputs import Answer, Choices, Reply, Sign, Waiting

NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)
MOST_ACTS = 50
"""Between two questions: more is a loop without one."""


@dataclass(frozen=True)
class Start:
    """How a conversation may begin."""

    conversation: Conversation
    label: str = ""
    service: Service = "vocal-server"
    telephone: Telephone | None = None
    language: Language | None = None
    attempt: int | None = None


@dataclass(frozen=True)
class _Press:
    """One answer to a question: the replies that give it, and how it is shown."""

    keys: str = ""
    chosen: str = ""
    replies: tuple[Reply | Sign | Answer | None, ...] = (None,)


@dataclass(frozen=True)
class _Way:
    """Up to a question by a journal, then one answer, and results by their number; the others are the first."""

    start: Start
    source: Node
    journal: Journal
    press: _Press
    results: tuple[int, ...] = ()


@dataclass
class _Act:
    """A `once` met on a way: where, how many kinds of result it has, and which was taken, as it is shown."""

    site: Hashable
    kinds: int
    taken: int
    shown: str


class _StuckError(Exception):
    """Exploration can't go on here."""


@dataclass
class Explored:
    """What was found of a flow."""

    graph: Graph = field(default_factory=Graph)
    questions: list[Question] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def explore(starts: Sequence[Start], lines: Lines, boxes: dict[CodeType, str] | None = None) -> Explored:
    """Explore all edges from `starts`; `boxes`: conversations that have a drawing of their own."""
    return _Exploration(lines, boxes or {}).of(starts)


class _Exploration:
    def __init__(self, lines: Lines, boxes: dict[CodeType, str]) -> None:
        self._lines = lines
        self._boxes = boxes
        self._found = Explored()
        self._places: set[Hashable] = set()
        self._open: set[Hashable] = set()  # questions and acts whose deviations are on the list, or done
        self._names: dict[Hashable, str] = {}
        self._watched: Watched

    def of(self, starts: Sequence[Start]) -> Explored:
        ways = [_Way(start, Node(f"start {start.label}".strip(), "start"), Journal(), _Press()) for start in starts]
        ways.reverse()
        while ways:
            ways += reversed(self._go(ways.pop()))
        return self._found

    def _go(self, way: _Way) -> list[_Way]:
        """Take a way to its next question or ending, and return the ways that it opens, the main one first."""
        journal, acts = deepcopy(way.journal), list[_Act]()
        try:
            turn = self._play(way, journal, acts)
        except _StuckError as stuck:
            self._fault(str(stuck))
            return []
        except LoopError as loop:
            self._fault(f"{_after(way)}: a loop without a question ({loop})")
            return []
        except Exception as error:  # noqa: BLE001 whatever a flow raises is a finding
            self._fault(f"{_after(way)}: {type(error).__name__}: {error}")
            return []
        opened = self._other_results(way, acts)
        if turn.asked and turn.asked.question.prompt.message == "entry-help":
            return opened
        target, says = self._arrive(way, turn)
        outcomes = tuple(act.shown for act in acts if act.kinds > 1)
        edge = Edge(way.source.id, target.id, way.press.keys, way.press.chosen, outcomes, says)
        self._found.graph.add(edge, way.source, target)
        return [*self._onwards(way.start, target, journal, turn), *opened] if turn.asked else opened

    def _play(self, way: _Way, journal: Journal, acts: list[_Act]) -> Turn:
        def perform(act: Callable[..., Any], *args: Any) -> Any:
            name = f"{act.__module__}.{act.__qualname__}"
            kinds = examples.of(act, *args)
            if not kinds:
                raise _StuckError(f"{name}: flows call it, and it has no examples: note them (backend/examples.py)")
            if len(acts) >= MOST_ACTS:
                raise LoopError(name)
            taken = way.results[len(acts)] if len(acts) < len(way.results) else 0
            shown = f"{act.__name__} → {kind(kinds[taken], kinds)}"
            acts.append(_Act((way.start, self._watched.line, name), len(kinds), taken, shown))
            return kinds[taken]

        def conversation(caller: Caller) -> Coroutine[Any, Any, Ending | None]:
            self._watched = Watched(way.start.conversation(caller))
            return _held(self._watched)

        before, turn = journal.open, None
        for reply in way.press.replies:
            start = way.start
            caller = Caller(start.service, start.telephone, start.language, start.attempt)
            with self._lines.watched():
                turn = engine.advance(conversation, caller, journal, reply, perform, NOON)
            if not turn.asked or turn.asked.key != before:
                break
        assert turn  # noqa: S101 for mypy: there is always a reply
        return turn

    def _other_results(self, way: _Way, acts: list[_Act]) -> list[_Way]:
        """Return the ways on which one `once` first met here comes to each other result."""
        taken, ways = tuple(act.taken for act in acts), list[_Way]()
        for number, act in enumerate(acts):
            if act.site not in self._open:
                self._open.add(act.site)
                ways += (replace(way, results=(*taken[:number], other)) for other in range(1, act.kinds))
        return ways

    def _arrive(self, way: _Way, turn: Turn) -> tuple[Node, tuple[Any, ...]]:
        """Return where a turn leads, and what is said on the way."""
        if turn.asked:
            question = turn.asked.question
            self._found.questions.append(question)
            line = (self._watched.line, question.key)
            return Node(self._name(line, question.key), "question", question.prompt, self._box()), turn.says[:-1]
        if isinstance(turn.ending, Transfer):
            return Node(f"advisor ({turn.ending.reason})", "advisor"), turn.says
        if self._watched.returned is None:
            return Node("return", "return"), turn.says
        if not isinstance(turn.ending, HangUp):
            self._fault(f"{_after(way)}: an ending that is none: {turn.ending!r}")
        return Node("hang-up", "hang-up"), turn.says

    def _onwards(self, start: Start, target: Node, journal: Journal, turn: Turn) -> list[_Way]:
        """Return the ways on from an open question: all where it is met first, else the main one; none if known."""
        assert turn.asked  # noqa: S101 for mypy
        key = turn.asked.question.key
        place, line = (start, self._watched.place, key), (start, self._watched.line, key)
        if place in self._places:
            return []
        self._places.add(place)
        presses = _presses(turn.asked.question)
        if not presses:
            self._fault(f"{turn.asked.key}: the entry has no example: note one (ivr/inputs.py)")
        if line in self._open:
            presses = presses[:1]
        self._open.add(line)
        return [_Way(start, target, journal, press) for press in presses]

    def _name(self, line: Hashable, key: str) -> str:
        """Return a question's key; for another line that asks the same, with a number."""
        if line not in self._names:
            taken = sum(name.partition(" ")[0] == key for name in self._names.values())
            self._names[line] = f"{key} ({taken + 1})" if taken else key
        return self._names[line]

    def _box(self) -> str | None:
        return next((self._boxes[code] for code in self._watched.around if code in self._boxes), None)

    def _fault(self, fault: str) -> None:
        if fault not in self._found.faults:
            self._found.faults.append(fault)


async def _held(watched: Watched) -> Any:
    return await watched


def _presses(question: Question) -> list[_Press]:
    """Return the answers to a question, the main one first."""
    listens = question.listens
    if isinstance(listens, Waiting):
        return [_Press("", news, (Answer(news),)) for news in listens.names]
    if isinstance(listens, Choices):
        return [*(_Press(key, name, (Reply(key),)) for key, name in listens.names.items()), *_given_up(question)]
    if not listens.example:
        return []
    end = "" if listens.fixed else "#"
    presses = [_Press(listens.example + end, "", (Reply(listens.example, end),)), _Press("*", "", (Reply("", "*"),))]
    if not listens.known:
        presses.append(_Press("#", "not known", (Reply("#"),)))
    return [*presses, *_given_up(question)]


def _given_up(question: Question) -> list[_Press]:
    """Return the wrong answers after which a question is given up, where it is."""
    if not question.tries:
        return []
    return [_Press("✗" * question.tries, "given up", (Sign.WRONG,) * question.tries)]


def kind(result: Any, among: Sequence[Any]) -> str:
    """Return what tells an example result from the others: its type, and fields by which the type isn't enough."""
    if isinstance(result, list):
        return ", ".join(map(_item, result)) or "none"
    alike = [each for each in among if type(each) is type(result)]
    words = [] if len(alike) == len(among) else [type(result).__name__]
    for each in fields(result) if is_dataclass(result) and len(alike) > 1 else ():
        values = [getattr(other, each.name) for other in alike]
        value = getattr(result, each.name)
        if any(other != value for other in values):
            words += _field(each.name, value, None in values)
    return " ".join(words) or str(result)


def _item(item: Any) -> str:
    return " ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def _field(name: str, value: Any, optional: bool) -> list[str]:
    if isinstance(value, bool):
        return [name if value else f"not {name}"]
    if optional:
        return [f"no {name}" if value is None else name]
    return [f"{name}={value}"] if type(value) in (int, str) else []


def _after(way: _Way) -> str:
    pressed = f" {way.press.keys}" if way.press.keys else ""
    return f"after {way.source.id}{pressed}"
