"""Family allowances: which children count and until when, how much, who has them (002_…; decree 2.23.715)."""

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.benefits import Missing, Relative, Right
from backend.rules.dates import birthday
from backend.rules.family_allowances import family_allowances
from backend.values import Dirhams
from tests.rules.careers import days_before, paid

TODAY = date(2024, 3, 20)
AT_WORK = paid("2023-09", 6)
Schooling = Literal["none", "apprentice", "student"]


def child(born: str, schooling: Schooling = "none", name: str = "Adam") -> Relative:
    """Return a child of that birthday."""
    return Relative("child", name, date.fromisoformat(born), schooling)


def young(count: int) -> list[Relative]:
    """Return children of one to ten years, the youngest first."""
    return [child(f"{2023 - n}-01-01", name=f"child {n + 1}") for n in range(count)]


def allowances(*family: Relative, today: date = TODAY) -> Right:
    """Return the right of somebody at work with full months."""
    return family_allowances("employee", AT_WORK, family, today)


@pytest.mark.parametrize(
    ("children", "amount"), [(1, 300), (2, 600), (3, 900), (4, 1000), (5, 1100), (6, 1200), (7, 1200)]
)
def test_three_children_bring_300_each_the_next_three_100(children: int, amount: int) -> None:
    """A seventh brings nothing."""
    right = allowances(*young(children))
    assert right.amount == amount
    assert len(right.children) == min(children, 6)


@pytest.mark.parametrize(("day", "amount"), [("2022-12-31", 336), ("2023-01-01", 400)])
def test_the_fourth_child_brought_36_until_the_end_of_2022(day: str, amount: int) -> None:
    """And 100 since."""
    family = [child(f"{2018 + n}-01-01") for n in range(4)]
    right = family_allowances("employee", paid("2022-06", 7), family, date.fromisoformat(day))
    assert right.amount == 600 + amount


def test_the_eldest_of_those_who_count_come_first() -> None:
    """A child who counts no more takes no place."""
    right = allowances(*young(4), child("2001-01-01", name="grown up"))
    assert [one.first_name for one in right.children] == ["child 4", "child 3", "child 2", "child 1"]
    assert [one.amount.centimes for one in right.children] == [30_000, 30_000, 30_000, 10_000]


@pytest.mark.parametrize(("schooling", "age"), [("none", 12), ("apprentice", 18), ("student", 21)])
def test_a_child_counts_up_to_the_birthday_of_its_age(schooling: Schooling, age: int) -> None:
    """Twelve, eighteen as an apprentice, twenty-one studying: on that birthday still, the day after no more."""
    born = birthday(TODAY, -age)
    right = allowances(child(born.isoformat(), schooling))
    assert (right.entitled, right.until) == (True, TODAY)
    after = allowances(child(born.isoformat(), schooling), today=date(2024, 3, 21))
    assert (after.outcome, after.entitled, after.amount) == ("children-too-old", False, None)


@pytest.mark.parametrize(("income", "counts"), [(None, True), (Decimal(0), True), (Decimal(1), False)])
def test_a_disabled_child_without_income_counts_at_any_age(income: Decimal | None, counts: bool) -> None:
    """With an income it is judged by age."""
    grown = Relative("child", "Sami", date(1980, 1, 1), disabled=True, income=income)
    right = allowances(grown)
    assert right.entitled is counts
    assert right.until is None
    small = Relative("child", "Sami", date(2020, 1, 1), disabled=True, income=income)
    assert allowances(small).until == (None if counts else date(2032, 1, 1))


def test_the_amount_holds_until_the_first_child_stops_counting() -> None:
    """Who is not always the eldest."""
    right = allowances(child("2006-06-01", "student"), child("2013-05-01", name="Lina"), child("2020-01-01"))
    assert right.until == date(2025, 5, 1)
    assert [(one.first_name, one.until) for one in right.children][1] == ("Lina", date(2025, 5, 1))


def test_a_seventh_child_takes_the_place_of_the_first_to_leave() -> None:
    """The amount changes when the second leaves."""
    family = [child(f"20{13 + n}-01-01") for n in range(7)]
    assert allowances(*family).until == date(2026, 1, 1)
    assert allowances(*family[:6]).until == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("born", "paid_from", "claim_by"),
    [
        ("2024-01-05", "2024-01-05", "2024-07-05"),
        ("2023-09-20", "2023-09-20", "2024-03-20"),
        ("2023-09-19", "2023-09-20", None),
        ("2015-01-01", "2023-09-20", None),
    ],
)
def test_a_claim_after_six_months_is_paid_six_months_back(born: str, paid_from: str, claim_by: str | None) -> None:
    """Within six months of birth nothing is lost."""
    right = allowances(child(born))
    assert right.children[0].paid_from == date.fromisoformat(paid_from)
    assert right.claim_by == (date.fromisoformat(claim_by) if claim_by else None)


def test_the_nearest_last_day_to_claim_is_said() -> None:
    """Of two small children the elder's, while it is still to come."""
    assert allowances(child("2024-03-20"), child("2023-11-02"), child("2023-05-01")).claim_by == date(2024, 5, 2)


@pytest.mark.parametrize(("days", "missing"), [(108, ()), (107, (Missing("days", 1),)), (0, (Missing("days", 108),))])
def test_108_days_in_the_six_months_before_this_one(days: int, missing: tuple[Missing, ...]) -> None:
    """One day less, and one is missing."""
    right = family_allowances("employee", days_before("2024-02", days), young(1), TODAY)
    assert right.missing == missing
    assert (right.entitled, right.outcome) == ((False, "days-missing") if missing else (True, "entitled"))


def test_only_the_six_months_before_this_one_count() -> None:
    """Neither the seventh month back nor this one."""
    assert family_allowances("employee", paid("2023-08", 8, days=17), young(1), TODAY).missing == (Missing("days", 6),)


@pytest.mark.parametrize(
    ("pay", "outcome", "entitled", "missing"),
    [
        ("1381.84", "pay-too-low", False, (Missing("pay", 1),)),
        ("1300.00", "pay-too-low", False, (Missing("pay", 82),)),
        ("1381.85", "only-in-farming", None, ()),
        ("1866.83", "only-in-farming", None, ()),
        ("1866.84", "entitled", True, ()),
    ],
)
def test_pay_is_at_least_60_per_cent_of_the_minimum_wage(
    pay: str, outcome: str, entitled: bool | None, missing: tuple[Missing, ...]
) -> None:
    """Of 3,111.39 dirhams, in farming of 2,303.08; the records do not say the sector, an advisor does."""
    right = family_allowances("employee", paid("2023-09", 6, pay=pay), young(1), TODAY)
    assert (right.outcome, right.entitled, right.missing) == (outcome, entitled, missing)
    assert right.amount == (None if outcome == "pay-too-low" else 300)


@pytest.mark.parametrize(
    ("pay", "outcome"),
    [
        ("1450.79", "pay-too-low"),
        ("1450.80", "only-in-farming"),
        ("1959.65", "only-in-farming"),
        ("1959.66", "entitled"),
    ],
)
def test_60_per_cent_to_the_centime_is_enough(pay: str, outcome: str) -> None:
    """In May 2025: of 3,266.10 dirhams, in farming of 2,418."""
    right = family_allowances("employee", paid("2024-11", 6, pay=pay), young(1), date(2025, 5, 20))
    assert right.outcome == outcome


def test_the_best_of_the_six_months_is_the_monthly_pay() -> None:
    """A month begun or ended in between says nothing of it."""
    career = (*paid("2023-09", 5, days=26, pay="1800"), *paid("2024-02", 1, days=26, pay="1900"))
    assert family_allowances("employee", career, young(1), TODAY).outcome == "entitled"


def test_without_a_sourced_minimum_wage_the_pay_is_not_tested() -> None:
    """It is said as a condition."""
    right = family_allowances("employee", paid("2019-06", 6, pay="10"), [child("2015-01-01")], date(2019, 12, 20))
    assert (right.entitled, right.amount) == (True, Dirhams("300"))
    assert right.conditions == ("resident", "children-dependent", "minimum-wage")


@pytest.mark.parametrize(
    "family", [(), (Relative("spouse", "Meryem", date(1980, 6, 3)),), (child("2024-03-21"),)], ids=str
)
def test_without_a_child_on_file_there_is_nothing_to_pay(family: tuple[Relative, ...]) -> None:
    """A spouse brings nothing, nor does a child not yet born on the day asked."""
    assert allowances(*family) == Right("no-child", entitled=False)


def test_a_child_counts_from_its_birth() -> None:
    """On that day already."""
    assert allowances(child("2024-03-20")).amount == 300


def test_a_pensioners_children_are_for_an_advisor() -> None:
    """Those born at the latest 300 days after the pension's start count, which these records do not hold."""
    right = family_allowances("pensioner", paid("1990-01", 300), young(2), TODAY)
    assert right == Right("children-of-a-pensioner", entitled=None)
    assert family_allowances("pensioner", (), (), TODAY).outcome == "no-child"
    assert family_allowances("pensioner", (), [child("2000-01-01")], TODAY).entitled is False


def test_the_self_employed_hear_that_they_are_for_employees() -> None:
    """Allowances for them are a plan of 001_…, never promised; declared salaries are judged."""
    assert family_allowances("cpu", (), young(2), TODAY) == Right("employees-only", entitled=False)
    assert family_allowances("cpu", AT_WORK, young(2), TODAY).amount == 600


def test_figures_not_checked_for_a_year_never_say_no() -> None:
    """Neither for age, nor for days, nor for pay; an amount is an estimate."""
    today = date(2027, 11, 23)
    recent = paid("2027-05", 6, pay="10")
    for career, family in [
        (recent, [child("2000-01-01")]),
        ((), [child("2020-01-01")]),
        (recent, [child("2020-01-01")]),
    ]:
        right = family_allowances("employee", career, family, today)
        assert (right.entitled, right.estimate) == (None, True)
    right = family_allowances("employee", paid("2027-05", 6), [child("2020-01-01")], today)
    assert (right.entitled, right.estimate) == (True, True)
    assert family_allowances("employee", recent, [], today).entitled is False


@given(st.lists(st.dates(date(1999, 1, 1), TODAY), min_size=1, max_size=10), st.sampled_from(["none", "student"]))
def test_the_amount_holds_through_its_last_day_and_not_after(births: list[date], schooling: Schooling) -> None:
    """Whatever the family: the same amount on `until`, less on the day after."""
    family = [Relative("child", f"child {n}", born, schooling) for n, born in enumerate(births)]
    now = family_allowances("employee", AT_WORK, family, TODAY)
    if now.entitled:
        assert now.until
        assert now.amount == sum(one.amount for one in now.children)
        counted = [on_day(family, day) for day in (TODAY, now.until, date.fromordinal(now.until.toordinal() + 1))]
        assert counted[0] == counted[1] == now.amount
        assert counted[2] < now.amount
    else:
        assert on_day(family, TODAY) == 0


def on_day(family: list[Relative], day: date) -> int:
    """Return what these children would bring on a day, by their age in a plainer statement."""
    count = 0
    for one in family:
        limit = 21 if one.schooling == "student" else 12
        born = one.birth_date
        count += (day.year - limit, day.month, day.day) <= (born.year, born.month, born.day)
    return sum(300 if rank < 3 else 100 for rank in range(min(count, 6)))
