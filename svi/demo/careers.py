"""Careers and families of invented employees and pensioners: one for each thing that the rules of benefits say.

All of it is counted back from the business day: salaries are declared up to last month, children have their ages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from backend.rules.benefits import EMPLOYEE, PENSIONER, Relative, Salary
from backend.rules.dates import months_after
from backend.values import Dirhams, Month
from svi.demo.roster import Person, first_names

DAYS_A_MONTH = 26
_YEAR = 12
Schooling = Literal["none", "apprentice", "student"]


@dataclass(frozen=True)
class Child:
    """A child of an age in months, on the business day."""

    months: int
    schooling: Schooling = "none"
    disabled: bool = False


@dataclass(frozen=True)
class Career:
    """Somebody's years of age, the months since the first and the last salary, what a month was paid, the children."""

    age: int
    begun: int = 0
    ended: int = 1
    pay: str = "6200"
    children: tuple[Child, ...] = ()
    spouse: bool = False
    category: str = EMPLOYEE
    woman: bool | None = None


_TEEN, _ADULT = Child(13 * _YEAR), Child(23 * _YEAR)
CAREERS: dict[str, Career] = {
    "out-of-work": Career(38, 41, pay="5300"),
    "expecting": Career(31, 30, pay="5750", spouse=True, woman=True),
    "child-of-two-months": Career(36, 44, children=(Child(2),), spouse=True),
    "newborn": Career(32, 50, children=(Child(0),), spouse=True),
    "children-too-old": Career(47, 14 * _YEAR, children=(_TEEN, _ADULT)),
    "pay-enough-in-farming": Career(33, 5 * _YEAR, pay="1700", children=(Child(4 * _YEAR),)),
    "too-short-a-career": Career(61, 20, pay="3900"),
    "full-pension": Career(63, 31 * _YEAR, pay="7400", children=(_ADULT,), spouse=True),
    "pensioner": Career(68, category=PENSIONER, spouse=True),
    "short-career": Career(64, 6 * _YEAR, pay="4100"),
    "too-young-for-a-pension": Career(52, 24 * _YEAR, pay="8150.50", children=(_TEEN,)),
    "pensioner-with-a-child": Career(62, children=(Child(9 * _YEAR),), category=PENSIONER),
    "two-children": Career(34, 9 * _YEAR, children=(Child(3 * _YEAR), Child(7 * _YEAR)), spouse=True),
    "seven-children": Career(45, 15 * _YEAR, children=tuple(Child(n * 15) for n in range(2, 9)), spouse=True),
    "apprentice-and-student": Career(
        49, 16 * _YEAR, children=(Child(16 * _YEAR, "apprentice"), Child(20 * _YEAR, "student"))
    ),
    "disabled-child": Career(55, 18 * _YEAR, children=(Child(29 * _YEAR, disabled=True),)),
    "pay-too-low": Career(29, 4 * _YEAR, pay="1300", children=(Child(2 * _YEAR),)),
    "too-few-days-for-children": Career(27, 3, children=(Child(5 * _YEAR),)),
    "out-of-work-too-soon": Career(26, 11, pay="4600"),
    "out-of-work-for-long": Career(44, 60, ended=26, pay="4800"),
    "expecting-too-soon": Career(24, 2, pay="3800", spouse=True, woman=True),
    "born-after-the-work": Career(35, 40, ended=9, children=(Child(1),), spouse=True),
}


def born(career: Career, today: date, serial: int) -> date:
    """Return a day of birth that gives the career's age on the business day."""
    return months_after(today, -career.age * _YEAR - 3) - timedelta(serial % 90)


def salaries(career: Career, today: date) -> Iterator[Salary]:
    """Give what employers declared of each month; the pay grew a little each year."""
    this = Month.of(today)
    for ago in range(career.begun, career.ended - 1, -1):
        grown = Dirhams.parse(career.pay) - Decimal(ago // _YEAR * 40)
        yield Salary(this + -ago, DAYS_A_MONTH, max(grown, Dirhams.parse(career.pay) / 2))


def family(person: Person, career: Career, today: date) -> Iterator[Relative]:
    """Give the spouse and the children."""
    serial = int(person.cin[-4:])
    women, men = first_names("woman"), first_names("man")
    if career.spouse:
        yield Relative(
            "spouse", (men if person.woman else women)[(serial + 17) % 30], person.birth_date + timedelta(400)
        )
    for rank, child in enumerate(career.children):
        name = (women, men)[rank % 2][(serial + rank * 5) % 30]
        birth = months_after(today, -child.months) - timedelta(8)
        yield Relative("child", name, birth, child.schooling, child.disabled)
