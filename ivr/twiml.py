"""A turn → TwiML: the only module that writes it.

No user's text ever becomes a verb, a number or a URL: what is said comes from `prompts/` with typed values, URLs from
turn numbers and question keys.
"""

import re
from collections.abc import Sequence

from twilio.twiml.voice_response import Gather, VoiceResponse

from backend.wording import Language
from ivr.conversation import Prompt
from ivr.engine import Asked, Turn
from ivr.speech import HEARD_AS, HEARD_BY, Said, render

SILENCE_AFTER_SPEECH = 2  # seconds
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(turn: Turn, number: int, language: Language | None) -> bytes:
    """Return the document of turn `number`: what is said, then the gathering of the answer or the end of the call."""
    response = VoiceResponse()
    if turn.asked:
        gather = _gather(turn.asked, number)
        _say(gather, turn.says, language)
        response.append(gather)
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


def nothing() -> bytes:
    """Return an empty document."""
    return _bytes(VoiceResponse())


def _gather(asked: Asked, number: int) -> Gather:
    how = asked.question.listens.gathering
    gather = Gather(
        action=f"/voice/answer/{number}/{asked.key}",
        method="POST",
        input="dtmf",
        finish_on_key=how.end_key,
        timeout=how.timeout,
        action_on_empty_result=True,
    )
    if how.digits:
        gather.attrs["numDigits"] = how.digits
    if heard := asked.listening:
        gather.attrs |= {
            "input": "dtmf speech",
            "language": HEARD_AS[heard.language],
            "hints": ", ".join(heard.hints),
            "speechTimeout": SILENCE_AFTER_SPEECH,
            "speechModel": HEARD_BY[heard.language],
        }
    return gather


def _say(into: Gather | VoiceResponse, prompts: Sequence[Prompt], language: Language | None) -> None:
    for utterance in render(language, prompts):
        if isinstance(utterance, Said):
            into.say(_NOT_XML.sub(" ", utterance.text), language=utterance.language, voice=utterance.voice)
        else:
            into.play(utterance.path)


def _bytes(response: VoiceResponse) -> bytes:
    document: str = response.to_xml()
    return document.encode()
