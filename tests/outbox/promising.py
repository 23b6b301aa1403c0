"""What the tests of the outbox do: promise, let time pass, look."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import requests
from sqlalchemy import text, update

from backend import messages, outbox, telephony
from backend.outbox import State
from backend.telephony import Found
from backend.values import Mobile
from backend.work import Actor, Work, begin
from svi import delivery
from tests.waiting import PATIENCE

TO = Mobile("+212661234567")


class Provider:
    """The exchange, as a test sees it."""

    UNKNOWN = Mobile("+0661234567")

    def __init__(self, base: str) -> None:
        self.base = base

    def fails(self, **switches: dict[str, Any]) -> None:
        """Switch faults on (`rest_429`, `rest_5xx`, `rest_timeout`), the others off."""
        requests.put(f"{self.base}/faults", json=switches, timeout=PATIENCE).raise_for_status()

    def took(self, to: str = TO) -> list[Found]:
        """Return what it took, newest first, once no fault is in the way."""
        found = telephony.find_sms(to)
        assert found is not None
        return found


@contextmanager
def working() -> Iterator[Work]:
    """Open a transaction."""
    with begin(Actor("job", "test")) as work:
        yield work


def promise_code(key: str = "code:1", to: Mobile = TO, code: str = "482913") -> None:
    """Commit the promise of a code."""
    with working() as work:
        messages.send(work, "sms-code", key, to, "fr", code=code)


def promise_information(key: str = "registration:1", to: Mobile = TO) -> None:
    """Commit the promise of an information."""
    with working() as work:
        messages.send(work, "sms-registration-number", key, to, "fr", number="104228815")


def row(key: str) -> Any:
    """Return a row of the outbox by its business key."""
    with working() as work:
        return work.execute(text("select * from outbox where business_key = :key"), {"key": key}).one()


def state(key: str) -> State:
    """Return the state of a promise."""
    found: State = row(key).state
    return found


def age(**by: float) -> None:
    """Let time pass for every row: all its instants move back."""
    names = ("due_at", "ends_at", "promised_at", "attempted_at")
    with working() as work:
        moved = {name: outbox.outbox.c[name] - timedelta(**by) for name in names}
        work.execute(update(outbox.outbox).values(moved))


@contextmanager
def part(name: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run `svi NAME` as a process of its own; end it, if the test did not."""
    process = subprocess.Popen([sys.executable, "-m", "svi", name], env=os.environ | environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def deliver() -> int:
    """Hand over what is due, as a job does; return how many."""
    return delivery.hand_over(PATIENCE)
