"""From the promise to the handset and back: the exchange reports to our own web application."""

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import ThreadedWSGIServer

from backend.values import Mobile
from svi.web import create_app
from tests.conftest import forget
from tests.waiting import eventually

from .promising import Provider, deliver, promise_information, row, state

UNREACHABLE = "+212661230005"


class Server(ThreadedWSGIServer):
    """Closing it waits for each request: none keeps a connection beyond its test."""

    daemon_threads = False


@pytest.fixture
def web(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the application at its public address."""
    assert provider.base
    server = Server("127.0.0.1", 0, create_app())
    monkeypatch.setenv("SVI_PUBLIC_URL", f"http://127.0.0.1:{server.port}")
    forget()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize("faults", [{}, {"reorder": {"next": 1}}, {"double": {"probability": 1.0}}])
def test_a_delivered_sms_is_known_to_be(provider: Provider, faults: dict[str, dict[str, float]]) -> None:
    """Signed callbacks, in order, out of order, twice: delivered, and its words erased."""
    provider.fails(**faults)
    promise_information()
    deliver()
    eventually(lambda: state("registration:1") == "delivered")
    assert row("registration:1").payload is None


@pytest.mark.usefixtures("web")
def test_an_sms_that_can_not_be_delivered_is_known_too() -> None:
    """With the reason that the carrier gives."""
    promise_information(to=Mobile(UNREACHABLE))
    deliver()
    eventually(lambda: state("registration:1") == "undelivered")
    assert row("registration:1").error_code == 30005
