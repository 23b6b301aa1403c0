"""What Twilio's debugger would say of a call: the numbers and texts of its error dictionary.

Source: https://www.twilio.com/docs/api/errors. An *error* stops the document and leads to the
fallback URL; a *warning* is noted and the call goes on without what was wrong.
"""

from dataclasses import dataclass
from enum import Enum


class Code(Enum):
    """A number of Twilio's dictionary, its text, and whether it stops the document."""

    RETRIEVAL = (11200, "HTTP retrieval failure", True)
    CONNECTION = (11205, "HTTP connection failure", True)
    TOO_MANY_REDIRECTS = (11215, "HTTP too many redirects", True)
    PARSE = (12100, "Document parse failure", True)
    ROOT = (12102, "Root element must be Response", True)
    SCHEMA = (12200, "Schema validation warning", False)
    CONTENT_TYPE = (12300, "Invalid Content-Type", True)
    DIAL_TIMEOUT = (13212, "Dial: Invalid timeout value", False)
    DIAL_NESTED = (13215, "Dial: Invalid nested element", False)
    MUTED = (13230, "Dial->Conference: Invalid muted value", False)
    END_ON_EXIT = (13231, "Dial->Conference: Invalid endConferenceOnExit value", False)
    START_ON_ENTER = (13232, "Dial->Conference: Invalid startConferenceOnEnter value", False)
    WAIT_METHOD = (13234, "Dial->Conference: Invalid waitMethod value", False)
    BEEP = (13235, "Dial->Conference: Invalid beep value", False)
    COACH = (13240, "Dial->Conference: Invalid Whisper SID", False)
    FINISH_ON_KEY = (13310, "Gather: Invalid finishOnKey value", False)
    FINISH_ON_KEYS = (13311, "Gather: finishOnKey must be a single character", False)
    GATHER_METHOD = (13312, "Gather: Invalid method value", False)
    TIMEOUT = (13313, "Gather: Invalid timeout value", False)
    NUM_DIGITS = (13314, "Gather: Invalid numDigits value", False)
    NESTED_VERB = (13320, "Gather: Invalid nested verb", False)
    INPUT = (13326, "Gather: Invalid input value", False)
    SPEECH_TIMEOUT = (13327, "Gather: Invalid speechTimeout value", False)
    HINTS = (13330, "Gather: Invalid hints value", False)
    GATHER_LANGUAGE = (13331, "Gather: Invalid language value", False)
    BARGE_IN = (13332, "Gather: Invalid bargeIn value", False)
    PROFANITY_FILTER = (13333, "Gather: Invalid profanityFilter value", False)
    SPEECH_MODEL = (13334, "Gather: Invalid model value", False)
    SPEECH_TIMEOUT_AUTO = (13335, "Gather: speechTimeout auto cannot be used with model default", False)
    ACTION_ON_EMPTY_RESULT = (13338, "Gather: Invalid actionOnEmptyResult value", False)
    PLAY_LOOP = (13410, "Play: Invalid loop value", False)
    SAY_LOOP = (13510, "Say: Invalid loop value", False)
    SAY_TEXT = (13520, "Say: Invalid text", False)
    SAY_TOO_LONG = (13521, "Say: element character limits exceeded", False)
    REDIRECT_METHOD = (13710, "Redirect: Invalid method value", False)
    UNSUPPORTED_VERB = (13750, "TwiML verb not supported by this exchange", True)
    REJECT_REASON = (13810, "Reject: Invalid cause", False)
    PAUSE_LENGTH = (13910, "Pause: Invalid length value", False)
    CONFERENCE = (16002, "Failed to validate conference attributes", False)
    SAME_LABEL = (16025, "Conference: participant label already in use", False)

    @property
    def number(self) -> int:
        """The number that a fallback URL is told as `ErrorCode`."""
        return self.value[0]

    @property
    def text(self) -> str:
        """The title of the page that explains it."""
        return self.value[1]

    @property
    def stops(self) -> bool:
        """Whether Twilio leaves the document for the fallback URL."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One entry of the debugger: what was wrong, in which document."""

    code: Code
    detail: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.code.number} {self.code.text}: {self.detail}"


class ComplaintError(Exception):
    """A complaint that stops the document."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(str(complaint))
        self.complaint = complaint
