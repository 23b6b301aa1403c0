"""Counted nouns and days: `{ MONTHS($n) }`, `{ DAYS($n) }`, dates, months."""

from datetime import date

import pytest

from backend.values import BirthDate, Month
from backend.wording.arabic import ARABIC
from backend.wording.french import FRENCH
from backend.wording.rendering import argument

ARABIC_COUNTS = {
    "month": {
        0: "0 شهر",
        1: "شهر واحد",
        2: "شهرين",
        3: "ثلاثة أشهر",
        8: "ثمانية أشهر",
        10: "عشرة أشهر",
        11: "11 شهرا",
        99: "99 شهرا",
        100: "100 شهر",
        101: "101 شهر",
        102: "102 شهر",
        103: "103 أشهر",
        1000: "1000 شهر",
        2000: "2000 شهر",
    },
    "day": {1: "يوم واحد", 2: "يومين", 5: "خمسة أيام", 10: "عشرة أيام", 54: "54 يوما", 100: "100 يوم", 240: "240 يوما"},
    "minute": {1: "دقيقة واحدة", 2: "دقيقتين", 3: "ثلاث دقائق", 8: "ثماني دقائق", 10: "عشر دقائق", 15: "15 دقيقة"},
    "file": {1: "ملف واحد", 2: "ملفين", 4: "أربعة ملفات", 12: "12 ملفا", 100: "100 ملف"},
    "try": {1: "محاولة واحدة", 2: "محاولتين", 3: "ثلاث محاولات", 11: "11 محاولة"},
}

FRENCH_COUNTS = {
    "month": {0: "0 mois", 1: "1 mois", 12: "12 mois"},
    "day": {0: "0 jour", 1: "1 jour", 2: "2 jours", 101: "101 jours", 3240: "3\u202f240 jours"},
    "minute": {1: "une minute", 5: "5 minutes"},
    "file": {1: "1 dossier", 2: "2 dossiers"},
    "try": {1: "1 essai", 2: "2 essais"},
}


def cases(counts: dict[str, dict[int, str]]) -> list[tuple[str, int, str]]:
    """Return thing, number and words of each count."""
    return [(thing, number, words) for thing, each in counts.items() for number, words in each.items()]


@pytest.mark.parametrize(("thing", "number", "words"), cases(ARABIC_COUNTS))
def test_arabic_nouns_take_the_form_that_their_number_asks_for(thing: str, number: int, words: str) -> None:
    """One and two without a figure, three to ten in letters of the opposite gender, then the last two digits."""
    assert ARABIC.counted(thing, number) == words


@pytest.mark.parametrize(("thing", "number", "words"), cases(FRENCH_COUNTS))
def test_french_nouns_are_plural_from_two_on(thing: str, number: int, words: str) -> None:
    """Nought and one are singular in French."""
    assert FRENCH.counted(thing, number) == words


def test_the_first_of_a_month_has_its_own_word() -> None:
    """`1er mars`, «فاتح مارس»; other days are figures."""
    assert FRENCH.day(date(2022, 3, 1)) == "1er mars 2022"
    assert FRENCH.day(date(2024, 3, 20)) == "20 mars 2024"
    assert ARABIC.day(date(2022, 3, 1)) == "فاتح مارس 2022"
    assert ARABIC.day(date(2024, 3, 20)) == "20 مارس 2024"


def test_arabic_months_are_those_of_morocco() -> None:
    """«غشت», not «أغسطس»: interfaces.md lists the twelve."""
    listed = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"
    said = [argument("ar", "spoken", Month(2022, number)) for number in range(1, 13)]
    assert said == [f"{name} 2022" for name in listed.split()]


def test_a_french_month_is_its_name_and_year() -> None:
    """`mars 2022`: no day, no article."""
    assert argument("fr", "spoken", Month(2022, 3)) == "mars 2022"


def test_a_birth_date_known_by_its_year_is_that_year() -> None:
    """A card that bears only a year gives no day to say."""
    assert argument("fr", "spoken", BirthDate.parse("1965")) == "1965"
    assert argument("ar", "spoken", BirthDate.parse("01031965")) == "فاتح مارس 1965"
