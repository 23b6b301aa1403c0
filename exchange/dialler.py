"""A call made in one process and one thread: for tests, and for scripted acceptance.

    call = Call(over_wsgi(app, AUTH_TOKEN), to="+212520447100")
    call.keys("2").hears("main-menu").dials("123456789#").hears("birth-date")

Nothing waits: speech is heard at once, and a Gather's time-out happens when the test says so. A call that
waits in a queue has heard its wait document once; `waits` is one more round. One that is in a conference
stays there until the test says what happens:

    call.keys("9").waits().fetched(url).hears_words("un conseiller"); call.joined; call.sent_to(url)
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Self

from exchange.complaints import Code, Complaint
from exchange.effects import (
    CallFacts,
    CallStatus,
    Confer,
    Connected,
    Effect,
    Ended,
    Entered,
    EnterQueue,
    Event,
    Fetch,
    Fetched,
    Finished,
    Held,
    HungUp,
    Interruption,
    Join,
    Joined,
    Key,
    LeaveQueue,
    Listen,
    Part,
    Parted,
    QueueFull,
    Redirected,
    Resumed,
    RingOut,
    Round,
    Silence,
    Speak,
    Speech,
    Unfetched,
)  # fmt: skip
from exchange.hand import Deed, Hand
from exchange.heard import AlonePlace, Post, Reply, Said, Webhook
from exchange.parameters import of_status_callback
from exchange.verbs import Client, Method, Number
from exchange.walker import Walker

ACCOUNT_SID = "AC" + "0" * 32
ORIGIN = "http://127.0.0.1:8039"
MOST_STEPS = 5000


class UnsoundTwimlError(AssertionError):
    """The application answered what Twilio would complain of."""


class EndlessCallError(AssertionError):
    """The application talks on and on without ever listening."""


class Call:
    """A call from its first webhook to its end.

    `ahead` is what the caller does while the first question is still being asked. `effects` holds
    all that happened, one by one; `said` is what was heard since the caller last did something,
    `heard` all of it. `question` and `turn` come from the action URL of the Gather that listens;
    `ended` is the call's last status, which `status_url`, if given, is told. With `strict` (the
    default), a document that Twilio would complain of fails the test; a webhook that does not
    answer never does: it goes to the fallback, as on Twilio.

    `queued` is the name of the queue in which the call waits, `joined` that of its conference, `dialled`
    the noun of a Dial that calls somebody; None otherwise. With `queues_full`, there is no room to wait.
    """

    def __init__(
        self,
        post: Post,
        *,
        to: str,
        from_: str = "+212661000001",
        voice_url: str = f"{ORIGIN}/voice/incoming",
        fallback_url: str | None = f"{ORIGIN}/voice/fallback",
        status_url: str | None = None,
        account_sid: str = ACCOUNT_SID,
        sid: str | None = None,
        strict: bool = True,
        ahead: Sequence[Deed] = (),
        sent: Mapping[str, str] | None = None,
        queues_full: bool = False,
    ) -> None:
        self.facts = CallFacts(sid or f"CA{secrets.token_hex(16)}", account_sid, from_, to)
        self.said: list[Said] = []
        self.heard: list[Said] = []
        self.webhooks: list[Webhook] = []
        self.ended: CallStatus | None = None
        self.listening: Listen | None = None
        self._post = post
        self._status_url = status_url
        self._strict = strict
        self.effects: list[Effect] = []
        self._hand = Hand()
        self._hand.will(*ahead)
        self.queued: str | None = None
        self.joined: str | None = None
        self.dialled: Client | Number | None = None
        self._queues_full = queues_full
        self._walker = Walker(self.facts, voice_url=voice_url, fallback_url=fallback_url, sent=sent)
        self._steps = self._walker.walk()
        self._effect: Effect = next(self._steps)
        self._run()

    @property
    def sid(self) -> str:
        """The call's identifier."""
        return self.facts.sid

    @property
    def question(self) -> str | None:
        """The key of the question that is open, None when nothing listens."""
        return self.listening.question if self.listening else None

    @property
    def turn(self) -> int | None:
        """The turn of the question that is open."""
        return self.listening.turn if self.listening else None

    @property
    def complaints(self) -> list[Complaint]:
        """What Twilio's debugger would show of this call."""
        return self._walker.complaints

    @property
    def words(self) -> str:
        """All that was said since the caller last did something, as one text."""
        return " ".join(text for _, text in self.said)

    def does(self, *deeds: Deed) -> Self:
        """Do one thing after the other."""
        if self.ended is not None:
            raise AssertionError(f"nobody is on the line: {self._situation()}")
        self.said = []
        self._hand.will(*deeds)
        self._run()
        return self

    def keys(self, keys: str) -> Self:
        """Press keys one after the other. A Gather that wants more is left waiting."""
        return self.does(*(Key(key) for key in keys))

    def dials(self, keys: str) -> Self:
        """Press keys, then wait: a Gather that still wants more gets its time-out."""
        self.keys(keys)
        return self.silence() if self.listening is not None and self.listening.digits else self

    def says(self, words: str, confidence: float = 0.9) -> Self:
        """Answer by voice, recognised with a confidence from 0 to 1."""
        return self.does(Speech(words, confidence))

    def silence(self) -> Self:
        """Do nothing until the Gather gives up."""
        return self.does(Silence())

    def hangs_up(self) -> Self:
        """Put the receiver down."""
        return self.does(HungUp())

    def waits(self) -> Self:
        """Wait in the queue for one more round of its document: a Gather in it that is open gives up."""
        assert self.queued is not None, f"{self._situation()}, not in a queue"  # noqa: S101
        self.said = []
        if self.listening is not None:
            self._hand.will(Silence())
            self._run()
        if isinstance(self._effect, Round):
            self._go_on(Finished())
        return self

    def fetched(self, url: str, method: Method = "POST") -> Self:
        """Leave the queue for a document, as when the application fetches the call by REST."""
        assert self.queued is not None, f"{self._situation()}, not in a queue"  # noqa: S101
        return self.meets(Redirected(url, method))

    def sent_to(self, url: str, method: Method = "POST") -> Self:
        """Go on with a document, as when the application updates the call by REST."""
        return self.meets(Redirected(url, method))

    def conference_ends(self) -> Self:
        """Be left by all others, or put out of the conference."""
        assert self.joined is not None, f"{self._situation()}, not in a conference"  # noqa: S101
        return self.meets(Parted())

    def held(self, url: str, method: Method = "POST") -> Self:
        """Hear a document instead of the conference, for one round."""
        assert self.joined is not None, f"{self._situation()}, not in a conference"  # noqa: S101
        return self.meets(Held(url, method))

    def resumed(self) -> Self:
        """Be back in the conference after being held."""
        return self.meets(Resumed())

    def dial_ends(self, status: CallStatus = "completed", seconds: int = 1) -> Self:
        """Say what came of calling the client or number of a Dial."""
        assert self.dialled is not None, f"{self._situation()}, calling nobody"  # noqa: S101
        return self.meets(Connected("CA" + "f" * 32, status, seconds))

    def meets(self, event: Interruption | Held | Connected) -> Self:
        """Let something happen to the call."""
        if self.ended is not None:
            raise AssertionError(f"nobody is on the line: {self._situation()}")
        self.said = []
        self._go_on(event)
        return self

    def hears(self, question: str, *fragments: str) -> Self:
        """Assert which question is open, and what was said since the caller last did something."""
        assert self.question == question, f"{self._situation()}, not {question!r}"  # noqa: S101 - it is for tests
        return self.hears_words(*fragments)

    def hears_words(self, *fragments: str) -> Self:
        """Assert what was said since the caller last did something."""
        for fragment in fragments:
            assert fragment in self.words, f"{fragment!r} was not said: {self.words!r}"  # noqa: S101
        return self

    def ends(self, status: CallStatus = "completed") -> Self:
        """Assert that the call is over."""
        assert self.ended == status, f"{self._situation()}, not ended {status!r}"  # noqa: S101
        return self

    def again(self, index: int = -1) -> Reply:
        """Deliver a past webhook once more; the call itself does not see the answer."""
        return self._deliver(self.webhooks[index].url, self.webhooks[index].params)

    def _situation(self) -> str:
        if self.ended is not None:
            return f"the call has ended {self.ended!r}"
        if self.joined is not None:
            return f"the call is in the conference {self.joined!r}"
        if self.queued is not None and self.listening is None:
            return f"the call waits in the queue {self.queued!r}"
        return f"the open question is {self.question!r}"

    def _go_on(self, event: Event) -> None:
        self._effect = self._steps.send(event)
        self._run()

    def _run(self) -> None:
        for _ in range(MOST_STEPS):
            event = self._answer(self._effect)
            if self._strict and (complaints := [c for c in self.complaints if c.code.number >= Code.PARSE.number]):
                raise UnsoundTwimlError("; ".join(map(str, complaints)))
            if event is None:
                return
            self._effect = self._steps.send(event)
        raise EndlessCallError(f"{MOST_STEPS} steps without a question; last said: {self.words[-200:]!r}")

    def _answer(self, effect: Effect) -> Event | None:
        """Say what happens next; None when it is the caller's turn, or the call is over."""
        if not self.effects or effect is not self.effects[-1]:
            self.effects.append(effect)
        self.listening = effect if isinstance(effect, Listen) else None
        self.dialled = effect.target if isinstance(effect, RingOut) else None
        match effect:
            case Fetch():
                return self._fetch(effect)
            case Ended(status):
                self.ended, self.queued, self.joined = status, None, None
                self._hand.forget()
                self._tell_status(status)
                return None
            case Listen() | Round() | Confer():
                return self._hand.does(effect)
            case Speak(text, language):
                self.said.append(Said(language, text))
                self.heard.append(Said(language, text))
            case EnterQueue() | LeaveQueue() | Join() | Part() | RingOut():
                return self._connect(effect)
        return self._hand.does(effect) or Finished()

    def _connect(self, effect: EnterQueue | LeaveQueue | Join | Part | RingOut) -> Event | None:
        match effect:
            case EnterQueue() if self._queues_full:
                return QueueFull()
            case EnterQueue(enqueue):
                self.queued = enqueue.name
                return Entered(AlonePlace())
            case LeaveQueue():
                self.queued = None
                return Finished()
            case Join(conference):
                self.joined = conference.name
                return Joined()
            case Part():
                self.joined = None
                return Finished()
            case RingOut():
                return self._hand.does(effect)

    def _fetch(self, effect: Fetch) -> Event:
        try:
            reply = self._deliver(effect.url, effect.params)
        except OSError as error:
            return Unfetched(Code.CONNECTION, str(error))
        self.webhooks.append(Webhook(effect.url, effect.params, reply, effect.method))
        content_type = next((v for k, v in reply.headers.items() if k.lower() == "content-type"), "")
        return Fetched(reply.status, content_type, reply.body)

    def _tell_status(self, status: CallStatus) -> None:
        if self._status_url is not None:
            params = of_status_callback(self.facts, status, seconds=1, at=datetime.now(UTC))
            self.webhooks.append(Webhook(self._status_url, params, self._deliver(self._status_url, params)))

    def _deliver(self, url: str, params: Mapping[str, str]) -> Reply:
        status, headers, body = self._post(url, params)
        return Reply(status, headers, body.decode() if isinstance(body, bytes) else body)
