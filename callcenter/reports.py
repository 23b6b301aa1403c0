"""A period's figures, by group: for `svi stats queue` and the supervisors' pages alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from sqlalchemy import select

from backend.work import Work
from callcenter import metrics
from callcenter.agents import advisors
from callcenter.figures.counting import MINUTES, TARGET, Counted, count, day, parts
from callcenter.figures.reading import Interval
from callcenter.figures.stories import Happening, History, Story

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
    """Return the whole, then each group in which something happened."""
    told = metrics.history(work, asked.whole)
    counted = ((group, count(part, interval, asked.target)) for group, part, interval in _groups(work, told, asked))
    groups = [Row(group, of) for group, of in counted if not is_nothing(of)]
    return [Row(None, count(told, asked.whole, asked.target)), *groups]


def is_nothing(of: Counted) -> bool:
    """Say whether nothing happened."""
    return not (of.offered or of.handled or of.offers or of.promised or of.attempts or of.signed_in)


def _groups(work: Work, told: History, asked: Asked) -> Iterator[tuple[Interval | str, History, Interval]]:
    if asked.by == "interval":
        for interval in parts(asked.whole, asked.minutes):
            yield interval, told, interval
    elif asked.by == "advisor":
        logins = {row.id: row.login for row in work.execute(select(advisors.c.id, advisors.c.login))}
        for advisor, part in told.by_advisor():
            yield logins.get(advisor, str(advisor)), part, asked.whole
    else:
        name = _NAMES[asked.by]
        for group in sorted({name(each) for each in told.stories}):
            yield group, told.only(partial(_is_called, name, group)), asked.whole


def _is_called(name: "Name", group: str, each: Story | Happening) -> bool:
    return name(each) == group


Name = Callable[[Story | Happening], str]
_NAMES: Mapping[By, Name] = MappingProxyType(
    {
        "subject": lambda each: str(each.subject),
        "language": lambda each: str(each.language),
        "queue": lambda each: f"{each.subject}:{each.language}",
        "reason": lambda each: str(each.reason),
    }
)
