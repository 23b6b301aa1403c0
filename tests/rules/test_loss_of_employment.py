"""Loss of employment: 780 days in 36 months, 260 in 12, asked for within 60 days; 70 % of the average pay (002_…)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.benefits import Missing, Right, Salary
from backend.rules.loss_of_employment import loss_of_employment
from backend.values import Dirhams
from tests.rules.careers import careers, month, paid

TODAY = date(2024, 3, 20)
LAST = date(2024, 3, 15)
FULL = paid("2021-03", 36)
MINIMUM = Dirhams("3111.39")


def lost(career: tuple[Salary, ...], last: date = LAST, *, today: date = TODAY, own_choice: bool = False) -> Right:
    """Return what an employee hears who answered both questions."""
    return loss_of_employment("employee", career, today, last_day_worked=last, own_choice=own_choice)


def worked(earlier: int, recent: int) -> tuple[Salary, ...]:
    """Return so many days in March 2021 to February 2023, and so many in the twelve months since, a day a hundred."""
    rows = [(month("2021-03") + n, (earlier + 23 - n) // 24) for n in range(24)]
    rows += [(month("2023-03") + n, (recent + 11 - n) // 12) for n in range(12)]
    return tuple(Salary(when, days, Decimal(100 * days)) for when, days in rows)


@pytest.mark.parametrize(
    ("earlier", "recent", "missing"),
    [
        (520, 260, ()),
        (519, 260, (Missing("days", 1),)),
        (519, 261, ()),
        (521, 259, (Missing("days-in-last-12-months", 1),)),
        (520, 259, (Missing("days", 1), Missing("days-in-last-12-months", 1))),
        (0, 0, (Missing("days", 780), Missing("days-in-last-12-months", 260))),
    ],
)
def test_780_days_in_36_months_and_260_of_them_in_12(earlier: int, recent: int, missing: tuple[Missing, ...]) -> None:
    """Each lacks by itself, and is said as a figure."""
    right = lost(worked(earlier, recent))
    assert right.missing == missing
    assert (right.outcome, right.entitled) == (("days-missing", False) if missing else ("entitled", True))


@pytest.mark.parametrize(
    ("last", "counted"), [("2024-03-30", "2024-02"), ("2024-03-31", "2024-03"), ("2024-04-01", "2024-03")]
)
def test_a_month_worked_to_its_end_is_among_the_36(last: str, counted: str) -> None:
    """The months are those wholly past on the first day without work: all 36 have to be there for this pay."""
    career = paid(str(month(counted) + -35), 36, pay="3600")
    assert lost(career, date.fromisoformat(last), today=date(2024, 4, 20)).amount == Dirhams("2520")


def test_older_months_are_not_among_the_36() -> None:
    """Nor is the month in which work ended."""
    career = (*paid("2020-01", 14, pay="100000"), *paid("2021-03", 36), *paid("2024-03", 1, pay="100000"))
    assert lost(career).amount == Dirhams("2870")


@pytest.mark.parametrize(("late", "entitled", "outcome"), [(60, True, "entitled"), (61, False, "too-late")])
def test_it_is_asked_for_within_60_days(late: int, entitled: bool, outcome: str) -> None:
    """The sixtieth day is the last, and is said in both cases."""
    right = lost(FULL, today=LAST + timedelta(late))
    assert (right.entitled, right.outcome) == (entitled, outcome)
    assert right.until == date(2024, 5, 14)


def test_whoever_left_by_choice_is_not_entitled() -> None:
    """The loss has to be involuntary; with days missing too, that is said first."""
    assert lost((), own_choice=True) == Right("own-choice", entitled=False)


def test_the_amount_is_70_per_cent_of_36_months_pay_by_36() -> None:
    """Months without pay count as zero."""
    right = lost((*paid("2021-03", 12, pay="3600"), *paid("2022-09", 18, pay="3600")))
    assert right.amount == Decimal("0.70") * 3600 * 30 / 36


@pytest.mark.parametrize(
    ("pay", "amount"), [("4444.83", "3111.38"), ("4444.84", "3111.39"), ("4444.85", "3111.39"), ("20000", "3111.39")]
)
def test_the_amount_is_at_most_the_minimum_wage(pay: str, amount: str) -> None:
    """16.29 dirhams an hour since 2023-09-01, 191 hours a month."""
    assert lost(paid("2021-03", 36, pay=pay)).amount == Dirhams(amount)


@pytest.mark.parametrize(("pay", "said"), [("3290.12", False), ("3290.13", True)])
def test_above_the_minimum_wage_of_farming_the_amount_is_for_other_sectors(pay: str, said: bool) -> None:
    """The records do not say the sector: 2,303.08 dirhams are farming's."""
    assert ("outside-farming" in lost(paid("2021-03", 36, pay=pay)).conditions) is said


def test_without_a_sourced_minimum_wage_there_is_no_amount() -> None:
    """The condition is said, not tested."""
    right = lost(paid("2017-01", 36), date(2020, 1, 15), today=date(2020, 1, 20))
    assert (right.entitled, right.amount) == (True, None)
    assert "minimum-wage" in right.conditions


def test_what_the_entitled_are_told() -> None:
    """Six months, a week to tell of new work, seven documents, and what the records cannot show."""
    right = lost(FULL)
    assert (right.months, right.tell_within, right.estimate) == (6, 7, False)
    assert right.conditions == ("private-sector", "seeking-work", "outside-farming")
    assert right.documents == (
        "loss-of-employment-form",
        "identity-card-copy",
        "labour-inspector-report",
        "work-contract-copy",
        "court-judgment-copy",
        "bank-details",
        "return-to-work-declaration",
    )


def test_before_any_answer_it_is_judged_as_if_work_ended_today() -> None:
    """No last day to ask is known; that it is involuntary is said, not tested."""
    right = loss_of_employment("employee", FULL, TODAY)
    assert (right.entitled, right.amount, right.until) == (True, Dirhams("2870"), None)
    assert "involuntary" in right.conditions


def test_a_job_that_ends_soon_is_judged_on_the_records_of_today() -> None:
    """The months to come are not declared yet."""
    right = lost(paid("2021-03", 37), date(2024, 4, 30))
    assert right.amount == dirhams_of(35)
    assert right.until == date(2024, 6, 29)


def dirhams_of(months: int) -> Dirhams:
    """Return 70 % of so many months of 4,100 dirhams, by 36."""
    return Dirhams(round(Decimal(months) * 4100 * 70 / 100 / 36, 2))


@pytest.mark.parametrize("category", ["cpu", "pensioner"])
def test_without_declared_salaries_it_is_for_employees_only(category: str) -> None:
    """For the self-employed it is a plan of 001_…, never promised."""
    right = loss_of_employment(category, (), TODAY, last_day_worked=LAST, own_choice=False)
    assert right == Right("employees-only", entitled=False)


def test_a_pensioners_career_is_not_employment() -> None:
    """Only what was declared in the 36 months is."""
    assert loss_of_employment("pensioner", paid("1990-01", 300), TODAY).outcome == "employees-only"
    assert loss_of_employment("pensioner", FULL, TODAY).outcome == "entitled"


def test_the_self_employed_with_declared_salaries_are_judged_on_them() -> None:
    """A job beside a trade, that was lost."""
    right = loss_of_employment("auto-entrepreneur", FULL, TODAY, last_day_worked=LAST, own_choice=False)
    assert right.entitled is True


def test_figures_not_checked_for_a_year_never_say_no() -> None:
    """Too late, or days missing: an advisor confirms; by one's own choice stays a no."""
    today = date(2027, 11, 23)
    assert lost((), today=today).entitled is None
    assert lost((), today, today=today).entitled is None
    assert lost(FULL, today=today, own_choice=True).entitled is False
    fresh = lost(paid("2024-11", 36), today, today=today)
    assert (fresh.entitled, fresh.estimate) == (True, True)


def stated_plainly(career: list[Salary], last: date) -> tuple[int, int, Fraction]:
    """Return days of 36 months, days of 12, and the amount, stepping back month by month."""
    by_month = {(salary.month.year, salary.month.number): salary for salary in career}
    unemployed = last + timedelta(1)
    year, number = unemployed.year, unemployed.month
    days = recent = 0
    pay = Fraction(0)
    for back in range(36):
        year, number = (year - 1, 12) if number == 1 else (year, number - 1)
        salary = by_month.get((year, number))
        if salary and salary.days:
            days += salary.days
            recent += salary.days if back < 12 else 0
            pay += Fraction(salary.pay)
    return days, recent, min(pay * 7 / 10 / 36, Fraction(MINIMUM))


@given(careers("2020-06", 45), st.dates(TODAY - timedelta(60), TODAY))
def test_the_right_is_that_of_a_plainer_statement(career: list[Salary], last: date) -> None:
    """To half a centime, whatever the gaps, the pay, the last day, the order of the records."""
    days, recent, amount = stated_plainly(career, last)
    right = lost(tuple(career), last)
    lacking = {missing.what: missing.count for missing in right.missing}
    assert lacking.get("days", 0) == max(780 - days, 0)
    assert lacking.get("days-in-last-12-months", 0) == max(260 - recent, 0)
    assert right.entitled is (not lacking)
    if right.amount is not None:
        assert abs(Fraction(right.amount) - amount) <= Fraction(1, 200)
