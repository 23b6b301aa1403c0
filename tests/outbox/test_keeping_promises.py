"""A promise is kept once, whatever happens on the way."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from click.testing import CliRunner

from backend import jobs, messages, outbox, telephony
from backend.errors import MisconfiguredError
from backend.settings import settings
from backend.telephony import Handed, Later
from backend.values import Mobile
from svi import checkup, clock, delivery
from svi.cli import svi
from tests.conftest import forget
from tests.waiting import eventually

from .promising import (
    TO,
    Provider,
    age,
    deliver,
    promise_code,
    promise_information,
    row,
    state,
    working,
)

OTHER_END = 20  # promises in a race


def test_a_promise_made_again_under_its_key_is_the_same_promise(provider: Provider) -> None:
    """A webhook delivered again, a sweep, a job run twice: one SMS a business key."""
    for _ in range(3):
        promise_code()
        deliver()
    clock.sweep_outbox()
    assert len(provider.took()) == 1
    assert state("code:1") == "handed"


def test_what_a_transaction_that_failed_promised_is_not_sent(provider: Provider) -> None:
    """Nothing is promised before its commit, and nobody is woken."""

    def fail() -> None:
        with working() as work:
            messages.send(work, "sms-code", "code:1", TO, "fr", code="482913")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert deliver() == 0
    assert provider.took() == []
    assert jobs.connection().keys() == []


def test_a_promise_for_later_waits(provider: Provider) -> None:
    """`not_before` holds, and the clock finds it when its time has come."""
    with working() as work:
        later = work.now + timedelta(days=90)
        messages.send(work, "sms-registration-number", "later", TO, "fr", not_before=later, number="104228815")
    assert jobs.connection().keys() == []
    clock.sweep_outbox()
    assert provider.took() == []
    age(days=90)
    clock.sweep_outbox()
    assert len(provider.took()) == 1


def test_codes_go_before_anything_else(provider: Provider) -> None:
    """A campaign of thousands delays no caller who waits for a code."""
    for number in range(3):
        promise_information(f"registration:{number}")
    promise_code()
    with working() as work:
        first, *_ = outbox.claim(work, 1)
    assert first.key == "code:1"
    assert provider.took() == []


def test_two_workers_never_hand_the_same_promise_over(provider: Provider) -> None:
    """SKIP LOCKED: however many race, one SMS a promise."""
    keys = [f"registration:{number}" for number in range(OTHER_END)]
    for number, key in enumerate(keys):
        promise_information(key, Mobile(f"+2126612345{number:02}"))
    counts: list[int] = []
    racers = [threading.Thread(target=lambda: counts.append(deliver())) for _ in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sum(counts) == OTHER_END
    assert all(len(provider.took(f"+2126612345{number:02}")) == 1 for number in range(OTHER_END))


def test_too_many_requests_are_tried_again_later(provider: Provider) -> None:
    """429: not taken; again after the time that Twilio asks for."""
    provider.fails(rest_429={"next": 1})
    promise_code()
    deliver()
    assert (state("code:1"), provider.took()) == ("queued", [])
    assert deliver() == 0
    age(seconds=2)
    deliver()
    assert (state("code:1"), len(provider.took())) == ("handed", 1)


def test_a_refused_connection_is_tried_again_with_growing_delay() -> None:
    """Nobody took it: no doubt, no repeat, and each time a longer wait."""
    promise_information()
    waits = []
    for _ in range(4):
        deliver()
        found = row("registration:1")
        assert found.state == "queued"
        waits.append((found.due_at - found.attempted_at).total_seconds())
        age(seconds=waits[-1])
    assert row("registration:1").attempts == 4
    assert all(later > 1.1 * earlier for earlier, later in pairwise(waits))


def test_a_number_that_twilio_refuses_is_final(provider: Provider) -> None:
    """A definite 4xx about the number: failed, its words erased, never tried again."""
    promise_information(to=Mobile("+0"))
    deliver()
    found = row("registration:1")
    assert (found.state, found.error_code, found.payload) == ("failed", 21211, None)
    clock.sweep_outbox()
    assert provider.took("+0") == []


def test_a_refusal_that_we_can_mend_waits_for_a_person(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender that Twilio does not know loses nothing: a person sees it, and has it sent again."""
    monkeypatch.setenv("SVI_SMS_SENDER", "!")
    forget()
    promise_information()
    deliver()
    assert (state("registration:1"), row("registration:1").error_code) == ("needs-attention", 21212)
    monkeypatch.delenv("SVI_SMS_SENDER")
    forget()
    number = str(row("registration:1").id)
    assert number in CliRunner().invoke(svi, ["outbox", "list"]).output
    assert CliRunner().invoke(svi, ["outbox", "again", number]).exit_code == 0
    assert "0 waiting" in CliRunner().invoke(svi, ["outbox", "list"]).output
    deliver()
    assert (state("registration:1"), len(provider.took())) == ("handed", 1)


@pytest.mark.usefixtures("provider")
def test_wrong_credentials_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """401 is ours to mend, and not the message's fault: it is tried again."""
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "wrong")
    forget()
    promise_information()
    deliver()
    assert state("registration:1") == "queued"
    assert row("registration:1").error_code is None
    with pytest.raises(MisconfiguredError, match="TWILIO_AUTH_TOKEN"):
        telephony.check_account()


def test_what_can_not_be_kept_within_a_day_waits_for_a_person() -> None:
    """Exhausted attempts become a task; nothing is deleted."""
    promise_information()
    deliver()
    age(hours=25)
    clock.sweep_outbox()
    assert (state("registration:1"), row("registration:1").payload) == ("needs-attention", None)
    with working() as work:
        assert outbox.attention(work) == 1
        assert not outbox.send_again(work, row("registration:1").id)
    (found,) = [each for each in checkup.examine(settings()) if each.subject == "promises"]
    assert found.words == "1 SMS could not be sent"


def test_a_code_that_is_too_late_expires() -> None:
    """After five minutes it opens nothing: it is not sent any more."""
    promise_code()
    deliver()
    age(seconds=301)
    clock.sweep_outbox()
    assert (state("code:1"), row("code:1").payload) == ("expired", None)


def test_a_worker_that_comes_back_late_does_not_undo_what_is_known() -> None:
    """Its lease ran out and another one took the row: what it learnt of its own attempt counts, its doubts don't."""
    promise_information()
    with working() as work:
        (slow,) = outbox.claim(work, 1)
    age(seconds=16)
    with working() as work:
        outbox.release(work)
    assert state("registration:1") == "uncertain"
    with working() as work:
        outbox.settle(work, slow, Handed("SM1"))
        outbox.settle(work, slow, Later())
    assert (state("registration:1"), row("registration:1").sid) == ("handed", "SM1")


def test_more_than_a_number_is_to_get_in_a_day_is_withheld_and_recorded(provider: Provider) -> None:
    """The limit is per number, and per person; what is beyond it is a row, not a silence."""
    for number in range(messages.MOST_A_DAY_UNIDENTIFIED + 1):
        promise_information(f"registration:{number}")
    assert state(f"registration:{messages.MOST_A_DAY_UNIDENTIFIED}") == "withheld"
    assert row(f"registration:{messages.MOST_A_DAY_UNIDENTIFIED}").payload is None
    deliver()
    assert len(provider.took()) == messages.MOST_A_DAY_UNIDENTIFIED


def test_the_provider_hears_what_was_promised(provider: Provider) -> None:
    """To whom, from whom, in which words; and the inbox of the handset has it."""
    promise_code()
    deliver()
    (taken,) = provider.took()
    assert taken.body.startswith("482913 ")
    eventually(lambda: provider.took()[0].status == "delivered")


def test_what_is_left_after_a_job_s_time_wakes_another(provider: Provider) -> None:
    """A job begins nothing after its seconds; the rest is another job's."""
    promise_information()
    jobs.awake("hand-over")
    assert delivery.hand_over(0.0) == 0
    assert jobs.connection().exists("svi:wake:hand-over")
    assert provider.took() == []


def test_while_nothing_is_taken_the_rest_is_left_for_the_clock(provider: Provider) -> None:
    """A provider that says no to everything is not hammered with the whole backlog."""
    provider.fails(rest_429={"probability": 1.0})
    for number in range(99):
        promise_code(f"code:{number}")
    assert telephony.AT_ONCE <= deliver() < 99
