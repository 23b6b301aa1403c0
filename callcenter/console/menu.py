"""The pages of each role, in the order of the header; who may enter one is said where it is (`guard.needs`)."""

from collections.abc import Mapping
from types import MappingProxyType

from callcenter.agents import Role
from callcenter.console import guard

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "console.work": "console-work",
        "console.floor": "supervision-floor",
        "console.trends": "supervision-trends",
        "console.reports": "supervision-reports",
        "console.cases": "cases-title",
        "console.records": "console-records",
        "console.knowledge": "console-knowledge",
        "console.lists": "administration-lists",
        "console.hours": "administration-hours",
        "console.accounts": "administration-accounts",
        "console.messages": "administration-messages",
        "console.system": "administration-system",
        "console.log": "administration-log",
        "console.account": "console-account",
    }
)
"""Endpoint → the message that names it."""


def of(role: Role) -> dict[str, str]:
    """Return the pages of a role: endpoint → message. The first is where its day begins."""
    return {name: title for name, title in PAGES.items() if role in guard.roles_of(name)}


def home(role: Role) -> str:
    """Return the page that a role's day begins at."""
    return next(iter(of(role)))
