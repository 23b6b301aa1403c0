"""How a self-employed worker stands towards the fund: what they owe, the debt cancellation, AMO, the one thing to do.

The one entry to `ledger`, `cancellation` and `amo`: pure, and quick enough to run while a caller waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.rules import categories
from backend.rules.amo import UNKNOWN, Amo, amo
from backend.rules.cancellation import Cancellation, CancelledLine, Course, cancellation, measure, replay, uncharged
from backend.rules.ledger import Account, Balance, Charge, Payment, balance, dirhams, total
from backend.values import Dirhams, Month

Kind = Literal["first-payment", "months-before", "next-month", "advisor", "owed", "next-due"]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do: an amount in dirhams, the last day (None: none is left, so now), the month that it is for.

    Where it is for several `months`, `month` is the oldest. `amo_on`: the day on which AMO opens if it is done today.

    | kind | to do |
    |---|---|
    | first-payment | pay the oldest month from 2023-12 on by the end of the window: this begins the cancellation. \
`not_before`: paid earlier it would not count. No amount: that month is not charged yet |
    | months-before | pay what is unpaid up to the first payment's month: all of it is `amount`, the oldest `month` |
    | next-month | pay the next of the twelve months |
    | advisor | speak to an advisor; `amount` and `month`, where given, are what is past due, or what has no charge |
    | owed | pay what is owed, but for what will be cancelled; `month` is the oldest |
    | next-due | pay what is due next |
    """

    kind: Kind
    amount: Dirhams | None = None
    by: date | None = None
    month: Month | None = None
    not_before: date | None = None
    months: int = 1
    amo_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the rules say of somebody on a day; `step` is None where there is nothing to do.

    `months` are the accounts of the ledger, oldest first: what remains of each, what was cancelled, when it was paid.
    """

    balance: Balance
    cancellation: Cancellation
    amo: Amo
    step: NextStep | None
    months: tuple[Account, ...]


def standing(
    category: str,
    contributions_from: Month | None,
    amo_from: date | None,
    charges: Iterable[Charge],
    payments: Iterable[Payment],
    cancelled: Iterable[CancelledLine],
    today: date,
) -> Standing:
    """Return how somebody stands on `today`, from the record of the person and the lines of the ledger, in any order.

    `contributions_from` and `amo_from` are the record's own; where it has none, the category's count. `cancelled` are
    lines of an earlier `Cancellation.lines` that were written. Raises BadInputError for a farmer or a craftsperson
    whose record has no dates (the import rejects it), ValueError on two charges for a month.
    """
    self_employed = category in categories.self_employed()
    course = replay(charges, payments, cancelled, today, self_employed=self_employed)
    owed, progress = balance(course.book, today), cancellation(course)
    return Standing(
        owed,
        progress,
        amo(course, categories.opening(category, contributions_from, amo_from).amo_from) if self_employed else UNKNOWN,
        _step(course, owed, progress),
        tuple(course.book.accounts.values()),
    )


def _step(course: Course, owed: Balance, progress: Cancellation) -> NextStep | None:
    """Return the one thing to do: what begins or keeps the cancellation, else debts, else what is due next."""
    match progress.situation:
        case "upcoming" | "open" if not progress.advisor:
            return _first_payment(course)
        case "in-progress" if not progress.advisor or progress.before:
            return _twelve_months(course, progress) or _debts(course, owed, progress)
        case _ if progress.advisor:
            return _advisor(course)
        case _:
            return _debts(course, owed, progress)


def _first_payment(course: Course) -> NextStep:
    account = next((account for account in course.resumed if account.unpaid), None)
    return NextStep(
        "first-payment",
        _contributions([account]) if account else None,
        measure().window_to,
        account.charge.month if account else None,
        measure().window_from if course.today < measure().window_from else None,
        amo_on=None if course.today < measure().window_from else measure().wait_ends_on(course.today),
    )


def _twelve_months(course: Course, progress: Cancellation) -> NextStep | None:
    accounts = course.book.accounts
    if before := [accounts[month] for month in progress.before]:
        by = min(account.charge.due_date for account in before)
        return NextStep(
            "months-before",
            _contributions(before),
            by if by >= course.today else None,
            before[0].charge.month,
            months=len(before),
        )
    following = next((accounts[month] for month in progress.missing if month in accounts), None)
    if following is None:
        return None
    return NextStep("next-month", _contributions([following]), following.charge.due_date, following.charge.month)


def _advisor(course: Course) -> NextStep:
    if overdue := course.overdue():
        return NextStep("advisor", _contributions(overdue), None, overdue[0].charge.month, months=len(overdue))
    return NextStep("advisor", month=next(iter(uncharged(course)), None))


def _debts(course: Course, owed: Balance, progress: Cancellation) -> NextStep | None:
    kept = progress.situation == "in-progress"
    debts = [
        account
        for account in course.book.accounts.values()
        if any(account.remaining) and account.past_due(course.today) and not (kept and course.covers(account))
    ]
    if debts:
        payable = total(account.remaining for account in debts).total
        return NextStep("owed", dirhams(payable), None, debts[0].charge.month, months=len(debts))
    if owed.next_due:
        return NextStep("next-due", owed.next_due.amount, owed.next_due.due_date, owed.next_due.month)
    return None


def _contributions(accounts: Iterable[Account]) -> Dirhams:
    return dirhams(total(account.remaining for account in accounts).contribution)
