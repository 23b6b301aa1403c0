"""Self-employed workers to judge: what they were charged and what they paid, told in a test's words."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from backend.rules.cancellation import CancelledLine
from backend.rules.ledger import Charge, Payment
from backend.rules.standing import Standing, standing
from backend.values import Month


def day(text: str) -> date:
    """Return the day of `2024-03-20`."""
    return date.fromisoformat(text)


def months(first: str, last: str) -> list[Month]:
    """Return the months from one to another, both included."""
    found, end = [Month.parse(first)], Month.parse(last)
    while found[-1] < end:
        found.append(found[-1] + 1)
    return found


def due(month: Month) -> date:
    """Return the usual due date: the tenth of the next month."""
    return (month + 1).first_day.replace(day=10)


@dataclass
class Worker:
    """Somebody of whom a test tells the story; each method returns the worker, `on` the standing of a day."""

    category: str = "cpu"
    charges: list[Charge] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    cancelled: list[CancelledLine] = field(default_factory=list)
    contributions_from: Month | None = None
    amo_from: date | None = None

    def charged(
        self, first: str, last: str = "", amount: str = "300", penalty: str = "0", fee: str = "0", due_on: str = ""
    ) -> "Worker":
        """Charge months: dirhams a month, due on the tenth of the next month unless said."""
        self.charges += [
            Charge(month, day(due_on) if due_on else due(month), Decimal(amount), Decimal(penalty), Decimal(fee))
            for month in months(first, last or first)
        ]
        return self

    def on_time(self, first: str, last: str = "", amount: str = "300") -> "Worker":
        """Pay months, each on its usual due date."""
        for month in months(first, last or first):
            self.pays(str(month), amount, on=due(month).isoformat())
        return self

    def pays(self, month: str, amount: str = "300", *, on: str) -> "Worker":
        """Pay an amount for a month on a day."""
        reference = f"P{len(self.payments):05}"
        self.payments.append(Payment(reference, Month.parse(month), Decimal(amount), day(on)))
        return self

    def on(self, today: str) -> Standing:
        """Return how the worker stands on a day."""
        return standing(
            self.category,
            self.contributions_from,
            self.amo_from,
            self.charges,
            self.payments,
            self.cancelled,
            day(today),
        )


def in_debt(unpaid_from: str = "2023-06", charged_to: str = "2024-04", penalty: str = "0", fee: str = "0") -> Worker:
    """Return a worker charged 300 a month since 2022-01 who paid none from a month on, up to 2023-11 nor later."""
    paid_up_to = str(Month.parse(unpaid_from) + -1)
    return (
        Worker()
        .charged("2022-01", paid_up_to)
        .on_time("2022-01", paid_up_to)
        .charged(unpaid_from, "2023-11", penalty=penalty, fee=fee)
        .charged("2023-12", charged_to)
    )
