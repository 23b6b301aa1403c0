"""Quiet hours: when people are not to be sent what they did not ask for (`quiet_hours.yaml`)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files

import yaml

from backend.clock import CASABLANCA


@dataclass(frozen=True)
class Permitted:
    """The permitted hours of every day, in Morocco: from `opens` on, until just before `closes`."""

    opens: time
    closes: time


@cache
def permitted() -> Permitted:
    """Return the permitted hours."""
    span = yaml.safe_load(files(__package__).joinpath("quiet_hours.yaml").read_text("utf-8"))["permitted"]
    return Permitted(time.fromisoformat(span["opens"]), time.fromisoformat(span["closes"]))


def quiet(instant: datetime) -> bool:
    """Say whether an instant lies in quiet hours."""
    return not permitted().opens <= instant.astimezone(CASABLANCA).time() < permitted().closes


def next_permitted(instant: datetime) -> datetime:
    """Return the instant itself, or, where it lies in quiet hours, the one that ends them."""
    if not quiet(instant):
        return instant
    local = instant.astimezone(CASABLANCA)
    over_today = local.time() < permitted().opens
    day = local.date() if over_today else local.date() + timedelta(days=1)
    return datetime.combine(day, permitted().opens, CASABLANCA).astimezone(instant.tzinfo)
