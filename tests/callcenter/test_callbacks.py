"""A promised call: what is said is what is kept; it comes due, is tried, goes on, and is never lost."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from backend.calls import caller_digest
from backend.clock import CASABLANCA
from backend.errors import BadInputError
from backend.seal import unseal
from backend.values import PersonId, Telephone
from callcenter import callbacks, tickets
from callcenter.callbacks import NoPlace, PlaceKept
from callcenter.tickets import Step
from tests.callcenter.calling_back import (
    FIXED,
    MOBILE,
    accept,
    at,
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
    """A person's, from any telephone, once identified; never to who rings from the same one, known or not."""
    who, other = person(), person("AB2")
    keep_place(person_id=who)
    assert again("2024-05-15 10:40", FIXED) is None
    assert again("2024-05-15 10:40", None) is None
    assert again("2024-05-15 10:40", MOBILE, other) is None
    assert again("2024-05-15 10:40", MOBILE) is None
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
