"""How pages show money, counts, days and times of the day; instants by Morocco's clocks.

A sentence says a day in the words of its language (`backend.wording`); beside figures, in a table or a title, it is
`20/03/2024`, as Morocco writes it in French and in Arabic, set from left to right (`console/parts.html`). Only what
programs read (addresses, fields, exports) is ISO 8601.
"""

from datetime import date, datetime, time
from decimal import Decimal

from flask import Blueprint

from backend.clock import CASABLANCA
from backend.values import Month

THOUSANDS = "\u202f"
YEARS = range(2000, 2100)


def register(blueprint: Blueprint) -> None:
    """Give the console's templates these filters."""
    for filter_ in (money, grouped, day, month, hour, instant, minutes):
        blueprint.add_app_template_filter(filter_)


def money(amount: Decimal) -> str:
    """Return `1 250,50`: dirhams in a column."""
    return f"{amount:,.2f}".replace(",", THOUSANDS).replace(".", ",")


def grouped(number: int) -> str:
    """Return `1 250`: a count by thousands."""
    return f"{number:,}".replace(",", THOUSANDS)


def day(value: date) -> str:
    """Return `20/03/2024`; of an instant, the day in Morocco."""
    return f"{_local(value):%d/%m/%Y}"


def month(value: Month) -> str:
    """Return `03/2024`."""
    return f"{value.number:02}/{value.year}"


def hour(value: datetime | time) -> str:
    """Return `14:05`; of an instant, the time in Morocco."""
    return f"{value if isinstance(value, time) else _local(value):%H:%M}"


def instant(value: datetime) -> str:
    """Return `20/03/2024 14:05`, in Morocco."""
    return f"{day(value)} {hour(value)}"


def minutes(seconds: int) -> str:
    """Return `3:05`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def day_of(text: str | None) -> date | None:
    """Return the day that a field holds; None where it holds none, or one that no calendar of ours reaches."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _local(value: date) -> date:
    return value.astimezone(CASABLANCA) if isinstance(value, datetime) else value
