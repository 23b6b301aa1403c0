"""Amounts of dirhams, as interfaces.md words them ("Spoken French", "Spoken Arabic")."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.values import Dirhams
from backend.wording import WordingError
from backend.wording.arabic import ARABIC
from backend.wording.french import FRENCH
from backend.wording.grammar import Grammar

THIN = "\u202f"

FRENCH_AMOUNTS = {
    "0": "0 dirham",
    "0.01": "0,01 dirham",
    "0.02": "0,02 dirham",
    "1": "1 dirham",
    "1.50": "1,50 dirham",
    "1.99": "1,99 dirham",
    "2": "2 dirhams",
    "2.11": "2,11 dirhams",
    "3": "3 dirhams",
    "10": "10 dirhams",
    "11": "11 dirhams",
    "99": "99 dirhams",
    "100": "100 dirhams",
    "101": "101 dirhams",
    "102": "102 dirhams",
    "103": "103 dirhams",
    "1000": f"1{THIN}000 dirhams",
    "1250": f"1{THIN}250 dirhams",
    "1250.50": f"1{THIN}250,50 dirhams",
    "2000": f"2{THIN}000 dirhams",
    "1000000": f"1{THIN}000{THIN}000 de dirhams",
    "1000000.50": f"1{THIN}000{THIN}000,50 dirhams",
    "1250000": f"1{THIN}250{THIN}000 dirhams",
    "2000000": f"2{THIN}000{THIN}000 de dirhams",
}

ARABIC_AMOUNTS = {
    "0": "مبلغ 0 درهم",
    "0.01": "مبلغ سنتيم واحد",
    "0.02": "مبلغ سنتيمين",
    "0.05": "مبلغ 5 سنتيمات",
    "1": "مبلغ درهم واحد",
    "1.50": "مبلغ درهم واحد و50 سنتيما",
    "2": "مبلغ درهمين",
    "2.02": "مبلغ درهمين وسنتيمين",
    "2.11": "مبلغ درهمين و11 سنتيما",
    "3": "مبلغ 3 دراهم",
    "10": "مبلغ 10 دراهم",
    "11": "مبلغ 11 درهما",
    "99": "مبلغ 99 درهما",
    "99.99": "مبلغ 99 درهما و99 سنتيما",
    "100": "مبلغ 100 درهم",
    "101": "مبلغ 101 درهم",
    "102": "مبلغ 102 درهم",
    "103": "مبلغ 103 دراهم",
    "110.10": "مبلغ 110 دراهم و10 سنتيمات",
    "111": "مبلغ 111 درهما",
    "200": "مبلغ 200 درهم",
    "1000": "مبلغ 1000 درهم",
    "1250.50": "مبلغ 1250 درهما و50 سنتيما",
    "2000": "مبلغ 2000 درهم",
    "1000000": "مبلغ 1000000 درهم",
    "1000003.03": "مبلغ 1000003 دراهم و3 سنتيمات",
}


@pytest.mark.parametrize(("amount", "words"), FRENCH_AMOUNTS.items())
def test_french_has_narrow_spaces_a_comma_and_a_singular_below_two(amount: str, words: str) -> None:
    """`1 250,50 dirhams`: thousands by U+202F, two decimals or none, exact millions "de dirhams"."""
    assert FRENCH.amount(Dirhams.parse(amount)) == words


@pytest.mark.parametrize(("amount", "words"), ARABIC_AMOUNTS.items())
def test_arabic_counts_dirhams_and_centimes_apart_after_mablagh(amount: str, words: str) -> None:
    """One and two have no figure; then the last two digits decide the noun's form, for centimes likewise."""
    assert ARABIC.amount(Dirhams.parse(amount)) == words


@pytest.mark.parametrize("grammar", [ARABIC, FRENCH])
def test_a_negative_amount_is_refused(grammar: Grammar) -> None:
    """A credit has a sentence of its own: "minus fifty dirhams" means nothing to a caller."""
    with pytest.raises(WordingError):
        grammar.amount(Dirhams(-50))


@given(st.integers(min_value=0, max_value=10**10))
def test_what_french_says_is_the_amount(centimes: int) -> None:
    """No figure is lost or added on the way to the words."""
    words = FRENCH.amount(Dirhams.of_centimes(centimes))
    whole, _, cents = re.sub(r"[^\d,]", "", words).partition(",")
    assert int(whole) * 100 + int(cents or 0) == centimes


@given(st.integers(min_value=3, max_value=10**8), st.integers(min_value=3, max_value=99))
def test_what_arabic_says_is_the_amount(dirhams: int, centimes: int) -> None:
    """From three on, dirhams and centimes are said with their figures."""
    words = ARABIC.amount(Dirhams.of_centimes(dirhams * 100 + centimes))
    assert [int(figure) for figure in re.findall(r"\d+", words)] == [dirhams, centimes]
