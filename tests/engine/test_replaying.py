"""A conversation is run from its start at every turn: what the journal makes of that."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, cast

import pytest

from backend.work import Work
from ivr.conversation import Caller, Conversation, Ending, HangUp, Help, Transfer, with_advisor
from ivr.inputs import Sign, identity_card, one_time_code, tax_reference
from tests.engine.playing import NOON, Play, reloaded


def drawn(_work: Work) -> int:
    """Draw a number; the next one differs."""
    raise NotImplementedError


def counting() -> Callable[..., Any]:
    """Return a `perform` that answers 1, then 2, then 3."""
    numbers = count(1)
    return lambda _act, *_args: next(numbers)


async def three_codes(caller: Caller) -> None:
    """Ask for a code until the third, help included."""
    for _ in range(3):
        while isinstance(await caller.ask_or_help("code", one_time_code), Help):
            await caller.choose("code-help", {"1": "another"})


async def order(caller: Caller) -> Ending | None:
    """Draw a number, ask two questions, draw again."""
    first = await caller.once(drawn)
    await caller.ask("reference", tax_reference)
    second = await caller.once(drawn)
    await caller.hear("drawn", first=first, second=second)
    await caller.choose("payment", {"1": "card", "2": "cash"})
    return None


async def shop(caller: Caller) -> Ending:
    """Offer an order in a menu."""
    return await caller.menu("top", {"1": ("order", order)})


def test_a_question_asked_afresh_after_a_valid_answer_has_a_key_of_its_own() -> None:
    """`code`, `code.2`, `code.3`; asking again, and help, keep the key."""
    call = Play(three_codes).keys("12").hears("code").keys("*").keys("1").hears("code").silence().hears("code")
    call.keys("123456").hears("code.2").keys("12").hears("code.2").keys("*").hears("code-help.2").keys("1")
    call.hears("code.2").keys("123456").hears("code.3").keys("123456").ends()


def test_a_question_asked_afresh_has_ladders_of_its_own() -> None:
    """Two wrong ones before a valid answer count for nothing after it."""
    call = Play(three_codes).keys("12").keys("12").keys("123456")
    call.keys("12").keys("12").hears("code.2").keys("12").ends("wrong")


def test_once_is_done_once_in_a_call() -> None:
    """Its result is journaled: a replay, of which there are many here, learns it from there."""
    call = Play(order, perform=counting()).silence().keys("12").keys("1234").hears("payment").silence()
    assert call.done == {"drawn": 2}
    assert call.keys("*").turn.says[0].values == {"first": 1, "second": 2}


def test_the_key_of_once_is_module_function_and_occurrence() -> None:
    """So a deploy that moves lines about finds it again."""
    call = Play(order, perform=counting()).keys("1234")
    assert call.journal.results == {f"{__name__}.drawn#1": 1, f"{__name__}.drawn#2": 2}


def test_back_leads_to_the_menu_and_afresh_into_the_conversation() -> None:
    """`#` is an answer: what was asked before has `.2`, what is done again is done anew."""
    call = Play(shop, perform=counting()).keys("1").keys("1234").hears("payment").silence().keys("#").hears("top.2")
    call.keys("1").hears("reference.2").keys("1234").hears("payment.2")
    assert call.done == {"drawn": 4}
    assert call.turn.says[0].values == {"first": 3, "second": 4}


def test_a_question_left_without_an_answer_is_the_same_one_later() -> None:
    """Help, then `#`: it never had an answer."""
    call = Play(shop, perform=counting()).keys("1").keys("", "*").keys("#").hears("top.2").keys("1")
    call.hears("reference").keys("1234").hears("payment")


def test_a_conversation_without_an_ending_returns_to_its_menu() -> None:
    """The menu is asked afresh."""
    Play(shop, perform=counting()).keys("1").keys("1234").keys("2").hears("top.2", "top")


def test_a_menu_inside_a_menu() -> None:
    """`#` goes up by one; at the top the menu is heard again."""

    async def shops(caller: Caller) -> Ending:
        return await caller.menu("town", {"1": ("shop", shop)})

    call = Play(shops, perform=counting()).keys("1").hears("top").keys("1").keys("1234").silence().keys("#")
    call.hears("top.2").keys("#").hears("town.2").keys("#").hears("town.2", "town")
    assert call.outcome == "repeat"
    call.keys("1").hears("top.3")


def test_an_ending_inside_menus_ends_the_call() -> None:
    """Returned or raised."""

    async def leave(_caller: Caller) -> Ending:
        raise HangUp

    async def doors(caller: Caller) -> Ending:
        return await caller.menu("door", {"1": ("shop", shop), "2": ("leave", leave)})

    Play(doors).keys("2").ends()


def test_an_exception_of_an_act_reaches_whoever_runs_the_engine() -> None:
    """The webhook is rolled back with the journal, and the question asked again."""

    def failing(act: Callable[..., Any], *_args: Any) -> Any:
        raise OSError(act.__name__)

    with pytest.raises(OSError, match="drawn"):
        Play(order, perform=failing)


@pytest.mark.parametrize(
    "stored",
    [
        {"$": "backend.identity:Gone", "f": {}},
        {"$": "backend.gone:Claim", "f": {}},
        {"$": "backend.identity:Refused", "f": {"tries": 2}},
        {"$": "backend.values:Dirhams", "v": "much"},
        {"$": "backend.values:Dirhams", "v": None},
        {"$": "date", "v": "2024-02-30"},
        {"$": "os:system", "v": "true"},
        {"$": "backend.identity:Refused"},
    ],
)
def test_a_result_that_cannot_be_read_leads_to_an_advisor(stored: Any) -> None:
    """Never to a second run of what was done."""
    call = Play(order, perform=counting())
    call.journal.results[f"{__name__}.drawn#1"] = stored
    call.keys("1234").ends("unreadable")
    assert call.done == {"drawn": 1}


def test_an_answer_that_no_longer_parses_is_asked_again() -> None:
    """After a deploy that renamed a choice; what followed it is still known."""

    def sold(old: str) -> Conversation:
        async def sell(caller: Caller) -> None:
            await caller.choose("payment", {"1": old})
            await caller.ask("reference", tax_reference)
            await caller.choose("thanks", {"1": "bye"})

        return sell

    call = Play(sold("cheque")).keys("1").keys("1234").hears("thanks")
    call.conversation = sold("card")
    call.keys("1").hears("payment", "payment").keys("1").hears("thanks").keys("1").ends()


@pytest.mark.parametrize("value", ["!back", "!help", "!silence"])
def test_a_sign_that_no_longer_fits_its_question(value: str) -> None:
    """`#` where there is no menu before any more, help in a menu: asked again; a ladder's end leads to an advisor."""

    async def ask(caller: Caller) -> None:
        await caller.choose("payment", {"1": "card"})
        await caller.choose("thanks", {"1": "bye"})

    call = Play(ask).keys("1").hears("thanks")
    call.journal.answers[0] = ("payment", value)
    call.keys("1")
    if value == "!silence":
        call.ends("silence")
    else:
        call.hears("payment")


def test_a_reply_to_a_question_that_a_deploy_moved_is_not_taken_for_another() -> None:
    """The question that is now first is asked."""

    def asking(*keys: str) -> Conversation:
        async def ask(caller: Caller) -> None:
            for key in keys:
                await caller.choose(key, {"1": "yes"})

        return ask

    call = Play(asking("a", "b"))
    call.conversation = asking("new", "a", "b")
    call.keys("1").hears("new", "new").keys("1").hears("a")


def test_hearing_the_open_question_again_changes_nothing() -> None:
    """Without a reply, the journal stays as it is."""
    call = Play(order, perform=counting()).keys("1234").silence()
    before = reloaded(call.journal)
    call._advance(None)
    assert call.journal == before
    call.hears("payment", "drawn", "payment")


def test_once_takes_positional_arguments() -> None:
    """The journal's key is the function's occurrence: names of arguments would only be in the way."""

    async def named(caller: Caller) -> None:
        await cast("Any", caller.once)(drawn, number=1)

    with pytest.raises(TypeError, match="positional"):
        Play(named)


async def advisor(caller: Caller, transfer: Transfer) -> Ending | None:
    """Stand for the conversation with which an advisor is asked for."""
    await caller.hear(f"for-{transfer.reason}")
    await caller.choose("day", {"1": "first", "2": "second"})
    await caller.ask("number", identity_card)
    return None


async def whole(caller: Caller) -> Ending:
    """Hold a call that may end at an advisor."""
    return await with_advisor(caller, shop, advisor)


def test_whoever_asks_for_an_advisor_meets_one() -> None:
    """From wherever in the conversation; then the call is over."""
    call = Play(whole, perform=counting()).keys("1").keys("1234").keys("0").hears("day", "for-asked", "day")
    call.keys("2").keys("482913", "#").ends()


def test_on_the_way_to_an_advisor_zero_repeats() -> None:
    """There is nobody further on; `#` has nowhere to go either."""
    call = Play(whole).keys("0").keys("0").hears("day", "for-asked", "day").keys("#").hears("day")
    call.keys("1").keys("*").hears("number-help").keys("0").hears("number-help").keys("#").hears("number-help")


@pytest.mark.parametrize("keys", ["", "7"])
def test_three_silences_on_the_way_to_an_advisor_end_in_goodbye(keys: str) -> None:
    """Or three wrong answers."""
    call = Play(whole).keys("0")
    for _ in range(3):
        call.keys(keys)
    call.ends()
    assert call.said == ("goodbye",)


def test_a_failure_on_the_way_to_an_advisor_ends_in_goodbye() -> None:
    """It can't lead to another."""
    assert Play(whole).keys("0").hear(Sign.FAILURE).said == ("goodbye",)


def test_an_advisor_that_wants_another_ends_in_goodbye() -> None:
    """Returned, as well as raised."""

    async def passing_on(_caller: Caller, _transfer: Transfer) -> Ending:
        return Transfer("again")

    async def passed_on(caller: Caller) -> Ending:
        return await with_advisor(caller, shop, passing_on)

    call = Play(passed_on).keys("0")
    call.ends()
    assert call.said == ("goodbye",)


def test_hanging_up_meets_no_advisor() -> None:
    """An ending raised within ends the call."""

    async def hang_up(_caller: Caller) -> Ending:
        raise HangUp

    async def call(caller: Caller) -> Ending:
        return await with_advisor(caller, hang_up, advisor)

    Play(call).ends()


@dataclass(frozen=True)
class Elsewhere:
    """A type that is not of the backend."""


def test_what_may_not_be_a_result_fails_at_once() -> None:
    """Not at the next turn, when nothing can be done any more."""
    with pytest.raises(TypeError, match="Elsewhere"):
        Play(order, perform=lambda *_: Elsewhere())


def test_every_turn_is_at_an_instant() -> None:
    """The engine has no clock: whoever runs it says what time it is."""
    assert Play(order, perform=counting()).now == NOON
