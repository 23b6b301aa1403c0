"""What an advisor fills in: fields, the values that they become, and what is said beside one that is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from backend.errors import BadInputError
from backend.values import (
    BankAccount,
    BirthDate,
    FewDigits,
    IdentityCardDigits,
    Mobile,
    OneTimeCode,
    Postcode,
    RegistrationNumber,
    TaxReference,
    Telephone,
    calendar_day,
)
from backend.wording import Sayable
from callcenter.cases import LONGEST

Widget = Literal["digits", "day", "text", "check", "choice"]
LONGEST_ENTRY = 60  # characters of an entry of digits, however they are written
CHECKED = "yes"


@dataclass(frozen=True)
class Line:
    """A message with its values, to be worded in the reader's language."""

    message: str
    values: Mapping[str, Sayable] = field(default_factory=dict)


def line(message: str, /, **values: Sayable) -> Line:
    """Return a line."""
    return Line(message, values)


@dataclass(frozen=True)
class Field:
    """A field: `parse` makes its value of what was typed (BadInputError where it can't); its label is `acts-<name>`."""

    name: str
    widget: Widget
    parse: Callable[[str], Any]
    wrong: str = "acts-wrong"
    """The message beside one that can't be read."""
    required: bool = True
    hint: str = ""
    longest: int = LONGEST_ENTRY
    gone: str = "acts-gone"
    """The message beside a choice that is offered no more."""


@dataclass(frozen=True)
class Choice:
    """One of a field's choices: the value that is posted, and how it reads."""

    value: str
    label: Line


@dataclass(frozen=True)
class Offer:
    """What a form shows just now: lines to read first, choices of its fields, fields that it has no need of."""

    lines: Sequence[Line] = ()
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """It is done; what is said about it."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Wrong:
    """It is not done: what is wrong, by field; under the empty name what is wrong with the whole."""

    fields: Mapping[str, Line]


def said(message: str, /, **values: Sayable) -> Said:
    """Return one line that says what was done."""
    return Said((Line(message, values),))


def wrong(name: str, message: str, /, **values: Sayable) -> Wrong:
    """Return what is wrong with one field."""
    return Wrong({name: Line(message, values)})


def read(fields: Sequence[Field], offer: Offer, typed: Mapping[str, str]) -> dict[str, Any] | Wrong:
    """Return the values of a form, None for what may be left out and was; or what is wrong with its fields."""
    values: dict[str, Any] = {}
    errors: dict[str, Line] = {}
    for each in fields:
        text = "" if each.name in offer.without else typed.get(each.name, "").strip()
        if not text:
            values[each.name] = None
            if each.required and each.name not in offer.without:
                errors[each.name] = Line("acts-unconfirmed" if each.widget == "check" else "acts-missing")
            continue
        if len(text) > each.longest:
            errors[each.name] = Line("acts-too-long", {"rank": each.longest})
            continue
        try:
            values[each.name] = each.parse(text)
        except BadInputError:
            errors[each.name] = Line(each.wrong)
        allowed = offer.choices.get(each.name)
        if allowed is not None and text not in {choice.value for choice in allowed}:
            errors[each.name] = Line(each.gone)
    return Wrong(errors) if errors else values


def _birth(text: str) -> BirthDate:
    return BirthDate.parse(_day(text))


def _day(text: str) -> str:
    """Return `14/03/1988` as it is keyed; what is already `1988-03-14` stays so."""
    return text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else re.sub(r"[\s./-]", "", text)


def _calendar_day(text: str) -> date:
    return calendar_day(_day(text))


def _checked(text: str) -> bool:
    if text != CHECKED:
        raise BadInputError("a box is ticked or not")
    return True


def confirmed(name: str, *, required: bool = True) -> Field:
    """Return a box that has to be ticked, or may be."""
    return Field(name, "check", _checked, required=required)


def chosen(name: str, *, gone: str = "acts-gone") -> Field:
    """Return a choice among those that the form offers."""
    return Field(name, "choice", str, gone=gone)


def note(name: str, *, required: bool = True, longest: int = LONGEST) -> Field:
    """Return a text of any kind."""
    return Field(name, "text", str, required=required, longest=longest)


def digits(name: str, parse: Callable[[str], Any], wrong_: str, *, required: bool = True, hint: str = "") -> Field:
    """Return an entry of figures."""
    return Field(name, "digits", parse, wrong_, required=required, hint=hint)


def day(name: str) -> Field:
    """Return a day of the calendar."""
    return Field(name, "day", _calendar_day, "acts-wrong-day")


def born(*, required: bool = True) -> Field:
    """Return a date of birth, or a lone year."""
    return digits("born", _birth, "acts-wrong-born", required=required, hint="acts-born-hint")


def mobile(name: str = "mobile", *, required: bool = True, hint: str = "") -> Field:
    """Return a Moroccan mobile."""
    return digits(name, Mobile.parse, "acts-wrong-mobile", required=required, hint=hint)


def telephone(*, required: bool = True) -> Field:
    """Return a Moroccan number, fixed or mobile."""
    return digits("telephone", Telephone.parse, "acts-wrong-telephone", required=required)


def rib() -> Field:
    """Return a bank account."""
    return digits("rib", BankAccount.parse, "acts-wrong-rib", required=False, hint="acts-rib-hint")


REGISTRATION_NUMBER = digits("registration-number", RegistrationNumber.parse, "acts-wrong-number", required=False)
CARD = digits("card", IdentityCardDigits.parse, "acts-wrong-card", required=False, hint="acts-card-hint")
TAX = digits("tax", TaxReference.parse, "acts-wrong-tax", required=False, hint="acts-tax-hint")
CODE = digits("code", OneTimeCode.parse, "acts-wrong-code")
POSTCODE = digits("postcode", Postcode.parse, "acts-wrong-postcode")


def ending(of: Telephone | None) -> FewDigits:
    """Return the last two digits of a number, to be said."""
    return of.ending if of else FewDigits("")
