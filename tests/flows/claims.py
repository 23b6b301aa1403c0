"""Somebody who proves who they are, and asks about their claim files."""

from collections.abc import Callable

import pytest

from exchange.dialler import Call
from tests.conftest import Dial, Texts

HICHAM, KHADIJA, ANAS = ("104228815", "18091975"), ("118350942", "05121983"), ("126604471", "27041990")
KEY_OF = {"ar": "1", "fr": "2"}
in_both_languages = pytest.mark.parametrize("language", ["fr", "ar"])
Feed = Callable[..., None]


class Asking:
    """Calls of people who proved who they are, about their claim files."""

    def __init__(self, dial: Dial, texts: Texts) -> None:
        self.dial, self.texts = dial, texts

    def to_claims(self, who: tuple[str, str], language: str = "fr", to: str = "+212520447100") -> Call:
        """Return a call that has the answer to choice 3."""
        call = self.dial(to=to).keys(KEY_OF[language]).keys("3")
        if to == "3939":
            call.hears("self-service").keys("1")
        number, born = who
        return call.hears("registration-number").dials(number).dials(born).dials(self.texts.code())
