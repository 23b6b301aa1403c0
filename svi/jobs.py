"""The functions that a woken worker runs: those of `backend.jobs.FUNCTIONS`, without arguments, safe to run twice."""

from backend import jobs, log
from svi import delivery

SECONDS = 5.0  # a job begins nothing after that, so that a worker told to stop does so soon
_log = log.get("jobs")


def hand_over() -> None:
    """Hand promises that are due to Twilio."""
    jobs.awake("hand-over")
    try:
        delivery.hand_over(SECONDS)
    except Exception as error:  # noqa: BLE001  the edge of a job: RQ would write an exception's text to Redis
        _log.error("job.failed", job="hand-over", error=type(error).__name__)
