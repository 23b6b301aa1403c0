"""Clocks are killed with kill -9 while they tell, remind and grant; nothing is lost, nothing is doubled."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import func, select

from backend import db
from backend.audit import audit
from backend.claims import claim_changes
from backend.contributions import cancelled
from tests.conftest import forget
from tests.feeds.lists import A_SELF_EMPLOYED, Import
from tests.notices.living import lives, promised, takes_part
from tests.waiting import eventually

pytestmark = pytest.mark.long
PEOPLE = 60
CLOCK = """
from backend import notices, scans
from svi import clock
notices.CHANGES = scans.SLICE = 3
clock.run()
"""
NUMBERS = [str(104_500_000 + n) for n in range(PEOPLE)]
PAID = {"status": "paid", "status_date": "2024-03-01"}


@pytest.fixture
def everybody(list_people: Import) -> None:
    """Put some people on file, each with a mobile."""
    rows = [
        {"cin": f"CD{n}", "registration_number": number, "mobile": f"+2126610003{n:02}"}
        for n, number in enumerate(NUMBERS)
    ]
    assert list_people(*(A_SELF_EMPLOYED | row for row in rows)).added == PEOPLE


def told() -> int:
    """Count the notices promised."""
    return len(promised())


def lines() -> int:
    """Count the lines that cancel."""
    with db.engine().connect() as connection:
        return int(connection.execute(select(func.count()).select_from(cancelled)).scalar_one())


@contextmanager
def clock(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a clock that does a few people a transaction as a process of its own; end it, if the test did not."""
    process = subprocess.Popen([sys.executable, "-c", CLOCK], env=os.environ | environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def kill_some(environment: dict[str, str], count: Callable[[], int], whole: int, seed: int) -> None:
    """Kill clocks at some moment after each began to get on; then let two of them end it, and begin again."""
    dice = random.Random(seed)
    for _ in range(3):
        with clock(environment):
            before = min(count(), whole - 1)
            eventually(partial(lambda before: count() > before, before))
            time.sleep(dice.uniform(0, 0.03))
    with clock(environment), clock(environment):
        eventually(lambda: count() == whole)
        time.sleep(6)  # each duty comes round once more
    assert count() == whole


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize("seed", range(2))
def test_each_change_is_told_once(feed: Import, environment: dict[str, str], seed: int) -> None:
    """One SMS a file, and every change noted as told."""
    files = [{"registration_number": number, "file_number": number} for number in NUMBERS]
    feed("claims", *files)
    feed("claims", *(file | PAID for file in files))
    kill_some(environment, told, PEOPLE, seed)
    with db.engine().connect() as connection:
        assert not connection.execute(select(claim_changes).where(claim_changes.c.told_at.is_(None))).all()
    assert len({row.person_id for row in promised()}) == PEOPLE


@pytest.mark.usefixtures("everybody")
def test_everybody_is_reminded_once(feed: Import, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One SMS a person."""
    monkeypatch.setenv("SVI_TODAY", "2024-03-08")
    for number in NUMBERS:
        takes_part(feed, number)
    kill_some(environment | {"SVI_TODAY": "2024-03-08"}, told, PEOPLE, 0)
    assert len({row.person_id for row in promised()}) == PEOPLE


@pytest.mark.usefixtures("everybody")
def test_each_grant_is_written_once(feed: Import, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Eleven lines a person, and one line of the audit."""
    monkeypatch.setenv("SVI_TODAY", "2025-03-20")
    forget()
    for number in NUMBERS:
        lives(feed, number)
    kill_some(environment | {"SVI_TODAY": "2025-03-20"}, lines, 11 * PEOPLE, 0)
    with db.engine().connect() as connection:
        granted = connection.execute(select(audit.c.person_id).where(audit.c.action == "cancellation.granted")).all()
    assert len(granted) == len(set(granted)) == PEOPLE
