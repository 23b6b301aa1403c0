"""Who answers."""

import pytest

from callcenter import agents
from tests.callcenter.calling_back import (
    at,
)


@pytest.fixture
def advisor(environment: dict[str, str]) -> int:
    """Return an advisor."""
    assert environment
    with at("2024-05-15 08:00") as work:
        return agents.add(work, "s.alami", "Sara Alami", ["fr"], {"claims": 1}).id
