"""PostgreSQL: the one metadata, the one engine of this process."""

from functools import cache
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from backend.settings import settings

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)
"""Every table; `migrations/` makes them, and a test compares the two."""

_SERVER_SETTINGS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "statement_timeout": "10s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
        "timezone": "UTC",
        "plan_cache_mode": "force_generic_plan",
    }.items()
)


def connect(url: str, **options: Any) -> Engine:
    """Return an engine for a `postgresql://` URL, with our time-outs."""
    options = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 5} | options
    arguments = {"connect_timeout": 3, "options": _SERVER_SETTINGS, "application_name": "svi"}
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        connect_args=arguments,
        hide_parameters=True,  # an error's text may reach a log: never with a person's data
        **options,
    )


@cache
def engine() -> Engine:
    """Return this process's engine. Raises MisconfiguredError where `DATABASE_URL` is missing."""
    return connect(settings().require_database())


def gone(error: Exception) -> bool:
    """Say whether `error` means that the database went away."""
    return (isinstance(error, DBAPIError) and error.connection_invalidated) or (
        isinstance(error, OperationalError) and not conflicted(error)
    )


def conflicted(error: Exception) -> bool:
    """Say whether `error` is a serialisation failure, a deadlock or a lock waited for too long: run again."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in {"40001", "40P01", "55P03"}
