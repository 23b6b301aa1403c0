"""Calls from the browser, by each means that a person has, against the real system."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Open

pytestmark = pytest.mark.long
LEILA, GHITA, MEHDI = (
    ("310477#", "12041985"),
    ("310815#", "19121993"),
    ("310582#", "30091978"),
)
"""People of the demonstration with a mobile on file, each registered by one test."""


def test_a_whole_registration_in_arabic_by_clicks(telephone: Open) -> None:
    """The keypad, then the code of the SMS tapped where it arrives; the number that is said is in the inbox."""
    phone = telephone("ar").dial()
    phone.clicks("1").asked("main-menu").hears("للتسجيل، اضغط 1")
    phone.clicks("1").asked("identity-card").clicks(LEILA[0]).asked("birth-date").clicks(LEILA[1]).asked("code")
    phone.code_arrives().click()
    phone.asked("confirm-identity").hears("ليلى برادة").clicks("1").asked("payment").clicks("2")
    phone.asked("declaration").clicks("1").asked("anything-else")
    number = phone.inbox.first.locator(".token").first
    expect(number).to_have_text(re.compile(r"\d{9}"))
    digits = " ".join(number.inner_text())
    phone.hears("، ".join(digits[at : at + 5] for at in (0, 6, 12)))
    phone.clicks("2").is_over()
    expect(phone.page.locator("#log .note")).to_contain_text("انتهت المكالمة")


def test_a_whole_registration_in_french_by_the_keyboard_alone(telephone: Open) -> None:
    """No mouse: Tab to the handset, Enter to call, figures, C for the code."""
    phone = telephone("fr")
    phone.page.keyboard.press("Tab")
    expect(phone.page.locator(".skip")).to_be_focused()
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Enter")
    phone.asked("language").types("2").asked("main-menu").types("1").asked("identity-card")
    phone.types(GHITA[0]).asked("birth-date").types(GHITA[1]).asked("code")
    phone.code_arrives()
    phone.types("c").asked("confirm-identity").hears("Ghita Sbai").types("1").asked("payment").types("2")
    phone.asked("declaration").types("1").asked("anything-else").types("2").is_over()


def test_people_of_the_demonstration_are_proposed_and_their_figures_tapped(telephone: Open) -> None:
    """A fold a service; choosing somebody calls from their mobile; what they would key is one tap."""
    phone = telephone("fr")
    phone.page.locator("#people summary").first.press("Enter")
    person = phone.page.locator(".person", has_text="310477#")
    expect(person.locator(".token").first).to_be_disabled()
    person.locator(".choose").click()
    expect(phone.page.locator("#own")).to_have_value("06 61 00 03 01")
    phone.dial().clicks("2").asked("main-menu")
    person.locator(".token").nth(0).click()
    phone.asked("identity-card")
    person.locator(".token").nth(1).click()
    phone.asked("birth-date").does("hang-up").is_over()


def test_a_silence_is_heard_as_one(telephone: Open) -> None:
    """The button, and Enter: the same question again, with more help."""
    phone = telephone("fr").dial().clicks("2").asked("main-menu").clicks("1").asked("identity-card")
    phone.does("silence").hears("Je n'ai rien entendu").asked("identity-card")
    phone.page.locator("#handset").focus()
    phone.page.keyboard.press("Enter")
    phone.hears("Votre carte porte des lettres, puis des chiffres")
    expect(phone.log.locator(".did.quiet")).to_have_count(2)
    phone.does("hang-up").is_over()


def test_words_are_said_as_surely_as_chosen(telephone: Open) -> None:
    """Speech goes to a question that is being asked; a wrong answer asks it again."""
    phone = telephone("fr").dial().clicks("2").asked("main-menu")
    phone.page.locator("#words").fill("inscription")
    phone.page.locator("#confidence").select_option("0.3")
    phone.page.locator("#say").click()
    expect(phone.log.locator(".did").last).to_contain_text("« inscription » · 30")
    phone.asked("main-menu").does("hang-up").is_over()


def test_hanging_up_ends_the_call_and_its_keys(telephone: Open) -> None:
    """After it, keys do nothing, and calling again is one press."""
    phone = telephone("fr").dial().does("hang-up").is_over()
    expect(phone.page.locator("#silence")).to_be_disabled()
    phone.types("2")
    expect(phone.log.locator(".did.keys")).to_have_count(0)
    phone.dial().does("hang-up").is_over()


def test_webhooks_unfold_with_their_documents(telephone: Open) -> None:
    """Question, turn, status, and the TwiML that was answered; the end is told too."""
    phone = telephone("fr").dial().clicks("2").asked("main-menu")
    newest = phone.webhooks.first
    expect(newest).to_contain_text(re.compile(r"200\s*/voice/answer/1/language.*Digits 2", re.DOTALL))
    newest.locator("summary").click()
    expect(newest.locator("pre")).to_contain_text('action="/voice/answer/2/main-menu"')
    phone.does("hang-up").is_over()
    expect(phone.webhooks.first).to_contain_text("/voice/status")


def test_a_call_survives_a_reload(telephone: Open) -> None:
    """The page finds its call again: what was said, where it stands, the SMS."""
    phone = telephone("fr").dial().clicks("2").asked("main-menu").clicks("1").asked("identity-card")
    phone.clicks(MEHDI[0]).asked("birth-date").clicks(MEHDI[1]).asked("code")
    phone.code_arrives()
    phone.page.reload()
    phone.is_ready().asked("code").hears("Tapez les six chiffres du message")
    phone.inbox.first.locator(".token").click()
    phone.asked("confirm-identity").does("hang-up").is_over()


def test_a_second_tab_can_follow_the_call(telephone: Open) -> None:
    """It says that there is one, and may take it up; both see the same."""
    phone = telephone("fr").dial().clicks("2").asked("main-menu")
    page = phone.page.context.new_page()
    other = type(phone)(page, phone.page.url)
    other.page.locator("#trouble button", has_text="Le suivre ici").click()
    other.asked("main-menu").clicks("1").asked("identity-card")
    phone.asked("identity-card").does("hang-up").is_over()
    other.is_over()
