"""Coming in by the house's identity provider, a real one over HTTP: who does, who does not, and what is said."""

import re
import time
from dataclasses import asdict, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from flask import Flask
from joserfc.jwk import RSAKey

from backend.seal import seal
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents, openid
from tests.console.conftest import Browser, Hire
from tests.console.openid import comes, goes
from tests.console.provider import CLIENT, Provider


def test_the_button_is_there_only_where_there_is_a_provider(app: Flask, browser: Browser) -> None:
    """And its pages, too."""
    assert app.name
    assert "compte de la maison" not in browser.opens("sign-in").text
    for path in ("sign-in/openid", "sign-in/openid/back"):
        assert browser.opens(path).status_code == 404


def test_who_the_provider_knows_comes_in(hire: Hire, browser: Browser, provider: Provider) -> None:
    """With code, PKCE, state and nonce; the page leads on by itself, for no cookie of ours is sent from elsewhere."""
    samira = hire()
    assert 'href="/console/sign-in/openid"' in browser.opens("sign-in").text
    answer = comes(browser)
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0; url=/console/">' in answer.text
    (asked,) = provider.asked
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    assert "Samira Alami" in browser.opens().text
    with begin(Actor("command", "test")) as work:
        assert agents.require(work, samira).state == "not-ready"


def test_what_the_browser_brings_back_is_sealed_and_short_lived(browser: Browser, provider: Provider) -> None:
    """And sent along from elsewhere, as the session's never is."""
    assert provider.issuer
    cookie = browser.opens("sign-in/openid").headers["Set-Cookie"]
    assert cookie.startswith("svi-openid=")
    for word in ("HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"):
        assert word in cookie
    (state,) = parse_qs(urlsplit(browser.opens("sign-in/openid").location).query)["state"]
    assert state not in cookie


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        ({"nonce": "another"}, "n&#39;a pas confirmé"),
        ({"nonce": None}, "n&#39;a pas confirmé"),
        ({"aud": "another-client"}, "n&#39;a pas confirmé"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "n&#39;a pas confirmé"),
        ({"aud": None}, "n&#39;a pas confirmé"),
        ({"iss": "https://another.example"}, "n&#39;a pas confirmé"),
        ({"sub": None}, "n&#39;a pas confirmé"),
        ({"exp": 1_700_000_000}, "diffèrent"),
        ({"exp": None}, "n&#39;a pas confirmé"),
        ({"exp": "soon"}, ""),
        ({"iat": int(time.time()) + 3600, "exp": int(time.time()) + 7200}, "diffèrent"),
        ({"preferred_username": None}, "pas ouvert ici"),
        ({"preferred_username": ["s.alami"]}, "pas ouvert ici"),
        ({"preferred_username": "nobody"}, "pas ouvert ici"),
    ],
)
def test_an_id_token_that_is_not_right_opens_nothing(
    hire: Hire, browser: Browser, provider: Provider, lies: dict[str, object], words: str
) -> None:
    """Said in words that help; no session begins, nothing is left to try again with."""
    hire()
    provider.lies = lies
    answer = comes(browser)
    assert answer.status_code == 401
    assert words in answer.text
    assert "svi-session" not in str(answer.headers.getlist("Set-Cookie"))
    assert browser.client.get_cookie("svi-openid") is None
    assert browser.opens().status_code == 302


def test_a_signature_of_another_key_opens_nothing(hire: Hire, browser: Browser, provider: Provider) -> None:
    """Whatever it calls itself."""
    hire()
    for kid in ("first", "second"):
        provider.signs_with = RSAKey.generate_key(2048, {"kid": kid})
        assert comes(browser).status_code == 401


def test_a_signature_by_the_clients_secret_opens_nothing(hire: Hire, browser: Browser, provider: Provider) -> None:
    """Nor none at all: only the provider's own key signs."""
    hire()
    for algorithm in ("HS256", "none"):
        provider.algorithm = algorithm
        assert browser.client.get(goes(browser)).status_code == 401


def test_a_new_key_of_the_provider_is_asked_for(hire: Hire, browser: Browser, provider: Provider) -> None:
    """It may change its keys at any time."""
    hire()
    assert comes(browser).status_code == 200
    provider.key = RSAKey.generate_key(2048, {"kid": "second"})
    assert comes(browser).status_code == 200


def test_another_state_is_another_sign_in(hire: Hire, browser: Browser, another: Browser, provider: Provider) -> None:
    """Nobody is led into somebody else's session: a way back works in the browser that began it only, and once."""
    hire()
    assert provider.issuer
    back = goes(browser)
    assert "n&#39;est plus valable" in another.client.get(back).text
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert browser.client.get(back.replace(state, "x" * len(state))).status_code == 401
    assert browser.client.get(back).status_code == 401  # its cookie is gone, as after any end
    back = goes(browser)
    kept = browser.client.get_cookie("svi-openid")
    assert kept
    assert browser.client.get(back).status_code == 200
    another.client.set_cookie("svi-openid", kept.value)  # whoever copied both: the provider takes a code once
    answer = another.client.get(back)
    assert answer.status_code == 401
    assert "n&#39;a pas confirmé" in answer.text


@pytest.mark.parametrize("kept", ["", "x", "é", "AAAA" * 40])
def test_a_crooked_cookie_begins_again(browser: Browser, provider: Provider, kept: str) -> None:
    """And so does one that is too old."""
    assert provider.issuer
    browser.client.set_cookie("svi-openid", kept)
    answer = browser.opens("sign-in/openid/back", state="x", code="y")
    assert answer.status_code == 401
    assert "n&#39;est plus valable" in answer.text


def test_a_sign_in_lasts_ten_minutes(hire: Hire, provider: Provider, browser: Browser) -> None:
    """By our clock, whatever the browser does with the cookie."""
    hire()
    assert provider.issuer
    _, sealed = openid.begin_sign_in()
    begun = openid._begun(sealed)
    old = replace(begun, at=begun.at - openid.LONGEST_SECONDS)
    with pytest.raises(openid.SignInError) as caught:
        openid.finish_sign_in(seal(orjson.dumps(asdict(old)), "openid"), begun.state, "code")
    assert caught.value.why == "again"
    assert browser.opens().status_code == 302


def test_who_refuses_at_the_provider_comes_back(browser: Browser, provider: Provider) -> None:
    """With a page that says so."""
    provider.refuses = True
    answer = comes(browser)
    assert answer.status_code == 401
    assert "n&#39;a pas confirmé" in answer.text


def test_a_provider_that_is_away_is_said(
    hire: Hire, browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the way there, and between it and the way back; who has a password comes in by it."""
    hire()
    back = goes(browser)
    monkeypatch.setenv("SVI_OIDC_ISSUER", "http://127.0.0.1:9")
    settings.cache_clear()
    openid._provider.cache_clear()
    answers = [browser.client.get(back), browser.opens("sign-in/openid")]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert all("ne répond pas" in answer.text for answer in answers)
    assert provider.issuer
    assert browser.signs_in("s.alami").status_code == 303


def test_a_session_begins_anew_whatever_cookie_there_was(hire: Hire, browser: Browser, provider: Provider) -> None:
    """Nobody fixes another's session beforehand."""
    hire()
    assert provider.issuer
    browser.client.set_cookie("svi-session", "chosen by somebody else")
    comes(browser)
    kept = browser.client.get_cookie("svi-session")
    assert kept
    assert kept.value != "chosen by somebody else"
    assert browser.opens().status_code == 200


def test_signing_out_leads_to_the_providers_end(hire: Hire, browser: Browser, provider: Provider) -> None:
    """Of who came by it, where it has one; its address says nothing of who it is."""
    hire()
    comes(browser)
    answer = browser.posts("sign-out")
    assert answer.status_code == 200
    (to,) = re.findall(r'content="0; url=([^"]+)"', answer.text)
    assert to.startswith(f"{provider.issuer}/ended?")
    assert set(parse_qs(urlsplit(to.replace("&amp;", "&")).query)) == {"client_id", "post_logout_redirect_uri"}
    assert browser.opens().status_code == 302
    provider.ends_sessions = False
    openid._provider.cache_clear()
    comes(browser)
    assert browser.posts("sign-out").location == "/console/sign-in"
    browser.signs_in("s.alami")
    assert browser.posts("sign-out").location == "/console/sign-in"


def test_a_clock_a_little_wrong_is_forgiven(hire: Hire, browser: Browser, provider: Provider) -> None:
    """Up to a minute."""
    hire()
    ahead = int(time.time() + timedelta(seconds=30).total_seconds())
    provider.lies = {"iat": ahead, "exp": ahead + 300}
    assert comes(browser).status_code == 200
