"""Real servers for every test that asks for them, their tables empty; and a telephone to call our numbers with."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select, text

from backend import db, feeds, jobs, seal, telephony
from backend.outbox import outbox
from backend.settings import Settings, settings
from callcenter import floor, offers, openid, passwords, pressure
from callcenter.console import supervision_trends
from exchange.dialler import Call
from exchange.posting import over_wsgi
from svi import embedded, migrate, web

TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "0" * 32
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
A_WORKING_MORNING = datetime(2024, 3, 20, 9, 30, tzinfo=UTC)

WRITTEN = """select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'public' and relkind = 'r' and relname <> 'alembic_version' and pg_relation_size(pg_class.oid) > 0"""
ANEW = """select setval(format('%I', sequencename), start_value, false) from pg_sequences
    where schemaname = 'public' and last_value is not null"""


class Servers(NamedTuple):
    """Where the real servers of the session are."""

    database_url: str
    redis_url: str


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Run PostgreSQL, with our tables, and Valkey: one of each for a test worker."""
    with (
        embedded.temporary_home() as home,
        embedded.postgresql(home, durable=False) as database_url,
        embedded.valkey(home, durable=False) as redis_url,
    ):
        migrate.upgrade(database_url)
        yield Servers(database_url, redis_url)


def forget() -> None:
    """Close what this process keeps open, and read its settings anew."""
    if telephony.client.cache_info().currsize:
        telephony.client().http_client.session.close()
    if jobs.connection.cache_info().currsize:
        jobs.connection().close()
    db.dispose()
    for cached in (settings, jobs.connection, offers.queue, telephony.client, seal._keys, openid._provider):
        cached.cache_clear()
    for seen in (pressure.forget, floor.forget_all, supervision_trends.forget):
        seen()


def empty() -> None:
    """Empty the tables that were written to, which their files show, and have every number begin anew.

    To truncate all of them takes longer than most tests.
    """
    with db.statement() as connection:
        written = [name for (name,) in connection.execute(WRITTEN)]
        if written:
            connection.execute("set session_replication_role = replica")  # in any order, whatever refers to them
            for name in written:
                connection.execute(f"delete from {name}")
            connection.execute("reset session_replication_role")
            connection.execute(f"vacuum (skip_database_stats) {', '.join(written)}")
        connection.execute(ANEW)


@pytest.fixture
def environment(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Set what the program reads, on 20 March 2024, and give it empty tables and an empty Redis."""
    given = {
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "SVI_SECRET_KEY": "a key for tests, as long as it must be",
        "SVI_TODAY": "2024-03-20",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_BASE": "http://127.0.0.1:9",
    }
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setattr(passwords, "HASHER", QUICK)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    forget()
    empty()
    jobs.connection().flushall()
    yield given
    forget()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Keep the pages' templates compiled from one application to the next."""
    return FileSystemBytecodeCache(f"{tmp_path_factory.mktemp('templates')}")


@pytest.fixture
def app(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, compiled: FileSystemBytecodeCache) -> Flask:
    """Return the web application, within opening hours, whatever the time of day."""
    assert environment
    monkeypatch.setenv("SVI_OPEN", "always")
    settings.cache_clear()
    made = web.create_app()
    made.jinja_env.bytecode_cache = compiled
    return made


@pytest.fixture
def closed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send the advisors home."""
    assert app.name
    monkeypatch.setenv("SVI_OPEN", "never")
    settings.cache_clear()


Dial = Callable[..., Call]


@pytest.fixture
def dial(app: Flask) -> Dial:
    """Return what places a call to the vocal server; `to` and `from_` may say otherwise."""

    def place(to: str = "+212520447100", from_: str = "+212661000777", **more: Any) -> Call:
        return Call(over_wsgi(app, TOKEN), to=to, from_=from_, account_sid=ACCOUNT, **more)

    return place


PENDING = """\
cin,last_name,first_name,last_name_ar,first_name_ar,birth_date,category,mobile,tax_id,city,preferred_language,liaison_body,contributions_from,amo_from,birth_year_only
BK482913,El Amrani,Salma,العمراني,سلمى,1988-03-14,doctor,+212661000101,40118822,Casablanca,fr,Ordre des médecins,,,0
J560081,Ouhaddou,Brahim,أوحدو,إبراهيم,1965-07-21,farmer,,33887710,Tiznit,ar,Agriculture,2024-06,2024-07-01,0
EE90417,N'Daw,Nadia,,,1991-01-30,auto-entrepreneur,,,Marrakech,fr,Registre national,,,0
AA11111,Naciri,Ali,الناصري,علي,1970-01-01,cpu,+212662000111,11112222,Fès,ar,Impôts,,,1
BB55555,Premier,Un,,,1980-05-05,cpu,+212662000112,,Fès,fr,Impôts,,,0
CC55555,Second,Deux,,,1980-05-05,cpu,+212662000113,,Fès,fr,Impôts,,,0
"""
REGISTERED = """\
registration_number,cin,last_name,first_name,last_name_ar,first_name_ar,birth_date,category,mobile,preferred_language,city,registered_on
104228815,CD118203,Alaoui,Hicham,العلوي,هشام,1975-09-18,cpu,+212661000201,fr,Rabat,2022-01-10
"""


@pytest.fixture
def listed(environment: dict[str, str], tmp_path: Path) -> None:
    """Import a few people.

    Salma (doctor, mobile on file), Brahim (farmer, none), Nadia (neither mobile nor tax identifier), Ali (year of
    birth only), two namesakes of card and birth, and Hicham, registered.
    """
    assert environment
    for kind, rows in {"tns": PENDING, "people": REGISTERED}.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text(rows, encoding="utf-8")
        assert feeds.run_import(kind, file, lambda _progress: None).rejected == 0


SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture
def sample(environment: dict[str, str], tmp_path: Path) -> None:
    """Import the sample.

    Hicham (in the debt cancellation), Khadija (owes nothing), Anas (owes two months), Rachid and Imane (employees),
    with their ledger, claim files, families and salaries; and the agencies.
    """
    assert environment
    for kind in ("people", "contributions", "payments", "claims", "family", "salaries", "agencies"):
        file = shutil.copy(SAMPLE / f"{kind}.csv", tmp_path)
        assert feeds.run_import(kind, Path(file), lambda _progress: None).rejected == 0


class Texts:
    """The SMS promised so far, as their receivers will read them."""

    def all(self) -> list[tuple[str, str, str]]:
        """Return (occasion, mobile, text) in the order of their promises."""
        with db.engine().connect() as connection:
            held = select(outbox).where(outbox.c.payload.is_not(None))  # what was withheld says nothing
            rows = connection.execute(held.order_by(outbox.c.id)).all()
        opened = [(row, orjson.loads(seal.unseal(row.payload, f"outbox:{row.business_key}"))) for row in rows]
        return [(row.occasion, payload["to"], payload["body"]) for row, payload in opened]

    def newest(self, occasion: str = "sms-code") -> str:
        """Return the text of the newest SMS of an occasion."""
        return next(body for kind, _, body in reversed(self.all()) if kind == occasion)

    def code(self) -> str:
        """Return the six digits that the newest code's SMS begins with."""
        found = re.match(r"\d{6}", self.newest())
        assert found
        return found[0]


@pytest.fixture
def texts() -> Texts:
    """Return the SMS promised so far."""
    return Texts()


@pytest.fixture
def count() -> Callable[[str], int]:
    """Return what counts the rows of a table."""

    def rows(table: str) -> int:
        assert table in db.metadata.tables
        with db.engine().connect() as connection:
            return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())

    return rows
