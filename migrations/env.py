"""Alembic's entry: the engine of our settings, one lock for all who migrate, short time-outs."""

from alembic import context
from sqlalchemy import text

from backend import db
from svi import tables  # noqa: F401  every table, so that autogenerate compares them all

MIGRATION_LOCK = 3939

engine = db.connect(context.config.attributes["url"], pool_size=1)
try:
    with engine.begin() as connection:
        connection.execute(text("set local lock_timeout = '5s'"))
        connection.execute(text("set local statement_timeout = 0"))
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        context.configure(connection=connection, target_metadata=db.metadata, transaction_per_migration=False)
        context.run_migrations()
finally:
    engine.dispose()
