"""What the people of the sample hear on 20 March 2024, in every menu that is about them: read it as they would.

`SVI_WRITE_GOLDEN=1 .venv/bin/pytest tests/flows/test_sample_calls.py` writes the transcripts anew; the diff says what
callers will hear.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

import pytest
from sqlalchemy import text

from backend import db
from exchange.dialler import Call
from tests.conftest import Dial, Texts

pytestmark = pytest.mark.usefixtures("sample")
TRANSCRIPTS = Path(__file__).parent / "sample"
KEY_OF = {"ar": "1", "fr": "2"}
PEOPLE = {
    "Hicham": ("104228815", "18091975"),
    "Khadija": ("118350942", "05121983"),
    "Anas": ("126604471", "27041990"),
    "Rachid": ("131907758", "11021962"),
    "Imane": ("140055216", "16081994"),
}
MENUS: dict[str, tuple[tuple[str, ...], ...]] = {
    "2": ((), ("1",), ("2",), ("3",), ("4",)),
    "3": ((), ("1",)),
    "4": (("1",), ("2",), ("3",), ("4", "29022024", "2"), ("5", "1", "01032024"), ("5", "2")),
}
"""Choice of the main menu → what is keyed after the code."""


def another_day() -> None:
    """Let the limits of codes have passed."""
    with db.engine().begin() as connection:
        connection.execute(text("truncate codes, failures"))


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.timeout(180)
def test_each_person_of_the_sample_hears_what_is_written_down(dial: Dial, texts: Texts, language: str) -> None:
    """Every menu, every person; a change of what is said is made on purpose."""
    file = TRANSCRIPTS / f"{language}.txt"
    told = "\n".join(transcripts(dial, texts, language))
    if os.environ.get("SVI_WRITE_GOLDEN"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text("utf-8")


def transcripts(dial: Dial, texts: Texts, language: str) -> Iterator[str]:
    """Give the lines of all calls."""
    for name, who in PEOPLE.items():
        for service, ways in MENUS.items():
            for way in ways:
                another_day()
                yield f"== {name}: {' '.join((service, *way))}"
                yield from after_the_code(identified(dial, texts, language, service, who), way)
                yield ""


def identified(dial: Dial, texts: Texts, language: str, service: str, who: tuple[str, str]) -> Call:
    """Return a call that chose a service and proved who calls."""
    call = dial().keys(KEY_OF[language]).keys(service).dials(who[0]).dials(who[1])
    return call.dials(texts.code())


def after_the_code(call: Call, way: tuple[str, ...]) -> Iterator[str]:
    """Give what is heard from the code on, and after each key."""
    yield said(call)
    for keyed in way:
        if call.question == "anything-else":
            return
        call.dials(keyed)
        yield f"[{keyed}]"
        yield said(call)


def said(call: Call) -> str:
    """Return the last words, folded."""
    return fill(call.words, 118, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
