"""A call to promise things to."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from backend import calls
from backend.work import Actor, Work, begin

Calling = Callable[[], AbstractContextManager[Work]]


@pytest.fixture
def calling(environment: dict[str, str]) -> Calling:
    """Return what opens a transaction of one call, the same each time."""
    assert environment
    with begin(Actor("call", "")) as work:
        call = calls.begin_call(work, "CA" + "1" * 32, "vocal-server", None)

    @contextmanager
    def of_the_call() -> Iterator[Work]:
        with begin(Actor("call", str(call))) as work:
            yield work

    return of_the_call
