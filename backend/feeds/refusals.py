"""Why a row, or a whole file, can't be used: a code and its values, so that each reader is told in their language.

English is said here, for terminals, `FILE.rejected.csv` and the API; pages have their words (`refused-<code>`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from backend.errors import BadInputError
from backend.values import Mobile, TaxReference

_UNKNOWN = "unknown column {told}: rename or remove it"
ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "empty": "is empty: fill it in",
        "too-long": "longer than {most} characters: shorten it",
        "formula": "begins with {mark}, as a formula that a spreadsheet would run: remove it",
        "control": "the control character {mark} is no part of a text: remove it",
        "no-text": "must be a text",
        "card": "an identity card (CIN) is one to three letters and up to eight figures",
        "registration-number": "a registration number must have 9 digits",
        "file-number": "the number of a claim file must have 1 to 15 digits",
        "mobile": f"not {Mobile.called}",
        "tax-id": f"must be digits, {TaxReference.shortest} at least",
        "postcode": "a postcode has five digits",
        "flag": "must be 1 (yes) or 0 (no)",
        "choice": "{found!r} is not known: write {choices}",
        "day": "{found!r} is not a day of the calendar: write it as 1988-03-14 (year, month, day)",
        "month": "{found!r} is not a month, such as 2024-03",
        "birth": "{found} is no date of birth: it must be from 1900 to today",
        "future": "{found} is in the future: check it",
        "far": "{found} is too far from today: check it",
        "amount": "{found!r} is not an amount in dirhams: write it as 1250.50",
        "decimals": "an amount has two decimals at most",
        "negative": "{found} is negative: an amount is 0 or more",
        "too-much": "{found} is more than {most:,} dirhams: check it",
        "whole": "{found!r} is not a whole number",
        "range": "must be {least} to {most}",
        "coordinate": "{found!r} is not a coordinate: write it as 33.5899",
        "not-in-morocco": "{found} is not in Morocco ({least} to {most}): are latitude and longitude swapped?",
        "too-many": "{found} values: {most} at most",
        "twice": "{found} is on an earlier line, which counts: keep one of them",
        "before-month": "{found} is before its month: check both",
        "before-deposit": "{found} is before deposited_on: check both",
        "undated": "a {category} needs both: fill them in",
        "one-of-two": "one without the other: fill in both or none",
        "cells": "{found} cells where the header has {wanted}: quote cells with commas",
        "quotation": 'a quotation mark is not closed on its line, or not doubled ("") in a cell',
        "no-json": "not a JSON object on one line",
        "no-object": 'not a JSON object, such as {{"cin": "AB123456", …}}',
        "columns": _UNKNOWN,
        "columns-like": _UNKNOWN,
        "first-no-json": "line 1 is not a JSON object on one line",
        "no-line": "is empty: its first line names the columns",
        "missing": "no column {names}: the first line must name the columns",
        "doubled": "column {names} is there twice: remove one",
        "line-too-long": "line {line}: longer than {most} bytes, as no record is",
        "not-utf-8": "line {line}: not UTF-8 but {found}, it seems: save the file as UTF-8",
        "entry": "entry {entry}: a registration number must have 9 digits",
        "too-large": "larger than {most} MiB: it is no list of registration numbers",
        "unreadable": "can't be read: {why}",
    }
)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `where`: the columns of a row, or the file."""

    code: str
    values: Mapping[str, str | int | float | Sequence[str]]
    where: str = ""

    def __str__(self) -> str:
        """Return it in English."""
        values = {
            name: value if isinstance(value, str | int | float) else " or ".join(value)
            for name, value in self.values.items()
        }
        told = ENGLISH[self.code].format_map(values)
        return f"{self.where}: {told}" if self.where else told


class RefusedError(BadInputError):
    """What is wrong with a cell, a row or a file, thing by thing."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults

    def within(self, column: str) -> tuple[Fault, ...]:
        """Return the faults of a cell as those of its column."""
        return tuple(Fault(each.code, each.values, column) for each in self.faults)


def refused(code: str, where: str = "", /, **values: str | float | Sequence[str]) -> RefusedError:
    """Return the error that says one fault."""
    return RefusedError(Fault(code, values, where))
