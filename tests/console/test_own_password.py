"""The password of an account: how it is kept, and changed by who has it."""

from datetime import UTC, datetime

import pytest
import time_machine
from argon2 import PasswordHasher, Type, extract_parameters
from flask import Flask
from sqlalchemy import select

from backend.errors import BadInputError
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import admission, agents, passwords, sessions
from svi.demo import advisors
from tests.console.conftest import PASSWORD, Browser, Hire

NEW = "cinq mots encore mieux choisis"
NOW = datetime(2024, 3, 20, 9, 30, tzinfo=UTC)
IN_SERVICE = passwords.HASHER


def test_the_demonstrations_password_opens_the_demonstration_only(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere it is refused: as a new password, and where an account has it from a demonstration."""
    assert app.name
    monkeypatch.setenv("SVI_DEMO", "1")
    settings.cache_clear()
    advisors.load()
    assert browser.signs_in("k.tazi", passwords.DEMONSTRATION).status_code == 303
    browser.posts("sign-out")
    monkeypatch.setenv("SVI_DEMO", "0")
    settings.cache_clear()
    assert browser.signs_in("k.tazi", passwords.DEMONSTRATION).status_code == 401
    with begin(Actor("command", "test")) as work, pytest.raises(BadInputError, match="everybody knows"):
        passwords.set_password(work, 1, passwords.DEMONSTRATION)


@pytest.mark.parametrize("password", ["", "too short", "x" * 201])
def test_a_password_is_neither_short_nor_endless(hire: Hire, password: str) -> None:
    """Twelve characters at least."""
    samira = hire()
    with begin(Actor("command", "test")) as work, pytest.raises(BadInputError, match="12 to 200"):
        passwords.set_password(work, samira, password)


def changes(browser: Browser, present: str, new: str, again: str | None = None) -> tuple[int, str]:
    """Fill in the form of the account page."""
    answer = browser.posts("account/password", present=present, new=new, again=new if again is None else again)
    return answer.status_code, answer.text


def test_an_own_password_is_changed_with_the_present_one_and_ends_other_sessions(
    hire: Hire, browser: Browser, another: Browser
) -> None:
    """This session goes on; the old password opens nothing any more."""
    hire()
    browser.signs_in("s.alami")
    another.signs_in("s.alami")
    assert 'name="present"' in browser.opens("account").text
    answer = browser.posts("account/password", present=PASSWORD, new=NEW, again=NEW)
    assert (answer.status_code, answer.location) == (303, "/console/account?said=console-password-changed")
    assert "Le mot de passe est changé" in browser.opens("account", said="console-password-changed").text
    assert browser.opens().status_code == 200
    assert another.opens().status_code == 302
    assert another.signs_in("s.alami").status_code == 401
    assert another.signs_in("s.alami", NEW).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "again", "words"),
    [
        ("not the present one", "cinq mots pas devinables", None, "n&#39;est pas bon"),
        ("", "cinq mots pas devinables", None, "n&#39;est pas bon"),
        (PASSWORD, "cinq mots pas devinables", "cinq mots mal recopiés", "sont différents"),
        (PASSWORD, PASSWORD, None, "le même mot de passe"),
        (PASSWORD, "court", None, "trop court"),
        (PASSWORD, "x" * 201, None, "trop court"),
        (PASSWORD, passwords.DEMONSTRATION, None, "connu de tous"),
    ],
)
def test_a_password_that_is_not_taken_changes_nothing(
    hire: Hire, browser: Browser, another: Browser, present: str, new: str, again: str | None, words: str
) -> None:
    """And is said so; nothing typed comes back."""
    typed = {present, new, again or new} - {""}
    hire()
    browser.signs_in("s.alami")
    another.signs_in("s.alami")
    status, page = changes(browser, present, new, again)
    assert status == 400
    assert words in page
    assert not any(f'value="{each}"' in page for each in typed)
    assert another.opens().status_code == 200
    another.posts("sign-out")
    assert another.signs_in("s.alami").status_code == 303


def test_a_session_left_open_is_no_way_to_guess_the_password(hire: Hire, browser: Browser, another: Browser) -> None:
    """Tries count as those of signing in, from a browser that never came in; this one has tries of its own there."""
    hire()
    with time_machine.travel(NOW, tick=False):
        browser.signs_in("s.alami")
        for _ in range(admission.MOST_OF_A_LOGIN):
            assert changes(browser, "not this one", NEW)[0] == 400
        status, page = changes(browser, PASSWORD, NEW)
        assert status == 429
        assert "Trop d&#39;essais" in page
        assert another.signs_in("s.alami").status_code == 429


def test_an_account_without_a_password_has_none_to_change(app: Flask, browser: Browser) -> None:
    """It comes in by the provider."""
    assert app.name
    with begin(Actor("command", "test")) as work:
        known = agents.add(work, "s.alami", "Samira", ("fr",), {})
        browser.client.set_cookie("svi-session", sessions.open_session(work, known.id, by_provider=True))
    assert 'name="present"' not in browser.opens("account").text
    assert changes(browser, "", NEW)[0] == 400


def test_passwords_are_kept_by_argon2id_as_its_authors_advise(hire: Hire, monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 9106: 64 MiB, three passes at least; the digest's own words say so. A weaker one is renewed at sign-in."""
    monkeypatch.setattr(passwords, "HASHER", IN_SERVICE)
    samira = hire()
    found = select(agents.advisors.c.password).where(agents.advisors.c.id == samira)
    with begin(Actor("command", "test")) as work:
        digest = work.execute(found).scalar_one()
        kept = extract_parameters(digest)
        assert (kept.type, kept.memory_cost >= 64 * 1024, kept.time_cost >= 3) == (Type.ID, True, True)
        weak = PasswordHasher(memory_cost=1024, time_cost=1).hash(PASSWORD)
        work.execute(agents.advisors.update().values(password=weak))
        assert passwords.matches(work, samira, PASSWORD)
        assert extract_parameters(work.execute(found).scalar_one()).memory_cost == kept.memory_cost
