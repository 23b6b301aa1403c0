"""200 kills while calls go on: web between commit and answer, workers in mid-SMS, Redis, PostgreSQL.

They come in quick succession, in an order that a seed gives. `KILLS=20 SEED=1` runs a small storm (twenties only) of
another order; `--log-cli-level=INFO` tells each kill as it happens. The table of counts stands at the end of pytest's
own words.
"""

import sys

import pytest

from tests.kills.reckoning import Reckoning

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(sys.platform != "linux", reason="who holds a connection is read from /proc"),
]


def test_no_call_is_left_without_a_next_prompt(reckoning: Reckoning) -> None:
    """Whatever dies, the carrier's fallback meets somebody who knows where the call was."""
    assert [(made.sid, made.answered, made.said[-2:]) for made in reckoning.without_prompt] == []


def test_every_call_comes_to_an_ending(reckoning: Reckoning) -> None:
    """Registered, arranged with an advisor, or hung up by the caller."""
    assert [(made.sid, made.answered, made.said[-2:]) for made in reckoning.ended("cut off")] == []


def test_no_effect_happens_twice(reckoning: Reckoning) -> None:
    """One registration and one number a person, the number that was said; one code for each that was asked for."""
    assert reckoning.twice == []


def test_no_sms_is_lost(reckoning: Reckoning) -> None:
    """Every promise is settled, and the provider has its SMS; a code that lapsed was followed by another."""
    assert reckoning.unsettled == []
    assert reckoning.lost == []
    assert reckoning.unpromised == []


def test_no_sms_is_sent_twice(reckoning: Reckoning) -> None:
    """But for an information that stayed uncertain, was sent again and marked; a code never."""
    assert reckoning.doubled == []
