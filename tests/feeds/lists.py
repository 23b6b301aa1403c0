"""Lists of a few invented people, and what the database then holds."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select, update

from backend import clock, db
from backend.audit import audit
from backend.feeds import Counts, run_import
from backend.people import people
from backend.values import PersonId

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
A_SELF_EMPLOYED = {
    "registration_number": "104228815",
    "cin": "CD118203",
    "last_name": "Alaoui",
    "first_name": "Hicham",
    "birth_date": "1975-09-18",
    "category": "cpu",
}
SAMPLE = {
    "tns": A_DOCTOR,
    "people": AN_EMPLOYEE,
    "contributions": {
        "registration_number": "104228815",
        "month": "2024-01",
        "due_date": "2024-02-10",
        "contribution": "300.00",
        "penalty": "0.00",
        "enforcement_fee": "0.00",
    },
    "payments": {
        "reference": "P000001",
        "registration_number": "104228815",
        "month": "2024-01",
        "amount": "300.00",
        "paid_on": "2024-02-12",
        "channel": "point",
    },
    "claims": {
        "file_number": "24031800417",
        "registration_number": "104228815",
        "beneficiary": "Hicham",
        "care_date": "2024-02-01",
        "deposited_on": "2024-02-18",
        "status": "received",
        "status_date": "2024-02-18",
    },
    "family": {
        "registration_number": "104228815",
        "kind": "child",
        "first_name": "Sara",
        "birth_date": "2012-04-19",
    },
    "salaries": {"registration_number": "104228815", "month": "2024-01", "days": "26", "pay": "7200.00"},
    "agencies": {
        "code": "A001",
        "name": "Agence Casablanca Centre",
        "kind": "agency",
        "city": "Casablanca",
        "postcode": "20000",
        "address": "1 rue de l'Exemple",
        "hours": "lun-ven 08:30-16:30",
    },
}
"""A row of each kind, with the cells that it must have."""


def write(file: Path, header: Sequence[str], rows: Sequence[dict[str, str]]) -> Path:
    """Write rows as CSV; a cell that a row doesn't have is empty."""
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    file.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    return file


def quietly(kind: str, file: Path) -> Counts:
    """Import a file without telling how far it is."""
    return run_import(kind, file, lambda _progress: None)


def reason(file: Path) -> str:
    """Return why the one rejected row of a file was rejected."""
    _heading, (_line, reason, *_cells) = csv.reader(rejected(file))
    return reason


def person_numbered(number: str) -> PersonId:
    """Return the person of a registration number."""
    with db.engine().connect() as connection:
        return PersonId(connection.execute(select(people.c.id).filter_by(registration_number=number)).scalar_one())


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
