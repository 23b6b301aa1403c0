"""Walking a call through the documents of an application, without a socket or a clock.

`Walker.walk` yields effects and is sent events (`exchange.effects`). It decides, as Twilio does,
which document comes next, what interrupts what, and when the call is over. A document that cannot
be had or read leads to the fallback URL with `ErrorCode` and `ErrorUrl`; where there is none, or
it fails too, the caller hears Twilio's apology and the call ends. Queues are walked by
`exchange.enqueued`, conferences and dialled calls by `exchange.dialled`.

**Keys typed ahead.** Twilio's pages say that a key stops what a Gather is saying and counts as its
first; they are silent on keys pressed while a webhook is in flight, and what callers meet is that
those are lost. The walker therefore keeps no keys: one pressed outside a Gather is lost because
no effect is there to take it. A scripted line such as `123456789#` is a hand that presses its next
key a moment later (`exchange.hand`): the tenth key reaches the next Gather, which is what the habit
of closing with `#` does to a real application.
"""

from collections.abc import Generator, Mapping
from typing import TypeAlias
from urllib.parse import urljoin

from exchange import dialled, enqueued, parameters, twiml
from exchange.complaints import Code, Complaint, ComplaintError
from exchange.effects import (
    Answered,
    CallFacts,
    CallStatus,
    Effect,
    Ended,
    Event,
    Fetch,
    Fetched,
    Finished,
    Listen,
    Redirected,
    Ring,
    Sound,
    Speak,
    Unanswered,
    Unfetched,
)  # fmt: skip
from exchange.gathers import Entry
from exchange.steps import InterruptionError, LeftError, OverError, Request, interrupts, sounds
from exchange.verbs import (
    Dial,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Method,
    Mode,
    Pause,
    Play,
    Redirect,
    Reject,
    Say,
    Unsupported,
    Verb,
)  # fmt: skip

Steps: TypeAlias = Generator[Effect, Event, Request | None]

APOLOGY = "We are sorry, an application error has occurred. Goodbye."
MOST_SILENT_HOPS = 100
"""Documents in a row that neither say nor ask anything, before we call it a loop. Twilio's own
bound is not published; ours keeps a mistake from spinning for ever."""


class Walker:
    """One call. `complaints` fills with what Twilio's debugger would show.

    `sent` goes with the first webhook only, as the parameters of a client's call do. With `rings_for`,
    in seconds, the call is an outgoing one, which rings first. A `document` may be performed instead of
    asking for a first one.
    """

    def __init__(
        self,
        call: CallFacts,
        *,
        voice_url: str,
        voice_method: Method = "POST",
        sent: Mapping[str, str] | None = None,
        fallback_url: str | None = None,
        rings_for: float | None = None,
        document: twiml.Document | None = None,
    ) -> None:
        self.call = call
        self.complaints: list[Complaint] = []
        self.status: CallStatus = "ringing" if rings_for is None else "queued"
        self._first = Request(voice_method, voice_url, dict(sent or {}))
        self._fallback_url = fallback_url
        self._rings_for = rings_for
        self._document = document
        self._silent_hops = 0

    def walk(self) -> Generator[Effect, Event, None]:
        """Yield what the call does; the last effect is `Ended`."""
        try:
            if self._rings_for is not None:
                yield from self._ring(self._rings_for)
            yield from self._documents(self._first)
        except OverError as over:
            self.status = over.status
        yield Ended(self.status)

    def ask(self, effect: Effect) -> Generator[Effect, Event, Event]:
        """Yield an effect; raises `InterruptionError` where something breaks it off."""
        event = yield effect
        if interrupts(event):
            raise InterruptionError(event)
        return event

    def sound(self, sound: Sound) -> Generator[Effect, Event, Event]:
        """Let something be heard."""
        self._silent_hops = 0
        return (yield from self.ask(sound))

    def fetch(self, request: Request) -> Generator[Effect, Event, twiml.Document]:
        """Ask for a document; raises `ComplaintError` where there is none that can be read."""
        self._silent_hops += 1
        if self._silent_hops > MOST_SILENT_HOPS:
            self._silent_hops = 0
            raise ComplaintError(Complaint(Code.TOO_MANY_REDIRECTS, "nothing said or asked", request.url))
        match (yield from self.ask(self._webhook(request))):
            case Fetched(200, content_type, body):
                document = twiml.read(request.url, content_type, body)
                self.complaints += document.complaints
                return document
            case Fetched(status):
                raise ComplaintError(Complaint(Code.RETRIEVAL, f"answered {status}", request.url))
            case Unfetched(code, detail):
                raise ComplaintError(Complaint(code, detail, request.url))
            case event:
                raise AssertionError(f"a document is not answered with {event}")

    def tell(self, request: Request) -> Generator[Effect, Event, None]:
        """Send a webhook whose answer is not performed."""
        yield from self.ask(self._webhook(request))

    def perform(self, document: twiml.Document, within: frozenset[type] | None = None) -> Steps:
        """Do what a document says, up to the verb that leads to another: its request, or None at the end.

        `within` are the verbs that may stand in it, where not all may.
        """
        for verb in document.verbs:
            if within is not None and type(verb) not in within:
                name = verb.name if isinstance(verb, Unsupported) else type(verb).__name__
                raise ComplaintError(Complaint(Code.UNSUPPORTED_VERB, f"{name} while waiting", document.url))
            if within is None and isinstance(verb, Leave):
                self.complaints.append(Complaint(Code.SCHEMA, "Leave outside a queue", document.url))
                continue
            self._pick_up(verb)
            following = yield from self._do(verb, document)
            if following is not None:
                return following
        return None

    def hung_up(self) -> OverError:
        """Say how a call ends that one side put down."""
        return OverError("canceled" if self.status in {"queued", "ringing"} else "completed")

    def _ring(self, seconds: float) -> Generator[Effect, Event, None]:
        self.status = "ringing"
        match (yield Ring(seconds)):
            case Answered():
                self.status = "in-progress"
            case Unanswered(status):
                raise OverError(status)
            case _:
                raise self.hung_up()

    def _documents(self, request: Request) -> Generator[Effect, Event, None]:
        while True:
            try:
                document, self._document = self._document, None
                following = yield from self.perform(document or (yield from self.fetch(request)))
                if following is None:
                    raise OverError("completed")
                request = following
            except InterruptionError as interrupted:
                request = self._sent_on(interrupted)
            except ComplaintError as stopped:
                self.complaints.append(stopped.complaint)
                if request.is_fallback or self._fallback_url is None:
                    yield from self._apologise()
                    raise OverError("completed") from stopped
                request = self._fall_back(self._fallback_url, stopped.complaint)

    def _sent_on(self, interrupted: InterruptionError) -> Request:
        match interrupted.event:
            case Redirected(url, method):
                self._silent_hops = 0
                return Request(method, url)
            case _:
                raise self.hung_up() from interrupted

    def _apologise(self) -> Generator[Effect, Event, None]:
        self.status = "in-progress"
        try:
            yield from self.sound(Speak(APOLOGY, "en-US", "man"))
        except InterruptionError:
            return

    def _fall_back(self, url: str, complaint: Complaint) -> Request:
        told = {"ErrorCode": str(complaint.code.number), "ErrorUrl": complaint.url}
        return Request("POST", url, told, is_fallback=True)

    def _webhook(self, request: Request) -> Fetch:
        return Fetch(request.method, request.url, parameters.of_call(self.call, self.status) | request.params)

    def _do(self, verb: Verb, document: twiml.Document) -> Steps:
        match verb:
            case Say() | Play() | Pause():
                for sound in sounds(verb, document.url, frozenset()):
                    yield from self.sound(sound)
            case Gather():
                return (yield from self._gather(verb, document.url))
            case Redirect(url, method):
                return Request(method, urljoin(document.url, url))
            case Enqueue():
                return (yield from enqueued.walk(self, verb, document.url))
            case Dial():
                return (yield from dialled.walk(self, verb, document.url))
            case Leave():
                raise LeftError
            case Hangup() | Reject():
                raise OverError("completed")
            case Unsupported(name):
                raise ComplaintError(Complaint(Code.UNSUPPORTED_VERB, name, document.url))
        return None

    def _pick_up(self, verb: Verb) -> None:
        """Answer the call, unless the first verb rejects it, or pauses, which delays the answer."""
        if self.status != "ringing" or isinstance(verb, Pause):
            return
        if isinstance(verb, Reject):
            raise OverError("busy" if verb.reason == "busy" else "no-answer")
        self.status = "in-progress"

    def _gather(self, gather: Gather, base: str) -> Steps:
        """Collect an entry; the request of its action, or None to go on with the next verb."""
        action = urljoin(base, gather.action)
        entry = Entry(gather)
        interrupted_by: frozenset[Mode] = gather.modes if gather.barge_in else frozenset()
        for sound in (sound for nested in gather.prompts for sound in sounds(nested, base, interrupted_by)):
            event = yield from self.sound(sound)
            entry.take(event)
            if not isinstance(event, Finished):
                break
        self._silent_hops = 0
        while not entry.over:
            entry.take((yield from self.ask(Listen(gather, action, entry.digits, float(gather.timeout)))))
        if entry.empty and not gather.action_on_empty_result:
            return None
        return Request(gather.method, action, entry.params)
