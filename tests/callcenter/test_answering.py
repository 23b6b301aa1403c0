"""Outgoing calls that somebody answers, or nobody: who presses no key was not reached."""

import pytest

from backend.telephony import Handed
from callcenter import agents, callbacks, dialling
from callcenter.callbacks import Result
from callcenter.dialling import Attempt, Over
from callcenter.dials import Dial
from tests.callcenter.calling_back import MOBILE, accept, at, due, promise, state, ticket
from tests.callcenter.dialling import NINE, OTHER, SID, accepted, claim, dialled, ringing, row, status

pytestmark = pytest.mark.usefixtures("environment")


def answered(local: str, dial: int, sid: str = SID) -> Dial | None:
    """Have somebody answer."""
    with at(local) as work:
        return dialling.answered(work, dial, sid)


def confirmed(local: str, dial: int, sid: str = SID) -> Over | None:
    """Have somebody press `1`."""
    with at(local) as work:
        return dialling.confirmed(work, dial, sid)


def test_who_answers_and_presses_a_key_is_reached() -> None:
    """The ticket goes on, the promise is kept, and nothing that comes later changes it."""
    waits = accepted()
    dial = ringing(waits)
    found = answered(f"{NINE}10", dial)
    assert found
    assert (found.kind, found.state, found.ticket, found.sid) == ("callback", "answered", waits.id, SID)
    over = confirmed(f"{NINE}15", dial)
    assert over
    assert over.result == "reached"
    assert over.ticket
    assert (over.ticket.state, state()[0]) == ("accepted", "kept")
    assert confirmed(f"{NINE}16", dial) is None
    assert status(f"{NINE}50", "completed") is None
    assert (state()[0], ticket(waits.id).state) == ("kept", "accepted")


def test_the_webhook_that_comes_twice_hears_the_same() -> None:
    """It is the same call."""
    dial = ringing()
    assert answered(f"{NINE}10", dial) == answered(f"{NINE}11", dial)


def test_another_call_for_the_same_attempt_hangs_up() -> None:
    """The carrier placed it twice: the one that was recorded counts."""
    dial = ringing()
    assert answered(f"{NINE}10", dial, OTHER) is None
    assert answered(f"{NINE}11", dial)
    assert confirmed(f"{NINE}12", dial, OTHER) is None


def test_of_two_calls_whose_request_was_lost_the_first_to_be_answered_counts() -> None:
    """Nobody told us which it is."""
    dial = dialled()
    assert answered(f"{NINE}10", dial, OTHER)
    assert answered(f"{NINE}11", dial, SID) is None
    with at(f"{NINE}12") as work:
        dialling.settle(work, dial, Handed(SID))
    assert row(dial).sid == OTHER


def test_nobody_confirms_what_was_not_answered() -> None:
    """Nor who hung up."""
    dial = ringing()
    assert confirmed(f"{NINE}10", dial) is None


@pytest.mark.parametrize(
    ("word", "result", "attempts"),
    [
        ("busy", "busy", 1),
        ("no-answer", "no-answer", 1),
        ("failed", "failed", 1),
        ("canceled", "cancelled", 0),
        ("completed", "not-confirmed", 1),
    ],
)
def test_the_last_word_of_the_carrier_ends_the_attempt(word: str, result: Result, attempts: int) -> None:
    """An answering machine presses no key: it counts as nobody."""
    dial = ringing()
    if word == "completed":
        answered(f"{NINE}10", dial)
    over = status(f"{NINE}20", word)
    assert over
    assert (over.result, row(dial).result) == (result, result)
    assert state()[:2] == ("promised", attempts)
    assert status(f"{NINE}21", word) is None
    assert status(f"{NINE}22", "ringing") is None


def test_a_status_of_somebody_elses_call_is_none_of_ours() -> None:
    """Callers' calls have statuses too."""
    dial = ringing()
    assert status(f"{NINE}10", "completed", OTHER) is None
    assert status(f"{NINE}10", "completed", OTHER, dial) is None
    assert row(dial).state == "ringing"


def test_a_call_is_given_up_with_its_advisor() -> None:
    """Its SID says which call to end; the person is called again soon, and nothing counts as an attempt."""
    waits = accepted()
    ringing(waits)
    with at(f"{NINE}10") as work:
        over = dialling.cancel(work, waits.id)
    assert over
    assert (over.dial.sid, over.result) == (SID, "cancelled")
    with at(f"{NINE}10") as work:
        assert dialling.cancel(work, waits.id) is None
    assert state() == ("promised", 0, "2024-05-16 09:10")


def test_after_three_attempts_the_promise_is_missed() -> None:
    """Each with a call of its own."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    with at("2024-05-16 08:30") as work:
        advisor = agents.add(work, "s.alami", "Sara Alami", ["fr"], {}).id
    for number, local in enumerate(("09:00", "09:10", "10:10")):
        (made,) = due(f"2024-05-16 {local}")
        waits = accept(f"2024-05-16 {local}", made, advisor)
        with at(f"2024-05-16 {local}") as work:
            dial = dialling.call_back(work, waits)
        assert claim(f"2024-05-16 {local}") == Attempt(dial, MOBILE)
        assert status(f"2024-05-16 {local}", "busy", f"CA{number}", dial)
    assert state()[:2] == ("missed", 3)
    with at("2024-05-16 10:11") as work:
        assert callbacks.missed(work) == 1
