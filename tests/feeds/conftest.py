"""A real PostgreSQL with our tables, empty before each test."""

from pathlib import Path

import pytest

from .lists import A_DOCTOR, AN_EMPLOYEE, PEOPLE, TNS, Import, quietly, write


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
