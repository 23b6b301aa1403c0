"""The functions that a woken worker runs: those of `backend.jobs.FUNCTIONS`, without arguments, safe to run twice."""

from collections.abc import Callable

from backend import jobs, log
from svi import delivery, legs, placing

SECONDS = 5.0  # a job begins nothing after that, so that a worker told to stop does so soon
_log = log.get("jobs")


def hand_over() -> None:
    """Hand promises that are due to Twilio."""
    _do("hand-over", delivery.hand_over)


def do_errands() -> None:
    """Bring legs where they are to go."""
    _do("errands", legs.do_errands)


def dial() -> None:
    """Place the calls that wait to be placed."""
    _do("dial", placing.place)


def _do(job: jobs.Job, act: Callable[[float], object]) -> None:
    jobs.awake(job)
    try:
        act(SECONDS)
    except Exception as error:  # noqa: BLE001  the edge of a job: RQ would write an exception's text to Redis
        _log.error("job.failed", job=job, error=type(error).__name__)
