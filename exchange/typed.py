"""What is typed at the phone in the terminal, and what it means."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from exchange.gathers import KEYS

HELP = """\
1, 123456789#    press keys
:oui             say "oui"; `:oui ~0.6` is recognised with confidence 0.6
(empty line)     stay silent until the question gives up
h                hang up; where the phone rings: do not answer
stay             where the call waits in a queue: stay until it is out of it
wait             stay when this call is over, until the phone rings
a, (empty line)  where the phone rings: pick it up
sms              show the SMS that arrived
who, who ar      show whom to call as, in French or in Arabic
?                this help
{code}           in keys: the first six figures in a row of the newest SMS not used yet
{sms:REGEX}      in keys: what REGEX (its group, if it has one) finds in the newest SMS that fits
A script goes on to its next line when the exchange listens, when somebody is or speaks on the line, and
when the phone rings; {code} waits for an SMS to arrive.
At the end of a script the caller hangs up."""

COMMANDS = {"?": "help", "a": "pick-up", **{name: name for name in ("help", "sms", "who", "who ar", "wait", "stay")}}
CONFIDENCE = re.compile(r"(?P<words>.*?)\s*~(?P<confidence>0?\.\d+|[01])")
PLACEHOLDER = re.compile(r"\{code\}|\{sms:(?P<pattern>.+)\}")
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)|\d{6}")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that the caller does: the last part of the phone's URL, and what is sent to it."""

    name: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """Something asked of the phone itself: `help`, `sms`, `who` (French), `who ar`, `wait` or `pick-up`."""

    name: str


@dataclass(frozen=True, slots=True)
class Nonsense:
    """A line that means nothing."""

    line: str


Meaning: TypeAlias = Deed | Command | Nonsense


def meaning(line: str) -> Meaning:
    """Understand a line whose placeholders are filled in."""
    match _western(line.strip()):
        case "":
            return Deed("silence", {})
        case "h":
            return Deed("hangup", {})
        case command if command in COMMANDS:
            return Command(COMMANDS[command])
        case speech if speech.startswith(":") and speech[1:].strip():
            return _speech(speech[1:].strip())
        case keys if set(keys.replace(" ", "")) <= set(KEYS):
            return Deed("keys", {"keys": keys.replace(" ", "")})
        case other:
            return Nonsense(other)


def _western(line: str) -> str:
    """Return figures of other scripts as a keypad has them, unless the line is speech."""
    if line.startswith(":"):
        return line
    return "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in line)


def _speech(words: str) -> Deed:
    if found := CONFIDENCE.fullmatch(words):
        return Deed("speech", {"text": found["words"], "confidence": float(found["confidence"])})
    return Deed("speech", {"text": words})


def wanted(line: str) -> re.Pattern[str] | None:
    """Say what a line's placeholder looks for in an SMS; None without one.

    Raises `re.error` for a bad expression.
    """
    found = PLACEHOLDER.search(line)
    if found is None:
        return None
    return re.compile(found["pattern"]) if found["pattern"] else CODE


def newest(pattern: re.Pattern[str], bodies: Sequence[str]) -> str | None:
    """Find the newest text that fits, and return its group or the whole match."""
    for body in reversed(bodies):
        if found := pattern.search(body):
            return found[1] if pattern.groups else found[0]
    return None


def filled(line: str, value: str) -> str:
    """Put a value in the place of a line's placeholder."""
    return PLACEHOLDER.sub(lambda _: value, line, count=1)
