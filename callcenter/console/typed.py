"""What a form or an address says, read: the number of a row of ours."""

from flask import abort, request

ROW = 18  # digits: what PostgreSQL's bigint holds in any case
SMALL = 4  # its smallint


def number(text: str, digits: int = ROW) -> int | None:
    """Return the number that `text` is, of Western digits, at most so many; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def number_in_form(name: str, digits: int = ROW) -> int:
    """Return the number in a field of the form. Answers 400 where there is none: a page of ours always has one."""
    found = number(request.form.get(name, ""), digits)
    if found is None:
        abort(400)
    return found
