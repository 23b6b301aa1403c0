"""A real PostgreSQL with our tables, empty before each test."""

from pathlib import Path

import pytest

from backend.feeds import Counts
from backend.values import PersonId

from .lists import (
    A_DOCTOR,
    A_SELF_EMPLOYED,
    AN_EMPLOYEE,
    PEOPLE,
    SAMPLE,
    TNS,
    Import,
    person_numbered,
    quietly,
    write,
)


@pytest.fixture
def database(environment: dict[str, str]) -> str:
    """Return the URL of empty tables, on 20 March 2024."""
    return environment["DATABASE_URL"]


@pytest.fixture
def list_tns(database: str, tmp_path: Path) -> Import:
    """Return what imports rows as a liaison body's list; cells that are not given are those of a doctor."""
    assert database
    return lambda *rows: quietly("tns", write(tmp_path / "tns.csv", TNS, [A_DOCTOR | row for row in rows]))


@pytest.fixture
def list_people(database: str, tmp_path: Path) -> Import:
    """Return what imports rows as the fund's list; cells that are not given are those of an employee."""
    assert database
    return lambda *rows: quietly("people", write(tmp_path / "people.csv", PEOPLE, [AN_EMPLOYEE | row for row in rows]))


@pytest.fixture
def hicham(list_people: Import) -> PersonId:
    """Return a self-employed worker of number 104228815, born on 18 September 1975."""
    assert list_people(A_SELF_EMPLOYED) == Counts(added=1)
    return person_numbered("104228815")


@pytest.fixture
def feed(database: str, tmp_path: Path) -> Import:
    """Return what imports rows as a file of a kind; cells that are not given are those of `SAMPLE`."""
    assert database

    def imported(kind: str, *rows: dict[str, str]) -> Counts:
        whole = [SAMPLE[kind] | row for row in rows]
        header = list(dict.fromkeys(name for row in whole for name in row))
        return quietly(kind, write(tmp_path / f"{kind}.csv", header, whole))

    return imported
