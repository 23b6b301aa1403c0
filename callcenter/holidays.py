"""Days on which nobody works: Morocco's holidays as the package `holidays` knows them, and what an administrator says.

Those of the lunar calendar are its estimates, and count as holidays until somebody confirms, moves or cancels them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal, get_args

import holidays as published
from sqlalchemy import CheckConstraint, Column, Date, DateTime, Table, Text, select
from sqlalchemy.dialects.postgresql import insert

from backend import audit
from backend.db import metadata
from backend.errors import BadInputError
from backend.wording import Language
from backend.work import Work

Said = Literal["confirmed", "moved", "cancelled"]
State = Literal["fixed", "estimated", "confirmed", "moved", "cancelled"]
_ESTIMATED = " (estimated)"
_ESTIMATED_IN: dict[Language, str] = {"fr": " (estimé)", "ar": " (تقديري)"}
LONGEST_NAME = 80

holidays = Table(
    "holidays",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),  # nobody works on a confirmed one; moved elsewhere, or cancelled: people do
    Column("said_by", Text, nullable=False),
    Column("said_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(Said))), name="state"),
)


@dataclass(frozen=True)
class Holiday:
    """A holiday, or a day that is none any more; who said so last, where somebody did."""

    day: date
    name: str
    state: State
    said_by: str | None = None
    said_at: datetime | None = None

    @property
    def kept(self) -> bool:
        """Whether nobody works on it."""
        return self.state not in {"moved", "cancelled"}


def of_years(work: Work, first: int, last: int) -> list[Holiday]:
    """Return the holidays of some years, those that were moved or cancelled included, by day."""
    found = {each.day: each for year in range(first, last + 1) for each in _published(year)}
    said = select(holidays).where(holidays.c.day.between(date(first, 1, 1), date(last, 12, 31)))
    for row in work.execute(said):
        found[row.day] = Holiday(row.day, row.name, row.state, row.said_by, row.said_at)
    return [found[day] for day in sorted(found)]


def kept(work: Work, first: int, last: int) -> frozenset[date]:
    """Return the days of some years on which nobody works because they are holidays."""
    return frozenset(each.day for each in of_years(work, first, last) if each.kept)


def name_in(holiday: Holiday, language: Language) -> str:
    """Return what a holiday is called in a language; one that somebody added has the name that they gave."""
    years = (holiday.day.year - 1, holiday.day.year, holiday.day.year + 1)  # one that was moved may have left its year
    names = [found for year in years if (found := _names(year, language).get(holiday.name))]
    return names[0] if names else holiday.name


def find(work: Work, day: date) -> Holiday | None:
    """Return what is on record of a day: a holiday, or one that was moved or cancelled."""
    return next((each for each in of_years(work, day.year, day.year) if each.day == day), None)


def confirm(work: Work, days: Iterable[date]) -> list[Holiday]:
    """Say that holidays are on the days that were estimated. Raises BadInputError for a day that is none."""
    return [_say(work, _holiday(work, day), "confirmed") for day in days]


def move(work: Work, from_: date, to: date) -> Holiday:
    """Have a holiday on another day. Raises BadInputError where there is none, or already one on that day."""
    holiday = _holiday(work, from_)
    _check_free(work, to)
    _say(work, holiday, "moved")
    return _say(work, Holiday(to, holiday.name, "confirmed"), "confirmed")


def add(work: Work, day: date, name: str) -> Holiday:
    """Have one more holiday. Raises BadInputError where that day is one, or the name can't be."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInputError(f"a holiday's name has 1 to {LONGEST_NAME} characters")
    _check_free(work, day)
    return _say(work, Holiday(day, name, "confirmed"), "confirmed")


def remove(work: Work, day: date) -> Holiday:
    """Have people work on a day that was a holiday. Raises BadInputError where it is none."""
    return _say(work, _holiday(work, day), "cancelled")


def _find(work: Work, day: date) -> Holiday | None:
    return next((each for each in of_years(work, day.year, day.year) if each.day == day and each.kept), None)


def _holiday(work: Work, day: date) -> Holiday:
    found = _find(work, day)
    if found is None:
        raise BadInputError(f"{day} is no holiday: `svi holidays list` shows them")
    return found


def _check_free(work: Work, day: date) -> None:
    if found := _find(work, day):
        raise BadInputError(f"{day} is a holiday already: {found.name}")


def _say(work: Work, holiday: Holiday, state: Said) -> Holiday:
    by = f"{work.actor.kind} {work.actor.reference}"
    said = {"name": holiday.name, "state": state, "said_by": by, "said_at": work.now}
    new = insert(holidays).values(day=holiday.day, **said)
    work.execute(new.on_conflict_do_update(index_elements=["day"], set_=said))
    audit.record(work, f"holiday.{state}", None, day=holiday.day.isoformat())
    return Holiday(holiday.day, holiday.name, state, by, work.now)


@cache
def _published(year: int) -> tuple[Holiday, ...]:
    days = published.country_holidays("MA", years=year, language="en_US")
    return tuple(_named(day, name) for day, name in days.items() if day.year == year)


@cache
def _names(year: int, language: Language) -> dict[str, str]:
    """Return the holidays' names in a language, by those on record."""
    told = published.country_holidays("MA", years=year, language=language)
    suffix = _ESTIMATED_IN[language]
    return {
        each.name: "; ".join(name.removesuffix(suffix) for name in told[each.day].split("; "))
        for each in _published(year)
    }


def _named(day: date, name: str) -> Holiday:
    """Tell an estimate by its name; a day that bears a fixed holiday too is certain."""
    names = name.split("; ")
    estimated = all(each.endswith(_ESTIMATED) for each in names)
    return Holiday(
        day, "; ".join(each.removesuffix(_ESTIMATED) for each in names), "estimated" if estimated else "fixed"
    )
