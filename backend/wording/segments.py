"""How many SMS a text takes: GSM-7 letters are short, any other letter makes the whole text UCS-2 (GSM 03.38)."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_ESCAPED = frozenset("^{}\\[~]|€\f")
"""Letters that take two places."""
MOST_SEGMENTS = 2
"""product.md: an SMS takes two segments at most."""


def segments(text: str) -> int:
    """Return how many SMS segments `text` takes: 160 places (153 when chained), or 70 (67) in UCS-2."""
    if set(text) <= GSM_7 | GSM_7_ESCAPED:
        places, alone, chained = sum(2 if letter in GSM_7_ESCAPED else 1 for letter in text), 160, 153
    else:
        places, alone, chained = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if places <= alone else -(-places // chained)
