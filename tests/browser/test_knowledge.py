"""The script of a call and the articles, looked up by the keyboard while one talks, in a real browser."""

import itertools

import pytest
from playwright.sync_api import expect

from .conftest import Call, Hire, Sit

pytestmark = pytest.mark.long
LOOKS = list(itertools.product(("fr", "ar"), ("light", "dark")))
TITLES = {"fr": "Pension de retraite", "ar": "معاش التقاعد"}


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_articles_are_found_and_opened_by_the_keyboard(sit: Sit, hire: Hire, language: str, theme: str) -> None:
    """As one types, in either language; what is found opens in its place; nothing found is said."""
    for width in (1360, 390):
        desk = sit(language, theme, width).signs_in(hire(language, "Samira Alami"))
        page = desk.page
        desk.is_accessible()
        expect(desk.looks_up("retraitte").first).to_contain_text(TITLES[language])
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#found details[open] li").first).to_be_visible()
        desk.is_accessible()
        page.keyboard.press("Escape")
        expect(page.locator("#found details[open]")).to_have_count(0)
        desk.looks_up("xyzzy")
        expect(page.locator("#found .empty")).to_be_visible()
        desk.is_accessible()
        assert "xyzzy" not in page.url
        desk.opens("knowledge")
        page.locator("#article-registration-categories summary").click()
        expect(page.locator("#article-registration-categories table")).to_be_visible()
        desk.is_accessible()
        desk.opens("account").is_accessible()


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
