"""Accounts: opened, changed, closed, and what somebody lost."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from backend.work import Actor, begin
from callcenter import accounts, agents, passwords, presence, sessions
from callcenter.accounts import RefusedError
from tests.console.administering import TEST, actions, secret
from tests.console.conftest import PASSWORD, Browser, Hire

FILLED = {"name": "Nadia Idrissi", "role": "advisor", "first": "fr", "second": "", "skill-claims": "3"}


def seen(browser: Browser, advisor: int) -> str:
    """Return what the form of an account says of what it showed."""
    found = re.search(r'name="seen" value="(\w+)"', browser.opens(f"accounts/{advisor}").text)
    assert found
    return found[1]


def test_an_account_is_opened_with_a_password_that_must_be_changed(admin: Browser, another: Browser) -> None:
    """The administrator reads it once; with it, nothing opens but its own change."""
    shown = admin.posts("accounts", login="N.Idrissi", **FILLED)
    password = secret(shown.text)
    assert "n.idrissi" in shown.text
    assert password not in admin.opens("accounts").text
    another.signs_in("n.idrissi", password)
    assert another.opens().location == "/console/account"
    assert another.posts("do/ready").location == "/console/account"
    new = {"present": password, "new": "cinq mots plus longs", "again": "cinq mots plus longs"}
    assert another.posts("account/password", **new | {"present": "autre"}).status_code == 400
    assert another.posts("account/password", **new | {"again": "cinq mots différents"}).status_code == 400
    assert another.posts("account/password", **new | {"new": "court", "again": "court"}).status_code == 400
    assert another.posts("account/password", **new).status_code == 303
    assert another.opens().status_code == 200
    assert ("advisor 1", "advisor.added") in actions("advisor")


def test_who_comes_in_by_the_provider_needs_no_other_password(admin: Browser, another: Browser) -> None:
    """The one that an administrator read opens nothing for them, and holds nothing up."""
    secret(admin.posts("accounts", login="n.idrissi", **FILLED).text)
    with begin(Actor("command", "test")) as work:
        known = agents.by_login(work, "n.idrissi")
        assert known
        another.client.set_cookie("svi-session", sessions.open_session(work, known.id, by_provider=True))
        presence.sign_in(work, known.login)
    assert another.opens().status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": "admin"}, "déjà pris"),
        ({"login": "é"}, "ne convient pas"),
        ({"name": " "}, "de 1 à 80"),
        ({"first": ""}, "au moins une langue"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_what_was_typed_stays(
    admin: Browser, change: dict[str, str], words: str
) -> None:
    """With the reason, in the page's language."""
    answer = admin.posts("accounts", **{"login": "n.idrissi"} | FILLED | change)
    assert answer.status_code == 400
    assert words in answer.text
    assert 'value="Nadia Idrissi"' in answer.text or "name" in change


def test_an_account_that_is_opened_twice_is_there_once(admin: Browser) -> None:
    """By a double click, or by two administrators: the second is told, and led to another one-time password."""
    first = secret(admin.posts("accounts", login="n.idrissi", **FILLED).text)
    again = admin.posts("accounts", login="N.Idrissi", **FILLED)
    assert again.status_code == 400
    (page,) = re.findall(r'class="button main" href="/console/(accounts/\d+)"', again.text)
    assert secret(admin.posts(f"{page}/password").text) != first


def test_two_who_open_an_account_at_once_open_one(app: Flask) -> None:
    """Nothing fails; whoever is second is told that it is there."""
    assert app.name
    wanted = accounts.Wanted("Nadia", "advisor", ("fr",), {})

    def opens(_: int) -> str:
        try:
            with begin(TEST) as work:
                accounts.add(work, "n.idrissi", wanted)
        except RefusedError as refused:
            return refused.why
        return "opened"

    with ThreadPoolExecutor(4) as at_once:
        assert sorted(at_once.map(opens, range(4))) == ["opened", "taken", "taken", "taken"]


def test_an_account_is_changed_but_not_over_somebody_elses_change(admin: Browser, hire: Hire) -> None:
    """Whoever saves second is told, and sees what it is now."""
    nadia = hire("n.idrissi", "advisor", "Nadia")
    before = seen(admin, nadia)
    assert admin.posts(f"accounts/{nadia}", seen=before, **FILLED).location.endswith("account-saved")
    late = admin.posts(f"accounts/{nadia}", seen=before, **FILLED | {"name": "Autre"})
    assert late.status_code == 400
    assert "vient de changer" in late.text
    with begin(TEST) as work:
        known = agents.require(work, nadia)
    assert (known.name, known.skills, known.languages) == ("Nadia Idrissi", {"claims": 3}, ("fr",))


def test_a_name_is_text_and_nothing_else(admin: Browser, hire: Hire) -> None:
    """An apostrophe, Arabic, and what would be a script."""
    name = "<script>alert(1)</script> L'Alami العلوي"
    advisor = hire("x.essai", "advisor", name)
    for page in ("accounts", f"accounts/{advisor}"):
        text = admin.opens(page).text
        assert "<script>alert" not in text
        assert "العلوي" in text


def test_an_account_is_closed_and_opened_again(admin: Browser, another: Browser, hire: Hire) -> None:
    """Closed it opens nothing; opened again it has another one-time password."""
    nadia = hire("n.idrissi", "auditor", "Nadia")
    another.signs_in("n.idrissi")
    assert admin.posts(f"accounts/{nadia}/close").location.endswith("account-closed")
    assert admin.posts(f"accounts/{nadia}/close").location.endswith("account-gone")
    assert another.opens("log").status_code == 302
    assert another.signs_in("n.idrissi").status_code == 401
    password = secret(admin.posts(f"accounts/{nadia}/reopen").text)
    assert admin.posts(f"accounts/{nadia}/reopen").location.endswith("account-changed")
    assert another.signs_in("n.idrissi").status_code == 401
    assert another.signs_in("n.idrissi", password).status_code == 303


def test_who_is_at_work_is_not_closed(admin: Browser, another: Browser, hire: Hire) -> None:
    """Nor does an advisor at work become one who answers no calls."""
    nadia = hire("n.idrissi", "advisor", "Nadia")
    another.signs_in("n.idrissi")
    assert admin.posts(f"accounts/{nadia}/close").location.endswith("account-signed-in")
    changed = admin.posts(f"accounts/{nadia}", seen=seen(admin, nadia), **FILLED | {"role": "auditor"})
    assert "est au travail" in changed.text


def test_the_last_administrator_stays_one(admin: Browser, hire: Hire) -> None:
    """By closing, or by another role; with a second one, either may go."""
    assert admin.posts("accounts/1/close").location.endswith("account-last")
    demoted = FILLED | {"role": "auditor"}
    assert "dernier administrateur" in admin.posts("accounts/1", seen=seen(admin, 1), **demoted).text
    hire("second", "administrator", "Second")
    assert admin.posts("accounts/1", seen=seen(admin, 1), **demoted).location.endswith("account-saved")
    assert admin.opens("accounts").status_code == 403


def test_what_somebody_lost_is_reset(admin: Browser, another: Browser, hire: Hire) -> None:
    """The password, the telephone of the second factor, sessions left open elsewhere."""
    nadia = hire("n.idrissi", "auditor", "Nadia")
    another.signs_in("n.idrissi")
    assert admin.posts(f"accounts/{nadia}/sessions").location.endswith("sessions-ended")
    assert another.opens("log").status_code == 302
    password = secret(admin.posts(f"accounts/{nadia}/password").text)
    assert another.signs_in("n.idrissi", PASSWORD).status_code == 401
    assert another.signs_in("n.idrissi", password).status_code == 303
    with begin(TEST) as work:
        work.execute(agents.advisors.update().where(agents.advisors.c.id == nadia).values(totp=b"sealed"))
    assert admin.posts(f"accounts/{nadia}/factor").location.endswith("factor-gone")
    with begin(TEST) as work:
        assert work.execute(select(agents.advisors.c.totp).where(agents.advisors.c.id == nadia)).scalar_one() is None
    assert ("advisor 1", "advisor.second-factor") in actions("advisor")


def test_one_time_passwords_are_never_alike() -> None:
    """And long enough to be a password."""
    made = {passwords.one_time() for _ in range(50)}
    assert len(made) == 50
    assert all(len(each) >= passwords.SHORTEST for each in made)
