"""Numbers said in French: one by one, in pairs, in hundreds and thousands; the library text2num reads each of them."""

from functools import lru_cache

from text_to_num import text2num

from ivr.hearing.text import Tokens, tokens

ZERO = "zero"
MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre"),
    *("novembre", "decembre"),
)
MONTHS_ELSEWHERE: dict[str, int] = {}
ORDINALS = {"premier": 1, "1er": 1}
SAID = (
    "zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts "
    "trente quarante cinquante soixante septante huitante octante nonante cent cents mille"
)
EXPECTED = (*SAID.split(), "quatre-vingt")
WORDS = frozenset(tokens(SAID)) - {ZERO}
AND = "et"
LONGEST = 10  # tokens of a number: mille neuf cent quatre vingt dix sept


def as_said(token: str) -> str:
    """Return a token as the tables have it."""
    return token


def known(token: str) -> bool:
    """Say whether a token belongs to a number."""
    return token in WORDS or token == ZERO or token.isdecimal()


def digits(said: Tokens) -> str | None:
    """Return the figures said, one number after the other; None where anything else is said.

    Each number is the longest that can be read: «quatre vingt dix» is 90, never 4, 20, 10.
    """
    figures, at = "", 0
    while at < len(said):
        if said[at] == ZERO or said[at].isdecimal():
            figures += "0" if said[at] == ZERO else said[at]
            at += 1
            continue
        for end in range(min(len(said), at + LONGEST), at, -1):
            number = _number(said[at:end])
            if number is not None:
                figures, at = figures + str(number), end
                break
        else:
            return None
    return figures or None


@lru_cache(maxsize=4096)
def _number(said: Tokens) -> int | None:
    if not (said[0] in WORDS and said[-1] in WORDS and all(token in WORDS or token == AND for token in said)):
        return None
    if "vingts" in said[:-1]:  # nothing follows its «s»: the next number begins
        return None
    try:
        return int(text2num(" ".join(said), "fr"))
    except ValueError:
        return None
