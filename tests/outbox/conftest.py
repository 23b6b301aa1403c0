"""A real PostgreSQL, a real Valkey, and the exchange as the provider, all empty before each test."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from sqlalchemy import text

from backend import db, jobs, telephony
from exchange.server import serving
from exchange.switchboard import Account
from svi import embedded, migrate

from .promising import Provider, forget


class Servers(NamedTuple):
    """Where the real servers of the session are."""

    database_url: str
    redis_url: str


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Run PostgreSQL, with our tables, and Valkey."""
    with (
        embedded.temporary_home() as home,
        embedded.postgresql(home, durable=False) as database_url,
        embedded.valkey(home, durable=False) as redis_url,
    ):
        migrate.upgrade(database_url)
        yield Servers(database_url, redis_url)


@pytest.fixture(autouse=True)
def environment(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Set what the program reads, and give it empty tables and an empty Redis; the provider is unreachable."""
    given = {
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "SVI_SECRET_KEY": "a key for tests, as long as it must be",
        "SVI_PUBLIC_URL": "http://127.0.0.1:9",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "a token for tests",
        "TWILIO_API_BASE": "http://127.0.0.1:9",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    forget()
    with db.engine().begin() as connection:
        connection.execute(text("truncate outbox, people, calls, audit cascade"))
    jobs.connection().flushall()
    yield given
    forget()


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
    """Wait for an answer of the provider for 0.3 s only."""
    monkeypatch.setattr(telephony, "TIME_OUTS", (1.0, 0.3))
