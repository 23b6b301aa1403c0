"""Reading the verbs that connect a call with others: Enqueue, and Dial with its nouns.

https://www.twilio.com/docs/voice/twiml/enqueue, …/dial and …/conference
"""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from exchange.attributes import Attributes, Complain, boolean, http_method, positive
from exchange.complaints import Code
from exchange.verbs import Client, Conference, Dial, Enqueue, Number, Unsupported

ENQUEUE_ATTRIBUTES = frozenset({"action", "maxQueueSize", "method", "waitUrl", "waitUrlMethod"})
DIAL_ATTRIBUTES = frozenset({
    "action", "answerOnBridge", "callerId", "hangupOnStar", "method", "ringTone", "sequential", "timeLimit", "timeout",
})  # fmt: skip
CONFERENCE_ATTRIBUTES = frozenset({
    "beep", "coach", "endConferenceOnExit", "jitterBufferSize", "maxParticipants", "muted", "participantLabel",
    "record", "recordingStatusCallback", "recordingStatusCallbackEvent", "recordingStatusCallbackMethod",
    "region", "startConferenceOnEnter", "statusCallback", "statusCallbackEvent", "statusCallbackMethod",
    "trim", "waitMethod", "waitUrl",
})  # fmt: skip
CONFERENCE_EVENTS = frozenset({"start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"})
BEEPS = frozenset({"true", "false", "onEnter", "onExit"})
LONGEST_QUEUE_NAME = 64
LONGEST_LABEL = 128
MOST_PARTICIPANTS = 250


CONNECTIONS = {"Enqueue": ENQUEUE_ATTRIBUTES, "Dial": DIAL_ATTRIBUTES}


def connection_of(element: ET.Element, complain: Complain) -> Enqueue | Dial | Unsupported | None:
    """Read an Enqueue or a Dial; None where it connects with nothing that can be."""
    return _enqueue(element, complain) if element.tag == "Enqueue" else _dial(element, complain)


def _enqueue(element: ET.Element, complain: Complain) -> Enqueue | None:
    name = (element.text or "").strip()
    if not name or len(name) > LONGEST_QUEUE_NAME:
        complain(Code.SCHEMA, "an Enqueue needs the name of a queue, of at most 64 characters")
        return None
    read = Attributes(element.attrib, complain).read
    return Enqueue(
        name=name,
        action=element.get("action", ""),
        method=read("method", Code.SCHEMA, http_method, "POST"),
        wait_url=element.get("waitUrl"),
        wait_method=read("waitUrlMethod", Code.SCHEMA, http_method, "POST"),
        max_size=read("maxQueueSize", Code.SCHEMA, positive, None),
    )


def _dial(element: ET.Element, complain: Complain) -> Dial | Unsupported | None:
    """Read a Dial: one noun, or a number as its text."""
    target = _target(element, complain)
    if not isinstance(target, Conference | Client | Number):
        return target
    read = Attributes(element.attrib, complain).read
    return Dial(
        target=target,
        action=element.get("action", ""),
        method=read("method", Code.SCHEMA, http_method, "POST"),
        timeout=read("timeout", Code.DIAL_TIMEOUT, positive, 30),
        caller_id=element.get("callerId", ""),
    )


def _target(element: ET.Element, complain: Complain) -> Conference | Client | Number | Unsupported | None:
    nouns = list(element)
    if not nouns:
        nouns = [ET.Element("Number")]
        nouns[0].text = element.text
    if len(nouns) != 1:
        complain(Code.DIAL_NESTED, "this exchange dials one noun at a time")
        return Unsupported("Dial")
    noun, text = nouns[0], (nouns[0].text or "").strip()
    match noun.tag:
        case "Conference" if text:
            return _conference(noun, text, complain)
        case "Client":
            return Client((noun.findtext("Identity") or text).strip())
        case "Number" if text:
            return Number(text)
        case "Queue" | "Sip" | "Sim" | "Application" | "WhatsApp":
            return Unsupported(f"Dial {noun.tag}")
        case name:
            complain(Code.DIAL_NESTED, name)
            return None


def _conference(noun: ET.Element, name: str, complain: Complain) -> Conference:
    if unknown := noun.attrib.keys() - CONFERENCE_ATTRIBUTES:
        complain(Code.SCHEMA, f"attributes of Conference: {', '.join(sorted(unknown))}")
    read = Attributes(noun.attrib, complain).read
    return Conference(
        name=name,
        muted=read("muted", Code.MUTED, boolean, False),
        beep=read("beep", Code.BEEP, _among(BEEPS), "true"),
        start_on_enter=read("startConferenceOnEnter", Code.START_ON_ENTER, boolean, True),
        end_on_exit=read("endConferenceOnExit", Code.END_ON_EXIT, boolean, False),
        label=read("participantLabel", Code.CONFERENCE, _label, ""),
        coach=noun.get("coach", ""),
        wait_url=noun.get("waitUrl"),
        wait_method=read("waitMethod", Code.WAIT_METHOD, http_method, "POST"),
        max_participants=read("maxParticipants", Code.CONFERENCE, _participants, MOST_PARTICIPANTS),
        status_callback=noun.get("statusCallback", ""),
        status_method=read("statusCallbackMethod", Code.CONFERENCE, http_method, "POST"),
        status_events=read("statusCallbackEvent", Code.CONFERENCE, _events, frozenset()),
    )


def _among(allowed: frozenset[str]) -> Callable[[str], str | None]:
    return lambda given: given if given in allowed else None


def _label(given: str) -> str | None:
    return given if len(given) <= LONGEST_LABEL else None


def _participants(given: str) -> int | None:
    most = positive(given)
    return most if most is not None and most <= MOST_PARTICIPANTS else None


def _events(given: str) -> frozenset[str] | None:
    events = frozenset(given.split())
    return events if events <= CONFERENCE_EVENTS else None
