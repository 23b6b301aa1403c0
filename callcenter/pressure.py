"""How hard the queue presses on an advisor: how many wait in the lines that they serve, and the longest wait.

It is read from Redis, where it costs the same however many wait, and once a second at most for all pages of a process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from redis import RedisError

from backend import clock, log
from backend.wording import Language
from callcenter import offers, routing
from callcenter.agents import Advisor
from callcenter.recent import Recent
from callcenter.routing import SUBJECTS, Subject

Degree = Literal["none", "low", "high", "highest"]
HIGH, HIGHEST = timedelta(minutes=1), timedelta(minutes=3)  # of the longest wait
_log = log.get("pressure")


@dataclass(frozen=True)
class Standing:
    """How many wait (offered ones apart), since when the longest, and how many idle advisors may take them."""

    waiting: int
    since: datetime | None
    idle: int

    def degree(self, now: datetime) -> Degree:
        """Say how hard it presses."""
        if self.since is None:
            return "none"
        waited = now - self.since
        return "highest" if waited >= HIGHEST else "high" if waited >= HIGH else "low"


def on(advisor: Advisor) -> Standing | None:
    """Return how it stands in all lines of an advisor; None while Redis is away."""
    lines = seen()
    if lines is None:
        return None
    theirs = {routing.line_of(subject, language) for subject in advisor.skills for language in advisor.languages}
    mine = [lines[line] for line in sorted(theirs)]
    since = min((each.since for each in mine if each.since), default=None)
    return Standing(sum(each.waiting for each in mine), since, max((each.idle for each in mine), default=0))


def by_subject(language: Language) -> dict[Subject, Standing]:
    """Return how it stands with each subject in a language, at this moment; nothing while Redis is away."""
    lines = look()
    return {subject: lines[routing.line_of(subject, language)] for subject in SUBJECTS} if lines else {}


def seen() -> Mapping[str, Standing] | None:
    """Return how it stands in each line, as this process saw it last, a second ago at most."""
    return _seen.get()


def look() -> Mapping[str, Standing] | None:
    """Return how it stands in each line now; None where Redis can't say."""
    try:
        classes = offers.ask(lambda queue: queue.pressure())
    except RedisError as error:
        _log.warning("pressure.unknown", error=type(error).__name__)
        return None
    now, lines = clock.now(), dict[str, Standing]()
    for each in classes:
        line = each.class_.rpartition(":")[0]
        before = lines.get(line, Standing(0, None, each.idle))
        begun = now - timedelta(seconds=round(each.waited_ms / 1000)) if each.waiting else None
        since = min(filter(None, (before.since, begun)), default=None)
        lines[line] = Standing(before.waiting + each.waiting, since, each.idle)
    return lines


def forget() -> None:
    """Look anew."""
    _seen.forget()


_seen = Recent(1.0, look)
