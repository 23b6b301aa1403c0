"""Every word that a caller, an advisor or an SMS reader meets: Fluent messages of `prompts/<language>/*.ftl`.

`spoken` gives the text for a voice, `written` the text for an SMS or a page. Values are typed
(`backend.values`) and worded for the language and the medium by `backend.wording.rendering`; an unknown
message or a missing value raises WordingError. Messages are parsed once a process.
"""

from backend.values import Term
from backend.wording.catalogue import Sayable, catalogue
from backend.wording.languages import LANGUAGES, Language, WordingError
from backend.wording.rendering import GRAMMARS

__all__ = ["LANGUAGES", "Language", "Sayable", "WordingError", "exists", "listed", "spoken", "variables", "written"]


def spoken(language: Language, message: str, /, **values: Sayable) -> str:
    """Return `message` (an id, or `id.attribute`) as a voice says it in `language`.

    Raises WordingError where the message, or a value that it needs, is missing.
    """
    return catalogue(language).text("spoken", message, values)


def written(language: Language, message: str, /, **values: Sayable) -> str:
    """Return `message` (an id, or `id.attribute`) as an SMS or a page shows it in `language`.

    Raises WordingError where the message, or a value that it needs, is missing.
    """
    return catalogue(language).text("written", message, values)


def listed(language: Language, *terms: Term) -> str:
    """Return terms one after the other, as an SMS or a page shows them; nothing for none."""
    return f"{GRAMMARS[language].comma} ".join(written(language, term.message) for term in terms)


def exists(language: Language, message: str) -> bool:
    """Say whether `language` has `message` (an id, or `id.attribute`)."""
    return message in catalogue(language).messages


def variables(language: Language, message: str) -> frozenset[str]:
    """Return the names of the values that `message` needs, those of the messages it quotes included.

    Raises WordingError where there is no such message.
    """
    return catalogue(language).variables(message)
