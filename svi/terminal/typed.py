"""What is typed: a key, an English name or a word of the language, then what it is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from backend.wording import Language, written

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "ready": "r",
        "unready": "n",
        "accept": "a",
        "reject": "x",
        "hold": "h",
        "resume": "g",
        "end": "e",
        "transfer": "t",
        "ask": "k",
        "complete": "c",
        "drop": "d",
        "wrap": "w",
        "note": "b",
        "status": "s",
        "queue": "q",
        "listen": "l",
        "whisper": "p",
        "join": "j",
        "leave": "v",
        "move": "m",
        "out": "o",
        "help": "?",
    }
)
"""What can be done, by its name in scripts, and its key: the same in each language."""
SPEECH, WAIT, NOTHING = "say", "wait", "nothing"
OF_SUPERVISORS = frozenset({"queue", "listen", "whisper", "join", "leave", "move"})
IN_A_TALK = frozenset({SPEECH, "hold", "resume", "end", "transfer", "ask", "complete", "drop"})
COMMA = re.compile("[,،]")


@dataclass(frozen=True)
class Typed:
    """A line that means something: what to do, and the rest of the line."""

    name: str
    rest: str = ""


def meaning(language: Language, line: str) -> Typed | None:
    """Understand a line; None for a word that is not known. A number alone is a result of the wrap-up."""
    line = line.strip()
    if line.startswith(":"):
        return Typed(SPEECH, line[1:].strip())
    if line[:1].isdecimal():
        return Typed("wrap", line)
    words = _words(language)
    first, _, rest = line.partition(" ")
    for head, tail in ((line, ""), (first, rest), _two(line)):
        if name := words.get(head.casefold()):
            return Typed(name, tail.strip())
    return None


def spellings(language: Language, name: str) -> list[str]:
    """Return the words for something that can be done, the one that is shown first."""
    return [word.strip() for word in COMMA.split(written(language, f"console-do-{name}"))]


def _two(line: str) -> tuple[str, str]:
    parts = line.split(" ", 2)
    return " ".join(parts[:2]), "".join(parts[2:])


@cache
def _words(language: Language) -> Mapping[str, str]:
    found = {WAIT: WAIT}
    for name, key in KEYS.items():
        found |= {word.casefold(): name for word in (*spellings(language, name), name, key)}
    return found
