"""The compulsory health insurance (AMO) of a self-employed worker: spells of rights, when they open, close and reopen.

Only contributions count, by due dates and days of payment; the number of months that closes rights is `amo.yaml`'s
(product.md, "AMO of a TNS"; the waiting period of the debt cancellation: 000_…).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from backend.rules import parameters
from backend.rules.cancellation import Course, measure
from backend.values import Month

Status = Literal["open", "closed", "waiting", "unknown"]
_Kind = Literal["covered", "other", "overdue"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A time with rights: its first day, and the first day without them (None: it goes on)."""

    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Amo:
    """Whether rights are open today, since when or from when, and all spells so far, oldest first.

    `opens_on` is the first day of the current spell (`open`) or of the next (`waiting`), else None. `unknown`: not a
    self-employed worker.
    """

    status: Status
    opens_on: date | None
    spells: tuple[Spell, ...] = ()


UNKNOWN = Amo("unknown", None)


def amo(course: Course, amo_from: date) -> Amo:
    """Return somebody's rights on the day of their `course`; `amo_from` is their category's or their record's day.

    Rights close on the day on which three months are past due with their contribution unpaid, and open again on the
    first of the month after a payment brings them below that. In the debt cancellation, while it is kept or once it is
    granted, covered months don't count from the day on which the waiting period is over, on which rights open; rights
    that are open are not closed by them before that day either.
    """
    rights, changes = _Rights(course, amo_from), _changes(course)
    turning = {amo_from, rights.wait_ends_on, course.granted_on, course.today}
    for day in sorted(day for day in turning | changes.keys() if day and day <= course.today):
        rights.count.update(changes.get(day, {}))
        rights.see(day)
    return rights.today()


class _Rights:
    """The rights of one person, day after day of those on which something changes."""

    def __init__(self, course: Course, amo_from: date) -> None:
        self.course = course
        self.amo_from = amo_from
        self.closed_from = parameters.on("amo", course.today).whole("amo-closed-from-months")
        self.wait_ends_on = _wait_ends_on(course)
        self.count: Counter[_Kind] = Counter()
        self.spells: list[Spell] = []
        self.opened_on: date | None = None
        self.reopens_on: date | None = None

    def see(self, day: date) -> None:
        """Open or close rights on a day, its changes being counted."""
        if self.reopens_on and self.reopens_on < day:
            self.opened_on, self.reopens_on = self.reopens_on, None
        if self.count_on(day) >= self.closed_from:
            if self.opened_on:
                self.spells.append(Spell(self.opened_on, day))
            self.opened_on = self.reopens_on = None
        elif not self.opened_on and day >= self.amo_from:
            if day in (self.amo_from, self.reopens_on) or (day == self.wait_ends_on and self.kept(day)):
                self.opened_on, self.reopens_on = day, None
            else:
                self.reopens_on = (Month.of(day) + 1).first_day

    def kept(self, day: date) -> bool:
        """Say whether the cancellation is in progress, or granted."""
        begun_on, granted_on = self.course.first_payment_on, self.course.granted_on
        in_progress = begun_on is not None and begun_on <= day and not self.count["overdue"]
        return in_progress or (granted_on is not None and granted_on <= day)

    def count_on(self, day: date) -> int:
        """Return how many months are past due and count."""
        uncounted = self.opened_on or (self.wait_ends_on and self.wait_ends_on <= day)
        return self.count["other"] + (0 if uncounted and self.kept(day) else self.count["covered"])

    def today(self) -> Amo:
        """Return how it stands, today having been seen."""
        today, spells = self.course.today, tuple(self.spells)
        if self.opened_on:
            return Amo("open", self.opened_on, (*spells, Spell(self.opened_on, None)))
        if opens_on := self._next(today):
            return Amo("waiting", opens_on, spells)
        return Amo("closed", None, spells)

    def _next(self, today: date) -> date | None:
        if self.count_on(today) < self.closed_from:
            return self.reopens_on or self.amo_from
        if self.wait_ends_on and self.kept(today) and self.count["other"] < self.closed_from:
            return max(self.wait_ends_on, self.amo_from)
        return None


def _wait_ends_on(course: Course) -> date | None:
    """Return the day from which covered months stop counting.

    Where the ledger's lines say that it was granted without a first payment on record: the first of the next month.
    """
    if course.first_payment_on:
        return measure().wait_ends_on(course.first_payment_on)
    return (Month.of(course.granted_on) + 1).first_day if course.granted_on else None


def _changes(course: Course) -> dict[date, Counter[_Kind]]:
    """Return by how much, on which days, the counts of months past due and unpaid change."""
    changes: dict[date, Counter[_Kind]] = defaultdict(Counter)
    twelve = frozenset(course.twelve)
    for month, account in course.book.accounts.items():
        late_on, paid_on = account.charge.due_date + timedelta(1), account.paid_on
        if not account.charge.contribution or (paid_on and paid_on < late_on):
            continue
        kinds: list[_Kind] = ["covered" if course.covers(account) else "other"]
        if month in twelve:
            kinds.append("overdue")
        changes[late_on].update(kinds)
        if paid_on:
            changes[paid_on].subtract(kinds)
    return changes
