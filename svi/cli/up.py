"""`svi up`: everything at once, which `make run` calls."""

import asyncio
import os
from collections.abc import Mapping, Sequence

import click

from backend.settings import settings
from svi import embedded, ports, running
from svi.demo import WHO, Caller, advisors
from svi.group import Group
from svi.group_log import GroupLog
from svi.system import System, compose

SHOWN = 3
"""How many people of the demonstration are named at the start."""


@click.command()
def up() -> None:
    """Start everything; says `ready` when a call would be answered. Ctrl-C ends it."""
    given = settings()
    with embedded.open_home(given.svi_home) as home:
        system = compose(given, home)
        for setting, port in system.listens.items():
            ports.require_free(port, setting)
        log = GroupLog()
        notice = _Notice(system, home, log, WHO[:SHOWN] if given.svi_demo else ())
        try:
            asyncio.run(Group(system.stages, log, notice.changed).run())
        finally:
            running.withdraw(home.path)


class _Notice:
    """Tells people and `run.json` how the group fares."""

    def __init__(self, system: System, home: embedded.Home, log: GroupLog, demonstration: Sequence[Caller]) -> None:
        self._system = system
        self._demonstration = demonstration
        self._home = home
        self._log = log
        self._was_whole = False
        self._was_ready = False

    def changed(self, pids: Mapping[str, int], whole: bool) -> None:
        """Hear of a part that started, became ready or ended."""
        running.publish(
            self._home.path,
            running.Running(os.getpid(), self._system.addresses, self._system.settings, pids, whole),
        )
        if whole and not self._was_ready:
            for name, url in self._system.addresses.items():
                self._log.say(f"{name}: {url}")
            if self._demonstration:
                self._log.say(f"try the console as {advisors.told()}")
            for caller in self._demonstration:
                self._log.say(f"try `make call` as {caller.keys}, born {caller.birth_date}: {caller.what_happens}")
            self._log.plain("ready")
            self._was_ready = True
        elif whole and not self._was_whole:
            self._log.say("whole again")
        self._was_whole = whole
