"""Typed values as words: what a message's `{ $value }` becomes, for each language and medium.

| value | spoken | written |
|---|---|---|
| numbers of identity, of files, codes, postcodes, few digits | digit by digit, by groups of three | the digits |
| Telephone, Mobile | its ten national digits, by pairs | the ten national digits |
| Dirhams, Month, date, BirthDate | in words of the language | the same |
| OpeningHours | in sentences | in short |
| PersonName | as the language writes it, else Latin | the same |
| int | the number | the same |
| str | as it is | as it is |

French writes thousands with a space where it says them with a narrow one (U+202F).

Messages count things with functions: `{ MONTHS($n) }`, `{ DAYS($n) }`, `{ MINUTES($n) }`, `{ FILES($n) }`,
`{ TRIES($n) }`. `{ WEEKDAY($day) }` names the day of the week. `{ NOTHING($amount) -> [yes] … *[no] … }`
chooses a sentence of its own for zero ("you owe nothing").
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from babel import Locale
from fluent.runtime.types import FluentInt, FluentType

from backend.opening_hours import OpeningHours
from backend.values import (
    BankAccount,
    BirthDate,
    Dirhams,
    FewDigits,
    FileNumber,
    IdentityCardDigits,
    Month,
    OneTimeCode,
    PersonName,
    Postcode,
    RegistrationNumber,
    TaxReference,
    Telephone,
)
from backend.wording.arabic import ARABIC
from backend.wording.french import FRENCH
from backend.wording.grammar import Grammar
from backend.wording.languages import Language

Medium = Literal["spoken", "written"]

SAID_BY_DIGIT = (
    RegistrationNumber,
    IdentityCardDigits,
    FileNumber,
    OneTimeCode,
    TaxReference,
    BankAccount,
    Postcode,
    FewDigits,
)


GRAMMARS: Mapping[Language, Grammar] = MappingProxyType({"ar": ARABIC, "fr": FRENCH})
COUNTED = MappingProxyType({"MONTHS": "month", "DAYS": "day", "MINUTES": "minute", "FILES": "file", "TRIES": "try"})


class Worded(FluentType):
    """A value beside its words: a message says the words, its functions look at the value."""

    def __init__(self, value: Dirhams | date, words: str) -> None:
        self.value = value
        self.words = words

    def format(self, locale: Locale) -> str:  # noqa: ARG002 Fluent's signature
        """Return the words."""
        return self.words


Argument = str | FluentInt | Worded


def argument(
    language: Language, medium: Medium, value: str | int | date | Dirhams | Month | PersonName | BirthDate
) -> Argument:
    """Return `value` as `language` words it for `medium`, ready for Fluent."""
    grammar = GRAMMARS[language]
    match value:
        case str():
            return _text(grammar, medium, value)
        case Dirhams():
            return Worded(value, grammar.amount(value))
        case date():
            return Worded(value, grammar.day(value))
        case Month() | BirthDate():
            return _calendar(grammar, value)
        case PersonName():
            return (value.arabic if language == "ar" else "") or value.latin
        case int():
            return FluentInt(value, useGrouping=grammar.groups_thousands)


def functions(language: Language) -> dict[str, Callable[[Any], Any]]:
    """Return the functions that messages of `language` may use."""
    grammar = GRAMMARS[language]

    def counting(thing: str) -> Callable[[int], str]:
        return lambda number: grammar.counted(thing, int(number))

    def weekday(day: Worded) -> str:
        if not isinstance(day.value, date):
            raise TypeError("WEEKDAY needs a date")
        return grammar.weekday_names[day.value.weekday()]

    def nothing(amount: Worded | int) -> str:
        return "no" if (amount.value if isinstance(amount, Worded) else amount) else "yes"

    counters = {name: counting(thing) for name, thing in COUNTED.items()}
    return {**counters, "WEEKDAY": weekday, "NOTHING": nothing}


def _text(grammar: Grammar, medium: Medium, text: str) -> str:
    if isinstance(text, Telephone):
        national = "0" + text.removeprefix("+212")
        return _by_digit(national, 2, grammar.comma) if medium == "spoken" else national
    if isinstance(text, OpeningHours):
        return grammar.hours(text) if medium == "spoken" else grammar.short_hours(text)
    if medium == "spoken" and isinstance(text, SAID_BY_DIGIT):
        return _by_digit(text, 4 if isinstance(text, FewDigits) else 3, grammar.comma)
    return str(text)


def _calendar(grammar: Grammar, value: Month | BirthDate) -> str:
    if isinstance(value, Month):
        return f"{grammar.month_names[value.number - 1]} {value.year}"
    return str(value.day.year) if value.year_only else grammar.day(value.day)


def _by_digit(digits: str, group: int, comma: str) -> str:
    groups = (digits[start : start + group] for start in range(0, len(digits), group))
    return f"{comma} ".join(" ".join(digit for digit in part) for part in groups)
