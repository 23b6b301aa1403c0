"""The table of actions: an advisor can do for the caller all that a flow does, or it is said why not."""

import ast
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backend import examples
from backend.wording import LANGUAGES, Language, exists
from callcenter import console
from callcenter.acting import ACTS, NOT_DONE, SHOWN, Act
from ivr.diagram import catalogue

SECTIONS = Path(console.__file__).parent / "templates" / "console" / "person"
LEAST_REASON = 20  # characters


def once() -> Iterator[ast.expr]:
    """Give what each flow hands to `caller.once`."""
    for file in catalogue.FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "once":
                yield node.args[0]


def called() -> dict[str, Callable[..., Any]]:
    """Return the functions that flows call through `once`, by their full names."""
    found: dict[str, Callable[..., Any]] = {}
    for file in catalogue.FILES:
        tree = ast.parse(file.read_text("utf-8"))
        modules = {
            alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="once"),
                    args=[ast.Attribute(value=ast.Name(id=module), attr=name), *_],
                ):
                    function = getattr(importlib.import_module(modules[module]), name)
                    found[f"{function.__module__}.{function.__qualname__}"] = function
    return {_public(name): function for name, function in found.items()}


def _public(name: str) -> str:
    """Return a function's name as flows import it: `callcenter.callbacks` is a package."""
    return name.replace("callcenter.callbacks.promising.", "callcenter.callbacks.")


CALLED = called()


def test_all_that_flows_hand_to_once_is_named_there() -> None:
    """A module and a function of it: nothing escapes the table by coming from elsewhere."""
    unnamed = [ast.unparse(each) for each in once() if not isinstance(each, ast.Attribute)]
    assert unnamed == []
    assert len(CALLED) > 30
    assert all(hasattr(function, "examples") or examples.of(function) for function in CALLED.values())


@pytest.mark.parametrize("name", CALLED)
def test_what_a_flow_does_an_advisor_does_too(name: str) -> None:
    """By an action that calls the very same function; or the person zone shows it; or it is said why none is needed."""
    acted = any(function is CALLED[name] for act in ACTS.values() for function in act.calls)
    assert acted + (name in SHOWN) + (name in NOT_DONE) == 1


def test_the_lists_beside_the_table_name_what_flows_call_and_nothing_else() -> None:
    """A function that flows call no more is taken off; a section is there; a reason is a reason."""
    assert set(SHOWN) | set(NOT_DONE) <= set(CALLED)
    assert all((SECTIONS / f"{section}.html").exists() for section in SHOWN.values())
    assert all(len(reason) > LEAST_REASON for reason in NOT_DONE.values())


WITHOUT_CALLER = {
    *("send-number", "send-payment", "tell-due", "send-documents", "send-information", "send-agencies"),
    *("arrange-callback", "give-up-callback", "open-case", "follow-case", "reopen-case"),
}


def test_what_needs_the_caller_is_done_while_they_are_on_the_line() -> None:
    """Nothing that needs them, or their proof, before or after; what is left then changes no right and no number."""
    assert all(act.phases == {"with-caller"} for act in ACTS.values() if act.needs in {"call", "proof"})
    assert {name for name, act in ACTS.items() if "without-caller" in act.phases} == WITHOUT_CALLER
    assert all("with-caller" in act.phases for act in ACTS.values())


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_action_has_its_words(language: Language, act: Act) -> None:
    """Its title, its button, its group, each field's label and hint, what is wrong with it."""
    messages = [f"act-{act.name}", f"act-{act.name}.do", f"acts-group-{act.group}"]
    for field in act.fields:
        messages += [f"acts-field-{field.name}", field.wrong, field.gone, *([field.hint] if field.hint else [])]
    assert [message for message in messages if not exists(language, message)] == []
    assert act.roles == {"advisor", "supervisor"}
