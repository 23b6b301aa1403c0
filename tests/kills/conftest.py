"""Runs the storm once, for all tests of this folder, and shows what it did at the end of pytest's own words."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.reckoning import Reckoning
from tests.kills.run import weather

KILLS = int(os.environ.get("KILLS", "200"))
SEED = int(os.environ.get("SEED", "3939"))
_TABLE = pytest.StashKey[list[tuple[str, str]]]()
HOUR = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def reckoning(pytestconfig: pytest.Config) -> Iterator[Reckoning]:
    """Kill $KILLS times in the order that $SEED gives, and return what was counted."""
    with tempfile.TemporaryDirectory(prefix="svi-kills-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's account passes through
        found = asyncio.run(weather(Path(folder), KILLS, SEED))
        pytestconfig.stash[_TABLE] = found.table()
        yield found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the counts."""
    if table := config.stash.get(_TABLE, None):
        terminalreporter.section(f"{KILLS} kills, in the order of seed {SEED}")
        for name, count in table:
            terminalreporter.line(f"{name:64} {count:>12}")
    if counts := config.stash.get(HOUR, None):
        terminalreporter.section(f"an hour of calls, seed {SEED}")
        terminalreporter.line(counts)
