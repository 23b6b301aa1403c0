"""How pages show money, counts, days and times of the day, in both languages; instants by Morocco's clocks."""

from datetime import date, datetime
from decimal import Decimal

from flask import Blueprint

from backend.clock import CASABLANCA

THOUSANDS = "\u202f"
YEARS = range(2000, 2100)


def register(blueprint: Blueprint) -> None:
    """Give the console's templates these filters."""
    for filter_ in (money, grouped, day, hour, minutes):
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


def hour(value: datetime) -> str:
    """Return `14:05`, in Morocco."""
    return f"{_local(value):%H:%M}"


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
