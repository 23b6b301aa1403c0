"""A group with the real servers and stand-ins for the rest, run by tests as a process of its own.

Arguments: the home, then the names of stand-ins that can't start.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from svi import embedded, running
from svi.group import Group
from svi.group_log import GroupLog
from svi.part import Part

SERVES = """
import os, signal, time
from svi import leash
parent = os.getpid()
if os.fork() == 0:
    leash.die_with_parent(signal.SIGTERM, parent)
time.sleep(600)
"""
"""A parent with a child tied to it, as web is."""
FAILS = "raise SystemExit(3)"


def main() -> None:
    """Run the group until a signal ends it."""
    folder, *broken = sys.argv[1:]
    with embedded.open_home(Path(folder)) as home:
        postgresql, valkey = embedded.Postgresql(home, durable=False), embedded.Valkey(home, durable=False)
        settings = {"DATABASE_URL": postgresql.url, "REDIS_URL": valkey.url}

        def publish(pids: Mapping[str, int], whole: bool) -> None:
            running.publish(home.path, running.Running(os.getpid(), {}, settings, pids, whole))

        def stand_in(name: str, code: str = SERVES, *, once: bool = False) -> Part:
            code = FAILS if name in broken else code
            command = (sys.executable, "-c", code)
            return Part(name=name, command=command, folder=home.path, awaited=once, once=once)

        stages = [
            (postgresql.part(), valkey.part()),
            (stand_in("migrate", "print('migrated')", once=True),),
            (stand_in("worker"), stand_in("clock"), stand_in("exchange")),
            (stand_in("web"),),
        ]
        asyncio.run(Group(stages, GroupLog(), publish).run())


if __name__ == "__main__":
    main()
