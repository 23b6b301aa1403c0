"""What Twilio's pages say of TwiML, example by example: `documented/*.yaml` names the page of each."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from exchange.dialler import Call
from exchange.effects import HungUp, Key, Listen, PlayAudio, Rest, Silence, Speak, Speech
from exchange.hand import Deed
from exchange.scripted import Application

ORIGIN = "http://app.test"
DOCUMENTED = Path(__file__).with_name("documented")
TWIML = ("gather", "verbs", "failures", "queue", "conference")


def examples() -> Iterator[Any]:
    """Read all examples of TwiML."""
    for name in TWIML:
        for example in yaml.safe_load((DOCUMENTED / f"{name}.yaml").read_text())["examples"]:
            yield pytest.param(example, id=f"{name}: {example['rule']}")


def deeds(written: object) -> list[Deed]:
    """Read what a caller does."""
    match written:
        case {"keys": str(keys)}:
            return [Key(key) for key in keys]
        case {"says": str(words), **more}:
            return [Speech(words, float(str(more.get("confidence", 0.9))))]
        case "silence":
            return [Silence()]
        case "hangs up":
            return [HungUp()]
        case _:
            raise AssertionError(f"not something that a caller does: {written}")


def happens(call: Call, written: object) -> None:
    """Do what an example says that the caller does, or that happens to the call."""
    match written:
        case "waits":
            call.waits()
        case "conference ends":
            call.conference_ends()
        case "resumed":
            call.resumed()
        case {"fetched": str(path)}:
            call.fetched(ORIGIN + path)
        case {"sent_to": str(path)}:
            call.sent_to(ORIGIN + path)
        case {"held": str(path)}:
            call.held(ORIGIN + path)
        case {"dial_ends": "no-answer"}:
            call.dial_ends("no-answer")
        case _:
            call.does(*deeds(written))


@pytest.mark.parametrize("example", list(examples()))
def test_twilio_does_what_its_pages_say(example: Mapping[str, Any]) -> None:
    """The exchange does with a document what the page says that Twilio does."""
    documents: dict[str, Any] = {
        path: document if isinstance(document, str) else tuple(document)
        for path, document in example["documents"].items()
    }
    application = Application(documents)
    call = Call(
        application.post,
        to="+212520447100",
        voice_url=ORIGIN + example.get("begins_at", "/voice"),
        fallback_url=f"{ORIGIN}/fallback" if "/fallback" in documents else None,
        strict=False,
        queues_full=example.get("queues_full", False),
        ahead=[deed for written in example.get("ahead", []) for deed in deeds(written)],
    )
    first = call.listening
    for written in example["caller"]:
        happens(call, written)

    assert call.ended == example.get("ends")
    assert call.queued == example.get("queued")
    assert call.joined == example.get("joined")
    assert [complaint.code.number for complaint in call.complaints] == example.get("complaints", [])
    if "listens" in example:
        assert first is not None
        assert_listens(first, example["listens"])
    if "hears" in example:
        assert [text for _, text in call.said] == example["hears"]
    if "said" in example:
        spoken = [effect for effect in call.effects if isinstance(effect, Speak)]
        assert [[each.language, each.voice, each.text] for each in spoken] == example["said"]
    if "sounds" in example:
        assert list(sounds(call)) == example["sounds"]
    if "requests" in example:
        assert_requested(call, example["requests"])


def assert_listens(listening: Listen, wanted: Mapping[str, Any]) -> None:
    """Compare the Gather that listens."""
    for name, value in wanted.items():
        if name == "input":
            assert " ".join(sorted(listening.gather.modes)) == value
        else:
            assert getattr(listening.gather, name) == value


def assert_requested(call: Call, wanted: list[Mapping[str, Any]]) -> None:
    """Compare the webhooks of a call."""
    assert [urlsplit(webhook.url).path for webhook in call.webhooks] == [each["path"] for each in wanted]
    for webhook, each in zip(call.webhooks, wanted, strict=True):
        assert webhook.method == each.get("method", "POST")
        assert webhook.params.items() >= each.get("params", {}).items()
        assert not webhook.params.keys() & set(each.get("absent", []))


def sounds(call: Call) -> Iterator[str]:
    """Tell what was to be heard, pauses and questions included."""
    for effect in call.effects:
        match effect:
            case Speak(text):
                yield text
            case PlayAudio(url):
                yield url
            case Rest(seconds):
                yield f"{seconds:g} s"
            case Listen() if not effect.digits:
                yield f"listens {effect.seconds:g} s"
