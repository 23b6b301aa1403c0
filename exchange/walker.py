"""Walking a call through the documents of an application, without a socket or a clock.

`Walker.walk` yields effects and is sent events (`exchange.effects`). It decides, as Twilio does,
which document comes next, what interrupts what, and when the call is over. A document that cannot
be had or read leads to the fallback URL with `ErrorCode` and `ErrorUrl`; where there is none, or
it fails too, the caller hears Twilio's apology and the call ends.

**Keys typed ahead.** Twilio's pages say that a key stops what a Gather is saying and counts as its
first; they are silent on keys pressed while a webhook is in flight, and what callers meet is that
those are lost. The walker therefore keeps no keys: one pressed outside a Gather is lost because
no effect is there to take it. A scripted line such as `123456789#` is a hand that presses its next
key a moment later (`exchange.hand`): the tenth key reaches the next Gather, which is what the habit
of closing with `#` does to a real application.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urljoin

from exchange import parameters, twiml
from exchange.complaints import Code, Complaint, ComplaintError
from exchange.effects import (
    CallFacts,
    CallStatus,
    Effect,
    Ended,
    Event,
    Fetch,
    Fetched,
    Finished,
    HungUp,
    Listen,
    PlayAudio,
    Rest,
    Sound,
    Speak,
    Unfetched,
)  # fmt: skip
from exchange.gathers import Entry
from exchange.verbs import Gather, Hangup, Method, Mode, Pause, Play, Prompt, Redirect, Reject, Say, Unsupported, Verb

Steps: TypeAlias = Generator[Effect, Event, "Request"]

APOLOGY = "We are sorry, an application error has occurred. Goodbye."
MOST_SILENT_HOPS = 100
"""Documents in a row that neither say nor ask anything, before we call it a loop. Twilio's own
bound is not published; ours keeps a mistake from spinning for ever."""


@dataclass(frozen=True, slots=True)
class Request:
    """The next document to ask for."""

    method: Method
    url: str
    params: dict[str, str] = field(default_factory=dict)
    is_fallback: bool = False


class _OverError(Exception):
    """The call is over, with this status."""

    def __init__(self, status: CallStatus) -> None:
        super().__init__(status)
        self.status = status


class Walker:
    """One call. `complaints` fills with what Twilio's debugger would show."""

    def __init__(self, call: CallFacts, *, voice_url: str, fallback_url: str | None = None) -> None:
        self.call = call
        self.complaints: list[Complaint] = []
        self.status: CallStatus = "ringing"
        self._first = Request("POST", voice_url)
        self._fallback_url = fallback_url
        self._silent_hops = 0

    def walk(self) -> Generator[Effect, Event, None]:
        """Yield what the call does; the last effect is `Ended`."""
        try:
            yield from self._documents(self._first)
        except _OverError as over:
            self.status = over.status
        yield Ended(self.status)

    def _documents(self, request: Request) -> Generator[Effect, Event, None]:
        while True:
            try:
                document = yield from self._fetch(request)
                request = yield from self._perform(document)
            except ComplaintError as stopped:
                self.complaints.append(stopped.complaint)
                if request.is_fallback or self._fallback_url is None:
                    self.status = "in-progress"
                    yield from self._sound(Speak(APOLOGY, "en-US", "man"))
                    raise _OverError("completed") from stopped
                request = self._fall_back(self._fallback_url, stopped.complaint)

    def _fall_back(self, url: str, complaint: Complaint) -> Request:
        told = {"ErrorCode": str(complaint.code.number), "ErrorUrl": complaint.url}
        return Request("POST", url, told, is_fallback=True)

    def _fetch(self, request: Request) -> Generator[Effect, Event, twiml.Document]:
        self._silent_hops += 1
        if self._silent_hops > MOST_SILENT_HOPS:
            self._silent_hops = 0
            raise ComplaintError(Complaint(Code.TOO_MANY_REDIRECTS, "nothing said or asked", request.url))
        params = parameters.of_call(self.call, self.status) | request.params
        match (yield Fetch(request.method, request.url, params)):
            case Fetched(200, content_type, body):
                document = twiml.read(request.url, content_type, body)
                self.complaints += document.complaints
                return document
            case Fetched(status):
                raise ComplaintError(Complaint(Code.RETRIEVAL, f"answered {status}", request.url))
            case Unfetched(code, detail):
                raise ComplaintError(Complaint(code, detail, request.url))
            case _:
                raise self._hung_up()

    def _perform(self, document: twiml.Document) -> Steps:
        """Do what a document says, up to the verb that leads to another; at its end, hang up."""
        for verb in document.verbs:
            self._pick_up(verb)
            match verb:
                case Say() | Play() | Pause():
                    for sound in _sounds(verb, document.url, frozenset()):
                        yield from self._sound(sound)
                case Gather():
                    following = yield from self._gather(verb, document.url)
                    if following is not None:
                        return following
                case Redirect(url, method):
                    return Request(method, urljoin(document.url, url))
                case Hangup() | Reject():
                    break
                case Unsupported(name):
                    raise ComplaintError(Complaint(Code.UNSUPPORTED_VERB, name, document.url))
        raise _OverError("completed")

    def _pick_up(self, verb: Verb) -> None:
        """Answer the call, unless the first verb rejects it, or pauses, which delays the answer."""
        if self.status != "ringing" or isinstance(verb, Pause):
            return
        if isinstance(verb, Reject):
            raise _OverError("busy" if verb.reason == "busy" else "no-answer")
        self.status = "in-progress"

    def _gather(self, gather: Gather, base: str) -> Generator[Effect, Event, Request | None]:
        """Collect an entry; the request of its action, or None to go on with the next verb."""
        action = urljoin(base, gather.action)
        entry = Entry(gather)
        interrupted_by: frozenset[Mode] = gather.modes if gather.barge_in else frozenset()
        for sound in (sound for nested in gather.prompts for sound in _sounds(nested, base, interrupted_by)):
            event = yield from self._sound(sound)
            entry.take(event)
            if not isinstance(event, Finished):
                break
        self._silent_hops = 0
        while not entry.over:
            event = yield Listen(gather, action, entry.digits, float(gather.timeout))
            if isinstance(event, HungUp):
                raise self._hung_up()
            entry.take(event)
        if entry.empty and not gather.action_on_empty_result:
            return None
        return Request(gather.method, action, entry.params)

    def _sound(self, sound: Sound) -> Generator[Effect, Event, Event]:
        self._silent_hops = 0
        event = yield sound
        if isinstance(event, HungUp):
            raise self._hung_up()
        return event

    def _hung_up(self) -> _OverError:
        return _OverError("canceled" if self.status == "ringing" else "completed")


def _sounds(prompt: Prompt, base: str, interrupted_by: frozenset[Mode]) -> Iterator[Sound]:
    match prompt:
        case Say(text, language, voice, loop):
            for _ in range(loop):
                yield Speak(text, language, voice, interrupted_by)
        case Play(url, loop):
            for _ in range(loop):
                yield PlayAudio(urljoin(base, url), interrupted_by)
        case Pause(length):
            yield Rest(float(length), interrupted_by)
