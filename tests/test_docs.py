"""What is public is documented, and what is documented exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from backend.settings import Settings
from svi.cli import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_documents_each_setting_and_no_other() -> None:
    """One table, one class: a setting that nobody can find does not exist."""
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", README, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert documented == {name.upper() for name in Settings.model_fields}


def test_each_target_says_what_it_does() -> None:
    """`make help` lists every target that the README or the interfaces name."""
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"run", "call", "test", "test-all", "lint"} <= set(re.findall(r"^  make (\S+)", said, re.MULTILINE))


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_has_help(command: str) -> None:
    """`svi COMMAND --help` says what it does, in a sentence."""
    program = [sys.executable, "-m", "svi", command, "--help"]
    said = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    assert re.search(r"^  [A-Z][^.]+\.", said, re.MULTILINE)


def test_each_link_of_the_readme_leads_somewhere() -> None:
    """Files that the README names exist."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_each_decision_has_context_choice_and_what_was_turned_down() -> None:
    """A decision is a page that a newcomer can weigh."""
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert decisions
    for decision in decisions:
        text = decision.read_text("utf-8")
        for heading in ("## Context", "## Choice", "## Turned down"):
            assert heading in text, (decision.name, heading)
