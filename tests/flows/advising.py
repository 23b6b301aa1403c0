"""The other end of a call: an advisor who is offered it, takes it, joins and ends it; and what the carrier tells."""

from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import select

from backend import clock, db
from backend.seal import unseal
from backend.telephony import Handed
from backend.wording import Language
from backend.work import Actor, begin
from callcenter import agents, bridging, dialling, offers, presence, talks, tickets
from callcenter.dialling import Attempt
from callcenter.routing import SUBJECTS, Level, Subject
from callcenter.tickets import Ticket
from exchange.dialler import ORIGIN, Call
from exchange.posting import over_wsgi
from svi import clock as duties
from tests.conftest import ACCOUNT, TOKEN

OURS = "+212520447100"
EXPERT: dict[Subject, Level] = dict.fromkeys(SUBJECTS, 3)


class Carrier:
    """What Twilio tells the application besides what the caller's own leg brings about."""

    def __init__(self, app: Flask) -> None:
        self.post = over_wsgi(app, TOKEN)

    def tells(self, path: str, call: Call, **params: str) -> str:
        """Deliver a webhook about a call, and return the document."""
        facts = {"CallSid": call.sid, "AccountSid": ACCOUNT, "From": call.facts.from_, "To": call.facts.to}
        status, _, body = self.post(f"{ORIGIN}{path}", facts | params)
        assert status == 200
        return str(body)

    def tells_of(self, event: str, call: Call) -> None:
        """Tell what a leg did in its conference (`participant-join`, `participant-leave`)."""
        room = call.joined or ""
        self.tells("/voice/conference", call, StatusCallbackEvent=event, FriendlyName=room, ConferenceSid="CF1")

    def connects(self, url: str, to: str, **more: Any) -> Call:
        """Have somebody answer a call of ours, and ask `url` what to do with it."""
        return Call(self.post, to=to, from_=OURS, voice_url=url, account_sid=ACCOUNT, **more)

    def calls_out(self) -> tuple[Attempt, str]:
        """Place the call that waits to be placed; return it, and the SID under which it rings."""
        with begin(Actor("job", "test")) as work:
            attempt = dialling.claim(work)
            assert isinstance(attempt, Attempt)
            sid = f"CA{attempt.id:032}"
            dialling.settle(work, attempt.id, Handed(sid))
        return attempt, sid

    def reaches(self, **more: Any) -> Call:
        """Place the call that waits to be placed, and have it answered."""
        attempt, sid = self.calls_out()
        status = f"{ORIGIN}/voice/status?dial={attempt.id}"
        return self.connects(dialling.callback_url(attempt.id), attempt.number, sid=sid, status_url=status, **more)


class Desk:
    """An advisor who is signed in; by default an expert in all, who speaks `language` alone."""

    def __init__(self, carrier: Carrier, login: str = "s.alami", language: Language = "fr", **skills: Level) -> None:
        self.carrier = carrier
        known: dict[Subject, Level] = {subject: skills[subject] for subject in SUBJECTS if subject in skills} or EXPERT
        with begin(Actor("command", "test")) as work:
            self.id = agents.add(work, login, login, [language], known).id
            presence.sign_in(work, login)
        self.offer = 0
        self.leg: Call | None = None

    def is_ready(self) -> "Desk":
        """Be offered calls from now on."""
        with begin(self._actor) as work:
            presence.be_ready(work, self.id)
        return self

    def takes(self) -> Ticket:
        """Accept the offer that stands."""
        with begin(self._actor) as work:
            offered = offers.shown(work, self.id)
            assert offered
            self.offer = offered.id
            return offers.accept(work, self.id, offered.id)

    def dials_in(self, offer: object = None, identity: str | None = None) -> Call:
        """Dial in as the browser does, for the offer that was accepted unless another is said."""
        self.leg = Call(
            self.carrier.post,
            to="",
            from_=identity or f"client:{agents.identity(self.id)}",
            voice_url=f"{ORIGIN}/voice/agent",
            account_sid=ACCOUNT,
            sent={"offer": str(offer or self.offer)},
        )
        return self.leg

    def joins(self) -> Call:
        """Dial in, and be in the conference."""
        leg = self.dials_in()
        self.carrier.tells_of("participant-join", leg)
        return leg

    def fetches(self, caller: Call) -> Call:
        """Have the caller who waits in the carrier's queue come to the conference, where the advisor is."""
        caller.fetched(f"{ORIGIN}/voice/bridge/{self.offer}")
        self.carrier.tells_of("participant-join", caller)
        return caller

    def talks_to(self, caller: Call) -> Call:
        """Take the call that is offered, and meet the caller."""
        self.is_ready().takes()
        self.joins()
        self.fetches(caller)
        assert self.leg
        assert caller.joined == self.leg.joined
        return caller

    def ends(self, caller: Call) -> Call:
        """End the talk: the caller's leg is sent to what follows."""
        with begin(self._actor) as work:
            ticket = talks.end_talk(work, self.id)
        return caller.sent_to(f"{ORIGIN}/voice/after/{ticket.id}")

    def is_lost(self) -> None:
        """Have the leg cut, and nobody come back within the time of grace."""
        assert self.leg
        self.carrier.tells_of("participant-leave", self.leg)
        later = clock.now() + bridging.GRACE + timedelta(seconds=1)
        with time_machine.travel(later), begin(Actor("job", "test")) as work:
            assert sum(bridging.give_back_lost(work, each) for each in bridging.lost(work)) == 1

    @property
    def state(self) -> str:
        """The advisor's state, by the database."""
        with begin(self._actor) as work:
            return agents.require(work, self.id).state

    @property
    def _actor(self) -> Actor:
        return Actor("advisor", str(self.id))


def call_due() -> None:
    """Let the clock have promised calls wait for an advisor."""
    (duty,) = [each for each in duties.duties() if each.name == "callbacks"]
    duty.act()


def all_tickets() -> list[Ticket]:
    """Return all tickets, in the order in which they came."""
    with begin(Actor("job", "test")) as work:
        return [ticket for id_ in _ids(work.connection) if (ticket := tickets.get(work, id_))]


def kept() -> tuple[str, str, str | None]:
    """Return kind, state and number of the one promised call."""
    (row,) = rows("callbacks")
    return row.kind, row.state, row.number and unseal(row.number, f"callbacks:{row.id}").decode()


def states() -> list[tuple[str, str | None]]:
    """Return state and outcome of each ticket."""
    return [(ticket.state, ticket.outcome) for ticket in all_tickets()]


def rows(table: str) -> list[Any]:
    """Return the rows of a table, oldest first."""
    named = db.metadata.tables[table]
    with db.engine().connect() as connection:
        return list(connection.execute(select(named).order_by(*named.primary_key.columns)))


def _ids(connection: Any) -> list[int]:
    return list(connection.execute(select(tickets.tickets.c.id).order_by(tickets.tickets.c.id)).scalars())
