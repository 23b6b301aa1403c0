"""`docs/api.md` says what is so."""

import json
import re
from pathlib import Path

import pytest

from backend import events
from backend.api import batches, problems, tokens
from tests.api.conftest import MachineWith

DOCS = (Path(__file__).parent.parent.parent / "docs" / "api.md").read_text("utf-8")


def rows(heading: str) -> list[str]:
    """Return the first cells of the table of a heading."""
    _, _, after = DOCS.partition(f"| {heading} |")
    table, _, _ = after.partition("\n\n")
    return re.findall(r"^\| (?:\d+ )?`([^`]+)`", table, re.MULTILINE)


def test_the_tables_are_those_of_the_program() -> None:
    """Scopes, types of events, and problems that exist."""
    assert rows("scope") == list(tokens.SCOPES)
    assert rows("type") == list(events.TYPES)
    assert rows("answer")
    assert set(rows("answer")) <= problems.KINDS.keys()


def test_the_limits_are_those_of_the_program() -> None:
    """Records and MiB of a batch; wrong tokens in a minute."""
    assert (f"{batches.MOST_RECORDS:,} records and {batches.LARGEST >> 20} MiB") in DOCS
    assert tokens.REFUSALS_A_MINUTE == 30


@pytest.mark.usefixtures("sample")
def test_the_example_is_what_is_answered(machine: MachineWith) -> None:
    """Member for member, figure for figure, on the sample's day."""
    (example,) = re.findall(r'^```json\n(\{"registration_number".*?)^```', DOCS, re.MULTILINE | re.DOTALL)
    answer = machine("people:read").get("/people/104228815")
    assert json.loads(answer.data) == json.loads(example)
