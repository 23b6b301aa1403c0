"""Whose record is before an advisor, by which ground, and for how long; another's call, and what is audited."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from backend import clock
from backend.errors import BadInputError
from backend.work import Actor, begin
from callcenter import passwords, presence, records, supervision, tickets
from callcenter.records import UNUSED
from exchange.dialler import Call
from tests.console.conftest import PASSWORD, Browser, Hire, accepts
from tests.console.opening import KHADIJA, acting, at_hand, audited, opened
from tests.flows.advising import Carrier, Desk

Count = Callable[[str], int]


def test_in_a_call_the_record_is_the_callers_who_has_proved_who_they_are(
    samira: Desk, hicham: Call, browser: Browser
) -> None:
    """Not at the offer, where the name is enough; from the moment that it is taken until it is wrapped up."""
    assert "104228815" not in browser.opens("person").text
    assert at_hand(samira) is None
    accepts(browser, samira, hicham)
    shown = browser.opens("person").text
    assert "Identité prouvée" in shown
    assert "104228815" in shown
    found = at_hand(samira)
    assert found
    assert (found.ground, found.proved, found.ticket) == ("call", True, 1)
    browser.posts("do/end")
    assert at_hand(samira) == found
    browser.posts("do/wrap-up", disposition="answered")
    assert at_hand(samira) is None
    assert "104228815" not in browser.opens("person").text


def test_a_record_is_opened_once_a_call_and_every_reading_says_for_which(
    samira: Desk, hicham: Call, browser: Browser
) -> None:
    """What is fetched again and again reads nothing; a page that is loaded anew reads anew."""
    accepts(browser, samira, hicham)
    before = len(audited("record.opened"))  # the name, at the offer
    for _ in range(3):
        assert "Hicham" not in browser.opens("desk").text
    for _ in range(2):
        browser.opens("person")
    assert len(audited("record.opened")) == before + 1
    ledgers = audited("ledger.read")
    assert {reason for _, reason, _ in ledgers} == {"ticket 1"}
    assert len(ledgers) == 2
    for action in ("claims.read", "family.read", "salaries.read", "cases.read", "calls.read", "messages.read"):
        assert "ticket 1" in {reason for _, reason, _ in audited(action)}


def test_another_advisor_has_not_the_record_of_this_call(
    samira: Desk, hicham: Call, browser: Browser, another: Browser, carrier: Carrier
) -> None:
    """Whatever they ask for: the record of a form is only what is before them."""
    accepts(browser, samira, hicham)
    mine = at_hand(samira)
    mehdi = Desk(carrier, "m.bennani")
    with begin(Actor("command", "test")) as work:
        passwords.set_password(work, mehdi.id, PASSWORD)
    another.signs_in("m.bennani")
    assert mine
    assert "Hicham" not in another.opens("person").text
    with begin(acting(mehdi)) as work, pytest.raises(BadInputError, match="not before you"):
        records.of(work, mehdi.id, mine.id)
    with begin(acting(samira)) as work:
        assert records.of(work, samira.id, mine.id) == mine


def test_a_form_of_the_last_call_does_nothing_to_the_next_caller(samira: Desk, hicham: Call, browser: Browser) -> None:
    """Its opening is not at hand any more."""
    accepts(browser, samira, hicham)
    before = at_hand(samira)
    browser.posts("do/end")
    browser.posts("do/wrap-up", disposition="answered")
    opened(samira, KHADIJA)
    assert before
    with begin(acting(samira)) as work, pytest.raises(BadInputError):
        records.of(work, samira.id, before.id)


@pytest.mark.usefixtures("sample")
def test_one_record_at_a_time_until_it_is_put_away(samira: Desk, browser: Browser) -> None:
    """What was put away does not come back, nor what it took the place of."""
    opened(samira)
    second = opened(samira, KHADIJA)
    assert at_hand(samira) == second
    assert browser.posts("records/put-away", back="console.records").location == "/console/records"
    assert at_hand(samira) is None
    assert len(audited("record.put-away")) == 2
    assert browser.posts("records/put-away").status_code == 303


@pytest.mark.usefixtures("sample")
def test_a_record_that_is_not_used_is_put_away_by_itself(samira: Desk) -> None:
    """What the page asks by itself is no use of it; a reading, or a form, is."""
    found, now = opened(samira), clock.now()
    with time_machine.travel(now + UNUSED - timedelta(minutes=1), tick=False):
        assert at_hand(samira) == found
    with time_machine.travel(now + 2 * UNUSED - timedelta(minutes=2), tick=False), begin(acting(samira)) as work:
        assert records.at_hand_id(work, samira.id) == found.id
    with time_machine.travel(now + 2 * UNUSED, tick=False):
        assert at_hand(samira) is None


@pytest.mark.usefixtures("sample")
def test_signing_out_puts_it_away(samira: Desk, browser: Browser) -> None:
    """It is not there the next morning."""
    opened(samira)
    browser.posts("sign-out")
    assert at_hand(samira) is None
    browser.signs_in("s.alami")
    assert at_hand(samira) is None


@pytest.mark.usefixtures("sample")
def test_what_was_opened_outside_of_a_call_is_not_at_hand_in_one(
    samira: Desk, stranger: Call, browser: Browser
) -> None:
    """A stranger is not taken for who was on the screen; what was opened in the call ends with it."""
    before = opened(samira)
    accepts(browser, samira, stranger)
    assert at_hand(samira) is None
    shown = browser.opens("person").text
    assert "Hicham" not in shown
    assert "Personne non identifiée" in shown
    during = opened(samira, KHADIJA)
    assert during.ticket == 1
    assert "Khadija" in browser.opens("person").text
    browser.posts("do/end")
    browser.posts("do/wrap-up", disposition="answered")
    assert at_hand(samira) is None
    assert before.id != during.id


def test_a_supervisor_who_ends_the_day_puts_away_what_was_open(samira: Desk, sample: None, hire: Hire) -> None:
    """Whoever comes in next as this advisor finds nothing before them."""
    assert sample is None
    karim = hire("k.tazi", "supervisor", "Karim Tazi")
    opened(samira)
    with begin(Actor("advisor", str(karim), "console")) as work:
        supervision.sign_out(work, karim, samira.id)
        presence.sign_in(work, "s.alami")
    assert at_hand(samira) is None


def test_what_is_at_hand_is_found_by_its_index(samira: Desk, sample: None) -> None:
    """Each page asks for it every few seconds: it must not look through all that an advisor ever opened."""
    assert sample is None
    opened(samira)
    with begin(acting(samira)) as work:
        work.execute(text("set local enable_seqscan = off"))
        for about in (None, tickets.add(work, kind="call", subject="other", reason="wish", language="fr")):
            query = select(records.openings).where(
                records.openings.c.advisor_id == samira.id, *records._at_hand(work, about)
            )
            plan = str(query.compile(work.connection))
            assert "ground != 'call'" in plan
        known = text("explain select from openings where advisor_id = 1 and closed_at is null and ground <> 'call'")
        assert "openings_at_hand_idx" in "".join(work.execute(known).scalars())
