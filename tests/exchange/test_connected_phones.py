"""Phones that talk with each other, and phones that are called, in the terminal."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from exchange import phone
from exchange.scripted import Application
from exchange.server import serving
from exchange.signing import identity_token
from exchange.switchboard import Account
from tests.exchange.asking import Handset, library
from tests.waiting import PATIENCE, eventually

ROOM = '<Response><Dial><Conference participantLabel="{}" {}>room-7</Conference></Dial></Response>'


@pytest.fixture
def application() -> Application:
    """An application that lets callers and the client talk, and calls back."""
    return Application(
        {
            "/voice/incoming": ROOM.format("caller", 'endConferenceOnExit="true"'),
            "/voice/agent": ROOM.format("advisor", ""),
            "/voice/callback": '<Response><Gather action="/over" numDigits="1"><Say>Hello.</Say></Gather></Response>',
            "/over": "<Response><Say>Goodbye.</Say></Response>",
        }
    )


@pytest.fixture
def exchange(account: Account, origin: str) -> Iterator[str]:
    """An exchange whose clients have an app."""
    own = replace(account, client_url=f"{origin}/voice/agent", status_url=None, fallback_url=None, client_seconds=2.0)
    with serving(own) as base_url:
        yield base_url


@pytest.fixture
def token(account: Account) -> str:
    """What proves that a phone is Samira's."""
    return identity_token(account.auth_token, "samira")


def answers(handset: Handset, text: str) -> threading.Thread:
    """Let somebody speak as soon as they are spoken to."""

    def answer() -> None:
        handset.until("heard")
        handset.does("speech", text=text)

    answering = threading.Thread(target=answer)
    answering.start()
    return answering


def test_a_terminal_shows_with_whom_it_is_connected(exchange: str, account: Account, token: str) -> None:
    """A script goes on when somebody is there, and when somebody speaks; typed speech is heard by the other."""
    advisor = Handset(exchange, **{"from": "client:samira"}, identity_token=token)
    advisor.until("joined")
    shown = io.StringIO()
    answering = answers(advisor, "Bonjour à vous")
    phone.run(exchange, script=[":salam", "h"], stdout=shown)
    answering.join()
    lines = shown.getvalue().splitlines()
    assert lines[:4] == ["☎ connected with advisor", "> :salam", "advisor: Bonjour à vous", "> h"]
    assert not library(exchange, account).conferences.list(status="in-progress")


@pytest.mark.parametrize(("line", "said", "code"), [("a", True, 0), ("", True, 0), ("h", False, 1)])
def test_a_terminal_waits_until_it_is_called(
    exchange: str, account: Account, origin: str, line: str, said: bool, code: int
) -> None:
    """`wait` stays; `a` or an empty line picks up, `h` does not."""
    client = library(exchange, account)
    shown = io.StringIO()
    ended: list[int] = []
    terminal = threading.Thread(
        target=lambda: ended.append(
            phone.run(exchange, from_="+212661000055", script=["h", "wait", line, "1"], stdout=shown)
        )
    )
    terminal.start()
    eventually(lambda: "waiting until …55 is called" in shown.getvalue())
    client.calls.create(to="+212661000055", from_="+212520447100", url=f"{origin}/voice/callback")
    terminal.join(PATIENCE)
    assert ended == [code]
    assert ("en Hello." in shown.getvalue()) is said
    assert "☎ rings: +212520447100" in shown.getvalue()


def test_a_terminal_may_call_nobody_and_wait(exchange: str, account: Account, origin: str) -> None:
    """It is called, and talks."""
    library(exchange, account).calls.create(to="+212661000055", from_="+212520447100", url=f"{origin}/voice/callback")
    shown = io.StringIO()
    assert phone.run(exchange, from_="+212661000055", wait=True, script=["a", "1"], stdout=shown) == 0
    assert "en Goodbye." in shown.getvalue()


def test_a_client_whose_phone_is_gone_is_cut_off(exchange: str, account: Account, token: str) -> None:
    """As by a carrier whose client's browser was killed: nobody asks what happens on the line any more."""
    caller = Handset(exchange)
    advisor = Handset(exchange, **{"from": "client:samira"}, identity_token=token)
    advisor.until("joined")
    caller.until("left", who="advisor", own=False)
    (call,) = library(exchange, account).calls.list(status="in-progress")
    assert call.sid == caller.sid
