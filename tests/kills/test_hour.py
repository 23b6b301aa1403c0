"""An hour of 200 calls and 12 advisors with kill -9 of each process and FLUSHALL in it, compressed to some minutes.

Talks last seconds where people talk for minutes, so that the hour's 200 calls come within four minutes; else nothing is
simulated: the group is the real one, advisors work as their terminals do, callers hold phones of the exchange, which is
the carrier, runs in this process, and isn't killed. What is expected is counted from what phones were told, and from
what advisors did, by their own records. `CALLS=20 ADVISORS=3 HOUR_KILLS=0 SEED=1` makes a short and calm one.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.conftest import HOUR, SEED
from tests.kills.hour import Hour, pass_by

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="who holds a connection is read from /proc"),
]
CALLS, ADVISORS, KILLS = (
    int(os.environ.get(*each)) for each in (("CALLS", "200"), ("ADVISORS", "12"), ("HOUR_KILLS", "40"))
)


@pytest.fixture(scope="module")
def hour(pytestconfig: pytest.Config) -> Iterator[Hour]:
    """Have the hour pass, once for all tests."""
    with tempfile.TemporaryDirectory(prefix="svi-hour-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's account passes through
        passed = asyncio.run(pass_by(Path(folder), CALLS, ADVISORS, KILLS, SEED))
        pytestconfig.stash[HOUR] = passed.line()
        yield passed


def test_no_call_is_lost(hour: Hour) -> None:
    """Whoever neither hung up nor kept a place talked to an advisor; after a transfer, or a lost advisor, again.

    No call outlives two deaths at once, of a webhook's server and its fallback's: there are hardly any.
    """
    assert hour.lost == []
    assert len(hour.cut) <= CALLS // 50
    assert hour.fated("never asked") == []


def test_nobody_talks_with_two_at_once(hour: Hour) -> None:
    """But the caller whose advisor asked another one in; and no offer is taken twice."""
    assert hour.doubled == []


def test_every_place_that_was_kept_is_called_back(hour: Hour) -> None:
    """Or will be: busy, or not answered, it is promised again."""
    assert hour.unkept == []
    assert len(hour.promises) == hour.places


def test_nothing_is_left_open(hour: Hour) -> None:
    """No ticket, no errand, no call of ours, and no advisor who would be busy with nobody."""
    assert {what: rows for what, rows in hour.left.items() if rows} == {}


def test_the_figures_are_those_of_the_calls(hour: Hour) -> None:
    """What the log tells is what the phones were told, and what the advisors did."""
    assert hour.by_log == hour.by_calls
