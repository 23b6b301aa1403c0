"""What architecture.md says of imports and constructors, where import-linter can't."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("svi", "ivr", "callcenter", "backend")
FLOWS = sorted((ROOT / "ivr" / "flows").rglob("*.py"))
MODULES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))

FLOWS_MAY_IMPORT = ("ivr.conversation", "ivr.inputs", "ivr.flows", "ivr.unfinished", "backend", "callcenter")
RESULTS = frozenset({"backend.messages.Sent", "backend.messages.Withheld"})
"""What subjects return of a message that they sent: a flow may know it, and sends none itself."""
NOT_OF_THE_BACKEND = (
    "db",
    "work",
    "settings",
    "clock",
    "log",
    "seal",
    "outbox",
    "jobs",
    "telephony",
    "provisioning",
    "messages",
    "audit",
)


@cache
def tree(file: Path) -> ast.Module:
    """Return a module's syntax."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imports(file: Path) -> Iterator[str]:
    """Return the full name of all that a module imports."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(library: str) -> set[str]:
    """Return our modules that import a library, or something of it."""
    return {
        file.relative_to(ROOT).as_posix()
        for file in MODULES
        if any(f"{name}.".startswith(f"{library}.") for name in imports(file))
    }


def calls_of(name: str) -> set[str]:
    """Return our modules that call `name`, or an attribute of that name."""
    return {
        file.relative_to(ROOT).as_posix()
        for file in MODULES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and name in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
    }


@pytest.mark.parametrize("file", FLOWS, ids=lambda file: file.stem)
def test_a_flow_imports_only_the_words_it_is_written_in_and_subjects(file: Path) -> None:
    """No library but typing, no clock, no database; subjects of the backend and the call centre, through `once`."""
    for name in imports(file):
        room = name.split(".")
        assert name.startswith(FLOWS_MAY_IMPORT), name
        assert room[0] != "backend" or room[1] not in NOT_OF_THE_BACKEND or name in RESULTS, name
        assert room[0] == "ivr" or is_module(name) or room[-1][0].isupper(), f"{name}: import its module"


@pytest.mark.parametrize("file", FLOWS, ids=lambda file: file.stem)
def test_a_flow_has_no_try_no_with_and_reads_as_a_conversation(file: Path) -> None:
    """Refusals are values, resources are not a flow's; a file of one is about a screen."""
    forbidden = (ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Global, ast.Lambda)
    assert not [node.lineno for node in ast.walk(tree(file)) if isinstance(node, forbidden)]
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 100


@pytest.mark.parametrize("file", FLOWS, ids=lambda file: file.stem)
def test_a_flow_learns_from_outside_only_through_once(file: Path) -> None:
    """What has `work` as its first parameter is named there, never called: a bare call would run at every turn."""
    subjects = {name.rpartition(".")[2] for name in imports(file) if is_module(name)}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert getattr(node.func.value, "id", "") not in subjects, f"line {node.lineno}"


def is_module(name: str) -> bool:
    """Say whether a full name is one of our modules."""
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def test_only_identity_makes_an_insured() -> None:
    """What must not be said to a stranger needs one (`ivr.results` reads one back, by its name)."""
    assert calls_of("Insured") == {"backend/identity/proving.py", "backend/identity/opening.py"}


def test_only_ivr_twiml_writes_twiml() -> None:
    """And every webhook answers with what it wrote."""
    assert importers("twilio.twiml") == {"ivr/twiml.py"}


def test_only_telephony_calls_twilio() -> None:
    """The REST client is in one place, with its address, its time-outs and its account."""
    assert importers("twilio.rest") == {"backend/telephony.py"}


def test_no_twiml_is_sent_by_rest() -> None:
    """Calls are given an address (`url=`), never a document (`twiml=`)."""
    given = [
        (file.name, node.lineno)
        for file in MODULES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and any(keyword.arg == "twiml" for keyword in node.keywords)
    ]
    assert not given
