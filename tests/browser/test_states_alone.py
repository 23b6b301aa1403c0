"""The console without a call, in each look: the ways in, a record, cases, articles, an account, what is not there."""

import pyotp
import pytest
from playwright.sync_api import expect

from .conftest import Hire, Sit, Theme, in_each_look
from .desk import PASSWORD, Desk

pytestmark = pytest.mark.long
AN_EMPLOYEE = "162344874"
"""Of the demonstration: with claims, a family, a salary."""
PENSION = {"fr": "Pension de retraite", "ar": "معاش التقاعد"}


@in_each_look
def test_the_ways_in(sit: Sit, hire: Hire, language: str, theme: Theme) -> None:
    """A wrong password, then a second factor: enrolled, and asked for."""
    login = hire(language, "Samira Alami")
    desk = sit(language, theme).pictured("sign-in", narrow=True)
    _tries(desk, login, "un autre mot de passe")
    expect(desk.page.locator(".notice")).to_be_visible()
    desk.pictured("sign-in-refused").signs_in(login)
    for nowhere, problem in (("nowhere", "404"), ("lists", "403")):
        desk.opens(nowhere).pictured(f"problem-{problem}")
    page = desk.opens("account").pictured("account", whole=True, narrow=True).page
    key = page.locator("code").inner_text().replace(" ", "")
    page.locator("#code").fill(pyotp.TOTP(key).now())
    page.keyboard.press("Enter")
    expect(page.locator('form[action$="/remove"]')).to_be_visible()
    desk.pictured("account-second-factor", whole=True)
    page.locator('header form[action$="sign-out"] button').click()
    _tries(desk, login, PASSWORD)
    expect(page.locator(".notice")).to_be_visible()
    desk.pictured("sign-in-second-factor")


@in_each_look
def test_a_record_opened_for_a_reason_and_its_case(sit: Sit, hire: Hire, language: str, theme: Theme) -> None:
    """Not found, found, its case opened, put away; where the session ended, what was typed is there to be sent."""
    login = hire(language, "Nadia L'Idrissi")
    desk = sit(language, theme).signs_in(login).opens("cases").pictured("cases-empty")
    page = desk.opens("records").pictured("record-sought", narrow=True).page
    for number in ("999999999", AN_EMPLOYEE):
        page.locator("#sought-number").fill(number)
        page.locator("#sought-reason").select_option("letter")
        page.locator("#sought-words").fill("Réponse à un courrier قضية")
        page.locator(".search button").click()
        if number != AN_EMPLOYEE:
            expect(page.locator("#news .notice")).to_be_visible()
            desk.pictured("record-not-found")
    expect(page.locator("#person.not-proved .name")).to_be_visible()
    desk.opens_all().pictured("record", whole=True, narrow=True)
    desk.act("open-case").locator("textarea").fill("Le dossier de soins manque : à suivre")
    desk.act("open-case").locator("button.main").press("Enter")
    expect(page.locator("#acts .done li").first).to_be_visible()
    page.locator("form[action$='put-away'] button").click()
    expect(page.locator("#person .name")).to_have_count(0)
    desk.opens("cases").pictured("cases", narrow=True)
    page.locator('form[action$="/records/case"] button').first.press("Enter")
    desk.is_live().act("follow-case")
    desk.pictured("case-opened", whole=True)
    page.locator("form[action$='put-away'] button").click()
    desk.opens("records")
    page.locator("#sought-number").fill(AN_EMPLOYEE)
    page.locator("#sought-reason").select_option("letter")
    page.locator("#sought-words").fill("Une longue explication que personne ne veut écrire deux fois")
    cookies, elsewhere = page.context.cookies(), page.context.new_page()
    elsewhere.goto(page.url)
    elsewhere.locator('header form[action$="sign-out"] button').click()
    expect(elsewhere.locator("#login")).to_be_visible()
    page.context.add_cookies(  # as if the session had ended by itself
        [
            {"name": each["name"], "value": each["value"], "domain": each["domain"], "path": each["path"]}
            for each in cookies
        ]
    )
    page.locator(".search button").click()
    expect(page.locator("#login")).to_be_visible()
    desk.pictured("session-ended-in-a-form")
    _tries(desk, login, PASSWORD)
    expect(page.locator("main blockquote").first).to_be_visible()
    desk.pictured("form-kept")


@in_each_look
def test_articles(sit: Sit, hire: Hire, language: str, theme: Theme) -> None:
    """Found beside a call, and on a page of their own; none found; a table of categories."""
    desk = sit(language, theme).signs_in(hire(language, "Samira Alami"))
    page = desk.page
    expect(desk.looks_up("retraitte").first).to_contain_text(PENSION[language])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#found details[open] li").first).to_be_visible()
    desk.pictured("article-found", of=".end")
    page.keyboard.press("Escape")
    expect(page.locator("#found details[open]")).to_have_count(0)
    desk.looks_up("xyzzy")
    expect(page.locator("#found .empty")).to_be_visible()
    desk.pictured("article-not-found", of=".end")
    assert "xyzzy" not in page.url
    desk.opens("knowledge")
    page.locator("#article-registration-categories summary").click()
    expect(page.locator("#article-registration-categories table")).to_be_visible()
    desk.pictured("articles", narrow=True)


def _tries(desk: Desk, login: str, password: str) -> None:
    """Fill in the form, whatever comes of it."""
    desk.page.locator("#login").fill(login)
    desk.page.locator("#password").fill(password)
    desk.page.keyboard.press("Enter")
