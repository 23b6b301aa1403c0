"""Whatever a recogniser writes: something is understood or nothing, never an exception; digits are told apart."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.wording import LANGUAGES, Language
from bench.hearing import DAYS, QUESTIONS, utterances
from ivr.hearing import arabic, french
from ivr.hearing.numbers import TABLES, Keyed, birth_date, figures
from ivr.hearing.understanding import Asking, Unsure, said_back, understand
from ivr.inputs import Answer, Reply, Sign

WORDS = sorted({word for language in LANGUAGES for each in utterances(language) for word in each.said.split()})
NUMBERS = sorted({*french.WORDS, "et", "zéro", *arabic.WORDS, *french.MONTHS, *arabic.MONTHS, "61", "1988"})
said = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(NUMBERS), max_size=14).map(" ".join),
)
confidences = st.one_of(st.none(), st.floats())
languages = st.sampled_from(LANGUAGES)


@settings(max_examples=400)
@given(languages, st.sampled_from(sorted(QUESTIONS)), said, confidences)
def test_anything_said_is_understood_or_wrong(
    language: Language, message: str, words: str, confidence: float | None
) -> None:
    """An answer is one that the question takes; what is unsure can be said back."""
    listens = QUESTIONS[message]
    asking = Asking(listens, message, DAYS if message == "callback-day" else {})
    heard = understand(language, asking, Reply(speech=words, confidence=confidence))
    meant = heard.meant if isinstance(heard, Unsure) else heard
    if isinstance(meant, Answer):
        listens.parse(meant.value)
    if isinstance(heard, Unsure):
        assert said_back(language, asking, meant.value if isinstance(meant, Answer) else f"!{meant.value}")
    assert meant not in (Sign.SILENCE, Sign.HABIT, Sign.EMPTY)


@settings(max_examples=200)
@given(st.text("0123456789", min_size=1, max_size=12))
def test_figures_said_one_by_one_are_those_figures(digits: str) -> None:
    """In each language, in either way to say two."""
    in_french = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
    in_arabic = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
    in_moroccan = ["زيرو", "واحد", "جوج", "تلاتة", "ربعة", "خمسة", "ستة", "سبعة", "تمنية", "تسعود"]
    one_by_one: list[tuple[Language, list[str]]] = [("fr", in_french), ("ar", in_arabic), ("ar", in_moroccan)]
    for language, names in one_by_one:
        assert figures(language, " ".join(names[int(digit)] for digit in digits)) == Keyed(digits)


@settings(max_examples=200)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2020, 12, 31)))
def test_a_date_said_with_the_name_of_its_month_is_that_date(day: date) -> None:
    """As a recogniser writes it."""
    for language in LANGUAGES:
        said_so = f"{day.day} {TABLES[language].MONTHS[day.month - 1]} {day.year}"
        assert birth_date(language, said_so) == Keyed(f"{day:%d%m%Y}")
