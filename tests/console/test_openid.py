"""Coming in by the house's identity provider, a real one over HTTP: who does, who does not, and what is said."""

import re
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
import requests
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import text
from werkzeug.test import TestResponse

from backend import db
from backend.errors import MisconfiguredError
from backend.seal import seal
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents, openid
from callcenter.agents import Advisor
from svi.checkup import examine
from tests.console.conftest import PASSWORD, Browser, Hire
from tests.console.provider import CLIENT, SECRET, Provider, running

ORIGIN = "http://127.0.0.1:8039"


@pytest.fixture
def provider(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Run a provider, and have the console know it."""
    assert app.name
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider's own part of authlib asks for TLS
    with running(f"{ORIGIN}/console/sign-in/openid/back") as told:
        for name, value in {"ISSUER": told.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET}.items():
            monkeypatch.setenv(f"SVI_OIDC_{name}", value)
        settings.cache_clear()
        openid._provider.cache_clear()
        yield told


def goes(browser: Browser) -> str:
    """Follow the button to the provider, and return where it leads back to, which nobody has asked for yet."""
    answer = browser.opens("sign-in/openid")
    assert answer.status_code == 303, answer.text
    back = requests.get(answer.location, allow_redirects=False, timeout=5)
    assert back.status_code == 302, back.text
    return back.headers["Location"].removeprefix(ORIGIN)


def comes(browser: Browser) -> TestResponse:
    """Sign in by the provider, all the way."""
    return browser.client.get(goes(browser))


def whom(login: str) -> Advisor | None:
    """Return an account."""
    with begin(Actor("command", "test")) as work:
        return agents.by_login(work, login)


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


def test_an_account_that_was_closed_stays_so(
    hire: Hire, browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the provider knows it, and its roles would open one."""
    closed = hire()
    with begin(Actor("command", "test")) as work:
        agents.close(work, closed)
    assert comes(browser).status_code == 401
    with_roles(monkeypatch)
    provider.claims |= {"roles": ["centre-advisors"]}
    assert comes(browser).status_code == 401


def with_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Map the provider's roles to ours."""
    monkeypatch.setenv("SVI_OIDC_ROLE_CLAIM", "roles")
    monkeypatch.setenv("SVI_OIDC_ROLES", "centre-supervisors=supervisor, centre-advisors=advisor")
    settings.cache_clear()


def test_who_loses_their_role_at_the_provider_loses_their_sessions(
    hire: Hire, browser: Browser, another: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, by password too, once they are seen to have none."""
    hire()
    with_roles(monkeypatch)
    provider.claims["roles"] = ["centre-advisors"]
    comes(browser)
    another.signs_in("s.alami")
    assert browser.opens().status_code == 200
    provider.claims["roles"] = []
    assert "aucun rôle" in comes(Browser(browser.client.application)).text
    assert browser.opens().status_code == 302
    assert another.opens().status_code == 302


def test_the_last_administrator_stays_one_whatever_the_provider_says(
    hire: Hire, browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There would be nobody to give the role back; as soon as there is another one, it is given up."""
    hire("s.alami", "administrator")
    with_roles(monkeypatch)
    provider.claims["roles"] = ["centre-advisors"]
    comes(browser)
    assert role_of("s.alami") == "administrator"
    hire("m.admin", "administrator", "Une autre")
    comes(browser)
    assert role_of("s.alami") == "advisor"


def role_of(login: str) -> str | None:
    """Return the role of an account."""
    found = whom(login)
    return found.role if found else None


def test_a_map_of_roles_opens_accounts_and_keeps_them_up_to_date(
    browser: Browser, another: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first that fits; without one, nobody comes in, account or not."""
    with_roles(monkeypatch)
    for roles in (None, [], "visitors", ["visitors", 7], {"centre-advisors": 1}):
        provider.claims = {"preferred_username": "n.new", "name": "Nora New", "roles": roles}
        answer = comes(browser)
        assert answer.status_code == 401
        assert "aucun rôle" in answer.text
        assert whom("n.new") is None
    provider.claims["roles"] = ["visitors", "centre-advisors"]
    assert comes(browser).status_code == 200
    nora = whom("n.new")
    assert nora
    assert (nora.name, nora.role, nora.skills) == ("Nora New", "advisor", {})
    provider.claims["roles"] = ["centre-advisors", "centre-supervisors"]
    assert comes(another).status_code == 200
    assert (whom("n.new") or nora).role == "supervisor"
    provider.claims["roles"] = []
    assert comes(another).status_code == 401


@pytest.mark.parametrize("login", ["x" * 300, "a@b.example", "'; drop table advisors; --", "<script>", "سميرة"])
def test_a_login_that_ours_cannot_be_opens_no_account(
    browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    """Whatever the provider calls somebody."""
    with_roles(monkeypatch)
    provider.claims = {"preferred_username": login, "roles": ["centre-advisors"]}
    assert comes(browser).status_code == 401


def test_passwords_may_be_for_emergencies_only(
    hire: Hire, browser: Browser, another: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said to who knows the password; to anybody else it is refused as ever."""
    hire()
    hire("k.tazi", "administrator", "Karim Tazi")
    monkeypatch.setenv("SVI_PASSWORD_LOGINS", "K.Tazi")
    settings.cache_clear()
    assert "Compte de secours" in browser.opens("sign-in").text
    answer = browser.signs_in("s.alami")
    assert answer.status_code == 401
    assert "Pour ce compte, continuez" in answer.text
    assert "n&#39;est pas bon" in browser.signs_in("s.alami", "not this password").text
    assert another.signs_in("k.tazi", PASSWORD).status_code == 303
    assert provider.issuer
    assert comes(browser).status_code == 200


def test_who_comes_in_by_what_is_audited(hire: Hire, browser: Browser, provider: Provider) -> None:
    """And who does not."""
    hire()
    comes(browser)
    provider.claims = {"preferred_username": "nobody"}
    comes(browser)
    with db.engine().connect() as connection:
        query = "select action, details from audit where starts_with(action, 'session.') order by id"
        found = [tuple(row) for row in connection.execute(text(query))]
    assert [action for action, _ in found] == ["session.opened", "session.refused"]
    assert found[0][1]["by"] == "provider"
    assert found[1][1] == {"by": "provider", "why": "unknown"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"SVI_OIDC_ISSUER": "http://elsewhere.example"}, "must be https"),
        ({"SVI_OIDC_ISSUER": "https://idp.example"}, "needs SVI_OIDC_CLIENT_ID"),
        ({"SVI_OIDC_ROLE_CLAIM": "roles"}, "belong together"),
        ({"SVI_OIDC_ROLE_CLAIM": "roles", "SVI_OIDC_ROLES": "them=king"}, "ROLE one of"),
        ({"SVI_PASSWORD_LOGINS": "k.tazi"}, "nobody else could come in"),
    ],
)
def test_half_a_provider_is_a_mistake(
    app: Flask, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], words: str
) -> None:
    """Said at the start."""
    assert app.name
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(MisconfiguredError, match=words):
        settings()


def test_the_doctor_looks_at_the_provider(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it answers, and is who the settings say."""
    findings = {each.subject: each for each in examine(settings())}
    assert findings["sign-in"].mend == ""
    assert provider.issuer in findings["sign-in"].words
    monkeypatch.setenv("SVI_OIDC_ISSUER", provider.issuer + "/")
    settings.cache_clear()
    assert "calls itself" in {each.subject: each for each in examine(settings())}["sign-in"].words
    monkeypatch.delenv("SVI_OIDC_ISSUER")
    settings.cache_clear()
    assert "by password" in {each.subject: each for each in examine(settings())}["sign-in"].words


def test_a_clock_a_little_wrong_is_forgiven(hire: Hire, browser: Browser, provider: Provider) -> None:
    """Up to a minute."""
    hire()
    ahead = int(time.time() + timedelta(seconds=30).total_seconds())
    provider.lies = {"iat": ahead, "exp": ahead + 300}
    assert comes(browser).status_code == 200
