"""Why rows and files are refused, in the words of a page."""

import re
import string
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.feeds import KINDS
from backend.feeds.refusals import ENGLISH, Fault, RefusedError
from backend.wording import LANGUAGES, Language, exists, variables
from callcenter.console.administration.refusals import in_words

VALUES = dict.fromkeys(("category", "entry", "found", "line", "mark", "most", "told", "wanted", "why", "least"), 8) | {
    name: ["cin", "mobile"] for name in ("choices", "names", "meant")
}


@pytest.mark.parametrize("code", ENGLISH)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(code: str, language: Language) -> None:
    """With the values that English tells too, and no English word but names of columns."""
    assert exists(language, f"refused-{code}")
    told = {name for _, name, _, _ in string.Formatter().parse(ENGLISH[code]) if name} | {"names", "meant"}
    assert variables(language, f"refused-{code}") <= told
    assert not re.search(r"\b(is|the|must|check)\b", in_words(Fault(code, VALUES), language))


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=30) | st.text("0123456789.-+/ ", max_size=16))
def test_whatever_a_cell_holds_its_fault_has_a_code(kind: str, text: str) -> None:
    """A cell is read, or refused for a reason that a page can say."""
    for column in KINDS[kind](date(2024, 3, 20)).columns.values():
        if text.strip():
            with suppress(RefusedError):
                column.read(text.strip())


def test_what_a_file_says_is_set_apart_from_our_words() -> None:
    """Lest an Arabic sentence turn a date round."""
    assert in_words(Fault("future", {"found": "2024-03-21"}, "paid_on"), "ar").startswith(
        "التاريخ \u20682024-03-21\u2069"
    )
