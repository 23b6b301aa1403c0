"""The functions that a woken worker runs: those of `backend.jobs.FUNCTIONS`, without arguments, safe to run twice."""

from collections.abc import Callable

from backend import jobs, log
from svi import delivery, legs

SECONDS = 5.0  # a job begins nothing after that, so that a worker told to stop does so soon
_log = log.get("jobs")


def hand_over() -> None:
    """Hand promises that are due to Twilio."""
    _do("hand-over", lambda: delivery.hand_over(SECONDS))


def do_errands() -> None:
    """Bring legs where they are to go."""
    _do("errands", lambda: legs.do_errands(SECONDS))


def _do(job: jobs.Job, act: Callable[[], object]) -> None:
    jobs.awake(job)
    try:
        act()
    except Exception as error:  # noqa: BLE001  the edge of a job: RQ would write an exception's text to Redis
        _log.error("job.failed", job=job, error=type(error).__name__)
