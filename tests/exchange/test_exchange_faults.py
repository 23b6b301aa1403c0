"""The fault switches: each does its one harm, and no other."""

import time
from collections import Counter
from typing import Any

import pytest
import requests

from exchange.faults import Faults, UnknownFaultError
from exchange.scripted import Application
from exchange.switchboard import Account
from tests.waiting import PATIENCE, eventually

LANGUAGE, FALLBACK = "/voice/answer/1/language", "/voice/fallback"
IMPATIENCE = PATIENCE, 1.0  # seconds to connect, and to wait for an answer


def put(exchange: str, **faults: Any) -> None:
    """Switch faults on."""
    assert requests.put(f"{exchange}/faults", json=faults, timeout=PATIENCE).status_code == 200


def call(exchange: str, *lines: str) -> list[dict[str, Any]]:
    """Make a call that presses some keys and hangs up; gives its events."""
    url = f"{exchange}/phone/calls"
    sid = requests.post(url, json={"to": "3939", "pace": 0}, timeout=PATIENCE).json()["sid"]
    after = 0
    events: list[dict[str, Any]] = []
    pending = list(lines)
    while not any(event["kind"] == "ended" for event in events):
        news = requests.get(f"{url}/{sid}/events", params={"after": after}, timeout=PATIENCE).json()["events"]
        events += news
        after = events[-1]["id"]
        if events[-1]["kind"] == "listening":
            if pending:
                requests.post(f"{url}/{sid}/keys", json={"keys": pending.pop(0)}, timeout=PATIENCE)
            else:
                requests.post(f"{url}/{sid}/hangup", timeout=PATIENCE)
    return events


def send(exchange: str, account: Account, callback: str = "", timeout: Any = PATIENCE) -> requests.Response:
    """Send a message."""
    form = {"To": "+212661000001", "From": "CNSS", "Body": "Bonjour"} | (
        {"StatusCallback": callback} if callback else {}
    )
    url = f"{exchange}/2010-04-01/Accounts/{account.sid}/Messages.json"
    return requests.post(url, data=form, auth=(account.sid, account.auth_token), timeout=timeout)


def sent(exchange: str, account: Account) -> int:
    """Count the messages that the exchange has accepted."""
    url = f"{exchange}/2010-04-01/Accounts/{account.sid}/Messages.json"
    return len(requests.get(url, auth=(account.sid, account.auth_token), timeout=PATIENCE).json()["messages"])


@pytest.mark.parametrize("concurrently", [False, True])
def test_double_sends_each_webhook_twice(exchange: str, application: Application, concurrently: bool) -> None:
    """The very same parameters; the call goes on with one of the answers."""
    put(exchange, double={"probability": 1, "concurrently": concurrently})
    call(exchange, "2")
    eventually(lambda: Counter(application.paths())["/voice/status"] == 2)
    eventually(lambda: Counter(application.paths())[LANGUAGE] == 2)
    copies = [each.params for each in application.received if each.path == LANGUAGE]
    assert copies[0] == copies[1]


def test_delay_makes_webhooks_late(exchange: str) -> None:
    """By so many milliseconds, as often as `next` says."""
    put(exchange, delay={"next": 1, "ms": 400})
    began = time.monotonic()
    call(exchange)
    assert time.monotonic() - began >= 0.4
    assert requests.get(f"{exchange}/faults", timeout=PATIENCE).json()["delay"]["next"] == 0


def test_reorder_delivers_a_webhook_again_after_the_next_one(exchange: str, application: Application) -> None:
    """What is past comes back, as it does from a queue that retries."""
    put(exchange, reorder={"next": 1})
    call(exchange, "2")
    assert application.paths()[:3] == ["/voice/incoming", LANGUAGE, "/voice/incoming"]


def test_drop_loses_the_answer_but_not_the_webhook(exchange: str, application: Application) -> None:
    """The application has acted; Twilio asks the fallback."""
    put(exchange, drop={"next": 1})
    events = call(exchange)
    assert application.paths()[:2] == ["/voice/incoming", FALLBACK]
    assert [event["code"] for event in events if event["kind"] == "complaint"] == [11200]


def test_status_callbacks_of_a_message_can_change_places(
    exchange: str, account: Account, origin: str, application: Application
) -> None:
    """`delivered` before `sent`."""
    put(exchange, reorder={"next": 1})
    send(exchange, account, f"{origin}/sms/status")
    eventually(lambda: len(application.received) == 2)
    assert [each.params["MessageStatus"] for each in application.received] == ["delivered", "sent"]


def test_429_refuses_without_accepting(exchange: str, account: Account) -> None:
    """20429, and when to come back."""
    put(exchange, rest_429={"next": 1})
    refused = send(exchange, account)
    assert (refused.status_code, refused.json()["code"]) == (429, 20429)
    assert refused.headers["Retry-After"]
    assert sent(exchange, account) == 0
    assert send(exchange, account).status_code == 201


@pytest.mark.parametrize(("accepted", "count"), [(False, 0), (True, 1)])
def test_a_server_error_leaves_the_sender_in_doubt(exchange: str, account: Account, accepted: bool, count: int) -> None:
    """The message may have been accepted or not."""
    put(exchange, rest_5xx={"next": 1, "accepted": accepted})
    assert send(exchange, account).status_code == 500
    assert sent(exchange, account) == count


def test_a_time_out_accepts_and_answers_too_late(exchange: str, account: Account) -> None:
    """The sender gives up; the message goes its way."""
    put(exchange, rest_timeout={"next": 1, "ms": 60_000})
    with pytest.raises(requests.Timeout):
        send(exchange, account, timeout=IMPATIENCE)
    eventually(lambda: sent(exchange, account) == 1)


@pytest.mark.parametrize("path", ["Calls", "Queues"])
def test_faults_meet_every_rest_call_that_changes_something(exchange: str, account: Account, path: str) -> None:
    """Not messages alone: refused, done without an answer, or done too late."""
    url = f"{exchange}/2010-04-01/Accounts/{account.sid}/{path}.json"
    auth = (account.sid, account.auth_token)
    form = {"To": "+212661000055", "From": "3939", "Url": "http://app.test/", "FriendlyName": "support"}

    def count() -> int:
        return len(requests.get(url, auth=auth, timeout=PATIENCE).json()[path.lower()])

    put(exchange, rest_429={"next": 1})
    assert requests.post(url, data=form, auth=auth, timeout=PATIENCE).json()["code"] == 20429
    assert count() == 0
    put(exchange, rest_5xx={"next": 1, "accepted": True})
    assert requests.post(url, data=form, auth=auth, timeout=PATIENCE).status_code == 500
    assert count() == 1
    put(exchange, rest_timeout={"next": 1, "ms": 60_000})
    with pytest.raises(requests.Timeout):
        requests.post(url, data={**form, "FriendlyName": "other"}, auth=auth, timeout=IMPATIENCE)
    eventually(lambda: count() == 2)


def test_callbacks_of_a_conference_can_change_places_and_come_twice(exchange: str, application: Application) -> None:
    """As a carrier's do: numbers say in which order they happened."""
    application.documents["/voice/incoming"] = """<Response><Dial><Conference statusCallback="/conference"
        statusCallbackEvent="join leave end">room</Conference></Dial></Response>"""
    application.documents["/conference"] = "<Response/>"
    sid = requests.post(f"{exchange}/phone/calls", json={"to": "3939", "pace": 0}, timeout=PATIENCE).json()["sid"]

    def numbers() -> list[str]:
        return [each.params["SequenceNumber"] for each in application.received if each.path == "/conference"]

    eventually(lambda: numbers() == ["1"])
    put(exchange, reorder={"next": 1})
    requests.post(f"{exchange}/phone/calls/{sid}/hangup", timeout=PATIENCE)
    eventually(lambda: numbers() == ["1", "3", "2"])


def test_a_wait_url_that_fails_ends_the_waiting(exchange: str, application: Application) -> None:
    """The queue's action hears of the error, and says how the call goes on."""
    application.documents["/voice/incoming"] = (
        '<Response><Enqueue waitUrl="/wait" action="/left">support</Enqueue></Response>'
    )
    application.documents["/left"] = "<Response><Say>Sorry.</Say></Response>"
    application.documents["/wait"] = (503, "text/plain", "no")
    events = call(exchange)
    assert [event["result"] for event in events if event["kind"] == "dequeued"] == ["error"]
    assert any(event.get("text") == "Sorry." for event in events)


def test_the_same_seed_gives_the_same_faults() -> None:
    """Each switch has its own dice, so that one more switch changes nothing for the others."""

    def throws(**more: Any) -> list[bool]:
        faults = Faults.read({"seed": 7, "drop": {"probability": 0.5}, **more})
        return [(faults.fires("delay"), faults.fires("drop"))[1] for _ in range(50)]

    assert throws() == throws(delay={"probability": 0.5})
    assert {True, False} == set(throws())


@pytest.mark.parametrize(
    "wrong",
    [
        {"drap": {}},
        {"drop": {"probability": 2}},
        {"drop": {"sometimes": 1}},
        {"double": {"concurrently": 1}},
        {"drop": 1},
    ],
)
def test_an_unknown_fault_is_refused(wrong: dict[str, Any]) -> None:
    """A misspelt switch would make a test that proves nothing."""
    with pytest.raises(UnknownFaultError):
        Faults.read(wrong)
