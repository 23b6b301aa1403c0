"""A browser that signs in by the identity provider."""

import requests
from werkzeug.test import TestResponse

from backend.work import Actor, begin
from callcenter import agents
from callcenter.agents import Advisor
from tests.console.conftest import Browser
from tests.console.provider import SERVED_AT


def goes(browser: Browser) -> str:
    """Follow the button to the provider, and return where it leads back to, which nobody has asked for yet."""
    answer = browser.opens("sign-in/openid")
    assert answer.status_code == 303, answer.text
    back = requests.get(answer.location, allow_redirects=False, timeout=5)
    assert back.status_code == 302, back.text
    return back.headers["Location"].removeprefix(SERVED_AT)


def comes(browser: Browser) -> TestResponse:
    """Sign in by the provider, all the way."""
    return browser.client.get(goes(browser))


def whom(login: str) -> Advisor | None:
    """Return an account."""
    with begin(Actor("command", "test")) as work:
        return agents.by_login(work, login)
