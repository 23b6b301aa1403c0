"""What the engine does with an answer by voice: taken, said back, wrong; the prompts are the real ones."""

import pytest

from ivr.conversation import Caller, Ending, HangUp, Prompt
from ivr.hearing.understanding import Speech
from ivr.inputs import Reply, birth_date, one_time_code
from tests.engine.playing import Play


async def pay(caller: Caller) -> Ending:
    """Ask a menu, a date, keys only, and the menu once more."""
    caller.language = "fr"
    return await caller.menu("main-menu", {"1": ("registration", register)})


async def register(caller: Caller) -> Ending:
    """Ask what a registration asks."""
    chosen = await caller.choose("payment", {"1": "direct-debit", "2": "self"})
    await caller.ask("birth-date", birth_date)
    await caller.ask("code", one_time_code)
    await caller.choose("payment", {"1": "direct-debit", "2": "self"})
    await caller.hear("resumed" if chosen == "self" else "misheard")
    return HangUp()


def says(call: Play, words: str, confidence: float | None = 0.9) -> Play:
    """Answer by voice."""
    return call.hear(Reply(speech=words, confidence=confidence))


def at_payment() -> Play:
    """Return a call at `payment`."""
    return says(Play(pay), "inscription").hears("payment")


def heard(call: Play) -> Prompt:
    """Return what was last said back."""
    return call.turn.says[-1]


def test_a_sure_answer_is_journaled_as_its_key_would_be() -> None:
    """Statistics see the choice; a flow sees no difference."""
    call = says(at_payment(), "moi-même")
    assert call.journal.answers == [("main-menu", "registration"), ("payment", "self")]
    assert call.turn.step
    assert call.turn.step.choice == "self"
    says(call, "14 mars 1988").hears("code")


def test_an_unsure_answer_is_said_back_and_taken_after_yes() -> None:
    """By voice or by key; the question it answers is then settled, and asked afresh under its next key."""
    call = says(at_payment(), "prélèvement", 0.6).hears("payment-confirm", "heard-confirm")
    assert heard(call).values == {"heard": "le prélèvement"}
    assert call.outcome == "unsure"
    says(call, "oui").hears("birth-date")
    says(call, "14 mars 1988", None).hears("birth-date-confirm").keys("1").hears("code")
    call.keys("123456").hears("payment.2")
    says(call, "moi-même", 0.6).hears("payment-confirm.2").keys("1").ends()


def test_after_no_it_is_asked_again_and_counts_as_a_wrong_answer() -> None:
    """Three times misheard lead to an advisor, as three wrong answers do."""
    call = at_payment()
    for turn, confirm in enumerate(("payment-confirm", "payment-confirm.2", "payment-confirm.3"), 1):
        says(call, "prélèvement", 0.6).hears(confirm)
        says(call, "non")
        if turn < 3:
            call.hears("payment", "misheard", "payment")
    call.ends("wrong")


def test_a_misheard_answer_and_a_wrong_one_are_one_ladder() -> None:
    """However they alternate."""
    call = says(at_payment(), "prélèvement", 0.6).keys("2").hears("payment").keys("9").hears("payment")
    says(call, "blabla").ends("wrong")


def test_the_question_that_says_back_is_a_menu_like_any() -> None:
    """`*` again, `#` the menu before, `0` an advisor, silence its own ladder."""
    call = says(at_payment(), "prélèvement", 0.6).silence().hears("payment-confirm", "not-heard", "heard-confirm")
    call.keys("*").hears("payment-confirm", "heard-confirm").keys("9").hears("payment-confirm")
    says(at_payment(), "prélèvement", 0.6).keys("#").hears("main-menu.2")
    says(at_payment(), "prélèvement", 0.6).keys("0").ends("asked")
    says(at_payment(), "prélèvement", 0.6).silence(3).ends("silence")


@pytest.mark.parametrize(
    ("words", "confidence", "question"),
    [("oui", 0.5, "birth-date"), ("oui", 0.4, "payment-confirm"), ("oui peut-être", 0.9, "payment-confirm")],
)
def test_what_is_said_back_is_not_said_back_again(words: str, confidence: float, question: str) -> None:
    """A plain yes of 0.5 is enough there; anything less plain is a wrong answer."""
    call = says(at_payment(), "prélèvement", 0.6)
    says(call, words, confidence).hears(question)


def test_an_advisor_and_the_menu_before_are_said_back_too() -> None:
    """They lose the place; hearing it again doesn't."""
    call = says(at_payment(), "un conseiller", 0.6).hears("payment-confirm")
    assert heard(call).values == {"heard": "un conseiller"}
    call.keys("1").ends("asked")
    says(at_payment(), "retour", 0.6).hears("payment-confirm").keys("1").hears("main-menu.2")
    says(at_payment(), "répétez", 0.5).hears("payment")
    says(at_payment(), "un conseiller").ends("asked")


def test_keys_win_over_speech() -> None:
    """When both come."""
    at_payment().hear(Reply("2", speech="prélèvement", confidence=1)).hears("birth-date")


def test_help_by_voice_at_an_entry_opens_help() -> None:
    """As `*` alone does; «répétez» asks again."""
    call = says(says(at_payment(), "moi-même"), "de l'aide").hears("birth-date-help")
    says(call, "recommencer").hears("birth-date")
    says(call, "répétez").hears("birth-date", "birth-date")


def test_a_question_of_keys_only_takes_no_speech() -> None:
    """Nothing is listened for; should speech come, it is a wrong answer."""
    call = says(says(at_payment(), "moi-même"), "14 mars 1988").hears("code")
    assert call.turn.asked
    assert call.turn.asked.listening is None
    says(call, "un deux trois quatre cinq six").hears("code", "not-understood", "code")


@pytest.mark.parametrize(
    ("mode", "menus", "entries"), [("off", False, False), ("menus", True, False), ("all", True, True)]
)
def test_the_setting_says_what_is_listened_for(mode: Speech, menus: bool, entries: bool) -> None:
    """Speech leaves the country: a fund may want none of it, or no numbers."""
    call = Play(pay, speech=mode)
    says(call, "inscription").hears("payment" if menus else "main-menu")
    if not menus:
        call.keys("1")
    says(call.keys("2").hears("birth-date"), "14 mars 1988").hears("code" if entries else "birth-date")


def test_nothing_is_listened_for_before_there_is_a_language() -> None:
    """No recogniser knows which."""

    async def ask(caller: Caller) -> Ending:
        await caller.choose("payment", {"1": "direct-debit", "2": "self"})
        return HangUp()

    says(Play(ask), "moi-même").hears("payment", "not-understood", "payment")
