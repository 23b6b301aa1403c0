"""An advisor acts for the caller in a real browser: a registration, an SMS that is read before it goes, a case."""

import itertools
from datetime import datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import expect

from backend.clock import CASABLANCA
from tests.centre import Lines

from .conftest import CODE, KEY_OF, Hire, Sit

pytestmark = pytest.mark.long
A_WEEK = timedelta(days=7)  # a call that is due at once would be offered to the advisors of other tests
LOOKS = list(itertools.product(("fr", "ar"), ("light", "dark")))
PENDING = {
    "fr": ("311148", "23101989", "+212664000308"),
    "ar": ("311481", "17071987", "+212669000312"),
}
"""Of the demonstration: card, birth, mobile; no other test registers them."""


def begins_a_registration(lines: Lines, language: str) -> None:
    """Call, prove who one is, and ask for an advisor where the name is to be confirmed."""
    card, born, mobile = PENDING[language]
    before = lines.newest_sms()
    caller = lines.calls(mobile).keys(KEY_OF[language], "1")
    caller.asked("identity-card").keys(f"{card}#").asked("birth-date").keys(born).asked("code")
    caller.keys(lines.gets_sms(mobile, CODE, before)).asked("confirm-identity").keys("0").asked("recording").keys("2")


@pytest.mark.parametrize(("language", "theme"), LOOKS[:1] + LOOKS[3:])
def test_an_advisor_completes_a_registration(
    sit: Sit, hire: Hire, lines: Lines, language: str, theme: Literal["light", "dark"]
) -> None:
    """What is wrong is beside its field, and what was typed is kept; then the number is there to be said."""
    desk = sit(language, theme).signs_in(hire(language, "Samira Alami"))
    desk.presses("KeyR").is_in_state("ready")
    begins_a_registration(lines, language)
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    form = desk.act("complete-registration")
    form.locator('[name="payment"]').select_option("direct-debit")
    form.locator('[name="rib"]').fill("230810000123456789012322")
    desk.is_accessible()
    form.locator("button.main").press("Enter")
    form = desk.act("complete-registration")
    expect(form.locator('[aria-invalid="true"]')).to_have_count(3)
    expect(form.locator('[name="rib"]')).to_have_value("230810000123456789012322")
    desk.is_accessible()
    form.locator('[name="rib"]').fill("230810000123456789012321")
    for box in ("same-person", "declared"):
        form.locator(f'[name="{box}"]').check()
    form.locator("button.main").press("Enter")
    done = desk.page.locator("#acts .done li").first
    expect(done).to_contain_text("19000")
    expect(done).to_be_focused()
    expect(desk.page.locator('form[action$="/act/complete-registration"]')).to_have_count(0)
    desk.is_accessible()
    form = desk.act("send-number")
    form.locator('[name="step"]').press("Enter")
    expect(desk.act("send-number").locator("blockquote")).to_contain_text("19000")
    desk.is_accessible()
    desk.act("open-case").locator("textarea").fill("À suivre : قضية <b>")
    desk.act("send-number").locator("button.main").press("Enter")
    expect(desk.page.locator("#acts .done li")).to_have_count(2)
    expect(desk.act("open-case").locator("textarea")).to_have_value("À suivre : قضية <b>")
    desk.act("open-case").locator("button.main").press("Enter")
    expect(desk.page.locator("#acts .done li")).to_have_count(3)
    expect(desk.act("open-case").locator("textarea")).to_have_value("")
    callback = desk.act("arrange-callback")
    callback.locator('[name="day"]').fill(f"{datetime.now(CASABLANCA) + A_WEEK:%Y-%m-%d}")
    callback.locator('[name="telephone"]').fill("0522000102")
    callback.locator("button.main").press("Enter")
    expect(desk.page.locator("#acts .done li")).to_have_count(4)
    expect(desk.page.locator("#acts .done li").first).to_contain_text("02")
    desk.presses("KeyE").sees("wrap-up")
    desk.page.locator('[value="case-opened"]').check()
    desk.presses("KeyW").is_in_state("ready")
    desk.opens("cases").is_accessible()
    desk.page.locator('form[action$="/records/case"] button').first.press("Enter")
    desk.is_live()
    expect(desk.act("follow-case").locator('[name="case"]')).to_be_visible()
    desk.is_accessible()
    desk.signs_out()
