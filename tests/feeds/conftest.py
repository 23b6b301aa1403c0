"""A real PostgreSQL with our tables, empty before each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from backend import audit, db, people
from backend.feeds import imports
from backend.settings import settings
from svi import embedded

TABLES = [people.people, audit.audit, imports.imports]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run PostgreSQL for the session."""
    with embedded.open_home(tmp_path_factory.mktemp("svi")) as home, embedded.postgresql(home, durable=False) as url:
        yield url


@pytest.fixture(autouse=True)
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test empty tables."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SVI_TODAY", "2024-03-20")
    settings.cache_clear()
    db.engine.cache_clear()
    db.metadata.create_all(db.engine(), tables=TABLES)
    with db.engine().begin() as connection:
        connection.execute(text(f"truncate {', '.join(table.name for table in TABLES)}"))
    yield
    db.engine().dispose()
    db.engine.cache_clear()
    settings.cache_clear()


@pytest.fixture
def samples() -> Path:
    """Return the folder of the project's own demonstration files."""
    return Path(__file__).parent.parent.parent / "svi" / "demo"
