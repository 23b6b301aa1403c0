"""A call at the advisors' console, from the sign-in to the wrap-up, in a real browser, against everything that runs."""

import itertools
from typing import Literal

import pytest
from playwright.sync_api import expect

from .conftest import Call, Hire, Sit, Whole
from .desk import Desk

pytestmark = pytest.mark.long
LOOKS = list(itertools.product(("fr", "ar"), ("light", "dark")))


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_a_call_from_the_sign_in_to_the_wrap_up(
    sit: Sit, hire: Hire, call: Call, language: str, theme: Literal["light", "dark"]
) -> None:
    """By the keyboard alone; axe finds nothing in any state; a name, and notes, only where it was proved."""
    proved = theme == "light"
    desk = sit(language, theme).is_accessible().signs_in(hire(language, "Samira L'Alami")).is_accessible()
    desk.presses("KeyR").is_in_state("ready").sees("idle").is_accessible()
    caller = call(language, proves=proved)
    desk.sees("offer").is_accessible()
    expect(desk.page.locator("#person .name")).to_be_visible(visible=proved)
    desk.presses("KeyA").sees("talking").line_is("joined")
    desk.says("Bonjour <b>Madame</b>").hears("Bonjour <b>Madame</b>")
    caller.hears("Bonjour <b>Madame</b>").says("Merci beaucoup")
    desk.hears("Merci beaucoup").is_accessible()
    if proved:
        desk.note.fill("rappeler 'demain' غدا")
    desk.presses("KeyH")
    expect(desk.page.locator('[data-course="held"]')).to_be_visible()
    desk.is_accessible().presses("KeyH")
    expect(desk.page.locator('[data-course="held"]')).to_be_hidden()
    desk.presses("KeyE").sees("wrap-up").line_is("idle")
    if proved:
        expect(desk.note).to_have_value("rappeler 'demain' غدا")
    desk.page.locator('[value="case-opened"]').check()
    desk.is_accessible().presses("KeyW").is_in_state("ready").sees("idle")
    caller.asked("survey").hangs_up()
    desk.opens("account").is_accessible().opens("nowhere").is_accessible()
    desk.signs_out()


def test_a_reload_in_mid_call_keeps_it(sit: Sit, hire: Hire, call: Call) -> None:
    """The telephone dials in again; the caller stays where they are."""
    desk = sit().signs_in(hire("fr", "Nadia")).presses("KeyR").is_in_state("ready")
    caller = call()
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    desk.page.reload()
    desk.sees("talking").line_is("joined").says("Je suis de retour")
    caller.hears("Je suis de retour")
    desk.presses("KeyE").sees("wrap-up")
    desk.page.locator('[value="cut-off"]').check()
    desk.presses("KeyW").is_in_state("ready")
    desk.signs_out()


def test_of_two_pages_one_holds_the_telephone(sit: Sit, hire: Hire, call: Call, whole: Whole) -> None:
    """The other says so, and takes it when the first is closed."""
    first = sit().signs_in(hire("fr", "Karim"))
    second = Desk(first.page.context.new_page(), whole.console)
    first.page.bring_to_front()
    first.presses("KeyR").is_in_state("ready")
    caller = call()
    first.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    second.page.bring_to_front()
    second.sees("talking").line_is("elsewhere")
    first.page.close()
    second.line_is("joined").says("Toujours là")
    caller.hears("Toujours là").hangs_up()
    second.sees("wrap-up")
    second.page.locator('[value="answered"]').check()
    second.presses("KeyW").is_in_state("ready")
    second.signs_out()
