"""The whole system, started once, and a page of its phone in Chromium."""

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

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from svi import running

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

    def hires(self, login: str, name: str, language: str, password: str, role: str = "advisor") -> None:
        """Open an account, as an operator does."""
        subprocess.run(
            [
                *(sys.executable, "-P", "-m", "svi", "user", "add", login),
                *("--name", name, "--language", language, "--skill", "contributions=3", "--password-stdin"),
                *("--role", role),
            ],
            env=self._environment({"SVI_HOME": self.home}),
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
