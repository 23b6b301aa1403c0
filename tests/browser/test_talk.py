"""Two advisors and a caller, in real browsers: a call is given away, shared, taken back, handed over."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.centre import Caller

from .conftest import Call, Hire, Sit
from .desk import Desk

pytestmark = pytest.mark.long
Meet = Callable[[str], tuple[Desk, Desk, Caller]]


@pytest.fixture
def meet(sit: Sit, hire: Hire, call: Call) -> Meet:
    """Return what has Samira talk to a caller in a language, and Mehdi be ready besides."""

    def meeting(language: str) -> tuple[Desk, Desk, Caller]:
        theme = "dark" if language == "ar" else "light"
        samira = sit(language, theme).signs_in(hire(language, "Samira L'Alami")).presses("KeyR").is_in_state("ready")
        caller = call(language)
        samira.sees("offer").presses("KeyA").sees("talking").line_is("joined").is_on_course("talking")
        mehdi = sit(language, theme).signs_in(hire(language, "Mehdi Bennani")).presses("KeyR").is_in_state("ready")
        return samira, mehdi, caller

    return meeting


def test_a_call_is_handed_over_after_a_conference(meet: Meet) -> None:
    """The caller hears music, then both, then the second advisor; what colleagues say to each other, never."""
    samira, mehdi, caller = meet("ar")
    samira.presses("KeyK")
    expect(samira.page.locator("#panel")).to_be_visible()
    samira.chooses("Mehdi Bennani")
    samira.is_on_course("asking")
    mehdi.sees("offer")
    expect(mehdi.page.locator("#call")).to_contain_text("Samira L'Alami")
    mehdi.presses("KeyA").sees("asked-in").line_is("joined").is_on_course("consulting")
    samira.is_on_course("consulting").says("Un mot entre nous")
    mehdi.hears("Un mot entre nous")
    samira.presses("KeyH").is_on_course("conference")
    mehdi.is_on_course("conference").says("Bonjour à tous")
    samira.hears("Bonjour à tous")
    caller.hears("Bonjour à tous")
    samira.presses("KeyT").sees("wrap-up").line_is("idle")
    mehdi.sees("talking").is_on_course("talking").line_is("joined").says("Je continue avec vous")
    caller.hears("Je continue avec vous")
    assert not [line for line in caller.log() if "Un mot entre nous" in line]
    samira.presses("Digit4")
    expect(samira.page.locator("[data-digit='4']")).to_be_checked()
    samira.presses("KeyW").is_in_state("ready")
    caller.hangs_up()
    mehdi.sees("wrap-up").is_on_course("caller-left")


def test_a_colleague_who_does_not_come_is_asked_no_more(meet: Meet) -> None:
    """The caller is back; then the call goes to another subject, and the next advisor sees that it was transferred."""
    samira, mehdi, caller = meet("fr")
    samira.presses("KeyK").chooses("Mehdi Bennani").is_on_course("asking")
    mehdi.sees("offer").presses("KeyX").sees("idle")
    expect(samira.page.locator("#call .careful")).to_contain_text("Mehdi Bennani")
    samira.presses("KeyK").is_on_course("talking").says("Me revoilà")
    caller.hears("Me revoilà")
    samira.presses("KeyT")
    expect(samira.page.locator("#panel")).to_be_visible()
    samira.is_accessible().page.keyboard.press("Escape")
    expect(samira.page.locator("#panel")).to_be_hidden()
    samira.presses("KeyT").chooses("Mehdi Bennani").sees("wrap-up")
    mehdi.sees("offer")
    expect(mehdi.page.locator("#call")).to_contain_text("transféré par un collègue")
    mehdi.presses("KeyA").sees("talking").says("À vous")
    caller.hears("À vous").hangs_up()
    mehdi.sees("wrap-up")


def test_ending_for_all_is_asked_twice(meet: Meet) -> None:
    """While a colleague is there."""
    samira, mehdi, caller = meet("fr")
    samira.presses("KeyK").chooses("Mehdi Bennani").is_on_course("asking")
    mehdi.sees("offer").presses("KeyA").sees("asked-in")
    samira.is_on_course("consulting").presses("KeyE")
    sure = samira.page.locator("#sure-end button")
    expect(sure).to_be_visible()
    samira.is_accessible()
    sure.click()
    samira.sees("wrap-up")
    mehdi.sees("wrap-up")
    caller.asked("survey").hangs_up()
