"""Opening hours as the directory of agencies writes them: `lun-jeu 08:30-16:30, ven 08:30-12:00 14:00-16:30`.

Days are `lun` to `dim`, alone or as ranges; one or several times of day follow, `08:30` or `8h30`. Commas and spaces
may stand between any of them. `backend.wording` says them in each language.
"""

import re
from datetime import time
from typing import NamedTuple, Self

from backend.errors import BadInputError

DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
MOST_PERIODS, MOST_SPANS = 3, 2  # what a caller can remember
_DAY = rf"(?:{'|'.join(DAYS)})"
_TIME = r"(?:[01]?\d|2[0-3])[:h][0-5]\d"
_TOKEN = re.compile(rf"(?P<days>{_DAY}(?:-{_DAY})?)|(?P<opens>{_TIME})-(?P<closes>{_TIME})")
_DASH = re.compile(r"\s*[-–]\s*")
_BETWEEN = r"[\s,;/]*"
_WHOLE = re.compile(rf"(?:{_BETWEEN}(?:{_DAY}(?:-{_DAY})?|{_TIME}-{_TIME})\b)+{_BETWEEN}")


class Days(NamedTuple):
    """Days in a row, Monday is 0; `first` and `last` are the same where it is one."""

    first: int
    last: int


class Span(NamedTuple):
    """From one time of day to another, in Morocco."""

    opens: time
    closes: time


class Period(NamedTuple):
    """Some days, and when it is open on each of them."""

    days: tuple[Days, ...]
    spans: tuple[Span, ...]


class OpeningHours(str):
    """Opening hours that can be said; the text is their canonical form."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the hours of `text`; BadInputError where it says anything else, or too much to be remembered."""
        periods = _periods(_DASH.sub("-", text.lower()))
        if len(periods) > MOST_PERIODS or any(len(period.spans) > MOST_SPANS for period in periods):
            raise BadInputError(f"more than {MOST_PERIODS} kinds of days, or {MOST_SPANS} times a day, can't be said")
        return cls(", ".join(map(_written, periods)))

    @property
    def periods(self) -> tuple[Period, ...]:
        """What they say."""
        return _periods(self)

    @property
    def apart(self) -> tuple[Self, ...]:
        """The hours of each kind of days: one is said at a time."""
        return tuple(type(self)(_written(period)) for period in self.periods)


def _periods(text: str) -> tuple[Period, ...]:
    if not _WHOLE.fullmatch(text):
        raise BadInputError(f"{text!r} is not opening hours, such as lun-ven 08:30-16:30")
    periods: list[tuple[list[Days], list[Span]]] = []
    for token in _TOKEN.finditer(text):
        if token["days"]:
            if not periods or periods[-1][1]:
                periods.append(([], []))
            first, _, last = token["days"].partition("-")
            periods[-1][0].append(Days(DAYS.index(first), DAYS.index(last or first)))
        elif periods:
            periods[-1][1].append(_span(token["opens"], token["closes"], periods[-1][1]))
        else:
            raise BadInputError("opening hours begin with a day")
    if not periods[-1][1]:
        raise BadInputError("opening hours end with a time of day")
    return tuple(Period(tuple(days), tuple(spans)) for days, spans in periods)


def _span(opens: str, closes: str, before: list[Span]) -> Span:
    span = Span(_time(opens), _time(closes))
    if span.opens >= span.closes or (before and before[-1].closes >= span.opens):
        raise BadInputError("opening hours go from the morning to the evening")
    return span


def _time(text: str) -> time:
    hour, _, minute = text.replace("h", ":").partition(":")
    return time(int(hour), int(minute))


def _written(period: Period) -> str:
    days = (DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}" for first, last in period.days)
    spans = (f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in period.spans)
    return " ".join((*days, *spans))
