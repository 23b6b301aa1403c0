"""Which classes an advisor serves, and what a ticket is ordered by."""

from itertools import pairwise

import pytest

from callcenter import routing
from callcenter.routing import CLASSES, RINGS, Level, lines_of, meant_for, score

HOUR = 3_600_000


@pytest.mark.parametrize(("level", "ring"), [(3, 0), (2, 1), (1, 2)])
def test_each_level_below_the_best_is_a_ring_further(level: Level, ring: int) -> None:
    """An expert gets the call at once, another when it has waited."""
    assert ("claims:ar", ring) in lines_of(7, ["ar"], {"claims": level})


def test_each_further_language_is_a_ring_further_and_the_last_ring_holds_the_rest() -> None:
    """A preference, not a wall: nobody who can answer is kept from a call for ever."""
    served = dict(lines_of(7, ["fr", "ar"], {"claims": 3, "rights": 1}))
    assert (served["claims:fr"], served["claims:ar"]) == (0, 1)
    assert (served["rights:fr"], served["rights:ar"]) == (2, 3)
    assert dict(lines_of(7, ["fr", "ar", "fr"], {"rights": 1}))["rights:fr"] == len(RINGS) - 1


def test_nobody_serves_a_subject_or_a_language_that_they_do_not_have() -> None:
    """Whoever has neither serves what is meant for them, and nothing else."""
    assert lines_of(7, ["fr"], {"claims": 3}) == (("to:7", 0), ("claims:fr", 0))
    assert lines_of(7, ["fr"], {}) == lines_of(7, [], {"claims": 3}) == (("to:7", 0),)
    assert meant_for(7, "promised") == "to:7:promised"


def test_rings_open_one_after_the_other_the_first_at_once() -> None:
    """What the script relies on."""
    assert RINGS[0] == 0
    assert all(sooner < later for sooner, later in pairwise(RINGS))


def test_a_class_is_one_word_and_no_two_are_the_same() -> None:
    """The script parts them by spaces."""
    assert len(set(CLASSES)) == len(routing.SUBJECTS) * 2 * len(routing.TIERS)
    assert not any(" " in name for name in CLASSES)


def test_who_comes_back_after_losing_their_advisor_is_before_all_of_the_day() -> None:
    """They were served once already."""
    assert score(8 * HOUR, "returned") < score(0, "usual")


def test_a_kept_place_is_the_place_that_was_kept() -> None:
    """By the time at which the first wait began; so it is ordered as if they had waited in the line."""
    assert score(HOUR, "kept") == score(HOUR, "promised") == score(HOUR, "usual") < score(HOUR + 1, "usual")
