"""How what is on file is written into a cell: the expressions of an export, the other way of `cells`."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Numeric, Text, cast, func

Written = ColumnElement[Any]


def dirhams(centimes: Written) -> Written:
    """Write centimes as dirhams, `1250.50`."""
    return cast(cast(centimes, Numeric) / 100, Numeric(12, 2))


def month(first_day: Written) -> Written:
    """Write the first day of a month as `2024-03`."""
    return func.to_char(first_day, "YYYY-MM")


def flag(boolean: Written) -> Written:
    """Write a boolean as `1` or `0`."""
    return cast(boolean, Integer)


def several(texts: Written) -> Written:
    """Write an array with `|` between its values."""
    return func.array_to_string(texts, "|")


def text(words: Written) -> Written:
    """Write a text; an empty one as an empty cell."""
    return func.nullif(cast(words, Text), "")
