"""A call centre for tests, in this process: the web application over HTTP, the exchange, the clock.

caller = centre.calls("+212661000777"); caller.keys("2"); caller.hears("survey")
samira = centre.advisor("s.alami"); samira.types("ready"); samira.shows("Un appel pour vous")
"""

import io
import os
import pty
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import pytest
import requests
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from backend.wording import Language
from backend.work import Actor, begin
from callcenter import agents, presence
from callcenter.agents import Role
from callcenter.routing import SUBJECTS, Level, Subject
from exchange.server import serving
from exchange.signing import identity_token
from exchange.switchboard import Account
from svi import clock, web
from svi.terminal.phone import Outlet
from svi.terminal.program import Terminal
from svi.terminal.screen import Screen
from tests.waiting import PATIENCE, eventually

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLL_SECONDS = 0.05
NUMBER = "+212520447100"


class Caller:
    """A telephone of the exchange, in a caller's hand."""

    def __init__(self, exchange: str, sid: str) -> None:
        self.sid = sid
        self.url = f"{exchange}/phone/calls/{sid}"
        self.events: list[dict[str, Any]] = []
        self._seen = self._answered = 0

    def does(self, deed: str, **body: Any) -> Self:
        """Act."""
        assert requests.post(f"{self.url}/{deed}", json=body, timeout=PATIENCE).status_code == 204
        return self

    def keys(self, *keys: str) -> Self:
        """Press keys, each at the next question that listens."""
        for each in keys:
            self._waits_for("listening", {}, self._answered)
            self._answered = len(self.events)
            self.does("keys", keys=each)
        return self

    def says(self, text: str) -> Self:
        """Speak."""
        return self.does("speech", text=text)

    def hangs_up(self) -> Self:
        """Put the receiver down."""
        return self.does("hangup")

    def meets(self, kind: str, **facts: Any) -> Self:
        """Wait for something to happen on the line, after what was waited for last."""
        self._seen = self._waits_for(kind, facts, self._seen)
        return self

    def asked(self, question: str) -> Self:
        """Wait for a question, to be answered next."""
        self._waits_for("listening", {"question": question}, self._answered)
        return self

    def hears(self, fragment: str) -> Self:
        """Wait for words, of the service or of somebody in the conference."""
        eventually(lambda: self._hears(fragment), lambda: f"{fragment!r}; there is {self.log()}")
        return self

    def log(self) -> list[str]:
        """Return what happened, in short."""
        kept = ("text", "question", "who", "status", "result", "path")
        return [" ".join([each["kind"], *(str(each[name]) for name in kept if name in each)]) for each in self.events]

    def _read(self) -> None:
        query = {"after": str(len(self.events)), "wait": "0"}
        news = requests.get(f"{self.url}/events", params=query, timeout=PATIENCE).json()
        self.events += news["events"]

    def _waits_for(self, kind: str, facts: dict[str, Any], after: int) -> int:
        """Wait for an event after a number, and return its own."""
        eventually(lambda: self._find(kind, facts, after), lambda: f"{kind} {facts}; there is {self.log()}")
        return self._find(kind, facts, after) or after

    def _find(self, kind: str, facts: dict[str, Any], after: int) -> int | None:
        self._read()
        found = (number for number, event in enumerate(self.events, 1) if event["kind"] == kind and number > after)
        return next((number for number in found if self.events[number - 1].items() >= facts.items()), None)

    def _hears(self, fragment: str) -> bool:
        self._read()
        said = [each for each in self.events if each["kind"] in {"said", "heard"}]
        return any(fragment in each["text"] for each in said)


class Seat:
    """An advisor at a terminal, which runs in a thread of its own."""

    def __init__(self, centre: "Centre", login: str, language: Language, *, interactive: bool) -> None:
        with begin(Actor("command", "test")) as work:
            self.id = presence.sign_in(work, login).id
        here, there = pty.openpty() if interactive else os.pipe()[::-1]
        self._keyboard = os.fdopen(here, "w", buffering=1, encoding="utf-8")
        self._paper = io.StringIO()
        screen = Screen(self._paper, language)
        outlet = Outlet(centre.exchange, identity_token(centre.auth_token, agents.identity(self.id)))
        self._stdin = os.fdopen(there, encoding="utf-8")
        self.terminal = Terminal(self.id, outlet, screen, self._stdin, patience=PATIENCE)
        self.code: int | None = None
        self._seen = 0
        self._thread = threading.Thread(target=self._run, name=login)
        self._thread.start()

    def types(self, *lines: str) -> Self:
        """Type lines."""
        for line in lines:
            print(line, file=self._keyboard)
        return self

    def shows(self, *fragments: str) -> Self:
        """Wait for words on the screen, each after the one before."""
        for fragment in fragments:
            eventually(partial(self._shown, fragment), lambda: f"{fragments}; there is\n{self.screen}")
            self._seen = self.screen.index(fragment, self._seen) + len(fragment)
        return self

    @property
    def screen(self) -> str:
        """All that was shown."""
        return self._paper.getvalue()

    @property
    def state(self) -> str:
        """The advisor's state, by the database."""
        with begin(Actor("command", "test")) as work:
            return agents.require(work, self.id).state

    def dies(self) -> None:
        """End as by kill -9, its leg cut by the network."""
        leg = self.terminal.phone.leg
        self.terminal._code = 137
        self._keyboard.close()
        self._thread.join()
        if leg:
            leg.hang_up()
            leg.follower.join(PATIENCE)

    def ends(self) -> int | None:
        """Type nothing more, and return the terminal's code."""
        self._keyboard.close()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), self.screen
        return self.code

    def leaves(self) -> None:
        """End, whatever there is."""
        self.terminal.close()
        self._keyboard.close()
        self._thread.join(PATIENCE)
        self.terminal.lines.reader.join(PATIENCE)
        self._stdin.close()

    def _shown(self, fragment: str) -> bool:
        return fragment in self.screen[self._seen :]

    def _run(self) -> None:
        self.code = self.terminal.run()


class Centre:
    """Everything that runs."""

    def __init__(self, exchange: str, auth_token: str) -> None:
        self.exchange = exchange
        self.auth_token = auth_token
        self.seats: list[Seat] = []

    def hires(
        self,
        login: str,
        languages: Sequence[Language] = ("fr", "ar"),
        skills: dict[Subject, Level] | None = None,
        role: Role = "advisor",
        name: str = "",
    ) -> int:
        """Open an account; without skills, an expert in all."""
        expert: dict[Subject, Level] = dict.fromkeys(SUBJECTS, 3)
        with begin(Actor("command", "test")) as work:
            return agents.add(work, login, name or login.title(), languages, skills or expert, role).id

    def advisor(self, login: str, language: Language = "fr", *, interactive: bool = False) -> Seat:
        """Sit down at a terminal; by default its lines wait for their moment, as a script's do."""
        seat = Seat(self, login, language, interactive=interactive)
        self.seats.append(seat)
        return seat

    def calls(self, from_: str = "+212661000777", to: str = NUMBER) -> Caller:
        """Dial a number."""
        wish: dict[str, Any] = {"from": from_, "to": to, "pace": 0}
        return Caller(
            self.exchange, requests.post(f"{self.exchange}/phone/calls", json=wish, timeout=PATIENCE).json()["sid"]
        )

    def called(self, number: str) -> Caller:
        """Wait until a number is called, and pick up."""
        ringing = eventually(lambda: self._ringing(number), lambda: f"nobody calls {number}")
        return Caller(self.exchange, ringing[0]["sid"]).does("pick-up", pace=0)

    def _ringing(self, number: str) -> list[dict[str, str]]:
        found = requests.get(f"{self.exchange}/phone/ringing", params={"number": number}, timeout=PATIENCE).json()
        return list(found["ringing"])

    def is_busy(self, number: str) -> None:
        """Have a number be busy from now on."""
        answer = requests.put(f"{self.exchange}/phone/numbers/{number}", json={"behaviour": "busy"}, timeout=PATIENCE)
        answer.raise_for_status()


class _Server(ThreadedWSGIServer):
    daemon_threads = False  # each request is waited for at the end


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 werkzeug's name
        """Say nothing."""


@contextmanager
def running(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, forget: Callable[[], None]
) -> Iterator[Centre]:
    """Run a call centre until the end of the test; `forget` has its settings read anew."""
    made: list[WSGIApplication] = []  # once the exchange has an address

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        return made[0](environ, start_response)

    server = _Server("127.0.0.1", 0, answer, _Quiet)
    origin = f"http://127.0.0.1:{server.port}"
    account = Account(
        sid=environment["TWILIO_ACCOUNT_SID"],
        auth_token=environment["TWILIO_AUTH_TOKEN"],
        numbers=(NUMBER, "3939"),
        voice_url=f"{origin}/voice/incoming",
        fallback_url=f"{origin}/voice/fallback",
        status_url=f"{origin}/voice/status",
        client_url=f"{origin}/voice/agent",
    )
    with ExitStack() as stack:
        exchange = stack.enter_context(serving(account))
        for name, value in {"TWILIO_API_BASE": exchange, "SVI_PUBLIC_URL": origin, "SVI_OPEN": "always"}.items():
            monkeypatch.setenv(name, value)
        forget()
        made.append(web.create_app())
        stop = threading.Event()
        threads = [
            threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), name="web"),
            threading.Thread(target=clock.keep, args=(clock.urgent_duties(), stop), name="urgent"),
            threading.Thread(target=clock.keep, args=(clock.carrier_duties(), stop), name="carrier"),
            threading.Thread(target=clock.keep, args=(clock.duties(), stop), name="clock"),
        ]
        for thread in threads:
            thread.start()
        centre = Centre(exchange, account.auth_token)
        try:
            yield centre
        finally:
            for seat in centre.seats:
                seat.leaves()
            stop.set()
            server.shutdown()
            for thread in threads:
                thread.join()
            server.server_close()
