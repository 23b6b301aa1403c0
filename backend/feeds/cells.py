"""Cells of a file: each function takes a cell's text and returns what PostgreSQL is given, or raises RefusedError.

Empty cells never come here. The rules are those of `backend.values`; the regular ways of writing are recognised first,
because millions of rows pass here (libphonenumber alone takes 30 µs a number). Tests hold the two ways equal.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from string import ascii_uppercase

from phonenumbers import PhoneMetadata

from backend.errors import BadInputError
from backend.feeds.refusals import refused
from backend.values import (
    Dirhams,
    FileNumber,
    IdentityCard,
    Mobile,
    Month,
    RegistrationNumber,
    TaxReference,
    parsed,
    western_digits,
)


def _national_mobile() -> str:
    """Return libphonenumber's own pattern of a Moroccan mobile, without its first 0."""
    morocco = PhoneMetadata.metadata_for_region("MA")
    return str(morocco.mobile.national_number_pattern) if morocco and morocco.mobile else r"[67]\d{8}"


Cell = Callable[[str], str]
LONGEST = 100
LONGEST_SENTENCE = 500
LONGEST_TOLD = 50
OLDEST = "1900-01-01"
MOST_DIRHAMS = 20_000_000
MOST_VALUES = 20
_DAYS = 1 << 16
_FORMULA = ("=", "+", "-", "@")
_MOBILE = re.compile(rf"(?:\+212|00212|0)({_national_mobile()})", re.ASCII)
_SEPARATORS = str.maketrans("", "", " .-")
_CARD = re.compile(r"[A-Z]{1,3}[0-9]{1,8}")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]+)?")
_POSTCODE = re.compile(r"[0-9]{5}")
_NUMBER = re.compile(rf"[0-9]{{{RegistrationNumber.longest}}}")


def cut(text: str) -> str:
    """Return as much of a cell as a reason tells of it."""
    return text if len(text) <= LONGEST_TOLD else text[: LONGEST_TOLD - 1] + "…"


def quoted(text: str) -> str:
    """Return the same between quotation marks."""
    return repr(cut(text))


def words(text: str) -> str:
    """Return a name, a town, an organisation."""
    return _plain(text, LONGEST)


def sentence(text: str) -> str:
    """Return a reason, an address: a text that may be long."""
    return _plain(text, LONGEST_SENTENCE)


def _valued(parse: Cell, text: str, fault: str) -> str:
    found = parsed(parse, text)
    if found is None:
        raise refused(fault)
    return found


def _plain(text: str, longest: int) -> str:
    if len(text) > longest:
        raise refused("too-long", most=longest)
    if text.startswith(_FORMULA):
        raise refused("formula", mark=text[0])
    return text


def identity_card(text: str) -> str:
    """Return a CIN as `backend.values.IdentityCard` has it."""
    return text if _CARD.fullmatch(text) else _valued(IdentityCard.parse, text, "card")


def card_digits(card: str) -> str:
    """Return the figures that a caller keys of a parsed CIN, as `IdentityCard.digits` does."""
    return card.lstrip(ascii_uppercase).lstrip("0") or "0"


def registration_number(text: str) -> str:
    """Return the nine digits of a registration."""
    return text if _NUMBER.fullmatch(text) else _valued(RegistrationNumber.parse, text, "registration-number")


def file_number(text: str) -> str:
    """Return the digits of a claim file's number."""
    return _valued(FileNumber.parse, text, "file-number")


def mobile(text: str) -> str:
    """Return a Moroccan mobile in E.164, as `backend.values.Mobile` has it."""
    if regular := _MOBILE.fullmatch(text.translate(_SEPARATORS)):
        return "+212" + regular[1]
    return _valued(Mobile.parse, text, "mobile")


def tax_id(text: str) -> str:
    """Return the digits of a tax identifier: at least the four that a caller is asked for."""
    digits = western_digits(text).translate(_SEPARATORS)
    if not (digits.isascii() and digits.isdigit() and TaxReference.shortest <= len(digits) <= LONGEST):
        raise refused("tax-id")
    return digits


def flag(text: str) -> str:
    """Return a boolean, written `1` or `0`."""
    if (digit := western_digits(text)) not in {"0", "1"}:
        raise refused("flag")
    return digit


def one_of(choices: Collection[str]) -> Cell:
    """Return the cell that holds one of `choices`."""

    def choice(text: str) -> str:
        if text in choices:
            return text
        if (lowered := text.lower()) in choices:
            return lowered
        close = get_close_matches(lowered, choices, 1) or sorted(choices)
        raise refused("choice", found=cut(text), choices=close)

    return choice


language = one_of(("ar", "fr"))


@lru_cache(_DAYS)
def day(text: str) -> str:
    """Return a date `YYYY-MM-DD`."""
    written = western_digits(text)
    try:
        if written[4:5] + written[7:8] == "--":
            return date.fromisoformat(written).isoformat()
    except ValueError:
        pass
    raise refused("day", found=cut(text))


@lru_cache(_DAYS)
def month(text: str) -> str:
    """Return the first day of a month `YYYY-MM`."""
    try:
        return Month.parse(text).first_day.isoformat()
    except (BadInputError, ValueError):  # the year 0000
        raise refused("month", found=cut(text)) from None


def day_of_birth(today: date) -> Cell:
    """Return the cell that holds a date of birth: not after `today`."""
    latest = today.isoformat()

    def born(text: str) -> str:
        written = day(text)
        if not OLDEST <= written <= latest:
            raise refused("birth", found=written)
        return written

    return born


def day_until(today: date) -> Cell:
    """Return the cell that holds a day that is not after `today`."""
    latest = today.isoformat()

    def past(text: str) -> str:
        if (written := day(text)) > latest:
            raise refused("future", found=written)
        return written

    return past


def day_near(latest: date) -> Cell:
    """Return the cell that holds a day, from 1900 to `latest`."""
    last = latest.isoformat()

    def near(text: str) -> str:
        if not OLDEST <= (written := day(text)) <= last:
            raise refused("far", found=written)
        return written

    return near


def month_until(latest: date) -> Cell:
    """Return the cell that holds a month, from 1900 to that of `latest`."""
    last = latest.isoformat()

    def near(text: str) -> str:
        if not OLDEST <= (written := month(text)) <= last:
            raise refused("far", found=written[:7])
        return written

    return near


@lru_cache(_DAYS)
def dirhams(text: str) -> str:
    """Return the centimes of an amount in dirhams, such as 1250.50."""
    written = western_digits(text)
    if not _AMOUNT.fullmatch(written):
        raise refused("amount", found=cut(text))
    amount = parsed(Dirhams.parse, written)
    if amount is None:
        raise refused("decimals")
    if amount < 0:
        raise refused("negative", found=cut(text))
    if amount > MOST_DIRHAMS:
        raise refused("too-much", found=cut(text), most=MOST_DIRHAMS)
    return str(amount.centimes)


def whole(least: int, most: int) -> Cell:
    """Return the cell that holds a whole number from `least` to `most`."""

    def number(text: str) -> str:
        written = western_digits(text)
        if not (written.isascii() and written.isdigit() and len(written) <= LONGEST):
            raise refused("whole", found=cut(text))
        if not least <= int(written) <= most:
            raise refused("range", least=least, most=most)
        return str(int(written))

    return number


def degrees(least: float, most: float) -> Cell:
    """Return the cell that holds a coordinate, such as 33.5899, between the ends of Morocco."""

    def coordinate(text: str) -> str:
        written = western_digits(text)
        if not _AMOUNT.fullmatch(written):
            raise refused("coordinate", found=cut(text))
        if not least <= float(written) <= most:
            raise refused("not-in-morocco", found=cut(text), least=least, most=most)
        return written

    return coordinate


def postcode(text: str) -> str:
    """Return the five digits of a postcode."""
    if not _POSTCODE.fullmatch(written := western_digits(text)):
        raise refused("postcode")
    return written


def several(text: str) -> str:
    """Return the values that `|` separates, as PostgreSQL reads an array of texts."""
    values = [words(value.strip()) for value in text.split("|") if value.strip()]
    if len(values) > MOST_VALUES:
        raise refused("too-many", found=len(values), most=MOST_VALUES)
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
