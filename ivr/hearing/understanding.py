"""What an answer by voice means at a question: taken, to be said back first, or wrong.

A recogniser's confidence from 0.8 is enough; from 0.5 the answer is said back; below, it is a wrong answer. One that is
missing or absurd counts as 0.6: Google's recogniser gives 0.0 where it has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from backend.values import parsed
from backend.wording import Language, Sayable
from ivr.hearing import numbers, words
from ivr.inputs import Answer, Choices, Entry, Reply, Sign

Speech = Literal["off", "menus", "all"]
TAKEN = 0.8
SAID_BACK = 0.5
MOST_HINTS = 500
LONGEST_HINT = 100
SIGNS: Mapping[str, Sign] = MappingProxyType(
    {"advisor": Sign.ADVISOR, "again": Sign.REPEAT, "back": Sign.BACK, "help": Sign.HELP}
)
HARMLESS = frozenset({Sign.REPEAT, Sign.HELP, Sign.WRONG})  # they lose nothing: never said back


@dataclass(frozen=True, slots=True)
class Unsure:
    """What was probably meant: it is said back before it is taken. `exact`: only the recogniser was in doubt."""

    meant: Answer | Sign
    exact: bool


@dataclass(frozen=True, slots=True)
class Listening:
    """What a recogniser is told: the language, and words that it may expect."""

    language: Language
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is heard: how it listens, its message in `prompts/`, the values said in it."""

    listens: Choices | Entry[object]
    message: str
    values: Mapping[str, Sayable]


def listening(mode: Speech, language: Language | None, asking: Asking) -> Listening | None:
    """Return what is listened for besides keys; None where only keys are: always before a language is chosen."""
    spoken = isinstance(asking.listens, Choices) or (mode == "all" and asking.listens.spoken is not None)
    if mode == "off" or language is None or not spoken:
        return None
    return Listening(language, _hints(language, asking))


def understand(language: Language, asking: Asking, reply: Reply) -> Answer | Sign | Unsure:
    """Return what was said in answer to a question that listens."""
    if reply.certainty < SAID_BACK:
        return Sign.WRONG
    meant, exact = _meant(language, asking, reply.speech)
    if meant in HARMLESS or (exact and reply.certainty >= TAKEN):
        return meant
    return Unsure(meant, exact)


def said_back(language: Language, asking: Asking, value: str) -> Sayable | None:
    """Return how an answer in canonical form, or a sign (`!asked`), is said back; None where it no longer parses."""
    if value.startswith("!"):
        name = next(name for name, sign in SIGNS.items() if sign is Sign(value[1:]))
        return words.of(language, "everywhere", [name])[name][0]
    if isinstance(asking.listens, Entry):
        return cast("Sayable | None", parsed(asking.listens.parse, value))  # what can be spoken can be said back
    parses = parsed(asking.listens.parse, value)
    known = words.of(language, asking.message, [value], asking.values)[value]
    return None if parses is None else known[0] if known else value


def _meant(language: Language, asking: Asking, speech: str) -> tuple[Answer | Sign, bool]:
    listens = asking.listens
    if isinstance(listens, Choices):
        found = words.choice(language, speech, asking.message, listens.names, asking.values)
        if found and found.name in listens.names.values():
            return Answer(found.name), found.sure
    else:
        keyed = listens.spoken(language, speech) if listens.spoken else None
        if keyed:
            value = parsed(listens.parse, keyed.keys)
            return (Sign.WRONG, True) if value is None else (Answer(str(value)), keyed.sure)
        found = words.sign(language, speech)
    if found is None:
        return Sign.WRONG, True
    sign = SIGNS[found.name.removeprefix(words.ANYWHERE)]
    return (Sign.REPEAT if sign is Sign.HELP and isinstance(listens, Choices) else sign), found.sure


def _hints(language: Language, asking: Asking) -> tuple[str, ...]:
    listens = asking.listens
    if isinstance(listens, Entry):
        return _of_entry(language, listens.spoken is numbers.birth_date)
    names = tuple(listens.names.values())
    if any(words.varies(language, asking.message, name) for name in names):
        return _of_menu(language, words.of(language, asking.message, names, asking.values))
    return _of_fixed_menu(language, asking.message, names)


@cache
def _of_entry(language: Language, dates: bool) -> tuple[str, ...]:
    return _within_limits([*numbers.expected(language, dates=dates), *words.anywhere(language)])


@cache
def _of_fixed_menu(language: Language, message: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return _of_menu(language, words.of(language, message, names))


def _of_menu(language: Language, phrases: Mapping[str, list[str]]) -> tuple[str, ...]:
    return _within_limits([phrase for each in phrases.values() for phrase in each] + [*words.anywhere(language)])


def _within_limits(phrases: list[str]) -> tuple[str, ...]:
    """Return what Twilio takes: 500 hints of at most 100 characters, which commas part."""
    return tuple(dict.fromkeys(phrase for phrase in phrases if len(phrase) <= LONGEST_HINT))[:MOST_HINTS]
