"""Starts `svi up` and stand-in groups, and watches which processes live."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

from svi import running

STAND_IN = Path(__file__).with_name("stand_in_group.py")


class Whole:
    """A running `svi up` on ports of its own, with `settings` besides."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with ExitStack() as sockets:
            probes = [sockets.enter_context(closing(socket.create_server(("127.0.0.1", 0)))) for _ in range(3)]
            self.web, self.exchange, events = (str(probe.getsockname()[1]) for probe in probes)
        self.home, self.log = folder / "home", folder / "up.log"
        listens = {"SVI_PORT": self.web, "SVI_EXCHANGE_PORT": self.exchange, "SVI_EVENTS_PORT": events}
        ports = {"SVI_HOME": str(self.home), **listens}
        python = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        self.environment = python | ports | settings
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "svi", "up"],
                env=self.environment,
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def is_ready(self) -> bool:
        """Say whether a call would be answered."""
        found = running.find(self.home)
        return found is not None and found.ready

    def pids(self) -> dict[str, int]:
        """Return the parts' processes."""
        found = running.find(self.home)
        return dict(found.pids) if found else {}


class Groups:
    """Starts stand-in groups, and ends those that a test leaves."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[str]] = []

    def start(self, home: Path, *broken: str) -> subprocess.Popen[str]:
        """Start one; its log goes to `home`.log."""
        with home.with_suffix(".log").open("a") as log:
            group = subprocess.Popen(
                [sys.executable, str(STAND_IN), str(home), *broken],
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self._started.append(group)
        return group

    def end(self) -> None:
        """End what still runs."""
        for group in self._started:
            if group.poll() is None:
                group.terminate()
            group.wait(60)


def stand_ins_in(folder: Path) -> list[int]:
    """Return the stand-ins, and their children, that were started on `folder`."""
    return [pid for pid in processes_in(folder) if _is_stand_in(pid)]


def _is_stand_in(pid: int) -> bool:
    try:
        return "os.fork()" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def processes_in(folder: Path) -> list[int]:
    """Return the processes whose working folder lies in `folder`: every server and stand-in started on it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if entry.readlink().is_relative_to(folder):
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found
