"""Figures and dates of birth, said in either language, as they would have been keyed.

A word that is nearly a number's («soissante», «مارسس») is read as that, once an utterance, and never taken unasked.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from types import MappingProxyType
from typing import Protocol

from rapidfuzz import fuzz, process

from backend.values import BirthDate, parsed
from backend.wording import Language
from ivr.hearing import arabic, french
from ivr.hearing.noise import noise
from ivr.hearing.text import Tokens, tokens, without

NEARLY = 72  # of 100: how like a number's word a slip of the recogniser must be
SHORTEST_SLIP = 4  # letters
OF_A_CARD = re.compile(r"^[a-z]{1,3}(?=\d)|^[a-z]{1,2}$")
YEAR = re.compile(r"(19|20)\d\d")
THIS_CENTURY = 30  # of years said with two figures, those below it


@dataclass(frozen=True, slots=True)
class Keyed:
    """What would have been keyed; not `sure`: it must be said back before it is taken."""

    keys: str
    sure: bool = True


class Table(Protocol):
    """How numbers are said in a language: `ivr.hearing.french`, `ivr.hearing.arabic`."""

    @property
    def WORDS(self) -> Collection[str]: ...  # noqa: N802, D102
    @property
    def EXPECTED(self) -> tuple[str, ...]: ...  # noqa: N802, D102
    @property
    def MONTHS(self) -> tuple[str, ...]: ...  # noqa: N802, D102
    @property
    def MONTHS_ELSEWHERE(self) -> Mapping[str, int]: ...  # noqa: N802, D102
    @property
    def ORDINALS(self) -> Mapping[str, int]: ...  # noqa: N802, D102
    @property
    def AND(self) -> str: ...  # noqa: N802, D102
    def as_said(self, token: str) -> str: ...  # noqa: D102
    def known(self, token: str) -> bool: ...  # noqa: D102
    def digits(self, said: Tokens) -> str | None: ...  # noqa: D102


TABLES: Mapping[Language, Table] = MappingProxyType({"ar": arabic, "fr": french})
Spoken = Callable[[Language, str], Keyed | None]


def figures(language: Language, text: str) -> Keyed | None:
    """Return the figures said: one by one, in pairs, in hundreds. None where anything else is said."""
    table = _table(language, text)
    return _figures(table, _said(language, table, text))


def card(language: Language, text: str) -> Keyed | None:
    """Return the figures of an identity card; letters said before them are left out, as they are when keying."""
    table = _table(language, text)
    said = _said(language, table, text)
    while said and not table.known(said[0]) and OF_A_CARD.match(said[0]):
        rest = OF_A_CARD.sub("", said[0])
        said = (rest, *said[1:]) if rest else said[1:]
    return _figures(table, said)


def birth_date(language: Language, text: str) -> Keyed | None:
    """Return DDMMYYYY, or YYYY of a lone year, which is never taken unasked, nor is a year of two figures."""
    table = _table(language, text)
    months = _months(table)
    said, slips = _mended(table, _said(language, table, text), (*table.WORDS, *months), partial(_dated, table))
    found = {*_by_name(table, said, months), *_by_figures(table, said)}
    if len(found) != 1 or slips > 1:
        return None
    (keyed,) = found
    return Keyed(keyed.keys, sure=keyed.sure and not slips)


def expected(language: Language, *, dates: bool) -> tuple[str, ...]:
    """Return words that a recogniser may expect where figures or a date are said."""
    table = TABLES[language]
    return (*table.EXPECTED, *(table.MONTHS if dates else ()))


def known(language: Language, token: str) -> bool:
    """Say whether a token belongs to a number, or to a date."""
    return _dated(TABLES[language], token)


def _table(language: Language, text: str) -> Table:
    """Return the numbers that were said: many Moroccans say theirs in French, whatever they speak."""
    return french if frozenset(tokens(text)) & french.WORDS else TABLES[language]


def _said(language: Language, table: Table, text: str) -> Tokens:
    return tuple(map(table.as_said, without(tokens(text), noise(language), keep=partial(_dated, table))))


def _dated(table: Table, token: str) -> bool:
    return table.known(token) or token in table.ORDINALS or token in _months(table)


def _months(table: Table) -> dict[str, int]:
    return {**{name: number for number, name in enumerate(table.MONTHS, 1)}, **table.MONTHS_ELSEWHERE}


def _mended(table: Table, said: Tokens, words: Collection[str], is_known: Callable[[str], bool]) -> tuple[Tokens, int]:
    """Return the tokens with slips mended, and how many there were."""
    mended, slips = list(said), 0
    for at, token in enumerate(said):
        if is_known(token) or token == table.AND or len(token) < SHORTEST_SLIP:
            continue
        nearest = process.extractOne(token, tuple(words), scorer=fuzz.ratio, score_cutoff=NEARLY)
        if nearest:
            mended[at], slips = nearest[0], slips + 1
    return tuple(mended), slips


def _figures(table: Table, said: Tokens) -> Keyed | None:
    mended, slips = _mended(table, said, table.WORDS, table.known)
    keys = table.digits(mended)
    return Keyed(keys, sure=not slips) if keys and slips <= 1 else None


def _by_name(table: Table, said: Tokens, months: dict[str, int]) -> Iterator[Keyed]:
    """Give the dates read around the name of a month."""
    for at, token in enumerate(said):
        if token in months:
            yield from _date(_day(table, said[:at]), str(months[token]), table.digits(said[at + 1 :]))


def _by_figures(table: Table, said: Tokens) -> Iterator[Keyed]:
    """Give the dates read as eight figures, as a lone year, or as day, month and year wherever they may part."""
    whole = table.digits(said) or ""
    if len(whole) == 8:  # noqa: PLR2004 two of the day, two of the month, four of the year
        yield from _date(whole[:2], whole[2:4], whole[4:])
    if YEAR.fullmatch(whole):
        yield Keyed(whole, sure=False)
    for first, second in combinations(range(1, len(said)), 2):
        year = table.digits(said[second:])
        if year and YEAR.fullmatch(year):
            yield from _date(_day(table, said[:first]), table.digits(said[first:second]), year)


def _day(table: Table, said: Tokens) -> str | None:
    if len(said) == 1 and said[0] in table.ORDINALS:
        return str(table.ORDINALS[said[0]])
    return table.digits(said)


def _date(day: str | None, month: str | None, year: str | None) -> Iterator[Keyed]:
    """Give the date of such a day, month and year, where the calendar has it."""
    if not (day and month and year) or len(day) > 2 or len(month) > 2:  # noqa: PLR2004 as they are keyed
        return
    short = len(year) == 2  # noqa: PLR2004 such as 88
    if short:
        year = f"{'20' if int(year) < THIS_CENTURY else '19'}{year}"
    keys = f"{day:0>2}{month:0>2}{year}"
    if YEAR.fullmatch(year) and parsed(BirthDate.parse, keys):
        yield Keyed(keys, sure=not short)
