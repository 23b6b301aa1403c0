"""How a call is walked where Twilio's pages are silent: what we decided that callers meet."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from exchange.complaints import Code
from exchange.dialler import Call, EndlessCallError, UnsoundTwimlError
from exchange.effects import CallFacts, Event, Fetched, Finished, HungUp, Key, Listen, Speak, Unfetched
from exchange.hand import Deed
from exchange.parameters import of_call
from exchange.scripted import Application
from exchange.walker import MOST_SILENT_HOPS, Walker

ORIGIN = "http://app.test"
DOCUMENTED = yaml.safe_load(Path(__file__).with_name("documented").joinpath("request.yaml").read_text())
NUMBER = """<Response><Gather action="/answer/1/registration-number" numDigits="9" finishOnKey="*"
    actionOnEmptyResult="true"><Say>Your number.</Say></Gather></Response>"""
BIRTH_DATE = """<Response><Gather action="/answer/2/birth-date" numDigits="8" finishOnKey="#"
    actionOnEmptyResult="true"><Say>Your birth date.</Say></Gather></Response>"""
AGAIN = BIRTH_DATE.replace("/answer/2/", "/answer/3/")


def dial(documents: dict[str, str], *, strict: bool = True, ahead: Sequence[Deed] = ()) -> Call:
    """Call an application that answers with these documents, the first at `/voice`."""
    application = Application(dict(documents))
    return Call(
        application.post,
        to="+212520447100",
        voice_url=f"{ORIGIN}/voice",
        fallback_url=f"{ORIGIN}/fallback" if "/fallback" in documents else None,
        strict=strict,
        ahead=ahead,
    )


def test_a_key_more_than_the_entry_takes_reaches_the_next_question() -> None:
    """A caller who closes nine digits with # presses it while the next question is being asked."""
    call = dial(
        {
            "/voice": NUMBER,
            "/answer/1/registration-number": BIRTH_DATE,
            "/answer/2/birth-date": AGAIN,
        }
    )
    call.keys("123456789#")
    entered = [(each.params.get("Digits"), each.params.get("FinishedOnKey")) for each in call.webhooks[1:]]
    assert entered == [("123456789", ""), ("", "#")]
    assert call.question == "birth-date"
    assert call.turn == 3


def test_keys_wait_until_a_question_is_asked() -> None:
    """What is said outside a Gather is heard to its end; the hand presses when it is asked."""
    menu = '<Response><Say>Welcome.</Say><Gather action="/menu" numDigits="1"><Say>Press 1.</Say></Gather></Response>'
    call = dial({"/voice": menu, "/menu": "<Response/>"}, ahead=[Key("1")])
    assert [text for _, text in call.heard] == ["Welcome.", "Press 1."]
    assert call.webhooks[-1].params["Digits"] == "1"


def test_without_barge_in_what_is_asked_is_heard_to_its_end() -> None:
    """`bargeIn="false"` keeps keys for the listening that follows."""
    two = """<Response><Gather action="/menu" numDigits="1" bargeIn="false">
        <Say>One.</Say><Say>Two.</Say></Gather></Response>"""
    call = dial({"/voice": two, "/menu": "<Response/>"}, ahead=[Key("1")])
    assert [text for _, text in call.heard] == ["One.", "Two."]


def test_speech_is_not_heard_once_a_key_was_pressed() -> None:
    """The first key makes the Gather an entry of keys."""
    both = '<Response><Gather input="dtmf speech" action="/answer" numDigits="2"/></Response>'
    call = dial({"/voice": both, "/answer": "<Response/>"})
    call.keys("1").says("non").keys("2")
    assert call.webhooks[-1].params["Digits"] == "12"


def test_hanging_up_asks_for_nothing_more() -> None:
    """No action URL is asked for when the caller puts the receiver down; the call is completed."""
    call = dial({"/voice": NUMBER}).keys("12").hangs_up().ends("completed")
    assert len(call.webhooks) == 1


def test_hanging_up_before_the_call_is_answered_cancels_it() -> None:
    """Twilio calls that `canceled`; its pages do not say whose fault it must be."""
    walker = Walker(CallFacts("CA", "AC", "+1", "+2"), voice_url=f"{ORIGIN}/voice")
    steps = walker.walk()
    next(steps)
    steps.send(HungUp())
    assert walker.status == "canceled"


def test_a_pause_before_anything_else_delays_the_answer() -> None:
    """The call rings on while Twilio waits."""
    walker = Walker(CallFacts("CA", "AC", "+1", "+2"), voice_url=f"{ORIGIN}/voice")
    steps = walker.walk()
    next(steps)
    steps.send(Fetched(200, "text/xml", "<Response><Pause/><Say>Hello</Say></Response>"))
    statuses = [walker.status]
    steps.send(Finished())
    assert [*statuses, walker.status] == ["ringing", "in-progress"]


def test_an_application_that_cannot_be_reached_leads_to_the_fallback() -> None:
    """Twilio's number for it is 11205."""
    walker = Walker(CallFacts("CA", "AC", "+1", "+2"), voice_url=f"{ORIGIN}/voice", fallback_url=f"{ORIGIN}/fallback")
    steps = walker.walk()
    next(steps)
    fallback = steps.send(Unfetched(Code.CONNECTION, "refused"))
    assert getattr(fallback, "url", "") == f"{ORIGIN}/fallback"
    assert getattr(fallback, "params", {})["ErrorCode"] == "11205"


def test_documents_that_lead_to_each_other_in_silence_end() -> None:
    """Twilio publishes no bound; ours keeps a mistake from spinning for ever."""
    call = dial({"/voice": "<Response><Redirect>/voice</Redirect></Response>"}, strict=False)
    assert [complaint.code for complaint in call.complaints] == [Code.TOO_MANY_REDIRECTS]
    assert len(call.webhooks) == MOST_SILENT_HOPS


def test_an_application_that_talks_for_ever_fails_the_test_that_calls_it() -> None:
    """A call that never listens is not a conversation."""
    with pytest.raises(EndlessCallError):
        dial({"/voice": "<Response><Say>Hello</Say><Redirect>/voice</Redirect></Response>"})


@pytest.mark.parametrize(
    ("text", "voice", "sound"),
    [
        ("x" * 4096, "man", True),
        ("x" * 4097, "man", False),
        ("x" * 3001, "Polly.Lea-Neural", False),
        ("ع" * 733, "Google.ar-XA-Standard-A", True),
        ("ع" * 734, "Google.ar-XA-Standard-A", False),
    ],
)
def test_a_say_has_a_longest_text(text: str, voice: str, sound: bool) -> None:
    """By voice, and 4,400 characters URL-encoded: an Arabic letter counts six. Longer is not said."""
    assert len(quote("ع")) == 6
    document = f'<Response><Say voice="{voice}">{text}</Say></Response>'
    call = dial({"/voice": document}, strict=False)
    assert bool(call.heard) is sound
    assert [complaint.code for complaint in call.complaints] == ([] if sound else [Code.SAY_TOO_LONG])


def test_spaces_inside_figures_are_kept() -> None:
    """Only XML's own white space is collapsed: a narrow space belongs to the amount."""
    call = dial({"/voice": "<Response><Say>  1\u202f250,50\n   dirhams </Say></Response>"})
    assert call.words == "1\u202f250,50 dirhams"


def test_a_strict_call_fails_on_what_twilio_would_complain_of() -> None:
    """Tests of an application need not look: a wrong document raises."""
    with pytest.raises(UnsoundTwimlError, match="12200"):
        dial({"/voice": '<Response><Say colour="red">Hello</Say></Response>'})


def test_a_strict_call_goes_to_the_fallback_when_a_webhook_fails() -> None:
    """An application that is down is no mistake in its documents."""
    call = dial({"/fallback": "<Response><Say>One moment.</Say></Response>"})
    assert call.words == "One moment."


def test_every_webhook_carries_the_documented_parameters() -> None:
    """The page's list, the places, and the two that are only seen on the wire."""
    call = dial({"/voice": NUMBER, "/answer/1/registration-number": "<Response/>"}).keys("123456789")
    first, later = (webhook.params for webhook in call.webhooks)
    assert first.keys() >= {*DOCUMENTED["parameters"], *DOCUMENTED["places"]}
    assert first.items() >= DOCUMENTED["first"].items()
    assert later.items() >= DOCUMENTED["later"].items()
    assert all(first[copy] == first[of] for copy, of in DOCUMENTED["on_the_wire"].items())


def test_a_call_may_carry_parameters_that_no_page_lists() -> None:
    """Twilio adds parameters without notice; applications sign over whatever comes."""
    facts = CallFacts("CA", "AC", "+1", "+2", extra={"StirVerstat": "TN-Validation-Passed-A"})
    assert of_call(facts, "ringing")["StirVerstat"] == "TN-Validation-Passed-A"


def test_the_walker_can_be_driven_by_hand() -> None:
    """It yields effects and is sent events: no socket, no clock."""
    walker = Walker(CallFacts("CA", "AC", "+1", "+2"), voice_url=f"{ORIGIN}/voice")
    steps = walker.walk()
    next(steps)
    spoken = steps.send(Fetched(200, "text/xml", NUMBER))
    assert isinstance(spoken, Speak)
    assert spoken.interrupted_by == {"dtmf"}
    listening = steps.send(Finished())
    assert isinstance(listening, Listen)
    assert (listening.question, listening.turn, listening.seconds) == ("registration-number", 1, 5.0)
    for key in "12345678":
        event: Event = Key(key)
        listening = steps.send(event)
        assert isinstance(listening, Listen)
    assert listening.digits == "12345678"
