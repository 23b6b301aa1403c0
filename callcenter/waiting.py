"""How long somebody will wait: a place in the queue, and an honest band of minutes that never grows.

The estimate is by the head of the line and by the last to leave it (Ibrahim and Whitt, "Real-time delay estimation",
2009): whoever comes last will wait about as long as the longer of the two did; whoever is further ahead, as much less
as there are fewer before them. Where neither tells anything, or the band said before is over, nobody can tell, and
that is what is said.
"""

from datetime import datetime, timedelta

from backend.work import Work
from callcenter import tickets
from callcenter.tickets import Ahead, Ticket

BANDS = (1, 3, 5, 10, 20, 30)
"""Minutes that a band ends at; the last band has no end."""
LATELY = timedelta(minutes=15)  # what was so before tells nothing of now
MINUTE = timedelta(minutes=1)


def band(ahead: Ahead, last: timedelta | None, now: datetime) -> int | None:
    """Return the band (0: less than a minute) in which the rest of the wait is expected; None where nothing tells."""
    head = now - ahead.first_since
    if last is None and head < MINUTE:
        return None
    minutes = max(head, last or timedelta()) * ahead.place / ahead.size / MINUTE
    return sum(minutes >= end for end in BANDS)


def announce(work: Work, ticket: Ticket, ahead: Ahead) -> int | None:
    """Return the band to be said now, never a longer one than was said before, and note it; None: nobody can tell."""
    expected = band(ahead, tickets.last_waited(work, ticket, work.now - LATELY), work.now)
    if expected is None or _over(ticket, work.now):
        return None
    said = expected if ticket.announced is None else min(expected, ticket.announced)
    if said != ticket.announced:
        tickets.change(work, ticket.id, announced=said)
    return said


def _over(ticket: Ticket, now: datetime) -> bool:
    """Say whether somebody has waited longer already than the band that they were told."""
    told = ticket.announced
    return told is not None and told < len(BANDS) and now - ticket.queued_at > BANDS[told] * MINUTE
