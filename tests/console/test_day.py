"""The day beside the calls: how hard the queue presses, and the promised calls of one's lines."""

import re

import pytest
from sqlalchemy import update

from backend import db
from backend.work import Actor, begin
from callcenter import agents, callbacks, presence, pressure
from callcenter.routing import Level, Subject
from exchange.dialler import Call
from tests.callcenter.calling_back import promise
from tests.console.conftest import Browser, Hire
from tests.flows.advising import Desk

CLAIMS: dict[Subject, Level] = {"claims": 2}


def pressing(browser: Browser) -> str:
    """Return how hard the queue presses, as the header shows it now."""
    pressure.forget()
    found = re.search(r'data-degree="([\w-]+)"', browser.opens().text)
    assert found
    return found[1]


def teach(login: str, skills: dict[Subject, Level]) -> None:
    """Have an advisor serve these subjects, and no other."""
    with begin(Actor("command", "test")) as work:
        known = agents.by_login(work, login)
        assert known
        agents.teach(work, known.id, skills)


def promises(subject: str, state: str = "promised") -> int:
    """Have a call be promised for the morning of 20 March 2024, and be in a state; return its id."""
    number = callbacks.callbacks.c
    promise("2024-03-20 08:00", "2024-03-20", "morning")
    with db.engine().begin() as connection:
        newest = connection.execute(callbacks.callbacks.select().order_by(number.id.desc())).first()
        assert newest
        ended = newest.promised_at if state in {"missed", "kept", "cancelled"} else None
        changed = {"state": state, "subject": subject, "ended_at": ended, "attempts": 3 if state == "missed" else 0}
        connection.execute(update(callbacks.callbacks).where(number.id == newest.id).values(changed))
        return int(newest.id)


def state(callback: int) -> str:
    """Return the state of a promised call."""
    with db.engine().connect() as connection:
        found = callbacks.callbacks.select().where(callbacks.callbacks.c.id == callback)
        return str(connection.execute(found).one().state)


def test_the_header_says_how_many_wait_in_ones_own_lines(hire: Hire, browser: Browser, stranger: Call) -> None:
    """An icon, words, a degree; of others' subjects nothing."""
    hire()
    browser.signs_in("s.alami")
    assert stranger.question
    assert pressing(browser) == "low"
    assert "En attente : 1" in browser.opens("desk").text
    teach("s.alami", CLAIMS)
    assert pressing(browser) == "none"
    assert "Personne n&#39;attend" in browser.opens("desk").text


def test_the_longer_somebody_waits_the_harder_it_presses(samira: Desk) -> None:
    """One minute, and three."""
    with begin(Actor("command", "test")) as work:
        now = work.now
        since = {minutes: now.replace(microsecond=0) - minutes * presence.HEARTBEAT * 12 for minutes in (0, 1, 3)}
    degrees = [pressure.Standing(1, each, 0).degree(now) for each in since.values()]
    assert degrees == ["low", "high", "highest"]
    assert pressure.Standing(0, None, 3).degree(now) == "none"
    assert samira.state == "ready"


def test_the_pressure_is_asked_for_once_a_second(samira: Desk, browser: Browser) -> None:
    """However many pages look."""
    assert samira.state == "ready"
    pressure.forget()
    browser.opens("desk")
    seen = pressure.seen()
    browser.opens("desk")
    assert pressure.seen() is seen


def test_the_day_lists_the_promised_calls_of_ones_lines(hire: Hire, browser: Browser) -> None:
    """When, about what, the last two digits; those due now say for what they wait, missed ones what may be done."""
    hire()
    browser.signs_in("s.alami")
    assert "promis pour aujourd" in browser.opens("callbacks").text
    promises("claims")
    page = browser.opens("callbacks").text
    for words in ("09:00", "dossiers de soins", "le matin", "77", "aucun essai"):
        assert words in page
    assert "Attend un conseiller" not in page
    teach("s.alami", {"rights": 3})
    assert "dossiers de soins" not in browser.opens("callbacks").text


def test_what_is_due_waits_for_an_advisor(hire: Hire, browser: Browser) -> None:
    """It comes as an offer, like any call."""
    hire()
    browser.signs_in("s.alami")
    promises("claims", "due")
    assert "Attend un conseiller disponible" in browser.opens().text


@pytest.mark.parametrize(("deed", "becomes"), [("call-again", "promised"), ("give-up", "cancelled")])
def test_a_missed_call_is_made_again_or_given_up(hire: Hire, browser: Browser, deed: str, becomes: str) -> None:
    """Once; then it is no missed one any more."""
    hire()
    browser.signs_in("s.alami")
    missed = promises("claims", "missed")
    assert 'name="callback"' in browser.opens("callbacks").text
    assert browser.posts(f"do/{deed}", callback=missed).location == "/console/"
    assert state(missed) == becomes
    assert browser.posts(f"do/{deed}", callback=missed).location == "/console/?said=console-changed"
    assert 'name="callback"' not in browser.opens("callbacks").text


@pytest.mark.parametrize("deed", ["call-again", "give-up"])
def test_a_missed_call_of_others_lines_is_theirs(hire: Hire, browser: Browser, deed: str) -> None:
    """By whatever number it is asked for."""
    hire()
    browser.signs_in("s.alami")
    teach("s.alami", {"rights": 3})
    missed = promises("claims", "missed")
    assert browser.posts(f"do/{deed}", callback=missed).location == "/console/?said=console-changed"
    assert browser.posts(f"do/{deed}", callback="x").status_code == 400
    assert state(missed) == "missed"
