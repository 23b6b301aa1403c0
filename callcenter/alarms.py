"""What a supervisor must see to: found on the floor, by the thresholds of `backend/rules/alarms.yaml`.

Who acknowledges an alarm silences it for everybody for a quarter of an hour. That is kept by Redis, with its end: one
that forgets it lets the alarm be raised again, and nothing is lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from redis import RedisError

from backend import audit, jobs
from backend.rules import parameters
from backend.rules.parameters import Figures
from backend.values import Term
from backend.work import Work
from callcenter.floor import Floor, Queue, Somebody

Kind = Literal[
    "longest-wait",
    "waiting",
    "nobody",
    "service-level",
    "not-ready",
    "wrap-up",
    "callbacks-missed",
    "sms-failed",
    "sms-uncertain",
    "feed",
]
Words = Mapping[str, Term | str | int]
PREFIX = "svi:acknowledged:"


@dataclass(frozen=True)
class Alarm:
    """Something to see to. `about`: a queue, an advisor's id, a feed, or nothing; `since`: when it began, if known."""

    kind: Kind
    about: str = ""
    since: datetime | None = None
    values: Words = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what names it, as long as it lasts."""
        return f"{self.kind}.{self.about}"


def raised(floor: Floor) -> list[Alarm]:
    """Return the alarms of a floor, acknowledged or not."""
    limits = parameters.on("alarms", floor.today)
    found = [alarm for queue in floor.queues for alarm in _of_queue(floor, queue, limits)]
    level, calls = floor.lately.level, floor.lately.decided
    percent = limits.whole("service-level-percent")
    if level is not None and calls >= limits.whole("service-level-calls") and level * 100 < percent:
        found.append(Alarm("service-level", values={"share": round(level * 100), "limit": percent}))
    found += [alarm for each in floor.people for alarm in _of_somebody(floor, each, limits)]
    return [*found, *_of_backlog(floor, limits)]


def acknowledge(work: Work, alarm: Alarm) -> None:
    """Silence an alarm for everybody, for some time. Raises RedisError."""
    minutes = parameters.on("alarms", work.today).whole("silence-minutes")
    jobs.connection().set(PREFIX + alarm.key, 1, ex=minutes * 60)
    audit.record(work, "alarm.acknowledged", None, alarm=alarm.key)


def acknowledged(alarms: list[Alarm]) -> frozenset[str]:
    """Return which of these are silent; none while Redis is away."""
    if not alarms:
        return frozenset()
    try:
        held = jobs.connection().mget([PREFIX + each.key for each in alarms])
    except RedisError:
        return frozenset()
    return frozenset(each.key for each, value in zip(alarms, held, strict=True) if value)


def _of_queue(floor: Floor, queue: Queue, limits: Figures) -> Iterator[Alarm]:
    words: Words = {"subject": Term(f"subject-{queue.subject}"), "tongue": Term(f"tongue-{queue.language}")}
    if not queue.since:
        return
    if queue.able == 0:
        yield Alarm("nobody", queue.key, queue.since, words)
    if floor.at - queue.since > timedelta(seconds=limits.whole("longest-wait-seconds")):
        yield Alarm("longest-wait", queue.key, queue.since, words)
    if queue.waiting >= limits.whole("waiting"):
        yield Alarm("waiting", queue.key, None, {**words, "count": queue.waiting})


def _of_somebody(floor: Floor, each: Somebody, limits: Figures) -> Iterator[Alarm]:
    known, lasted = each.known, floor.at - each.known.since
    if known.state == "wrap-up" and lasted > timedelta(seconds=limits.whole("wrap-up-seconds")):
        yield Alarm("wrap-up", str(known.id), known.since, {"who": known.name})
    if known.state == "not-ready" and known.role == "advisor":
        own = f"{known.reason}-minutes"
        minutes = limits.whole(own if own in limits else "not-ready-minutes")
        if lasted > timedelta(minutes=minutes):
            words: Words = {"who": known.name, "why": Term(f"not-ready-{known.reason}")}
            yield Alarm("not-ready", str(known.id), known.since, words)


def _of_backlog(floor: Floor, limits: Figures) -> Iterator[Alarm]:
    backlog = floor.backlog
    counts: dict[Kind, int] = {
        "callbacks-missed": backlog.callbacks_missed,
        "sms-failed": backlog.sms_failed,
        "sms-uncertain": backlog.sms_uncertain,
    }
    for kind, count in counts.items():
        if count >= limits.whole(kind):
            yield Alarm(kind, values={"count": count})
    for feed, at in sorted(backlog.feeds.items()):
        own = f"{feed}-days"
        if floor.at - at > timedelta(days=limits.whole(own if own in limits else "feed-days")):
            yield Alarm("feed", feed, values={"feed": Term(f"feed-{feed}"), "days": (floor.at - at).days})
