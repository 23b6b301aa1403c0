"""Lists of a few invented people, and what the database then holds."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select, update

from backend import clock, db
from backend.audit import audit
from backend.feeds import Counts, run_import
from backend.people import people

Import = Callable[..., Counts]
"""Imports rows, each given by the cells that matter to a test."""

_NAMES = ("last_name", "first_name", "last_name_ar", "first_name_ar", "birth_date", "birth_year_only", "category")
TNS = (
    *("cin", *_NAMES, "mobile", "tax_id", "city", "preferred_language", "liaison_body"),
    *("registration_number", "contributions_from", "amo_from"),
)
PEOPLE = ("registration_number", "cin", *_NAMES, "mobile", "preferred_language", "city", "registered_on")
A_DOCTOR = {
    "cin": "BK482913",
    "last_name": "El Amrani",
    "first_name": "Salma",
    "birth_date": "1988-03-14",
    "category": "doctor",
    "liaison_body": "Ordre des médecins",
}
AN_EMPLOYEE = {
    "registration_number": "131907758",
    "cin": "BE66318",
    "last_name": "Mansouri",
    "first_name": "Rachid",
    "birth_date": "1962-02-11",
    "category": "employee",
}


def write(file: Path, header: Sequence[str], rows: Sequence[dict[str, str]]) -> Path:
    """Write rows as CSV; a cell that a row doesn't have is empty."""
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    file.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    return file


def quietly(kind: str, file: Path) -> Counts:
    """Import a file without telling how far it is."""
    return run_import(kind, file, lambda _progress: None)


def rejected(file: Path) -> list[str]:
    """Return the lines of the rejected rows of a file."""
    return file.with_name(f"{file.name}.rejected.csv").read_text(encoding="utf-8").splitlines()


def everybody() -> Sequence[Row[Any]]:
    """Return all people on file, by identity card."""
    with db.engine().connect() as connection:
        return connection.execute(select(people).order_by(people.c.cin)).all()


def somebody() -> Row[Any]:
    """Return the one person on file."""
    (person,) = everybody()
    return person


def becomes(**values: object) -> None:
    """Change the one person on file, as a call would."""
    with db.engine().begin() as connection:
        connection.execute(update(people).values(values))


def gives_by_phone(mobile: str) -> None:
    """Note that the one person on file gave this mobile by phone."""
    becomes(mobile=mobile, portal_from=clock.now())


def audited() -> int:
    """Return how many rows the audit log has."""
    with db.engine().connect() as connection:
        return connection.execute(select(func.count()).select_from(audit)).scalar_one()
