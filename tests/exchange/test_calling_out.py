"""Calls that the application makes, and calls of its clients."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from exchange.scripted import Application
from exchange.server import serving
from exchange.signing import identity_token
from exchange.switchboard import Account
from tests.exchange.asking import Handset, checked_library, library, needs_specification
from tests.waiting import PATIENCE, eventually

DOCUMENTED = yaml.safe_load(Path(__file__).with_name("documented").joinpath("calls.yaml").read_text())
MOBILE = "+212661000055"
GATHER = '<Response><Gather action="/confirmed" numDigits="1"><Say>It is the fund.</Say></Gather></Response>'


@pytest.fixture
def application() -> Application:
    """An application that calls back, and has clients."""
    return Application(
        {
            "/voice/incoming": "<Response><Say>Welcome.</Say></Response>",
            "/voice/callback": GATHER,
            "/confirmed": "<Response><Say>Thank you.</Say></Response>",
            "/voice/agent": "<Response><Gather action='/confirmed'><Say>Ready.</Say></Gather></Response>",
            "/voice/status": "<Response/>",
            "/called": "<Response/>",
        }
    )


@pytest.fixture
def exchange(account: Account, origin: str) -> Iterator[str]:
    """An exchange whose clients have an app."""
    own = replace(account, client_url=f"{origin}/voice/agent", status_url=None, fallback_url=None)
    with serving(own) as base_url:
        yield base_url


@pytest.fixture
def client(exchange: str, account: Account) -> Client:
    """Twilio's own library."""
    return library(exchange, account)


def call_out(client: Client, origin: str, to: str = MOBILE, **more: Any) -> str:
    """Call somebody, telling everything to a status URL; gives the call's identifier."""
    events = DOCUMENTED["answered_call"]["events"]
    wish = {"url": f"{origin}/voice/callback", "status_callback": f"{origin}/called", "status_callback_event": events}
    return str(client.calls.create(to=to, from_="+212520447100", **{**wish, **more}).sid)


def ringing(exchange: str, number: str = MOBILE, wait: float = 30) -> list[str]:
    """List the calls that ring at a number."""
    answer = requests.get(
        f"{exchange}/phone/ringing", params={"number": number, "wait": str(wait)}, timeout=PATIENCE
    ).json()
    return [call["sid"] for call in answer["ringing"]]


def statuses(application: Application) -> list[str]:
    """List what the status URL was told."""
    return [each.params["CallStatus"] for each in application.received if each.path == "/called"]


def test_a_call_rings_until_it_is_picked_up(
    exchange: str, client: Client, application: Application, origin: str, account: Account
) -> None:
    """Only then is the document asked for; the status URL is told of each step, signed and numbered."""
    sid = call_out(client, origin)
    assert ringing(exchange) == [sid]
    assert client.calls(sid).fetch().status == "ringing"
    assert "/voice/callback" not in application.paths()
    phone = Handset(exchange, sid=sid)
    phone.does("pick-up", pace=0)
    phone.until("said", text="It is the fund.")
    phone.does("keys", keys="1")
    phone.until("ended")
    eventually(lambda: statuses(application) == DOCUMENTED["answered_call"]["statuses"])
    told = [each for each in application.received if each.path == "/called"]
    assert [each.params["SequenceNumber"] for each in told] == ["0", "1", "2", "3"]
    assert ["CallDuration" in each.params for each in told] == [False, False, False, True]
    for each in told:
        assert RequestValidator(account.auth_token).validate(each.url, dict(each.params), each.signature)
    first = next(each.params for each in application.received if each.path == "/voice/callback")
    assert first.items() >= {"To": MOBILE, "Direction": "outbound-api", "CallStatus": "in-progress"}.items()
    assert ringing(exchange, wait=0) == []


def test_a_phone_waits_for_a_call(exchange: str, client: Client, origin: str) -> None:
    """And is answered as soon as it rings, at its number as dialled at home too."""
    assert ringing(exchange, wait=0) == []
    sid = call_out(client, origin)
    assert ringing(exchange, "0661000055") == [sid]


def test_nobody_answers(exchange: str, client: Client, application: Application, origin: str) -> None:
    """After the time-out it ends `no-answer`, and nothing was asked for."""
    sid = call_out(client, origin, timeout=1)
    assert Handset(exchange, sid=sid).until("ended")["status"] == "no-answer"
    eventually(lambda: statuses(application) == ["initiated", "ringing", "no-answer"])
    assert "/voice/callback" not in application.paths()


def test_a_call_can_be_rejected(exchange: str, client: Client, application: Application, origin: str) -> None:
    """It is `busy` then, and can be picked up no more."""
    phone = Handset(exchange, sid=call_out(client, origin))
    ringing(exchange)
    phone.does("reject")
    assert phone.until("ended")["status"] == "busy"
    assert requests.post(f"{phone.url}/pick-up", json={}, timeout=PATIENCE).status_code == 409
    eventually(lambda: statuses(application)[-1:] == ["busy"])


def test_a_call_that_rings_can_be_cancelled(exchange: str, client: Client, origin: str) -> None:
    """By REST; it is `canceled`."""
    sid = call_out(client, origin)
    ringing(exchange)
    client.calls(sid).update(status="canceled")
    assert Handset(exchange, sid=sid).until("ended")["status"] == "canceled"


@pytest.mark.parametrize(
    ("behaviour", "status"), [("answers", "completed"), ("busy", "busy"), ("no-answer", "no-answer")]
)
def test_what_a_number_does_can_be_set_in_advance(
    exchange: str, client: Client, origin: str, application: Application, behaviour: str, status: str
) -> None:
    """For tests and demonstrations: nobody needs to sit at that phone."""
    application.documents["/voice/callback"] = "<Response><Say>It is the fund.</Say></Response>"
    wish: dict[str, Any] = {"behaviour": behaviour, "pace": 0}
    assert requests.put(f"{exchange}/phone/numbers/{MOBILE}", json=wish, timeout=PATIENCE).status_code == 204
    assert Handset(exchange, sid=call_out(client, origin)).until("ended")["status"] == status
    eventually(lambda: statuses(application)[:2] == ["initiated", "ringing"])


@pytest.mark.parametrize("refusal", DOCUMENTED["refusals"], ids=lambda refusal: str(refusal["code"]))
def test_a_wrong_call_is_refused_with_twilios_number(
    exchange: str, account: Account, refusal: Mapping[str, Any]
) -> None:
    """As JSON, like any refusal."""
    form = {"To": MOBILE, "From": "+212520447100", "Url": "http://app.test/", **refusal.get("with", {})}
    form.pop(refusal.get("without", ""), None)
    url = f"{exchange}/2010-04-01/Accounts/{account.sid}/Calls.json"
    response = requests.post(url, data=form, auth=(account.sid, account.auth_token), timeout=PATIENCE)
    assert (response.status_code, response.json()["code"]) == (refusal["status"], refusal["code"])


def test_a_client_calls_the_app_with_its_parameters(exchange: str, application: Application, account: Account) -> None:
    """`From` is its name, which it proves by a token; parameters cannot pretend to be another call."""
    token = identity_token(account.auth_token, "samira")
    given = {"offer": "17", "CallSid": "CA-of-another", "From": "client:somebody-else"}
    phone = Handset(exchange, **{"from": "client:samira"}, identity_token=token, parameters=given)
    phone.until("said", text="Ready.")
    first = application.received[0]
    assert first.path == "/voice/agent"
    assert first.params.items() >= {"From": "client:samira", "To": "", "offer": "17", "CallSid": phone.sid}.items()
    phone.does("keys", keys="5#")
    phone.until("said", text="Thank you.")
    assert "offer" not in application.received[1].params


def test_nobody_is_a_client_without_its_token(exchange: str, account: Account) -> None:
    """Neither with none nor with another client's."""
    for token in ("", identity_token(account.auth_token, "karim"), identity_token("another", "samira")):
        wish = {"from": "client:samira", "identity_token": token}
        assert requests.post(f"{exchange}/phone/calls", json=wish, timeout=PATIENCE).status_code == 403


def test_a_clients_phone_can_be_called(exchange: str, client: Client, origin: str, account: Account) -> None:
    """And picked up by that client alone."""
    phone = Handset(exchange, sid=call_out(client, origin, to="client:samira"))
    ringing(exchange, "client:samira")
    assert requests.post(f"{phone.url}/pick-up", json={}, timeout=PATIENCE).status_code == 403
    phone.does("pick-up", pace=0, identity_token=identity_token(account.auth_token, "samira"))
    phone.until("said", text="It is the fund.")


def test_a_dial_calls_somebody_and_lets_them_talk(exchange: str, application: Application, account: Account) -> None:
    """Until one of them hangs up; the action hears how long. No REST call shows where they talk."""
    application.documents["/voice/incoming"] = (
        f'<Response><Dial action="/over"><Number>{MOBILE}</Number></Dial></Response>'
    )
    application.documents["/over"] = "<Response><Say>Goodbye.</Say></Response>"
    caller = Handset(exchange)
    (sid,) = ringing(exchange)
    called = Handset(exchange, sid=sid)
    called.does("pick-up", pace=0)
    caller.until("joined")
    caller.does("speech", text="allo")
    assert called.until("heard")["text"] == "allo"
    twilio = library(exchange, account)
    assert twilio.conferences.list() == []
    assert [call.sid for call in twilio.calls.list(parent_call_sid=caller.sid)] == [sid]
    called.does("hangup")
    caller.until("said", text="Goodbye.")
    (over,) = (each.params for each in application.received if each.path == "/over")
    assert over.items() >= {"DialCallStatus": "completed", "DialCallSid": sid, "DialBridged": "true"}.items()


def test_a_dial_that_nobody_answers_goes_on(exchange: str, application: Application) -> None:
    """Its action says how it went; who hangs up while it rings ends it."""
    dial = f'<Response><Dial action="/over" timeout="{{}}"><Number>{MOBILE}</Number></Dial></Response>'
    application.documents["/voice/incoming"] = dial.format(1)
    application.documents["/over"] = "<Response><Say>Nobody.</Say></Response>"
    Handset(exchange).until("said", text="Nobody.")
    (over,) = (each.params for each in application.received if each.path == "/over")
    assert over["DialCallStatus"] == "no-answer"
    application.documents["/voice/incoming"] = dial.format(600)
    caller = Handset(exchange)
    (sid,) = ringing(exchange)
    caller.does("hangup")
    assert Handset(exchange, sid=sid).until("ended")["status"] == "canceled"


@needs_specification
def test_requests_and_answers_fit_twilios_openapi_document(exchange: str, account: Account, origin: str) -> None:
    """Calls, from their creation to their end."""
    with checked_library(exchange, account) as client:
        sid = call_out(client, origin, timeout=60, method="GET")
        ringing(exchange)
        Handset(exchange, sid=sid).does("pick-up")
        eventually(lambda: client.calls(sid).fetch().status == "in-progress")
        client.calls(sid).update(url=f"{origin}/voice/callback", method="POST")
        client.calls(sid).update(status="completed")
        client.calls.list(to=MOBILE)
