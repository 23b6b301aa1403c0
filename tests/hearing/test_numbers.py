"""Figures and dates as they are said: tables of words, and how they are put together."""

import pytest

from backend.wording import Language
from ivr.hearing import arabic, french
from ivr.hearing.numbers import Keyed, birth_date, card, figures
from ivr.hearing.text import tokens

FRENCH = {
    "zéro": "0", "un": "1", "une": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7",
    "huit": "8", "neuf": "9", "dix": "10", "onze": "11", "seize": "16", "dix-sept": "17", "vingt": "20",
    "vingt et un": "21", "trente-deux": "32", "soixante et onze": "71", "soixante-dix-sept": "77", "septante": "70",
    "quatre-vingts": "80", "quatre-vingt un": "81", "quatre-vingt-dix-neuf": "99", "cent": "100", "cent deux": "102",
    "deux cents": "200", "mille": "1000", "deux mille cinq": "2005", "dix-neuf cent quatre-vingt-huit": "1988",
    "mille neuf cent quatre-vingt-huit": "1988", "quatre cent quatre-vingt-deux mille neuf cent treize": "482913",
}  # fmt: skip
ARABIC = {
    "صفر": "0", "زيرو": "0", "واحد": "1", "وحدة": "1", "اثنان": "2", "اثنين": "2", "ثنين": "2", "جوج": "2", "زوج": "2",
    "zouj": "2", "ثلاثة": "3", "تلاتة": "3", "أربعة": "4", "ربعة": "4", "خمسة": "5", "ستة": "6", "سبعة": "7",
    "ثمانية": "8", "تمنية": "8", "تسعة": "9", "تسعود": "9", "عشرة": "10", "أحد عشر": "11", "حداش": "11",
    "اثنا عشر": "12", "طناش": "12", "ثلاثة عشر": "13", "تلطاش": "13", "ربعطاش": "14", "خمسطاش": "15", "سطاش": "16",
    "سبعطاش": "17", "تمنطاش": "18", "تسعطاش": "19", "عشرون": "20", "عشرين": "20", "واحد وعشرين": "21",
    "ثلاثون": "30", "ربعين": "40", "خمسين": "50", "ستين": "60", "سبعة وسبعين": "77", "ثمانون": "80", "تسعين": "90",
    "مئة": "100", "مية وجوج": "102", "مائتان": "200", "ثلاثمئة": "300", "تسعمية": "900", "أربع مئة": "400",
    "أربع مئة واثنان وثمانون": "482", "ألف": "1000", "ألفين": "2000", "ألفين وخمسة": "2005", "ثلاثة آلاف": "3000",
    "ألف وتسعمئة وثمانية وثمانون": "1988", "ألف وتسعمية وتمنية وتمانين": "1988", "ألف تسعمية وسبعين": "1970",
    "ميتين وربعة وتلاتين ألف وخمسمية وسبعة وستين": "234567",
}  # fmt: skip
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
MONTHS_AR = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"


@pytest.mark.parametrize(("said", "keys"), FRENCH.items())
def test_each_number_in_french(said: str, keys: str) -> None:
    """As Morocco says them, and Belgium."""
    assert figures("fr", said) == Keyed(keys)


@pytest.mark.parametrize(("said", "keys"), ARABIC.items())
def test_each_number_in_arabic(said: str, keys: str) -> None:
    """As schools write them, and as Moroccans say them."""
    assert figures("ar", said) == Keyed(keys)


@pytest.mark.parametrize(
    ("language", "said", "keys"),
    [
        ("fr", "zéro six soixante et un zéro zéro zéro sept", "06610007"),
        ("fr", "un deux trois", "123"),
        ("fr", "quatre-vingts quatre-vingt-onze", "80 91"),
        ("fr", "06 soixante et un", "06 61"),
        ("ar", "صفر ستة واحد وستين", "06 61"),
        ("ar", "واحد ستين", "1 60"),
        ("ar", "ستة و سبعين", "76"),
        ("ar", "صفر ستة soixante et un", "wrong"),
        ("ar", "zéro six soixante et un", "06 61"),
        ("ar", "٠٦ 61", "06 61"),
    ],
)
def test_numbers_one_after_the_other(language: Language, said: str, keys: str) -> None:
    """Figures, pairs and hundreds, in words or as the recogniser wrote them; Moroccans say theirs in French, too."""
    assert figures(language, said) == (None if keys == "wrong" else Keyed(keys.replace(" ", "")))


@pytest.mark.parametrize("said", ["quatre huit non pardon deux", "trente et", "bonjour", "", "un deux autos"])
def test_what_is_not_all_figures_is_none(said: str) -> None:
    """Half of an answer is no answer."""
    assert figures("fr", said) is None


@pytest.mark.parametrize(("language", "said"), [("fr", "soissante et un"), ("ar", "سبعا")])
def test_a_slip_is_read_but_never_sure(language: Language, said: str) -> None:
    """It is said back; two slips are too many."""
    heard = figures(language, said)
    assert heard
    assert not heard.sure
    assert figures(language, f"{said} {said}") is None


@pytest.mark.parametrize("number", range(1, 13))
def test_each_month_by_name_and_by_number(number: int) -> None:
    """Moroccan names, and those of the Mashriq."""
    keys = f"14{number:02}1988"
    assert birth_date("fr", f"quatorze {MONTHS_FR.split()[number - 1]} 1988") == Keyed(keys)
    assert birth_date("ar", f"ربعطاش {MONTHS_AR.split()[number - 1]} 1988") == Keyed(keys)
    assert birth_date("ar", f"14 {number} 1988") == Keyed(keys)
    for name, of in arabic.MONTHS_ELSEWHERE.items():
        if of == number:
            assert birth_date("ar", f"14 {name} 1988") == Keyed(keys)


@pytest.mark.parametrize("said", ["29 février 1987", "31 avril 1990", "0 mars 1988", "14 mars 1888", "14 mars 2188"])
def test_a_day_that_the_calendar_lacks_is_none(said: str) -> None:
    """Nor is a year in which nobody alive was born."""
    assert birth_date("fr", said) is None


@pytest.mark.parametrize(
    ("said", "keys"),
    [("mars quatre-vingt-huit", None), ("14 mars 88", "14031988"), ("14 mars 05", "14032005"), ("1988", "1988")],
)
def test_a_year_alone_or_of_two_figures_is_never_sure(said: str, keys: str | None) -> None:
    """A card may bear only a year; but whoever hesitates also says only a part."""
    assert birth_date("fr", said) == (Keyed(keys, sure=False) if keys else None)


@pytest.mark.parametrize("said", ["BK 482913", "BK482913", "B K quatre huit deux neuf un trois", "482913"])
def test_the_letters_of_a_card_are_left_out(said: str) -> None:
    """As they are when it is keyed."""
    assert card("fr", said) == Keyed("482913")


def test_tables_are_written_as_speech_is_compared() -> None:
    """A word spelt otherwise than its tokens would never be found."""
    for table in (french, arabic):
        for word in (*table.WORDS, *table.MONTHS, *table.MONTHS_ELSEWHERE, *table.ORDINALS):
            assert tuple(map(table.as_said, tokens(word))) == (word,), word
