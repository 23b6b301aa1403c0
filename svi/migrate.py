"""Bring the database to the schema that this program needs.

`migrations/env.py` holds an advisory lock meanwhile, so that any number of machines may start at once.
"""

from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from backend import db
from backend.errors import UnreachableError

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(url: str) -> None:
    """Apply the migrations that are missing. Raises UnreachableError where the database refuses."""
    try:
        command.upgrade(_config(url), "head")
    except sqlalchemy.exc.DBAPIError as error:
        raise UnreachableError(f"the database can't be migrated: {first_line(error)}") from error


def missing(url: str) -> bool:
    """Say whether a migration is still to be applied. Raises UnreachableError where there is no database."""
    engine = db.connect(url, pool_size=1)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_heads()
    except sqlalchemy.exc.DBAPIError as error:
        raise UnreachableError(f"the database does not answer: {first_line(error)}") from None
    finally:
        engine.dispose()
    return set(current) != set(ScriptDirectory.from_config(_config(url)).get_heads())


def first_line(error: sqlalchemy.exc.DBAPIError) -> str:
    """Return what the database itself said, in a line."""
    return str(error.orig).strip().split("\n", 1)[0]


def _config(url: str) -> Config:
    config = Config()
    # Config interpolates `%`, which a path may hold.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    return config
