"""The worker: runs the jobs that wake-ups name, and no others.

RQ's SimpleWorker runs them in this process, which keeps its connections to PostgreSQL and Twilio; the process group
starts it again should it die, and the clock does what a dead worker left. SIGTERM lets the job at hand end.
"""

import logging
from typing import Any

from redis import Redis, RedisError
from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from backend import db, jobs, log
from backend.errors import SviError, UnreachableError
from backend.settings import settings

TTL_SECONDS = 30  # a worker that is gone is known to be
MAINTENANCE_SECONDS = 15
MONITORING_SECONDS = 5


class ForeignJobError(SviError):
    """Redis asks for a function that is not on the list."""


class ListedJob(Job):
    """A job that runs its function if `backend.jobs` lists it, and calls nothing else, whatever Redis says."""

    def perform(self) -> Any:
        """Run the job. Raises ForeignJobError."""
        if self.func_name not in jobs.FUNCTIONS.values() or self.instance or self.args or self.kwargs:
            raise ForeignJobError("a job that is not on the list was refused: who else writes to this Redis?")
        return super().perform()

    @property
    def success_callback(self) -> None:
        """Never call back."""

    @property
    def failure_callback(self) -> None:
        """Never call back."""

    @property
    def stopped_callback(self) -> None:
        """Never call back."""

    def send_webhooks(self, *_arguments: object, **_options: object) -> None:
        """Never call an address that Redis names."""


def make() -> SimpleWorker:
    """Return the worker, connected."""
    return SimpleWorker(
        [jobs.QUEUE],
        connection=Redis.from_url(settings().require_redis()),
        job_class=ListedJob,
        serializer=JSONSerializer,
        worker_ttl=TTL_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
        log_job_description=False,
    )


def run() -> None:
    """Work until SIGTERM or SIGINT. Raises UnreachableError where Redis goes away."""
    log.configure("worker")
    db.engine()  # a missing setting is said now
    try:
        make().work(logging_level=logging.getLevelName(logging.WARNING))
    except RedisError as error:
        raise UnreachableError(f"Redis is away ({type(error).__name__}): start it, or correct REDIS_URL") from None
