"""What a recogniser wrote, as plain tokens: no case, accents, vowel signs or punctuation, digits from 0 to 9."""

from collections.abc import Callable, Iterable

from backend.wording import Language, plain

Tokens = tuple[str, ...]

MOST_TOKENS = 40  # what a caller says in answer to a question is shorter


def tokens(text: str) -> Tokens:
    """Return the words of `text` as they are compared; French elisions are words of their own."""
    return plain.words(text)[:MOST_TOKENS]


def stems(language: Language, said: Tokens) -> Tokens:
    """Return the tokens without what a language glues to the beginning of a noun."""
    return tuple(map(plain.without_article, said)) if language == "ar" else said


def without(said: Tokens, noise: Iterable[Tokens], keep: Callable[[str], bool] = lambda _token: False) -> Tokens:
    """Return the tokens without the phrases of `noise`, the longest first, wherever they stand.

    A phrase with a token that `keep` wants is left alone.
    """
    for phrase in sorted(noise, key=len, reverse=True):
        if any(keep(token) for token in phrase):
            continue
        said = _removed(said, phrase)
    return said


def _removed(said: Tokens, phrase: Tokens) -> Tokens:
    rest: list[str] = []
    at, length = 0, len(phrase)
    while at < len(said):
        if length and said[at : at + length] == phrase:
            at += length
        else:
            rest.append(said[at])
            at += 1
    return tuple(rest)
