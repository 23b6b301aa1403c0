"""Homes with lists, on the days that demonstrations are held on."""

from datetime import date
from pathlib import Path

import pytest

from svi.demo import lists
from tests.conftest import forget

SPRING, AUTUMN = date(2024, 3, 20), date(2026, 11, 22)


@pytest.fixture(params=(SPRING, AUTUMN), ids=str)
def today(request: pytest.FixtureRequest, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> date:
    """Set the business day: in the window of the debt cancellation, then long after it."""
    assert environment
    monkeypatch.setenv("SVI_TODAY", f"{request.param}")
    forget()
    day: date = request.param
    return day


@pytest.fixture
def home(today: date, tmp_path: Path) -> Path:
    """Return a home whose lists are loaded."""
    lists.load(tmp_path)
    assert lists.day(tmp_path) == today
    return tmp_path
