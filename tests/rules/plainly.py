"""The rules of product.md a second time, lived through day by day, for tests to compare with: plain, and slow.

"Owed", "Debt cancellation" and "AMO of a TNS", sentence by sentence; figures are written out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from backend.rules.ledger import Charge, Payment
from backend.values import Month

NOVEMBER, DECEMBER = Month(2023, 11), Month(2023, 12)
MEASURE, WINDOW, WINDOW_ENDS = date(2023, 12, 4), date(2024, 1, 1), date(2024, 4, 30)
A_DAY = timedelta(days=1)
PARTS = ("contribution", "penalty", "enforcement_fee")


@dataclass
class Life:
    """One person's days, from the first that matters to the one asked about."""

    charges: dict[Month, Charge]
    payments: Sequence[Payment]
    written: date | None
    self_employed: bool
    amo_from: date

    def __post_init__(self) -> None:
        self.left = {(month, part): getattr(charge, part) for month, charge in self.charges.items() for part in PARTS}
        self.unpaid_by_payments = {month for month, charge in self.charges.items() if charge.contribution}
        self.cancelled: dict[tuple[Month, str], Decimal] = {}
        self.credit = Decimal(0)
        self.counted: int | None = None
        self.first_payment: date | None = None
        self.granted: date | None = None
        self.wholly_paid_on: dict[Month, date] = {}
        self.rights_since: date | None = None
        self.below_since: date | None = None
        self.spells: list[tuple[date, date | None]] = []

    def live(self, today: date) -> None:
        """Live every day up to one, included."""
        self.day = min([date(2023, 11, 1), today, self.amo_from, *(p.paid_on for p in self.payments)])
        while True:
            if self.day == WINDOW:
                self.counted = self.unpaid_months()
            for payment in sorted(self.payments, key=lambda payment: payment.reference):
                if payment.paid_on == self.day:
                    self.pay(payment)
            if self.written == self.day:
                self.grant()
            self.judge_rights()
            if self.day == today:
                return
            self.day += A_DAY

    def unpaid_months(self) -> int:
        """Count unpaid months among those up to and including 2023-11."""
        return sum(self.left[month, "contribution"] > 0 for month in self.charges if month <= NOVEMBER)

    def concerned(self) -> bool:
        """A TNS with at least three, counted once on the payments dated up to 2023-12-31."""
        counted = self.unpaid_months() if self.counted is None else self.counted
        return self.self_employed and counted >= 3

    def past_due(self, month: Month) -> bool:
        """Once its due date is before today."""
        return self.charges[month].due_date < self.day

    def something_left(self, month: Month) -> bool:
        """Something of it is unpaid."""
        return any(self.left[month, part] for part in PARTS)

    def pay(self, payment: Payment) -> None:
        """Contribution, then penalty, then fee; what is left over as "Owed" says; then look at the conditions."""
        money = payment.amount
        unpaid_before = {month for month in self.charges if self.left[month, "contribution"]}
        if payment.month in self.charges:
            money = self.settle(payment.month, money)
        while money and (month := self.next_to_settle()):
            money = self.settle(month, money)
        self.credit += money
        paid = {month for month in unpaid_before if not self.left[month, "contribution"]}
        self.unpaid_by_payments -= paid
        self.wholly_paid_on |= dict.fromkeys(paid, self.day)
        waited_for = WINDOW <= self.day <= WINDOW_ENDS and not (self.first_payment or self.granted)
        if self.concerned() and waited_for and any(month >= DECEMBER for month in paid):
            self.first_payment = self.day
        if self.first_payment and self.all_conditions_met():
            self.grant()

    def next_to_settle(self) -> Month | None:
        """What money left over settles next."""
        open_ = [month for month in sorted(self.charges) if self.something_left(month)]
        if self.concerned() and self.day >= WINDOW and (self.day <= WINDOW_ENDS or self.first_payment):
            return next((month for month in open_ if month >= DECEMBER), None)
        late = [month for month in open_ if self.past_due(month)]
        if late:
            return late[0]
        return min(open_, key=lambda month: (self.charges[month].due_date, month), default=None)

    def settle(self, month: Month, money: Decimal) -> Decimal:
        """Return what is left of some money when a month's parts have had theirs."""
        for part in PARTS:
            taken = min(money, self.left[month, part])
            self.left[month, part] -= taken
            money -= taken
        return money

    def twelve(self) -> list[Month]:
        """The months that follow the month of the first payment."""
        assert self.first_payment
        first = Month.of(self.first_payment)
        return [first + n for n in range(1, 13)]

    def months_before(self) -> list[Month]:
        """Months from 2023-12 to that of the first payment."""
        assert self.first_payment
        return [month for month in sorted(self.charges) if DECEMBER <= month <= Month.of(self.first_payment)]

    def paid(self, month: Month) -> bool:
        """Charged, and the contribution wholly paid."""
        return month in self.charges and self.left[month, "contribution"] == 0

    def all_conditions_met(self) -> bool:
        """Twelve months paid, and those before them."""
        return all(self.paid(month) for month in self.twelve() + self.months_before())

    def grant(self) -> None:
        """The covered amounts are cancelled."""
        if self.granted:
            return
        self.granted = self.day
        for month, part in self.left:
            if month <= NOVEMBER:
                self.cancelled[month, part] = self.left[month, part]
                self.left[month, part] = Decimal(0)

    def interrupted(self) -> bool:
        """One of the twelve months is past its due date, unpaid."""
        return any(self.past_due(month) and not self.paid(month) for month in self.twelve() if month in self.charges)

    def situation(self) -> str:
        """The table, from the last row that applies."""
        if self.granted:
            return "granted"
        if not self.concerned() or self.day < MEASURE:
            return "not-concerned"
        if self.day < WINDOW:
            return "upcoming"
        if self.first_payment:
            return "interrupted" if self.interrupted() else "in-progress"
        if self.day <= WINDOW_ENDS:
            return "open"
        due_by_then = [m for m in self.charges if m >= DECEMBER and self.charges[m].due_date <= WINDOW_ENDS]
        beforehand = [
            m
            for m in due_by_then
            if self.charges[m].contribution == 0 or (m in self.wholly_paid_on and self.wholly_paid_on[m] < WINDOW)
        ]
        return "open" if due_by_then and beforehand == due_by_then else "missed"

    def wait_ends(self) -> date | None:
        """The first day of the fourth month after the first payment's month."""
        if self.first_payment:
            return (Month.of(self.first_payment) + 4).first_day
        return (Month.of(self.granted) + 1).first_day if self.granted else None

    def keeps_to_it(self) -> bool:
        """In progress, or granted."""
        return self.situation() in ("in-progress", "granted")

    def months_against_rights(self) -> int:
        """Months past due with their contribution unpaid, but covered ones once they don't count."""
        late = [month for month in self.unpaid_by_payments if self.past_due(month)]
        wait_ends = self.wait_ends()
        if wait_ends and self.keeps_to_it() and (self.rights_since or self.day >= wait_ends):
            late = [month for month in late if month > NOVEMBER]
        return len(late)

    def judge_rights(self) -> None:
        """At the end of a day: rights end, or begin."""
        if self.months_against_rights() >= 3:
            self.below_since = None
            if self.rights_since:
                self.spells.append((self.rights_since, self.day))
                self.rights_since = None
            return
        self.below_since = self.below_since or self.day
        if self.rights_since or self.day < self.amo_from:
            return
        a_month_later = self.day.day == 1 and self.below_since < self.day
        waited = self.day == self.wait_ends() and self.keeps_to_it()
        if self.day == self.amo_from or a_month_later or waited:
            self.rights_since = self.day

    def amo(self) -> tuple[str, date | None]:
        """Status and `opens_on`."""
        if not self.self_employed:
            return "unknown", None
        if self.rights_since:
            return "open", self.rights_since
        if self.below_since:
            next_month = (Month.of(self.day) + 1).first_day
            return "waiting", self.amo_from if self.day < self.amo_from else next_month
        wait_ends = self.wait_ends()
        others = sum(self.past_due(month) and month > NOVEMBER for month in self.unpaid_by_payments)
        if wait_ends and self.day < wait_ends and self.keeps_to_it() and others < 3:
            return "waiting", max(wait_ends, self.amo_from)
        return "closed", None

    def covered(self) -> Decimal:
        """All that is still owed for months up to 2023-11; after granting, what was cancelled."""
        if self.granted:
            return sum(self.cancelled.values(), Decimal(0))
        if self.situation() in ("not-concerned", "missed"):
            return Decimal(0)
        return sum((self.left[m, part] for m, part in self.left if m <= NOVEMBER and self.past_due(m)), Decimal(0))

    def figures(self) -> dict[str, Any]:
        """All that is compared."""
        owed = [month for month in sorted(self.charges) if self.past_due(month) and self.something_left(month)]
        to_come = [month for month in sorted(self.charges) if not self.past_due(month) and self.something_left(month)]
        to_come.sort(key=lambda month: self.charges[month].due_date)
        parts = [sum((self.left[month, part] for month in owed), Decimal(0)) for part in PARTS]
        twelve = self.twelve() if self.first_payment else []
        status, opens_on = self.amo()
        return {
            "owed": sum(parts, Decimal(0)),
            "parts": parts,
            "months": len(owed),
            "since": owed[0] if owed else None,
            "next_due": (to_come[0], sum(self.left[to_come[0], part] for part in PARTS)) if to_come else None,
            "credit": self.credit,
            "situation": self.situation(),
            "unpaid_months": self.unpaid_months() if self.counted is None else self.counted,
            "covered": self.covered(),
            "first_payment_on": self.first_payment,
            "granted_on": self.granted,
            "paid": [month for month in twelve if self.paid(month)],
            "before": [m for m in self.months_before() if not self.paid(m)] if self.first_payment else [],
            "wholly_paid_on": self.wholly_paid_on,
            "amo": status,
            "opens_on": opens_on,
            "spells": [*self.spells, *([(self.rights_since, None)] if self.rights_since else [])]
            if self.self_employed
            else [],
        }
