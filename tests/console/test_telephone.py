"""How a page holds its advisor's telephone: by which driver, with what proof, and what it may connect to."""

import time

import jwt
import pytest
from flask import Flask

from backend.errors import MisconfiguredError
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents, sessions
from svi import phones, web
from tests.conftest import ACCOUNT
from tests.console.conftest import Browser, Hire

KEY, APP, SECRET = "SK" + "1" * 32, "AP" + "2" * 32, "a secret of an API key, as long as it must be"
KEYS = {"TWILIO_API_KEY_SID": KEY, "TWILIO_API_KEY_SECRET": SECRET, "TWILIO_TWIML_APP_SID": APP}


@pytest.fixture
def by_twilio(app: Flask, hire: Hire, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Return the browser of Samira, where calls come by Twilio and an API key is set."""
    assert app.name
    monkeypatch.delenv("TWILIO_API_BASE")
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    hire()
    browser = Browser(web.create_app())
    browser.signs_in("s.alami")
    return browser


def test_with_an_api_key_the_telephone_is_twilios(by_twilio: Browser) -> None:
    """Its token lets one advisor's page dial our TwiML app, for five minutes, and receive nothing."""
    phone = by_twilio.opens("phone").get_json()
    assert phone["driver"] == "twilio"
    token = jwt.decode(phone["token"], SECRET, algorithms=["HS256"])
    assert (token["iss"], token["sub"]) == (KEY, ACCOUNT)
    assert 200 < token["exp"] - time.time() <= 300
    name = agents.of_identity(f"client:{token['grants']['identity']}")
    assert name
    with begin(Actor("command", "test")) as work:
        known = agents.by_login(work, "s.alami")
        assert known
        assert (name.advisor, [name.session]) == (known.id, list(sessions.standing(work, known.id)))
    assert token["grants"]["voice"] == {"outgoing": {"application_sid": APP}}


def test_only_then_may_pages_connect_to_twilio(by_twilio: Browser, browser: Browser) -> None:
    """Scripts are ours in any case."""
    policy = by_twilio.opens().headers["Content-Security-Policy"]
    assert "wss://voice-js.roaming.twilio.com" in policy
    assert "media-src mediastream: https://media.twiliocdn.com https://sdk.twilio.com" in policy
    assert "script-src 'self';" in policy
    assert "twilio" not in browser.opens("sign-in").headers["Content-Security-Policy"]


def test_a_microphone_is_tried_where_there_is_one_to_speak_into(by_twilio: Browser, browser: Browser) -> None:
    """With the exchange one types."""
    assert 'id="try"' in by_twilio.opens().text
    browser.signs_in("s.alami")
    assert 'id="try"' not in browser.opens().text
    assert "on écrit ce que l&#39;on dit" in browser.opens().text


@pytest.mark.parametrize("base", ["https://api.twilio.com", "https://api.dublin.ie1.twilio.com"])
def test_an_origin_of_twilios_is_twilio(app: Flask, monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    """Any other one is an exchange."""
    assert app.name
    monkeypatch.setenv("TWILIO_API_BASE", base)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    found = phones.of_pages()
    assert found
    assert found.driver == "twilio"


def test_without_an_api_key_there_is_no_telephone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """And half of one is said at the start."""
    assert app.name
    monkeypatch.delenv("TWILIO_API_BASE")
    settings.cache_clear()
    assert phones.of_pages() is None
    monkeypatch.setenv("TWILIO_API_KEY_SID", KEY)
    settings.cache_clear()
    with pytest.raises(MisconfiguredError, match="TWILIO_API_KEY_SECRET"):
        phones.of_pages()


def test_who_can_not_be_reached_is_not_ready(hire: Hire, browser: Browser) -> None:
    """The page says so of its telephone, every few seconds; and why, to its advisor."""
    hire()
    browser.signs_in("s.alami")
    browser.posts("do/ready")
    assert 'data-state="ready"' in browser.opens().text
    browser.posts("here", telephone="there")
    assert 'data-state="ready"' in browser.opens().text
    browser.posts("here", telephone="away")
    assert 'data-state="not-ready"' in browser.opens().text
    assert "Cette page ou son téléphone ne répondait plus" in browser.opens().text
    assert browser.posts("do/ready", telephone="away").location.endswith("said=console-no-telephone")
    assert 'data-state="not-ready"' in browser.opens().text


def test_a_script_is_told_that_something_was_not_done(hire: Hire, browser: Browser) -> None:
    """By the status: what was typed stays then. The fragment says why."""
    hire()
    browser.signs_in("s.alami")
    headers = browser.ours | {"X-Console": "script"}
    answer = browser.client.post("/console/do/wrap-up", data={"disposition": "answered"}, headers=headers)
    assert answer.status_code == 409
    assert "Ce résultat n&#39;est pas dans la liste" in answer.text
