"""What callers hear, and where each key leads, changes only on purpose: `make docs` writes it anew."""

import subprocess
import sys
from pathlib import Path

import pytest

from ivr import diagram

DOCUMENTS = {file.relative_to(diagram.ROOT).as_posix(): content for file, content in diagram.documents()}


@pytest.mark.parametrize("file", DOCUMENTS)
def test_drawings_and_transcripts_are_those_of_the_flows(file: str) -> None:
    """Each edge of each flow, in each language; after a change of flows or words: `make docs`, and look at the diff."""
    path = diagram.ROOT / file
    assert path.exists(), "run `make docs`"
    assert path.read_text("utf-8") == DOCUMENTS[file], "run `make docs`, and look at what it changed"


@pytest.mark.parametrize("folder", ["docs/flows", "tests/flows/golden"])
def test_no_drawing_or_transcript_is_of_a_flow_that_is_gone(folder: str) -> None:
    """What `make docs` doesn't write is removed."""
    there = {path.relative_to(diagram.ROOT).as_posix() for path in (diagram.ROOT / folder).iterdir()}
    assert there == {file for file in DOCUMENTS if Path(file).parent.as_posix() == folder}


def test_flows_have_no_findings() -> None:
    """`svi flow check` has nothing to say."""
    assert diagram.check() == []


def test_a_flow_is_shown_by_its_name() -> None:
    """In Mermaid unless asked otherwise; an unknown name is answered with those there are."""
    program = [sys.executable, "-m", "svi", "flow", "show"]
    shown = subprocess.run([*program, "registration"], capture_output=True, text=True, check=True).stdout
    assert shown.startswith("flowchart TD\n")
    assert "identity-card" in shown
    refused = subprocess.run([*program, "nonsense"], capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr.startswith("svi: there is no flow 'nonsense': there are whole-call, language")
