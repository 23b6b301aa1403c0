"""Promised calls: a wish to be called back is a row that nothing loses, until an advisor has called.

    promised → due (a ticket of it waits, or is served) → kept | missed | cancelled
                 ↘ promised again: after an attempt in vain, or because nobody was free that day

A `place` is kept by who hung up in the queue: it counts from when they began to wait, and is due once their call is
over. A `half-day` was chosen. `due_at` is an instant of the business day (`hours.moment`).
"""

from callcenter.callbacks.attempts import ATTEMPTS, PAUSES, due, put_off, settle
from callcenter.callbacks.listing import Callback, again, cancel, listed, missed, note_of, of_lines, of_person, withdraw
from callcenter.callbacks.promising import (
    LONGEST_NOTE,
    Arranged,
    NoPlace,
    PlaceKept,
    Promised,
    TakenBack,
    arrange,
    keep_place,
    promise,
    renumber,
    take_back,
)
from callcenter.callbacks.table import SLICE, Kind, Result, State, callbacks, erase_old, hold, number_of
from callcenter.hours import Half

__all__ = [
    "ATTEMPTS",
    "LONGEST_NOTE",
    "PAUSES",
    "SLICE",
    "Arranged",
    "Callback",
    "Half",
    "Kind",
    "NoPlace",
    "PlaceKept",
    "Promised",
    "Result",
    "State",
    "TakenBack",
    "again",
    "arrange",
    "callbacks",
    "cancel",
    "due",
    "erase_old",
    "hold",
    "keep_place",
    "listed",
    "missed",
    "note_of",
    "number_of",
    "of_lines",
    "of_person",
    "promise",
    "put_off",
    "renumber",
    "settle",
    "take_back",
    "withdraw",
]
