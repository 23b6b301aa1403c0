"""The page itself: readable by everybody, on any screen, whatever happens to the exchange."""

import itertools
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import Open, Whole
from .telephone import Telephone

pytestmark = pytest.mark.long
LOOKS = list(itertools.product(("fr", "ar"), ("light", "dark"), (1280, 390)))


def wrongs(phone: Telephone) -> list[str]:
    """List what axe finds wrong with the page as it stands."""
    violations = Axe().run(phone.page).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_the_page_is_accessible(telephone: Open, language: str, theme: Literal["light", "dark"], width: int) -> None:
    """Axe finds nothing, before, during and after a call, everything unfolded; nothing is wider than the window."""
    phone = telephone(language, width=width).dress(theme)
    for fold in phone.page.locator("main details > summary").all():
        fold.click()
    expect(phone.page.locator("#people > details[open]")).to_have_count(5)
    expect(phone.page.locator(".fault")).to_have_count(7)
    assert wrongs(phone) == []
    assert phone.overflow() <= 0
    phone.dial().clicks("2" if language == "fr" else "1").asked("main-menu")
    phone.webhooks.first.locator("summary").click()
    phone.dress(theme)
    assert wrongs(phone) == []
    assert phone.overflow() <= 0
    phone.does("hang-up").is_over()
    phone.dress(theme)
    assert wrongs(phone) == []


def test_the_language_changes_in_mid_call_and_is_remembered(telephone: Open) -> None:
    """Every word, the direction too; what the vocal server says stays in its own language."""
    phone = telephone("fr").dial()
    phone.page.locator('[data-language="ar"]').click()
    expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.page.locator("#cue")).to_contain_text("دورك")
    assert "É" not in phone.page.locator("header").inner_text()
    phone.page.reload()
    phone.is_ready()
    expect(phone.page.locator("html")).to_have_attribute("lang", "ar")
    expect(phone.log.locator("p[lang=fr]").first).to_have_attribute("dir", "ltr")
    phone.does("hang-up").is_over()


def test_what_is_empty_says_so(telephone: Open) -> None:
    """No call yet: the coulisses say what will come."""
    phone = telephone("fr")
    expect(phone.page.locator("#webhooks-empty")).to_be_visible()
    expect(phone.page.locator("#code")).to_be_disabled()


def test_the_caller_may_withhold_the_number_or_call_by_sip(telephone: Open) -> None:
    """Each of the three is answered; what cannot be dialled is said before the call."""
    phone = telephone("fr")
    phone.page.locator("#own").fill("abc")
    phone.page.locator("#call").click()
    expect(phone.page.locator("#dial-error")).to_contain_text("Écrivez un numéro")
    for kind in ("withheld", "sip"):
        phone.page.locator(f'input[value="{kind}"]').check(force=True)
        phone.dial().does("hang-up").is_over()
        phone.page.locator("#change").click()


def test_a_fault_is_switched_on_and_off(telephone: Open) -> None:
    """A webhook sent twice: the call goes on, the switch has counted down."""
    phone = telephone("fr")
    phone.page.locator("#faults > summary").click()
    phone.page.locator("#fault-double").select_option("next")
    expect(phone.page.locator("#faults-on")).to_have_text("1 allumée")
    phone.dial()
    expect(phone.page.locator("#faults-on")).to_be_hidden()
    phone.does("hang-up").is_over()


def test_an_exchange_that_restarts_is_said_and_found_again(telephone: Open, whole: Whole) -> None:
    """The call is lost, which is said, and what to do; the next call works without a reload."""
    phone = telephone("fr").dial()
    before = whole.kill_exchange()
    expect(phone.page.locator("#trouble")).to_contain_text("Le central ne répond plus")
    whole.wait(since=before)
    expect(phone.page.locator("#trouble")).to_contain_text("Appelez à nouveau")
    phone.is_ready().is_over()
    expect(phone.page.locator("#trouble")).not_to_contain_text("Le central ne répond plus")
    phone.dial().does("hang-up").is_over()
