"""Numbers said in Modern Standard and in Moroccan Arabic, and the months of both.

Spellings are as `ivr.hearing.text.tokens` leaves them («ة» is «ه», every alif plain), and «ث» is «ت», as it is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ivr.hearing.text import Tokens

Kind = Literal["zero", "unit", "ten", "teen", "tens", "hundred", "hundreds", "thousand", "thousands"]

# value: every way to say it, standard Arabic first, then Moroccan, then Moroccan in Latin letters
UNITS = {
    1: "واحد واحده وحده احد احدي wahed wahd",
    2: "اتنان اتنين اتنتان اتنتين اتنا اتني تنين تنان تناين جوج زوج جوز زوز zouj jouj joj tnayn",
    3: "تلاته تلات تلت tlata",
    4: "اربعه اربع ربعه ربع arbaa rabaa",
    5: "خمسه خمس khamsa",
    6: "سته ست ستا setta",
    7: "سبعه سبع sebaa",
    8: "تمانيه تماني تمان تمنيه تمنيا تمن tmenya",
    9: "تسعه تسع تسعود tesaoud tesoud",
}
TEENS = {
    11: "احدعش حداش حضاش احداش",
    12: "اتنعش طناش تناش اطناش اتناش",
    13: "تلتاش تلطاش تلاتاش",
    14: "ربعطاش اربعطاش ربعتاش",
    15: "خمسطاش خمستاش خمصطاش",
    16: "سطاش ستاش صطاش",
    17: "سبعطاش سبعتاش",
    18: "تمنطاش تمنتاش",
    19: "تسعطاش تسعتاش",
}
TENS = {
    20: "عشرون عشرين",
    30: "تلاتون تلاتين",
    40: "اربعون اربعين ربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "تمانون تمانين",
    90: "تسعون تسعين",
}
HUNDREDS = {
    200: "ميتان ميتين ماتين ماتان مايتين مايتان",
    300: "تلاتميه تلتميه تلاتمايه",
    400: "اربعميه ربعميه اربعمايه",
    500: "خمسميه خمسمايه",
    600: "ستميه سطميه ستمايه",
    700: "سبعميه سبعمايه",
    800: "تمنميه تمانميه تمانيميه تمنيميه تمانمايه",
    900: "تسعميه تسعمايه",
}
MONTHS = (*("يناير", "فبراير", "مارس", "ابريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "اكتوبر", "نونبر", "دجنبر"),)
MONTHS_ELSEWHERE = {"مايو": 5, "يوليو": 7, "اغسطس": 8, "سبتمبر": 9, "نوفمبر": 11, "ديسمبر": 12}
SAID = "صفر واحد اثنان جوج ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة تسعود عشرة عشرين ستين مية ألف ألفين"
EXPECTED = tuple(SAID.split())
ORDINALS = {"فاتح": 1, "الاول": 1, "اول": 1, "لول": 1}
AND = "و"


def _table() -> Iterator[tuple[str, tuple[Kind, int]]]:
    spoken: tuple[tuple[Kind, dict[int, str]], ...] = (
        ("zero", {0: "صفر زيرو"}),
        ("unit", UNITS),
        ("ten", {10: "عشره عشر achra"}),
        ("teen", TEENS),
        ("tens", TENS),
        ("hundred", {100: "ميه مايه ميا"}),
        ("hundreds", HUNDREDS),
        ("thousand", {1000: "الف الاف"}),
        ("thousands", {2000: "الفين الفان"}),
    )
    for kind, values in spoken:
        for value, words in values.items():
            yield from ((word, (kind, value)) for word in words.split())


WORDS: dict[str, tuple[Kind, int]] = dict(_table())


@dataclass(frozen=True, slots=True)
class _Word:
    kind: Kind
    value: int
    joined: bool  # with «و» to what stands before


def as_said(token: str) -> str:
    """Return a token as Moroccans say it, and as the table has it."""
    return token.replace("ث", "ت")


def known(token: str) -> bool:
    """Say whether a token belongs to a number."""
    said = as_said(token)
    return said in WORDS or said.isdecimal() or (said.startswith(AND) and (said == AND or said[1:] in WORDS))


def digits(said: Tokens) -> str | None:
    """Return the figures said, one number after the other; None where anything else is said.

    «واحد وستين» is 61, «واحد ستين» is 1 and 60: only «و» joins what is less than a hundred.
    """
    figures = ""
    words: list[_Word] = []
    joined = False
    for token in said:
        if token.isdecimal():
            figures, words = figures + _figures(words) + token, []
        elif token in WORDS:
            words.append(_Word(*WORDS[token], joined))
        elif token.startswith(AND) and token[1:] in WORDS:
            words.append(_Word(*WORDS[token[1:]], joined=True))
        elif token != AND or not words:
            return None
        joined = token == AND
    return None if joined else figures + _figures(words) or None


def _figures(words: list[_Word]) -> str:
    figures, at = "", 0
    while at < len(words):
        number, at = _number(words, at)
        figures += str(number)
    return figures


def _number(words: list[_Word], at: int) -> tuple[int, int]:
    """Return the number that begins at `at`, and where it ends."""
    value, end = _below_thousand(words, at)
    if _is(words, end, "thousand", joined=False) and words[at].kind not in ("zero", "thousand", "thousands"):
        value, end = value * 1000, end + 1
    elif words[at].kind not in ("thousand", "thousands"):
        return value, end
    if end < len(words) and (words[end].joined or words[end].kind == "hundreds") and _less(words[end], 1000):
        rest, end = _below_thousand(words, end)
        value += rest
    return value, end


def _below_thousand(words: list[_Word], at: int) -> tuple[int, int]:
    word = words[at]
    if word.kind == "unit" and _is(words, at + 1, "hundred", joined=False):
        value, end = word.value * 100, at + 2
    elif word.kind in ("hundred", "hundreds"):
        value, end = word.value, at + 1
    else:
        return _below_hundred(words, at)
    if end < len(words) and words[end].joined and _less(words[end], 100):
        rest, end = _below_hundred(words, end)
        value += rest
    return value, end


def _below_hundred(words: list[_Word], at: int) -> tuple[int, int]:
    word = words[at]
    if word.kind == "unit" and _is(words, at + 1, "ten", joined=False):
        return 10 + word.value, at + 2
    if word.kind == "unit" and _is(words, at + 1, "tens", joined=True):
        return word.value + words[at + 1].value, at + 2
    return word.value, at + 1


def _is(words: list[_Word], at: int, kind: Kind, *, joined: bool) -> bool:
    return at < len(words) and words[at].kind == kind and words[at].joined == joined


def _less(word: _Word, than: int) -> bool:
    return word.value < than and word.kind != "zero"
