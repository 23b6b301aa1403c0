"""PostgreSQL made to fail in mid-transaction, by triggers: no code of ours is replaced."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from backend import db

MESSAGE = "Salma El Amrani 0661000101 104228815"  # what an error's text may hold, and no log


@contextmanager
def failing(table: str, event: str) -> Iterator[None]:
    """Have each `event` (insert, update) on a table raise an error whose text is personal."""
    run(
        f"create function fail_for_a_test() returns trigger language plpgsql as "
        f"$$ begin raise exception '{MESSAGE}' using detail = '{MESSAGE}'; end $$",
        f"create trigger fail_for_a_test before {event} on {table} execute function fail_for_a_test()",
    )
    try:
        yield
    finally:
        run(f"drop trigger fail_for_a_test on {table}", "drop function fail_for_a_test")


def run(*statements: str) -> None:
    """Run statements in a transaction of their own."""
    with db.engine().begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
