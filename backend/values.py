"""Values that have rules, as types: parsing makes them, nothing else does.

Every `parse` accepts what people key or write (spaces, Arabic-Indic digits), raises `BadInputError` saying
what is wrong, and returns the canonical form. `str(value)` is that form and can be parsed again.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NewType, Self, TypeVar

import phonenumbers

from backend.errors import BadInputError

T = TypeVar("T")
CENTIME = Decimal("0.01")
MOROCCO = 212


def western_digits(text: str) -> str:
    """Return `text` with Arabic-Indic and other decimal digits as 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-\u00a0\u202f\u200e\u200f]", "", western_digits(text))


class _Digits(str):
    """Digits with a length and a name, kept as text: leading zeros count."""

    __slots__ = ()
    shortest = longest = 0
    called = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the digits of `text`, raising BadInputError where there are too few, too many or others."""
        digits = _compact(text)
        if not (digits.isascii() and digits.isdigit() and cls.shortest <= len(digits) <= cls.longest):
            raise BadInputError(f"{cls.called} must have {cls._length()} digits")
        return cls(digits)

    @classmethod
    def _length(cls) -> str:
        return str(cls.longest) if cls.shortest == cls.longest else f"{cls.shortest} to {cls.longest}"


class RegistrationNumber(_Digits):
    """The nine digits of a CNSS registration (numéro d'immatriculation)."""

    __slots__ = ()
    shortest = longest = 9
    called = "a registration number"


class IdentityCardDigits(_Digits):
    """The figures of a national identity card (CIN), without its letters, without leading zeros."""

    __slots__ = ()
    shortest, longest = 1, 8
    called = "the figures of an identity card"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the figures; `AB012345` and `012345` are the same card."""
        digits = super().parse(re.sub(r"^[A-Za-z]{0,3}", "", text.strip()))
        return cls(digits.lstrip("0") or "0")


class FileNumber(_Digits):
    """The number of a claim file, as many digits as the fund gives it."""

    __slots__ = ()
    shortest, longest = 1, 15
    called = "the number of a claim file"


class TaxReference(_Digits):
    """The last four digits of a tax identifier."""

    __slots__ = ()
    shortest = longest = 4
    called = "a tax reference"


class Postcode(_Digits):
    """The five digits of a Moroccan postcode."""

    __slots__ = ()
    shortest = longest = 5
    called = "a postcode"


class OneTimeCode(_Digits):
    """The six digits sent by SMS."""

    __slots__ = ()
    shortest = longest = 6
    called = "a code"


class FewDigits(str):
    """Some digits said one by one: the last two of a mobile, the last four of an account."""

    __slots__ = ()


class IdentityCard(str):
    """A national identity card's number (CIN): one or two letters, then up to seven figures, upper case."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the card's number, raising BadInputError where it can't be one."""
        card = _compact(text).upper()
        if not re.fullmatch(r"[A-Z]{1,3}\d{1,8}", card):
            raise BadInputError("an identity card (CIN) is one to three letters and up to eight figures")
        return cls(card)

    @property
    def digits(self) -> IdentityCardDigits:
        """What a caller can key of it."""
        return IdentityCardDigits.parse(str(self))


class Telephone(str):
    """A Moroccan number that we may call, fixed or mobile, in E.164, checked by libphonenumber."""

    __slots__ = ()
    kinds = frozenset(
        {
            phonenumbers.PhoneNumberType.FIXED_LINE,
            phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
            phonenumbers.PhoneNumberType.MOBILE,
        }
    )
    called = "a Moroccan number (ten digits, 05…, 06… or 07…)"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the number from any way of writing it; BadInputError where it isn't one of these."""
        try:
            number = phonenumbers.parse(_compact(text), "MA")
        except phonenumbers.NumberParseException:
            raise BadInputError(f"not {cls.called}") from None
        lettered = number.extension or any(each.isalpha() for each in text)  # letters would be read as a keypad's
        if lettered or number.country_code != MOROCCO or phonenumbers.number_type(number) not in cls.kinds:
            raise BadInputError(f"not {cls.called}")
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @property
    def ending(self) -> FewDigits:
        """The last two digits: what a stranger may hear."""
        return FewDigits(self[-2:])


class Mobile(Telephone):
    """A Moroccan mobile number in E.164 (`+2126…`, `+2127…`)."""

    __slots__ = ()
    kinds = frozenset({phonenumbers.PhoneNumberType.MOBILE})
    called = "a Moroccan mobile number (ten digits, 06… or 07…)"


class BankAccount(_Digits):
    """A Moroccan RIB: 24 digits, bank 3, town 3, account 16, key 2; as a number ≡ 0 mod 97."""

    __slots__ = ()
    shortest = longest = 24
    called = "a RIB"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the RIB, raising BadInputError on a wrong length or key."""
        account = super().parse(text)
        if int(account) % 97 or not int(account):
            raise BadInputError("the key of this RIB is wrong: a figure was mistyped")
        return account

    @property
    def ending(self) -> FewDigits:
        """The last four digits, to be said back."""
        return FewDigits(self[-4:])


class Dirhams(Decimal):
    """An amount of Moroccan dirhams, exact to the centime; the database holds centimes."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the amount of `1250.50`; BadInputError where it is not money or has thirds of a centime."""
        try:
            amount = Decimal(western_digits(text).strip())
        except InvalidOperation:
            raise BadInputError(f"{text!r} is not an amount in dirhams, such as 1250.50") from None
        if not amount.is_finite() or amount != amount.quantize(CENTIME):
            raise BadInputError("an amount has two decimals at most")
        return cls(amount.quantize(CENTIME))

    @classmethod
    def of_centimes(cls, centimes: int) -> Self:
        """Return the amount that the database holds as `centimes`."""
        return cls((Decimal(centimes) / 100).quantize(CENTIME))

    @property
    def centimes(self) -> int:
        """The whole amount in centimes."""
        return int(self * 100)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, `2024-03`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the month of `YYYY-MM`; BadInputError where there is none."""
        if not (match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", western_digits(text).strip())):
            raise BadInputError(f"{text!r} is not a month, such as 2024-03")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that `day` is in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    def __add__(self, months: int) -> "Month":
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def calendar_day(text: str) -> date:
    """Return the day of `DDMMYYYY`, or of the canonical `YYYY-MM-DD`.

    Raises BadInputError where the calendar has none, and outside the centuries in which callers live.
    """
    keyed = western_digits(text).strip()
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", keyed):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", keyed):
        day, month, year = match.groups()
    else:
        raise BadInputError("a day is eight figures: day, month, year")
    if not year.startswith(("19", "20")):
        raise BadInputError("a year is between 1900 and 2099")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise BadInputError(f"{keyed} is not a day of the calendar") from None


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A date of birth; `year_only` for cards that bear only a year (the day is then 1 January)."""

    day: date
    year_only: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date of `DDMMYYYY`, a lone `YYYY`, or the canonical `YYYY-MM-DD`."""
        keyed = western_digits(text).strip()
        year_only = bool(re.fullmatch(r"\d{4}", keyed))
        return cls(calendar_day(f"0101{keyed}" if year_only else keyed), year_only)

    def __str__(self) -> str:
        return str(self.day.year) if self.year_only else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as each language writes it; a missing Arabic form falls back to the Latin one."""

    latin: str
    arabic: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that `prompts/` holds under this message id (a category, a document), said in the caller's words."""

    message: str


PersonId = NewType("PersonId", int)

Value = str | int | date | Dirhams | Month | PersonName | Term
"""What a prompt may be given: rendered for voice or SMS, in each language, by `backend.wording`."""


def parsed(parse: Callable[[str], T], text: str) -> T | None:
    """Return what `parse` makes of `text`, or None where it raises BadInputError."""
    try:
        return parse(text)
    except BadInputError:
        return None
