"""Every table of the program: importing this fills `backend.db.metadata`."""

from backend import (
    agencies,
    audit,
    calls,
    cancellation,
    claims,
    contributions,
    events,
    failures,
    family,
    identity,
    outbox,
    people,
    registrations,
    salaries,
)
from backend.api import requests, tokens
from backend.feeds import imports
from callcenter import callbacks
from ivr import journal

__all__ = [
    "agencies",
    "audit",
    "callbacks",
    "calls",
    "cancellation",
    "claims",
    "contributions",
    "events",
    "failures",
    "family",
    "identity",
    "imports",
    "journal",
    "outbox",
    "people",
    "registrations",
    "requests",
    "salaries",
    "tokens",
]
