"""Every table of the program: importing this fills `backend.db.metadata`."""

from backend import audit, calls, failures, identity, outbox, people, registrations
from backend.feeds import imports
from callcenter import callbacks
from ivr import journal

__all__ = [
    "audit",
    "callbacks",
    "calls",
    "failures",
    "identity",
    "imports",
    "journal",
    "outbox",
    "people",
    "registrations",
]
