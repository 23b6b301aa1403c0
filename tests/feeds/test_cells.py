"""The quick ways of recognising cells say what `backend.values` says."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import BadInputError
from backend.feeds import cells
from backend.values import Dirhams, IdentityCard, Mobile, RegistrationNumber, parsed

WAYS = ("+212{}", "00212{}", "0{}", "212{}", "{}", "+212 {}", "+2120{}", "+33{}")


@pytest.mark.parametrize("way", WAYS)
def test_a_mobile_is_what_libphonenumber_says_for_every_series(way: str) -> None:
    """Every beginning of four figures, whatever the series that the regulator opens next."""
    for beginning in range(5000, 10_000):
        text = way.format(f"{beginning}01234")
        assert parsed(cells.mobile, text) == parsed(Mobile.parse, text), text


@given(st.text("0123456789+٠١٢٣٤٥٦٧٨٩ .-/a", max_size=16))
def test_a_mobile_is_what_libphonenumber_says_for_any_text(text: str) -> None:
    """Wrong lengths, separators, Arabic-Indic digits."""
    assert parsed(cells.mobile, text) == parsed(Mobile.parse, text)


@pytest.mark.parametrize("text", ["٠٦٦١٠٠٠١٠١", "06 61-00.01 01", "+212661000101", "00212 661 000 101"])
def test_mobiles_are_kept_in_one_form(text: str) -> None:
    """However they were written."""
    assert cells.mobile(text) == "+212661000101"


@given(st.from_regex(r"[A-Za-z٠-٩]{0,4}[0-9٠-٩ .-]{0,10}", fullmatch=True))
def test_identity_cards_and_numbers_are_those_of_values(text: str) -> None:
    """The figures that a caller keys, too."""
    card = parsed(IdentityCard.parse, text)
    assert parsed(cells.identity_card, text) == card
    assert parsed(cells.registration_number, text) == parsed(RegistrationNumber.parse, text)
    if card:
        assert cells.card_digits(card) == card.digits


@given(st.dates(date(1900, 1, 1), date(2024, 3, 20)))
def test_days_are_iso_days(day: date) -> None:
    """And no other way of writing them."""
    assert cells.day(day.isoformat()) == day.isoformat()
    for other in (f"{day:%d/%m/%Y}", f"{day:%Y%m%d}", f"{day:%G-W%V-%u}", f"{day:%Y-%m}"):
        assert parsed(cells.day, other) is None


@pytest.mark.parametrize("text", ["2024-03-21", "1899-12-31", "2023-02-29", "0000-01-01"])
def test_a_day_of_birth_is_a_day_from_1900_to_today(text: str) -> None:
    """Today being 20 March 2024."""
    with pytest.raises(BadInputError):
        cells.day_of_birth(date(2024, 3, 20))(text)


def test_a_choice_names_the_likely_one() -> None:
    """Or all of them."""
    with pytest.raises(BadInputError, match="write doctor"):
        cells.one_of(["doctor", "notary"])("docteur")
    with pytest.raises(BadInputError, match="write ar or fr"):
        cells.language("zgh")


@given(st.decimals(0, cells.MOST_DIRHAMS, places=2))
def test_amounts_are_kept_in_centimes(amount: Decimal) -> None:
    """Exactly, however many decimals are written."""
    assert cells.dirhams(str(amount)) == str(int(amount * 100))
    assert cells.dirhams(f"{amount:.1f}") == str(int(Decimal(f"{amount:.1f}") * 100))


@given(st.text("0123456789٠١٢.-+,eE N", max_size=40))
def test_an_amount_is_money_or_refused(text: str) -> None:
    """Never an error of ours; what is kept is what `Dirhams` says."""
    kept = parsed(cells.dirhams, text)
    assert kept is None or int(kept) == Dirhams.parse(text).centimes


@pytest.mark.parametrize("text", ["0000-01", "2024-13", "2024-1", "2024-01-01", "24-01"])
def test_a_month_is_a_month_of_the_calendar(text: str) -> None:
    """The year 0000 is none."""
    with pytest.raises(BadInputError, match="is not a month"):
        cells.month(text)


@pytest.mark.parametrize(
    "cell",
    [cells.language, cells.day, cells.month, cells.dirhams, cells.whole(0, 31), cells.degrees(20, 36)],
)
@pytest.mark.parametrize("text", ["x" * 10_000, "9" * 10_000, "-1." + "0" * 10_000, "90000000." + "0" * 10_000])
def test_a_reason_tells_fifty_characters_of_a_cell(cell: cells.Cell, text: str) -> None:
    """Whatever was pasted into it."""
    with pytest.raises(BadInputError) as refused:
        cell(text)
    assert len(str(refused.value)) < 150


@pytest.mark.parametrize("cell", [cells.words, cells.sentence, cells.several])
@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1+cmd", "@SUM(A1)"])
def test_words_are_no_formula(cell: cells.Cell, text: str) -> None:
    """What is exported is opened in a spreadsheet, which would run it; within the words such a mark is one of them."""
    with pytest.raises(BadInputError, match=f"begins with [{text[0]}], as a formula"):
        cell(text)
    assert text in cell(f"a{text}").replace("\\", "")
