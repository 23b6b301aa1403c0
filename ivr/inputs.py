"""What may be keyed or spoken in answer to a question, and the value it becomes.

A question listens through a `Choices` (a menu, one key) or an `Entry` (digits). Either reads a `Reply` into an
`Answer`, canonical and ready for the journal, or into a `Sign` that the engine acts on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Literal, TypeVar

from backend.errors import BadInputError
from backend.values import (
    BankAccount,
    BirthDate,
    FileNumber,
    IdentityCardDigits,
    Mobile,
    OneTimeCode,
    Postcode,
    RegistrationNumber,
    TaxReference,
    Telephone,
    calendar_day,
    parsed,
    western_digits,
)
from ivr.hearing.numbers import Spoken, card, figures
from ivr.hearing.numbers import birth_date as date_said

T_co = TypeVar("T_co", covariant=True)
UNKNOWN_CONFIDENCE = 0.6  # what one that is missing or absurd counts as


@dataclass(frozen=True)
class Reply:
    """What the carrier heard: keys, with or without the one that ended them; that key; speech."""

    keys: str = ""
    ended_by: str = ""
    speech: str = ""
    timed_out: bool = False  # the carrier says that no key ended the entry; False where it says nothing
    confidence: float | None = None  # of the recogniser in what it wrote, 0 to 1

    @property
    def keyed(self) -> str:
        """All keys, the last one included; it may stand there twice, which changes no reading below."""
        return "".join(western_digits(self.keys + self.ended_by).split())

    @property
    def certainty(self) -> float:
        """How far the recogniser is to be believed; 0.0 is how Google's says that it doesn't know."""
        given = self.confidence
        return given if given is not None and 0 < given <= 1 else UNKNOWN_CONFIDENCE


@dataclass(frozen=True)
class Answer:
    """An accepted answer in canonical form."""

    value: str


class Sign(Enum):
    """What a reply is when it is no answer; the value names it in journals and statistics."""

    SILENCE = "silence"
    WAITING = "waiting"  # a silence while something is on its way
    WRONG = "wrong"
    EMPTY = "empty"  # `#` alone in an entry: wrong as well
    REPEAT = "repeat"  # `*` in a menu
    RESTART = "restart"  # `*` after some digits
    HABIT = "habit"  # a `#` pressed by habit after the entry before
    HELP = "help"  # `*` alone in an entry
    NOT_KNOWN = "not-known"  # `#` alone in an entry that a caller need not know
    BACK = "back"  # `#` in a menu
    ADVISOR = "asked"  # `0` in a menu
    FAILURE = "failure"  # not the caller's: the program failed at this question, three times
    MISHEARD = "misheard"  # "no", when an answer by voice was said back: a wrong answer to the question itself
    ENDLESS = "endless"  # the call has had more turns than any sensible one

    @property
    def ladder(self) -> Literal["silence", "wrong", "uncounted"]:
        """Which of a question's ladders it climbs."""
        match self:
            case Sign.SILENCE:
                return "silence"
            case Sign.WRONG | Sign.EMPTY | Sign.MISHEARD:
                return "wrong"
        return "uncounted"


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
        key = reply.keyed.rstrip("#") or reply.keyed[:1]
        match key:
            case _ if key in self.names:
                return Answer(self.names[key])
            case "":
                return Sign.WRONG if reply.speech else Sign.SILENCE
            case "0":
                return Sign.ADVISOR
            case "*":
                return Sign.REPEAT
            case "#":
                return Sign.HABIT if after_entry else Sign.BACK
        return Sign.WRONG

    def parse(self, value: str) -> str:
        """Return a choice read from the journal. Raises BadInputError where the menu no longer has it."""
        if value not in self.names.values():
            raise BadInputError(f"{value!r} is no longer a choice")
        return value


@dataclass(frozen=True)
class Waiting(Choices):
    """A place in the advisors' queue: what settles the question is the queue's news, by its name, not a key."""

    ticket: int = 0
    room: str | None = None  # of the conference in which the advisor is already

    def read(self, reply: Reply, *, after_entry: bool) -> Answer | Sign:  # noqa: ARG002 nothing is gathered
        """Return that the place is to be said again: no reply answers this."""
        return Sign.REPEAT


@dataclass(frozen=True)
class Entry(Generic[T_co]):
    """Digits that become a value. Of fixed length (`digits`), or varying and ended by `#`.

    `spoken` reads what was said into what would have been keyed; without it, only keys are listened to.
    """

    parse: Callable[[str], T_co]
    digits: int | None = None
    end_key: str = "*"
    timeout: int = 10
    spoken: Spoken | None = None
    example: str = ""  # what `ivr.diagram` keys
    known: bool = True  # False: `#` alone says "I don't know it"

    @property
    def gathering(self) -> Gathering:
        """How the carrier collects it."""
        return Gathering(self.digits, self.end_key, self.timeout)

    @property
    def fixed(self) -> bool:
        """Whether it ends by itself, so that callers press a needless `#` after it."""
        return self.digits is not None

    def read(self, reply: Reply, *, after_entry: bool) -> Answer | Sign:
        """Return the entry in canonical form, or what the reply is instead. What follows the last `*` counts."""
        keyed = reply.keyed
        if not keyed:
            return Sign.WRONG if reply.speech else Sign.SILENCE
        _, star, last = keyed.rpartition("*")
        if not keyed.strip("*#"):
            nothing = Sign.EMPTY if self.known else Sign.NOT_KNOWN
            return Sign.HELP if star else Sign.HABIT if after_entry else nothing
        digits = last.strip("#")
        if not digits or (star and self._cut_short(last)):
            return Sign.RESTART
        hesitated = self.digits is not None and len(digits) < self.digits and reply.timed_out
        value = parsed(self.parse, digits) if digits.isdecimal() and not hesitated else None
        if value is not None:
            return Answer(str(value))
        return Sign.HABIT if after_entry and keyed.startswith("#") else Sign.WRONG

    def _cut_short(self, last: str) -> bool:
        """Whether the digits before a `*` left too little room: the carrier counts them all, and ends the entry."""
        return self.digits is not None and len(last) < self.digits and not last.endswith("#")


identity_card = Entry(IdentityCardDigits.parse, end_key="#", timeout=4, spoken=card, example="482913")
registration_number = Entry(RegistrationNumber.parse, digits=9, spoken=figures, example="104228815")
birth_date = Entry(BirthDate.parse, digits=8, end_key="#", spoken=date_said, example="14031988")
calendar_date = Entry(calendar_day, digits=8, spoken=date_said, example="04032024")
one_time_code = Entry(OneTimeCode.parse, digits=6, timeout=45, example="123456")
tax_reference = Entry(TaxReference.parse, digits=4, example="7710")
moroccan_mobile = Entry(Mobile.parse, digits=10, spoken=figures, example="0661000102")
postcode = Entry(Postcode.parse, digits=5, spoken=figures, example="20000")
rib = Entry(BankAccount.parse, digits=24, example="230810000123456789012321")
telephone = Entry(Telephone.parse, digits=10, spoken=figures, example="0520191404")
file_number = Entry(FileNumber.parse, end_key="#", spoken=figures, example="24031800417")
