"""What is typed has one meaning, in each language."""

import pytest

from backend.wording import LANGUAGES, Language
from svi.terminal import typed
from svi.terminal.deeds import DEEDS
from svi.terminal.typed import Typed, meaning


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_and_key_means_one_thing(language: Language) -> None:
    """No two things that can be done share one; each has a key, an English name for scripts, a word of the language."""
    words = [(word.casefold(), name) for name in typed.KEYS for word in typed.spellings(language, name)]
    words += [(name, name) for name in typed.KEYS] + [(key, name) for name, key in typed.KEYS.items()]
    assert len({word for word, _ in words}) == len({*words})
    for word, name in words:
        assert meaning(language, word) == Typed(name)
        assert meaning(language, f"{word.upper()} s.alami") == Typed(name, "s.alami")


def test_all_that_can_be_done_has_a_key() -> None:
    """And nothing else has: the terminal's own words, and a supervisor's legs."""
    assert {*DEEDS, "status", "help", "listen", "whisper", "join", "leave"} == {*typed.KEYS}


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (":bonjour Madame", Typed("say", "bonjour Madame")),
        ("3 rappeler demain", Typed("wrap", "3 rappeler demain")),
        ("pas prêt 2", Typed("unready", "2")),
        ("t dossiers de soins", Typed("transfer", "dossiers de soins")),
        ("wait 3", Typed("wait", "3")),
        ("bonjour", None),
    ],
)
def test_speech_numbers_and_words(line: str, meant: Typed | None) -> None:
    """A colon speaks, a number is a result, two words may be one; anything else means nothing."""
    assert meaning("fr", line) == meant
