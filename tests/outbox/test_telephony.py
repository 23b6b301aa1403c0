"""What an answer, or none, says of a request: only a definite answer is a refusal, only silence is a doubt."""

import socket
import threading
from collections.abc import Iterator

import pytest

from backend import telephony
from backend.errors import UnreachableError
from backend.telephony import Handed, Later, Outcome, Refused, Unknown
from tests.conftest import forget

from .promising import TO, Provider


def send(body: str = "bonjour", to: str = TO) -> Outcome:
    """Ask for an SMS."""
    return telephony.send_sms(to, body, status_callback="http://127.0.0.1:9/sms/status?row=1&mac=00", validity=300)


@pytest.fixture
def rude(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A provider that takes the connection and hangs up after the request."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang_up() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)

        thread = threading.Thread(target=hang_up)
        thread.start()
        monkeypatch.setenv("TWILIO_API_BASE", f"http://127.0.0.1:{listening.getsockname()[1]}")
        forget()
        yield
        thread.join()


@pytest.mark.usefixtures("provider")
def test_an_sms_that_was_taken_has_a_sid() -> None:
    """201: handed."""
    match send():
        case Handed(sid):
            assert sid.startswith("SM")
        case outcome:
            pytest.fail(f"{outcome}")


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize(("body", "to", "code"), [("", TO, 21602), ("x" * 1601, TO, 21617), ("x", "+0", 21211)])
def test_a_definite_refusal_has_its_code(body: str, to: str, code: int) -> None:
    """4xx: never again."""
    assert send(body, to) == Refused(code)


@pytest.mark.parametrize(
    ("faults", "outcome"),
    [
        ({"rest_429": {"next": 1}}, Later),
        ({"rest_5xx": {"next": 1}}, Unknown),
        ({"rest_5xx": {"next": 1, "accepted": True}}, Unknown),
        ({"rest_timeout": {"next": 1, "ms": 60_000}}, Unknown),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_a_bad_day_is_told_apart(provider: Provider, faults: dict[str, dict[str, int]], outcome: type[Outcome]) -> None:
    """429 was not taken; a 5xx and a time-out may have been."""
    provider.fails(**faults)
    assert isinstance(send(), outcome)


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "http://nowhere.invalid"])
def test_what_nobody_heard_is_tried_again(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    """A refused connection, a name that does not resolve: no doubt that it was not taken."""
    monkeypatch.setenv("TWILIO_API_BASE", base)
    forget()
    assert send() == Later()
    assert telephony.find_sms(TO) is None
    with pytest.raises(UnreachableError, match="TWILIO_API_BASE"):
        telephony.check_account()


@pytest.mark.usefixtures("rude")
def test_a_connection_that_broke_after_the_request_is_a_doubt() -> None:
    """It may have been taken."""
    assert send() == Unknown()


@pytest.mark.usefixtures("provider")
def test_the_account_is_looked_at_for_the_doctor() -> None:
    """Credentials and address are right."""
    assert telephony.check_account() == "active"
