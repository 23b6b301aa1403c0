"""The person at the console in a real browser: in a call, and looked for in one."""

import pytest
from playwright.sync_api import expect

from .conftest import Call, Hire, Sit

pytestmark = pytest.mark.long
NUMBER = "102320119"


def test_in_a_call_the_record_comes_when_it_is_taken_and_goes_with_it(sit: Sit, hire: Hire, call: Call) -> None:
    """Without a reload, so that the line stays; a section that is open stays so while the call goes on."""
    desk = sit().signs_in(hire("fr", "Samira")).presses("KeyR").is_in_state("ready")
    call(proves=True)
    desk.sees("offer")
    expect(desk.page.locator("#person .name")).to_be_visible()
    expect(desk.page.locator("#person .figures")).to_have_count(0)
    desk.presses("KeyA").sees("talking").line_is("joined")
    expect(desk.page.locator("#person .figures")).to_be_visible()
    desk.opens_all().is_accessible()
    desk.presses("KeyH")
    expect(desk.page.locator('[data-course="held"]')).to_be_visible()
    expect(desk.page.locator("#person details.part:not([open])")).to_have_count(0)
    desk.presses("KeyH").presses("KeyE").sees("wrap-up")
    desk.page.locator('[value="answered"]').check()
    desk.presses("KeyW").is_in_state("ready")
    expect(desk.page.locator("#person .name")).to_have_count(0)


def test_who_has_not_proved_who_they_are_is_looked_for_without_losing_the_line(
    sit: Sit, hire: Hire, call: Call
) -> None:
    """What was typed stays where nobody is found."""
    desk = sit().signs_in(hire("fr", "Salma")).presses("KeyR").is_in_state("ready")
    call()
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    page = desk.page
    page.locator(".search > summary").click()
    page.locator("#sought-number").fill("999999999")
    page.locator("#sought-reason").select_option("caller-not-proved")
    page.locator("#sought-words").fill("Elle ne reçoit pas le code")
    page.locator(".search button").click()
    expect(page.locator("#news .notice")).to_be_visible()
    expect(page.locator("#sought-words")).to_have_value("Elle ne reçoit pas le code")
    page.locator("#sought-number").fill(NUMBER)
    page.locator(".search button").click()
    expect(page.locator("#person.not-proved .name")).to_be_visible()
    desk.line_is("joined").is_accessible()
