"""Messages and their values: `spoken`, `written`, `exists`, `variables`."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from backend.values import (
    Dirhams,
    FewDigits,
    IdentityCardDigits,
    Mobile,
    Month,
    OneTimeCode,
    PersonName,
    RegistrationNumber,
    Term,
)
from backend.wording import LANGUAGES, Language, WordingError, exists, spoken, variables, written
from backend.wording.catalogue import Catalogue, Sayable, catalogue
from ivr.prompt_check.samples import samples

SALMA = PersonName("Salma El Amrani", "سلمى العمراني")


@pytest.fixture
def wordings(tmp_path: Path) -> Callable[[str], Catalogue]:
    """Return a maker of French catalogues from Fluent text."""

    def make(fluent: str) -> Catalogue:
        (tmp_path / "some.ftl").write_text(fluent, encoding="utf-8")
        return Catalogue("fr", tmp_path)

    return make


@pytest.mark.parametrize(
    ("value", "said", "shown"),
    [
        (RegistrationNumber("104228815"), "1 0 4, 2 2 8, 8 1 5", "104228815"),
        (IdentityCardDigits("48291"), "4 8 2, 9 1", "48291"),
        (OneTimeCode("004913"), "0 0 4, 9 1 3", "004913"),
        (FewDigits("07"), "0 7", "07"),
        (Mobile("+212661000101"), "0 6, 6 1, 0 0, 0 1, 0 1", "0661000101"),
        (Dirhams("1250.50"), "1\u202f250,50 dirhams", "1 250,50 dirhams"),
        (date(2022, 3, 1), "1er mars 2022", "1er mars 2022"),
        (3240, "3\u202f240", "3 240"),
        (SALMA, "Salma El Amrani", "Salma El Amrani"),
        (Term("category-midwife"), "sage-femme", "sage-femme"),
        ("as it is", "as it is", "as it is"),
    ],
)
def test_a_value_is_worded_for_its_medium(
    wordings: Callable[[str], Catalogue], value: Sayable, said: str, shown: str
) -> None:
    """Numbers of identity are said digit by digit, in threes (telephones in twos), and written plain.

    An SMS has no narrow space, which would cost it half its length.
    """
    some = wordings("some = { $value }\ncategory-midwife = sage-femme")
    assert some.text("spoken", "some", {"value": value}) == said
    assert some.text("written", "some", {"value": value}) == shown


def test_arabic_digits_are_grouped_by_the_arabic_comma() -> None:
    """«1 2 3، 4 5 6، 7 8 9»."""
    assert "1 2 3، 4 5 6، 7 8 9" in spoken("ar", "registration-completed", number=RegistrationNumber("123456789"))


def test_a_name_is_said_as_the_language_writes_it() -> None:
    """Who has no Arabic name on record is called by the Latin one."""
    doctor = Term("category-doctor")
    assert "سلمى العمراني" in spoken("ar", "confirm-identity", name=SALMA, category=doctor)
    assert "Salma" in spoken("ar", "confirm-identity", name=PersonName("Salma El Amrani"), category=doctor)
    assert "طبيب" in spoken("ar", "confirm-identity", name=SALMA, category=doctor)


def test_tries_are_counted_in_each_language() -> None:
    """A number in a sentence brings its noun in the right form."""
    assert spoken("ar", "code-wrong", left=2).endswith("لكم الحق في محاولتين.")
    assert spoken("fr", "code-wrong", left=1).endswith("Il vous reste 1 essai.")


def test_a_count_is_written_without_a_narrow_space(wordings: Callable[[str], Catalogue]) -> None:
    """What a function says goes into an SMS too."""
    some = wordings("some = { DAYS($days) }")
    assert some.text("spoken", "some", {"days": 3240}) == "3\u202f240 jours"
    assert some.text("written", "some", {"days": 3240}) == "3 240 jours"


def test_a_day_may_be_named(wordings: Callable[[str], Catalogue]) -> None:
    """`{ WEEKDAY($day) }` is the day of the week of a date."""
    some = wordings("some = le { WEEKDAY($day) } { $day }")
    assert some.text("spoken", "some", {"day": date(2024, 3, 1)}) == "le vendredi 1er mars 2024"


def test_nothing_owed_has_a_sentence_of_its_own(wordings: Callable[[str], Catalogue]) -> None:
    """Zero dirhams are not read out as an amount: "vous ne devez rien"."""
    some = wordings(
        "some = { NOTHING($owed) ->\n    [yes] Vous ne devez rien.\n   *[no] Vous devez { $owed }.\n }\n",
    )
    assert some.text("spoken", "some", {"owed": Dirhams(0)}) == "Vous ne devez rien."
    assert some.text("spoken", "some", {"owed": Dirhams(3)}) == "Vous devez 3 dirhams."


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_attribute_is_a_message_too(language: Language) -> None:
    """`birth-date.more` is said at the second failure, `birth-date.title` shown to advisors."""
    assert exists(language, "birth-date.more")
    assert not exists(language, "birth-date.less")
    assert written(language, "birth-date.title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_variables_count_those_of_quoted_messages(language: Language) -> None:
    """`callback-day.more` quotes `callback-day`, and needs its days."""
    assert variables(language, "callback-day.more") == {"first", "second"}
    assert variables(language, "welcome") == frozenset()


@pytest.mark.parametrize("say", [spoken, written])
def test_an_unknown_message_is_an_error(say: Callable[..., str]) -> None:
    """Silence on the line would be worse; the error names the file to mend."""
    with pytest.raises(WordingError, match="prompts/fr"):
        say("fr", "no-such-message")


def test_an_unknown_term_is_an_error() -> None:
    """A category without a word can't be confirmed by its caller."""
    with pytest.raises(WordingError, match="category-astronaut"):
        spoken("fr", "confirm-identity", name=SALMA, category=Term("category-astronaut"))


@pytest.mark.parametrize("message", ["code-sent", "code-wrong", "advisor-closed"])
def test_a_missing_value_is_an_error(message: str) -> None:
    """Said as it is or through a function, a value that wasn't given is never read out as its name."""
    with pytest.raises(WordingError, match=message):
        spoken("fr", message)


def test_a_value_of_the_wrong_kind_is_an_error() -> None:
    """Only numbers are counted."""
    with pytest.raises(WordingError, match="code-wrong"):
        spoken("fr", "code-wrong", left="many")


@pytest.mark.parametrize(
    ("fluent", "why"),
    [
        ("some = one\nsome = two\n", "twice"),
        ("some = { $unclosed\n", "not Fluent"),
        ("some =\n    .title = Title\n", "says nothing"),
    ],
)
def test_a_file_that_would_lose_words_is_refused(wordings: Callable[[str], Catalogue], fluent: str, why: str) -> None:
    """Fluent skips what it can't read and keeps the first of two; we don't start with such a file."""
    with pytest.raises(WordingError, match=why):
        wordings(fluent)


def test_no_mark_or_line_break_reaches_voice_or_sms() -> None:
    """Bidirectional isolates and the lines of a file are nothing that a voice or a handset should meet."""
    for language in LANGUAGES:
        said = spoken(language, "code-sent", ending=FewDigits("47"))
        assert not set("\u2066\u2067\u2068\u2069\n") & set(said)


def test_no_french_sentence_puts_de_before_a_month() -> None:
    """French elides: "à partir de avril" is a mistake, so sentences say "dès" or "depuis"."""
    french = catalogue("fr")
    for message in french.messages:
        names = french.variables(message)
        if "contributions_from" in names:
            values = {name: samples(name, french)[0] for name in names} | {"contributions_from": Month(2022, 4)}
            assert not re.search(r"\bde avril", french.text("spoken", message, values)), message
