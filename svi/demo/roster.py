"""Invented people: names in both scripts, a town, an identity card, a telephone; the same ones each time.

Somebody's serial number decides all of it, so that lists made twice are the same. Serial numbers are drawn from one
range, whose cards, registration numbers and telephones no list of the project bears.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

EACH_WITHOUT_MOBILE = 17
EACH_WITHOUT_DAY_OF_BIRTH = 13
"""One in so many has no mobile on file; a card that bears only the year of birth."""
_MONTHS, _DAYS = 12, 28


@dataclass(frozen=True)
class Person:
    """A row of `people` or `tns`: dates and months as files write them, empty where there is nothing."""

    registration_number: str
    cin: str
    last_name: str
    first_name: str
    last_name_ar: str
    first_name_ar: str
    birth_date: date
    birth_year_only: bool
    category: str
    mobile: str
    preferred_language: str
    city: str
    registered_on: str
    contributions_from: str = ""
    amo_from: str = ""

    @property
    def woman(self) -> bool:
        """Whether the first name is a woman's."""
        return self.first_name in first_names("woman")

    @property
    def born(self) -> str:
        """What is keyed as birth date."""
        return f"{self.birth_date:%Y}" if self.birth_year_only else f"{self.birth_date:%d%m%Y}"


@cache
def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of this package."""
    return list(csv.DictReader(files(__package__).joinpath(name).read_text("utf-8").splitlines()))


@cache
def first_names(kind: Literal["woman", "man"]) -> tuple[str, ...]:
    """Return the first names of women, or of men, in Latin letters."""
    return tuple(row["latin"] for row in table("names.csv") if row["kind"] == kind)


def invent(
    serial: int,
    category: str,
    *,
    born: date | None = None,
    woman: bool | None = None,
    reachable: bool = False,
    **more: str,
) -> Person:
    """Return the person of a serial number; `reachable` has a mobile on file, whatever the serial number."""
    town = table("towns.csv")[serial * 5 % len(table("towns.csv"))]
    is_woman = serial % 2 if woman is None else woman
    first, family = _name("woman" if is_woman else "man", serial // 2), _name("family", serial * 7)
    year_only = born is None and serial % EACH_WITHOUT_DAY_OF_BIRTH == 0
    if born is None:
        anniversary = (1, 1) if year_only else (1 + serial * 5 % _MONTHS, 1 + serial * 11 % _DAYS)
        born = date(1956 + serial * 19 % 44, *anniversary)
    figures = 330_000 + serial * 37
    has_mobile = reachable or serial % EACH_WITHOUT_MOBILE
    return Person(
        registration_number=f"{120 + serial % 60}{figures}",
        cin=f"{town['letters']}{figures}",
        last_name=family["latin"],
        first_name=first["latin"],
        last_name_ar=family["arabic"],
        first_name_ar=first["arabic"],
        birth_date=born,
        birth_year_only=year_only,
        category=category,
        mobile=f"+2126{61 + serial % 9}{700_000 + serial * 101:06}" if has_mobile else "",
        preferred_language="fr" if serial % 3 else "ar",
        city=town["city"],
        registered_on=f"{date(2022, 1 + serial % 9, 1 + serial % 28)}",
        **more,
    )


def _name(kind: str, place: int) -> dict[str, str]:
    names = [row for row in table("names.csv") if row["kind"] == kind]
    return names[place % len(names)]
