"""A call at the page at work outlives a reload; of two pages one holds the telephone: in a real browser."""

import pytest

from .conftest import Call, Hire, Sit, Whole
from .desk import Desk

pytestmark = pytest.mark.long


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
