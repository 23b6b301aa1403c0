"""How many SMS a text takes."""

import pytest

from backend.values import OneTimeCode
from backend.wording import LANGUAGES, Language, written
from backend.wording.segments import segments


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", 1),
        ("é" * 160, 1),
        ("é" * 161, 2),
        ("é" * 306, 2),
        ("é" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ش" * 134, 2),
        ("ش" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_a_letter_outside_gsm_7_shortens_the_whole_sms(text: str, taken: int) -> None:
    """160 places, 153 when chained; 70 and 67 with any other letter; € takes two places, an emoji two units."""
    assert segments(text) == taken


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sms_of_a_code_begins_with_its_digits(language: Language) -> None:
    """They can be read from the handset's notification, plain, without opening the message."""
    assert written(language, "sms-code", code=OneTimeCode("482913")).startswith("482913 ")


def test_french_sms_without_a_date_stay_in_gsm_7() -> None:
    """One segment rather than two: no ê, ç, î, ô."""
    assert segments(written("fr", "sms-code", code=OneTimeCode("482913"))) == 1
