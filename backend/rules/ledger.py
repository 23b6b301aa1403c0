"""The ledger of a self-employed worker: what each payment settles, what is owed, what is due next (product.md, "Owed").

Amounts are dirhams. Days are the ledger's own: due dates and the days of payments, whatever day they were recorded on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from operator import add
from typing import NamedTuple

from backend.values import CENTIME, Dirhams, Month

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Charge:
    """What is due for a month, in dirhams, none below zero; there is one charge a month at most."""

    month: Month
    due_date: date
    contribution: Decimal
    penalty: Decimal
    enforcement_fee: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid for a month, in dirhams, not below zero; `reference` is unique."""

    reference: str
    month: Month
    amount: Decimal
    paid_on: date


class Parts(NamedTuple):
    """An amount in its three parts, in dirhams, in the order in which payments settle them."""

    contribution: Decimal = NOTHING
    penalty: Decimal = NOTHING
    enforcement_fee: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """All three together."""
        return self.contribution + self.penalty + self.enforcement_fee


NONE = Parts()


class Settlement(NamedTuple):
    """What a payment settled of one month, in dirhams: all of it, or a part."""

    payment: Payment
    parts: Parts


@dataclass(slots=True)
class Account:
    """One month: its charge, what remains of it, what was cancelled, and the day that wholly paid its contribution.

    `settled` says by which payments, in the order of their days. `paid_on` is None while the month is unpaid, where a
    cancellation ended it, and where there was no contribution to pay. Only its `Book` changes it.
    """

    charge: Charge
    remaining: Parts
    cancelled: Parts = NONE
    paid_on: date | None = None
    settled: list[Settlement] = field(default_factory=list)

    @property
    def unpaid(self) -> bool:
        """Whether the contribution isn't wholly paid (nor cancelled): penalties and fees don't count."""
        return bool(self.remaining.contribution)

    def past_due(self, today: date) -> bool:
        """Whether the due date is before `today`: on the day itself nothing is late."""
        return self.charge.due_date < today

    def settle(self, amount: Decimal, payment: Payment) -> Decimal:
        """Settle contribution, then penalty, then fee with so much of a payment, and return what is left over."""
        was_unpaid, left, taken = self.unpaid, [], []
        for part in self.remaining:
            taken.append(min(part, amount))
            amount -= taken[-1]
            left.append(part - taken[-1])
        self.remaining = Parts(*left)
        if any(taken):
            self.settled.append(Settlement(payment, Parts(*taken)))
        if was_unpaid and not self.unpaid:
            self.paid_on = payment.paid_on
        return amount


class Book:
    """The accounts of all months, oldest first, into which payments are entered in the order of their days.

    It always adds up: what was charged = settled + cancelled + remaining; what was paid = settled + credit.
    Raises ValueError on two charges for a month.
    """

    def __init__(self, charges: Iterable[Charge]) -> None:
        ordered = sorted(charges, key=lambda charge: charge.month)
        self.accounts = {
            charge.month: Account(charge, Parts(charge.contribution, charge.penalty, charge.enforcement_fee))
            for charge in ordered
        }
        if len(self.accounts) < len(ordered):
            raise ValueError("a month has two charges: give the one that counts")
        self.credit = NOTHING
        self._oldest_first = list(self.accounts.values())
        self._settled = 0  # so many of the oldest have nothing remaining

    def enter(self, payment: Payment, spare_from: Month | None = None) -> None:
        """Settle the payment's month, then others with what is left over.

        What is left over settles the months past due on that day, oldest first, then those due next in the order of
        their due dates; with `spare_from`, the months from that one on, oldest first, and no other. Where nothing more
        can be settled the rest is credit. (Charges are known whenever the ledger is read, so that credit "for the next
        charge" settles it at once: a caller is never told to pay what they have in credit.)
        """
        amount = payment.amount
        named = self.accounts.get(payment.month)
        for account in chain([named] if named else [], self._next(payment.paid_on, spare_from)):
            amount = account.settle(amount, payment)
            if not amount:
                return
        self.credit += amount

    def cancel(self, to: Month) -> None:
        """Cancel all that remains of the months up to and including `to`."""
        for month, account in self.accounts.items():
            if month <= to:
                account.cancelled, account.remaining = account.remaining, NONE

    def _next(self, on: date, spare_from: Month | None) -> Iterator[Account]:
        """Return the months that money left over settles, in their order."""
        accounts = self._oldest_first
        while self._settled < len(accounts) and not any(accounts[self._settled].remaining):
            self._settled += 1
        open_ = accounts[self._settled :]
        if spare_from:
            yield from (account for account in open_ if account.charge.month >= spare_from)
        else:
            yield from (account for account in open_ if account.past_due(on))
            yield from sorted(
                (account for account in open_ if not account.past_due(on)), key=lambda account: account.charge.due_date
            )


@dataclass(frozen=True, slots=True)
class NextDue:
    """The earliest charge not wholly paid that is due today or later, and what remains of it, in dirhams."""

    month: Month
    amount: Dirhams
    due_date: date


@dataclass(frozen=True, slots=True)
class Balance:
    """What is owed in dirhams, in all and in its three parts, over how many months, since which; what is due next.

    `credit` is what was paid and has settled nothing yet.
    """

    owed: Dirhams
    contributions: Dirhams
    penalties: Dirhams
    enforcement_fees: Dirhams
    months: int
    since: Month | None
    next_due: NextDue | None
    credit: Dirhams


def balance(book: Book, today: date) -> Balance:
    """Return the balance: a charge is owed once its due date is before `today` and something of it is unpaid."""
    open_ = [account for account in book.accounts.values() if any(account.remaining)]
    owed = [account for account in open_ if account.past_due(today)]
    parts = total(account.remaining for account in owed)
    upcoming = [account for account in open_ if not account.past_due(today)]
    following = min(upcoming, key=lambda account: account.charge.due_date, default=None)
    return Balance(
        dirhams(parts.total),
        dirhams(parts.contribution),
        dirhams(parts.penalty),
        dirhams(parts.enforcement_fee),
        len(owed),
        owed[0].charge.month if owed else None,
        _next_due(following) if following else None,
        dirhams(book.credit),
    )


def _next_due(account: Account) -> NextDue:
    return NextDue(account.charge.month, dirhams(account.remaining.total), account.charge.due_date)


def total(amounts: Iterable[Parts]) -> Parts:
    """Return the sum of amounts, part by part."""
    whole = NONE
    for parts in amounts:
        whole = Parts(*map(add, whole, parts))
    return whole


def dirhams(amount: Decimal) -> Dirhams:
    """Return an amount computed here as money, with its two decimals."""
    return Dirhams(amount.quantize(CENTIME))
