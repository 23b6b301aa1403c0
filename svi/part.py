"""One part of the running system: a program, how it starts, when it is ready, how it ends.

The process group keeps many of them; `running` keeps one, for tests and single commands.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from backend.errors import UnreachableError
from svi import leash

SECONDS_BETWEEN_LOOKS = 0.05


@dataclass(frozen=True)
class Account:
    """The operating system's account that a program runs as."""

    uid: int
    gid: int

    def reaches(self, path: Path) -> bool:
        """Say whether this account can enter the folder, or run the program, at `path`."""
        look = ["/bin/sh", "-c", 'test -x "$0"', str(path)]
        return subprocess.run(look, **self.options(), cwd="/", check=False).returncode == 0

    def options(self) -> dict[str, Any]:
        """Return what `subprocess` needs to run a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True, kw_only=True)
class Part:
    """What to run, and how; times are in seconds."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to this process's own."""
    folder: Path | None = None
    account: Account | None = None
    open_files: tuple[int, ...] = ()
    """Descriptors that the program inherits: the lock of SVI_HOME, held for as long as it lives."""
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    """How long it may take to end before it is killed."""
    prepare: Callable[[], None] = lambda: None
    """Done before each start."""
    ready: Callable[[], bool] = lambda: True
    patience: float = 60.0
    """How long `running` waits for it to be ready."""
    awaited: bool = False
    """The next stage of a group starts only when this part is ready."""
    once: bool = False
    """It does its work and ends, rather than serving; ready when it has ended well."""

    def command_line(self) -> list[str]:
        """Return the command, tied to this process by a leash."""
        account = f"{self.account.uid}:{self.account.gid}" if self.account else "-"
        pipe = "-" if sys.platform == "linux" else str(_lifeline()[0])
        tie = [str(os.getpid()), str(int(self.stop_signal)), account, pipe]
        return [sys.executable, "-I", "-S", leash.__file__, *tie, *self.command]

    def options(self) -> dict[str, Any]:
        """Return what `subprocess` needs besides the command: a session of its own, environment, folder."""
        lifeline = () if sys.platform == "linux" else (_lifeline()[0],)
        return {
            "env": {**os.environ, **self.environment},
            "cwd": self.folder,
            "pass_fds": self.open_files + lifeline,
            "stdin": subprocess.DEVNULL,
            "stderr": subprocess.STDOUT,
            "start_new_session": True,
        }


@cache
def _lifeline() -> tuple[int, int]:
    """Return a pipe (to read, to write) whose writing end only this process holds, until it ends."""
    return os.pipe()


@contextmanager
def running(part: Part, log: Path) -> Iterator[None]:
    """Run `part`, its output appended to `log`, from when it is ready until the block ends.

    Raises UnreachableError where it ends early or is not ready in time.
    """
    part.prepare()
    with log.open("ab") as output:
        process = subprocess.Popen(part.command_line(), stdout=output, **part.options())
    try:
        _await_ready(part, process, log)
        yield
    finally:
        _stop(part, process)


def _await_ready(part: Part, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + part.patience
    while not part.ready():
        if process.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(errors="replace").splitlines() or ["it said nothing"]
            raise UnreachableError(f"{part.name} does not start: {lines[-1]} (more in {log})")
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _stop(part: Part, process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(part.stop_signal)
    try:
        process.wait(part.grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
