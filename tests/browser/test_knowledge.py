"""The script of a call and the articles, looked up by the keyboard while one talks, in a real browser."""

import pytest
from playwright.sync_api import expect

from .conftest import Call, Hire, Sit

pytestmark = pytest.mark.long
TITLES = {"fr": "Pension de retraite", "ar": "معاش التقاعد"}


def test_a_note_stays_while_an_answer_is_looked_up(sit: Sit, hire: Hire, call: Call) -> None:
    """The script is the call's, its sentences in the caller's language; its articles are there at once."""
    desk = sit("ar").signs_in(hire("ar", "Mounia Bennani"))
    page = desk.page
    desk.presses("KeyR").is_in_state("ready")
    call("ar", proves=True)
    desk.sees("offer")
    expect(page.locator('#script q[lang="ar"]').first).to_be_visible()
    expect(page.locator("#article-contributions-owed")).to_be_visible()
    desk.is_accessible()
    desk.presses("KeyA").sees("talking")
    desk.note.fill("à rappeler demain")
    expect(desk.looks_up("التقاعد").first).to_contain_text(TITLES["ar"])
    assert desk.note.input_value() == "à rappeler demain"
    desk.is_accessible()
    desk.presses("KeyE").sees("wrap-up")
    assert desk.note.input_value() == "à rappeler demain"
