"""What `To` and `From` of a webhook may be: E.164, local, international with 00, a short code, a SIP address.

`dialled` says which service a call is for, `caller` who calls, in E.164, unless the number is withheld.
"""

import re
from functools import cache
from urllib.parse import unquote

import phonenumbers

from backend.settings import Service, settings
from backend.values import western_digits

STAND_INS = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What Twilio gives for a withheld number: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE on a keypad."""

_HOME, _HOME_CODE = "MA", "+212"
_SIP = re.compile(r"sips?:(?:([^@?]*)@)?", re.IGNORECASE)


def dialled(to: str) -> Service:
    """Return the service that answers at `to`; an unknown number gets the vocal server."""
    return _services(settings().svi_numbers).get(_number(to), "vocal-server")


def caller(from_: str) -> str | None:
    """Return the caller's number in E.164; None where it is withheld, or can't be dialled."""
    number = _number(from_)
    parsed = _parsed(number)
    if number in STAND_INS or parsed is None or not phonenumbers.is_valid_number(parsed):
        return None
    return number


@cache
def _services(_numbers: str) -> dict[str, Service]:
    return {_number(number): service for number, service in settings().numbers.items()}


def _number(address: str) -> str:
    """Return the E.164 form of an address; of what is too short for one (a short code), its digits."""
    user = _user(address)
    parsed = _parsed(user)
    if parsed is None:
        return user
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if e164 in STAND_INS or phonenumbers.is_possible_number(parsed):
        return e164
    return e164.removeprefix(_HOME_CODE) if e164.startswith(_HOME_CODE) else user.removeprefix("+")


def _user(address: str) -> str:
    """Return the part of an address that is dialled, in Western digits: all of it, or a SIP address's user."""
    address = western_digits(address.strip())
    if sip := _SIP.match(address):
        address = unquote(sip[1] or "").partition(";")[0]
    return address.strip()


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    if not re.fullmatch(r"\+?[0-9 ().\-/\u00a0\u202f]+", number):
        return None  # a word such as `anonymous`, which libphonenumber would read as a vanity number
    try:
        return phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException:
        return None
