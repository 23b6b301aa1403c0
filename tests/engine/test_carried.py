"""Choices of an earlier call answer their questions once; nothing that was keyed in is ever carried on."""

from ivr.conversation import Caller, Ending, HangUp
from ivr.inputs import one_time_code
from tests.engine.playing import Play


async def second_call(caller: Caller) -> Ending:
    """Go on with what an earlier call is said to have left, then ask the same again."""
    await caller.choose("resume", {"1": "go-on"})
    caller.carried = {"payment": "cash", "code": "123456", "colour": "no longer a choice", "elsewhere": "1"}
    await caller.hear("resumed")
    for _ in range(2):
        await caller.choose("payment", {"1": "card", "2": "cash"})
        await caller.hear("noted")
    await caller.ask("code", one_time_code)
    await caller.choose("colour", {"1": "red"})
    return HangUp()


def test_a_choice_carried_on_is_not_asked_and_the_next_time_it_is() -> None:
    """The question asked afresh has a key of its own; nothing that was to be said is lost."""
    call = Play(second_call).keys("1").hears("payment.2", "resumed", "noted", "payment")
    assert call.journal.answers == [("resume", "go-on")]
    call.silence().hears("payment.2", "not-heard", "payment").keys("1").hears("code")


def test_an_entry_is_asked_whatever_was_left_for_it() -> None:
    """Codes and accounts are keyed anew, even by a flow's mistake."""
    Play(second_call).keys("1").keys("1").hears("code").keys("654321").hears("colour")


def test_a_choice_that_no_longer_exists_is_asked() -> None:
    """After a deploy."""
    Play(second_call).keys("1").keys("1").keys("654321").hears("colour").keys("1").ends()
