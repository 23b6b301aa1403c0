"""Who comes in, with what, how often they may try, and when it ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from backend import db
from backend.seal import mac
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import admission, agents, second_factor, sessions
from tests.console.conftest import PASSWORD, Browser, Hire

NOW = datetime(2024, 3, 20, 9, 30, tzinfo=UTC)


def state(advisor: int) -> str:
    """Return an advisor's state, by the database."""
    with begin(Actor("command", "test")) as work:
        return agents.require(work, advisor).state


def test_a_right_password_begins_a_session_and_the_day(hire: Hire, browser: Browser) -> None:
    """The cookie says nothing, and no script reads it; the database has its digest only."""
    samira = hire()
    answer = browser.signs_in("S.Alami ")
    assert (answer.status_code, answer.location) == (303, "/console/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("svi-session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert state(samira) == "not-ready"
    assert "Samira Alami" in browser.opens().text
    token = cookie.partition("=")[2].partition(";")[0]
    with db.engine().connect() as connection:
        kept = connection.execute(text("select digest::text from sessions")).scalar_one()
    assert token not in bytes.fromhex(kept[2:]).decode("latin-1")


@pytest.mark.parametrize(("login", "password"), [("s.alami", "another password"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_one_is_refused_without_saying_which(hire: Hire, browser: Browser, login: str, password: str) -> None:
    """Login or password: the page is the same."""
    hire()
    answer = browser.signs_in(login, password)
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert "n&#39;est pas bon" in answer.text
    assert browser.opens().status_code == 302


def test_an_account_without_a_password_opens_nothing(browser: Browser) -> None:
    """Whatever is tried."""
    with begin(Actor("command", "test")) as work:
        agents.add(work, "s.alami", "Samira", ("fr",), {})
    assert browser.signs_in("s.alami", "").status_code == 401
    assert browser.signs_in("s.alami", "nobody has this password").status_code == 401


def test_of_one_login_ten_tries_a_quarter_of_an_hour(hire: Hire, browser: Browser, another: Browser) -> None:
    """From wherever they come, whether there is such an account or not; the right password waits, too."""
    hire()
    with time_machine.travel(NOW, tick=False) as clock:
        for login in ("s.alami", "nobody"):
            for _ in range(admission.MOST_OF_A_LOGIN):
                assert browser.signs_in(login, "another password").status_code == 401
            assert browser.signs_in(login, "another password").status_code == 429
        answer = another.signs_in("s.alami")
        assert answer.status_code == 429
        assert "Trop d" in answer.text
        clock.shift(timedelta(minutes=16))
        assert another.signs_in("s.alami").status_code == 303


def test_nobody_is_locked_out_of_their_own_browser(hire: Hire, browser: Browser, another: Browser) -> None:
    """Where they came in before, they have their tries for themselves: ten, and then it is their turn to wait."""
    hire()
    with time_machine.travel(NOW, tick=False):
        cookies = browser.signs_in("s.alami").headers.getlist("Set-Cookie")
        (borne,) = [each for each in cookies if each.startswith("svi-browser-")]
        assert all(word in borne for word in ("HttpOnly", "SameSite=Strict", "Path=/"))
        assert "alami" not in borne
        browser.posts("sign-out")
        for _ in range(admission.MOST_OF_A_LOGIN):
            assert another.signs_in("s.alami", "another password").status_code == 401
        assert another.signs_in("s.alami").status_code == 429
        assert browser.signs_in("s.alami").status_code == 303
        browser.posts("sign-out")
        for _ in range(admission.MOST_OF_A_LOGIN):
            assert browser.signs_in("s.alami", "another password").status_code == 401
        assert browser.signs_in("s.alami").status_code == 429


@pytest.mark.parametrize("made_up", ["", ".", "é", "a.b", "0" * 32 + "." + "0" * 64, "0" * 32 + "." + "zz"])
def test_what_proves_a_browser_is_made_by_us_for_one_login(
    hire: Hire, browser: Browser, another: Browser, made_up: str
) -> None:
    """Neither a made-up one counts, nor another's."""
    hire()
    hire("n.idrissi", "advisor", "Nadia")
    with time_machine.travel(NOW, tick=False):
        browser.signs_in("n.idrissi")
        theirs = browser.client.get_cookie(admission.browser_of("n.idrissi"))
        assert theirs
        for _ in range(admission.MOST_OF_A_LOGIN):
            another.signs_in("s.alami", "another password")
        for value in (theirs.value, made_up):
            browser.client.set_cookie(admission.browser_of("s.alami"), value)
            assert browser.signs_in("s.alami").status_code == 429


def test_an_address_is_another_proxys_word_only_where_settings_name_it(
    hire: Hire, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever writes the header would have another hundred tries with each."""
    hire()
    with time_machine.travel(NOW, tick=False):
        with begin(Actor("command", "test")) as work:
            for _ in range(admission.MOST_OF_AN_ADDRESS):
                admission._refuse(work, {mac("sign-in", "address", "127.0.0.1"): 1})
        headers = browser.ours | {"X-Forwarded-For": "10.0.0.9"}
        form = {"login": "s.alami", "password": PASSWORD}
        assert browser.client.post("/console/sign-in", data=form, headers=headers).status_code == 429
        monkeypatch.setenv("SVI_PROXIES", "127.0.0.1, 192.0.2.0/24")
        settings.cache_clear()
        spoofed = browser.ours | {"X-Forwarded-For": "10.0.0.9, 127.0.0.1, 192.0.2.7"}
        assert browser.client.post("/console/sign-in", data=form, headers=spoofed).status_code == 303


def test_of_one_address_a_hundred(
    hire: Hire, browser: Browser, another: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever logins are tried from there; others still come in."""
    monkeypatch.setenv("SVI_PROXIES", "127.0.0.1")
    settings.cache_clear()
    hire()
    address = {"X-Forwarded-For": "10.0.0.9"}
    form = {"login": "", "password": "x"}
    with time_machine.travel(NOW, tick=False):
        with begin(Actor("command", "test")) as work:
            for _ in range(admission.MOST_OF_AN_ADDRESS):
                admission._refuse(work, {mac("sign-in", "address", "10.0.0.9"): 1})
        headers = browser.ours | address
        assert browser.client.post("/console/sign-in", data=form, headers=headers).status_code == 429
        assert another.signs_in("s.alami").status_code == 303


def test_a_session_ends_after_a_quarter_of_an_hour_without_anything_done(hire: Hire, browser: Browser) -> None:
    """What the page asks by itself is nothing done; a key or a button is."""
    hire()
    with time_machine.travel(NOW, tick=False) as clock:
        browser.signs_in("s.alami")
        clock.shift(timedelta(minutes=14))
        assert browser.posts("here", active="0").status_code == 204
        assert browser.opens("desk").status_code == 200
        assert browser.posts("here", active="1").status_code == 204
        clock.shift(timedelta(minutes=14))
        assert browser.opens().status_code == 200
        clock.shift(timedelta(minutes=2))
        answer = browser.opens()
        assert (answer.status_code, answer.location) == (302, "/console/sign-in?ended=1")
        assert "Votre session est terminée" in browser.opens("sign-in", ended="1").text
        assert browser.client.get("/console/desk", headers={"X-Console": "script"}).status_code == 401


def test_a_session_ends_after_eight_hours(hire: Hire, browser: Browser) -> None:
    """Whatever was done; the clock erases it."""
    hire()
    with time_machine.travel(NOW, tick=False) as clock:
        browser.signs_in("s.alami")
        for _ in range(8 * 6 - 1):
            clock.shift(timedelta(minutes=10))
            assert browser.posts("here", active="1").status_code == 204
        clock.shift(timedelta(minutes=10))
        assert browser.posts("here", active="1").status_code == 401
        with begin(Actor("job", "test")) as work:
            assert sessions.erase_old(work) == 1


def test_signing_out_ends_the_session_and_the_day(hire: Hire, browser: Browser) -> None:
    """The old cookie opens nothing any more."""
    samira = hire()
    cookie = browser.signs_in("s.alami").headers["Set-Cookie"].partition(";")[0]
    assert browser.posts("sign-out").location == "/console/sign-in"
    assert state(samira) == "signed-out"
    browser.client.set_cookie("svi-session", cookie.partition("=")[2])
    assert browser.opens().status_code == 302


def test_the_day_ends_with_the_last_session_and_everywhere_at_once_if_wished(
    hire: Hire, browser: Browser, another: Browser
) -> None:
    """A second window may close; « de tous les postes » ends all of them."""
    samira = hire()
    browser.signs_in("s.alami")
    another.signs_in("s.alami")
    another.posts("sign-out")
    assert state(samira) == "not-ready"
    another.signs_in("s.alami")
    browser.posts("sign-out", everywhere="1")
    assert state(samira) == "signed-out"
    assert another.opens().status_code == 302


def test_a_second_factor_is_enrolled_asked_and_taken_away(hire: Hire, browser: Browser, another: Browser) -> None:
    """A code opens once; a key that we did not propose is enrolled by nobody."""
    hire()
    with time_machine.travel(NOW, tick=False) as clock:
        browser.signs_in("s.alami")
        page = browser.opens("account").text
        key, proof = (page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("key", "proof"))
        app = pyotp.TOTP(key)
        code = app.at(NOW)
        foreign = pyotp.random_base32()
        theirs = {"key": foreign, "proof": proof, "code": pyotp.TOTP(foreign).at(NOW)}
        assert browser.posts("account/second-factor", **theirs).status_code == 400
        assert browser.posts("account/second-factor", key=key, proof=proof, code="000000").status_code == 400
        assert browser.posts("account/second-factor", key=key, proof=proof, code=code).status_code == 303
        assert "demande aussi le code" in another.signs_in("s.alami").text
        assert another.signs_in("s.alami", code=code).status_code == 401
        clock.shift(timedelta(seconds=30))
        assert another.signs_in("s.alami", code=app.at(NOW + timedelta(seconds=30))).status_code == 303
        assert browser.posts("account/second-factor/remove", code=code).status_code == 400
        clock.shift(timedelta(seconds=30))
        later = app.at(NOW + timedelta(minutes=1))
        assert browser.posts("account/second-factor/remove", code=later).status_code == 303
        assert browser.posts("sign-out").status_code == 303
        assert browser.signs_in("s.alami").status_code == 303


def test_who_sits_down_at_an_open_session_can_not_replace_the_second_factor(hire: Hire, browser: Browser) -> None:
    """A key that was proposed before replaces none, and codes are not to be guessed: tries count as at the sign-in."""
    samira = hire()
    with time_machine.travel(NOW, tick=False):
        browser.signs_in("s.alami")
        page = browser.opens("account").text
        key, proof = (page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("key", "proof"))
        first = second_factor.new_key()
        with begin(Actor("command", "test")) as work:
            assert second_factor.enrol(work, samira, first, pyotp.TOTP(first).at(NOW))
        theirs = {"key": key, "proof": proof, "code": pyotp.TOTP(key).at(NOW)}
        assert browser.posts("account/second-factor", **theirs).status_code == 303
        right = pyotp.TOTP(first).at(NOW + timedelta(seconds=30))
        for number in range(admission.MOST_OF_A_LOGIN):
            assert browser.posts("account/second-factor/remove", code=f"{number:06}").status_code == 400
        assert browser.posts("account/second-factor/remove", code=right).status_code == 400
        with begin(Actor("command", "test")) as work:
            assert second_factor.passes(work, samira, right)


def test_a_session_begins_anew_whatever_cookie_there_was(hire: Hire, browser: Browser) -> None:
    """Nobody fixes another's session beforehand."""
    hire()
    browser.client.set_cookie("svi-session", "chosen by somebody else")
    browser.signs_in("s.alami")
    kept = browser.client.get_cookie("svi-session")
    assert kept
    assert kept.value != "chosen by somebody else"
    assert len(kept.value) >= 43


def test_a_code_opens_once_though_two_bring_it_at_once(hire: Hire, app: Flask) -> None:
    """Whoever reads it over a shoulder is too late."""
    assert app.name
    samira = hire()
    with time_machine.travel(NOW, tick=False) as clock:
        key = second_factor.new_key()
        with begin(Actor("command", "test")) as work:
            assert second_factor.enrol(work, samira, key, pyotp.TOTP(key).at(NOW))
        clock.shift(timedelta(seconds=30))
        code = pyotp.TOTP(key).at(NOW + timedelta(seconds=30))

        def tries(_: int) -> bool:
            with begin(Actor("advisor", "", "signs in")) as work:
                return second_factor.passes(work, samira, code)

        with ThreadPoolExecutor(4) as at_once:
            assert sorted(at_once.map(tries, range(4))) == [False, False, False, True]


@pytest.mark.parametrize("code", ["", "12345", "1234567", "٠١٢٣٤٥", "abcdef", "é", "0" * 400])
def test_what_is_no_code_opens_nothing(hire: Hire, browser: Browser, code: str) -> None:
    """And fails nothing."""
    samira = hire()
    key = second_factor.new_key()
    with begin(Actor("command", "test")) as work:
        assert second_factor.enrol(work, samira, key, pyotp.TOTP(key).now())
    assert browser.signs_in("s.alami", code=code).status_code == 401


@pytest.mark.parametrize(("path", "form"), [("sign-in", {"login": "a\0b"}), ("look", {"back": "\0"})])
def test_a_zero_byte_is_refused(browser: Browser, path: str, form: dict[str, str]) -> None:
    """No database takes it as a text; in an address no more than in a form."""
    assert browser.posts(path, **form).status_code == 400
    assert browser.opens("sign-in", ended="\0").status_code == 400
