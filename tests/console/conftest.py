"""Browsers at the console, without script: Flask's client, which says where a request comes from, as they do."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from backend.feeds import uploads
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents, openid, passwords
from callcenter.agents import Role
from callcenter.routing import SUBJECTS, Level, Subject
from exchange.dialler import ORIGIN, Call
from tests.conftest import Dial, Texts
from tests.console.provider import CLIENT, SECRET, SERVED_AT, Provider, running
from tests.flows.advising import Carrier, Desk

PASSWORD = "quatre mots bien choisis"
EXPERT: dict[Subject, Level] = dict.fromkeys(SUBJECTS, 3)


class Browser:
    """One browser: `browser.signs_in("s.alami").posts("do/ready")`."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.ours = {"Sec-Fetch-Site": "same-origin"}

    def opens(self, path: str = "", **query: str) -> TestResponse:
        """Open a page of the console."""
        return self.client.get(f"/console/{path}", query_string=query)

    def posts(self, path: str, **form: Any) -> TestResponse:
        """Post a form of the console's own."""
        return self.client.post(f"/console/{path}", data=form, headers=self.ours)

    def signs_in(self, login: str, password: str = PASSWORD, code: str = "") -> TestResponse:
        """Fill in the form."""
        return self.posts("sign-in", login=login, password=password, code=code)

    def offer(self) -> str:
        """Return the offer that the page shows."""
        found = re.search(r'name="offer" value="(\d+)"', self.opens().text)
        assert found, self.opens().text
        return found[1]


Hire = Callable[..., int]


@pytest.fixture
def hire(app: Flask) -> Hire:
    """Return what opens an account with a password, an expert in all."""
    assert app.name

    def add(login: str = "s.alami", role: Role = "advisor", name: str = "Samira Alami") -> int:
        with begin(Actor("command", "test")) as work:
            known = agents.add(work, login, name, ("fr", "ar"), EXPERT, role)
            passwords.set_password(work, known.id, PASSWORD)
            return known.id

    return add


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Return a browser without a session."""
    return Browser(app)


@pytest.fixture
def another(app: Flask) -> Browser:
    """Return another browser."""
    return Browser(app)


@pytest.fixture
def carrier(app: Flask) -> Carrier:
    """Return what the carrier tells."""
    return Carrier(app)


@pytest.fixture
def samira(carrier: Carrier, browser: Browser) -> Desk:
    """Sign an advisor in, and have her be ready, by the console; the desk is her telephone."""
    at = Desk(carrier)
    with begin(Actor("command", "test")) as work:
        passwords.set_password(work, at.id, PASSWORD)
    browser.signs_in("s.alami")
    assert browser.posts("do/ready").location == "/console/"
    return at


@pytest.fixture
def stranger(dial: Dial) -> Call:
    """Have somebody who says nothing of who they are wait for an advisor."""
    return dial(status_url=f"{ORIGIN}/voice/status").keys("2").keys("0").hears("recording").keys("2")


@pytest.fixture
def hicham(sample: None, dial: Dial, texts: Texts) -> Call:
    """Have somebody who proves who he is wait for an advisor."""
    assert sample is None
    caller = dial(status_url=f"{ORIGIN}/voice/status").keys("2").keys("2").dials("104228815").dials("18091975")
    return caller.dials(texts.code()).hears("contributions-menu").keys("0").hears("recording").keys("2")


def accepts(browser: Browser, samira: Desk, caller: Call) -> None:
    """Accept the offer on the page, and meet the caller."""
    offer = browser.offer()
    browser.posts("do/accept", offer=offer)
    samira.offer = int(offer)
    samira.joins()
    samira.fetches(caller)


@pytest.fixture
def salma(listed: None, dial: Dial, texts: Texts) -> Call:
    """Have somebody who proves who she is, and whose registration is pending, wait for an advisor."""
    assert listed is None
    caller = dial(status_url=f"{ORIGIN}/voice/status").keys("2").keys("1").dials("482913#").dials("14031988")
    return caller.dials(texts.code()).hears("confirm-identity").keys("0").hears("recording").keys("2")


@pytest.fixture
def karim(hire: Hire, browser: Browser) -> Browser:
    """Sign a supervisor in."""
    hire("k.tazi", "supervisor", "Karim Tazi")
    browser.signs_in("k.tazi")
    return browser


@pytest.fixture
def spring(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it be the day for which the sample's figures are known."""
    assert app.name
    monkeypatch.setenv("SVI_TODAY", "2024-03-20")
    settings.cache_clear()


@pytest.fixture
def with_salma(samira: Desk, salma: Call, browser: Browser) -> Browser:
    """Talk to somebody whose registration is pending."""
    accepts(browser, samira, salma)
    return browser


@pytest.fixture
def with_hicham(spring: None, samira: Desk, hicham: Call, browser: Browser) -> Browser:
    """Talk to somebody registered, who has proved who he is."""
    assert spring is None
    accepts(browser, samira, hicham)
    return browser


@pytest.fixture
def with_stranger(spring: None, sample: None, samira: Desk, stranger: Call, browser: Browser) -> Browser:
    """Talk to somebody who has said nothing of who they are."""
    assert spring is sample is None
    accepts(browser, samira, stranger)
    return browser


@pytest.fixture
def admin(hire: Hire, browser: Browser) -> Browser:
    """Return a browser in which an administrator, number 1, is signed in."""
    hire("admin", "administrator", "Aïcha Admin")
    browser.signs_in("admin")
    return browser


@pytest.fixture
def lists_folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have lists lie in a folder of this test's own, where none stays that was never received whole."""
    assert app.name
    monkeypatch.setenv("SVI_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield
    assert not list(uploads.folder().glob("*.part"))


@pytest.fixture
def provider(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Run a provider, and have the console know it."""
    assert app.name
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider's own part of authlib asks for TLS
    with running(f"{SERVED_AT}/console/sign-in/openid/back") as told:
        for name, value in {"ISSUER": told.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET}.items():
            monkeypatch.setenv(f"SVI_OIDC_{name}", value)
        settings.cache_clear()
        openid._provider.cache_clear()
        yield told
