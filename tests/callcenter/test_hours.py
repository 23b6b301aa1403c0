"""When advisors answer: Morocco's hours, its holidays, its Ramadan, and what an operator forces."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import time_machine

from backend.work import Actor, begin
from callcenter import hours
from callcenter.hours import Opening
from tests.conftest import forget

WEDNESDAY, THURSDAY, FRIDAY, MONDAY = (date(2024, 5, day) for day in (15, 16, 17, 20))


@contextmanager
def at(day: str, utc: str) -> Iterator[Opening]:
    """Look at the hours at a real time of day (UTC) on a business day."""
    with (
        time_machine.travel(datetime.fromisoformat(f"{day}T{utc}").replace(tzinfo=UTC), tick=False),
        begin(Actor("job", "test"), today=date.fromisoformat(day)) as work,
    ):
        yield hours.opening(work)


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("day", "utc", "now"),
    [
        ("2024-05-15", "07:29", False),
        ("2024-05-15", "07:30", True),  # half past eight in Casablanca, UTC+1
        ("2024-05-15", "15:29", True),
        ("2024-05-15", "15:30", False),
        ("2024-03-20", "08:59", False),  # Ramadan: UTC, and other hours
        ("2024-03-20", "09:00", True),
        ("2024-03-20", "14:59", True),
        ("2024-03-20", "15:00", False),
        ("2024-05-18", "10:00", False),  # a Saturday
        ("2024-05-01", "10:00", False),  # a holiday
        ("2024-07-30", "10:00", False),  # the Throne's
    ],
)
def test_open_in_the_hours_of_casablanca(day: str, utc: str, *, now: bool) -> None:
    """Half past eight to half past four on working days; nine to three in Ramadan."""
    with at(day, utc) as opening:
        assert opening.now is now


@pytest.mark.usefixtures("environment")
def test_when_they_open_next() -> None:
    """Before opening, today; after, the next working day; two days to be called back on."""
    with at("2024-05-15", "05:00") as opening:
        assert opening == Opening(False, WEDNESDAY, THURSDAY, FRIDAY)
    with at("2024-05-16", "20:00") as opening:
        assert opening == Opening(False, FRIDAY, FRIDAY, MONDAY)


@pytest.mark.parametrize(("forced", "now", "opens"), [("always", True, THURSDAY), ("never", False, THURSDAY)])
def test_an_operator_may_force_it(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, forced: str, *, now: bool, opens: date
) -> None:
    """`SVI_OPEN` overrides the hours; who is told "never" is not told to call again at half past eight today."""
    assert environment
    monkeypatch.setenv("SVI_OPEN", forced)
    forget()
    with at("2024-05-15", "05:00") as opening:
        assert (opening.now, opening.opens) == (now, opens)
