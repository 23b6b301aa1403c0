"""Which accounts come in by the provider, with which role; half a provider is said."""

import pytest
from flask import Flask
from sqlalchemy import text

from backend import db
from backend.errors import MisconfiguredError
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents
from svi.checkup import examine
from tests.console.conftest import PASSWORD, Browser, Hire
from tests.console.openid import comes, whom
from tests.console.provider import Provider


def with_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Map the provider's roles to ours."""
    monkeypatch.setenv("SVI_OIDC_ROLE_CLAIM", "roles")
    monkeypatch.setenv("SVI_OIDC_ROLES", "centre-supervisors=supervisor, centre-advisors=advisor")
    settings.cache_clear()


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
