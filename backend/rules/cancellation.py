"""The debt cancellation of self-employed workers: who is concerned, what is covered, how far they have come.

Law 41.23 of 4 December 2023, as 000_… and the press reported it; its figures and their sources are in
`cancellation.yaml`. The ledger is replayed payment by payment, because what a payment settles depends on how far its
payer has come (product.md, "Owed", "Debt cancellation").
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Literal

from backend.rules import parameters
from backend.rules.ledger import NONE, Account, Book, Charge, Parts, Payment, dirhams, total
from backend.values import Dirhams, Month

Situation = Literal["not-concerned", "upcoming", "open", "in-progress", "interrupted", "granted", "missed"]


@dataclass(frozen=True, slots=True)
class Measure:
    """The figures of the measure; `charged_by_day` is a day of the month that follows a charge's."""

    measure_from: date
    covered_to: Month
    unpaid_months: int
    window_from: date
    window_to: date
    months_required: int
    waiting_months: int
    charged_by_day: int

    @property
    def resumed_from(self) -> Month:
        """The first month that isn't covered: from it on contributions are to be paid again."""
        return self.covered_to + 1

    def wait_ends_on(self, first_payment_on: date) -> date:
        """Return the day on which the waiting period that a first payment began is over."""
        return (Month.of(first_payment_on) + self.waiting_months + 1).first_day


@cache
def measure() -> Measure:
    """Return the figures of the measure."""
    figures = {name.replace("-", "_"): values[-1].value for name, values in parameters.history("cancellation").items()}
    return Measure(**figures | {"covered_to": Month.parse(figures["covered_to"])})


@dataclass(frozen=True, slots=True)
class CancelledLine:
    """What was cancelled of one month, in dirhams, on the day of the grant: a line of the ledger."""

    month: Month
    granted_on: date
    contribution: Dirhams
    penalty: Dirhams
    enforcement_fee: Dirhams


class Course:
    """How far somebody has come in the measure, payment by payment.

    `before` are the months from the first that isn't covered to that of the first payment, as far as they are charged;
    `twelve` those that follow: both empty without a first payment.
    """

    def __init__(self, book: Book, *, self_employed: bool, today: date) -> None:
        self.book = book
        self.today = today
        self.unpaid_months = sum(account.unpaid for month, account in book.accounts.items() if self._coverable(month))
        enough = self.unpaid_months >= measure().unpaid_months
        self.concerned = self_employed and enough and today >= measure().measure_from
        self.first_payment_on: date | None = None
        self.granted_on: date | None = None
        self.before: list[Account] = []
        self.twelve: list[Month] = []
        self.resumed = [account for month, account in book.accounts.items() if not self._coverable(month)]

    @staticmethod
    def _coverable(month: Month) -> bool:
        return month <= measure().covered_to

    def covers(self, account: Account) -> bool:
        """Say whether what is owed for a month can be, or was, cancelled."""
        return self._coverable(account.charge.month) and (self.concerned or self.granted_on is not None)

    def enter(self, payment: Payment) -> None:
        """Enter a payment of the window or later, and see whether it is the first, or meets the last condition."""
        in_window = payment.paid_on <= measure().window_to
        spared = self.concerned and (in_window or self.first_payment_on)
        self.book.enter(payment, measure().resumed_from if spared else None)
        waited_for = self.concerned and in_window and not (self.first_payment_on or self.granted_on)
        if waited_for and any(account.paid_on == payment.paid_on for account in self.resumed):
            self._begin(payment.paid_on)
        if self.first_payment_on and not self.granted_on and self._all_paid():
            self.grant(payment.paid_on)

    def grant(self, on: date) -> None:
        """Cancel what is owed for covered months, if that was not done before."""
        if not self.granted_on:
            self.granted_on = on
            self.book.cancel(measure().covered_to)

    def _begin(self, on: date) -> None:
        self.first_payment_on, month = on, Month.of(on)
        self.before = [account for account in self.resumed if account.charge.month <= month]
        self.twelve = [month + n for n in range(1, measure().months_required + 1)]

    def _all_paid(self) -> bool:
        return not any(account.unpaid for account in self.before) and all(map(self.paid, self.twelve))

    def paid(self, month: Month) -> bool:
        """Say whether the contribution of a month is wholly paid; without a charge it is not."""
        account = self.book.accounts.get(month)
        return account is not None and not account.unpaid

    def overdue(self) -> list[Account]:
        """Return the accounts of the twelve months that are past due and unpaid."""
        accounts = (self.book.accounts.get(month) for month in self.twelve)
        return [account for account in accounts if account and account.unpaid and account.past_due(self.today)]


def replay(
    charges: Iterable[Charge],
    payments: Iterable[Payment],
    cancelled: Iterable[CancelledLine],
    today: date,
    *,
    self_employed: bool,
) -> Course:
    """Enter all that is dated up to `today` in the order of its days, payments of one day by their references.

    What is owed for covered months is cancelled with the very payment that meets the last condition, whether or not its
    lines have been written. Lines already `cancelled` say that, and since when, it was granted: that stays, whatever is
    imported later; their amounts are worked out anew, so that they count once.
    """
    book = Book(charges)
    entries = sorted((entry for entry in payments if entry.paid_on <= today), key=attrgetter("paid_on", "reference"))
    opening = bisect_left(entries, measure().window_from, key=attrgetter("paid_on"))
    for payment in entries[:opening]:
        book.enter(payment)
    course = Course(book, self_employed=self_employed, today=today)
    written_on = min((line.granted_on for line in cancelled if line.granted_on <= today), default=None)
    for payment in entries[opening:]:
        if written_on and written_on < payment.paid_on:
            course.grant(written_on)
        course.enter(payment)
    if written_on:
        course.grant(written_on)
    return course


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What the measure means for somebody today; amounts in dirhams.

    `covered` is what can be, will be or (`granted`) was cancelled; nothing where the measure offers nothing
    (`not-concerned`, `missed`). Of the twelve months `paid` are wholly paid, in advance or late, `missing` are not
    (yet). `before` are the months before them that are still to be paid, before all else. `advisor`: only a person can
    say what happens next. `wait_ends_on` is the day on which the waiting period is over. `lines` are those that the
    ledger is to hold once granted, one a month.
    """

    situation: Situation
    unpaid_months: int
    covered: Dirhams
    first_payment_on: date | None
    granted_on: date | None
    months_paid: int
    months_required: int
    paid: tuple[Month, ...]
    missing: tuple[Month, ...]
    before: tuple[Month, ...]
    advisor: bool
    wait_ends_on: date | None
    lines: tuple[CancelledLine, ...]


def cancellation(course: Course) -> Cancellation:
    """Return what the measure means for somebody on the day of their `course`."""
    situation = situation_of(course)
    paid = tuple(filter(course.paid, course.twelve))
    return Cancellation(
        situation,
        course.unpaid_months,
        dirhams(_covered(course, situation).total),
        course.first_payment_on,
        course.granted_on,
        len(paid),
        measure().months_required,
        paid,
        tuple(month for month in course.twelve if month not in paid),
        tuple(account.charge.month for account in course.before if account.unpaid),
        _goes_to_an_advisor(course, situation),
        measure().wait_ends_on(course.first_payment_on) if course.first_payment_on else None,
        tuple(_lines(course)),
    )


def situation_of(course: Course) -> Situation:
    """Return which of the seven situations somebody is in.

    Somebody without a first payment who had paid all months that fell due in the window before it stays `open` for ever
    (and goes to an advisor): they missed nothing.
    """
    if course.granted_on:
        return "granted"
    if not course.concerned:
        return "not-concerned"
    if course.today < measure().window_from:
        return "upcoming"
    if course.first_payment_on:
        return "interrupted" if course.overdue() else "in-progress"
    if course.today <= measure().window_to or _paid_beforehand(course):
        return "open"
    return "missed"


def _covered(course: Course, situation: Situation) -> Parts:
    accounts = [account for account in course.book.accounts.values() if course.covers(account)]
    match situation:
        case "not-concerned" | "missed":
            return NONE
        case "granted":
            return total(account.cancelled for account in accounts)
        case _:
            return total(account.remaining for account in accounts if account.past_due(course.today))


def _due_in_window(course: Course) -> list[Account]:
    """Return what somebody who did nothing had to pay by the end of the window, covered months apart."""
    return [account for account in course.resumed if account.charge.due_date <= measure().window_to]


def _paid_beforehand(course: Course) -> bool:
    """Say whether the months that fell due in the window, one at least, were all paid before it.

    Without a first payment, one that is paid was paid before the window or after it.
    """
    due = _due_in_window(course)
    return bool(due) and all(
        not account.unpaid and (account.paid_on is None or account.paid_on < measure().window_from) for account in due
    )


def _goes_to_an_advisor(course: Course, situation: Situation) -> bool:
    match situation:
        case "interrupted":
            return True
        case "open":
            return course.today > measure().window_to or not any(account.unpaid for account in course.resumed)
        case "missed":
            return not _due_in_window(course)
        case "in-progress":
            return bool(uncharged(course))
        case _:
            return False


def uncharged(course: Course) -> list[Month]:
    """Return those of the twelve months that have no charge though it should be there: neither paid nor missed."""
    latest = measure().charged_by_day
    return [
        month
        for month in course.twelve
        if month not in course.book.accounts and course.today > (month + 1).first_day.replace(day=latest)
    ]


def _lines(course: Course) -> Iterator[CancelledLine]:
    for month, account in course.book.accounts.items():
        if course.granted_on and any(account.cancelled):
            yield CancelledLine(month, course.granted_on, *map(dirhams, account.cancelled))
