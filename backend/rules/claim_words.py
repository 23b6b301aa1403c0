"""Missing documents and reasons for rejection: from the French words of the fund's lists to words of both languages.

The list is `claim_words.yaml`. A slip of the pen is understood («ordonance»); anything else that isn't in the list is
"a document", or a reason to be asked for: never guessed, never read out as it came.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import fuzz

from backend.values import Term

DOCUMENT = Term("document-other")
REASON = Term("reason-other")
"""What is said of a word that isn't in the list."""

_Tokens = tuple[str, ...]
_NEARLY = 84  # of 100: how like a word of the list a slip must be
_SHORTEST_SLIP = 5  # letters
_SHORTEST_PLURAL = 4


def documents(named: Iterable[str]) -> tuple[Term, ...]:
    """Return the missing documents, each once; what isn't in the list is one, said last."""
    keys = [_key("documents", words) for words in named]
    known = [Term(f"document-{key}") for key in dict.fromkeys(keys) if key]
    return tuple(known) if known and None not in keys else (*known, DOCUMENT)


def meaning(named: Iterable[str]) -> frozenset[str]:
    """Return what documents these are, however they are spelt and ordered; those not in the list by their words."""
    return frozenset(_key("documents", words) or " ".join(_tokens(words)) or words for words in named)


def reason(given: str | None) -> Term:
    """Return why a file was rejected."""
    key = _key("reasons", given or "")
    return Term(f"reason-{key}") if key else REASON


def listed(subject: str) -> dict[str, list[str]]:
    """Return the list of `documents` or of `reasons`: by key, the phrases that mean it."""
    phrases: dict[str, list[str]] = _read()[subject]["words"]
    return phrases


def _key(subject: str, words: str) -> str | None:
    """Return the key of what was written, as it is in the list or nearly so; None where none, or several, are alike."""
    written, phrases = _tokens(words, _beside(subject)), _phrases(subject)
    if written in phrases:
        return phrases[written]
    alike = {key for each, key in phrases.items() if _nearly(written, each)}
    return alike.pop() if len(alike) == 1 else None


def _nearly(written: _Tokens, listed: _Tokens) -> bool:
    return len(written) == len(listed) and all(map(_slip, written, listed))


def _slip(written: str, listed: str) -> bool:
    long = min(len(written), len(listed)) >= _SHORTEST_SLIP
    return written == listed or (long and fuzz.ratio(written, listed) >= _NEARLY)


def _tokens(words: str, beside: frozenset[str] = frozenset()) -> _Tokens:
    """Return the words that count: lower case, without accents, brackets and plurals, and what may stand beside."""
    bare = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)", " ", words).casefold())
    found = re.findall(r"[^\W_]+", "".join(c for c in bare if not unicodedata.combining(c)))
    singular = (word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word for word in found)
    return tuple(word for word in singular if word not in beside)


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("claim_words.yaml").read_text("utf-8"))
    return read


@cache
def _beside(subject: str) -> frozenset[str]:
    return frozenset(_tokens(" ".join([*_read()["articles"], *_read()[subject].get("beside", [])])))


@cache
def _phrases(subject: str) -> dict[_Tokens, str]:
    beside = _beside(subject)
    return {_tokens(phrase, beside): key for key, phrases in listed(subject).items() for phrase in phrases}
