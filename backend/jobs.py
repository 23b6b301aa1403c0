"""Jobs: wake-ups in Redis for work that PostgreSQL holds.

A wake-up is a name of the closed list below and nothing else: no ids, no persons. While one waits in the queue no
second is added, so that a thousand promises cost one job. Losing it harms nothing: the clock finds what is due.
"""

from functools import cache
from typing import Literal

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from backend import log
from backend.settings import settings

Job = Literal["hand-over", "errands", "dial"]
FUNCTIONS: dict[Job, str] = {
    "hand-over": "svi.jobs.hand_over",
    "errands": "svi.jobs.do_errands",
    "dial": "svi.jobs.dial",
}
"""Every job there is, and the function that does it; a worker runs no other."""

QUEUE = "svi"
PENDING_SECONDS = 10  # a wake-up that no worker took by then may be given again
TIME_OUT_SECONDS = 0.25  # a caller waits for this: a hung Redis must not be heard
RUN_SECONDS = 60
_log = log.get("jobs")


def wake(job: Job) -> None:
    """Wake a worker for `job`, unless one was woken and has not begun. A Redis that is away is only logged."""
    try:
        if connection().set(_pending(job), 1, nx=True, ex=PENDING_SECONDS):
            queue = Queue(QUEUE, connection=connection(), serializer=JSONSerializer)
            queue.enqueue(FUNCTIONS[job], job_timeout=RUN_SECONDS, result_ttl=0, failure_ttl=24 * 3600, description=job)
    except RedisError as error:
        _log.warning("wake.failed", job=job, error=type(error).__name__)


def awake(job: Job) -> None:
    """Say that `job` begins: what is committed from now on wakes a worker again."""
    try:
        connection().delete(_pending(job))
    except RedisError as error:
        _log.warning("awake.failed", job=job, error=type(error).__name__)


@cache
def connection() -> Redis:
    """Return this process's connections to Redis, quick to give up. Raises MisconfiguredError without `REDIS_URL`."""
    return Redis.from_url(
        settings().require_redis(),
        socket_timeout=TIME_OUT_SECONDS,
        socket_connect_timeout=TIME_OUT_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )


def _pending(job: Job) -> str:
    return f"svi:wake:{job}"
