"""The processes of a running group, read from `/proc` and `run.json`: nothing is asked of the program itself."""

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from svi import running

LISTENS = "0A"


class Victims:
    """The processes of the group that runs on a home."""

    def __init__(self, home: Path, web_port: int) -> None:
        self._home = home
        self._web_port = web_port

    def part(self, name: str) -> int | None:
        """Return the process of a part, None while there is none."""
        pid = self._parts().get(name)
        return pid if pid is not None and _lives(pid) else None

    def webs(self) -> dict[int, list[int]]:
        """Return the web servers that callers reach now, and the workers of each, which listen on the port."""
        sockets = _sockets(self._web_port, state=LISTENS)
        mains = [pid for name, pid in self._parts().items() if name in {"web", "web-2"}]
        workers = {main: [pid for pid in _children(main) if sockets & _held(pid)] for main in mains}
        return {main: found for main, found in workers.items() if found}

    def owner(self, port: int, other: int) -> int | None:
        """Return the process that has the end at `port` of a connection to the port `other`."""
        sockets = _sockets(port, other)
        every = (pid for part in self._parts().values() for pid in (part, *_children(part)))
        return next((pid for pid in every if sockets & _held(pid)), None)

    def _parts(self) -> Mapping[str, int]:
        found = running.find(self._home)
        return found.pids if found else {}


def kill(*pids: int, how: signal.Signals = signal.SIGKILL) -> bool:
    """Kill processes; say whether there was any."""
    killed = False
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, how)
            killed = True
    return killed


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, listed.read_text().split())
    return found


def _sockets(port: int, other: int | None = None, state: str | None = None) -> set[str]:
    """Return TCP sockets at a local port, by the other end's port or by their state, as processes hold them."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return {
        f"socket:[{row[9]}]"
        for row in rows
        if _port(row[1]) == port and (other is None or _port(row[2]) == other) and state in {None, row[3]}
    }


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)


def _held(pid: int) -> set[str]:
    """Return what a process has open."""
    found = set()
    for entry in Path(f"/proc/{pid}/fd").glob("*"):
        with suppress(OSError):
            found.add(str(entry.readlink()))
    return found
