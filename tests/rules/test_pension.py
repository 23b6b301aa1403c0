"""Old-age pension: over sixty, enough days, and how much (002_…; law 02.24, decree 2.25.265)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.benefits import Missing, Salary
from backend.rules.pension import pension
from backend.values import Dirhams
from tests.rules.careers import careers, days_before, month, paid

TODAY = date(2024, 3, 20)
OLD = date(1960, 1, 1)
BEFORE_LAW_02_24, SINCE_LAW_02_24 = date(2025, 4, 30), date(2025, 5, 1)


@pytest.mark.parametrize(("days", "entitled"), [(3239, False), (3240, True)])
def test_3240_days_give_a_pension(days: int, entitled: bool) -> None:
    """One day less gives none, and says that one day is missing."""
    right = pension("employee", OLD, days_before("2024-02", days), TODAY)
    assert right.entitled is entitled
    assert right.missing == (() if entitled else (Missing("days", 1),))


@pytest.mark.parametrize(
    ("day", "days", "entitled", "missing"),
    [
        (BEFORE_LAW_02_24, 1319, False, 1921),
        (BEFORE_LAW_02_24, 1320, False, 1920),
        (BEFORE_LAW_02_24, 3240, True, None),
        (SINCE_LAW_02_24, 1319, False, 1),
        (SINCE_LAW_02_24, 1320, True, None),
    ],
)
def test_1320_days_are_enough_since_1_may_2025(day: date, days: int, entitled: bool, missing: int | None) -> None:
    """And not the day before."""
    right = pension("employee", OLD, days_before("2024-02", days), day)
    assert right.entitled is entitled
    assert right.missing == ((Missing("days", missing),) if missing else ())


@pytest.mark.parametrize(
    ("days", "amount"),
    [
        (1320, "600"),
        (1704, "600"),
        (1705, "700"),
        (2088, "700"),
        (2089, "800"),
        (2472, "800"),
        (2473, "900"),
        (2856, "900"),
        (2857, "1000"),
        (3239, "1000"),
    ],
)
def test_a_short_career_gives_the_amount_of_its_band(days: int, amount: str) -> None:
    """Whatever was earned."""
    right = pension("employee", OLD, days_before("2025-03", days, pay="9000"), SINCE_LAW_02_24)
    assert right.amount == Dirhams(amount)


@pytest.mark.parametrize(
    ("day", "entitled", "opens"), [("2024-03-19", False, "2024-03-21"), ("2024-03-20", False, "2024-03-21")]
)
def test_the_sixtieth_birthday_itself_is_not_over_sixty(day: str, entitled: bool, opens: str) -> None:
    """Somebody with the days is told from when on."""
    right = pension("employee", date(1964, 3, 20), days_before("2024-02", 3240), date.fromisoformat(day))
    assert (right.outcome, right.entitled, right.missing) == ("too-young", entitled, ())
    assert right.opens_on == date.fromisoformat(opens)
    assert right.amount is None


def test_the_day_after_the_sixtieth_birthday_is_over_sixty() -> None:
    """And nothing is still to come."""
    right = pension("employee", date(1964, 3, 20), days_before("2024-02", 3240), date(2024, 3, 21))
    assert (right.outcome, right.entitled, right.opens_on) == ("entitled", True, None)


@pytest.mark.parametrize(
    ("days", "rate"),
    [
        (3240, "0.50"),
        (3455, "0.50"),
        (3456, "0.51"),
        (7559, "0.69"),
        (7560, "0.70"),
        (7776, "0.70"),
        (10_000, "0.70"),
    ],
)
def test_each_full_216_days_beyond_give_one_per_cent_up_to_seventy(days: int, rate: str) -> None:
    """Seventy is reached after twenty times 216 days, and never passed."""
    right = pension("employee", OLD, days_before("2024-02", days, pay="4000"), TODAY)
    assert right.amount == Decimal(rate) * 4000


@pytest.mark.parametrize(("pay", "amount"), [("5999.99", "3000"), ("6000", "3000"), ("6000.01", "3000")])
def test_pay_counts_up_to_6000_a_month(pay: str, amount: str) -> None:
    """Half a centime is rounded up."""
    right = pension("employee", OLD, days_before("2024-02", 3240, pay=pay), TODAY)
    assert right.amount == Dirhams(amount)


def test_each_month_is_capped_by_itself() -> None:
    """A rich month does not make up for a poor one."""
    career = (*paid("2012-01", 49, pay="3000"), *paid("2016-02", 48, pay="12000"), *paid("2020-02", 49, pay="3000"))
    assert pension("employee", OLD, career, TODAY).amount == Decimal("0.52") * 4500


@pytest.mark.parametrize(("pay", "amount"), [("1999.99", "1000"), ("2000", "1000"), ("2002", "1001"), ("100", "1000")])
def test_a_pension_is_at_least_1000_dirhams(pay: str, amount: str) -> None:
    """The floor comes last."""
    assert pension("employee", OLD, days_before("2024-02", 3240, pay=pay), TODAY).amount == Dirhams(amount)


def test_the_last_insured_month_is_not_in_the_average() -> None:
    """The 96 months are those before it."""
    career = paid("2012-01", 145, pay="4000")
    last = (Salary(month("2024-02"), 1, Decimal(0)),)
    assert pension("employee", OLD, (*career, *last), TODAY).amount == Decimal("0.52") * 4000


def test_a_month_without_a_salary_counts_as_zero() -> None:
    """The sum is divided by 96 all the same: 48 months of 4,800 are an average of 2,400."""
    career = (*paid("2008-01", 96, pay="4800"), *paid("2020-02", 49, pay="4800"))
    assert pension("employee", OLD, career, TODAY).amount == Decimal("0.52") * 2400


def test_months_after_the_day_asked_are_not_on_its_records() -> None:
    """A demonstration's day lies in the past."""
    right = pension("employee", OLD, paid("2020-01", 100), TODAY)
    assert right.missing == (Missing("days", 3240 - 51 * 26),)


def test_whoever_lacks_age_and_days_hears_of_the_days() -> None:
    """The figure that can still be worked on; the day of the right age is known too."""
    right = pension("employee", date(1994, 8, 16), paid("2021-06", 33), TODAY)
    assert (right.outcome, right.entitled, right.opens_on) == ("days-missing", False, date(2054, 8, 17))


def test_a_pensioner_has_a_pension() -> None:
    """Whose amount these records do not hold."""
    right = pension("pensioner", OLD, (), TODAY)
    assert (right.outcome, right.entitled, right.amount) == ("already-pensioner", True, None)


def test_the_self_employed_hear_that_it_is_for_employees() -> None:
    """A pension for them is a plan of 001_…, never promised."""
    right = pension("cpu", OLD, (), TODAY)
    assert (right.outcome, right.entitled, right.missing, right.estimate) == ("employees-only", False, (), False)


def test_the_self_employed_with_declared_salaries_are_judged_on_them() -> None:
    """Who worked as an employee before."""
    assert pension("farmer", OLD, days_before("2024-02", 3240), TODAY).entitled is True


def test_figures_not_checked_for_a_year_never_say_no() -> None:
    """What is missing is then an estimate, and so is an amount."""
    day = date(2027, 11, 23)
    short = pension("employee", OLD, paid("2020-01", 1), day)
    assert (short.outcome, short.entitled, short.estimate) == ("days-missing", None, True)
    assert short.missing == (Missing("days", 1294),)
    young = pension("employee", date(1990, 1, 1), days_before("2024-02", 3240), day)
    assert (young.outcome, young.entitled, young.estimate) == ("too-young", None, True)
    full = pension("employee", OLD, days_before("2024-02", 3240), day)
    assert (full.entitled, full.estimate, full.amount) == (True, True, Dirhams("2050"))


def test_the_self_employed_hear_the_same_whatever_was_checked() -> None:
    """It hangs on no figure."""
    right = pension("cpu", OLD, (), date(2027, 11, 23))
    assert (right.entitled, right.estimate) == (False, False)


def stated_plainly(career: list[Salary]) -> Fraction:
    """Return the pension of a full career before 2025-05, month by month and exactly."""
    pay = {salary.month: Fraction(salary.pay) for salary in career if salary.days}
    days = sum(salary.days for salary in career)
    last = max(pay)
    capped = Fraction(0)
    for back in range(1, 97):
        capped += min(pay.get(last + -back, Fraction(0)), Fraction(6000))
    percent = 50
    extra = days - 3240
    while extra >= 216 and percent < 70:
        extra -= 216
        percent += 1
    return max(capped / 96 * percent / 100, Fraction(1000))


@given(careers("2008-01", 190), st.integers(0, 6000))
def test_the_amount_is_that_of_a_plainer_statement(recent: list[Salary], earlier: int) -> None:
    """To half a centime, whatever the gaps, the pay, the order of the records."""
    career = [*recent, *days_before("2007-12", 3240 + earlier)]
    right = pension("employee", OLD, career, TODAY)
    assert right.amount is not None
    assert abs(Fraction(right.amount) - stated_plainly(career)) <= Fraction(1, 200)
    assert right.amount == right.amount.quantize(Decimal("0.01"))


@given(careers("2008-01", 190), st.dates(date(2024, 3, 1), date(2027, 11, 22)))
def test_a_no_says_how_many_days_and_a_yes_how_much(career: list[Salary], day: date) -> None:
    """Either the days are there and an amount of at least 600 dirhams, or what is missing makes them."""
    right = pension("employee", OLD, career, day)
    days = sum(salary.days for salary in career)
    required = 3240 if day < SINCE_LAW_02_24 else 1320
    assert right.entitled is (days >= required)
    assert [missing.count for missing in right.missing] == ([] if right.entitled else [required - days])
    assert (right.amount is not None and right.amount >= 600) is right.entitled
