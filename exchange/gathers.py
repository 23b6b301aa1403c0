"""Reading the attributes of a Gather, and collecting what the caller enters into it.

https://www.twilio.com/docs/voice/twiml/gather
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from exchange.attributes import Attributes, Complain, boolean, http_method, positive
from exchange.complaints import Code
from exchange.effects import Event, Key, Silence, Speech
from exchange.verbs import Gather, Mode, Prompt

GATHER_ATTRIBUTES = frozenset({
    "action", "actionOnEmptyResult", "bargeIn", "debug", "enhanced", "finishOnKey", "hints", "input",
    "language", "maxSpeechTime", "method", "numDigits", "partialResultCallback",
    "partialResultCallbackMethod", "profanityFilter", "speechModel", "speechTimeout", "timeout",
})  # fmt: skip
KEYS = "0123456789*#"
SPEECH_MODELS = ("default", "numbers_and_commands", "phone_call", "experimental_")
SPEECH_PROVIDERS = ("googlev2_", "deepgram_")
MOST_HINTS, LONGEST_HINT = 500, 100


def gather_of(given: Mapping[str, str], prompts: tuple[Prompt, ...], complain: Complain) -> Gather:
    """Read a Gather; what Twilio refuses is complained of and takes its default."""
    reader = Attributes(given, complain)
    speech_timeout = reader.read("speechTimeout", Code.SPEECH_TIMEOUT, _seconds_or_auto, None)
    speech_model = reader.read("speechModel", Code.SPEECH_MODEL, _speech_model, "default")
    if speech_timeout == "auto" and speech_model == "default":
        complain(Code.SPEECH_TIMEOUT_AUTO, "give a speech model")
        speech_timeout = None
    finish_on_key = given.get("finishOnKey", "#")
    several = len(finish_on_key) > 1
    return Gather(
        prompts=prompts,
        action=given.get("action", ""),
        method=reader.read("method", Code.GATHER_METHOD, http_method, "POST"),
        modes=reader.read("input", Code.INPUT, _modes, frozenset({"dtmf"})),
        num_digits=reader.read("numDigits", Code.NUM_DIGITS, positive, None),
        finish_on_key=reader.read(
            "finishOnKey", Code.FINISH_ON_KEYS if several else Code.FINISH_ON_KEY, _finishing_key, "#"
        ),
        timeout=reader.read("timeout", Code.TIMEOUT, positive, 5),
        speech_timeout=speech_timeout,
        speech_model=speech_model,
        language=reader.read("language", Code.GATHER_LANGUAGE, _language, "en-US"),
        hints=reader.read("hints", Code.HINTS, _hints, ()),
        action_on_empty_result=reader.read("actionOnEmptyResult", Code.ACTION_ON_EMPTY_RESULT, boolean, False),
        barge_in=reader.read("bargeIn", Code.BARGE_IN, boolean, True),
    )


@dataclass(slots=True)
class Entry:
    """What a caller has entered into one Gather so far.

    Twilio's rules: the key that finishes is not among the digits; the last of `numDigits` keys
    ends the entry at once; whichever of the two comes first counts; the first key makes the
    Gather deaf to speech; a time-out ends it with the keys so far.

    What is posted besides `Digits` is not on Twilio's pages but on the wire: `msg=Gather End`,
    and `FinishedOnKey`, empty when `numDigits` or a time-out ended the entry. `Digits` is sent
    empty for an empty entry with `actionOnEmptyResult`; for a Gather of speech alone we send an
    empty `SpeechResult` there, which is a guess.
    """

    gather: Gather
    digits: str = ""
    finished_on: str = ""
    speech: Speech | None = None
    over: bool = False

    def take(self, event: Event) -> None:
        """Enter what the caller does; what the Gather does not listen to changes nothing."""
        match event:
            case Key(key) if "dtmf" in self.gather.modes:
                if key == self.gather.finish_on_key:
                    self.finished_on, self.over = key, True
                else:
                    self.digits += key
                    self.over = len(self.digits) == self.gather.num_digits
            case Speech() if "speech" in self.gather.modes and not self.digits:
                self.speech, self.over = event, True
            case Silence():
                self.over = True

    @property
    def empty(self) -> bool:
        """Whether nothing was entered: Twilio then goes on with the next verb, unless asked not to."""
        return not self.digits and self.speech is None

    @property
    def params(self) -> dict[str, str]:
        """What the action URL is sent besides the call's parameters."""
        if self.speech is not None:
            return {
                "SpeechResult": self.speech.text,
                "Confidence": str(self.speech.confidence),
                "Language": self.gather.language,
            }
        if "dtmf" not in self.gather.modes:
            return {"SpeechResult": ""}
        return {"Digits": self.digits, "FinishedOnKey": self.finished_on, "msg": "Gather End"}


def _seconds_or_auto(given: str) -> int | Literal["auto"] | None:
    return "auto" if given == "auto" else positive(given)


def _finishing_key(given: str) -> str | None:
    return given if given == "" or (len(given) == 1 and given in KEYS) else None


def _modes(given: str) -> frozenset[Mode] | None:
    modes = given.split()
    return frozenset(cast("list[Mode]", modes)) if modes and set(modes) <= {"dtmf", "speech"} else None


def _speech_model(given: str) -> str | None:
    return given if given.startswith((*SPEECH_MODELS, *SPEECH_PROVIDERS)) else None


def _language(given: str) -> str | None:
    return given if given and all(part.isalnum() and part.isascii() for part in given.split("-")) else None


def _hints(given: str) -> tuple[str, ...] | None:
    hints = tuple(hint.strip() for hint in given.split(",") if hint.strip())
    return hints if len(hints) <= MOST_HINTS and all(len(hint) <= LONGEST_HINT for hint in hints) else None
