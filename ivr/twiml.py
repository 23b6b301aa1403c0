"""A turn → TwiML: the only module that writes it.

No user's text ever becomes a verb, a number or a URL: what is said comes from `prompts/` with typed values, URLs from
turn numbers and question keys.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from backend.telephony import QUEUE
from backend.wording import Language
from ivr import music
from ivr.conversation import Prompt
from ivr.engine import Asked, Turn
from ivr.hearing.understanding import Listening
from ivr.inputs import Gathering, Waiting
from ivr.speech import HEARD_AS, HEARD_BY, Said, Utterance, render

SILENCE_AFTER_SPEECH = 2  # seconds
CONFERENCE_EVENTS = "start end join leave hold"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(turn: Turn, number: int, language: Language | None, *, called: bool = False) -> bytes:
    """Return the document of turn `number`: what is said, then the gathering of the answer or the end of the call.

    `called`: it is us who called.
    """
    response = VoiceResponse()
    if turn.asked and isinstance(turn.asked.question.listens, Waiting):
        _say(response, turn.says, language)
        _wait(response, turn.asked.question.listens)
    elif turn.asked and turn.asked.question.by_call and not called:
        _say(response, turn.says[:-1], language)
        response.hangup()
    elif turn.asked:
        return _question(turn.asked, turn.says, number, language)
    else:
        _say(response, turn.says, language)
        response.hangup()
    return _bytes(response)


def apologise(turn: int, failures: int, token: str, seconds: int | None) -> bytes:
    """Return an apology in every language, and the way back to the open question, after a pause to mend in.

    `failures`: how many in a row, this one included; `token` names this one.
    """
    response = VoiceResponse()
    _say(response, (Prompt("one-moment" if seconds else "apology"),), None)
    if seconds:
        response.pause(length=seconds)
    response.redirect(f"/voice/again/{turn}/{failures}/{token}", method="POST")
    return _bytes(response)


def give_up() -> bytes:
    """Return the sentence that the service can't answer now, in every language, and the end of the call."""
    response = VoiceResponse()
    _say(response, (Prompt("unavailable"),), None)
    response.hangup()
    return _bytes(response)


def farewell() -> bytes:
    """Return goodbye in every language, and the end of a call of which nothing is kept any more."""
    response = VoiceResponse()
    _say(response, (Prompt("goodbye"),), None)
    response.hangup()
    return _bytes(response)


def waiting(ticket: int, news: Sequence[Prompt], language: Language | None) -> bytes:
    """Return what somebody hears who waits, about 40 s of it: the news, then music; a key interrupts it."""
    response = VoiceResponse()
    gather = Gather(
        action=f"/voice/wait/{ticket}",
        method="POST",
        input="dtmf",
        num_digits=1,
        finish_on_key="",
        timeout=1,
        action_on_empty_result=True,
    )
    _say(gather, news, language)
    gather.play(music.path())
    response.append(gather)
    return _bytes(response)


def leave() -> bytes:
    """Return the way out of the queue."""
    response = VoiceResponse()
    response.leave()
    return _bytes(response)


def bridge(ticket: int, room: str, *, recording: bool) -> bytes:
    """Return the caller's way into the conference, which ends with it; what follows it is `/voice/after/<ticket>`."""
    response = VoiceResponse()
    dial = Dial(action=f"/voice/after/{ticket}", method="POST")
    _conference(dial, room, "caller", ends=True, record=_recorded(recording))
    response.append(dial)
    return _bytes(response)


def meet(room: str, advisor: int, *, muted: bool = False, coach: str | None = None, recording: bool = False) -> bytes:
    """Return an advisor's way into a conference. `coach`: the CallSid of the one whom only this advisor is heard by."""
    response, dial = VoiceResponse(), Dial()
    _conference(dial, room, f"advisor-{advisor}", ends=False, muted=muted, coach=coach, record=_recorded(recording))
    response.append(dial)
    return _bytes(response)


def held(language: Language | None) -> bytes:
    """Return what somebody on hold hears, again and again."""
    response = VoiceResponse()
    _say(response, (Prompt("on-hold"),), language)
    response.play(music.path())
    return _bytes(response)


def hang_up() -> bytes:
    """Return the end of a call, without a word: nobody's ear is on it, or it is not the one that we made."""
    response = VoiceResponse()
    response.hangup()
    return _bytes(response)


def nothing() -> bytes:
    """Return an empty document."""
    return _bytes(VoiceResponse())


def _wait(response: VoiceResponse, waiting: Waiting) -> None:
    ticket = waiting.ticket
    if waiting.room:
        dial = Dial(action=f"/voice/after/{ticket}", method="POST")
        _conference(dial, waiting.room, "caller", ends=True)
        response.append(dial)
    else:
        response.enqueue(
            QUEUE,
            action=f"/voice/queue/{ticket}",
            method="POST",
            wait_url=f"/voice/wait/{ticket}",
            wait_url_method="POST",
        )


def _recorded(recording: bool) -> str | None:
    return "record-from-start" if recording else None


def _conference(dial: Dial, room: str, label: str, *, ends: bool, **more: str | bool | None) -> None:
    dial.conference(
        room,
        participant_label=label,
        start_conference_on_enter=True,
        end_conference_on_exit=ends,
        beep="false",
        wait_url="",
        status_callback="/voice/conference",
        status_callback_event=CONFERENCE_EVENTS,
        status_callback_method="POST",
        **{name: value for name, value in more.items() if value},
    )


def _question(asked: Asked, says: Sequence[Prompt], number: int, language: Language | None) -> bytes:
    """Return the document of a question; one without a value, as most are, is written once and kept."""
    personal = any(prompt.values for prompt in (*says, asked.question.prompt))
    document = _gathering.__wrapped__ if personal else _gathering
    action, how = f"/voice/answer/{number}/{asked.key}", asked.question.listens.gathering
    return document(action, how, asked.listening, tuple(render(language, says)))


@lru_cache(2048)
def _gathering(action: str, how: Gathering, heard: Listening | None, says: tuple[Utterance, ...]) -> bytes:
    response = VoiceResponse()
    gather = Gather(
        action=action,
        method="POST",
        input="dtmf",
        finish_on_key=how.end_key,
        timeout=how.timeout,
        action_on_empty_result=True,
    )
    if how.digits:
        gather.attrs["numDigits"] = how.digits
    if heard:
        gather.attrs |= {
            "input": "dtmf speech",
            "language": HEARD_AS[heard.language],
            "hints": ", ".join(heard.hints),
            "speechTimeout": SILENCE_AFTER_SPEECH,
            "speechModel": HEARD_BY[heard.language],
        }
    _utter(gather, says)
    response.append(gather)
    return _bytes(response)


def _say(into: Gather | VoiceResponse, prompts: Sequence[Prompt], language: Language | None) -> None:
    _utter(into, render(language, prompts))


def _utter(into: Gather | VoiceResponse, says: Sequence[Utterance]) -> None:
    for utterance in says:
        if isinstance(utterance, Said):
            into.say(_NOT_XML.sub(" ", utterance.text), language=utterance.language, voice=utterance.voice)
        else:
            into.play(utterance.path)


def _bytes(response: VoiceResponse) -> bytes:
    document: str = response.to_xml()
    return document.encode()
