"""What the tests of notices do: let a day come, a clock's duty run, payments arrive; look at what was promised."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import orjson
import time_machine
from sqlalchemy import Row, select

from backend import db, seal
from backend.outbox import outbox
from backend.work import Actor, Work, begin
from tests.feeds.lists import Import
from tests.rules.workers import due, months

NOON = datetime(2024, 3, 20, 12, 0, tzinfo=UTC)
CLOCK = Actor("job", "clock")
NUMBER = "104228815"


@contextlib.contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Be at an instant."""
    with time_machine.travel(instant, tick=False):
        yield


def run(duty: Callable[[Work], bool], day: str = "2024-03-20", instant: datetime = NOON) -> int:
    """Do a duty of the clock to its end on a business day, by day unless said; return its transactions."""
    transactions, more = 0, True
    with at(instant):
        while more:
            with begin(CLOCK, today=date.fromisoformat(day)) as work:
                more = duty(work)
            transactions += 1
    return transactions


class KilledError(Exception):
    """The clock was killed."""


def killed(duty: Callable[[Work], bool], day: str = "2024-03-20") -> None:
    """Do a duty of the clock, which is killed before the commit."""
    with contextlib.suppress(KilledError), begin(CLOCK, today=date.fromisoformat(day)) as work:
        duty(work)
        raise KilledError


def promised(occasion: str = "") -> list[Row[Any]]:
    """Return the rows of the outbox in the order of their promises, of one occasion or all."""
    query = select(outbox).order_by(outbox.c.id)
    with db.engine().connect() as connection:
        return list(connection.execute(query.where(outbox.c.occasion == occasion) if occasion else query))


def said(row: Row[Any]) -> str:
    """Return what an SMS says."""
    payload = orjson.loads(seal.unseal(row.payload, f"outbox:{row.business_key}"))
    return str(payload["body"])


def charged(feed: Import, first: str, last: str, number: str = NUMBER, **cells: str) -> None:
    """Charge somebody 300 dirhams a month, due on the tenth of the next."""
    rows = [
        {"registration_number": number, "month": str(month), "due_date": due(month).isoformat()} | cells
        for month in months(first, last)
    ]
    assert feed("contributions", *rows).rejected == 0


def pays(feed: Import, first: str, last: str = "", *, on: str = "", number: str = NUMBER, amount: str = "300") -> None:
    """Pay somebody's months, each on its due date unless said."""
    rows = [
        {
            "reference": f"{number}-{month}",
            "registration_number": number,
            "month": str(month),
            "paid_on": on or due(month).isoformat(),
            "amount": amount,
        }
        for month in months(first, last or first)
    ]
    assert feed("payments", *rows).rejected == 0


def takes_part(feed: Import, number: str = NUMBER) -> None:
    """Have somebody owe 2023, and pay since 15 January 2024: February 2024, due on 10 March, is unpaid."""
    charged(feed, "2023-01", "2024-03", number)
    pays(feed, "2023-12", on="2024-01-15", number=number)
    pays(feed, "2024-01", on="2024-02-08", number=number)


def lives(feed: Import, number: str = NUMBER) -> None:
    """Have somebody pay all that the measure asks for."""
    charged(feed, "2023-01", "2023-11", number, penalty="18", enforcement_fee="25")
    charged(feed, "2023-12", "2025-01", number)
    pays(feed, "2023-12", on="2024-01-15", number=number)
    pays(feed, "2024-01", "2025-01", number=number)
