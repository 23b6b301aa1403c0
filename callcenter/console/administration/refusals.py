"""Why rows and files are refused, in the words of a page; what a file says itself is set apart from them."""

from collections.abc import Sequence

from backend.feeds.refusals import Fault
from backend.wording import Language, written
from backend.wording.rendering import GRAMMARS

APART, TOGETHER = "\u2068", "\u2069"


def in_words(fault: Fault, language: Language) -> str:
    """Return one fault, without where it is."""
    values = {name: _apart(value, language) for name, value in fault.values.items()}
    return written(language, f"refused-{fault.code}", **values)


def of_file(faults: Sequence[Fault], name: str, language: Language) -> str:
    """Return what is wrong with a file as a whole, called as its giver does."""
    return f"{APART}{name}{TOGETHER} : {' '.join(in_words(each, language) for each in faults)}"


def _apart(value: str | float | Sequence[str], language: Language) -> str:
    parts = [str(value)] if isinstance(value, str | int | float) else value
    return f"{GRAMMARS[language].comma} ".join(f"{APART}{each}{TOGETHER}" for each in parts)
