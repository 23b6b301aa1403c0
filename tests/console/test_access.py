"""Each page as each role; requests from elsewhere; the headers of every answer."""

import pytest
from flask import Flask

from backend.settings import settings
from callcenter.agents import Role
from tests.console.conftest import Browser, Hire

TAKES_CALLS: frozenset[Role] = frozenset({"advisor", "supervisor"})
SUPERVISES: frozenset[Role] = frozenset({"supervisor", "administrator"})
READS: frozenset[Role] = frozenset({"advisor", "supervisor", "administrator"})
ALL: frozenset[Role] = frozenset({"advisor", "supervisor", "administrator", "auditor"})
ADMINISTERS: frozenset[Role] = frozenset({"administrator"})
READS_THE_LOG: frozenset[Role] = frozenset({"auditor"})
ROLES: tuple[Role, ...] = ("advisor", "supervisor", "administrator", "auditor")
PAGES: dict[str, tuple[str, str, frozenset[Role]]] = {
    "console.work": ("GET", "", TAKES_CALLS),
    "console.desk": ("GET", "desk", TAKES_CALLS),
    "console.person": ("GET", "person", TAKES_CALLS),
    "console.records": ("GET", "records", TAKES_CALLS),
    "console.open_record": ("POST", "records/open", TAKES_CALLS),
    "console.open_case": ("POST", "records/case", TAKES_CALLS),
    "console.put_away": ("POST", "records/put-away", TAKES_CALLS),
    "console.phone": ("GET", "phone", TAKES_CALLS),
    "console.here": ("POST", "here", TAKES_CALLS),
    "console.others": ("GET", "others/ask", TAKES_CALLS),
    "console.callbacks": ("GET", "callbacks", TAKES_CALLS),
    "console.do": ("POST", "do/ready", TAKES_CALLS),
    "console.floor": ("GET", "floor", SUPERVISES),
    "console.floor_now": ("GET", "floor/now", SUPERVISES),
    "console.floor_here": ("POST", "floor/here", SUPERVISES),
    "console.acknowledge": ("POST", "floor/acknowledge", SUPERVISES),
    "console.advisor": ("GET", "floor/advisors/1", SUPERVISES),
    "console.assign": ("POST", "floor/advisors/1/serves", SUPERVISES),
    "console.stand_down": ("POST", "floor/advisors/1/unready", SUPERVISES),
    "console.sign_advisor_out": ("POST", "floor/advisors/1/sign-out", SUPERVISES),
    "console.trends": ("GET", "trends", SUPERVISES),
    "console.reports": ("GET", "reports", SUPERVISES),
    "console.export": ("POST", "reports/export", SUPERVISES),
    "console.knowledge": ("GET", "knowledge", READS),
    "console.find_knowledge": ("POST", "knowledge", READS),
    "console.act": ("POST", "act/send-number", TAKES_CALLS),
    "console.cases": ("GET", "cases", TAKES_CALLS),
    "console.hand_cases": ("POST", "cases/hand", TAKES_CALLS),
    "console.account": ("GET", "account", ALL),
    "console.change_password": ("POST", "account/password", ALL),
    "console.enrol": ("POST", "account/second-factor", ALL),
    "console.remove": ("POST", "account/second-factor/remove", ALL),
    "console.sign_out": ("POST", "sign-out", ALL),
    "console.lists": ("GET", "lists", ADMINISTERS),
    "console.give_list": ("POST", "lists", ADMINISTERS),
    "console.one_list": ("GET", "lists/1", ADMINISTERS),
    "console.confirm_list": ("POST", "lists/1/confirm", ADMINISTERS),
    "console.cancel_list": ("POST", "lists/1/cancel", ADMINISTERS),
    "console.rejects_of_list": ("GET", "lists/1/rejected.csv", ADMINISTERS),
    "console.hours": ("GET", "hours", ADMINISTERS),
    "console.change_hours": ("POST", "hours", ADMINISTERS),
    "console.take_back_hours": ("POST", "hours/2030-01-01/take-back", ADMINISTERS),
    "console.add_holiday": ("POST", "holidays", ADMINISTERS),
    "console.say_holiday": ("POST", "holidays/2030-01-01", ADMINISTERS),
    "console.accounts": ("GET", "accounts", ADMINISTERS),
    "console.open_account": ("POST", "accounts", ADMINISTERS),
    "console.one_account": ("GET", "accounts/1", ADMINISTERS),
    "console.change_account": ("POST", "accounts/1", ADMINISTERS),
    "console.do_account": ("POST", "accounts/1/close", ADMINISTERS),
    "console.messages": ("GET", "messages", ADMINISTERS),
    "console.one_message": ("GET", "messages/sms-code", ADMINISTERS),
    "console.switch_message": ("POST", "messages/sms-payment/switch", ADMINISTERS),
    "console.system": ("GET", "system", ADMINISTERS),
    "console.add_token": ("POST", "system/tokens", ADMINISTERS),
    "console.revoke_token": ("POST", "system/tokens/1/revoke", ADMINISTERS),
    "console.log": ("GET", "log", READS_THE_LOG),
    "console.log_of_person": ("POST", "log/person", READS_THE_LOG),
    "console.export_log": ("POST", "log/export", READS_THE_LOG),
}
"""Every page behind the sign-in: how it is asked for, and who may."""
OPEN = {
    *("console.sign_in", "console.signs_in", "console.choose_look", "console.nothing", "console.static"),
    *("console.to_provider", "console.from_provider"),
}


def test_the_matrix_has_every_page(app: Flask) -> None:
    """A page that is not in it, or is open to all without saying so, is found here."""
    assert {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("console.")} == {
        *PAGES,
        *OPEN,
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_as_each_role(hire: Hire, browser: Browser, role: Role, page: str) -> None:
    """Who may not is told so, in their language, with a way back."""
    method, path, roles = PAGES[page]
    hire("somebody", role)
    browser.signs_in("somebody")
    answer = browser.opens(path) if method == "GET" else browser.posts(path)
    assert (answer.status_code != 403) is (role in roles)
    assert answer.status_code < 500 or (answer.status_code, page) == (503, "console.export")  # no day is counted yet
    if answer.status_code == 403:
        assert "Cette page n&#39;est pas pour vous" in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_each_whole_page_has_one_frame_and_says_who_is_signed_in(hire: Hire, browser: Browser, role: Role) -> None:
    """Its main part is there once; the header names whose session it is."""
    hire("somebody", role, name="Salma Naciri")
    browser.signs_in("somebody")
    paths = [path for method, path, roles in PAGES.values() if method == "GET" and role in roles]
    answers = {path: browser.opens(path) for path in paths}
    whole = {path: each.text for path, each in answers.items() if each.status_code == 200 and "<!doctype" in each.text}
    assert "account" in whole
    for path, text in whole.items():
        frame = text.count("<main "), text.count('<p class="quiet"><bdi>Salma Naciri</bdi></p>')
        assert (path, *frame) == (path, 1, 1)


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_the_sign_in(browser: Browser, page: str) -> None:
    """And learns nothing."""
    method, path, _ = PAGES[page]
    answer = browser.opens(path) if method == "GET" else browser.posts(path)
    assert (answer.status_code, answer.location) == (302, "/console/sign-in")


def test_each_role_has_a_page_to_begin_at(hire: Hire, browser: Browser) -> None:
    """An auditor takes no calls, and is not counted as being there."""
    hire("auditor", "auditor")
    assert browser.signs_in("auditor").location == "/console/log"
    assert "auditeur" in browser.opens("account").text
    assert browser.posts("sign-out").status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_forms_come_from_our_own_pages_only(hire: Hire, browser: Browser, headers: dict[str, str], status: int) -> None:
    """By what the browser says: another page can't make it say otherwise."""
    hire()
    browser.signs_in("s.alami")
    assert browser.client.post("/console/do/ready", headers=headers).status_code == status


@pytest.mark.parametrize("path", ["sign-in", "nowhere", "static/console.js", ""])
def test_every_answer_loads_only_what_we_serve(hire: Hire, browser: Browser, path: str) -> None:
    """No inline script or style, no frame, nothing kept by a cache."""
    hire()
    browser.signs_in("s.alami")
    with browser.opens(path) as answer:
        headers = answer.headers
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == ("no-cache" if "static" in path else "no-store")


def test_behind_tls_the_cookie_is_held_to_this_host(
    hire: Hire, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`__Host-`: no neighbour of our domain sets it."""
    hire()
    monkeypatch.setenv("SVI_PUBLIC_URL", "https://3939.example")
    settings.cache_clear()
    answer = browser.signs_in("s.alami")
    assert answer.headers["Set-Cookie"].startswith("__Host-svi-session=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(("language", "words"), [("fr", "n&#39;existe pas"), ("ar", "غير موجودة")])
def test_what_there_is_not_is_said_in_the_language_of_the_browser(browser: Browser, language: str, words: str) -> None:
    """Until somebody chooses another."""
    answer = browser.client.get("/console/nowhere", headers={"Accept-Language": f"{language}-MA"})
    assert answer.status_code == 404
    assert words in answer.text
    browser.posts("look", language="ar" if language == "fr" else "fr")
    assert words not in browser.client.get("/console/nowhere", headers={"Accept-Language": f"{language}-MA"}).text


def test_another_language_shows_the_same_page(hire: Hire, browser: Browser) -> None:
    """With what was asked for; nothing else is led to."""
    hire("s.alami", "advisor")
    browser.signs_in("s.alami")
    assert 'name="query" value="whose=all"' in browser.opens("cases", whose="all").text
    led = browser.posts("look", language="ar", back="console.cases", query="whose=all").location
    assert led == "/console/cases?whose=all"
    assert browser.posts("look", language="fr", back="http://elsewhere", query="//x").location == "/console/sign-in"


def test_colours_are_chosen_and_kept(browser: Browser) -> None:
    """Without a choice they are the machine's."""
    assert "data-theme" not in browser.opens("sign-in").text
    browser.posts("look", theme="dark", back="console.account")
    assert '<html lang="fr" dir="ltr" data-theme="dark">' in browser.opens("sign-in").text
    browser.posts("look", theme='"><script>')
    assert '<html lang="fr" dir="ltr" data-theme="dark">' in browser.opens("sign-in").text
