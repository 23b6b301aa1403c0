"""Whether menus can be answered by voice: each choice has its words, in each language, and no two the same.

A choice's words are the attribute `.words-<choice>` of its question. Which choices a question has is read from the
code: from the mapping that `choose`, `menu` or `offer` is given, or the name of one in the same module.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from backend.wording import Language
from backend.wording.catalogue import Catalogue
from ivr.hearing import words
from ivr.hearing.noise import listed
from ivr.hearing.text import stems, tokens
from ivr.hearing.understanding import LONGEST_HINT

WORDS = ".words-"
KEYS_ONLY = frozenset({"language"})  # asked before there is a language to listen in
OF_THE_ENGINE = {"entry-help": {"again"}, "heard-confirm": {"yes", "no"}, "everywhere": {*words.SIGNS}}
NOT_CHOICES = frozenset({"everywhere.words-noise", "everywhere.words-around-keys", "everywhere.words-not"})


def choices(*folders: Path) -> dict[str, set[str]]:
    """Return the choices of each menu in the Python files under `folders`."""
    found: dict[str, set[str]] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            for message, names in read_module(file.read_text(encoding="utf-8")):
                found.setdefault(message, set()).update(names)
    return found


def read_module(source: str) -> Iterator[tuple[str, set[str]]]:
    """Give the menus that a module asks, with their choices."""
    tree = ast.parse(source)
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                assigned.setdefault(name, []).append(value)
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="choose" | "try_to_choose" | "confirm_in_call" | "menu" | "offer"),
                args=[ast.Constant(value=str(message)), mapping, *_],
                keywords=keywords,
            ):
                says = [
                    each.value.value for each in keywords if each.arg == "says" and isinstance(each.value, ast.Constant)
                ]
                yield str(says[0]) if says else message, set(_names(mapping, assigned))


def problems(menus: Mapping[str, Iterable[str]], catalogues: Mapping[Language, Catalogue]) -> Iterator[str]:
    """Give what is wrong with the words of `menus`, a line each."""
    for language, catalogue in catalogues.items():
        for message, names in menus.items():
            if message not in KEYS_ONLY:
                yield from _problems(language, catalogue, message, sorted(names))
        for attribute in sorted(catalogue.messages):
            message, _, name = attribute.partition(WORDS)
            if name and attribute not in NOT_CHOICES and name not in menus.get(message, ()):
                yield f"{attribute} ({language}): no menu has this choice"


def _problems(language: Language, catalogue: Catalogue, message: str, names: list[str]) -> Iterator[str]:
    said: dict[tuple[str, ...], str] = {}
    for name in names:
        attribute = f"{message}{WORDS}{name}"
        if attribute not in catalogue:
            yield f"{attribute}: missing in {language}: what callers say for this choice, the first said back"
            continue
        if catalogue.variables(attribute):
            continue
        for phrase in listed(catalogue.text("spoken", attribute, {})):
            if len(phrase) > LONGEST_HINT:
                yield f"{attribute} ({language}): {phrase!r} is longer than a hint may be"
            other = said.setdefault(stems(language, tokens(phrase)), name)
            if other != name:
                yield f"{attribute} ({language}): {phrase!r} is also said for {other}"


def _names(mapping: ast.expr, assigned: Mapping[str, list[ast.expr]]) -> Iterator[str]:
    """Give the names of the choices that an expression holds."""
    match mapping:
        case ast.Dict(values=values):
            for value in values:
                name = value.elts[0] if isinstance(value, ast.Tuple) else value
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    yield name.value
        case ast.Name(id=name):
            for value in assigned.get(name, ()):
                yield from _names(value, assigned)
        case ast.BinOp(left=left, right=right):
            yield from _names(left, assigned)
            yield from _names(right, assigned)
        case ast.DictComp(generators=[ast.comprehension(iter=ast.Call(func=ast.Attribute(value=inner))), *_]):
            yield from _names(inner, assigned)
