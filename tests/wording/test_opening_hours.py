"""Opening hours are read as a directory writes them, and said in each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import BadInputError
from backend.opening_hours import DAYS, OpeningHours
from backend.values import parsed
from backend.wording.arabic import ARABIC
from backend.wording.french import FRENCH

SAID = [
    (
        "lun-ven 08:30-16:30",
        "du lundi au vendredi, de 8 heures 30 à 16 heures 30",
        "من الاثنين إلى الجمعة: من الثامنة والنصف صباحا إلى الرابعة والنصف بعد الزوال",
    ),
    ("mar 09:00-14:00", "le mardi, de 9 heures à 14 heures", "يوم الثلاثاء: من التاسعة صباحا إلى الثانية بعد الزوال"),
    (
        "lun, mer, ven 9h00-12h15",
        "le lundi, le mercredi et le vendredi, de 9 heures à 12 heures 15",
        "يوم الاثنين ويوم الأربعاء ويوم الجمعة: من التاسعة صباحا إلى الثانية عشرة والربع زوالا",
    ),
    (
        "lun-mar 08:00-12:00 14:00-18:00",
        "du lundi au mardi, de 8 heures à 12 heures et de 14 heures à 18 heures",
        "من الاثنين إلى الثلاثاء: من الثامنة صباحا إلى الثانية عشرة زوالا. من الثانية بعد الزوال إلى السادسة مساء",
    ),
    (
        "lun-dim 14:00-17:40",
        "tous les jours, de 14 heures à 17 heures 40",
        "كل يوم: من الثانية إلى الخامسة و40 دقيقة بعد الزوال",
    ),
    ("DIM 1:00-2:05", "le dimanche, de 1 heure à 2 heures 05", "يوم الأحد: من الواحدة إلى الثانية وخمس دقائق صباحا"),
]


@pytest.mark.parametrize(("text", "french", "arabic"), SAID)
def test_hours_are_said_as_people_say_them(text: str, french: str, arabic: str) -> None:
    """French by the twenty-four hours, Arabic by the clock and the part of the day."""
    hours = OpeningHours.parse(text)
    assert (FRENCH.hours(hours), ARABIC.hours(hours)) == (french, arabic)


def test_other_hours_on_other_days_are_said_apart() -> None:
    """Friday has hours of its own."""
    hours = OpeningHours.parse("lun-jeu 08:30-16:30, ven 08:30-12:00 ; 14:30-16:30")
    assert hours.apart == ("lun-jeu 08:30-16:30", "ven 08:30-12:00 14:30-16:30")


def test_an_sms_has_them_in_short() -> None:
    """In Arabic with a word between the times: figures on either side of a dash are read from the left."""
    hours = OpeningHours.parse("lun-jeu 08:30-16:30, ven 08:00-12:00 14:30-16:30")
    assert FRENCH.short_hours(hours) == "lun-jeu 8h30-16h30, ven 8h-12h 14h30-16h30"
    assert ARABIC.short_hours(hours) == "الاثنين-الخميس 8:30 إلى 16:30، الجمعة 8:00 إلى 12:00 و14:30 إلى 16:30"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24/7",
        "les jours de souk",
        "lun-ven",
        "08:30-16:30",
        "lun 25:00-26:00",
        "lun 16:30-08:30",
        "lun 08:00-12:00 11:00-14:00",
        "lun 8-12",
        "lun 08:00-12:00, mar",
        "lun 08:00-12:00 sauf fériés",
        "lun 8:00-9:00, mar 8:00-9:00, mer 8:00-9:00, jeu 8:00-9:00",
        "lun 8:00-9:00 10:00-11:00 12:00-13:00",
    ],
)
def test_what_is_not_plainly_hours_is_not_said(text: str) -> None:
    """Half understood would send people to a closed door."""
    with pytest.raises(BadInputError):
        OpeningHours.parse(text)


@given(st.text(st.sampled_from([*"".join(DAYS), *" ,-:;h0123456789–٣"]), max_size=40))
def test_whatever_is_written_is_hours_or_refused(text: str) -> None:
    """And what is hours reads the same again, in its canonical form."""
    hours = parsed(OpeningHours.parse, text)
    if hours is not None:
        assert OpeningHours.parse(hours) == hours
        assert FRENCH.hours(hours)
        assert ARABIC.hours(hours)
