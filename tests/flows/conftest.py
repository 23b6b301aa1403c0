"""Both ends of a call that waits for an advisor."""

from collections.abc import Callable

import pytest
from flask import Flask

from backend.wording import Language
from exchange.dialler import ORIGIN, Call
from tests.conftest import Dial
from tests.flows.advising import Carrier

KEY_OF = {"ar": "1", "fr": "2"}
Wait = Callable[..., Call]


@pytest.fixture
def carrier(app: Flask) -> Carrier:
    """Return what the carrier tells."""
    return Carrier(app)


@pytest.fixture
def wait(dial: Dial) -> Wait:
    """Return what calls, asks for an advisor and waits; `recording` is the key pressed for it."""

    def waits(language: Language = "fr", *, recording: str = "2", **more: object) -> Call:
        call = dial(status_url=f"{ORIGIN}/voice/status", **more).keys(KEY_OF[language]).keys("0").hears("recording")
        return call.keys(recording)

    return waits
