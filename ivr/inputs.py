"""What may be keyed in answer to a question, and the value it becomes.

A question listens through a `Choices` (a menu, one key) or an `Entry` (digits). Either reads a `Reply` into an
`Answer`, canonical and ready for the journal, or into one of the signs below that the engine acts on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from backend.errors import BadInputError
from backend.values import (
    BankAccount,
    BirthDate,
    IdentityCardDigits,
    Mobile,
    OneTimeCode,
    TaxReference,
    Telephone,
    western_digits,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    """What the carrier heard: keys, without the one that ended them; that key; speech."""

    keys: str = ""
    ended_by: str = ""
    speech: str = ""


@dataclass(frozen=True)
class Answer:
    """An accepted answer in canonical form."""

    value: str


class Sign(Enum):
    """What a reply is when it is no answer."""

    SILENCE = "silence"
    WRONG = "wrong"
    REPEAT = "repeat"  # `*` in a menu
    RESTART = "restart"  # `*` after some digits
    HABIT = "habit"  # a `#` pressed by habit after the entry before
    HELP = "help"  # `*` alone in an entry
    BACK = "back"  # `#` in a menu
    ADVISOR = "advisor"  # `0` in a menu
    FAILURE = "failure"  # not the caller's: the program failed at this question, three times


@dataclass(frozen=True)
class Gathering:
    """How the carrier collects: digits at most, the key that ends them, seconds of silence."""

    digits: int | None
    end_key: str
    timeout: int


@dataclass(frozen=True)
class Choices:
    """A menu: key → the choice's name, which is what the journal keeps."""

    names: Mapping[str, str]
    gathering = Gathering(digits=1, end_key="", timeout=6)
    fixed = False

    def read(self, reply: Reply, *, after_entry: bool) -> Answer | Sign:
        """Return the choice, or what the reply is instead; `after_entry`: a `#` here may be a habit."""
        key = western_digits(reply.keys.strip()) or reply.ended_by
        if key in self.names:
            return Answer(self.names[key])
        signs = {"": Sign.SILENCE, "0": Sign.ADVISOR, "*": Sign.REPEAT, "#": Sign.BACK}
        sign = signs.get(key, Sign.WRONG)
        if sign is Sign.SILENCE and reply.speech:
            return Sign.WRONG
        return Sign.HABIT if sign is Sign.BACK and after_entry else sign

    def parse(self, value: str) -> str:
        """Return a choice read from the journal. Raises BadInputError where the menu no longer has it."""
        if value not in self.names.values():
            raise BadInputError(f"{value!r} is no longer a choice")
        return value


@dataclass(frozen=True)
class Entry(Generic[T]):
    """Digits that become a `T`. Of fixed length (`digits`), or varying and ended by `#`."""

    parse: Callable[[str], T]
    digits: int | None = None
    end_key: str = "*"
    timeout: int = 10

    @property
    def gathering(self) -> Gathering:
        """How the carrier collects it."""
        return Gathering(self.digits, self.end_key, self.timeout)

    @property
    def fixed(self) -> bool:
        """Whether it ends by itself, so that callers press a needless `#` after it."""
        return self.digits is not None

    def read(self, reply: Reply, *, after_entry: bool) -> Answer | Sign:
        """Return the entry in canonical form, or what the reply is instead."""
        keyed = western_digits(reply.keys).strip() + (reply.ended_by if reply.ended_by == "*" else "")
        if keyed in {"", "#"} and (keyed or reply.ended_by == "#"):
            return Sign.HABIT if after_entry else Sign.WRONG
        if not keyed:
            return Sign.WRONG if reply.speech else Sign.SILENCE
        if keyed == "*":
            return Sign.HELP
        if after_entry and self.end_key != "#" and keyed.startswith("#"):
            return Sign.HABIT
        return self._value(keyed, reply)

    def _value(self, keyed: str, reply: Reply) -> Answer | Sign:
        _, star, digits = keyed.rpartition("*")
        cut_short = star and self.fixed and reply.ended_by != "#"
        if (star and not digits) or cut_short:
            return Sign.RESTART
        try:
            return Answer(str(self.parse(digits.strip("#"))))
        except BadInputError:
            return Sign.WRONG


identity_card = Entry(IdentityCardDigits.parse, end_key="#", timeout=4)
birth_date = Entry(BirthDate.parse, digits=8, end_key="#")
one_time_code = Entry(OneTimeCode.parse, digits=6, timeout=45)
tax_reference = Entry(TaxReference.parse, digits=4)
moroccan_mobile = Entry(Mobile.parse, digits=10)
rib = Entry(BankAccount.parse, digits=24)
telephone = Entry(Telephone.parse, digits=10)
