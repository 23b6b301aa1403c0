"""Cells of a CSV that somebody will open in a spreadsheet: none of them may be run as a formula."""

import re

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
_A_NUMBER = re.compile(r"[+-][0-9][0-9 .,]*")


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows rather than runs; numbers, and numbers of telephones, stay as they are."""
    if cell.startswith(_RUN) and not _A_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
