"""What happens at a question that gets no answer: the engine's part, the same for every flow."""

from datetime import timedelta

import pytest

from ivr.conversation import Caller, Conversation, Ending, Help, Transfer
from ivr.engine import Step
from ivr.inputs import Reply, Sign, identity_card, one_time_code, rib, tax_reference
from tests.engine.playing import NOON, Play


async def order(caller: Caller) -> None:
    """Ask for a code, then for a choice, in a menu of one."""

    async def whole(caller: Caller) -> Ending | None:
        await caller.hear("intro")
        await caller.ask("reference", tax_reference)
        await caller.hear("thanks")
        await caller.choose("payment", {"1": "card", "2": "cash"})
        return None

    await caller.menu("top", {"1": ("order", whole)})


async def card_only(caller: Caller) -> None:
    """Ask for an entry of varying length, then for a choice."""
    await caller.ask("card", identity_card)
    await caller.choose("payment", {"1": "card"})


async def account(caller: Caller) -> None:
    """Ask for what the conversation can do without."""
    kept = await caller.try_for("account", rib, tries=2)
    await caller.hear("kept" if kept else "given-up")
    await caller.choose("declaration", {"1": "yes"})


def waiting_for_code(minutes: int) -> Conversation:
    """Return a conversation that waits patiently for a code, so many minutes."""

    async def wait(caller: Caller) -> None:
        await caller.hear("sent")
        while isinstance(await caller.ask_or_help("code", one_time_code, patient_until=until), Help):
            await caller.choose("code-help", {"1": "another"})

    until = NOON + timedelta(minutes=minutes)
    return wait


def at_payment() -> Play:
    """Return a call at the second question of an order."""
    return Play(order).keys("1").keys("1234").hears("payment", "thanks", "payment")


def test_silence_is_asked_again_then_with_more_help_then_an_advisor() -> None:
    """The question keeps its key; the third silence leads to an advisor."""
    call = at_payment()
    call.silence().hears("payment", "not-heard", "payment")
    call.silence().hears("payment", "not-heard", "payment.more", "menu-keys")
    call.silence().ends("silence")


def test_a_wrong_answer_has_a_ladder_of_its_own() -> None:
    """Two silences and two wrong answers are still asked again, the third of either leads to an advisor."""
    call = at_payment().silence(2)
    call.keys("7").hears("payment", "not-understood", "payment")
    call.keys("7").hears("payment", "not-understood", "payment.more", "menu-keys")
    call.keys("7").ends("wrong")


def test_an_entry_says_nothing_of_menu_keys() -> None:
    """In an entry `0` is a digit: its further help is the question's own."""
    Play(card_only).silence().keys("123456789", "#").silence().hears("card", "not-heard", "card.more")


def test_ladders_are_of_one_question() -> None:
    """An answer leaves them behind."""
    Play(card_only).silence(2).keys("482913", "#").hears("payment").silence(2).hears("payment")


def test_speech_and_a_lone_hash_count_as_wrong_answers() -> None:
    """Whoever says something, or ends an entry without digits, did answer."""
    Play(card_only).hear(Reply(speech="quatre")).keys("", "#").hears("card", "not-understood", "card.more").keys(
        "", "#"
    ).ends("wrong")


def test_star_in_a_menu_repeats_all_that_was_said() -> None:
    """Also what came before the question, also after a silence; uncounted."""
    call = at_payment().silence()
    call.keys("*").hears("payment", "thanks", "payment")
    assert call.outcome == "repeat"


def test_star_after_some_digits_begins_again_uncounted() -> None:
    """The question stays open under its key."""
    call = Play(order).keys("1")
    for _ in range(4):
        call.keys("12", "*").hears("reference", "begin-again", "reference")
    call.keys("1234").hears("payment")


def test_star_alone_in_an_entry_opens_help() -> None:
    """`1` goes back to the question, under its key; `0` leads to an advisor; `#` to the menu before."""
    call = Play(order).keys("1").keys("", "*").hears("reference-help", "entry-help")
    call.keys("1").hears("reference", "reference")
    call.keys("", "*").hears("reference-help.2").keys("0").ends("asked")
    Play(order).keys("1").keys("", "*").keys("#").hears("top.2", "top")


def test_help_has_its_own_ladder() -> None:
    """Silence at the help question counts there."""
    call = Play(order).keys("1").silence(2).keys("", "*")
    call.silence(2).hears("reference-help", "not-heard", "entry-help.more", "menu-keys").silence().ends("silence")


def test_the_ladders_of_a_question_outlast_its_help() -> None:
    """It is the same question, still without an answer."""
    Play(order).keys("1").silence(2).keys("", "*").keys("1").hears("reference").silence().ends("silence")


def test_a_hash_pressed_by_habit_is_swallowed_once() -> None:
    """A lone `#` after an entry of fixed length: the same question, uncounted; a second one is meant."""
    call = at_payment().keys("#").hears("payment", "thanks", "payment")
    assert call.outcome == "habit"
    call.keys("#").hears("top.2")


def test_a_hash_by_habit_after_a_wrong_entry_costs_no_try() -> None:
    """The question asked again is just after an entry, too."""
    call = Play(order).keys("1")
    for _ in range(2):
        call.keys("12").hears("reference")
        assert call.keys("#").outcome == "habit"
    call.keys("1234").hears("payment")


def test_a_hash_by_habit_after_the_last_wrong_entry_loses_nothing() -> None:
    """An entry given up was an entry as well."""
    wrong = "1" * 24
    call = Play(account).keys(wrong).keys(wrong).hears("declaration", "given-up", "declaration")
    assert call.keys("#").outcome == "habit"


def test_a_hash_after_silence_or_an_entry_of_varying_length_is_no_habit() -> None:
    """At a menu it leads to the menu before; at the top the question is repeated, uncounted."""
    at_payment().silence().keys("#").hears("top.2")
    call = Play(card_only).keys("482913", "#").keys("#").hears("payment", "payment")
    assert call.outcome == "repeat"


def test_ten_uncounted_turns_then_an_advisor() -> None:
    """Whatever they are made of."""
    call = at_payment()
    for _ in range(10):
        call.keys("*").hears("payment")
    call.keys("*").ends("uncounted")


def test_help_counts_among_the_uncounted() -> None:
    """Nobody goes to and fro for ever."""
    call = Play(order).keys("1")
    for _ in range(10):
        call.keys("", "*").keys("1").hears("reference")
    call.keys("", "*").ends("uncounted")


def test_what_can_be_done_without_is_given_up_after_two_wrong_ones() -> None:
    """The second try comes with more help."""
    call = Play(account).keys("12").hears("account", "not-understood", "account.more")
    call.keys("12").hears("declaration", "given-up", "declaration")


def test_what_can_be_done_without_is_given_up_after_three_silences_too() -> None:
    """Silence is another ladder, of the usual length; it is not for an advisor either."""
    Play(account).keys("12").silence(2).hears("account").silence().hears("declaration", "given-up", "declaration")


def test_what_can_be_done_without_has_help_and_an_advisor() -> None:
    """As any entry."""
    call = Play(account).keys("", "*").hears("account-help").keys("1").hears("account").keys("", "*").keys("0")
    call.ends("asked")


def test_silence_counts_for_nothing_while_a_code_is_on_its_way() -> None:
    """The caller hears that we wait; once the code has expired, silence counts as anywhere."""
    call = Play(waiting_for_code(5))
    for _ in range(4):
        call.silence().hears("code", "code-waiting")
    call.now = NOON + timedelta(minutes=5)
    call.silence(2).hears("code", "not-heard", "code.more").silence().ends("silence")


def test_a_wrong_code_counts_while_waiting() -> None:
    """Only silence is patient."""
    Play(waiting_for_code(5)).silence().keys("12").keys("12").hears("code").keys("12").ends("wrong")


def test_patience_ends_as_well() -> None:
    """After ten turns of waiting, an advisor."""
    Play(waiting_for_code(600)).silence(10).hears("code").silence().ends("uncounted")


def test_a_flow_may_answer_star_itself() -> None:
    """`code` has help of its own, after which the code is asked for under its key."""
    call = Play(waiting_for_code(5)).keys("*").hears("code-help", "code-help").keys("1").hears("code", "code")
    call.keys("123456").ends()


@pytest.mark.parametrize("keys", ["0", "٠"])
def test_zero_in_a_menu_asks_for_an_advisor(keys: str) -> None:
    """At once, everywhere."""
    at_payment().keys(keys).ends("asked")


def test_a_failure_of_the_program_leads_to_an_advisor() -> None:
    """Whoever runs the engine says so, after three."""
    call = at_payment().hear(Sign.FAILURE)
    call.ends("failure")
    assert call.outcome == "failure"


def test_a_call_that_never_ends_goes_to_an_advisor() -> None:
    """Three hundred turns are more than any call needs, even with answers that are all valid."""

    async def endless(caller: Caller) -> None:
        while True:
            await caller.choose("again", {"1": "again"})

    call = Play(endless)
    for _ in range(300):
        call.keys("1")
    call.hears("again.301").keys("1").ends("endless")


def test_statistics_keep_a_choice_and_never_an_entry() -> None:
    """A step has the question, its outcome and a menu's choice."""
    call = Play(order).keys("1").keys("1234")
    assert call.turn.step == Step("reference", "answered", None)
    assert call.keys("2").turn.step == Step("payment", "answered", "cash")


def test_a_flow_asks_for_an_advisor_by_a_transfer() -> None:
    """Raised or returned, it ends the conversation with its reason."""

    async def returned(_caller: Caller) -> Ending:
        return Transfer("here")

    async def raised(_caller: Caller) -> Ending:
        raise Transfer("there")

    Play(returned).ends("here")
    Play(raised).ends("there")
