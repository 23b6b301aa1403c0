"""A time-out, a 5xx, a worker that died: nobody knows whether Twilio took it, until somebody looked."""

import pytest

from backend import outbox
from backend.telephony import Unknown
from svi import clock

from .promising import TO, Provider, age, deliver, promise_code, promise_information, row, state, working

pytestmark = pytest.mark.usefixtures("impatient")
TIME_OUT = {"rest_timeout": {"next": 1, "ms": 60_000}}


@pytest.mark.parametrize("fault", [TIME_OUT, {"rest_5xx": {"next": 1, "accepted": True}}])
def test_what_twilio_took_without_saying_so_is_found_in_its_list(
    provider: Provider, fault: dict[str, dict[str, int]]
) -> None:
    """A time-out or a 5xx after it was taken: one SMS, no repeat."""
    provider.fails(**fault)
    promise_code()
    deliver()
    assert state("code:1") == "uncertain"
    clock.sweep_outbox()
    found = row("code:1")
    assert found.state in {"handed", "sent", "delivered"}
    assert found.sid == provider.took()[0].sid
    assert (len(provider.took()), found.repeated) == (1, False)


def test_information_that_twilio_did_not_take_goes_once_more_and_is_marked(provider: Provider) -> None:
    """A 5xx, and nothing in the list for two minutes: it is sent again, once."""
    provider.fails(rest_5xx={"next": 1})
    promise_information()
    deliver()
    clock.sweep_outbox()
    assert (state("registration:1"), row("registration:1").repeated) == ("uncertain", False)
    age(minutes=2)
    clock.sweep_outbox()
    deliver()
    assert (state("registration:1"), row("registration:1").repeated) == ("handed", True)
    assert len(provider.took()) == 1


def test_information_uncertain_twice_waits_for_a_person(provider: Provider) -> None:
    """Once more, not for ever."""
    provider.fails(rest_5xx={"next": 2})
    promise_information()
    for _ in range(2):
        deliver()
        age(minutes=2)
        clock.sweep_outbox()
    assert (state("registration:1"), provider.took()) == ("needs-attention", [])


def test_a_code_that_twilio_did_not_take_is_never_sent_again(provider: Provider) -> None:
    """The caller asks for another one; this one expires."""
    provider.fails(rest_5xx={"next": 1})
    promise_code()
    deliver()
    for _ in range(6):
        age(minutes=1)
        clock.sweep_outbox()
        deliver()
    assert (state("code:1"), row("code:1").attempts, provider.took()) == ("expired", 1, [])


def test_a_list_that_can_not_be_read_decides_within_five_minutes() -> None:
    """Information goes once more then: better twice than never."""
    promise_information()
    with working() as work:
        (attempt,) = outbox.claim(work, 1)
        outbox.settle(work, attempt, Unknown())
    for minutes, expected in ((0, "uncertain"), (3, "uncertain"), (1, "queued")):
        age(minutes=minutes)
        with working() as work:
            (attempt,) = outbox.look_up(work, 1)
            outbox.decide(work, attempt, None)
        assert state("registration:1") == expected
    assert row("registration:1").repeated


def test_the_same_words_for_another_promise_prove_nothing(provider: Provider) -> None:
    """Twice the same text to one number: each row needs a message of its own."""
    promise_information("registration:1")
    deliver()
    provider.fails(rest_5xx={"next": 1})
    promise_information("registration:2")
    deliver()
    clock.sweep_outbox()
    assert state("registration:2") == "uncertain"
    age(minutes=2)
    clock.sweep_outbox()
    deliver()
    assert len(provider.took(TO)) == 2


def test_a_status_callback_decides_before_anybody_looks(provider: Provider) -> None:
    """The callback bears the row: it is the quickest proof."""
    provider.fails(**TIME_OUT)
    promise_information()
    deliver()
    found = row("registration:1")
    mac_text = outbox.status_url(found.id).partition("mac=")[2]
    with working() as work:
        assert outbox.note_status(work, found.id, mac_text, "SM1", "sent", None)
    clock.sweep_outbox()
    assert (state("registration:1"), row("registration:1").sid, len(provider.took())) == ("sent", "SM1", 1)
