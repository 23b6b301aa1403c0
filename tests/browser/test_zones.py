"""What a person did in a zone outlives its replacement (`static/zones.js`), in any form that a zone may hold."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Sit

pytestmark = pytest.mark.long
ZONE = """
<section id="person" data-zone><h2>Person, {version}</h2>
  <form action="/console/acts/sms"><input name="mobile" value="06"><input name="mobile">
    <textarea name="text"></textarea>
    <select name="kind"><option value="a">A<option value="b">B</select>
    <input type="radio" name="way" value="x" checked><input type="radio" name="way" value="y">
    <input type="checkbox" name="sure"><button name="go" value="1">Go</button></form>
  <form action="/console/acts/case"><input name="mobile"></form>
  <details><summary>More</summary><input id="inside"></details><details open><summary>Open</summary></details>
  <div id="heard" tabindex="0">{lines}</div>
</section>
<section id="callbacks" data-zone data-stays><form action="/c"><input name="when"></form><p>{version}</p></section>
""".replace("{lines}", 40 * "<p>.</p>")


@pytest.fixture
def page(sit: Sit) -> Page:
    """Return a page of the console with these zones, about call 1."""
    page = sit().page
    page.evaluate(
        """async (html) => {
             document.querySelector("main").innerHTML = html;
             window.zones = await import("/console/static/zones.js");
             zones.begin("1");
           }""",
        ZONE.replace("{version}", "0"),
    )
    return page


def shows(page: Page, version: int, call: str = "1") -> None:
    """Have the server send the zones anew."""
    page.evaluate("([html, call]) => zones.show(html, call)", [ZONE.replace("{version}", str(version)), call])
    expect(page.locator("#callbacks p")).to_have_text(str(version))


def does_all(page: Page) -> None:
    """Type, choose, open, scroll; the text has the focus in the end."""
    sms = page.locator('[action="/console/acts/sms"]')
    sms.locator("input").nth(1).fill("0661")
    sms.locator("select").select_option("b")
    sms.locator('[value="y"]').check()
    sms.locator('[name="sure"]').check()
    page.locator('[action="/console/acts/case"] input').fill("another")
    page.locator('[action="/c"] input').fill("demain")
    page.locator("summary").nth(0).click()
    page.locator("summary").nth(1).click()
    page.locator("#inside").fill("within")
    page.locator("#heard").evaluate("(each) => each.scrollTo(0, 30)")
    sms.locator("textarea").fill("un long texte غدا")
    page.evaluate("document.querySelector('textarea').setSelectionRange(3, 7)")


def state(page: Page) -> Any:
    """Return what there is of it."""
    return page.evaluate(
        """() => ({
          fields: [...document.querySelectorAll("main :is(input:not([type]), textarea, select)")].map((e) => e.value),
          checked: [...document.querySelectorAll("main :checked:not(option)")].map((e) => e.name),
          open: [...document.querySelectorAll("main details")].map((e) => e.open),
          scrolled: document.querySelector("#heard").scrollTop,
          focus: document.activeElement.name ?? null,
          selected: document.activeElement.selectionStart ?? null,
        })"""
    )


def test_what_was_typed_chosen_opened_and_scrolled_stays(page: Page) -> None:
    """Whatever the server changed around it; what nobody touched is the server's."""
    does_all(page)
    before = state(page)
    assert before["fields"][:4] == ["06", "0661", "un long texte غدا", "b"]
    for version in (1, 2):
        shows(page, version)
        assert state(page) == before
    assert before["open"] == [True, False]
    assert (before["focus"], before["selected"]) == ("text", 3)


def test_nothing_of_one_call_is_shown_with_another(page: Page) -> None:
    """Only what is about no call stays."""
    does_all(page)
    shows(page, 1, call="2")
    after = state(page)
    assert after["fields"] == ["06", "", "", "a", "", "", "demain"]
    assert (after["checked"], after["open"], after["scrolled"]) == (["way"], [False, True], 0)


def test_what_was_sent_is_forgotten(page: Page) -> None:
    """And what stands beside it is not."""
    does_all(page)
    page.evaluate("""zones.forget(document.querySelector('[action="/console/acts/sms"]'))""")
    shows(page, 1)
    assert state(page)["fields"] == ["06", "", "", "a", "another", "within", "demain"]
