"""A call centre with its advisors."""

from collections.abc import Iterator

import pytest

from tests.centre import Centre, running
from tests.conftest import forget


@pytest.fixture
def centre(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    """Run the web application, the exchange and the urgent duties."""
    with running(environment, monkeypatch, forget) as centre:
        yield centre
