"""Every word that a caller, an advisor or an SMS reader meets: Fluent messages of `prompts/<language>/*.ftl`.

`spoken` gives the text for a voice, `written` the text for an SMS or a page. Values are typed
(`backend.values`) and rendered for the language and the medium by `backend.wording.rendering`; an unknown
message or a missing value raises WordingError. Messages are parsed once a process.
"""

from functools import cache

from backend.values import BirthDate, Term, Value
from backend.wording.catalogue import catalogue
from backend.wording.languages import LANGUAGES, Language, WordingError
from backend.wording.rendering import Argument, Medium, argument

__all__ = [
    "LANGUAGES",
    "Language",
    "WordingError",
    "exists",
    "messages",
    "spoken",
    "variables",
    "written",
]

Said = Value | BirthDate
"""What a message may be given."""


def spoken(language: Language, message: str, /, **values: Said) -> str:
    """Return `message` (an id, or `id.attribute`) as a voice says it in `language`.

    Raises WordingError where the message, or a value that it needs, is missing.
    """
    return _worded(language, "spoken", message, values)


def written(language: Language, message: str, /, **values: Said) -> str:
    """Return `message` (an id, or `id.attribute`) as an SMS or a page shows it in `language`.

    Raises WordingError where the message, or a value that it needs, is missing.
    """
    return _worded(language, "written", message, values)


def exists(language: Language, message: str) -> bool:
    """Say whether `language` has `message` (an id, or `id.attribute`)."""
    return message in catalogue(language)


def variables(language: Language, message: str) -> frozenset[str]:
    """Return the names of the values that `message` needs, those of the messages it quotes included.

    Raises WordingError where there is no such message.
    """
    return catalogue(language).variables(message)


def messages(language: Language) -> frozenset[str]:
    """Return every id and `id.attribute` that `language` has."""
    return catalogue(language).messages


def _worded(language: Language, medium: Medium, message: str, values: dict[str, Said]) -> str:
    if not values:
        return _fixed(language, message)
    arguments = {name: _argument(language, medium, value) for name, value in values.items()}
    return catalogue(language).text(message, arguments)


@cache
def _fixed(language: Language, message: str) -> str:
    return catalogue(language).text(message, {})


def _argument(language: Language, medium: Medium, value: Said) -> Argument:
    if isinstance(value, Term):
        return _fixed(language, value.message)
    return argument(language, medium, value)
