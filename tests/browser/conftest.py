"""The whole system, started once; pages of its phone and of its console in Chromium; callers."""

import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Literal

import pytest
import requests
from playwright.sync_api import Browser, expect, sync_playwright

from svi import running
from tests.centre import Caller

from .desk import PASSWORD, Desk
from .telephone import PATIENCE, Telephone

SECONDS_TO_START = 60
expect.set_options(timeout=PATIENCE)
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--use-fake-ui-for-media-stream",
)


class Whole:
    """A running `svi up` with the demonstration's people."""

    def __init__(self, folder: Path) -> None:
        with ExitStack() as sockets:
            probes = [sockets.enter_context(closing(socket.create_server(("127.0.0.1", 0)))) for _ in range(3)]
            web, exchange, events = (probe.getsockname()[1] for probe in probes)
        self.home, self.log = folder / "home", folder / "up.log"
        listens = {"SVI_PORT": web, "SVI_EXCHANGE_PORT": exchange, "SVI_EVENTS_PORT": events}
        settings = {"SVI_HOME": self.home, **listens, "SVI_DEMO": 1, "SVI_OPEN": "always"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "svi", "up"],
                env=self._environment(settings),
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def phone(self) -> str:
        """The address that `svi up` prints for the phone."""
        return self._address("phone")

    @property
    def console(self) -> str:
        """The address that it prints for the console."""
        return self._address("console")

    def environment(self) -> dict[str, str]:
        """Return what a program of this system is run with."""
        return self._environment({"SVI_HOME": self.home})

    def hires(self, login: str, name: str, language: str, password: str, role: str = "advisor") -> None:
        """Open an account, as an operator does."""
        subprocess.run(
            [
                *(sys.executable, "-P", "-m", "svi", "user", "add", login),
                *("--name", name, "--language", language, "--role", role, "--password-stdin"),
                *("--skill", "contributions=3", "--skill", "registration=3"),
            ],
            env=self.environment(),
            cwd=self.home.parent,
            input=f"{password}\n",
            text=True,
            check=True,
        )

    def _address(self, name: str) -> str:
        found = running.find(self.home)
        assert found
        return found.addresses[name]

    @staticmethod
    def _environment(settings: Mapping[str, object]) -> dict[str, str]:
        python = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return python | {name: str(value) for name, value in settings.items()}

    def wait(self, since: str = "") -> None:
        """Wait until a call would be answered, by another exchange than `since`."""
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            found = running.find(self.home)
            if found and found.ready and str(found.pids["exchange"]) != since:
                return
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def kill_exchange(self) -> str:
        """End the exchange; the group starts another. Returns what `wait` is told."""
        found = running.find(self.home)
        assert found
        os.kill(found.pids["exchange"], signal.SIGKILL)
        return str(found.pids["exchange"])


@pytest.fixture(scope="session")
def whole() -> Iterator[Whole]:
    """Run everything: web, worker, clock, exchange, PostgreSQL, Valkey."""
    with tempfile.TemporaryDirectory(prefix="svi-browser-") as path:
        Path(path).chmod(0o711)  # PostgreSQL's account passes through
        whole = Whole(Path(path))
        try:
            whole.wait()
            yield whole
        finally:
            whole.process.terminate()
            whole.process.wait(60)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine; without one, skip, or fail where SVI_REQUIRE_BROWSER=1 asks for it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        said = f"no browser here: none of {', '.join(names)} is on the PATH"
        if os.environ.get("SVI_REQUIRE_BROWSER") == "1":
            pytest.fail(said)
        pytest.skip(said)
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *as_root])
        yield browser
        browser.close()


Open = Callable[..., Telephone]


@pytest.fixture
def telephone(chromium: Browser, whole: Whole) -> Iterator[Open]:
    """Return what opens the page: `telephone("ar", width=390)`; what its console says is a failure."""
    with ExitStack() as opened:
        said: list[str] = []

        def open_page(language: str = "fr", width: int = 1280, script: str = "") -> Telephone:
            context = chromium.new_context(
                viewport={"width": width, "height": 900},
                locale=f"{language}-MA",
            )
            opened.callback(context.close)
            page = context.new_page()
            page.add_init_script(script)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
            return Telephone(page, whole.phone)

        yield open_page
    assert [line for line in said if "ERR_" not in line] == []


PEOPLE = itertools.cycle(
    (
        ("102320119", "20061981", "+212663000401"),
        ("103320220", "11111974", "+212664000402"),
        ("104320331", "25011986", "+212665000403"),
    )
)
"""Number, birth, mobile of some of the demonstration, in turn: each gets three codes an hour."""
Theme = Literal["light", "dark"]
LOOKS: tuple[tuple[str, Theme], ...] = (("fr", "light"), ("fr", "dark"), ("ar", "light"), ("ar", "dark"))
in_each_look = pytest.mark.parametrize(("language", "theme"), LOOKS)
Somebody = tuple[str, str, str]
KEY_OF = {"fr": "2", "ar": "1"}
_HIRED: list[str] = []
HIDDEN = (
    "(is) => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => is });"
    "document.dispatchEvent(new Event('visibilitychange')); }"
)
"""Has a page be looked at by nobody, or by somebody again."""
Sit = Callable[..., Desk]
Hire = Callable[[str, str], str]
Call = Callable[..., Caller]


@pytest.fixture
def sit(chromium: Browser, whole: Whole) -> Iterator[Sit]:
    """Return what opens the console: `sit("ar", "dark")`; what its script complains of is a failure."""
    with ExitStack() as opened:
        said: list[str] = []

        def open_page(language: str = "fr", theme: Theme = "light", width: int = 1360) -> Desk:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, locale=f"{language}-MA", color_scheme=theme
            )
            opened.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
            return Desk(page, whole.console)

        yield open_page
    assert [line for line in said if "status of 40" not in line and "ERR_" not in line] == []


@pytest.fixture
def hire(whole: Whole) -> Hire:
    """Return what opens an account for calls about contributions in one language, and gives its login."""
    numbers = itertools.count(len(_HIRED))

    def hires(language: str, name: str) -> str:
        login = f"essai.{next(numbers)}"
        _HIRED.append(login)
        whole.hires(login, name, language, PASSWORD)
        return login

    return hires


@pytest.fixture
def call(whole: Whole) -> Iterator[Call]:
    """Return what calls, proves who one is, and asks for an advisor about contributions; all hang up at the end."""
    with ExitStack() as lines:

        def dial(
            language: str = "fr", *, proves: bool = False, who: Somebody | None = None, about: str = "2"
        ) -> Caller:
            exchange, to = whole.phone.rstrip("/"), "+212520447100" if proves else "3939"
            number, born, mobile = who or next(PEOPLE)
            wish: dict[str, Any] = {"from": mobile, "to": to, "pace": 0}
            caller = Caller(exchange, requests.post(f"{exchange}/phone/calls", json=wish, timeout=10).json()["sid"])
            lines.callback(caller.hangs_up)
            caller.keys(KEY_OF[language], about)
            if proves:
                before = _newest(whole)
                caller.asked("registration-number").keys(number).asked("birth-date").keys(born).asked("code")
                caller.keys(_code(whole, mobile, before)).asked("contributions-menu")
            return caller.keys("0" if proves else "2").asked("recording").keys("2")

        yield dial


@pytest.fixture
def called(whole: Whole) -> Iterator[Callable[[str], Caller]]:
    """Return what waits until a number is called, and picks up there."""
    with ExitStack() as lines:

        def pick_up(number: str) -> Caller:
            exchange = whole.phone.rstrip("/")
            query = {"number": number, "wait": "20"}
            ringing = requests.get(f"{exchange}/phone/ringing", params=query, timeout=40).json()["ringing"]
            caller = Caller(exchange, ringing[0]["sid"]).does("pick-up", pace=0)
            lines.callback(caller.hangs_up)
            return caller

        yield pick_up


def _newest(whole: Whole) -> int:
    return int(requests.get(f"{whole.phone}phone/messages", timeout=10).json()["last"])


def _code(whole: Whole, mobile: str, after: int) -> str:
    query = {"to": mobile, "after": str(after), "wait": "20"}
    news = requests.get(f"{whole.phone}phone/messages", params=query, timeout=40).json()
    found = re.match(r"\d{6}", news["messages"][-1]["body"])
    assert found
    return found[0]
