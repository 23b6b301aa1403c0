"""Placing calls: over HTTP, at the carrier; whatever becomes of a request, nobody is called twice for it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import select

from backend import db, jobs, telephony
from backend.settings import settings
from backend.telephony import Gone
from backend.work import Actor, begin
from callcenter import agents, callbacks, dialling, tickets
from callcenter import dials as outgoing
from callcenter.callbacks import table
from callcenter.dials import dials
from exchange.scripted import Application, Received
from exchange.server import serving
from exchange.switchboard import Account
from svi import clock, placing
from svi import jobs as work_of_jobs
from tests.callcenter.calling_back import MOBILE, ring, state
from tests.conftest import forget
from tests.waiting import PATIENCE, eventually

NOTHING, GOODBYE = "<Response/>", "<Response><Hangup/></Response>"
CONFIRM = """<Response><Gather action="/confirmed" numDigits="1" timeout="{}"><Say>1?</Say></Gather><Hangup/></Response>
"""
A_MOMENT = 0.6  # seconds, for `placing.place`


@dataclass
class Carrier:
    """The exchange, as a test sees it, and what it reports to us."""

    base: str
    application: Application
    reports: list[tuple[int, str, str]] = field(default_factory=list)  # dial, SID, status
    listens: int = 60
    """Seconds that a key is waited for."""

    def fails(self, **switches: dict[str, Any]) -> None:
        """Switch faults on (`rest_429`, `rest_5xx`, `rest_timeout`), the others off."""
        requests.put(f"{self.base}/faults", json=switches, timeout=PATIENCE).raise_for_status()

    def behaves(self, behaviour: str) -> None:
        """Have the mobile do something from now on: `rings`, `answers`, `busy`, `no-answer`."""
        wish: dict[str, Any] = {"behaviour": behaviour, "pace": 0}
        requests.put(f"{self.base}/phone/numbers/{MOBILE}", json=wish, timeout=PATIENCE).raise_for_status()

    def presses(self, sid: str, keys: str) -> None:
        """Press keys on the telephone that was called."""
        requests.post(f"{self.base}/phone/calls/{sid}/keys", json={"keys": keys}, timeout=PATIENCE).raise_for_status()

    def calls(self) -> list[Any]:
        """Return the calls that it was asked for, newest first."""
        return list(telephony.client().calls.list(to=MOBILE))


@pytest.fixture
def carrier(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Carrier]:
    """Run the exchange; what it reports of calls is noted as `/voice/status` does."""

    def note(received: Received) -> str:
        dial = int(parse_qs(urlsplit(received.url).query)["dial"][0])
        sid, status = received.params["CallSid"], received.params["CallStatus"]
        with begin(Actor("job", "status")) as work:
            dialling.note_status(work, sid, status, dial)
        found.reports.append((dial, sid, status))
        return NOTHING

    def answer(received: Received) -> str:
        with begin(Actor("job", "answered")) as work:
            ours = dialling.answered(work, int(received.path.rpartition("/")[2]), received.params["CallSid"])
        return CONFIRM.format(found.listens) if ours else GOODBYE

    def confirm(received: Received) -> str:
        with begin(Actor("job", "confirmed")) as work:
            dialling.confirmed(work, 1, received.params["CallSid"])
        return GOODBYE

    application = Application({"/voice/status": note, "/voice/callback/1": answer, "/confirmed": confirm})
    account = Account(
        environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"], ("+212520447100",), "http://127.0.0.1:9"
    )
    with application.serving() as ours, serving(account) as base:
        found = Carrier(base, application)
        monkeypatch.setenv("TWILIO_API_BASE", base)
        monkeypatch.setenv("SVI_PUBLIC_URL", ours)
        monkeypatch.setenv("SVI_OPEN", "always")
        forget()
        yield found


@pytest.fixture
def dial(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Have a kept place come due, an advisor accept it, and the person called; at whatever hour these tests run."""
    assert environment
    monkeypatch.setenv("SVI_OPEN", "always")
    settings.cache_clear()
    with begin(Actor("job", "test")) as work:
        advisor = agents.add(work, "s.alami", "Sara Alami", ["fr"], {"claims": 1}).id
    call = ring("2024-03-20 10:00")
    with begin(Actor("job", "test")) as work:
        waits = tickets.add(
            work, kind="call", call_id=int(call.reference), subject="claims", reason="asked", language="fr"
        )
        assert callbacks.keep_place(work, waits, MOBILE)
    with begin(Actor("job", "test")) as work:
        made = tickets.add(
            work,
            kind="callback",
            callback_id=1,
            subject="claims",
            reason="asked",
            language="fr",
            state="accepted",
            advisor_id=advisor,
            accepted_at=work.now,
        )
        table.change(work, 1, state="due")
        return dialling.call_back(work, made)


def row() -> Any:
    """Return the one outgoing call."""
    with db.engine().connect() as connection:
        return connection.execute(select(dials)).one()


def promise() -> tuple[str, int]:
    """Return the state of the promised call, and its attempts."""
    return state()[:2]


def test_a_call_is_placed_with_our_number_our_addresses_and_no_machine_to_listen(carrier: Carrier, dial: int) -> None:
    """It rings, and says so, by the attempt's number."""
    assert placing.place(A_MOMENT) == 1
    (call,) = carrier.calls()
    assert (call.to, call._from, call.answered_by) == (MOBILE, settings().caller_id, None)
    assert (row().id, row().sid, row().state) == (dial, call.sid, "ringing")
    eventually(lambda: (dial, call.sid, "ringing") in carrier.reports)
    assert telephony.call_status(call.sid) == "ringing"


def test_who_answers_and_presses_a_key_is_reached(carrier: Carrier, dial: int) -> None:
    """From the request to the key: the promise is kept, and the end of the call changes nothing."""
    carrier.behaves("answers")
    placing.place(A_MOMENT)
    eventually(lambda: row().state == "answered")
    carrier.presses(row().sid, "1")
    eventually(lambda: (dial, row().sid, "completed") in carrier.reports)
    assert (row().state, row().result, promise()) == ("ended", "reached", ("kept", 1))


def test_a_machine_that_answers_is_nobody(carrier: Carrier, dial: int) -> None:
    """It presses nothing: no key, no person."""
    carrier.listens = 1
    carrier.behaves("answers")
    placing.place(A_MOMENT)
    eventually(lambda: row().state == "ended")
    assert (row().id, row().result, promise()) == (dial, "not-confirmed", ("promised", 1))


@pytest.mark.parametrize("behaviour", ["busy", "no-answer"])
def test_who_does_not_answer_is_called_later(carrier: Carrier, dial: int, behaviour: str) -> None:
    """As the carrier reports it."""
    carrier.behaves(behaviour)
    placing.place(A_MOMENT)
    eventually(lambda: row().state == "ended")
    assert (row().id, row().result, promise()) == (dial, behaviour, ("promised", 1))


def test_the_number_shown_is_a_setting(carrier: Carrier, dial: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`SVI_CALLER_ID`."""
    assert dial
    monkeypatch.setenv("SVI_CALLER_ID", "+212520194040")
    forget()
    placing.place(A_MOMENT)
    assert carrier.calls()[0]._from == "+212520194040"


def test_a_call_that_is_ended_before_it_is_answered_is_reported_and_goes_on_later(carrier: Carrier, dial: int) -> None:
    """Cancelled by us: no attempt."""
    placing.place(A_MOMENT)
    sid = row().sid
    telephony.end_call(sid)
    eventually(lambda: (dial, sid, "canceled") in carrier.reports)
    assert (row().state, row().result) == ("ended", "cancelled")
    assert telephony.send_call(sid, "/voice/after/1") == Gone()
    assert telephony.call_status(sid) == "canceled"


def test_too_many_requests_are_placed_a_little_later(carrier: Carrier, dial: int) -> None:
    """429: nobody was called."""
    carrier.fails(rest_429={"next": 1})
    placing.place(A_MOMENT)
    assert (row().id, row().state, carrier.calls()) == (dial, "queued", [])
    eventually(lambda: placing.place(A_MOMENT))
    assert len(carrier.calls()) == 1


def test_a_carrier_that_is_away_has_called_nobody(environment: dict[str, str], dial: int) -> None:
    """A refused connection: later."""
    assert environment
    assert placing.place(A_MOMENT) == 1
    assert (row().id, row().state) == (dial, "queued")
    assert telephony.call_status("CA" + "a" * 32) is None


def test_a_number_that_the_carrier_refuses_has_failed(
    carrier: Carrier, dial: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A definite 4xx: the address that it was given is none. A person mends it; the promise goes on."""
    monkeypatch.setenv("SVI_PUBLIC_URL", "nowhere")
    forget()
    placing.place(A_MOMENT)
    assert (row().id, row().state, row().result, carrier.calls()) == (dial, "ended", "failed", [])


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_that_is_lost_is_waited_for_and_nobody_is_called_twice(
    carrier: Carrier, dial: int, *, accepted: bool
) -> None:
    """500: the call was placed, and says so itself; or it was not, and is given up 45 seconds later."""
    carrier.fails(rest_5xx={"next": 1, "accepted": accepted})
    placing.place(A_MOMENT)
    for _ in range(3):
        placing.place(A_MOMENT / 3)
        placing.follow()
    assert len(carrier.calls()) == accepted
    if accepted:
        eventually(lambda: row().state == "ringing")
        assert row().sid == carrier.calls()[0].sid
    else:
        assert (row().id, row().state, row().sid) == (dial, "dialling", None)


def test_an_answer_that_never_comes_is_no_answer(carrier: Carrier, dial: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A time-out: the call rings all the same, and is known by its webhook."""
    monkeypatch.setattr(telephony, "TIME_OUTS", (PATIENCE, 2.0))
    forget()
    carrier.fails(rest_timeout={"next": 1, "ms": 60_000})
    placing.place(A_MOMENT)
    eventually(lambda: (row().id, row().state) == (dial, "ringing"))
    assert len(carrier.calls()) == 1


def test_the_clock_and_the_workers_place_a_call_once_together(carrier: Carrier, dial: int) -> None:
    """Four processes' worth, at once."""
    threads = [threading.Thread(target=placing.place, args=(A_MOMENT,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.sid for each in carrier.calls()] == [row().sid]
    assert row().id == dial


def test_a_worker_is_woken_and_the_clock_needs_none(carrier: Carrier, dial: int) -> None:
    """A wake-up is a name; without Redis the clock's next second does the same."""
    assert jobs.connection().exists("svi:wake:dial")
    work_of_jobs.dial()
    assert not jobs.connection().exists("svi:wake:dial")
    assert len(carrier.calls()) == 1
    (duty,) = [each for each in clock.carrier_duties() if each.name == "dial"]
    duty.act()
    assert (row().id, len(carrier.calls())) == (dial, 1)


def test_a_call_whose_last_word_was_lost_is_asked_for(carrier: Carrier, dial: int) -> None:
    """Its state at the carrier ends it."""
    placing.place(A_MOMENT)
    sid = row().sid
    eventually(lambda: (dial, sid, "ringing") in carrier.reports)
    carrier.application.documents.clear()  # from now on its reports are lost
    telephony.end_call(sid)
    eventually(lambda: telephony.call_status(sid) == "canceled")
    with begin(Actor("job", "test")) as work:
        outgoing.change(work, dial, due_at=work.now)
    placing.follow()
    assert (row().state, row().result) == ("ended", "cancelled")
