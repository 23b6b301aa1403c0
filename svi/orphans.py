"""End what a part that died left behind: web workers, jobs, PostgreSQL's own processes.

On Linux the group adopts orphans (`svi.leash.adopt_orphans`): those among its children that it didn't start are
theirs. Elsewhere they are found by the process group that the part led.
"""

import os
import signal
import sys
from collections.abc import Container
from contextlib import suppress
from pathlib import Path


def end_orphans(dead: int, ours: Container[int]) -> None:
    """Kill what the part whose process was `dead` left; `ours` are the processes of the parts that live."""
    if sys.platform != "linux":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(dead, signal.SIGKILL)
        return
    while found := [pid for pid in _children() if pid not in ours]:
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in found:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> list[int]:
    """Return our children that are not in our own session."""
    here, session = os.getpid(), os.getsid(0)
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # pid (name, which may hold anything) state parent group session …
            _state, parent, _group, its_session = entry.read_text().rpartition(")")[2].split()[:4]
            if int(parent) == here and int(its_session) != session:
                found.append(int(entry.parent.name))
    return found
