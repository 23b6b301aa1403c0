"""A form that came when its session had ended: whose it is, how long it is kept, and what is never kept."""

import re
from datetime import UTC, datetime, timedelta
from html import escape

import pytest
import time_machine

from backend.work import Actor, begin
from callcenter import sessions
from tests.console.conftest import PASSWORD, Browser, Hire

NEW = "cinq mots encore mieux choisis"
NOW = datetime(2024, 3, 20, 9, 30, tzinfo=UTC)
TYPED = {"disposition": "answered", "note": "<b>rappeler</b> 'demain' غدا", "code": "123456"}


def comes_too_late(browser: Browser, advisor: int, path: str = "do/wrap-up", **typed: str) -> str:
    """Sign in, have the session ended elsewhere, and send a form; return what the sign-in bears of it."""
    browser.signs_in("s.alami")
    with begin(Actor("command", "test")) as work:
        sessions.close_all(work, advisor)
    asked = browser.posts(path, **typed)
    assert asked.status_code == 401
    assert "Ce que vous avez écrit reste ici" in asked.text
    assert "rappeler" not in asked.text
    return borne(asked.text)


def borne(page: str) -> str:
    """Return what a sign-in bears of a form."""
    (found,) = re.findall(r'name="kept" value="([^"]*)"', page)
    return str(found)


def test_a_form_of_a_session_that_has_ended_is_kept(hire: Hire, browser: Browser) -> None:
    """Without script: signing in, also at the second try, leads to what was typed, and to one button that sends it."""
    kept = comes_too_late(browser, hire(), **TYPED)
    again = browser.posts("sign-in", login="s.alami", password="wrong", kept=kept)
    assert borne(again.text) == kept
    shown = browser.posts("sign-in", login="s.alami", password=PASSWORD, kept=kept)
    assert shown.status_code == 200
    note = escape(TYPED["note"], quote=True).replace("&#x27;", "&#39;")
    assert f'<blockquote dir="auto">{note}</blockquote>' in shown.text
    assert '<form method="post" action="/console/do/wrap-up">' in shown.text
    assert 'name="disposition" value="answered"' in shown.text
    assert 'name="code"' not in shown.text
    assert browser.opens().status_code == 200


def test_a_kept_form_is_shown_to_whose_it_was_and_to_nobody_else(hire: Hire, browser: Browser) -> None:
    """Whoever signs in next at that browser goes to work; nor can they read it in the page."""
    samira = hire()
    hire("n.idrissi", "advisor", "Nadia")
    kept = comes_too_late(browser, samira, **TYPED)
    answer = browser.posts("sign-in", login="n.idrissi", password=PASSWORD, kept=kept)
    assert (answer.status_code, answer.location) == (303, "/console/")
    assert browser.posts("sign-in", login="s.alami", password=PASSWORD, kept=kept).status_code == 200


def test_a_kept_form_is_shown_for_two_hours(hire: Hire, browser: Browser) -> None:
    """After that it is dropped; so is one that was changed on the way."""
    samira = hire()
    with time_machine.travel(NOW, tick=False) as clock:
        kept = comes_too_late(browser, samira, **TYPED)
        changed = kept[:-8] + "AAAAAAA="
        for each in (changed, "é", "a"):
            assert browser.posts("sign-in", login="s.alami", password=PASSWORD, kept=each).status_code == 303
        clock.shift(timedelta(hours=2, seconds=1))
        assert browser.posts("sign-in", login="s.alami", password=PASSWORD, kept=kept).status_code == 303


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("account/password", {"username": "s.alami", "present": PASSWORD, "new": NEW, "again": NEW}),
        ("account/second-factor", {"key": "JBSWY3DPEHPK3PXP", "proof": "00", "code": "123456"}),
    ],
)
def test_nothing_is_kept_of_a_form_with_a_password_or_a_key(
    hire: Hire, browser: Browser, path: str, typed: dict[str, str]
) -> None:
    """A password of a few words would be shown to whoever signs in next."""
    samira = hire()
    browser.signs_in("s.alami")
    with begin(Actor("command", "test")) as work:
        sessions.close_all(work, samira)
    answer = browser.posts(path, **typed)
    assert answer.location == "/console/sign-in?ended=1"
    assert "kept" not in answer.text


@pytest.mark.parametrize("token", ["ended", "1.x.00", "1.x.é", "..", "9" * 30 + ".x." + "0" * 64])
def test_a_form_with_a_cookie_that_is_nobodys_is_not_kept(hire: Hire, browser: Browser, token: str) -> None:
    """There would be nobody to show it to."""
    hire()
    browser.client.set_cookie("svi-session", token)
    assert browser.posts("do/wrap-up", **TYPED).location == "/console/sign-in?ended=1"
