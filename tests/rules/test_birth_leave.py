"""Birth leave: three days of pay, repaid to the employer up to 692.30 dirhams, within six months (002_…)."""

from datetime import date

import pytest

from backend.rules.benefits import Relative, Right
from backend.rules.birth_leave import birth_leave
from backend.values import Dirhams
from tests.rules.careers import paid

TODAY = date(2024, 3, 20)
AT_WORK = paid("2023-09", 6)


def born(day: str) -> Relative:
    """Return a child born on that day."""
    return Relative("child", "Lina", date.fromisoformat(day))


@pytest.mark.parametrize(
    ("pay", "amount"), [("4100", "473.08"), ("5999.93", "692.30"), ("6000", "692.30"), ("9000", "692.30")]
)
def test_three_days_of_pay_are_repaid_up_to_692_30(pay: str, amount: str) -> None:
    """The pay of a day is that of the last declared month."""
    right = birth_leave("employee", (*AT_WORK[:5], *paid("2024-02", 1, pay=pay)), (), TODAY)
    assert (right.amount, right.days) == (Dirhams(amount), 3)


@pytest.mark.parametrize(
    ("birth", "until", "notice_by"),
    [
        ("2023-09-20", "2024-03-20", "2023-10-20"),
        ("2024-01-05", "2024-07-05", "2024-02-05"),
        ("2024-03-20", "2024-09-20", "2024-04-20"),
    ],
)
def test_the_employer_declares_within_a_month_and_claims_within_six(birth: str, until: str, notice_by: str) -> None:
    """Of the birth of the youngest child."""
    right = birth_leave("employee", AT_WORK, (born("2020-10-11"), born(birth), born("2023-09-20")), TODAY)
    assert (right.until, right.notice_by) == (date.fromisoformat(until), date.fromisoformat(notice_by))


@pytest.mark.parametrize(
    ("birth", "outcome"), [("2024-02-20", "entitled"), ("2024-02-19", "notice-late"), ("2023-09-20", "notice-late")]
)
def test_a_month_after_the_birth_the_employers_declaration_is_late(birth: str, outcome: str) -> None:
    """Whether it was made is not on the records: the right stays, and an advisor is needed."""
    right = birth_leave("employee", AT_WORK, (born(birth),), TODAY)
    assert (right.entitled, right.outcome, right.conditions) == (True, outcome, ("employer-declares-birth",))


@pytest.mark.parametrize("family", [(), (born("2023-09-19"),), (born("2024-03-21"),)], ids=str)
def test_without_a_recent_birth_it_is_judged_as_if_today_were_the_day(family: tuple[Relative, ...]) -> None:
    """And no last day is known: six months and a day ago is too long, tomorrow has not come."""
    right = birth_leave("employee", AT_WORK, family, TODAY)
    assert (right.entitled, right.until, right.notice_by) == (True, None, None)


@pytest.mark.parametrize(("month", "entitled"), [("2023-12", False), ("2024-01", True), ("2024-03", True)])
def test_a_salary_is_declared_for_the_month_or_the_two_before(month: str, entitled: bool) -> None:
    """A month is declared in the next one: two back hold a declaration of anybody at work."""
    right = birth_leave("employee", paid(month, 1), (), TODAY)
    assert (right.entitled, right.outcome) == ((True, "entitled") if entitled else (False, "not-declared"))


def test_the_work_is_that_at_the_birth() -> None:
    """Somebody who has left since had the right; somebody hired since had not."""
    assert birth_leave("employee", paid("2023-01", 10), (born("2023-10-01"),), TODAY).entitled is True
    assert birth_leave("employee", paid("2023-12", 3), (born("2023-10-01"),), TODAY).entitled is False


def test_three_documents_are_asked_for() -> None:
    """In the order of 002_…."""
    right = birth_leave("employee", AT_WORK, (), TODAY)
    assert right.documents == ("birth-leave-form", "identity-card-copy", "birth-certificate")


@pytest.mark.parametrize(("category", "career"), [("cpu", ()), ("pensioner", paid("1990-01", 300))])
def test_without_a_job_it_is_for_employees_only(category: str, career: tuple[()]) -> None:
    """The self-employed with declared salaries are judged on them."""
    assert birth_leave(category, career, (), TODAY) == Right("employees-only", entitled=False)
    assert birth_leave(category, AT_WORK, (), TODAY).entitled is True


def test_figures_not_checked_for_a_year_never_say_no() -> None:
    """An advisor confirms."""
    today = date(2027, 11, 23)
    assert birth_leave("employee", (), (), today).entitled is None
    assert birth_leave("employee", paid("2027-10", 1), (), today).estimate is True
