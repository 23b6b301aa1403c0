"""A question's document is written once and kept, unless it says something of somebody."""

from backend.values import FewDigits
from ivr import twiml
from ivr.conversation import Caller, Ending, HangUp
from tests.engine.playing import Play


async def pay(caller: Caller) -> Ending:
    """Ask the same with nothing of the caller in it, then with something."""
    caller.language = "fr"
    await caller.choose("payment", {"1": "direct-debit", "2": "self"})
    await caller.hear("code-sent", ending=FewDigits("47"))
    await caller.choose("declaration", {"1": "declare", "2": "cancel"})
    return HangUp()


def test_a_kept_document_is_the_one_that_would_be_written_anew() -> None:
    """Byte for byte; another turn or another question has another document."""
    call = Play(pay)
    twiml._gathering.cache_clear()
    fresh = twiml.answer(call.turn, 3, "fr")
    assert twiml.answer(call.turn, 3, "fr") == fresh
    assert twiml._gathering.cache_info().hits == 1
    assert twiml.answer(call.turn, 4, "fr") == fresh.replace(b"/answer/3/", b"/answer/4/") != fresh
    assert twiml.answer(call.turn, 3, "ar") != fresh


def test_what_is_said_of_somebody_is_kept_by_no_process() -> None:
    """Names, amounts and endings of numbers live in the call's sealed journal only."""
    call = Play(pay).keys("2")
    twiml._gathering.cache_clear()
    assert "4 7" in twiml.answer(call.turn, 2, "fr").decode()
    assert twiml._gathering.cache_info().currsize == 0
