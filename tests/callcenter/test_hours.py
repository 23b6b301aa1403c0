"""When advisors answer: Morocco's hours, its holidays, its Ramadan, and what an operator forces."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime

import pytest
import time_machine

from backend.clock import CASABLANCA
from backend.work import Actor, Work, begin
from callcenter import hours
from callcenter.hours import Opening, OpensAt
from tests.callcenter import calling_back
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


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("day", "opens"),
    [(date(2024, 5, 16), (8, 30)), (date(2024, 3, 21), (9, 0)), (date(2024, 5, 18), (8, 30))],
)
def test_from_when_on_they_answer(day: date, opens: tuple[int, int]) -> None:
    """Later in Ramadan; of a closed day, that of the next."""
    with begin(Actor("job", "test")) as work:
        assert hours.opens_at(work, day) == OpensAt(*opens)


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


def local(instant: datetime) -> str:
    """Write an instant as Morocco's clocks show it, and their offset."""
    return f"{instant.astimezone(CASABLANCA):%Y-%m-%d %H:%M %z}"


def now(moment: str) -> AbstractContextManager[Work]:
    """Work at a moment of Moroccan time."""
    return calling_back.at(moment)


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("2024-05-15 08:59", False),  # advisors are there since half past eight
        ("2024-05-15 09:00", True),
        ("2024-05-15 16:29", True),
        ("2024-05-15 16:30", False),
        ("2024-03-20 09:00", True),  # Ramadan
        ("2024-03-20 15:00", False),
        ("2024-05-18 10:00", False),  # a Saturday
        ("2024-05-01 10:00", False),  # a holiday
    ],
)
def test_people_are_called_while_advisors_are_there_and_not_too_early(moment: str, *, may: bool) -> None:
    """From nine, on working days, until closing."""
    with now(moment) as work:
        assert hours.may_call(work) is may


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("moment", "after", "called"),
    [
        ("2024-05-15 10:00", "2024-05-15 10:10", "2024-05-15 10:10 +0100"),
        ("2024-05-15 12:25", "2024-05-15 12:35", "2024-05-15 12:35 +0100"),  # midday closes nothing
        ("2024-05-15 16:25", "2024-05-15 16:35", "2024-05-16 09:00 +0100"),
        ("2024-05-17 16:25", "2024-05-17 16:35", "2024-05-20 09:00 +0100"),  # over a week-end
        ("2024-03-08 16:25", "2024-03-08 16:35", "2024-03-11 09:00 +0000"),  # clocks go back on 10 March, for Ramadan
        ("2024-04-12 14:55", "2024-04-12 15:05", "2024-04-15 09:00 +0100"),  # and forward on 14 April
    ],
)
def test_the_next_call_is_in_permitted_hours(moment: str, after: str, called: str) -> None:
    """Of the next working day, by Morocco's clocks, whatever their offset is by then."""
    with now(moment) as work:
        instant = datetime.fromisoformat(after).replace(tzinfo=CASABLANCA)
        assert local(hours.next_call(work, instant)) == called


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("day", "half", "begins", "ends"),
    [
        ("2024-05-16", "morning", "2024-05-16 09:00 +0100", "2024-05-16 12:30 +0100"),
        ("2024-05-16", "afternoon", "2024-05-16 12:30 +0100", "2024-05-16 16:30 +0100"),
        ("2026-02-13", "afternoon", "2026-02-13 12:30 +0100", "2026-02-13 16:30 +0100"),  # the last Friday before
        ("2026-02-16", "morning", "2026-02-16 09:00 +0000", "2026-02-16 12:00 +0000"),  # clocks go back on 15 February
        ("2026-03-19", "afternoon", "2026-03-19 12:00 +0000", "2026-03-19 15:00 +0000"),
        ("2026-03-23", "morning", "2026-03-23 09:00 +0100", "2026-03-23 12:30 +0100"),  # and forward on 22 March
    ],
)
def test_half_days_have_the_hours_of_their_own_day(day: str, half: hours.Half, begins: str, ends: str) -> None:
    """On the real days on which Morocco changes its clocks."""
    with now("2024-05-15 20:00") as work:
        found = hours.half_day(work, date.fromisoformat(day), half)
    assert (str(found.day), found.half) == (day, half)
    assert (local(found.begins), local(found.ends)) == (begins, ends)


@pytest.mark.parametrize(("forced", "may"), [("always", True), ("never", False)])
def test_an_operator_who_forces_the_hours_forces_the_calls_too(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, forced: str, *, may: bool
) -> None:
    """`always` puts nothing off; half-days stay those of working days."""
    assert environment
    monkeypatch.setenv("SVI_OPEN", forced)
    forget()
    night = datetime(2024, 5, 18, 23, 10, tzinfo=CASABLANCA)  # of a Saturday
    with now("2024-05-18 23:00") as work:
        assert hours.may_call(work) is may
        assert local(hours.next_call(work, night)) == ("2024-05-18 23:10 +0100" if may else "2024-05-20 09:00 +0100")
        assert local(hours.half_day(work, date(2024, 5, 18), "morning").begins) == "2024-05-20 09:00 +0100"
