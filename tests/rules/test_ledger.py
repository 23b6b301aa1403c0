"""What is owed, what a payment settles, what is due next (product.md, "Owed"), by examples worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from backend.rules.ledger import NextDue, Parts
from backend.rules.standing import Standing
from backend.values import Dirhams, Month
from tests.rules.workers import Worker, day, in_debt


def remaining(found: Standing) -> dict[str, tuple[int, int, int]]:
    """Return what remains of each month of which something does, in whole dirhams."""
    return {
        str(account.charge.month): (int(left.contribution), int(left.penalty), int(left.enforcement_fee))
        for account in found.months
        if any(left := account.remaining)
    }


@pytest.mark.parametrize(("today", "owed", "months"), [("2022-02-10", "0.00", 0), ("2022-02-11", "343.00", 1)])
def test_a_charge_is_owed_once_its_due_date_is_before_today(today: str, owed: str, months: int) -> None:
    """A charge is owed once its due date is before today and something of it is unpaid: not yet on the day itself."""
    balance = Worker().charged("2022-01", penalty="18", fee="25").on(today).balance
    assert (str(balance.owed), balance.months) == (owed, months)


def test_owed_is_split_over_months_and_since() -> None:
    """The split into contributions, late penalties and enforcement fees, over how many months, since when."""
    worker = Worker("doctor").charged("2022-01", penalty="18", fee="25").charged("2022-02", penalty="18")
    balance = worker.charged("2022-03").pays("2022-01", "100", on="2022-02-20").on("2022-04-11").balance
    assert [balance.owed, balance.contributions, balance.penalties, balance.enforcement_fees] == [861, 800, 36, 25]
    assert (balance.months, balance.since) == (3, Month(2022, 1))
    assert str(balance.owed) == "861.00"


@pytest.mark.parametrize(
    ("amount", "left"),
    [
        ("0", (300, 18, 25)),
        ("299", (1, 18, 25)),
        ("300", (0, 18, 25)),
        ("310", (0, 8, 25)),
        ("318", (0, 0, 25)),
        ("340", (0, 0, 3)),
    ],
)
def test_a_payment_settles_contribution_then_penalty_then_fee(amount: str, left: tuple[int, int, int]) -> None:
    """A payment settles its month's contribution first, then its penalty, then its fee."""
    worker = Worker().charged("2022-01", penalty="18", fee="25").pays("2022-01", amount, on="2022-03-01")
    assert remaining(worker.on("2022-03-01")) == {"2022-01": left}


def test_months_counts_a_month_of_which_only_a_fee_is_owed() -> None:
    """`months` counts months with anything owed; a month is unpaid while its contribution isn't wholly paid."""
    found = Worker().charged("2022-01", fee="25").pays("2022-01", on="2022-02-01").on("2022-03-01")
    assert found.balance.owed == 25
    assert (found.balance.months, found.months[0].unpaid) == (1, False)


def test_what_is_left_over_settles_the_oldest_month_past_due() -> None:
    """All of it, fee included, before the next oldest; a month that isn't past due comes after those that are."""
    worker = Worker().charged("2022-01", penalty="18", fee="25").charged("2022-02", "2022-06")
    worker.pays("2022-04", "1000", on="2022-04-15")
    left = {"2022-03": (243, 0, 0), "2022-05": (300, 0, 0), "2022-06": (300, 0, 0)}
    assert remaining(worker.on("2022-04-15")) == left


def test_what_is_left_over_then_is_credit_for_the_next_charge() -> None:
    """What is due next is said without it: nobody is told to pay what they have in credit."""
    worker = Worker().charged("2022-01", "2022-03").pays("2022-01", "400", on="2022-02-01")
    balance = worker.on("2022-02-01").balance
    assert balance.next_due == NextDue(Month(2022, 2), Dirhams("200.00"), day("2022-03-10"))
    assert balance.credit == 0


def test_the_next_charge_is_the_one_that_is_due_first() -> None:
    """Whatever its month: February is due before January."""
    worker = Worker().charged("2022-01", due_on="2022-05-10").charged("2022-02", due_on="2022-03-10")
    balance = worker.pays("2021-12", "400", on="2022-02-01").on("2022-02-01").balance
    assert balance.next_due == NextDue(Month(2022, 1), Dirhams("200.00"), day("2022-05-10"))


def test_credit_waits_where_no_charge_is_left() -> None:
    """Nothing is lost: it is there for the charge that comes."""
    worker = Worker().charged("2022-01").pays("2022-01", "1000", on="2022-02-01")
    assert worker.on("2022-02-01").balance.credit == 700
    assert worker.on("2022-02-01").balance.next_due is None
    assert remaining(worker.charged("2022-02", "2022-04").on("2022-06-01")) == {"2022-04": (200, 0, 0)}


def test_a_payment_for_a_month_without_a_charge_is_all_left_over() -> None:
    """It settles the oldest month past due."""
    worker = Worker().charged("2022-01", "2022-02").pays("2021-05", "350", on="2022-06-01")
    assert remaining(worker.on("2022-06-01")) == {"2022-02": (250, 0, 0)}


def test_only_what_is_dated_up_to_the_day_counts() -> None:
    """The ledger can be read as it was on any day."""
    worker = Worker().charged("2022-01").pays("2022-01", on="2022-03-05")
    assert [worker.on(today).balance.owed for today in ("2022-03-04", "2022-03-05")] == [300, 0]


def test_the_day_that_wholly_paid_a_month_is_that_of_the_last_part() -> None:
    """A part-payment counts on the day that completes it, also where another month's payment left it over."""
    worker = Worker().charged("2022-01", "2022-02").pays("2022-01", "299", on="2022-02-01")
    worker.pays("2022-02", "302", on="2022-03-05")
    assert [account.paid_on for account in worker.on("2022-03-05").months] == [day("2022-03-05")] * 2


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2022-02-10", ("2022-01", "343", "2022-02-10")),
        ("2022-02-11", ("2022-02", "300", "2022-03-10")),
        ("2022-03-11", None),
    ],
)
def test_due_next_is_the_earliest_charge_due_today_or_later(today: str, expected: Any) -> None:
    """Due next: the earliest charge not wholly paid and due today or later, what remains of it; none: nothing."""
    found = Worker().charged("2022-01", penalty="18", fee="25").charged("2022-02").on(today).balance.next_due
    assert (found and (str(found.month), str(found.amount.to_integral()), found.due_date.isoformat())) == expected


def test_left_over_in_the_cancellation_settles_months_from_december_2023_on() -> None:
    """Oldest first, past due or not, never a covered month: what is left over from 2024-01-01 on."""
    worker = in_debt("2023-06", charged_to="2024-03").pays("2024-01", "750", on="2024-02-12")
    left = remaining(worker.on("2024-02-12"))
    assert left == {f"2023-{n:02}": (300, 0, 0) for n in range(6, 12)} | {
        "2024-02": (150, 0, 0),
        "2024-03": (300, 0, 0),
    }


@pytest.mark.parametrize(("paid_on", "settled"), [("2023-12-31", "2023-06"), ("2024-01-01", "2023-12")])
def test_left_over_before_2024_settles_the_oldest_month_past_due(paid_on: str, settled: str) -> None:
    """Of a person concerned, what is left over from 2024-01-01 on settles months from 2023-12 on."""
    found = in_debt("2023-06").pays("2020-01", on=paid_on).on("2024-01-05")
    assert [str(account.charge.month) for account in found.months if account.paid_on == day(paid_on)] == [settled]


@pytest.mark.parametrize(("begun", "settled"), [(False, "2023-06"), (True, "2023-12")])
def test_left_over_after_the_window_spares_covered_months_only_if_there_was_a_first_payment(
    begun: bool, settled: str
) -> None:
    """After 2024-04-30 only if there was a first payment."""
    worker = in_debt("2023-06").pays("2020-01", on="2024-05-01")
    if begun:
        worker.pays("2024-01", on="2024-04-30")
    found = worker.on("2024-05-01")
    assert [str(account.charge.month) for account in found.months if account.paid_on == day("2024-05-01")] == [settled]


def test_a_payment_for_a_covered_month_settles_it() -> None:
    """Whoever wishes to pay an old month may: a payment settles its month first."""
    found = in_debt("2023-06").pays("2023-07", "400", on="2024-02-12").on("2024-02-12")
    left = {str(account.charge.month): account.remaining for account in found.months}
    assert left["2023-07"] == Parts()
    assert left["2023-12"].contribution == Decimal(200)


def test_two_charges_for_a_month_are_refused() -> None:
    """The subject that reads the ledger gives the line that counts."""
    with pytest.raises(ValueError, match="two charges"):
        Worker().charged("2022-01").charged("2022-01").on("2022-03-01")


def test_each_month_says_which_payments_settled_what_of_it() -> None:
    """The contribution by its own payment, the penalty by what another left over."""
    worker = Worker().charged("2022-01", penalty="18").charged("2022-02").pays("2022-01", "300", on="2022-02-20")
    (january, february) = worker.pays("2022-02", "310", on="2022-03-05").on("2022-03-05").months
    assert [(each.payment.paid_on, each.parts) for each in january.settled] == [
        (day("2022-02-20"), Parts(contribution=Decimal(300))),
        (day("2022-03-05"), Parts(penalty=Decimal(10))),
    ]
    assert [(each.payment.month, each.parts) for each in february.settled] == [
        (Month(2022, 2), Parts(contribution=Decimal(300)))
    ]
