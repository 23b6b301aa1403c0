"""How wide text is about, and where its lines end: an SVG breaks none by itself."""

import re
from collections.abc import Iterator

NARROW, WIDE = frozenset("iljtfrI.,:;'’!|()[] ·1"), frozenset("mwMWO@%…—")
SLACK = 1.04
"""The reader's font is not known."""
TOGETHER = re.compile(r" (?=[:;!?»])|(?<=[^\W\d_]) (?=\d[.,:]?(?: |$))")
"""A space before a sign, or between a word and a lone digit, where no line ends."""
HELD = "\u00a0"
RIGHT_TO_LEFT = frozenset({"ar"})


def width(text: str, size: float, *, mono: bool = False) -> float:
    """Return the width of `text`, in pixels, in a sans-serif or monospaced font of this size."""
    return (len(text) * 0.61 if mono else sum(map(_em, text))) * size * SLACK


def lines(text: str, size: float, most: float, *, mono: bool = False) -> list[str]:
    """Break text into lines that are at most so wide."""
    return list(_lines(TOGETHER.sub(HELD, text).split(" "), size, most, mono))


def _lines(words: list[str], size: float, most: float, mono: bool) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip(" ")
        if line and width(longer, size, mono=mono) > most:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _em(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 0.92
    if letter.isascii() and letter.islower():
        return 0.58
    return 0.52 if "\u0600" <= letter <= "\u06ff" else 0.64
