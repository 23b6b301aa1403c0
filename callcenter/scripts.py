"""What an advisor says and does in a call, part by part, for its subject and for why the caller wants an advisor.

Each part is worded for its reader, the advisor; the sentence to say is in the caller's language. Texts are in
`prompts/*/console-knowledge.ftl`.
"""

from dataclasses import dataclass
from itertools import count, takewhile
from typing import Literal

from backend.values import Term
from backend.wording import Language, exists, written
from callcenter.tickets import Ticket

Name = Literal["greet", "reason", "verify", "ask", "do", "promise", "never", "close"]


@dataclass(frozen=True)
class Part:
    """One part: what to do, in the advisor's language, and what to say, in the caller's."""

    name: Name
    lines: tuple[str, ...]
    say: str | None = None


def of(ticket: Ticket, language: Language, *, asked_in: bool = False) -> list[Part]:
    """Return the script of a call in the order of the talk; `asked_in`: for who advises the colleague that has it."""
    about, reason = f"script-subject-{ticket.subject}", f"script-reason-{ticket.reason}"
    asks, does = (_numbered(f"{about}.{name}", language) for name in ("ask", "do"))
    return [
        _spoken("greet", _greeting(ticket, asked_in=asked_in), ticket, language),
        *([_spoken("reason", reason, ticket, language)] if exists(language, reason) else []),
        _spoken("verify", f"script-verify-{'proved' if ticket.identified else 'stranger'}", ticket, language),
        Part("ask", asks, written(ticket.language, f"{about}.say")),
        Part("do", does),
        Part("promise", (written(language, f"{about}.promise"),)),
        Part("never", (written(language, f"{about}.never"),)),
        _spoken("close", "script-close", ticket, language),
    ]


def _greeting(ticket: Ticket, *, asked_in: bool) -> str:
    if asked_in or ticket.kind == "consult":
        return "script-greet-consult"
    if ticket.tier in {"returned", "transferred"}:
        return f"script-greet-{ticket.tier}"
    return "script-greet-callback" if ticket.kind == "callback" else "script-greet"


def _spoken(name: Name, message: str, ticket: Ticket, language: Language) -> Part:
    values = {"subject": Term(f"subject-{ticket.subject}")} if message == "script-greet" else {}
    return Part(name, (written(language, message),), written(ticket.language, f"{message}.say", **values))


def _numbered(message: str, language: Language) -> tuple[str, ...]:
    found = takewhile(lambda each: exists(language, each), (f"{message}-{number}" for number in count(1)))
    return tuple(written(language, each) for each in found)
