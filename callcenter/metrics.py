"""The queue's figures, by published definitions (docs/metrics.md), from the log of events and nothing else."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Literal

from backend.work import Work
from callcenter.figures.counting import Counted, Waits
from callcenter.figures.reading import Interval, read
from callcenter.figures.stories import History, tell

VERSION = 1  # of the definitions; a change of meaning raises it

Unit = Literal["calls", "events", "seconds", "share", "points"]


@dataclass(frozen=True)
class Definition:
    """A published figure: its name, what it is measured in, how it is counted; its value is None where nothing is."""

    name: str
    unit: Unit
    meaning: str
    value: Callable[[Counted], float | None]


def history(work: Work, interval: Interval) -> History:
    """Return what the log tells of an interval, until now."""
    return tell(read(work, interval), work.now)


def percentile(waits: Waits, share: float) -> float | None:
    """Return the seconds that so great a share of `waits` does not exceed, between two of them in proportion."""
    found = waits.all
    number = found.total()
    if not number:
        return None
    lengths, place = sorted(found), share * (number - 1)
    so_far = list(accumulate(found[each] for each in lengths))
    below, above = (lengths[bisect_right(so_far, nth)] for nth in (int(place), min(int(place) + 1, number - 1)))
    return below + (above - below) * (place - int(place))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _each(total: timedelta, number: int) -> float | None:
    return _ratio(total.total_seconds(), number)


DEFINITIONS: tuple[Definition, ...] = (
    Definition("offered", "calls", "began to wait for an advisor", lambda it: it.offered),
    Definition("waiting", "calls", "still wait for the first time; in no ratio", lambda it: it.waiting),
    Definition("short", "calls", "were hung up within 5 s of waiting; on neither side of a ratio", lambda it: it.short),
    Definition("answered", "calls", "reached an advisor, once however often passed on", lambda it: it.answered),
    Definition("abandoned", "calls", "were hung up while waiting, short ones apart", lambda it: it.abandoned),
    Definition("kept", "calls", "were left for a call back that keeps the place", lambda it: it.kept),
    Definition(
        "unserved", "calls", "could not wait: the queue was full, or the telephony failed", lambda it: it.unserved
    ),
    Definition(
        "gave-up-again", "calls", "were answered, then hung up while waiting again", lambda it: it.gave_up_again
    ),
    Definition(
        "service-level",
        "share",
        "answered within the target ÷ (answered + abandoned)",
        lambda it: _ratio(it.answered_in_time, it.answered + it.abandoned),
    ),
    Definition(
        "service-level-patient",
        "share",
        "the same, without those who hung up before the target was over",
        lambda it: _ratio(it.answered_in_time, it.answered + it.abandoned - it.abandoned_in_time),
    ),
    Definition(
        "service-level-answered",
        "share",
        "answered within the target ÷ answered",
        lambda it: _ratio(it.answered_in_time, it.answered),
    ),
    Definition(
        "service-level-offered",
        "share",
        "answered within the target ÷ (answered + abandoned + kept + unserved)",
        lambda it: _ratio(it.answered_in_time, it.waits.all.total()),
    ),
    Definition(
        "service-level-offered-patient",
        "share",
        "the same, without those who hung up before the target was over",
        lambda it: _ratio(it.answered_in_time, it.waits.all.total() - it.abandoned_in_time),
    ),
    Definition(
        "asa",
        "seconds",
        "mean wait of the answered (average speed of answer)",
        lambda it: _each(it.answered_after, it.answered),
    ),
    Definition("wait-p50", "seconds", "half waited no longer, however it ended", lambda it: percentile(it.waits, 0.5)),
    Definition("wait-p90", "seconds", "nine in ten waited no longer", lambda it: percentile(it.waits, 0.9)),
    Definition("longest", "seconds", "the longest wait that is over", lambda it: percentile(it.waits, 1)),
    Definition(
        "abandonment",
        "share",
        "abandoned ÷ (answered + abandoned)",
        lambda it: _ratio(it.abandoned, it.answered + it.abandoned),
    ),
    Definition("handled", "calls", "calls and people called back whom an advisor is done with", lambda it: it.handled),
    Definition(
        "aht",
        "seconds",
        "mean of talk, hold and wrap-up of the handled, all their advisors together (average handling time)",
        lambda it: _each(it.talk + it.hold + it.wrap_up, it.handled),
    ),
    Definition("talk", "seconds", "its part of talk", lambda it: _each(it.talk, it.handled)),
    Definition("hold", "seconds", "its part on hold", lambda it: _each(it.hold, it.handled)),
    Definition("wrap-up", "seconds", "its part of wrap-up", lambda it: _each(it.wrap_up, it.handled)),
    Definition(
        "occupancy",
        "share",
        "advisors' time in talk, hold and wrap-up ÷ (signed in − not ready)",
        lambda it: _ratio(it.worked.total_seconds(), (it.signed_in - it.not_ready).total_seconds()),
    ),
    Definition("signed-in", "seconds", "advisors' time signed in", lambda it: it.signed_in.total_seconds()),
    Definition("not-ready", "seconds", "of it not ready", lambda it: it.not_ready.total_seconds()),
    Definition("offers", "events", "tickets shown to an advisor", lambda it: it.offers),
    Definition("rejected", "events", "offers that the advisor refused", lambda it: it.rejected),
    Definition("unanswered", "events", "offers whose time ran out", lambda it: it.unanswered),
    Definition("unacknowledged", "events", "offers that no console showed in time", lambda it: it.unacknowledged),
    Definition("transfers", "events", "calls passed on to a subject or an advisor", lambda it: it.transfers),
    Definition("lost", "events", "advisors gone from a call without ending it", lambda it: it.lost),
    Definition("callbacks-promised", "events", "calls back that were promised", lambda it: it.promised),
    Definition("callback-attempts", "events", "times that somebody was called back", lambda it: it.attempts),
    Definition("callbacks-kept", "events", "people called back who were reached", lambda it: it.reached),
    Definition("callbacks-missed", "events", "promises given up after the last attempt", lambda it: it.missed),
    Definition("survey-answers", "share", "gave a score ÷ handled", lambda it: _ratio(it.surveyed, it.handled)),
    Definition("survey", "points", "mean score, 1 to 5", lambda it: _ratio(it.score, it.surveyed)),
)
"""The figures, in the order in which they are shown; `svi stats queue --define` prints them."""
