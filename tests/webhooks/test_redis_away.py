"""Redis holds nothing that a caller needs."""

import socket
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from redis import RedisError

from backend import jobs
from tests.conftest import Dial, Texts, forget

pytestmark = pytest.mark.usefixtures("listed")


@pytest.fixture(params=["refuses", "hangs"])
def no_redis(
    environment: dict[str, str], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Point the program to a Redis that is not there, or takes connections and never answers."""
    assert environment
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if request.param == "hangs":
            listener.listen()
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{listener.getsockname()[1]}")
        forget()
        yield
        jobs.connection().close()


@pytest.mark.usefixtures("no_redis")
def test_a_caller_notices_nothing(dial: Dial, texts: Texts) -> None:
    """A whole registration, with its SMS promised."""
    call = dial().keys("2").keys("1").dials("482913#").dials("14031988")
    call.dials(texts.code()).keys("1").keys("2").keys("1").hears("anything-else")
    assert not [webhook for webhook in call.webhooks if "/voice/again/" in webhook.url]
    with pytest.raises(RedisError):
        jobs.connection().ping()
    assert [kind for kind, _, _ in texts.all()] == ["sms-code", "sms-registration-completed"]


@pytest.mark.usefixtures("no_redis")
def test_a_caller_can_wait_for_an_advisor(dial: Dial, count: Callable[[str], int]) -> None:
    """Nobody can tell how long; nobody says that an advisor comes; the place can be kept all the same."""
    call = dial().keys("2").keys("0").keys("2")
    assert call.queued
    call.hears_words("Nous ne savons pas combien de temps", "garder votre place")
    assert "Un conseiller arrive" not in call.words
    call.keys("1").hears("callback-number-confirm").keys("1").ends()
    assert (count("tickets"), count("callbacks")) == (1, 1)


@pytest.mark.usefixtures("no_redis")
def test_ready_tells_it_and_stays_ready(app: Flask) -> None:
    """Calls are answered: taking this machine out would help nobody."""
    answer = app.test_client().get("/health/ready")
    assert (answer.status_code, answer.text) == (200, "ready, without Redis\n")
