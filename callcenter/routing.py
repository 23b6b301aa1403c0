"""Who may take which call, and which of two calls goes first. Pure: `callcenter.queue` does the ordering in Redis.

A ticket waits in a class, "subject:language:tier". Its score is a time: the moment at which its wait began, put back by
the credit of its tier. A credit is thus a fixed number of seconds of somebody else's wait, and nobody is overtaken for
ever, since whoever comes later begins later; ageing needs no rescoring.

An advisor serves a line, "subject:language", whatever the tier, in a ring: at once, or only calls that have waited for
some time. So the best advisor gets the call while one may still come, and any able one when it has lasted.
"""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Literal, get_args

from backend.wording import LANGUAGES, Language

Subject = Literal["registration", "contributions", "claims", "rights", "information", "other"]
Tier = Literal["returned", "transferred", "consult", "usual", "promised", "kept"]
Level = Literal[1, 2, 3]
"""How well an advisor knows a subject: 3 expert, 2 at ease, 1 can help."""
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
TIERS: tuple[Tier, ...] = get_args(Tier)

CREDIT_SECONDS: dict[Tier, int] = {
    "returned": 12 * 3600,
    "transferred": 12 * 3600,
    "consult": 600,
    "usual": 0,
    "promised": 0,
    "kept": 0,
}
"""Seconds of wait that a tier is worth.

`returned`, whose advisor was lost, and `transferred` were served once already: at the head, before all that a day of
calls can hold, and in order among themselves. `consult`: an advisor asks another while a caller is on hold; two people
wait. `kept` (a caller hung up and keeps the place) and `promised` (a callback that is due) have no credit: they come
back with the virtual start that they had, and that is what was promised to them.
"""

RINGS = (0, 20_000, 60_000, 120_000)
"""Milliseconds that a call has waited before an advisor of ring 0, 1, 2, 3 may take it.

Ring 1 opens after 20 s, the wait that call centres measure themselves by; ring 3 after two minutes, when nobody cares
any more who is the best to answer. Where the best who are there are of another ring, it is counted from theirs.
"""
OUTERMOST = len(RINGS) - 1


def line_of(subject: Subject, language: Language) -> str:
    """Return the line that advisors of a subject and a language serve."""
    return f"{subject}:{language}"


def class_of(subject: Subject, language: Language, tier: Tier) -> str:
    """Return the class that a ticket waits in: a line, and its tier."""
    return f"{line_of(subject, language)}:{tier}"


def meant_for(advisor: int, tier: Tier) -> str:
    """Return the class of what is meant for one advisor and nobody else: a warm transfer, a callback of their own."""
    return f"to:{advisor}:{tier}"


CLASSES = tuple(class_of(subject, language, tier) for subject in SUBJECTS for language in LANGUAGES for tier in TIERS)
"""Every class but those meant for one advisor."""


def ring_of(level: int, later: int) -> int:
    """Return the ring of an advisor in a line, by their level and how many languages they speak better."""
    return min(3 - level + later, OUTERMOST)


def lines_of(
    advisor: int, languages: Iterable[Language], skills: Mapping[Subject, Level]
) -> tuple[tuple[str, int], ...]:
    """Return (line, ring) of all that an advisor serves, inner rings first, and first of all what is meant for them.

    Each level below 3, and each language after the first (they are in the advisor's order), is one ring further. (Inner
    rings first is what the search for an advisor's call is quickest with.)
    """
    served = [
        (line_of(subject, language), ring_of(level, later))
        for later, language in enumerate(languages)
        for subject, level in skills.items()
    ]
    return (f"to:{advisor}", 0), *sorted(served, key=itemgetter(1))


def score(virtual_start: int, tier: Tier) -> int:
    """Return what a ticket is ordered by, lowest first: when its wait began (ms), put back by its tier's credit."""
    return virtual_start - CREDIT_SECONDS[tier] * 1000
