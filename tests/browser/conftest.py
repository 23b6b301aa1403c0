"""The whole system, started once; pages of its phone and of its console in Chromium; callers."""

import itertools
import os
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
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from svi import running
from tests.centre import Caller, Lines

from .desk import PASSWORD, Desk
from .telephone import PATIENCE, Telephone

HERE = Path(__file__).parent
SECONDS_TO_START = 180
SECONDS_FOR_A_TEST = 900
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of this folder the time that they need where the machine is slow, the start of all included."""
    for each in items:
        if each.path.is_relative_to(HERE):
            each.add_marker(pytest.mark.timeout(SECONDS_FOR_A_TEST))


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


class Person(NamedTuple):
    """Somebody of the demonstration, and what they key: number, birth; a code goes to the mobile."""

    number: str
    born: str
    mobile: str


PEOPLE = itertools.cycle(
    (
        Person("102320119", "20061981", "+212663000401"),
        Person("103320220", "11111974", "+212664000402"),
        Person("104320331", "25011986", "+212665000403"),
    )
)
"""Those who prove who they are, in turn: each gets three codes an hour."""
Theme = Literal["light", "dark"]
LOOKS: tuple[tuple[str, Theme], ...] = (("fr", "light"), ("fr", "dark"), ("ar", "light"), ("ar", "dark"))
ENOUGH = LOOKS if "SVI_PICTURES" in os.environ else (LOOKS[0], LOOKS[3])
in_each_look = pytest.mark.parametrize(("language", "theme"), ENOUGH)
"""In all four for the pictures; else in two, which meet both languages and both themes."""
A_MOBILE = "+212661000499"
"""Where those ring from who prove nothing; nobody's."""
KEY_OF = {"fr": "2", "ar": "1"}
CODE = r"^\d{6}"
_HIRED: list[str] = []
HIDDEN = (
    "(is) => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => is });"
    "document.dispatchEvent(new Event('visibilitychange')); }"
)
"""Has a page be looked at by nobody, or by somebody again."""
Window = Callable[..., Page]
Sit = Callable[..., Desk]
Hire = Callable[[str, str], str]
Call = Callable[..., Caller]


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """Return what opens a window: `window("ar", "dark")`; what scripts complain of in it is a failure."""
    with ExitStack() as opened:
        said: list[str] = []

        def opens(language: str = "fr", theme: Theme = "light", width: int = 1360) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, locale=f"{language}-MA", color_scheme=theme
            )
            opened.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
            return page

        yield opens
    assert [line for line in said if "status of 40" not in line and "ERR_" not in line] == []


@pytest.fixture
def sit(window: Window, whole: Whole) -> Sit:
    """Return what opens the console: `sit("ar", "dark")`."""
    return lambda *look, **more: Desk(window(*look, **more), whole.console)


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
def lines(whole: Whole) -> Iterator[Lines]:
    """Return the telephones of this system; all hang up at the end."""
    lines = Lines(whole.phone.rstrip("/"))
    yield lines
    for each in lines.callers:
        each.hangs_up()


@pytest.fixture
def call(lines: Lines) -> Call:
    """Return what calls, proves who one is, and asks for an advisor: about contributions, unless told otherwise."""

    def dial(
        language: str = "fr",
        *,
        proves: bool = False,
        who: Person | None = None,
        from_: str = A_MOBILE,
        about: str = "2",
    ) -> Caller:
        if not proves:
            caller = lines.calls(from_, "3939").keys(KEY_OF[language], about, "2")
        else:
            who = who or next(PEOPLE)
            caller = lines.calls(who.mobile).keys(KEY_OF[language], "2")
            before = lines.newest_sms()
            caller.asked("registration-number").keys(who.number).asked("birth-date").keys(who.born).asked("code")
            caller.keys(lines.gets_sms(who.mobile, CODE, before)).asked("contributions-menu").keys("0")
        return caller.asked("recording").keys("2")

    return dial
