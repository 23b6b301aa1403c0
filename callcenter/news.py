"""Something changed for an advisor: said on one channel, to whoever shows them what is before them."""

from backend import jobs
from backend.work import Work
from callcenter.queue import NEWS


def tell(work: Work, advisor: int) -> None:
    """Say at the commit that something changed for an advisor. Who misses it looks by themselves, a little later."""
    work.after_commit(lambda: jobs.connection().publish(NEWS, advisor))
