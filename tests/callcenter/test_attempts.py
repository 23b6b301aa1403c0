"""Promised calls when their time has come: who waits for an advisor, what becomes of an attempt, what a person sees."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from click.testing import CliRunner

from backend.settings import settings
from backend.values import Telephone
from backend.work import Actor, begin
from callcenter import callbacks, holidays, tickets
from svi import checkup
from svi.cli import svi
from tests.callcenter.calling_back import (
    FIXED,
    MOBILE,
    accept,
    at,
    attempt,
    due,
    keep_place,
    promise,
    row,
    state,
    ticket,
)
from tests.conftest import Texts, forget

Count = Callable[[str], int]
pytestmark = pytest.mark.usefixtures("environment")


# Coming due


def test_a_half_day_is_due_from_its_beginning_on() -> None:
    """From nine: advisors are there from half past eight, and nobody is called before nine."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    assert due("2024-05-16 08:59") == []
    assert len(due("2024-05-16 09:00")) == 1


def test_an_afternoon_begins_at_half_past_twelve() -> None:
    """And what was promised for it is not called in the morning."""
    promise("2024-05-15 20:00", "2024-05-16", "afternoon")
    assert due("2024-05-16 12:29") == []
    assert len(due("2024-05-16 12:30")) == 1


def test_a_half_day_after_the_clock_went_back_for_ramadan_begins_by_the_wall_clock() -> None:
    """Promised on Friday 8 March 2024, UTC+1, for Monday 11 March, on UTC: nine o'clock is 09:00 UTC."""
    promise("2024-03-08 18:00", "2024-03-11", "morning")
    assert f"{row().due_at:%Y-%m-%d %H:%M %Z}" == "2024-03-11 09:00 UTC"


def test_a_half_day_after_ramadan_begins_an_hour_earlier_in_utc() -> None:
    """Promised on Friday 12 April 2024, on UTC, for Monday 15 April, UTC+1."""
    promise("2024-04-12 18:00", "2024-04-15", "morning")
    assert f"{row().due_at:%Y-%m-%d %H:%M %Z}" == "2024-04-15 08:00 UTC"


def test_what_is_due_is_taken_once_whoever_looks() -> None:
    """Two clocks at the same time, and each twice."""
    for number in range(12):
        promise("2024-05-15 20:00", "2024-05-16", "morning", Telephone(f"+2126610007{number:02}"))
    with at("2024-05-16 09:30"), ThreadPoolExecutor(6) as clocks:
        made = [each for found in clocks.map(lambda _: due_now(), range(6)) for each in found]
    assert len({each.callback for each in made}) == len(made) == 12


def due_now() -> list[tickets.Ticket]:
    """Make the tickets that are due, now that time stands still."""
    with begin(Actor("job", "test"), today=date(2024, 5, 16)) as work:
        return callbacks.due(work)


def test_a_day_that_became_a_holiday_puts_the_call_off() -> None:
    """The moon was seen a day later than it was reckoned."""
    promise("2024-06-17 20:00", "2024-06-18", "morning")
    with at("2024-06-17 20:30", Actor("command", "holidays")) as work:
        holidays.add(work, date(2024, 6, 18), "Eid al-Adha")
    assert due("2024-06-18 10:00") == []
    assert len(due("2024-06-19 09:00")) == 1


@pytest.mark.parametrize(("forced", "number"), [("always", 1), ("never", 0)])
def test_an_operator_who_forces_the_hours_forces_the_calls(
    monkeypatch: pytest.MonkeyPatch, forced: str, number: int
) -> None:
    """`SVI_OPEN=always` calls a kept place at once, whatever the hour; `never` calls nobody, and loses nothing."""
    keep_place()
    monkeypatch.setenv("SVI_OPEN", forced)
    forget()
    local = "2024-05-15 22:00" if forced == "always" else "2024-05-15 11:00"
    assert len(due(local)) == number
    assert state()[0] == ("due" if number else "promised")


# Attempts


def test_three_attempts_with_growing_pauses_then_a_person_sees_it(texts: Texts) -> None:
    """Ten minutes, an hour; then it is missed, and the mobile is told."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    attempt("2024-05-16 09:00", "busy")
    assert state() == ("promised", 1, "2024-05-16 09:10")
    assert due("2024-05-16 09:09") == []
    attempt("2024-05-16 09:10", "no-answer")
    assert state() == ("promised", 2, "2024-05-16 10:10")
    attempt("2024-05-16 10:10", "not-confirmed")
    assert state()[:2] == ("missed", 3)
    assert texts.newest("sms-callback-missed")
    assert due("2024-05-17 10:00") == []


def test_a_fixed_line_that_was_missed_gets_no_sms(texts: Texts) -> None:
    """A person sees it all the same."""
    promise("2024-05-15 20:00", "2024-05-16", "morning", FIXED)
    for local in ("2024-05-16 09:00", "2024-05-16 09:10", "2024-05-16 10:10"):
        attempt(local, "failed")
    assert state()[0] == "missed"
    assert texts.all() == []


def test_an_attempt_that_would_come_after_closing_comes_in_the_morning() -> None:
    """Of the next working day: the 17th of May 2024 is a Friday."""
    promise("2024-05-16 20:00", "2024-05-17", "afternoon")
    attempt("2024-05-17 16:25", "busy")
    assert state() == ("promised", 1, "2024-05-20 09:00")


def test_what_we_cancelled_ourselves_is_no_attempt() -> None:
    """The advisor was gone before anybody could be reached."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    attempt("2024-05-16 09:00", "cancelled")
    assert state() == ("promised", 0, "2024-05-16 09:10")


def test_who_was_reached_is_called_no_more(texts: Texts) -> None:
    """The ticket goes on: they talk to an advisor."""
    promise("2024-05-15 20:00", "2024-05-16", "morning", FIXED)
    attempt("2024-05-16 09:00", "reached")
    assert state()[:2] == ("kept", 1)
    assert texts.all() == []


def test_an_attempt_is_settled_once(advisor: int) -> None:
    """A status that comes twice, or late, changes nothing."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    (made,) = due("2024-05-16 09:00")
    accepted = accept("2024-05-16 09:01", made, advisor)
    with at("2024-05-16 09:02") as work:
        ended = callbacks.settle(work, accepted, "busy")
    assert ended
    assert (ended.state, ended.outcome, ended.advisor) == ("ended", "not-reached", advisor)
    with at("2024-05-16 09:03") as work:
        assert callbacks.settle(work, accepted, "no-answer") is None
    assert state()[:2] == ("promised", 1)


def test_nobody_was_free_that_day() -> None:
    """At closing the call is put off to the next working day, and nothing counts as an attempt."""
    promise("2024-05-16 20:00", "2024-05-17", "afternoon")
    (made,) = due("2024-05-17 13:00")
    with at("2024-05-17 16:29") as work:
        assert callbacks.put_off(work) == []
    with at("2024-05-17 16:30") as work:
        assert [each.id for each in callbacks.put_off(work)] == [made.id]
    with at("2024-05-17 16:31") as work:
        assert callbacks.put_off(work) == []
    assert ticket(made.id).outcome == "unserved"
    assert state() == ("promised", 0, "2024-05-20 09:00")
    assert len(due("2024-05-20 09:00")) == 1


@pytest.mark.parametrize("result", ["reached", "busy"])
def test_news_of_an_attempt_that_was_put_off_is_none_of_the_next_one(result: callbacks.Result) -> None:
    """A late status of Friday's call says nothing of Monday's."""
    promise("2024-05-16 20:00", "2024-05-17", "afternoon")
    (friday,) = due("2024-05-17 13:00")
    with at("2024-05-17 16:30") as work:
        callbacks.put_off(work)
    (monday,) = due("2024-05-20 09:00")
    with at("2024-05-20 09:01") as work:
        assert callbacks.settle(work, friday, result) is None
    assert (state()[:2], ticket(monday.id).state) == (("due", 0), "waiting")


def test_what_an_advisor_accepted_is_not_put_off(advisor: int) -> None:
    """They are calling."""
    promise("2024-05-16 20:00", "2024-05-17", "afternoon")
    (made,) = due("2024-05-17 16:29")
    accept("2024-05-17 16:29", made, advisor)
    with at("2024-05-17 16:30") as work:
        assert callbacks.put_off(work) == []
    assert ticket(made.id).state == "accepted"


def test_a_ticket_that_ended_without_a_word_loses_no_promise() -> None:
    """Whatever became of it, the call is tried again, as after an attempt in vain."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    (made,) = due("2024-05-16 09:00")
    with at("2024-05-16 09:05") as work:
        tickets.change(work, made.id, state="ended", outcome="abandoned", ended_at=work.now)
    with at("2024-05-16 09:06") as work:
        callbacks.put_off(work)
    assert state() == ("promised", 1, "2024-05-16 09:16")


# A person sees what was missed


def missed() -> int:
    """Have a promised call reach nobody, and return its number."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    for local in ("2024-05-16 09:00", "2024-05-16 09:10", "2024-05-16 10:10"):
        attempt(local, "no-answer")
    return int(row().id)


def run(*words: str) -> str:
    """Run `svi …` and return what it says."""
    done = CliRunner().invoke(svi, words)
    assert done.exit_code == 0, done.output
    return done.output


def doctor() -> str:
    """Return what `svi doctor` says of promised calls."""
    (found,) = [each for each in checkup.examine(settings()) if each.subject == "callbacks"]
    return found.words


def test_what_was_missed_is_listed_and_counted_until_a_person_decides() -> None:
    """`svi callbacks list --missed`, `svi doctor`; called again, it has three attempts more."""
    assert doctor() == "none waits for a person"
    number = missed()
    listed = run("callbacks", "list", "--missed")
    assert "…77" in listed
    assert str(MOBILE) not in listed
    assert doctor() == "1 promised calls reached nobody"
    run("callbacks", "again", str(number))
    assert state()[:2] == ("promised", 0)
    assert "1 promised" in run("callbacks", "list")
    assert doctor() == "none waits for a person"


def test_what_was_missed_can_be_given_up() -> None:
    """Somebody saw to it."""
    number = missed()
    run("callbacks", "cancel", str(number), "--reason", "came to the agency")
    assert state()[0] == "cancelled"
    assert CliRunner().invoke(svi, ["callbacks", "again", str(number)]).exit_code == 1
