"""The real clock, and Morocco's day.

Leases, codes and time-outs use `now()`; rules and sentences use the business day that `work` carries.
Africa/Casablanca is UTC+1, and UTC in Ramadan: the tz database knows.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day it is in Morocco."""
    return datetime.now(CASABLANCA).date()
