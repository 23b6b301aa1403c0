"""The tests of the outbox: the provider is the exchange, out of reach unless a test asks for it."""

from collections.abc import Iterator

import pytest

from backend import telephony
from exchange.server import serving
from exchange.switchboard import Account
from tests.conftest import forget
from tests.waiting import PATIENCE

from .promising import Provider

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def environment(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Set what the program reads, for every test here; status callbacks go nowhere unless a test says where."""
    monkeypatch.setenv("SVI_PUBLIC_URL", NOWHERE)
    monkeypatch.delenv("SVI_TODAY")
    forget()
    return environment | {"SVI_PUBLIC_URL": NOWHERE}


@pytest.fixture
def provider(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Run the exchange."""
    account = Account(
        environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"], ("+212520447100",), "http://127.0.0.1:9"
    )
    with serving(account) as base:
        monkeypatch.setenv("TWILIO_API_BASE", base)
        environment["TWILIO_API_BASE"] = base
        forget()
        yield Provider(base)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an answer of the provider for 2 s only."""
    monkeypatch.setattr(telephony, "TIME_OUTS", (PATIENCE, 2.0))
