"""The words of a menu: what each choice, and each sign that is good anywhere, may be called; which of them was said.

A phrase is found whole, among other words, or nearly (rapidfuzz). The nearest must be ahead of what it might have been
instead; with a negation that isn't its own it isn't what was meant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz

from backend.wording import Language, Sayable, exists, spoken, variables
from ivr.hearing import numbers
from ivr.hearing.noise import around_keys, listed, negations, noise
from ivr.hearing.text import Tokens, stems, tokens, without

SURE = 92  # of 100: from here a phrase was said
NEARLY = 84  # from here it may have been: it is said back
AHEAD = 8  # by so much the best must lead
EACH_OTHER_WORD = 4  # what a word that is no part of the phrase costs
SHORTEST_SLIP = 5  # letters: shorter phrases must be said as they are, and alone
SIGNS = ("advisor", "again", "back", "help")
"""What is understood at any question: `everywhere.words-…` in prompts/."""
ANYWHERE = "!"  # before the name of a sign that was found at a menu

Values = Mapping[str, Sayable]
NO_VALUES: Values = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Found:
    """The name whose words were said; `sure` where they were said as they are, or as good as."""

    name: str
    sure: bool


def of(language: Language, message: str, names: Iterable[str], values: Values = NO_VALUES) -> dict[str, list[str]]:
    """Return the phrases of each name at the question of `message`; the first of each is how it is said back."""
    return {name: list(_phrases(language, f"{message}.words-{name}", values)) for name in names}


def varies(language: Language, message: str, name: str) -> bool:
    """Say whether the phrases of a name depend on what is said in the question."""
    attribute = f"{message}.words-{name}"
    return exists(language, attribute) and bool(variables(language, attribute))


@cache
def anywhere(language: Language) -> tuple[str, ...]:
    """Return the phrases of all signs."""
    return tuple(phrase for name in SIGNS for phrase in _phrases(language, f"everywhere.words-{name}", NO_VALUES))


def choice(
    language: Language, text: str, message: str, keys: Mapping[str, str], values: Values = NO_VALUES
) -> Found | None:
    """Return which name of `keys` (key → name) was said, by its words or by its key («le deux»); or `!` and a sign.

    Where a choice and a sign have the same words, they mean the choice.
    """
    said = tokens(text)
    if key := _key(language, said):
        return Found(keys[key], sure=True) if key in keys else sign(language, text) if key == "0" else None
    phrases = of(language, message, keys.values(), values)
    names = {name: _prepared(language, tuple(each)) for name, each in phrases.items()}
    own = frozenset(phrase for each in names.values() for phrase in each)
    for name, each in _of_signs(language).items():
        names[f"{ANYWHERE}{name}"] = tuple(phrase for phrase in each if phrase not in own)
    return _nearest(language, said, names)


def sign(language: Language, text: str) -> Found | None:
    """Return which of `SIGNS` was said."""
    said = tokens(text)
    if _key(language, said) == "0":
        return Found("advisor", sure=True)
    return _nearest(language, said, _of_signs(language))


def _phrases(language: Language, attribute: str, values: Values) -> tuple[str, ...]:
    if not exists(language, attribute):
        return ()  # `svi prompts check` says so; the key still answers
    if not variables(language, attribute):
        return _fixed(language, attribute)
    return listed(spoken(language, attribute, **values))


@cache
def _fixed(language: Language, attribute: str) -> tuple[str, ...]:
    return listed(spoken(language, attribute))


def _key(language: Language, said: Tokens) -> str | None:
    """Return the key that a lone number names."""
    rest = without(said, (*noise(language), *around_keys(language)), keep=lambda token: numbers.known(language, token))
    keyed = numbers.figures(language, " ".join(rest)) if len(rest) == 1 else None
    return keyed.keys if keyed and keyed.sure and len(keyed.keys) == 1 else None


@cache
def _of_signs(language: Language) -> dict[str, tuple[Tokens, ...]]:
    return {name: _prepared(language, _phrases(language, f"everywhere.words-{name}", NO_VALUES)) for name in SIGNS}


@lru_cache(maxsize=1024)
def _prepared(language: Language, phrases: tuple[str, ...]) -> tuple[Tokens, ...]:
    return tuple(dict.fromkeys(_bare(language, tokens(phrase)) for phrase in phrases))


def _bare(language: Language, said: Tokens) -> Tokens:
    """Return the tokens without noise and articles; what is nothing but noise stays."""
    once = tuple(token for at, token in enumerate(said) if not at or token != said[at - 1])  # «oui oui»
    return stems(language, without(once, noise(language)) or once)


def _nearest(language: Language, said: Tokens, names: Mapping[str, Sequence[Tokens]]) -> Found | None:
    heard = _bare(language, said)
    if not heard:
        return None
    no = negations(language)
    likeness = {}
    for name, phrases in names.items():
        said_twice = heard[:1] in phrases and len(heard) > 1  # «non, j'annule»: both mean the same choice
        rest = heard[1:] if said_twice else heard
        likeness[name] = max(
            (_likeness(phrase, each) for each in {heard, rest} for phrase in phrases if not _denied(phrase, each, no)),
            default=0.0,
        )
    best, *others = sorted(likeness, key=likeness.__getitem__, reverse=True)
    second = likeness[others[0]] if others else 0.0
    ahead = likeness[best] - second >= AHEAD or likeness[best] == 100 > second  # noqa: PLR2004 said whole
    if likeness[best] < NEARLY or not ahead:
        return None
    return Found(best, sure=likeness[best] >= SURE)


def _denied(phrase: Tokens, heard: Tokens, no: frozenset[str]) -> bool:
    """Say whether what was heard denies the phrase; a "no" before a phrase that denies something agrees with it."""
    own = no & frozenset(phrase)
    return bool(no & frozenset(heard[1:] if own else heard) - own)


def _likeness(phrase: Tokens, heard: Tokens) -> float:
    """Return how surely `phrase` was said, of 100."""
    if phrase == heard:
        return 100
    spelt = "".join(phrase)
    if len(spelt) < SHORTEST_SLIP:
        return 0
    others = max(0, len(heard) - len(phrase))
    windows = ("".join(heard[at : at + len(phrase)]) for at in range(others + 1))
    within = max(fuzz.ratio(spelt, window) for window in windows) - EACH_OTHER_WORD * others
    return max(within, fuzz.ratio(spelt, "".join(heard)))
