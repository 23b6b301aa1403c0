"""Where code names prompts, read from its syntax tree.

Templates of pages (Jinja) name prompts as code does: by a literal, or by one put together (`"subject-" ~ subject`).

A call of one of `MESSAGE_AT` (`hear`, `ask`, `choose`, `Prompt`, `written` …) with a literal id is a use, and its
keywords are the values given. Any literal that is an id counts as naming it; so does an f-string that it fits
(`f"category-{code}"`, `f"{key}-waiting"`).
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, nodes

QUESTIONS = frozenset(
    {"ask", "ask_if_known", "ask_or_help", "try_for", "choose", "try_to_choose", "confirm_in_call", "menu", "offer"}
)
STATEMENTS = frozenset({"hear", "Prompt", "Term"})
MESSAGE_AT: Mapping[str, int] = MappingProxyType(
    {**dict.fromkeys(QUESTIONS | STATEMENTS, 0), "spoken": 1, "written": 1, "send": 1}
)
"""Call → which positional argument is the message."""
NOT_VALUES = MappingProxyType(
    {
        "ask_or_help": frozenset({"patient_until"}),
        "try_for": frozenset({"tries"}),
        "try_to_choose": frozenset({"tries"}),
        "confirm_in_call": frozenset({"says"}),
        "send": frozenset({"person", "not_before"}),
    }
)
"""Call → keywords that are its own."""
VALUES_ELSEWHERE = frozenset({"Prompt", "Term"})
"""Calls that are given their values otherwise than by keywords."""


@dataclass(frozen=True)
class Use:
    """One call that names a prompt; `values` is None where they can't be read from the code."""

    message: str
    values: frozenset[str] | None
    where: str
    question: bool = False


@dataclass
class Code:
    """What some code says."""

    uses: list[Use] = field(default_factory=list)
    literals: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)
    """f-strings, as regular expressions."""

    def names(self, message: str) -> bool:
        """Say whether the code names `message`."""
        return message in self.literals or any(re.fullmatch(shape, message) for shape in self.shapes)


def read_code(*folders: Path) -> Code:
    """Return what the Python files under `folders` say, the check itself left out."""
    code = Code()
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            if Path(__file__).parent not in file.parents:
                where = file.relative_to(folder.parent).as_posix()
                read_module(code, file.read_text(encoding="utf-8"), where)
        for template in sorted(folder.rglob("*.html")):
            read_template(code, template.read_text(encoding="utf-8"))
    return code


def read_template(code: Code, source: str) -> None:
    """Add to `code` what a template says."""
    tree = Environment(autoescape=True).parse(source)
    code.literals.update(str(each.value) for each in tree.find_all(nodes.Const) if isinstance(each.value, str))
    for each in tree.find_all(nodes.Concat):
        parts = [str(part.value) if isinstance(part, nodes.Const) else None for part in each.nodes]
        code.shapes.add("".join(".+" if part is None else re.escape(part) for part in parts))


def read_module(code: Code, source: str, where: str) -> None:
    """Add to `code` what the module `source`, found at `where`, says."""
    for node in ast.walk(ast.parse(source, filename=where)):
        match node:
            case ast.Constant(value=str(literal)):
                code.literals.add(literal)
            case ast.JoinedStr(values=parts):
                code.shapes.update(_shape(parts))
            case ast.Call():
                code.uses.extend(_uses(node, where))


def _shape(parts: list[ast.expr]) -> Iterator[str]:
    literals = [part.value if isinstance(part, ast.Constant) else None for part in parts]
    if any(re.search(r"[a-z]{2}", str(literal)) for literal in literals if literal is not None):
        yield "".join(".+" if literal is None else re.escape(str(literal)) for literal in literals)


def _uses(call: ast.Call, where: str) -> Iterator[Use]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in MESSAGE_AT or len(call.args) <= MESSAGE_AT[name]:
        return
    keywords = frozenset(keyword.arg for keyword in call.keywords if keyword.arg)
    readable = name not in VALUES_ELSEWHERE and all(keyword.arg for keyword in call.keywords)
    values = keywords - NOT_VALUES.get(name, frozenset()) if readable else None
    for message in _literals(call.args[MESSAGE_AT[name]]):
        yield Use(message, values, f"{where}:{call.lineno}", question=name in QUESTIONS)


def _literals(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(literal)):
            yield literal
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literals(body)
            yield from _literals(orelse)
