"""Reading a TwiML document: its verbs, and all that Twilio would complain of.

A document that is no XML, or whose root is not `Response`, stops the call (`ComplaintError`).
Unknown verbs and attributes, and values that Twilio refuses, are warnings: the verb is skipped,
the attribute takes its default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote
from xml.etree import ElementTree as ET

from exchange.complaints import Code, Complaint, ComplaintError
from exchange.connections import CONNECTIONS, connection_of
from exchange.gathers import GATHER_ATTRIBUTES, gather_of
from exchange.verbs import (
    FOREVER,
    Hangup,
    Leave,
    Method,
    Pause,
    Play,
    Prompt,
    Redirect,
    Reject,
    Say,
    Unsupported,
    Verb,
)  # fmt: skip

SPOKEN_ENCODED = 4400
"""The longest URL-encoded text of a Say; Twilio's page on 13521 says 4,500, we stay under it."""
SPOKEN = {"Polly.": 3000, "Google.": 5000}
SPOKEN_BASIC = 4096
SSML = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})
BLANKS = re.compile(r"[ \t\r\n]+")
"""XML's white space; other spaces, such as the narrow one in figures, belong to the text."""
WALKED_ELSEWHERE = frozenset({
    "Connect", "Echo", "Pay", "Prompt", "Queue", "Record", "Refer", "Siprec", "Sms", "Start", "Stop", "Stream",
})  # fmt: skip
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "Say": frozenset({"language", "voice", "loop"}),
    "Play": frozenset({"loop", "digits"}),
    "Pause": frozenset({"length"}),
    "Gather": GATHER_ATTRIBUTES,
    "Redirect": frozenset({"method"}),
    "Hangup": frozenset(),
    "Reject": frozenset({"reason"}),
    "Leave": frozenset(),
    **CONNECTIONS,
}


@dataclass(slots=True)
class Document:
    """The verbs of a document in order, where it came from, and what was wrong with it."""

    url: str
    verbs: tuple[Verb, ...] = ()
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, code: Code, detail: str) -> None:
        """Note a warning."""
        self.complaints.append(Complaint(code, detail, self.url))


def read(url: str, content_type: str, body: str) -> Document:
    """Read what a webhook answered; raises `ComplaintError` where Twilio goes to the fallback.

    Content types: https://www.twilio.com/docs/voice/twiml#twilio-mime-types.
    """
    match content_type.partition(";")[0].strip().lower():
        case "text/xml" | "application/xml" | "text/html":
            return _read_xml(url, body)
        case "text/plain":
            return Document(url, (Say(body),))
        case kind if kind.startswith("audio/"):
            return Document(url, (Play(url),))
        case kind:
            raise ComplaintError(Complaint(Code.CONTENT_TYPE, kind or "none", url))


def _read_xml(url: str, body: str) -> Document:
    try:
        root = ET.fromstring(body)  # noqa: S314 - the documents of our own application
    except ET.ParseError as error:
        raise ComplaintError(Complaint(Code.PARSE, str(error), url)) from error
    if root.tag != "Response":
        raise ComplaintError(Complaint(Code.ROOT, root.tag, url))
    document = Document(url)
    if root.attrib:
        document.complain(Code.SCHEMA, f"attributes of Response: {', '.join(root.attrib)}")
    if (root.text or "").strip() or any((child.tail or "").strip() for child in root):
        document.complain(Code.SCHEMA, "text outside a verb")
    document.verbs = tuple(verb for element in root if (verb := _verb(element, document)) is not None)
    return document


def _verb(element: ET.Element, document: Document) -> Verb | None:
    _check_shape(element, document)
    match element.tag:
        case "Say" | "Play" | "Pause":
            return prompt(element, document)
        case "Gather":
            return gather_of(element.attrib, _nested(element, document), document.complain)
        case "Redirect":
            return Redirect((element.text or "").strip(), _method(element, document))
        case "Hangup" | "Leave":
            return Hangup() if element.tag == "Hangup" else Leave()
        case "Reject":
            return _reject(element, document)
        case name:
            return connection_of(element, document.complain) if name in CONNECTIONS else _not_walked(name, document)


def _reject(element: ET.Element, document: Document) -> Reject:
    reason = element.get("reason", "rejected")
    if reason not in {"rejected", "busy"}:
        document.complain(Code.REJECT_REASON, reason)
    return Reject("busy" if reason == "busy" else "rejected")


def _method(element: ET.Element, document: Document) -> Method:
    method = element.get("method", "POST")
    if method not in {"GET", "POST"}:
        document.complain(Code.REDIRECT_METHOD, method)
    return "GET" if method == "GET" else "POST"


def _not_walked(name: str, document: Document) -> Unsupported | None:
    if name in WALKED_ELSEWHERE:
        return Unsupported(name)
    document.complain(Code.SCHEMA, f"unknown verb {name}")
    return None


def prompt(element: ET.Element, document: Document) -> Prompt | None:
    """Read one of the verbs that may stand in a Gather; None where it says nothing."""
    match element.tag:
        case "Say":
            return _say(element, document)
        case "Play":
            loop = _count(element, "loop", 1, Code.PLAY_LOOP, document)
            return Play((element.text or "").strip(), loop or FOREVER)
        case _:
            return Pause(_count(element, "length", 1, Code.PAUSE_LENGTH, document))


def _say(element: ET.Element, document: Document) -> Say | None:
    text = BLANKS.sub(" ", "".join(element.itertext())).strip(" ")
    voice = element.get("voice", "man")
    if not text:
        document.complain(Code.SAY_TEXT, "a Say without text")
        return None
    longest = next((limit for family, limit in SPOKEN.items() if voice.startswith(family)), SPOKEN_BASIC)
    if len(text) > longest or len(quote(text)) > SPOKEN_ENCODED:
        document.complain(Code.SAY_TOO_LONG, f"{len(text)} characters, {len(quote(text))} URL-encoded")
        return None
    loop = _count(element, "loop", 1, Code.SAY_LOOP, document)
    return Say(text, element.get("language", "en-US"), voice, loop or FOREVER)


def _nested(gather: ET.Element, document: Document) -> tuple[Prompt, ...]:
    prompts: list[Prompt] = []
    for element in gather:
        if element.tag not in {"Say", "Play", "Pause"}:
            document.complain(Code.NESTED_VERB, element.tag)
            continue
        _check_shape(element, document)
        if (nested := prompt(element, document)) is not None:
            prompts.append(nested)
    return tuple(prompts)


def _check_shape(element: ET.Element, document: Document) -> None:
    if (known := ATTRIBUTES.get(element.tag)) is None:
        return
    if unknown := element.attrib.keys() - known:
        document.complain(Code.SCHEMA, f"attributes of {element.tag}: {', '.join(sorted(unknown))}")
    if element.tag in {"Gather", "Dial"}:
        return
    allowed = SSML if element.tag == "Say" else frozenset()
    for child in element.iter():
        if child is not element and child.tag not in allowed:
            document.complain(Code.SCHEMA, f"{child.tag} inside {element.tag}")


def _count(element: ET.Element, name: str, default: int, code: Code, document: Document) -> int:
    given = element.get(name, str(default))
    if given.isascii() and given.isdigit():
        return min(int(given), FOREVER)
    document.complain(code, given)
    return default
