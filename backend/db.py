"""PostgreSQL: the one metadata, the one engine of this process."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, cast

import psycopg
from sqlalchemy import Connection, Engine, MetaData, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError

from backend.settings import settings

T = TypeVar("T")
Driver = psycopg.Connection[tuple[Any, ...]]
"""The driver's own connection: for the hand-written statements of `ivr.journal`, which every key press runs."""
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

_SERVER_SETTINGS = {
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "timezone": "UTC",
    "plan_cache_mode": "force_generic_plan",
}
_NONE: Mapping[str, str] = MappingProxyType({})
_CONNECTING = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5_000,  # milliseconds: a server that vanished is noticed well within a webhook's 15 seconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
_ENDING = {"57P01", "57P02", "57P03", "57P05"}  # shut down, crashed, starting, session ended
_NOT_NOW = {"53300", "25006"}  # too many connections; a standby that is not yet, or no longer, the primary


def connect(url: str, *, server_settings: Mapping[str, str] = _NONE, **options: Any) -> Engine:
    """Return an engine for a `postgresql://` URL, with our time-outs and more `server_settings`."""
    options = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 5} | options
    told = " ".join(f"-c {name}={value}" for name, value in {**_SERVER_SETTINGS, **server_settings}.items())
    arguments = _CONNECTING | {"options": told, "application_name": "svi"}
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


@cache
def statements() -> Engine:
    """Return the engine for statements that are a transaction each.

    Their commit doesn't wait for the disk: only for what may be asked again after a crash.
    """
    arguments = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}  # there is nothing to roll back
    return connect(settings().require_database(), server_settings={"synchronous_commit": "off"}, **arguments)


@contextmanager
def statement() -> Iterator[Driver]:
    """Lend a connection of `statements` as the driver knows it; one that was cut, and those beside it, are given up."""
    lent = statements().raw_connection()
    try:
        yield cast("Driver", lent.driver_connection)
    except psycopg.OperationalError as error:
        if gone(error):
            lent.invalidate()
            statements().dispose()
        raise
    finally:
        lent.close()


def driver(connection: Connection) -> Driver:
    """Return a connection as the driver knows it, its transaction included."""
    return cast("Driver", connection.connection.driver_connection)


def dispose() -> None:
    """Close what this process keeps open."""
    for kept in (engine, statements):
        if kept.cache_info().currsize:
            kept().dispose()
        kept.cache_clear()


def gone(error: BaseException) -> bool:
    """Say whether `error` means that the database is away: worth trying again on another connection."""
    if isinstance(error, NoConnectionInTimeError):
        return True
    state, said = sqlstate(error), getattr(error, "orig", error)
    unsaid = state is None and isinstance(said, psycopg.OperationalError)  # the server said nothing any more
    cut = isinstance(error, DBAPIError) and error.connection_invalidated
    return cut or unsaid or state in _ENDING | _NOT_NOW or (state or "").startswith("08")


def conflicted(error: BaseException) -> bool:
    """Say whether `error` is a serialisation failure, a deadlock or a lock waited for too long: run again."""
    return sqlstate(error) in {"40001", "40P01", "55P03"}


def twice(act: Callable[[], T]) -> T:
    """Do what can be done again: after a conflict, or a connection that was cut, once more."""
    try:
        return act()
    except (DBAPIError, psycopg.Error) as error:
        if not (conflicted(error) or gone(error)):
            raise
    return act()


def sqlstate(error: BaseException) -> str | None:
    """Return PostgreSQL's five letters for what went wrong, None where it said none."""
    state: str | None = getattr(getattr(error, "orig", error), "sqlstate", None)
    return state
