"""The telephone of a terminal: a leg to the exchange, held by its HTTP, as a browser's phone is a leg to the carrier.

It dials in with the offer that it comes for (`/voice/agent`), says what is typed, and hears what the others say.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import requests

from backend import log
from callcenter import agents
from callcenter.desk import Desk
from svi.terminal.screen import Line, line

SECONDS = 5.0
REDIAL_SECONDS = 2.0
PATIENCE = 40.0  # longer than the exchange lets us wait for events
_log = log.get("terminal")


@dataclass(frozen=True)
class Outlet:
    """Where a telephone is plugged in: the exchange's URL, and what proves to it whose telephone it is."""

    url: str
    identity_token: str


@dataclass(frozen=True)
class Visit:
    """Why a leg dials in: for the offer of one's own call, or, by `mode`, to be in another's."""

    offer: int
    mode: str = ""


@dataclass(frozen=True)
class Heard:
    """Words of somebody else in the conference: `caller`, or `advisor-7`."""

    who: str
    text: str


@dataclass
class Leg:
    """One call to the exchange, until it is over."""

    url: str
    visit: Visit
    stirred: threading.Event
    heard: deque[Heard] = field(default_factory=deque)
    others: int = 0
    joined: bool = False
    announced: bool = False
    over: bool = False

    def __post_init__(self) -> None:
        self.follower = threading.Thread(target=self._follow, name="leg", daemon=True)
        self.follower.start()

    def _follow(self) -> None:
        """Read what happens, to the end."""
        after = 0
        while not self.over:
            try:
                answer = requests.get(f"{self.url}/events", params={"after": after}, timeout=PATIENCE)
                answer.raise_for_status()
                news = answer.json()
            except (requests.RequestException, ValueError) as error:
                _log.warning("leg.lost", error=type(error).__name__)
                news = {"events": [], "over": True}
            for event in news["events"]:
                after = event["id"]
                self._note(event)
            self.over = bool(news["over"])
            self.stirred.set()

    def _note(self, event: dict[str, Any]) -> None:
        match event["kind"]:
            case "heard":
                self.heard.append(Heard(str(event["who"]), str(event["text"])))
            case "joined" | "left":
                self.others = len(event["others"])
                self.joined = self.joined or (event["kind"] == "joined" and event["own"])
            case "ended":
                self.over = True

    def say(self, text: str) -> None:
        """Let the others hear words. Raises requests.RequestException."""
        requests.post(f"{self.url}/speech", json={"text": text}, timeout=SECONDS).raise_for_status()

    def hang_up(self) -> None:
        """Put the receiver down; one that is over stays so. Raises requests.RequestException."""
        if not self.over:
            requests.post(f"{self.url}/hangup", timeout=SECONDS)


class Phone:
    """An advisor's telephone: its leg is where their call is, or the talk that a supervisor attends, nowhere else."""

    def __init__(self, outlet: Outlet, advisor: int, stirred: threading.Event) -> None:
        self.leg: Leg | None = None
        self.visit: Visit | None = None
        """The talk of somebody else that a supervisor attends."""
        self._calls = f"{outlet.url.rstrip('/')}/phone/calls"
        self._token = outlet.identity_token
        self._advisor = advisor
        self._stirred = stirred
        self._dialled_at = 0.0

    @property
    def attends(self) -> bool:
        """Whether a supervisor is in somebody else's talk."""
        return self.visit is not None and self.leg is not None and self.leg.visit == self.visit and self.leg.joined

    def keep(self, now: Desk) -> Iterator[Line]:
        """Hang up or dial in, as what is before the advisor asks for. Raises requests.RequestException."""
        wanted, leg = self._wanted(now), self.leg
        if self.attends and leg and not leg.announced:
            leg.announced = True
            yield line("console-attending", "bold green")
        if leg and leg.over:
            self.leg = None
            if leg.visit == self.visit:
                self.visit = wanted = None
                yield line("console-attended", "yellow")
            elif leg.visit == wanted:
                yield line("console-line-cut" if leg.joined else "console-line-refused", "red")
        elif leg and leg.visit != wanted:
            leg.hang_up()
        if self.leg is None and wanted and time.monotonic() >= self._dialled_at + REDIAL_SECONDS:
            self._dialled_at = time.monotonic()
            self.leg = self._dial(wanted)

    def heard(self) -> Iterator[Heard]:
        """Give what the others said since."""
        while self.leg and self.leg.heard:
            yield self.leg.heard.popleft()

    def say(self, text: str) -> bool:
        """Let the others hear words; say whether there is anybody. Raises requests.RequestException."""
        if self.leg is None or not self.leg.others:
            return False
        self.leg.say(text)
        return True

    def close(self) -> None:
        """Hang up for good; an exchange that is away is left alone."""
        if self.leg:
            with suppress(requests.RequestException):
                self.leg.hang_up()
            self.leg.follower.join(SECONDS)

    def _wanted(self, now: Desk) -> Visit | None:
        ticket = now.ticket
        if ticket and ticket.state in {"accepted", "talking"} and ticket.advisor == self._advisor and ticket.offer:
            return Visit(ticket.offer)
        return self.visit

    def _dial(self, visit: Visit) -> Leg:
        sent = {"offer": str(visit.offer)} | ({"mode": visit.mode} if visit.mode else {})
        who = {"from": f"client:{agents.identity(self._advisor)}", "identity_token": self._token}
        answer = requests.post(self._calls, json={**who, "parameters": sent, "pace": 0}, timeout=SECONDS)
        answer.raise_for_status()
        return Leg(f"{self._calls}/{answer.json()['sid']}", visit, self._stirred)
