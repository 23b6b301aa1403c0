"""The page at work from one call to the next, in each look: two advisors, callers, a promised call."""

import pytest
from playwright.sync_api import expect

from tests.centre import Caller, Lines

from .conftest import HIDDEN, Call, Hire, Person, Sit, Theme, in_each_look
from .desk import PASSWORD, Desk

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]
OWING: dict[str, Person] = {
    "fr": Person("163333811", "14121977", "+212665710403"),
    "ar": Person("169334033", "24061959", "+212662711009"),
}
"""Of the demonstration, and of no other test: with months to pay, a cancellation, a family."""
PARTS = ("ledger", "cancellation", "rights", "claims", "family", "cases", "calls", "messages")


@in_each_look
def test_a_call_and_all_that_can_become_of_it(sit: Sit, hire: Hire, call: Call, language: str, theme: Theme) -> None:
    """From the offer to the wrap-up: on hold, muted, cut off, the session over, with a colleague, given away."""
    login = hire(language, "Samira El Alami")
    samira = sit(language, theme).signs_in(login).pictured("not-ready", narrow=True)
    samira.pauses("meal").pictured("not-ready-for-a-meal").presses("KeyR").is_in_state("ready").pictured(
        "idle", narrow=True
    )
    caller = call(language, proves=True, who=OWING[language])
    samira.sees("offer").pictured("offer").presses("KeyA").sees("talking").line_is("joined")
    _talks(samira, caller)
    samira.pictured("talk", narrow=True)
    _looks_at_the_person(samira)
    _acts(samira)
    _is_interrupted(samira, login)
    mehdi = sit(language, theme).signs_in(hire(language, "Mehdi Bennani")).presses("KeyR").is_in_state("ready")
    _asks(samira, mehdi)
    samira.presses("KeyT").sees("wrap-up").line_is("idle")
    samira.page.locator('[value="answered"]').check()
    samira.pictured("wrap-up", narrow=True).presses("KeyW").is_in_state("ready").signs_out()
    mehdi.sees("talking").is_on_course("talking")
    caller.hangs_up()
    mehdi.sees("wrap-up").is_on_course("caller-left").pictured("caller-left")
    mehdi.results_in("answered").is_in_state("ready").signs_out()


@in_each_look
def test_an_offer_that_went_elsewhere_and_a_stranger(
    sit: Sit, hire: Hire, call: Call, language: str, theme: Theme
) -> None:
    """Who does not look loses the offer; the next advisor does not know who calls; a telephone that is away is said."""
    samira = sit(language, theme).signs_in(hire(language, "Samira El Alami")).presses("KeyR").is_in_state("ready")
    samira.page.evaluate(HIDDEN, True)
    caller = call(language)
    mehdi = sit(language, theme).signs_in(hire(language, "Mehdi Bennani")).presses("KeyR")
    mehdi.sees("offer").pictured("offer-of-a-stranger")
    samira.page.evaluate(HIDDEN, False)
    samira.is_in_state("not-ready")
    expect(samira.page.locator("#call .careful")).to_be_visible()
    samira.pictured("offer-gone").signs_out()
    mehdi.presses("KeyA").sees("talking").line_is("joined").pictured("talk-with-a-stranger", narrow=True)
    mehdi.page.locator(".search > summary").click()
    mehdi.pictured("stranger-sought")
    caller.hangs_up()
    mehdi.sees("wrap-up").pictured("wrap-up-of-a-stranger")
    mehdi.results_in("answered").is_in_state("ready")
    mehdi.page.context.route("**/phone/numbers", lambda route: route.abort())
    mehdi.line_is("away").is_in_state("not-ready").presses("KeyR")
    expect(mehdi.page.locator("#news .notice")).to_be_visible()
    mehdi.pictured("not-reachable", narrow=True).signs_out()


@in_each_look
def test_a_promised_call(sit: Sit, hire: Hire, call: Call, lines: Lines, language: str, theme: Theme) -> None:
    """It stands among those of the day, is offered, and rings."""
    desk = sit(language, theme).signs_in(hire(language, "Samira El Alami"))
    mobile = OWING[language][2]
    call(language, from_=mobile).keys("1").asked("callback-number-confirm").keys("1")
    expect(desk.page.locator("#callbacks li").first).to_be_visible(timeout=45_000)
    desk.pictured("callbacks-of-the-day", of="#callbacks", narrow=True)
    desk.presses("KeyR").sees("offer").pictured("callback-offered")
    desk.presses("KeyA").sees("calling").pictured("callback-rings")
    lines.called(mobile).asked("callback-confirm").keys("1")
    desk.sees("talking").line_is("joined").presses("KeyE").is_in_wrap_up()
    desk.results_in("answered").is_in_state("ready").signs_out()


def _talks(desk: Desk, caller: Caller) -> None:
    desk.says("Bonjour <b>Madame</b>").hears("Bonjour <b>Madame</b>")
    caller.hears("Bonjour <b>Madame</b>").says("Merci beaucoup شكرا")
    desk.hears("Merci beaucoup")
    desk.note.fill("rappeler 'demain' غدا")


def _looks_at_the_person(desk: Desk) -> None:
    """Look at each section of the record."""
    desk.pictured("person-at-a-glance", of="#person").opens_all()
    desk.is_accessible()
    for part in PARTS:
        desk.keeps(f"person-{part}", of=f"#part-{part}")


def _acts(desk: Desk) -> None:
    """Leave something out, read an SMS before it goes, have it go."""
    desk.act("open-case").locator("button.main").press("Enter")
    expect(desk.act("open-case").locator('[aria-invalid="true"]').first).to_be_visible()
    desk.pictured("act-with-an-error", of="#acts")
    desk.act("open-case").locator("textarea").fill("Un mois payé manque au compte : قضية <b>")
    desk.pictured("act-filled-in", of="#acts")
    desk.act("open-case").locator("button.main").press("Enter")
    done = desk.page.locator("#acts .done li")
    expect(done).to_have_count(1)
    desk.act("send-payment").locator('[name="step"]').press("Enter")
    expect(desk.act("send-payment").locator("blockquote")).to_be_visible()
    desk.pictured("act-read-before", of="#acts")
    desk.act("send-payment").locator("button.main").press("Enter")
    expect(done).to_have_count(2)
    desk.pictured("act-done", of="#acts")


def _is_interrupted(desk: Desk, login: str) -> None:
    """Mute the line; then the network is away, the caller on hold, and the session over."""
    page = desk.presses("KeyM").line_is("muted").pictured("muted").presses("KeyM").line_is("joined").page
    page.context.set_offline(True)
    expect(page.locator("#away")).to_be_visible()
    desk.pictured("network-lost")
    page.context.set_offline(False)
    expect(page.locator("#away")).to_be_hidden()
    desk.line_is("joined").presses("KeyH").is_on_course("held").line_is("joined").pictured("on-hold", narrow=True)
    page.context.clear_cookies(name="svi-session")
    desk.presses("KeyH")
    expect(page.locator("#session-ended")).to_be_visible()
    desk.pictured("session-ended")
    page.locator("#session-ended button").click()
    again = page.locator("#sign-in-again")
    expect(again.locator('[name="login"]')).to_have_value(login)
    desk.pictured("sign-in-again")
    again.locator('[name="password"]').fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(again).to_be_hidden()
    desk.line_is("joined")
    expect(desk.note).to_have_value("rappeler 'demain' غدا")
    if page.locator('[data-course="held"]').is_visible():
        desk.presses("KeyH")
    desk.is_on_course("talking")


def _asks(samira: Desk, mehdi: Desk) -> None:
    """Ask a colleague first, then have all three talk."""
    samira.presses("KeyT")
    expect(samira.page.locator("#panel")).to_be_visible()
    samira.pictured("transfer", narrow=True).page.keyboard.press("Escape")
    expect(samira.page.locator("#panel")).to_be_hidden()
    samira.presses("KeyK").chooses("Mehdi Bennani").is_on_course("asking").pictured("asking")
    mehdi.sees("offer").pictured("asked")
    mehdi.presses("KeyA").sees("asked-in").line_is("joined").is_on_course("consulting").pictured("asked-in")
    samira.is_on_course("consulting").pictured("consulting")
    samira.presses("KeyH").is_on_course("conference").pictured("conference").presses("KeyE")
    expect(samira.page.locator("#sure-end button")).to_be_visible()
    samira.pictured("end-for-all").page.keyboard.press("Escape")
    expect(samira.page.locator("#sure-end button")).to_be_hidden()
