"""Folders and groups for the tests of the embedded servers."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .processes import Groups


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a short folder that PostgreSQL's account can pass through, as pytest's own can't be."""
    with tempfile.TemporaryDirectory(prefix="svi-test-") as path:
        Path(path).chmod(0o711)
        yield Path(path)


@pytest.fixture
def groups() -> Iterator[Groups]:
    """Give a starter of stand-in groups."""
    groups = Groups()
    yield groups
    groups.end()
