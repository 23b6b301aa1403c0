"""Outgoing calls: dialled once, at the carrier's pace, and nobody is taken for reached who pressed no key."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from backend.seal import unseal
from backend.telephony import Later, Refused, Unknown
from backend.work import Actor, begin
from callcenter import agents, dialling, tickets
from callcenter.dialling import Attempt, Over, Wait
from tests.callcenter.calling_back import ANOTHER, FIXED, MOBILE, accept, at, due, promise, state
from tests.callcenter.dialling import NINE, SID, accepted, asked, claim, dialled, lost, ringing, row, status
from tests.conftest import forget

pytestmark = pytest.mark.usefixtures("environment")


# Whom, and how often


def test_a_ticket_is_called_once_while_a_call_is_under_way() -> None:
    """A console that accepts twice, a webhook that comes twice."""
    waits = accepted()
    first = asked(waits)
    assert asked(waits) == first
    assert claim(f"{NINE}01") == Attempt(first, MOBILE)
    assert asked(waits) == first
    assert claim(f"{NINE}05") is None


def test_only_a_callback_that_an_advisor_accepted_is_called() -> None:
    """The advisor is reserved first: nobody answers to find no one there."""
    promise("2024-05-15 20:00", "2024-05-16", "morning")
    (waits,) = due("2024-05-16 09:00")
    with at(f"{NINE}00") as work, pytest.raises(ValueError, match="accepted"):
        dialling.call_back(work, waits)


def test_the_number_is_sealed_and_erased_when_the_call_is_over() -> None:
    """For its row."""
    dial = ringing()
    assert unseal(row(dial).number, f"dials:{dial}").decode() == MOBILE
    status(f"{NINE}20", "busy")
    assert row(dial).number is None


def test_the_row_says_dialling_before_anybody_is_asked() -> None:
    """Committed: a worker that dies now leaves a trace."""
    assert row(dialled()).state == "dialling"


# The pace


def test_one_call_a_second_over_all_processes(count: Callable[[str], int]) -> None:
    """Eight workers at the same instant take one; the next is a second later."""
    for number in (MOBILE, FIXED, ANOTHER):
        asked(accepted(number))
    assert count("dials") == 3
    with at(f"{NINE}10"), ThreadPoolExecutor(8) as workers:
        taken = list(workers.map(lambda _: claim_now(), range(8)))
    assert sum(isinstance(each, Attempt) for each in taken) == 1
    assert all(each == Wait(1.0) for each in taken if not isinstance(each, Attempt))
    assert claim("2024-05-16 09:00:10.600") == Wait(0.4)
    assert isinstance(claim(f"{NINE}11"), Attempt)


def claim_now() -> Attempt | Wait | Over | None:
    """Take the next call to place, now that time stands still."""
    with begin(Actor("job", "test"), today=date(2024, 5, 16)) as work:
        return dialling.claim(work)


def test_the_pace_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four a second: a quarter of a second apart."""
    monkeypatch.setenv("SVI_CALLS_PER_SECOND", "4")
    forget()
    asked(accepted())
    asked(accepted(FIXED))
    assert isinstance(claim(f"{NINE}01"), Attempt)
    assert claim(f"{NINE}01") == Wait(0.25)
    assert isinstance(claim("2024-05-16 09:00:01.250"), Attempt)


# What the carrier says to the request


def test_a_number_that_is_refused_is_an_attempt_in_vain() -> None:
    """The callback goes on; the advisor's ticket is over."""
    waits = accepted()
    dial = dialled(waits)
    with at(f"{NINE}01") as work:
        over = dialling.settle(work, dial, Refused(21217))
    assert over
    assert (over.result, over.dial.state) == ("failed", "ended")
    assert over.ticket
    assert (over.ticket.id, over.ticket.outcome, over.ticket.advisor) == (waits.id, "not-reached", waits.advisor)
    assert state() == ("promised", 1, "2024-05-16 09:10")


def test_what_can_not_be_placed_now_is_placed_a_little_later() -> None:
    """429, or a refused connection: the carrier has seen nothing. It may say after how long."""
    dial = dialled()
    with at(f"{NINE}01") as work:
        assert dialling.settle(work, dial, Later(timedelta(seconds=5))) is None
    assert claim(f"{NINE}05") is None
    assert claim(f"{NINE}06") == Attempt(dial, MOBILE)


def test_nobody_is_called_when_it_is_worth_nothing_any_more() -> None:
    """After a minute the advisor waits no more; it counts as no attempt."""
    dial = dialled()
    with at(f"{NINE}01") as work:
        dialling.settle(work, dial, Later())
    over = claim("2024-05-16 09:01:00")
    assert isinstance(over, Over)
    assert over.result == "cancelled"
    assert state() == ("promised", 0, "2024-05-16 09:11")


def test_nobody_is_called_for_an_advisor_who_is_gone() -> None:
    """The ticket waits again, or is over: the call is cancelled before it is placed."""
    waits = accepted()
    asked(waits)
    with at(f"{NINE}01") as work:
        tickets.change(work, waits.id, state="waiting", advisor_id=None)
    assert isinstance(claim(f"{NINE}02"), Over)


def test_nobody_is_called_after_closing() -> None:
    """Though an advisor accepted in time."""
    promise("2024-05-15 20:00", "2024-05-16", "afternoon")
    (made,) = due("2024-05-16 16:29")
    with at("2024-05-16 08:30") as work:
        advisor = agents.add(work, "s.alami", "Sara Alami", ["fr"], {}).id
    waits = accept("2024-05-16 16:29", made, advisor)
    with at("2024-05-16 16:29:50") as work:
        dialling.call_back(work, waits)
    over = claim("2024-05-16 16:30:00")
    assert isinstance(over, Over)
    assert state() == ("promised", 0, "2024-05-17 09:00")


# Uncertain


def test_a_request_without_an_answer_waits_for_its_webhook() -> None:
    """The call may have been placed: its first status names it, and it goes on as any other."""
    dial = dialled()
    with at(f"{NINE}10") as work:
        assert dialling.settle(work, dial, Unknown()) is None
    assert claim(f"{NINE}20") is None
    assert status(f"{NINE}20", "ringing", SID, dial) is None
    assert (row(dial).state, row(dial).sid) == ("ringing", SID)
    over = status(f"{NINE}30", "no-answer", SID, dial)
    assert over
    assert over.result == "no-answer"


@pytest.mark.parametrize("doubt", [True, False])
def test_of_which_nothing_is_heard_for_45_seconds_has_failed(*, doubt: bool) -> None:
    """Whether the answer was lost, or the worker died: never dialled twice blindly, the next attempt is later."""
    dial = dialled()
    if doubt:
        with at(f"{NINE}10") as work:
            dialling.settle(work, dial, Unknown())
    assert lost(f"{NINE}44") is None
    over = lost(f"{NINE}45")
    assert over
    assert over.result == "failed"
    assert lost(f"{NINE}46") is None
    assert state() == ("promised", 1, "2024-05-16 09:10")


def test_a_call_that_was_given_up_and_is_answered_all_the_same_hangs_up() -> None:
    """Its advisor is gone."""
    dial = dialled()
    lost(f"{NINE}45")
    with at(f"{NINE}50") as work:
        assert dialling.answered(work, dial, SID) is None


def silent(local: str) -> int | None:
    """Return the call whose end is overdue."""
    with at(local) as work:
        found = dialling.silent(work)
    return found.id if found else None


def test_a_call_whose_end_is_overdue_is_asked_for() -> None:
    """Its last status got lost: every half-minute, until it is known, for ten minutes."""
    dial = ringing()
    assert silent("2024-05-16 09:01:29") is None
    assert silent("2024-05-16 09:01:30") == dial
    assert silent("2024-05-16 09:01:59") is None
    assert silent("2024-05-16 09:02:00") == dial
    over = lost("2024-05-16 09:10:00")
    assert over
    assert over.result == "failed"
