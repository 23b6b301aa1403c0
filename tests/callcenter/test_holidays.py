"""Holidays: Morocco's, those of the moon as they are estimated, and what an administrator says of them."""

from collections.abc import Callable
from datetime import date

import pytest
from click.testing import CliRunner

from backend.errors import BadInputError
from backend.work import Actor, Work
from callcenter import holidays, hours
from svi.cli import svi
from tests.callcenter.calling_back import at

pytestmark = pytest.mark.usefixtures("environment")
ADMINISTRATOR = Actor("command", "holidays")
ESTIMATED, SEEN = date(2024, 4, 10), date(2024, 4, 12)  # Eid al-Fitr 2024: two days from the 10th on, as reckoned


def works(day: date) -> bool:
    """Say whether advisors work on a day."""
    with at("2024-03-20 10:00") as work:
        return hours.is_working_day(work, day)


def states() -> dict[date, holidays.State]:
    """Return the states of the holidays of 2024."""
    with at("2024-03-20 10:00") as work:
        return {each.day: each.state for each in holidays.of_years(work, 2024, 2024)}


def test_a_lunar_holiday_is_an_estimate_until_somebody_confirms_it() -> None:
    """It counts as a holiday all the same."""
    assert (states()[ESTIMATED], works(ESTIMATED)) == ("estimated", False)
    with at("2024-03-20 10:00", ADMINISTRATOR) as work:
        holidays.confirm(work, [ESTIMATED])
    assert (states()[ESTIMATED], works(ESTIMATED)) == ("confirmed", False)


def test_others_are_certain() -> None:
    """Labour Day, the Throne's."""
    assert states()[date(2024, 5, 1)] == states()[date(2024, 7, 30)] == "fixed"


def test_a_holiday_that_moves_leaves_a_working_day_behind() -> None:
    """The moon was not seen: the 10th is a Wednesday like any other, the 12th is none."""
    assert works(SEEN)
    with at("2024-03-20 10:00", ADMINISTRATOR) as work:
        assert holidays.move(work, ESTIMATED, SEEN).name == "Eid al-Fitr"
    assert (works(ESTIMATED), works(SEEN)) == (True, False)
    assert (states()[ESTIMATED], states()[SEEN]) == ("moved", "confirmed")


def test_what_was_moved_can_be_moved_again() -> None:
    """The last word counts, also on a day that somebody else's word was about."""
    for from_, to in ((ESTIMATED, SEEN), (SEEN, ESTIMATED)):
        with at("2024-03-20 10:00", ADMINISTRATOR) as work:
            holidays.move(work, from_, to)
    assert (works(ESTIMATED), works(SEEN)) == (False, True)


def test_one_day_can_be_a_holiday_and_another_none() -> None:
    """A day of mourning; a holiday that the government takes back."""
    extra, taken = date(2024, 3, 25), date(2024, 5, 1)
    with at("2024-03-20 10:00", ADMINISTRATOR) as work:
        holidays.add(work, extra, "A day of mourning")
        holidays.remove(work, taken)
    assert (works(extra), works(taken)) == (False, True)


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda work: holidays.confirm(work, [SEEN]), "no holiday"),
        (lambda work: holidays.remove(work, SEEN), "no holiday"),
        (lambda work: holidays.move(work, SEEN, date(2024, 4, 15)), "no holiday"),
        (lambda work: holidays.move(work, ESTIMATED, date(2024, 4, 11)), "is a holiday already"),
        (lambda work: holidays.add(work, ESTIMATED, "Again"), "is a holiday already"),
        (lambda work: holidays.add(work, SEEN, "  "), "characters"),
    ],
)
def test_what_can_not_be_is_refused_with_its_reason(act: Callable[[Work], object], reason: str) -> None:
    """Nothing is changed."""
    with at("2024-03-20 10:00", ADMINISTRATOR) as work, pytest.raises(BadInputError, match=reason):
        act(work)
    assert "confirmed" not in states().values()


def test_an_administrator_does_it_from_the_command_line() -> None:
    """And sees who said what."""

    def run(*words: str) -> str:
        done = CliRunner().invoke(svi, ["holidays", *words])
        assert done.exit_code == 0, done.output
        return done.output

    assert "2024-04-10 Wed  estimated  Eid al-Fitr" in run("list", "2024")
    run("confirm", "2024-04-11")
    run("move", "2024-04-10", "2024-04-12")
    run("add", "2024-03-25", "A day of mourning")
    run("remove", "2024-05-01")
    listed = run("list", "2024")
    for line in (
        "2024-03-25 Mon  confirmed  A day of mourning  by command holidays",
        "2024-04-10 Wed  moved      Eid al-Fitr  by command holidays",
        "2024-04-11 Thu  confirmed  Eid al-Fitr  by command holidays",
        "2024-04-12 Fri  confirmed  Eid al-Fitr  by command holidays",
        "2024-05-01 Wed  cancelled  Labor Day  by command holidays",
    ):
        assert line in listed
