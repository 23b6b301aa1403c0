"""How long somebody will wait: a place in the queue, and an honest band of minutes that never grows.

The estimate is by the head of the line (Ibrahim and Whitt, "Real-time delay estimation", 2009): whoever comes last will
wait about as long as the first of their class has waited by now; whoever is further ahead, as much less as there are
fewer before them.
"""

from datetime import datetime

from backend.work import Work
from callcenter import tickets
from callcenter.queue import Place
from callcenter.tickets import Ticket

BANDS = (1, 3, 5, 10, 20, 30)
"""Minutes that a band ends at; the last band has no end."""
MILLISECONDS_A_MINUTE = 60_000


def band(place: Place, now: datetime) -> int:
    """Return the band (0: less than a minute) in which the rest of the wait is expected."""
    head_waited = max(0, now.timestamp() * 1000 - place.first_queued_at)
    minutes = head_waited * place.place / place.size / MILLISECONDS_A_MINUTE
    return sum(minutes >= end for end in BANDS)


def announce(work: Work, ticket: Ticket, place: Place) -> int:
    """Return the band to be said now, never a longer one than was said before, and note it."""
    now = band(place, work.now)
    said = now if ticket.announced is None else min(now, ticket.announced)
    if said != ticket.announced:
        tickets.change(work, ticket.id, announced=said)
    return said
