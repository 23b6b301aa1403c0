"""What a killed server never heard of the queue is learnt in another way: no caller pays for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from backend import calls
from backend.values import Telephone
from backend.work import Actor, begin
from callcenter import agents, bridging, callbacks, dialling, offers, presence, talks, tickets
from callcenter.routing import SUBJECTS
from callcenter.tickets import Ticket
from exchange.dialler import ORIGIN, Call
from tests.conftest import Dial

JOB = Actor("job", "test")
LEG, CONFERENCE = "CA" + "a" * 32, "CF" + "c" * 32


@dataclass
class Met:
    """A caller, the advisor who took the call, and its ticket."""

    call: Call
    advisor: int
    ticket: int
    offer: int

    @property
    def now(self) -> Ticket:
        """The ticket as it is now."""
        with begin(JOB) as work:
            found = tickets.get(work, self.ticket)
        assert found
        return found

    def told(self, event: str, leg: str) -> None:
        """Have the carrier tell that a leg is in the conference, or out of it."""
        with begin(JOB) as work:
            if event == "join":
                bridging.joined(work, self.now.room, leg, CONFERENCE)
            else:
                bridging.left(work, self.now.room, leg)

    def state(self) -> str:
        """Return the advisor's."""
        with begin(JOB) as work:
            return agents.require(work, self.advisor).state


@pytest.fixture
def advisor(environment: dict[str, str]) -> int:
    """Return an advisor who is ready."""
    assert environment
    return ready("s.alami")


def ready(login: str) -> int:
    """Have an advisor be ready for anything in French."""
    with begin(JOB) as work:
        id_ = agents.add(work, login, login.title(), ["fr"], dict.fromkeys(SUBJECTS, 3)).id
        presence.sign_in(work, login)
        presence.be_ready(work, id_)
    return id_


def take(advisor: int) -> Ticket:
    """Accept what is offered."""
    with begin(JOB) as work:
        offered = offers.shown(work, advisor)
        assert offered
        return offers.accept(work, advisor, offered.id)


@pytest.fixture
def met(dial: Dial, advisor: int) -> Met:
    """Return a caller who is with an advisor; of the caller's arrival nothing was told yet."""
    call = dial(to="3939").keys("2").keys("5").keys("2")
    ticket = take(advisor)
    assert ticket.offer
    with begin(JOB) as work:
        assert bridging.join(work, advisor, ticket.offer, LEG)
        bridging.joined(work, ticket.room, LEG, CONFERENCE)
    call.fetched(f"{ORIGIN}/voice/bridge/{ticket.offer}")
    assert call.joined == ticket.room
    return Met(call, advisor, ticket.id, ticket.offer)


def test_who_has_talked_and_is_back_by_the_fallback_is_asked_how_it_went(met: Met) -> None:
    """The talk is over, its webhook was lost with a server: to wait again would be for nobody."""
    met.told("join", met.call.sid)
    with begin(JOB) as work:
        talks.end_talk(work, met.advisor)
    met.call.sent_to(f"{ORIGIN}/voice/fallback").hears("survey")


def test_who_waits_is_back_in_the_queue_by_the_fallback(met: Met) -> None:
    """An open ticket is waited with."""
    met.call.sent_to(f"{ORIGIN}/voice/fallback").hears_words("Nous cherchons un conseiller")
    assert met.call.queued


@pytest.mark.parametrize("result", ["error", "system-error"])
def test_a_wait_document_that_failed_puts_nobody_out_of_the_queue(dial: Dial, result: str) -> None:
    """Whoever waited well within the last minute waits on, however often it is told; else a call is promised."""
    call = dial(to="3939").keys("2").keys("5").keys("2")
    last = next(hook for hook in call.webhooks if "/voice/wait/" in hook.url)
    told = {**last.params, "QueueResult": result}
    call.webhooks.append(replace(last, url=last.url.replace("/wait/", "/queue/"), params=told))
    assert "<Enqueue" in call.again().body
    assert "<Enqueue" in call.again().body
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=61)):
        assert "/callback-number-confirm" in call.again().body


def test_a_caller_who_left_the_conference_was_in_it(met: Met) -> None:
    """Of the arrival nothing was heard: it is counted as answered, and the advisor wraps up."""
    met.told("leave", met.call.sid)
    assert (met.now.outcome, met.state()) == ("answered", "wrap-up")


def test_an_advisor_s_call_that_is_over_is_out_of_the_conference(met: Met) -> None:
    """Whichever is heard of, the end of the leg or its leaving: the grace begins."""
    met.told("join", met.call.sid)
    with begin(JOB) as work:
        bridging.leg_over(work, LEG)
    assert met.now.state == "talking"
    assert met.now.lost_at


def test_who_took_a_call_over_and_is_lost_leaves_it_to_others(met: Met) -> None:
    """Their leg came for the consult, and is the call's since: the grace begins."""
    met.told("join", met.call.sid)
    second, leg = ready("n.idrissi"), "CA" + "b" * 32
    with begin(JOB) as work:
        talks.consult(work, met.advisor, to=second)
    asked = take(second)
    assert asked.offer
    with begin(JOB) as work:
        assert bridging.join(work, second, asked.offer, leg)
    met.told("join", leg)
    with begin(JOB) as work:
        talk = tickets.get(work, met.ticket, lock=True)
        assert talk
        assert talks.take_over(work, talk)
    met.told("leave", leg)
    assert met.now.lost_at


def test_who_was_called_back_and_lost_the_advisor_waits_for_another(
    advisor: int, dial: Dial, monkeypatch: pytest.MonkeyPatch, count: Callable[[str], int]
) -> None:
    """On the line, at the head of the queue: they are not dialled again, but fetched."""
    monkeypatch.setenv("SVI_OPEN", "always")
    called, ticket = called_back(advisor, dial)
    with begin(JOB) as work:
        bridging.joined(work, ticket.room, LEG, CONFERENCE)
        bridging.joined(work, ticket.room, called.sid, CONFERENCE)
    with begin(JOB) as work:
        talk = tickets.get(work, ticket.id, lock=True)
        assert talk
        talks.give_back(work, talk)
    called.sent_to(f"{ORIGIN}/voice/after/{ticket.id}").hears_words("en tête de la file")
    assert called.queued
    again = take(ready("n.idrissi"))
    assert (again.id, count("tickets"), count("dials")) == (ticket.id, 1, 1)


def test_a_call_of_ours_whose_first_webhook_was_lost_begins_by_the_fallback(advisor: int, dial: Dial) -> None:
    """It is the call that was promised, not one that came in."""
    called, ticket = called_back(advisor, dial, by_fallback=True)
    assert called.joined == ticket.room


def test_an_advisor_s_leg_whose_first_webhook_was_lost_hangs_up(dial: Dial, count: Callable[[str], int]) -> None:
    """It dials in again; it is no caller, who would be asked for a language."""
    dial(to="", from_="client:advisor-1", voice_url=f"{ORIGIN}/voice/fallback").ends()
    assert count("calls") == 0


def called_back(advisor: int, dial: Dial, *, by_fallback: bool = False) -> tuple[Call, Ticket]:
    """Have a promised call kept: its person has pressed the key, and is in the room."""
    promised = dial().keys("2")
    with begin(JOB) as work:
        call = work.execute(select(calls.calls.c.id).where(calls.calls.c.sid == promised.sid)).scalar_one()
    with begin(Actor("call", str(call))) as work:
        callbacks.promise(work, Telephone("+212661000777"), work.today, "morning", "fr", "asked", None)
    with begin(JOB) as work:
        work.execute(update(callbacks.callbacks).values(due_at=work.now - timedelta(days=4000)))
        for due in callbacks.due(work):
            offers.enter(work, due)
    ticket = take(advisor)
    assert ticket.offer
    with begin(JOB) as work:
        assert bridging.join(work, advisor, ticket.offer, LEG)
        attempt = dialling.claim(work)
    assert isinstance(attempt, dialling.Attempt)
    first = f"{ORIGIN}/voice/callback/{attempt.id}"
    begins = (
        {"voice_url": f"{ORIGIN}/voice/fallback", "sent": {"ErrorUrl": first}} if by_fallback else {"voice_url": first}
    )
    called = dial(to="+212661000777", from_="3939", **begins).keys("1")
    assert called.joined == ticket.room
    return called, ticket
