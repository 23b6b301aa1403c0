"""What the administrator's pages have in common: who may, what is said after a form, how times are written."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from backend.clock import CASABLANCA
from callcenter.agents import Role

ADMINISTER: frozenset[Role] = frozenset({"administrator"})
READ_THE_LOG: frozenset[Role] = frozenset({"auditor"})
NARROW_SPACE = "\u202f"
YEARS = range(2000, 2100)
UNITS = ("o", "Ko", "Mo", "Go")
_KILO = 1024


def register(blueprint: Blueprint) -> None:
    """Give templates these filters."""
    blueprint.add_app_template_filter(local_time)
    blueprint.add_app_template_filter(grouped)


def local_time(at: datetime) -> str:
    """Write an instant as Morocco's clocks show it."""
    return f"{at.astimezone(CASABLANCA):%Y-%m-%d %H:%M}"


def grouped(number: int) -> str:
    """Write a count by thousands."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def back(endpoint: str, said: str = "", **values: Any) -> ResponseReturnValue:
    """Return to a page after a form, with something to say at its top."""
    return redirect(url_for(endpoint, said=said or None, **values), 303)


def said(notices: Collection[str]) -> str | None:
    """Return what this page is to say at its top, of all that it may."""
    wanted = request.args.get("said")
    return wanted if wanted in notices else None


def day_of(text: str | None) -> date | None:
    """Return the day that a field holds; None where it holds none, or one that no calendar of ours reaches."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year in YEARS else None
