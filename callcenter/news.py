"""Something changed for an advisor: said on one channel, to whoever shows them what is before them."""

from backend import jobs
from backend.work import Work
from callcenter import tickets
from callcenter.queue import NEWS
from callcenter.tickets import Ticket


def tell(work: Work, advisor: int) -> None:
    """Say at the commit that something changed for an advisor. Who misses it looks by themselves, a little later."""
    work.after_commit(lambda: jobs.connection().publish(NEWS, advisor))


def tell_asker(work: Work, asked: Ticket) -> None:
    """Say it to the advisor who asked another in, of a consult's news; of any other ticket's, to nobody."""
    about = tickets.get(work, asked.parent) if asked.parent else None
    if about and about.advisor:
        tell(work, about.advisor)
