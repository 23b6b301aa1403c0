"""PostgreSQL goes away in mid-call and comes back: the caller is told, and goes on at the same question."""

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask
from sqlalchemy import text

from backend import db
from exchange.dialler import Call
from exchange.posting import over_wsgi
from svi import embedded, migrate, web
from svi.embedded import Home, Postgresql
from svi.part import running
from tests.conftest import TOKEN, Dial, Servers, Texts, forget
from tests.webhooks.between import Loses, Wire
from tests.webhooks.conftest import CALL, Carrier

Count = Callable[[str], int]
MOMENT = ("Restez en ligne", "انتظر")


class Database:
    """A PostgreSQL of this test's own, that can be stopped and started."""

    def __init__(self, home: Home) -> None:
        self._server = Postgresql(home, durable=True)
        self._log = home.path / "postgresql.log"
        self._running = ExitStack()
        self.url = self._server.url
        self.is_down = True

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.is_down = False
        self._running.enter_context(running(self._server.part(), self._log))

    def stop(self) -> None:
        """Have it end as an operator would."""
        self.is_down = True
        self._running.close()

    def crash(self) -> None:
        """Kill the server's process; the rest of it ends by itself.

        A crash may take turns without effect of the last hundredths of a second: no caller is that quick.
        """
        time.sleep(0.2)
        with db.engine().connect() as connection:
            folder = connection.execute(text("show data_directory")).scalar_one()
        os.kill(int((Path(folder) / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)
        self.stop()


@pytest.fixture
def database(servers: Servers, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Have the program use a database that this test may stop."""
    assert environment
    with embedded.temporary_home() as home:
        database = Database(home)
        database.start()
        migrate.upgrade(database.url)
        monkeypatch.setenv("DATABASE_URL", database.url)
        forget()
        yield database
        db.dispose()
        database.stop()
        monkeypatch.setenv("DATABASE_URL", servers.database_url)
        forget()


@pytest.mark.parametrize("how", ["stop", "crash"])
def test_the_caller_is_told_and_goes_on_at_the_same_question(database: Database, app: Flask, how: str) -> None:
    """An honest sentence in both languages, a pause, another try; the key that got lost is asked for again."""
    deliver = over_wsgi(app, TOKEN)

    def post(url: str, params: Mapping[str, str]) -> tuple[int, Mapping[str, str], str | bytes]:
        if "/voice/again/" in url and database.is_down:
            database.start()
        return deliver(url, params)

    call = Call(post, to="+212520447100").keys("2").keys("1").hears("identity-card")
    getattr(database, how)()
    call.dials("482913#").hears("identity-card", *MOMENT)
    call.dials("482913#").hears("birth-date")


def test_a_database_that_stays_away_ends_the_call_with_a_sentence(database: Database, dial: Dial) -> None:
    """After five tries in half a minute; a call that comes in hears the same."""
    call = dial().keys("2")
    database.stop()
    call.keys("1").ends().hears_words(*MOMENT, "Le service ne fonctionne pas")
    assert len([webhook for webhook in call.webhooks if "/voice/again/" in webhook.url]) == 5
    dial().ends().hears_words("Le service ne fonctionne pas")
    database.start()
    dial().hears("language")


def test_connections_older_than_the_server_are_not_noticed(database: Database, dial: Dial) -> None:
    """It was started anew between two webhooks: the caller hears nothing of it."""
    call = dial().keys("2").hears("main-menu")
    database.stop()
    database.start()
    call.keys("1").hears("identity-card")
    assert not [webhook for webhook in call.webhooks if "/voice/again/" in webhook.url]


def test_a_status_that_finds_no_database_is_answered_503(database: Database, carrier: Carrier) -> None:
    """Without a word of what it was about."""
    database.stop()
    answer = carrier.post("/voice/status", CALL | {"CallStatus": "completed"})
    assert answer.status_code == 503
    assert b"Traceback" not in answer.data
    database.start()


def test_ready_says_whether_a_call_would_be_answered(database: Database, app: Flask) -> None:
    """503 while the database is away; alive all the same."""
    client = app.test_client()
    assert client.get("/health/ready").status_code == 200
    database.stop()
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200
    assert "svi_database_up 0.0" in client.get("/metrics").text
    database.start()
    assert client.get("/health/ready").status_code == 200


@pytest.fixture
def wire(servers: Servers, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """Put something between us and the session's PostgreSQL."""
    assert environment
    socket_folder = parse_qs(urlsplit(servers.database_url).query)["host"][0]
    with tempfile.TemporaryDirectory(prefix="svi-wire-") as folder:
        wire = Wire(Path(folder), Path(socket_folder) / ".s.PGSQL.5432")
        monkeypatch.setenv("DATABASE_URL", f"postgresql://svi@/svi?host={quote(folder)}")
        forget()
        yield wire
        db.dispose()
        wire.close()


@pytest.mark.parametrize("loses", ["the order", "the answer"])
@pytest.mark.usefixtures("listed")
def test_a_commit_of_unknown_outcome_is_not_doubled(
    wire: Wire, dial: Dial, texts: Texts, count: Count, loses: Loses
) -> None:
    """Each COMMIT of a registration is lost on its way, or its answer is: done once, and the caller notices nothing."""
    wire.loses = loses
    call = dial()
    for keys in ("2", "1", "482913#", "14031988"):
        wire.loses = loses
        call.dials(keys)
    code = texts.code()
    for keys in (code, "1", "2", "1"):
        wire.loses = loses
        call.dials(keys)
    call.hears("anything-else")
    assert wire.lost >= 5  # those of turns with an effect: the others have no transaction to commit
    assert not [webhook for webhook in call.webhooks if "/voice/again/" in webhook.url]
    assert (count("calls"), count("registrations"), count("codes"), count("steps")) == (1, 1, 1, 8)
    assert [kind for kind, _, _ in texts.all()] == ["sms-code", "sms-registration-completed"]


def test_the_application_starts_without_its_database(database: Database) -> None:
    """It answers as soon as the database does."""
    database.stop()
    forget()
    app = web.create_app()
    assert app.test_client().get("/health/ready").status_code == 503
    database.start()
    assert app.test_client().get("/health/ready").status_code == 200
