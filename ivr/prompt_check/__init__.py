"""`svi prompts check`: every prompt is there in each language, used, given its values, and short enough to be heard.

`check` reads `prompts/` and the code of ivr/, callcenter/, backend/ and svi/ (`ivr.prompt_check.uses`), and reaches no
database. What a prompt may take is in `ivr.prompt_check.limits`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from backend.wording import LANGUAGES, Language
from backend.wording.catalogue import Catalogue, catalogue
from ivr.prompt_check import spoken
from ivr.prompt_check.limits import too_long
from ivr.prompt_check.uses import Code, read_code

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ivr", "callcenter", "backend", "svi")
OF_QUESTIONS = ("title", "more")
"""Attributes that each question has; the engine and the statistics derive them."""

Catalogues = Mapping[Language, Catalogue]


def check() -> list[str]:
    """Return what is wrong with the prompts, a line each; an empty list where nothing is.

    Raises WordingError where a file can't be read as Fluent.
    """
    catalogues = {language: catalogue(language) for language in LANGUAGES}
    folders = [ROOT / package for package in PACKAGES]
    menus = spoken.choices(*folders) | spoken.OF_THE_ENGINE
    return [*problems(catalogues, read_code(*folders)), *spoken.problems(menus, catalogues)]


def problems(catalogues: Catalogues, code: Code) -> list[str]:
    """Return what is wrong with `catalogues`, given the code that uses them."""
    found = [*_incomplete(catalogues), *_unused(catalogues, code), *_misused(catalogues, code)]
    for language in catalogues:
        found += too_long(language, catalogues[language])
    return found


def _incomplete(catalogues: Catalogues) -> Iterator[str]:
    everything = sorted(frozenset().union(*(each.messages for each in catalogues.values())))
    for message in everything:
        missing = [language for language, each in catalogues.items() if message not in each.messages]
        if missing:
            yield f"{message}: missing in {', '.join(missing)}"
        elif len({each.variables(message) for each in catalogues.values()}) > 1:
            needs = "; ".join(f"{language} {_names(each, message)}" for language, each in catalogues.items())
            yield f"{message}: the languages need different values ({needs})"


def _names(each: Catalogue, message: str) -> str:
    return ", ".join(f"${name}" for name in sorted(each.variables(message))) or "none"


def _unused(catalogues: Catalogues, code: Code) -> Iterator[str]:
    known = _of_first(catalogues)
    quoted = frozenset().union(*(known.quotes(message) for message in known.messages))
    for message in sorted(known.messages - quoted):
        attribute = message.partition(".")[2]
        if attribute not in OF_QUESTIONS and not attribute.startswith("words-") and not code.names(message):
            yield f"{message}: no code says it"


def _misused(catalogues: Catalogues, code: Code) -> Iterator[str]:
    known = _of_first(catalogues)
    for use in code.uses:
        wanted = [use.message, *(f"{use.message}.{name}" for name in OF_QUESTIONS if use.question)]
        absent = [message for message in wanted if message not in known.messages]
        yield from (f"{use.where}: there is no prompt {message!r}" for message in absent)
        if absent or use.values is None:
            continue
        said = [message for message in known.messages if use.question and message.startswith(f"{use.message}.words-")]
        needed = frozenset().union(*(known.variables(message) for message in (*wanted, *said)))
        if missing := needed - use.values:
            yield f"{use.where}: {use.message!r} is not given {_listed(missing)}"
        if unknown := use.values - needed:
            yield f"{use.where}: {use.message!r} does not say {_listed(unknown)}"


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))


def _of_first(catalogues: Catalogues) -> Catalogue:
    return next(iter(catalogues.values()))
