"""Categories of insured persons: who is self-employed, from when contributions are due, when AMO opens (003_…)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from backend.errors import BadInputError
from backend.values import Month


@dataclass(frozen=True)
class Opening:
    """The month from which contributions are due, and the day on which AMO opens."""

    contributions_from: Month
    amo_from: date


@dataclass(frozen=True)
class _Categories:
    self_employed: dict[str, Opening | None]
    others: frozenset[str]
    checked: date


@cache
def _categories() -> _Categories:
    file = yaml.safe_load(files(__package__).joinpath("categories.yaml").read_text("utf-8"))
    return _Categories(
        {
            code: Opening(Month.parse(dates["contributions_from"]), dates["amo_from"]) if dates else None
            for code, dates in file["self_employed"].items()
        },
        frozenset(file["others"]),
        file["checked"],
    )


def self_employed() -> frozenset[str]:
    """Return the categories of self-employed workers (TNS)."""
    return frozenset(_categories().self_employed)


def openings() -> dict[str, Opening | None]:
    """Return the self-employed's categories in the source's order, each with its dates; None: the record has them."""
    return dict(_categories().self_employed)


def checked() -> date:
    """Return the day on which somebody last compared the table with its source."""
    return _categories().checked


def every() -> frozenset[str]:
    """Return all categories."""
    return self_employed() | _categories().others


def opening(category: str, contributions_from: Month | None, amo_from: date | None) -> Opening:
    """Return the dates of a self-employed worker: those of their record where it has both, else the category's.

    Raises BadInputError for an unknown category, and for one without dates (farmer, craftsperson) where the record
    has none: such a row is rejected at import.
    """
    if category not in _categories().self_employed:
        raise BadInputError(f"{category!r} is not a category of self-employed workers")
    if contributions_from and amo_from:
        return Opening(contributions_from, amo_from)
    dates = _categories().self_employed[category]
    if dates is None:
        raise BadInputError(f"a {category} needs contributions_from and amo_from")
    return Opening(contributions_from or dates.contributions_from, amo_from or dates.amo_from)
