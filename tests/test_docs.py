"""What is public is documented, and what is documented exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from backend import messages, quiet_hours
from backend.rules import parameters
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


def test_the_sms_are_documented_each_with_its_kind_and_no_other() -> None:
    """What is sent, when, how often, and in which hours: as the program has it."""
    text = (ROOT / "docs/messages.md").read_text("utf-8")
    kinds = {"code": messages.CODE, "asked for": messages.INFORMATION, "notice": messages.NOTICE}
    rows = re.findall(r"^\| `(sms-[a-z-]+)` \| ([a-z ]+) \|", text, re.MULTILINE)
    assert {occasion: kinds[kind] for occasion, kind in rows} == messages.OCCASIONS
    assert re.findall(r"^\| (?:asked for|notice) \|.*\| (\d+) \|$", text, re.MULTILINE) == [
        str(messages.MOST_A_DAY),
        str(messages.MOST_NOTICES_A_DAY),
    ]
    assert f"gets {messages.MOST_A_DAY_UNIDENTIFIED} a day" in text
    hours = quiet_hours.permitted()
    assert f"from {hours.opens:%H:%M} until {hours.closes:%H:%M}" in text
    (days,) = parameters.history("reminders")["days-before"]
    assert f"from {days.value} days before" in text


def test_each_decision_has_context_choice_and_what_was_turned_down() -> None:
    """A decision is a page that a newcomer can weigh."""
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert decisions
    for decision in decisions:
        text = decision.read_text("utf-8")
        for heading in ("## Context", "## Choice", "## Turned down"):
            assert heading in text, (decision.name, heading)
