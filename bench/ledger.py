"""How fast months of contributions and payments are imported into a ledger that already holds twice as many.

`python -m bench.ledger 1000000` starts a PostgreSQL of its own (durable settings), fills it with the months before,
imports that many charges, as many payments, then the same files again, and prints rows a second for each, and the
bytes that a line takes on the disk, its indexes included.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from backend import db
from backend.feeds import run_import
from backend.values import Month
from svi import embedded, migrate

MONTHS = 4
"""Months of a file, for a quarter as many people as it has rows."""
EARLIER = 8
FIRST = Month(2023, 1)
FILLING = (
    """insert into people (registration_number, cin, cin_digits, last_name, first_name, birth_date, category, status)
       select 100000000 + n, 'A' || n, n::text, 'Bennis', 'Anas', '1980-01-01', 'cpu', 'registered'
       from generate_series(1, :people) n""",
    """insert into charges (person_id, added_at, month, due_date, contribution, penalty, enforcement_fee, revision)
       select id, now(), month, month + interval '1 month 9 days', 30000, 0, 0, 0
       from generate_series(:first, :last, interval '1 month') month, people""",
    """insert into payments (person_id, added_at, month, paid_on, amount, reference, revision, channel)
       select person_id, now(), month, due_date, 30000, 'E' || row_number() over (), 0, 'direct-debit' from charges""",
    "vacuum analyze",
)
SIZES = "select sum(pg_total_relation_size(c.oid)) / :lines from pg_class c where relname = :name"


def contributions(people: int) -> Iterator[str]:
    """Give the lines of a file of all people's months, month by month; one in twenty bears a penalty."""
    yield "registration_number,month,due_date,contribution,penalty,enforcement_fee"
    for month in (FIRST + EARLIER + n for n in range(MONTHS)):
        for person in range(1, people + 1):
            late = "18.00" if person % 20 == 0 else "0.00"
            yield f"{100_000_000 + person},{month},{month + 1}-10,{200 + person % 500}.50,{late},0.00"


def payments(people: int) -> Iterator[str]:
    """Give the lines of a file of payments, in no order of people, as they come in."""
    yield "reference,registration_number,month,amount,paid_on,channel"
    for number in range(MONTHS * people):
        month = FIRST + EARLIER + number // people
        person = 1 + number * 7919 % people
        paid_on = f"{month + 1}-{1 + number % 28:02}"
        channel = ("direct-debit", "link", "point")[number % 3]
        yield f"P{number:09},{100_000_000 + person},{month},{200 + person % 500}.50,{paid_on},{channel}"


def main(rows: int) -> None:
    """Print rows a second."""
    people = rows // MONTHS
    with tempfile.TemporaryDirectory(prefix="svi-bench-") as folder, embedded.temporary_home() as home:
        files = {"contributions": contributions(people), "payments": payments(people)}
        for kind, lines in files.items():
            with (Path(folder) / kind).open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
        with embedded.postgresql(home) as url:
            os.environ["DATABASE_URL"] = url
            migrate.upgrade(url)
            fill(people)
            for kind in files:
                for what in ("new", "again"):
                    begun = time.perf_counter()
                    counts = run_import(kind, Path(folder) / kind, lambda _progress: None)
                    seconds = time.perf_counter() - begun
                    print(f"{kind:14} {what:6} {rows / seconds:10,.0f} rows/s   {seconds:6.1f} s   {counts}")
            with db.engine().connect() as connection:
                for name in ("charges", "payments"):
                    held = people * (EARLIER + MONTHS)
                    size = connection.execute(text(SIZES), {"name": name, "lines": held}).scalar_one()
                    print(f"{name:14} {size:,.0f} bytes a line")
            db.engine().dispose()


def fill(people: int) -> None:
    """Put people and the months before into the ledger, by SQL."""
    given = {"people": people, "first": FIRST.first_day, "last": (FIRST + EARLIER + -1).first_day}
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))
        for statement in FILLING:
            connection.execute(text(statement), {name: given[name] for name in given if f":{name}" in statement})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
