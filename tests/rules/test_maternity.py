"""Maternity: 54 days in the ten months before, 98 days at the average daily pay of six months (002_…)."""

from datetime import date

import pytest

from backend.rules.benefits import Missing, Right
from backend.rules.maternity import maternity
from backend.values import Dirhams
from tests.rules.careers import days_before, paid

TODAY = date(2024, 3, 20)
AT_WORK = paid("2023-05", 10)


@pytest.mark.parametrize(("days", "missing"), [(54, ()), (53, (Missing("days", 1),)), (0, (Missing("days", 54),))])
def test_54_days_in_the_ten_months_before(days: int, missing: tuple[Missing, ...]) -> None:
    """One day less, and one is missing."""
    right = maternity("employee", days_before("2024-02", days), TODAY)
    assert right.missing == missing
    assert (right.entitled, right.outcome) == ((False, "days-missing") if missing else (True, "entitled"))


@pytest.mark.parametrize(("month", "missing"), [("2023-04", 54), ("2023-05", 28), ("2024-02", 28), ("2024-03", 54)])
def test_only_the_ten_months_before_that_of_the_start_count(month: str, missing: int) -> None:
    """Neither the eleventh back nor the one in which the leave starts."""
    right = maternity("employee", paid(month, 1), TODAY, leave_start=date(2024, 3, 1))
    assert right.missing == (Missing("days", missing),)


@pytest.mark.parametrize(
    ("pay", "daily"), [("4100", "157.69"), ("6000", "230.77"), ("6000.01", "230.77"), ("20000", "230.77")]
)
def test_the_daily_amount_is_the_pay_of_six_months_by_their_days(pay: str, daily: str) -> None:
    """Each month up to 6,000 dirhams."""
    right = maternity("employee", paid("2023-05", 10, pay=pay), TODAY)
    assert (right.amount, right.days) == (Dirhams(daily), 98)


def test_pay_before_the_six_months_is_not_in_the_amount() -> None:
    """Short months divide by their own days."""
    career = (*paid("2023-05", 4, pay="6000"), *paid("2023-09", 3), *paid("2023-12", 3, days=13, pay="2050"))
    assert maternity("employee", career, TODAY).amount == Dirhams("157.69")


def test_without_pay_in_the_six_months_there_is_no_amount() -> None:
    """The days of the four months before them are enough for the right."""
    right = maternity("employee", paid("2023-05", 4), TODAY)
    assert (right.entitled, right.amount) == (True, None)


@pytest.mark.parametrize(
    ("day", "outcome"), [("2024-03-01", "entitled"), ("2024-03-31", "entitled"), ("2024-04-01", "notice-late")]
)
def test_notice_is_given_within_30_days_of_the_start(day: str, outcome: str) -> None:
    """No source says that a late notice ends the right: it stays, and an advisor is needed."""
    right = maternity("employee", AT_WORK, date.fromisoformat(day), leave_start=date(2024, 3, 1))
    assert (right.entitled, right.outcome) == (True, outcome)
    assert right.notice_by == date(2024, 3, 31)


@pytest.mark.parametrize(("day", "entitled"), [("2024-12-01", True), ("2024-12-02", False)])
def test_it_is_claimed_within_nine_months_of_the_start(day: str, entitled: bool) -> None:
    """The last day is said in both cases."""
    right = maternity("employee", AT_WORK, date.fromisoformat(day), leave_start=date(2024, 3, 1))
    assert (right.entitled, right.until) == (entitled, date(2024, 12, 1))
    assert right.outcome == ("notice-late" if entitled else "too-late")


def test_before_any_answer_it_is_judged_as_if_the_leave_started_today() -> None:
    """No last days are known; that work stops is said, not tested."""
    right = maternity("employee", AT_WORK, TODAY)
    assert (right.entitled, right.until, right.notice_by) == (True, None, None)
    assert (right.conditions, right.documents) == (("stops-paid-work",), ())


def test_a_leave_to_come_is_judged_on_the_records_of_today() -> None:
    """The months until then are not declared yet."""
    right = maternity("employee", paid("2024-01", 12, days=20), TODAY, leave_start=date(2024, 9, 1))
    assert (right.entitled, right.amount) == (True, Dirhams("205.00"))
    assert (right.notice_by, right.until) == (date(2024, 10, 1), date(2025, 6, 1))


@pytest.mark.parametrize(("category", "career"), [("midwife", ()), ("pensioner", paid("1990-01", 300))])
def test_without_a_job_it_is_for_employees_only(category: str, career: tuple[()]) -> None:
    """The self-employed with declared salaries are judged on them."""
    assert maternity(category, career, TODAY) == Right("employees-only", entitled=False)
    assert maternity(category, AT_WORK, TODAY).entitled is True


def test_figures_not_checked_for_a_year_never_say_no() -> None:
    """Too late, or days missing: an advisor confirms."""
    today = date(2027, 11, 23)
    assert maternity("employee", (), today).entitled is None
    assert maternity("employee", (), today, leave_start=date(2027, 1, 1)).entitled is None
    right = maternity("employee", paid("2027-05", 6), today)
    assert (right.entitled, right.estimate) == (True, True)
