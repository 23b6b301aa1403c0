"""The migrations make the tables that the program knows, and nothing else."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Dialect, text
from sqlalchemy.dialects import postgresql

from backend import db
from svi import migrate, tables
from tests.conftest import Servers


def test_the_migrations_make_what_the_program_knows(servers: Servers) -> None:
    """Tables, columns, types, defaults and indexes: a change to one side alone is found here."""
    assert tables.__all__
    engine = db.connect(servers.database_url, pool_size=1)
    try:
        with engine.connect() as connection:
            options = {"compare_type": True, "compare_server_default": True}
            differences = compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata)
    finally:
        engine.dispose()
    assert differences == []


def test_the_check_constraints_are_those_of_the_program(servers: Servers) -> None:
    """Alembic compares no check constraints: their names, at least, are compared here."""
    dialect: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    named = dialect.identifier_preparer.format_constraint
    known = {
        named(constraint)
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    engine = db.connect(servers.database_url, pool_size=1)
    try:
        with engine.connect() as connection:
            query = text(
                "select conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace"
            )
            assert set(connection.execute(query).scalars()) == known
    finally:
        engine.dispose()


def test_registration_numbers_have_a_sequence_of_their_own(servers: Servers) -> None:
    """It starts beyond the numbers that exist, and stays within nine digits."""
    engine = db.connect(servers.database_url, pool_size=1)
    try:
        with engine.connect() as connection:
            query = text("select start_value, increment_by from pg_sequences where sequencename = :name")
            row = connection.execute(query, {"name": "registration_number_seq"}).one()
    finally:
        engine.dispose()
    assert tuple(row) == (190_000_001, 1)


def test_until_the_first_release_there_is_one_migration() -> None:
    """Nothing is released: a change of a table changes the first migration."""
    assert [file.name for file in sorted((Path(migrate.MIGRATIONS) / "versions").glob("*.py"))] == ["0001_first.py"]
