"""What is said around an answer and means nothing: «euh», «s'il vous plaît», «بغيت»; in `prompts/`, `everywhere`."""

import re
from functools import cache

from backend.wording import Language, spoken
from ivr.hearing.text import Tokens, tokens

_COMMA = re.compile(r"[,،]")


def listed(text: str) -> tuple[str, ...]:
    """Return the phrases of a prompt that lists some, with commas between."""
    return tuple(phrase.strip() for phrase in _COMMA.split(text) if phrase.strip())


@cache
def noise(language: Language) -> tuple[Tokens, ...]:
    """Return the phrases that mean nothing at any question."""
    return tuple(map(tokens, listed(spoken(language, "everywhere.words-noise"))))


@cache
def around_keys(language: Language) -> tuple[Tokens, ...]:
    """Return the phrases that mean nothing around the number of a choice: «tapez», «le numéro», «رقم»."""
    return tuple(map(tokens, listed(spoken(language, "everywhere.words-around-keys"))))


@cache
def negations(language: Language) -> frozenset[str]:
    """Return the words that turn what is said into its opposite."""
    return frozenset(token for phrase in listed(spoken(language, "everywhere.words-not")) for token in tokens(phrase))
