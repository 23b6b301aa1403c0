"""Callers who want an advisor: they wait, give up, or keep their place and are called back; some answer the survey."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from exchange.callouts import Behaviour, Does
from exchange.effects import HungUp, Key, Silence
from exchange.line import Line
from exchange.switchboard import Switchboard

RELATION_CENTRE, CALL_CENTRE, VOCAL_SERVER = "3939", "+212520194040", "+212520447100"
SHORTEST_THOUGHT, LONGEST_THOUGHT = 0.1, 0.6
"""Seconds that a caller takes to answer; what is said takes none."""
SECONDS_BETWEEN_LOOKS = 60.0

Plan = Literal["waits", "gives up", "keeps the place", "keeps the place, and hangs up at once", "hangs up in the talk"]
PLANS: dict[Plan, int] = {
    "waits": 14,
    "gives up": 2,
    "keeps the place": 1,
    "keeps the place, and hangs up at once": 1,
    "hangs up in the talk": 2,
}
"""How many of twenty callers mean to do what."""
AT_HOME: tuple[Does, ...] = ("answers", "answers", "busy", "no-answer")
"""What the phones of who keeps a place do when they are called back, in turn."""


@dataclass(frozen=True)
class Customer:
    """Somebody who calls, and what they mean to do."""

    number: str
    plan: Plan
    dialled: str
    language: str
    """The key of the menu."""
    subject: str
    """The key of the reason."""
    at_home: Does


def customers(count: int, dice: Random) -> list[Customer]:
    """Draw so many, of all plans in their proportion."""
    plans = [plan for plan, times in PLANS.items() for _ in range(times)]
    drawn = [plan for _ in range(-(-count // len(plans))) for plan in dice.sample(plans, len(plans))][:count]
    keepers = iter(range(count))
    return [
        Customer(
            f"+2126620{rank:05}",
            plan,
            dice.choice((RELATION_CENTRE, RELATION_CENTRE, CALL_CENTRE, VOCAL_SERVER)),
            dice.choice("12"),
            dice.choice("12345"),
            AT_HOME[next(keepers) % len(AT_HOME)] if plan.startswith("keeps") else "answers",
        )
        for rank, plan in enumerate(drawn)
    ]


class Phone:
    """A phone in a customer's hand, for one call: one that they make, or one that they get."""

    def __init__(self, board: Switchboard, line: Line, customer: Customer, dice: Random) -> None:
        self.line = line
        self.customer = customer
        self._board = board
        self._dice = dice
        self._queued = 0
        self.stuck = False
        """Whether nothing ended the call before the end of the test."""

    async def talks(self) -> None:
        """Do what is to be done, to the end of the call."""
        seen = 0
        while not self.line.events.closed:
            await self.line.events.wait(seen, SECONDS_BETWEEN_LOOKS)
            for seen, event in self.line.events.now(seen):
                self._meets(event)

    def _meets(self, event: dict[str, Any]) -> None:
        match event["kind"]:
            case "listening" if event["turn"] is not None:
                self._thinks(self._answers, event["question"].partition(".")[0])
            case "queued":
                self._queued += 1
                self._waits(self._queued)
            case "dequeued" if event["result"] == "leave" and self.customer.plan.endswith("at once"):
                self.line.hang_up()
            case "joined" if event["own"] and self.customer.plan == "hangs up in the talk":
                self._later(self._dice.uniform(1.5, 4), self._leaves_the_talk)

    def _waits(self, time: int) -> None:
        plan = self.customer.plan
        if plan == "gives up" or (plan == "hangs up in the talk" and time > 1):
            self._later(self._dice.uniform(0.3, 8), lambda: self._gives_up(time))
        elif plan.startswith("keeps"):
            self._later(self._dice.uniform(0.1, 1), lambda: self._presses_in_the_queue(time))

    def _answers(self, question: str) -> None:
        if self.line.listening is None or self.line.listening.question.partition(".")[0] != question:
            return
        key = self._key(question)
        self.line.will(Key(key) if key else Silence(), typed_ahead=False)
        if key is None and question == "survey" and self._dice.randrange(2):
            self.line.will(HungUp())

    def _key(self, question: str) -> str | None:
        match question:
            case "language":
                return self.customer.language
            case "reason":
                return self.customer.subject
            case "main-menu":
                return "0"
            case "self-service":
                return "2"
            case "recording":
                return self._dice.choice("12")
            case "survey" | "survey-reason":
                return self._dice.choice(("1", "2", "3", "4", "5", None))
            case _:
                return "1"

    def _waiting(self, time: int) -> bool:
        return self._queued == time and self._board.queues.waiting(self.line.call.sid) is not None

    def _gives_up(self, time: int) -> None:
        if self._waiting(time):
            self.line.hang_up()

    def _presses_in_the_queue(self, time: int) -> None:
        if self._waiting(time):
            self.line.will(Key("1"))

    def _leaves_the_talk(self) -> None:
        if self._board.conferences.of(self.line.call.sid) is not None:
            self.line.hang_up()

    def _thinks(self, act: Callable[[str], None], question: str) -> None:
        self._later(self._dice.uniform(SHORTEST_THOUGHT, LONGEST_THOUGHT), lambda: act(question))

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(seconds, act)


async def at_home(board: Switchboard, known: list[Customer], phones: list[Phone], dice: Random) -> None:
    """Answer, with the phones of those who kept a place, whoever calls back; for ever."""
    by_number = {each.number: each for each in known}
    for each in known:
        board.behaviours[each.number] = Behaviour(each.at_home, 0.0)
    seen = 0
    async with asyncio.TaskGroup() as together:
        while True:
            await board.rung.wait(seen, SECONDS_BETWEEN_LOOKS)
            for seen, sid in board.rung.now(seen):
                line = board.lines[sid]
                phones.append(Phone(board, line, by_number[line.call.to], dice))
                together.create_task(phones[-1].talks())
