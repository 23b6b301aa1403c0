"""What Twilio tells of a message moves its row forward, and never back."""

from itertools import permutations
from urllib.parse import parse_qs, urlsplit

import pytest

from backend import outbox
from backend.telephony import Handed

from .promising import promise_code, promise_information, row, state, working


def handed(key: str, sid: str = "SM1") -> int:
    """Have a promise handed over under `sid`, and return its row."""
    with working() as work:
        (attempt,) = outbox.claim(work, 1)
        outbox.settle(work, attempt, Handed(sid))
    number: int = row(key).id
    return number


def told(number: int, status: str, sid: str = "SM1", error: int | None = None) -> bool:
    """Deliver a status callback."""
    query = parse_qs(urlsplit(outbox.status_url(number)).query)
    with working() as work:
        return outbox.note_status(work, int(query["row"][0]), query["mac"][0], sid, status, error)


@pytest.mark.parametrize("order", list(permutations(["queued", "sent", "delivered"])))
def test_statuses_out_of_order_and_twice_end_where_they_should(order: tuple[str, ...]) -> None:
    """Delivered is the end, whatever comes after it."""
    promise_code()
    number = handed("code:1")
    for status in order + order:
        assert told(number, status)
    assert (state("code:1"), row("code:1").payload) == ("delivered", None)


def test_a_status_may_come_before_the_answer_to_the_request() -> None:
    """The row is still `sending`: the answer, when it comes, does not take it back."""
    promise_code()
    with working() as work:
        (attempt,) = outbox.claim(work, 1)
    told(row("code:1").id, "sent")
    with working() as work:
        outbox.settle(work, attempt, Handed("SM1"))
    assert state("code:1") == "sent"


@pytest.mark.parametrize(
    ("status", "end"), [("undelivered", "undelivered"), ("failed", "failed"), ("canceled", "failed")]
)
def test_a_bad_end_keeps_its_error_and_erases_the_words(status: str, end: str) -> None:
    """The number of the error is for the advisor; the text is gone."""
    promise_information()
    number = handed("registration:1")
    told(number, status, error=30003)
    found = row("registration:1")
    assert (found.state, found.error_code, found.payload) == (end, 30003, None)


def test_bad_news_of_a_first_copy_does_not_end_a_repeated_one() -> None:
    """The row follows the message sent last; good news of either counts."""
    promise_information()
    number = handed("registration:1", "SM2")
    told(number, "failed", sid="SM1", error=30008)
    assert state("registration:1") == "handed"
    told(number, "delivered", sid="SM1")
    assert state("registration:1") == "delivered"


@pytest.mark.parametrize("mac_text", ["", "00", "no hexadecimal", "é", "ab" * 32])
def test_a_status_with_a_wrong_mac_is_not_ours(mac_text: str) -> None:
    """Nobody else can say what became of a message."""
    promise_code()
    number = handed("code:1")
    with working() as work:
        assert not outbox.note_status(work, number, mac_text, "SM1", "failed", 30003)
    assert state("code:1") == "handed"


def test_a_status_of_no_row_or_in_an_unknown_word_changes_nothing() -> None:
    """An unknown row is not ours; an unknown word is ours, and ignored."""
    promise_code()
    number = handed("code:1")
    assert not told(number + 1, "sent")
    assert told(number, "teleported")
    assert state("code:1") == "handed"
