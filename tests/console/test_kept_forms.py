"""A form whose session had ended is kept, and sent after signing in; one with a secret is not."""

import re
from html import escape, unescape

import pytest

from tests.console.conftest import PASSWORD, Browser, Hire

NEW = "cinq mots encore mieux choisis"


def test_a_form_of_a_session_that_has_ended_is_kept(hire: Hire, browser: Browser) -> None:
    """Without script: signing in, also at the second try, leads to what was typed, and to one button that sends it."""
    hire()
    browser.signs_in("s.alami")
    browser.client.set_cookie("svi-session", "ended")
    typed = {"disposition": "answered", "note": "<b>rappeler</b> 'demain' غدا", "code": "123456"}
    asked = browser.posts("do/wrap-up", **typed)
    assert asked.status_code == 401
    assert "Ce que vous avez écrit reste ici" in asked.text
    carried = dict(re.findall(r'name="(kept[^"]*)" value="([^"]*)"', asked.text))
    assert carried["kept-to"] == "/console/do/wrap-up"
    assert "kept.code" not in carried
    again = browser.posts("sign-in", login="s.alami", password="wrong", **{k: unescape(v) for k, v in carried.items()})
    assert dict(re.findall(r'name="(kept[^"]*)" value="([^"]*)"', again.text)) == carried
    known = {"login": "s.alami", "password": PASSWORD} | {name: unescape(value) for name, value in carried.items()}
    shown = browser.posts("sign-in", **known)
    assert shown.status_code == 200
    assert (
        f'<blockquote dir="auto">{escape(typed["note"], quote=True).replace("&#x27;", "&#39;")}</blockquote>'
        in shown.text
    )
    assert '<form method="post" action="/console/do/wrap-up">' in shown.text
    assert 'name="disposition" value="answered"' in shown.text
    assert browser.opens().status_code == 200


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
    hire()
    browser.client.set_cookie("svi-session", "ended")
    answer = browser.posts(path, **typed)
    assert answer.location == "/console/sign-in?ended=1"
    assert "kept" not in answer.text


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/", "//elsewhere.example", "/voice/incoming", "/console/sign-in"]
)
def test_only_a_form_of_our_own_pages_is_kept(hire: Hire, browser: Browser, path: str) -> None:
    """Nothing else becomes the address of one."""
    hire()
    known = {"login": "s.alami", "password": PASSWORD, "kept-to": path, "kept.note": "a word"}
    assert browser.posts("sign-in", **known).status_code == 303
