"""A promised call: what is said is what is kept; it comes due, is tried, goes on, and is never lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from click.testing import CliRunner

from backend.calls import caller_digest
from backend.clock import CASABLANCA
from backend.errors import BadInputError
from backend.seal import unseal
from backend.settings import settings
from backend.values import PersonId, Telephone
from backend.work import Actor, begin
from callcenter import agents, callbacks, holidays, tickets
from callcenter.callbacks import NoPlace, PlaceKept
from callcenter.tickets import Step
from svi import checkup
from svi.cli import svi
from tests.callcenter.calling_back import (
    FIXED,
    MOBILE,
    accept,
    at,
    attempt,
    due,
    hang_up,
    keep_place,
    person,
    promise,
    ring,
    row,
    state,
    ticket,
)
from tests.conftest import Dial, Texts, forget

Count = Callable[[str], int]
pytestmark = pytest.mark.usefixtures("environment")


@pytest.fixture
def advisor(environment: dict[str, str]) -> int:
    """Return an advisor."""
    assert environment
    with at("2024-05-15 08:00") as work:
        return agents.add(work, "s.alami", "Sara Alami", ["fr"], {"claims": 1}).id


# The promise


def test_a_second_wish_of_a_call_changes_nothing_and_hears_the_first(texts: Texts, count: Count) -> None:
    """Whatever it says: what is said is what is kept."""
    call = ring("2024-05-15 20:00")
    with at("2024-05-15 20:01", call) as work:
        first = callbacks.promise(work, MOBILE, date(2024, 5, 16), "morning", "fr", "asked", None)
    with at("2024-05-15 20:02", call) as work:
        again = callbacks.promise(work, FIXED, date(2024, 5, 17), "afternoon", "fr", "asked", None)
    assert again == first
    assert (str(first.day), first.half.message, first.ending) == ("2024-05-16", "half-day-morning", "77")
    assert count("callbacks") == 1
    assert [(kind, to) for kind, to, _ in texts.all()] == [("sms-callback-arranged", MOBILE)]


def test_a_fixed_line_gets_no_sms(texts: Texts, count: Count) -> None:
    """The wish is kept all the same."""
    promise("2024-05-15 20:00", "2024-05-16", "morning", FIXED)
    assert count("callbacks") == 1
    assert texts.all() == []


def test_the_number_to_call_is_sealed() -> None:
    """For its row."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    assert MOBILE.encode() not in row().number
    assert unseal(row().number, f"callbacks:{row().id}").decode() == MOBILE


def test_a_call_promises_once_though_each_webhook_comes_twice(
    dial: Dial, count: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says the day that is kept."""
    monkeypatch.setenv("SVI_OPEN", "never")
    forget()
    call = dial().keys("2")
    for key in ("0", "1", "2", "2"):
        call.keys(key).again()
    call.ends().hears_words("22 mars 2024", "après-midi")
    assert count("callbacks") == 1


@pytest.mark.parametrize(
    ("local", "day", "half", "promised"),
    [
        ("2024-05-15 13:00", "2024-05-15", "morning", ("2024-05-15", "half-day-afternoon")),  # it is over
        ("2024-05-15 11:00", "2024-05-15", "morning", ("2024-05-15", "half-day-morning")),  # under way
        ("2024-05-15 17:00", "2024-05-15", "afternoon", ("2024-05-16", "half-day-morning")),
        ("2024-05-15 10:00", "2024-05-18", "afternoon", ("2024-05-20", "half-day-morning")),  # a Saturday
        ("2024-04-29 10:00", "2024-05-01", "morning", ("2024-05-02", "half-day-morning")),  # a holiday
    ],
)
def test_a_half_day_that_can_not_be_is_the_next_that_can(
    local: str, day: str, half: callbacks.Half, promised: tuple[str, str]
) -> None:
    """And that one is said, and kept."""
    found = promise(local, day, half)
    assert (str(found.day), found.half.message) == promised
    assert (str(row().day), f"half-day-{row().half}") == promised


# A place in the queue


def test_a_place_is_kept_once_with_all_that_is_known_of_the_call(count: Count) -> None:
    """From when it counts, what it is about, for whom, in which language, on what path."""
    who = person()
    call = keep_place("2024-05-15 10:00", person_id=who, subject="contributions")
    with at("2024-05-15 10:30") as work:
        before = tickets.in_state(work, "waiting")[0]
        assert not callbacks.keep_place(work, before, FIXED)
    assert count("callbacks") == 1
    (made,) = due("2024-05-15 10:30")
    assert (made.kind, made.subject, made.language, made.person) == ("callback", "contributions", "fr", who)
    assert made.counts_from == datetime(2024, 5, 15, 10, tzinfo=CASABLANCA)
    assert made.path == (Step("reason", "claims"),)
    assert (made.identified, made.callback, str(row().call_id)) == (False, row().id, call.reference)


def test_nobody_is_called_who_is_still_on_the_line() -> None:
    """A place is due once its call is over; or five minutes after its key, where nobody told us."""
    call = keep_place(gone=None)
    assert due("2024-05-15 10:10") == []
    hang_up("2024-05-15 10:11", call)
    assert len(due("2024-05-15 10:11")) == 1


def test_a_call_whose_end_nobody_told_us_keeps_its_place_too() -> None:
    """The key was pressed at 10:09."""
    keep_place(gone=None)
    assert due("2024-05-15 10:13") == []
    assert len(due("2024-05-15 10:14")) == 1


def test_the_number_is_confirmed_by_sms_once_and_only_then(texts: Texts) -> None:
    """Who hangs up at once is called on the number they rang from, and gets none."""
    call = keep_place()
    assert texts.all() == []
    for _ in range(2):
        with at("2024-05-15 10:10", call) as work:
            assert callbacks.renumber(work, MOBILE) == PlaceKept(MOBILE.ending)
    assert [(kind, to) for kind, to, _ in texts.all()] == [("sms-callback-place", MOBILE)]


def test_another_number_is_called_instead(texts: Texts) -> None:
    """A fixed line gets no SMS."""
    call = keep_place()
    with at("2024-05-15 10:10", call) as work:
        callbacks.renumber(work, FIXED)
    with at("2024-05-15 10:10") as work:
        assert callbacks.number_of(work, row().id) == FIXED
    assert texts.all() == []


def test_who_kept_no_place_has_none_to_renumber() -> None:
    """Nor who chose a half-day."""
    with at("2024-05-15 10:10", ring("2024-05-15 10:00")) as work:
        assert callbacks.renumber(work, MOBILE) == NoPlace()


def test_a_place_without_a_number_waits_for_one_and_is_given_up_with_the_call() -> None:
    """The caller withheld theirs: nobody can be called before they key one."""
    call = keep_place(number=None, gone=None)
    assert due("2024-05-15 10:30") == []
    with at("2024-05-15 10:30") as work:
        callbacks.put_off(work)
    assert row().state == "promised"
    hang_up("2024-05-15 10:31", call)
    with at("2024-05-15 10:32") as work:
        callbacks.put_off(work)
    assert row().state == "cancelled"


# Ringing again


def again(local: str, caller: str | None, who: PersonId | None = None) -> callbacks.TakenBack | None:
    """Ring again from a number, and take back what is kept."""
    with at(local) as work:
        return callbacks.take_back(work, caller_digest(caller), who)


def test_who_rings_again_has_the_place_back() -> None:
    """With its score, once; the promised call is cancelled."""
    keep_place()
    found = again("2024-05-15 10:40", MOBILE)
    assert found
    assert (found.counts_from, found.ticket) == (datetime(2024, 5, 15, 10, tzinfo=CASABLANCA), None)
    assert state()[0] == "cancelled"
    assert again("2024-05-15 10:41", MOBILE) is None
    assert due("2024-05-15 10:41") == []


def test_the_ticket_that_waited_for_the_place_waits_no_more() -> None:
    """It has to be taken out of the queue."""
    keep_place()
    (made,) = due("2024-05-15 10:30")
    found = again("2024-05-15 10:40", MOBILE)
    assert found
    assert found.ticket == made.id
    assert (ticket(made.id).state, ticket(made.id).outcome) == ("ended", "kept")


def test_who_is_being_called_just_now_has_nothing_to_take_back(advisor: int) -> None:
    """An advisor accepted: the call comes."""
    keep_place()
    (made,) = due("2024-05-15 10:30")
    accept("2024-05-15 10:31", made, advisor)
    assert again("2024-05-15 10:31", MOBILE) is None
    assert state()[0] == "due"


def test_a_place_belongs_to_its_number_or_its_person() -> None:
    """From another telephone, once identified; never to another person who rings from the same one."""
    who, other = person(), person("AB2")
    keep_place(person_id=who)
    assert again("2024-05-15 10:40", FIXED) is None
    assert again("2024-05-15 10:40", None) is None
    assert again("2024-05-15 10:40", MOBILE, other) is None
    assert again("2024-05-15 10:40", FIXED, who)


def test_the_place_is_of_the_number_to_be_called() -> None:
    """Somebody in a telephone shop who left their own mobile loses nothing to the next in the shop."""
    call = keep_place(number=FIXED)
    with at("2024-05-15 10:10", call) as work:
        callbacks.renumber(work, MOBILE)
    assert again("2024-05-15 10:40", FIXED) is None
    assert again("2024-05-15 10:40", MOBILE)


def test_a_half_day_is_no_place() -> None:
    """Who chose tomorrow morning and rings today is called tomorrow all the same."""
    promise("2024-05-15 10:00", "2024-05-16", "morning")
    assert again("2024-05-15 10:40", MOBILE) is None


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


# Numbers


@pytest.mark.parametrize(
    "number", ["+882160000000", "+8821612345678", "0899999999", "0801000000", "0892000000", "0800090100", "3939", "190"]
)
def test_only_moroccan_fixed_and_mobile_numbers_are_called(number: str) -> None:
    """No satellites, no premium or free numbers, no short codes."""
    with pytest.raises(BadInputError, match="Moroccan"):
        Telephone.parse(number)


@pytest.mark.parametrize("number", ["0661OOO777", "0661000777 x5", "0661000777;ext=12"])
def test_letters_and_extensions_are_no_number(number: str) -> None:
    """Letters would be taken for those of a keypad, and somebody else called."""
    with pytest.raises(BadInputError, match="Moroccan"):
        Telephone.parse(number)
