"""A telephone stands on a session: what becomes of a leg, and of the caller, once its session has ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import requests
import time_machine
from sqlalchemy import text

from backend import clock, telephony
from backend.telephony import Gone
from backend.work import Actor, Work, begin
from callcenter import agents, bridging, legs, sessions, tickets
from exchange.dialler import ORIGIN, Call
from exchange.scripted import Application
from exchange.server import serving
from exchange.signing import identity_token
from exchange.switchboard import Account
from svi import legs as at_the_carrier
from tests.conftest import ACCOUNT, forget
from tests.console.conftest import Browser, Hire
from tests.flows.advising import Carrier, Desk, rows, states
from tests.waiting import eventually

JOB = Actor("job", "test")


def identity(browser: Browser) -> str:
    """Return the name by which the telephone of a page dials in."""
    return str(browser.opens("phone").get_json()["from"])


def fallen() -> list[str]:
    """Return the legs that may not stay."""
    with begin(JOB) as work:
        return [each.sid for each in legs.fallen(work)]


def has_all_sessions_ended(desk: Desk) -> None:
    """Have an administrator end them."""
    with begin(JOB) as work:
        sessions.close_all(work, desk.id)


def listens(carrier: Carrier, name: str, offer: int) -> Call:
    """Have a supervisor's telephone dial in to listen."""
    sent = {"offer": str(offer), "mode": "listen"}
    return Call(carrier.post, to="", from_=name, voice_url=f"{ORIGIN}/voice/agent", account_sid=ACCOUNT, sent=sent)


@pytest.fixture
def talking(browser: Browser, samira: Desk, stranger: Call) -> Call:
    """Have Samira talk by her page's telephone; return her leg."""
    offer = browser.offer()
    browser.posts("do/accept", offer=offer)
    samira.offer = int(offer)
    leg = samira.dials_in(identity=identity(browser))
    samira.carrier.tells_of("participant-join", leg)
    samira.fetches(stranger)
    assert leg.joined == stranger.joined
    return leg


def test_a_talk_stands_on_the_session_of_its_page(samira: Desk, talking: Call) -> None:
    """While that goes on; once somebody ended it, the caller goes to the head of the queue: nobody is hung up on."""
    at_the_carrier.end_fallen()
    assert (states(), fallen()) == ([("talking", None)], [])
    has_all_sessions_ended(samira)
    assert fallen() == [talking.sid]
    at_the_carrier.end_fallen()
    assert states() == [("waiting", None)]
    assert {(each.what, each.leg == talking.sid) for each in rows("errands")} == {("hang-up", True), ("send-on", False)}
    assert samira.state == "wrap-up"


def test_a_talk_is_not_cut_for_the_clocks_sake(browser: Browser, samira: Desk, talking: Call) -> None:
    """Neither fifteen minutes nor eight hours end a session with a call; whatever was over before it stays over."""
    assert talking.joined
    with time_machine.travel(clock.now() + sessions.LONGEST + timedelta(minutes=1)):
        at_the_carrier.end_fallen()
        with begin(JOB) as work:
            sessions.erase_old(work)
        assert states() == [("talking", None)]
        assert browser.opens().status_code == 200
        assert samira.state == "busy"


def test_a_call_brings_no_session_back_that_was_over(
    browser: Browser, another: Browser, samira: Desk, stranger: Call
) -> None:
    """Left open yesterday at another desk, it opens nothing today."""
    another.signs_in("s.alami")
    with time_machine.travel(clock.now() + sessions.IDLE + timedelta(minutes=1)):
        browser.signs_in("s.alami")
        assert stranger.queued
        browser.posts("here", active="1")
        offer = browser.offer()
        browser.posts("do/accept", offer=offer)
        assert samira.state == "busy"
        assert browser.opens().status_code == 200
        assert another.opens().status_code == 302


def test_with_another_session_the_call_goes_on_there(another: Browser, samira: Desk, talking: Call) -> None:
    """The leg of the one that ended is hung up, and the other page dials in: within the grace nothing is lost."""
    another.signs_in("s.alami")
    name = identity(another)
    with begin(JOB) as work:
        kept = next(each.digest for each in rows("sessions") if legs_session(talking) != each.digest)
        found = sessions.sessions
        work.execute(found.delete().where(found.c.digest != kept))
    assert fallen() == [talking.sid]
    at_the_carrier.end_fallen()
    assert states() == [("talking", None)]
    samira.carrier.tells_of("participant-leave", talking)
    assert samira.dials_in(identity=name).joined == talking.joined
    assert fallen() == []


def legs_session(leg: Call) -> bytes:
    """Return the session on which a leg stands."""
    (found,) = [each.session for each in rows("legs") if each.leg == leg.sid]
    return bytes(found)


def test_no_telephone_dials_in_without_its_session(browser: Browser, samira: Desk, stranger: Call) -> None:
    """What was a token of a session that ended dials to nobody, nor does one of another's session."""
    assert stranger.queued
    name = identity(browser)
    offer = browser.offer()
    browser.posts("do/accept", offer=offer)
    samira.offer = int(offer)
    assert samira.dials_in(identity=f"client:{agents.identity(samira.id, '00' * 8)}").ended
    has_all_sessions_ended(samira)
    assert samira.dials_in(identity=name).ended
    assert rows("legs") == []


def test_a_supervisor_listens_as_long_as_their_session(
    hire: Hire, another: Browser, samira: Desk, talking: Call
) -> None:
    """Signing out ends it, the role too; the talk goes on."""
    hire("k.tazi", "supervisor", "Karim Tazi")
    karim = another
    karim.signs_in("k.tazi")
    listening = listens(samira.carrier, identity(karim), samira.offer)
    assert listening.joined == talking.joined
    assert fallen() == []
    set_role("k.tazi", "advisor")
    assert fallen() == [listening.sid]
    set_role("k.tazi", "supervisor")
    name = identity(karim)
    karim.posts("sign-out")
    assert fallen() == [listening.sid]
    at_the_carrier.end_fallen()
    assert states() == [("talking", None)]
    assert listens(samira.carrier, name, samira.offer).ended


def test_a_leg_that_is_over_stands_on_nothing(samira: Desk, talking: Call) -> None:
    """It is forgotten when the conference tells."""
    assert rows("legs")
    samira.carrier.tells_of("participant-leave", talking)
    assert rows("legs") == []


def test_the_end_of_a_leg_may_be_told_twice_at_the_same_moment(talking: Call) -> None:
    """By the conference and by the call's status: whichever has the ticket does not wait for the other."""
    with ThreadPoolExecutor(1) as pool:
        with begin(JOB) as work:
            assert tickets.of_advisor_leg(work, talking.sid, lock=True)
            other = pool.submit(is_over, talking.sid)
            eventually(lambda: waiting_for_locks() == 1)
            legs.gone(work, talking.sid)
        other.result()
    assert rows("legs") == []


def is_over(leg: str) -> None:
    """Have the call's status tell."""
    with begin(JOB) as work:
        bridging.leg_over(work, leg)


def waiting_for_locks() -> int:
    """Count the transactions of this database that wait for another."""
    waiting = "datname = current_database() and wait_event_type = 'Lock'"
    with begin(JOB) as work:
        return int(work.execute(text(f"select count(*) from pg_stat_activity where {waiting}")).scalar_one())


def test_one_leg_that_can_not_be_handed_over_stops_no_other(
    samira: Desk, talking: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes again, and is not hung up meanwhile; the others are handed over and ended."""
    with begin(JOB) as work:
        stuck = {"leg": "CA" + "0" * 32, "advisor_id": samira.id, "session": b"gone", "attends": False}
        work.execute(legs.legs.insert().values(stuck))
    has_all_sessions_ended(samira)
    usual = bridging.hand_over

    def hand_over(work: Work, leg: str) -> bool:
        if leg == stuck["leg"]:
            raise RuntimeError("locked")
        return usual(work, leg)

    monkeypatch.setattr(bridging, "hand_over", hand_over)
    monkeypatch.setattr(telephony, "end_call", lambda _leg: Gone())
    at_the_carrier.end_fallen()
    assert states() == [("waiting", None)]
    assert [each.leg for each in rows("legs")] == [stuck["leg"]]
    assert talking.sid not in fallen()


def test_an_account_without_the_role_any_more_has_no_call(talking: Call) -> None:
    """Though it is signed in: the caller goes to somebody else."""
    set_role("s.alami", "auditor")
    assert fallen() == [talking.sid]
    at_the_carrier.end_fallen()
    assert states() == [("waiting", None)]


def set_role(login: str, role: agents.Role) -> None:
    """Have an account have another role, whoever gave it."""
    with begin(JOB) as work:
        known = agents.by_login(work, login)
        assert known
        agents.give_role(work, known.id, role)


def test_the_carrier_is_asked_to_end_a_fallen_leg(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """And the leg is over."""
    with begin(JOB) as work:
        known = agents.add(work, "k.tazi", "Karim", ["fr"], {}, "supervisor").id
        token = sessions.open_session(work, known)
        session = sessions.find(work, token)
        assert session
    name, key = agents.identity(known, session.tag), environment["TWILIO_AUTH_TOKEN"]
    application = Application({"/voice/agent": "<Response><Dial><Conference>room</Conference></Dial></Response>"})
    with application.serving() as ours:
        account = Account(environment["TWILIO_ACCOUNT_SID"], key, (), ours, client_url=f"{ours}/voice/agent")
        with serving(account) as base:
            monkeypatch.setenv("TWILIO_API_BASE", base)
            forget()
            wish: dict[str, Any] = {"from": f"client:{name}", "identity_token": identity_token(key, name), "pace": 0}
            leg = requests.post(f"{base}/phone/calls", json=wish, timeout=5).json()["sid"]
            with begin(JOB) as work:
                legs.come(work, leg, agents.LegName(known, session.tag), attends=True)
                sessions.close(work, session)
            at_the_carrier.end_fallen()
            assert telephony.call_status(leg) == "completed"
    assert rows("legs") == []
