"""Callers who register by telephone, whatever happens to the servers meanwhile, and what they went through."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Literal, NamedTuple

from bench.people import lines
from exchange.effects import HungUp, Key
from exchange.line import Line
from exchange.switchboard import Switchboard
from exchange.walker import APOLOGY

NUMBER = "+212520447100"
SHORTEST_THOUGHT, LONGEST_THOUGHT = 0.2, 1.0
"""Seconds that a caller takes to answer; what is said takes none."""
SECONDS_FOR_A_CODE, SECONDS_FOR_THE_LAST = 12.0, 40.0
"""How long a caller waits for the SMS before asking for another code; for the last that may be asked for, longer."""
CODES = 3
SECONDS_WITHOUT_A_WORD = 60.0
LEAVES_ONE_IN = 8
THANKS = "Merci de votre appel"
SPOKEN_NUMBER = re.compile(r"\d(?:,? \d){8}")

How = Literal["registered", "advisor", "hung up", "cut off"]


class Person(NamedTuple):
    """Somebody whose registration is pending."""

    card: str
    born: str
    mobile: str


def people(file: Path, count: int) -> list[Person]:
    """Write a liaison body's list, and return those of it who can be sent a code, each with a number of their own."""
    rows = list(lines(count))
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    by_mobile = {row[7]: row for row in (line.split(",") for line in rows[1:]) if row[7]}
    return [Person(row[0][2:], "".join(reversed(row[5].split("-"))), mobile) for mobile, row in by_mobile.items()]


@dataclass
class Made:
    """A call, as its caller remembers it."""

    person: Person
    sid: str
    how: How = "cut off"
    prompted: bool = True
    """Did every answer meet with a next prompt?"""
    numbers: set[str] = field(default_factory=set)
    """The registration numbers heard."""
    codes: int = 0
    """How many codes were asked for."""
    longest_wait: float = 0.0
    """Seconds from an answer to the next question, at the longest."""
    answered: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


async def call(switchboard: Switchboard, person: Person, dice: Random) -> Made:
    """Make a call and remember it. One caller in eight hangs up before paying."""
    inbox = len(switchboard.messages.inbox)
    leaves = dice.randrange(LEAVES_ONE_IN) == 0
    line = switchboard.dial(person.mobile, NUMBER, pace=0.0)
    made = Made(person, line.call.sid)
    async for question in _questions(line, made):
        await asyncio.sleep(dice.uniform(SHORTEST_THOUGHT, LONGEST_THOUGHT))
        if leaves and question == "payment":
            made.how = "hung up"
            line.will(HungUp())
            continue
        keys = _keys(question, person)
        if question == "code":
            last = made.codes >= CODES
            patience = SECONDS_FOR_THE_LAST if last else SECONDS_FOR_A_CODE
            keys = await _code(switchboard, person, inbox, patience) or ("" if last else "*")
        made.answered.append(question)
        made.codes += question in {"birth-date", "code-help"}
        line.will(*(Key(key) for key in keys), typed_ahead=False)
    _judge(made)
    return made


def _keys(question: str, person: Person) -> str:
    match question:
        case "language" | "payment" | "anything-else":
            return "2"
        case "identity-card":
            return f"{person.card}#"
        case "birth-date":
            return person.born
        case _:
            return "1"


async def _code(switchboard: Switchboard, person: Person, after: int, patience: float) -> str | None:
    """Wait for a code, and return the newest; None where none comes."""
    inbox = switchboard.messages.inbox
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while True:
                mine = (message.body for _, message in inbox.now(after) if message.to == person.mobile)
                if codes := [found[0] for body in mine if (found := re.match(r"\d{6}\b", body))]:
                    return codes[-1]
                await inbox.wait(len(inbox), patience)
    return None


async def _questions(line: Line, made: Made) -> AsyncIterator[str]:
    """Give the questions that the caller is to answer, until the call is over."""
    seen, did = 0, 0
    while not line.events.closed:
        await line.events.wait(seen, SECONDS_WITHOUT_A_WORD)
        events = list(line.events.now(seen))
        for _, event in events:
            did = _remember(made, event, did)
        seen += len(events)
        if not events and not line.events.closed:
            made.prompted = False
            line.hang_up()
        elif line.listening and events[-1][1]["kind"] == "listening":
            yield line.listening.question.partition(".")[0]


def _remember(made: Made, event: dict[str, Any], did: int) -> int:
    match event["kind"]:
        case "did":
            return int(event["at"])
        case "said":
            made.said.append(event["text"])
            made.prompted &= event["text"] != APOLOGY
            made.numbers |= {re.sub(r"\D", "", number) for number in SPOKEN_NUMBER.findall(event["text"])}
        case "listening" | "ended" if did:
            made.longest_wait = max(made.longest_wait, (event["at"] - did) / 1000)
    return did


def _judge(made: Made) -> None:
    """Say how a call ended, by the last question answered and the last words."""
    last = made.answered[-1] if made.answered else None
    if made.how != "hung up" and made.prompted and THANKS in made.said[-1]:
        ends: dict[str | None, How] = {"anything-else": "registered", "callback-half-day": "advisor"}
        made.how = ends.get(last, "cut off")
