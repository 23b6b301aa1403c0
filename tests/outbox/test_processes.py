"""Workers are killed, the clock is not: the promise is kept within half a minute, once."""

import os
import signal

import pytest

from backend import jobs
from backend.values import Mobile
from tests.waiting import PATIENCE, eventually

from .promising import Provider, part, promise_code, promise_information, row, state

pytestmark = pytest.mark.long
SLOW = {"rest_timeout": {"probability": 1.0, "ms": 600_000}}


def killed(provider: Provider, environment: dict[str, str], key: str) -> None:
    """Run a worker until it has handed a promise to the provider and waits for the answer; then kill it."""
    with part("worker", environment) as worker:
        eventually(lambda: state(key) == "sending")
        eventually(lambda: provider.took())
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()


def test_a_worker_runs_what_it_is_woken_for_and_ends_when_told(provider: Provider, environment: dict[str, str]) -> None:
    """The quick way: 95 % within 10 s; SIGTERM ends it in good order."""
    with part("worker", environment) as worker:
        eventually(lambda: jobs.connection().scard("rq:workers") > 0)
        promise_code()
        eventually(lambda: state("code:1") == "handed")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0
    assert len(provider.took()) == 1


def test_a_worker_killed_while_the_provider_answers_sends_nothing_twice(
    provider: Provider, environment: dict[str, str]
) -> None:
    """The provider took it, the worker died: the clock finds it in the list, and keeps what was not begun."""
    provider.fails(**SLOW)
    promise_code()
    killed(provider, environment, "code:1")
    provider.fails()
    with part("clock", environment):
        promise_information("later:1", Mobile("+212661000001"))
        eventually(lambda: state("later:1") == "handed")
        eventually(lambda: state("code:1") in {"handed", "sent", "delivered"})
    assert (len(provider.took()), row("code:1").repeated) == (1, False)


def test_a_worker_killed_before_it_began_costs_half_a_minute_at_most(
    provider: Provider, environment: dict[str, str]
) -> None:
    """The wake-up died with the worker: the clock does what it was for."""
    promise_code()
    jobs.connection().flushall()
    with part("clock", environment) as clock:
        eventually(lambda: state("code:1") == "handed")
        promise_information()
        jobs.connection().flushall()
        eventually(lambda: state("registration:1") == "handed")
        clock.send_signal(signal.SIGTERM)
        assert clock.wait(PATIENCE) == 0
    assert len(provider.took()) == 2


def test_two_clocks_and_two_workers_send_each_promise_once(provider: Provider, environment: dict[str, str]) -> None:
    """Any number of each, on any number of machines."""
    with (
        part("clock", environment),
        part("clock", environment),
        part("worker", environment),
        part("worker", environment),
    ):
        for number in range(60):
            promise_information(f"registration:{number}", Mobile(f"+2126610000{number:02}"))
        eventually(lambda: all(state(f"registration:{number}") == "handed" for number in range(60)))
    assert all(len(provider.took(f"+2126610000{number:02}")) == 1 for number in range(60))
