"""How many SMS a text takes: GSM-7 letters are short, any other letter makes the whole text UCS-2 (GSM 03.38)."""

from types import MappingProxyType
from unicodedata import normalize

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_ESCAPED = frozenset("^{}\\[~]|€\f")
"""Letters that take two places."""
_GSM_7_ALL = GSM_7 | GSM_7_ESCAPED
_LIKE = MappingProxyType({"’": "'", "«": '"', "»": '"', "–": "-", "\u00a0": " ", "\u202f": " ", "ç": "c"})
MOST_SEGMENTS = 2
"""product.md: an SMS takes two segments at most."""


def in_gsm_7(text: str) -> str:
    """Return `text` without the marks of letters that GSM-7 lacks («ï» → «i»), where they alone make it UCS-2."""
    letters = (each if each in _GSM_7_ALL else _LIKE.get(each) or normalize("NFD", each)[0] for each in text)
    plain = "".join(letters)
    return plain if set(plain) <= _GSM_7_ALL else text


def segments(text: str) -> int:
    """Return how many SMS segments `text` takes: 160 places (153 when chained), or 70 (67) in UCS-2."""
    if set(text) <= _GSM_7_ALL:
        places, alone, chained = sum(2 if letter in GSM_7_ESCAPED else 1 for letter in text), 160, 153
    else:
        places, alone, chained = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if places <= alone else -(-places // chained)
