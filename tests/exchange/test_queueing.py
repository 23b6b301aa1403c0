"""Calls that wait in a queue, and the REST calls by which an application sees and fetches them."""

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from exchange.scripted import Application
from exchange.switchboard import Account
from tests.exchange.asking import Handset, checked_library, library, needs_specification
from tests.waiting import eventually

ENQUEUE = '<Response><Enqueue waitUrl="/wait" action="/left">support</Enqueue></Response>'
WAIT = '<Response><Gather action="/key" numDigits="1" timeout="1"><Say>One moment.</Say></Gather></Response>'


@pytest.fixture
def application() -> Application:
    """An application that lets everybody wait; the key 1 leaves the queue."""
    return Application(
        {
            "/voice/incoming": ENQUEUE,
            "/wait": WAIT,
            "/key": "<Response><Leave/></Response>",
            "/left": "<Response><Say>You left.</Say></Response>",
            "/bridge": "<Response><Say>An advisor.</Say></Response>",
            "/voice/status": "<Response/>",
        }
    )


@pytest.fixture
def client(exchange: str, account: Account) -> Client:
    """Twilio's own library."""
    return library(exchange, account)


def sent(application: Application, path: str) -> list[dict[str, Any]]:
    """List what a path was sent."""
    return [dict(each.params) for each in application.received if each.path == path]


def test_who_waits_longest_is_first(exchange: str, client: Client, application: Application) -> None:
    """A queue is made by the first who waits in it; positions count from 1, and move up."""
    first = Handset(exchange)
    first.until("queued", queue="support", position=1)
    second = Handset(exchange)
    second.until("queued", position=2)
    (queue,) = client.queues.list()
    assert (queue.friendly_name, queue.current_size, queue.max_size) == ("support", 2, 1000)
    assert [member.call_sid for member in client.queues(queue.sid).members.list()] == [first.sid, second.sid]
    first.does("hangup")
    first.until("ended")
    assert client.queues(queue.sid).members("Front").fetch().call_sid == second.sid
    assert client.queues(queue.sid).members(second.sid).fetch().position == 1
    eventually(lambda: sent(application, "/wait")[-1]["QueuePosition"] == "1")


def test_the_wait_document_is_asked_again_and_again(exchange: str, application: Application) -> None:
    """With the place in the queue, at a pace at which nobody is hammered."""
    phone = Handset(exchange)
    phone.until("queued")
    eventually(lambda: len(sent(application, "/wait")) >= 2)
    asked = sent(application, "/wait")
    assert asked[0].items() >= {"QueuePosition": "1", "CurrentQueueSize": "1", "MaxQueueSize": "1000"}.items()
    assert int(asked[-1]["QueueTime"]) >= int(asked[0]["QueueTime"])


def test_a_silent_wait_document_does_not_spin(exchange: str, application: Application) -> None:
    """At no pace is it asked more than five times a second."""
    application.documents["/wait"] = "<Response/>"
    phone = Handset(exchange)
    phone.until("webhook", path="/wait")
    eventually(lambda: len(sent(application, "/wait")) >= 6)
    asked = [event["at"] for event in phone_events(phone) if event.get("path") == "/wait"]
    assert asked[5] - asked[0] >= 500


def phone_events(phone: Handset) -> list[dict[str, Any]]:
    """Hang up, and read all events."""
    phone.does("hangup")
    phone.until("ended")
    return phone.everything()


def test_leaving_by_a_key_asks_the_action(exchange: str, application: Application) -> None:
    """The action says how the call goes on."""
    phone = Handset(exchange)
    phone.does("keys", keys="1")
    phone.until("dequeued", result="leave")
    phone.until("said", text="You left.")
    assert sent(application, "/left")[0]["QueueResult"] == "leave"


def test_a_call_is_fetched_once(exchange: str, client: Client, application: Application) -> None:
    """The first gets it; for the second it is not there: 404 and 20404. The action is told, and not performed."""
    phone = Handset(exchange)
    phone.until("queued")
    (queue,) = client.queues.list()
    url = f"{application_origin(application)}/bridge"
    client.queues(queue.sid).members(phone.sid).update(url=url)
    with pytest.raises(TwilioRestException) as refused:
        client.queues(queue.sid).members(phone.sid).update(url=url)
    assert (refused.value.status, refused.value.code) == (404, 20404)
    phone.until("dequeued", result="redirected")
    phone.until("said", text="An advisor.")
    phone.until("ended")
    eventually(lambda: [each["QueueResult"] for each in sent(application, "/left")] == ["redirected"])
    assert not any(event.get("text") == "You left." for event in phone.everything())


def application_origin(application: Application) -> str:
    """Say where the application answers, as a webhook saw it."""
    return application.received[0].url.rpartition("/voice/")[0]


def test_a_call_that_was_updated_has_left_its_queue(exchange: str, client: Client, application: Application) -> None:
    """At once, for everybody who asks; a later update finds it in progress."""
    phone = Handset(exchange)
    phone.until("queued")
    client.calls(phone.sid).update(url=f"{application_origin(application)}/bridge")
    (queue,) = client.queues.list()
    assert queue.current_size == 0
    phone.until("said", text="An advisor.")


def test_a_call_that_has_left_cannot_be_fetched(exchange: str, client: Client) -> None:
    """By hanging up, or by itself."""
    phone = Handset(exchange)
    phone.until("queued")
    phone.does("hangup")
    phone.until("dequeued", result="hangup")
    (queue,) = client.queues.list()
    with pytest.raises(TwilioRestException) as refused:
        client.queues(queue.sid).members(phone.sid).update(url="http://app.test/bridge")
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_a_full_queue_takes_nobody(exchange: str, client: Client, application: Application) -> None:
    """Its size may be set before anybody waits in it."""
    queue = client.queues.create(friendly_name="support", max_size=1)
    assert client.queues(queue.sid).update(max_size=1).max_size == 1
    Handset(exchange).until("queued")
    Handset(exchange).until("said", text="You left.")
    assert sent(application, "/left")[0]["QueueResult"] == "queue-full"


def test_a_call_can_be_ended_by_rest(exchange: str, client: Client, application: Application) -> None:
    """Its queue hears of it as of any hang-up; what is over cannot be ended or sent elsewhere: 21220."""
    phone = Handset(exchange)
    phone.until("queued")
    client.calls(phone.sid).update(status="completed")
    assert phone.until("ended")["status"] == "completed"
    (left,) = eventually(lambda: sent(application, "/left"))
    assert left.items() >= {"QueueResult": "hangup", "CallStatus": "completed"}.items()
    for change in ({"status": "completed"}, {"url": "http://app.test/"}):
        with pytest.raises(TwilioRestException) as refused:
            client.calls(phone.sid).update(**change)
        assert (refused.value.status, refused.value.code) == (400, 21220)


@needs_specification
def test_requests_and_answers_fit_twilios_openapi_document(
    exchange: str, account: Account, application: Application
) -> None:
    """Queues, members and calls."""
    phone = Handset(exchange)
    phone.until("queued")
    with checked_library(exchange, account) as client:
        made = client.queues.create(friendly_name="other", max_size=5000)
        client.queues(made.sid).update(friendly_name="another")
        queue = next(queue for queue in client.queues.list() if queue.friendly_name == "support")
        client.queues(queue.sid).fetch()
        client.queues(queue.sid).members.list()
        client.queues(queue.sid).members("Front").fetch()
        client.calls.list(status="in-progress")
        client.calls(phone.sid).fetch()
        client.queues(queue.sid).members("Front").update(url=f"{application_origin(application)}/bridge", method="GET")
        phone.until("ended")
        assert client.calls(phone.sid).fetch().status == "completed"
