"""A period's figures, by group: for `svi stats queue` and the supervisors' pages alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from sqlalchemy import select

from backend.clock import CASABLANCA
from backend.work import Work
from callcenter import tallies
from callcenter.agents import advisors
from callcenter.figures.counting import MINUTES, TARGET, Counted, day, parts
from callcenter.figures.reading import Interval

By = Literal["subject", "language", "queue", "reason", "advisor", "interval"]
BYS: tuple[By, ...] = get_args(By)


class Row(NamedTuple):
    """What was counted in a group: an interval, or a name (a queue's is `subject:language`); None for the whole."""

    group: Interval | str | None
    counted: Counted


@dataclass(frozen=True)
class Asked:
    """What is to be counted: days in Morocco, both included; intervals of so many minutes, None for days."""

    first: date
    last: date
    by: By = "interval"
    minutes: int | None = None
    target: timedelta = TARGET

    @property
    def whole(self) -> Interval:
        """Return all of it."""
        return Interval(day(self.first).begins, day(self.last).ends)


def usual_minutes(first: date, last: date) -> int | None:
    """Return how long intervals are where nobody says: half-hours of one day, else days."""
    return MINUTES[1] if first == last else None


def report(work: Work, asked: Asked) -> list[Row]:
    """Return the whole, then each group in which something happened, as far as it is counted (`tallies.state`)."""
    groups = [Row(group, counted) for group, counted in _groups(work, asked) if not is_nothing(counted)]
    return [Row(None, tallies.whole(work, asked.first, asked.last, asked.target)), *groups]


def is_nothing(of: Counted) -> bool:
    """Say whether nothing happened."""
    return not (of.offered or of.handled or of.offers or of.promised or of.attempts or of.signed_in)


def _groups(work: Work, asked: Asked) -> Iterator[tuple[Interval | str, Counted]]:
    period = asked.first, asked.last
    match asked.by:
        case "interval":
            found = tallies.by_interval(work, *period, asked.minutes, asked.target)
            for interval in parts(asked.whole, asked.minutes):
                begins = interval.begins if asked.minutes else interval.begins.astimezone(CASABLANCA).date()
                if begins in found:
                    yield interval, found[begins]
        case "advisor":
            logins = {str(row.id): row.login for row in work.execute(select(advisors.c.id, advisors.c.login))}
            counted = tallies.by_name(work, "advisor", *period, asked.target)
            for advisor in sorted(counted, key=int):
                yield logins.get(advisor, advisor), counted[advisor]
        case "reason":
            yield from tallies.by_name(work, "reason", *period, asked.target).items()
        case _:
            part = {"subject": 1, "language": 2}.get(asked.by)
            yield from tallies.by_name(work, "queue", *period, asked.target, part=part).items()
