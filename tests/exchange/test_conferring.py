"""Calls that talk with each other in a conference, and the REST calls by which an application rules it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from exchange.scripted import Application, Received
from exchange.server import serving
from exchange.switchboard import Account
from tests.exchange.asking import Handset, checked_library, library, needs_specification
from tests.waiting import eventually

DOCUMENTED = yaml.safe_load(Path(__file__).with_name("documented").joinpath("conference_callbacks.yaml").read_text())
ADVISOR, CALLER, SUPERVISOR = "+212661000001", "+212661000002", "+212661000003"
ATTRIBUTES = {
    ADVISOR: 'participantLabel="advisor" startConferenceOnEnter="true"',
    CALLER: 'participantLabel="caller" endConferenceOnExit="true"',
    SUPERVISOR: 'participantLabel="supervisor" muted="true"',
}
CALLBACK = 'statusCallback="/conference" statusCallbackEvent="start end join leave mute hold modify"'


def bridge(received: Received) -> str:
    """Let whoever calls into the same room."""
    attributes = ATTRIBUTES[received.params["From"]]
    return f"""<Response><Dial action="/after"><Conference beep="false" waitUrl="" {CALLBACK} {attributes}>room-7
        </Conference></Dial></Response>"""


@pytest.fixture
def application() -> Application:
    """An application that lets everybody into one room."""
    return Application(
        {
            "/voice/incoming": bridge,
            "/after": "<Response><Say>Goodbye.</Say></Response>",
            "/hold": "<Response><Say>Please hold.</Say></Response>",
            "/other": "<Response><Say>Elsewhere.</Say><Pause length='20'/></Response>",
            "/conference": "<Response/>",
        }
    )


@pytest.fixture
def exchange(account: Account) -> Iterator[str]:
    """An exchange whose calls tell no status URL."""
    with serving(replace(account, status_url=None, fallback_url=None)) as base_url:
        yield base_url


@pytest.fixture
def client(exchange: str, account: Account) -> Client:
    """Twilio's own library."""
    return library(exchange, account)


@pytest.fixture
def advisor(exchange: str) -> Handset:
    """An advisor, alone in the room."""
    phone = Handset(exchange, **{"from": ADVISOR})
    phone.until("joined")
    return phone


@pytest.fixture
def caller(exchange: str, advisor: Handset) -> Handset:
    """A caller, in the room with the advisor."""
    phone = Handset(exchange, **{"from": CALLER})
    phone.until("joined", who="caller", own=True, others=["advisor"])
    advisor.until("joined", who="caller", own=False, others=["caller"])
    return phone


def told(application: Application, event: str) -> list[dict[str, Any]]:
    """List the callbacks of one kind."""
    callbacks = [dict(each.params) for each in application.received if each.path == "/conference"]
    return [params for params in callbacks if params["StatusCallbackEvent"] == event]


def soon_told(application: Application, event: str) -> dict[str, Any]:
    """Wait for a callback; gives the last one of that kind."""
    eventually(lambda: told(application, event))
    return told(application, event)[-1]


def test_a_conference_begins_with_two_and_its_callbacks_say_so(
    caller: Handset, client: Client, application: Application, account: Account
) -> None:
    """Signed, numbered in order, with what Twilio's page lists."""
    soon_told(application, "conference-start")
    received = [each for each in application.received if each.path == "/conference"]
    events = [each.params["StatusCallbackEvent"] for each in received]
    assert events == ["participant-join", "participant-join", "conference-start"]
    assert [each.params["SequenceNumber"] for each in received] == ["1", "2", "3"]
    for each in received:
        assert each.params.keys() >= set(DOCUMENTED["always"])
        assert RequestValidator(account.auth_token).validate(each.url, dict(each.params), each.signature)
    join = received[1].params
    assert join.keys() >= {*DOCUMENTED["of_a_participant"], *DOCUMENTED["of_one_with_a_label"]}
    assert (join["CallSid"], join["ParticipantLabel"], join["EndConferenceOnExit"]) == (caller.sid, "caller", "true")
    (room,) = client.conferences.list(friendly_name="room-7", status="in-progress")
    assert room.sid == join["ConferenceSid"]


@pytest.mark.usefixtures("advisor")
def test_alone_nobody_confers(client: Client) -> None:
    """Until a second call joins, the conference is `init`."""
    (room,) = client.conferences.list()
    assert (room.friendly_name, room.status) == ("room-7", "init")
    assert [each.label for each in room.participants.list()] == ["advisor"]


def test_what_one_says_the_others_hear(advisor: Handset, caller: Handset) -> None:
    """Typed words stand for speech."""
    advisor.does("speech", text="bonjour")
    assert caller.until("heard")["who"] == "advisor"
    caller.does("speech", text="salam")
    assert advisor.until("heard")["text"] == "salam"


def test_who_is_muted_is_not_heard(advisor: Handset, caller: Handset, client: Client, application: Application) -> None:
    """Until unmuted; both are told to the callback."""
    room = client.conferences.list()[0]
    assert room.participants.get("advisor").update(muted=True).muted is True
    advisor.until("muted", own=True)
    advisor.does("speech", text="inaudible")
    advisor.until("did", deed="speech")
    room.participants.get(advisor.sid).update(muted=False)
    advisor.until("unmuted")
    advisor.does("speech", text="audible")
    assert caller.until("heard")["text"] == "audible"
    assert soon_told(application, "participant-unmute")["Muted"] == "false"
    assert told(application, "participant-mute")[0]["Muted"] == "true"


def test_who_is_held_hears_the_hold_document_and_not_the_conference(
    advisor: Handset, caller: Handset, client: Client, application: Application, origin: str
) -> None:
    """Over and over, until taken off hold."""
    participant = client.conferences.list()[0].participants.get(caller.sid)
    participant.update(hold=True, hold_url=f"{origin}/hold")
    caller.until("held", own=True)
    caller.until("said", text="Please hold.")
    caller.until("said", text="Please hold.")
    advisor.does("speech", text="he does not hear this")
    advisor.until("did", deed="speech")
    participant.update(hold=False)
    caller.until("unheld")
    advisor.does("speech", text="I am back")
    assert caller.until("heard")["text"] == "I am back"
    assert soon_told(application, "participant-unhold")["Hold"] == "false"


def test_a_coach_is_heard_by_whom_it_coaches_alone(
    exchange: str, advisor: Handset, caller: Handset, client: Client, application: Application
) -> None:
    """A supervisor listens muted, then whispers, then joins in."""
    supervisor = Handset(exchange, **{"from": SUPERVISOR})
    supervisor.until("joined", own=True)
    participant = client.conferences.list()[0].participants.get("supervisor")
    coaching = participant.update(muted=False, coaching=True, call_sid_to_coach=advisor.sid)
    assert (coaching.coaching, coaching.call_sid_to_coach) == (True, advisor.sid)
    supervisor.does("speech", text="whispered")
    assert advisor.until("heard")["text"] == "whispered"
    participant.update(coaching=False)
    supervisor.does("speech", text="said aloud")
    assert caller.until("heard")["text"] == "said aloud"
    eventually(lambda: [each["Coaching"] for each in told(application, "participant-modify")] == ["true", "false"])


def test_who_ends_it_by_leaving_ends_it_for_all(
    advisor: Handset, caller: Handset, application: Application, client: Client
) -> None:
    """The others' Dial is over: its action is asked, and performed."""
    caller.does("hangup")
    advisor.until("left", own=True)
    advisor.until("said", text="Goodbye.")
    end = soon_told(application, "conference-end")
    assert end.keys() >= {*DOCUMENTED["of_the_end"], *DOCUMENTED["of_an_end_by_somebody"]}
    assert end["CallSidEndingConference"] == caller.sid
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    left = {each["CallSid"]: each for each in told(application, "participant-leave")}
    assert left[caller.sid]["ReasonParticipantLeft"] == "participant_hung_up"
    assert left[caller.sid]["ParticipantCallStatus"] == "completed"
    assert left[advisor.sid]["ReasonParticipantLeft"] == "moderator_ended_conference"
    eventually(lambda: application.paths().count("/after") == 2)
    asked = {each.params["CallSid"]: each.params for each in application.received if each.path == "/after"}
    assert asked[advisor.sid].items() >= {"DialCallStatus": "answered", "CallStatus": "in-progress"}.items()
    assert asked[caller.sid]["CallStatus"] == "completed"
    assert client.conferences.list()[0].status == "completed"


def test_who_does_not_end_it_may_leave(advisor: Handset, caller: Handset, client: Client) -> None:
    """The conference goes on; when the last has left it is over."""
    advisor.does("hangup")
    caller.until("left", who="advisor", others=[])
    (room,) = client.conferences.list(status="in-progress")
    assert [each.call_sid for each in room.participants.list()] == [caller.sid]


def test_a_participant_can_be_put_out(advisor: Handset, caller: Handset, client: Client) -> None:
    """Its Dial is over; whoever is left stays."""
    room = client.conferences.list()[0]
    room.participants.get("advisor").delete()
    advisor.until("said", text="Goodbye.")
    with pytest.raises(TwilioRestException) as refused:
        room.participants.get("advisor").fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)
    caller.until("left", who="advisor")


def test_an_update_of_the_call_takes_it_out(
    advisor: Handset, caller: Handset, client: Client, application: Application, origin: str
) -> None:
    """Without its action being asked; here it ends the conference for the advisor."""
    client.calls(caller.sid).update(url=f"{origin}/other")
    caller.until("said", text="Elsewhere.")
    advisor.until("said", text="Goodbye.")
    assert all(each.params["CallSid"] == advisor.sid for each in application.received if each.path == "/after")
    soon_told(application, "conference-end")
    left = {each["CallSid"]: each for each in told(application, "participant-leave")}
    assert left[caller.sid]["ReasonParticipantLeft"] == "participant_updated_via_api"


def test_a_conference_can_be_ended_by_rest(
    advisor: Handset, caller: Handset, client: Client, application: Application
) -> None:
    """For everybody in it."""
    assert client.conferences.list()[0].update(status="completed").reason_conference_ended == "conference-ended-via-api"
    for phone in (advisor, caller):
        phone.until("said", text="Goodbye.")
    assert soon_told(application, "conference-end")["ReasonConferenceEnded"] == "conference-ended-via-api"


@pytest.mark.usefixtures("advisor")
def test_a_label_is_one_participants(exchange: str) -> None:
    """16025: the second call with it does not get in, and goes on."""
    second = Handset(exchange, **{"from": ADVISOR})
    second.until("complaint", code=16025)
    second.until("said", text="Goodbye.")


def test_nobody_can_coach_who_is_not_there(exchange: str, application: Application) -> None:
    """13240: the call does not get in, and its action hears that it failed."""
    application.documents["/voice/incoming"] = (
        '<Response><Dial action="/after"><Conference coach="CA1">room-8</Conference></Dial></Response>'
    )
    phone = Handset(exchange)
    phone.until("complaint", code=13240)
    phone.until("said", text="Goodbye.")
    assert application.received[-1].params["DialCallStatus"] == "failed"


def test_before_it_begins_the_wait_document_is_heard_once(exchange: str, application: Application) -> None:
    """And broken off when it begins."""
    application.documents["/voice/incoming"] = (
        '<Response><Dial><Conference waitUrl="/hold">room-9</Conference></Dial></Response>'
    )
    phone = Handset(exchange)
    phone.until("said", text="Please hold.")
    application.documents["/voice/incoming"] = "<Response><Dial><Conference>room-9</Conference></Dial></Response>"
    second = Handset(exchange)
    phone.until("joined", own=False)
    second.does("speech", text="bonjour")
    assert phone.until("heard")["text"] == "bonjour"
    assert application.paths().count("/hold") == 1


@needs_specification
def test_requests_and_answers_fit_twilios_openapi_document(
    exchange: str, account: Account, advisor: Handset, caller: Handset, origin: str
) -> None:
    """Conferences and participants."""
    with checked_library(exchange, account) as client:
        room = client.conferences.list(friendly_name="room-7", limit=5)[0]
        client.conferences(room.sid).fetch()
        client.conferences(room.sid).participants.list(muted=False, hold=False)
        participant = client.conferences(room.sid).participants(caller.sid)
        participant.update(hold=True, hold_url=f"{origin}/hold", hold_method="POST")
        participant.update(hold=False, muted=True, end_conference_on_exit=False)
        participant.update(coaching=True, call_sid_to_coach=advisor.sid)
        participant.fetch()
        client.conferences(room.sid).participants(advisor.sid).delete()
        client.conferences(room.sid).update(status="completed")
