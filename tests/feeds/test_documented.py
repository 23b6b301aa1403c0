"""docs/imports.md says what a file of each kind has."""

import re
from datetime import date
from pathlib import Path

import pytest

from backend.feeds import KINDS

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "imports.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `([a-z]+)` \| [^|]+ \| (.+) \|$", DOCUMENTED, re.MULTILINE))


def test_each_kind_is_documented_in_the_order_of_imports() -> None:
    """And no other."""
    assert list(ROWS) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_column_is_documented(kind: str) -> None:
    """Those that may be empty or absent bear a mark."""
    chosen = KINDS[kind](date(2024, 3, 20))
    columns = {
        name: not optional for name, optional in re.findall(r"`(\w+)`(°?)", re.sub(r"\([^)]*\)", "", ROWS[kind]))
    }
    assert columns == {name: name in chosen.required for name in chosen.columns}
