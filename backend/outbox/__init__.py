"""Promises to the outside: written with the business row, kept after the commit, once as far as can be known.

    queued → sending → handed (Twilio took it) → sent → delivered | undelivered | failed

`sending` is committed before the HTTP request, so that a row whose worker died, or whose answer was lost, is
`uncertain`: never forgotten, never blindly repeated. A status callback, or a look at Twilio's list, decides within
five minutes; what Twilio verifiably did not see is sent once more and marked, a code never. What can't be kept becomes
`needs-attention`, which a person sees (`svi doctor` counts them); a code that is too late is `expired`. Rows are never
deleted; what they say is sealed, and erased when it is no longer needed.
"""

from backend.outbox.attention import Waiting, attention, send_again, uncertain, waiting
from backend.outbox.figures import made_since
from backend.outbox.promises import Attempt, Terms, claim, promise, promised_since, settle, wake, withhold
from backend.outbox.statuses import note_status, status_url
from backend.outbox.sweeping import decide, erase, expire, look_up, release
from backend.outbox.table import LEASE, LIFE, SLICE, State, outbox, switched_off

__all__ = [
    "LEASE",
    "LIFE",
    "SLICE",
    "Attempt",
    "State",
    "Terms",
    "Waiting",
    "attention",
    "claim",
    "decide",
    "erase",
    "expire",
    "look_up",
    "made_since",
    "note_status",
    "outbox",
    "promise",
    "promised_since",
    "release",
    "send_again",
    "settle",
    "status_url",
    "switched_off",
    "uncertain",
    "waiting",
    "wake",
    "withhold",
]
