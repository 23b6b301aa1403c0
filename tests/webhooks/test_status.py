"""`/voice/status`: a call's end is noted once, wherever and however often it is told."""

import pytest
from sqlalchemy import Row, select

from backend import db
from backend.calls import calls
from tests.webhooks.conftest import CALL, Carrier


def told(carrier: Carrier, status: str, duration: str = "") -> None:
    """Tell a status of our call."""
    answer = carrier.post("/voice/status", CALL | {"CallStatus": status, "CallDuration": duration})
    assert answer.status_code == 200


def row() -> Row[tuple[object, ...]]:
    """Return what is known of the only call."""
    with db.engine().connect() as connection:
        return connection.execute(select(calls)).one()


def test_the_first_end_counts(carrier: Carrier) -> None:
    """Told twice, and another end later: nothing changes."""
    carrier.post("/voice/incoming")
    told(carrier, "completed", "42")
    first = row()
    told(carrier, "completed", "43")
    told(carrier, "failed")
    assert row() == first
    assert (first.status, first.seconds) == ("completed", 42)
    assert first.ended_at is not None


def test_what_comes_out_of_order_changes_nothing(carrier: Carrier) -> None:
    """A call that has ended does not ring again; a late answer is still answered."""
    carrier.post("/voice/incoming")
    told(carrier, "completed", "42")
    for late in ("initiated", "ringing", "in-progress", "nonsense", ""):
        told(carrier, late)
    assert row().status == "completed"
    assert carrier.post("/voice/answer/1/language", CALL | {"Digits": "2"}).status_code == 200
    assert row().status == "completed"


@pytest.mark.parametrize("duration", ["", "x", "-1", "٤٢", "99999999999999999999"])
def test_an_absurd_duration_is_no_duration(carrier: Carrier, duration: str) -> None:
    """The end counts all the same."""
    carrier.post("/voice/incoming")
    told(carrier, "completed", duration)
    assert (row().status, row().seconds) == ("completed", None)


def test_the_end_of_an_unknown_call_is_nothing(carrier: Carrier) -> None:
    """No row comes of it."""
    told(carrier, "completed", "1")
    with db.engine().connect() as connection:
        assert connection.execute(select(calls)).all() == []
