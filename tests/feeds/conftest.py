"""A real PostgreSQL with our tables, empty before each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from backend import db
from backend.settings import settings
from svi import embedded, migrate

from .lists import A_DOCTOR, AN_EMPLOYEE, PEOPLE, TNS, Import, quietly, write


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """Run PostgreSQL, with our tables."""
    with embedded.temporary_home() as home, embedded.postgresql(home, durable=False) as url:
        migrate.upgrade(url)
        yield url


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a test empty tables, on 20 March 2024."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SVI_TODAY", "2024-03-20")
    settings.cache_clear()
    db.engine.cache_clear()
    with db.engine().begin() as connection:
        connection.execute(text("truncate people, imports, audit cascade"))
    yield database_url
    db.engine().dispose()
    db.engine.cache_clear()
    settings.cache_clear()


@pytest.fixture
def list_tns(database: str, tmp_path: Path) -> Import:
    """Return what imports rows as a liaison body's list; cells that are not given are those of a doctor."""
    assert database
    return lambda *rows: quietly("tns", write(tmp_path / "tns.csv", TNS, [A_DOCTOR | row for row in rows]))


@pytest.fixture
def list_people(database: str, tmp_path: Path) -> Import:
    """Return what imports rows as the fund's list; cells that are not given are those of an employee."""
    assert database
    return lambda *rows: quietly("people", write(tmp_path / "people.csv", PEOPLE, [AN_EMPLOYEE | row for row in rows]))
