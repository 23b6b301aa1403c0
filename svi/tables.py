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
    messages,
    outbox,
    people,
    registrations,
    salaries,
    scans,
)
from backend.api import requests, tokens
from backend.feeds import imports
from callcenter import admission, agents, callbacks, cases, dials, errands, holidays, sessions, surveys, tickets
from callcenter import events as queue_events
from ivr import journal

__all__ = [
    "admission",
    "agencies",
    "agents",
    "audit",
    "callbacks",
    "calls",
    "cancellation",
    "cases",
    "claims",
    "contributions",
    "dials",
    "errands",
    "events",
    "failures",
    "family",
    "holidays",
    "identity",
    "imports",
    "journal",
    "messages",
    "outbox",
    "people",
    "queue_events",
    "registrations",
    "requests",
    "salaries",
    "scans",
    "sessions",
    "surveys",
    "tickets",
    "tokens",
]
