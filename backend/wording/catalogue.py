"""The messages of one language: its Fluent files, parsed once, the texts they give and the values they need."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from backend.values import BirthDate, Term, Value
from backend.wording.languages import Language, WordingError
from backend.wording.rendering import Argument, Medium, argument, functions

if TYPE_CHECKING:
    from fluent.runtime.resolver import Pattern

NARROW_SPACE = "\u202f"
PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
Sayable = Value | BirthDate


class Catalogue:
    """All messages of a folder of Fluent files, by id and `id.attribute`."""

    def __init__(self, language: Language, folder: Path) -> None:
        self._language = language
        self._bundle = FluentBundle([language], functions=functions(language), use_isolating=False)
        self._patterns: dict[str, ast.Pattern] = {}
        for file in sorted(folder.glob("*.ftl")):
            self._add(file)
        self._variables: dict[str, frozenset[str]] = {}
        self._fixed: dict[tuple[Medium, str], str] = {}
        self.messages = frozenset(self._patterns)

    def __contains__(self, message: object) -> bool:
        return message in self._patterns

    def text(self, medium: Medium, message: str, values: Mapping[str, Sayable]) -> str:
        """Return the text of `message`. Raises WordingError where it, or a value, is missing."""
        if values:
            return self._format(medium, message, values)
        if (medium, message) not in self._fixed:
            self._fixed[medium, message] = self._format(medium, message, {})
        return self._fixed[medium, message]

    def _argument(self, medium: Medium, value: Sayable) -> Argument:
        if isinstance(value, Term):
            return self.text(medium, value.message, {})
        return argument(self._language, medium, value)

    def _format(self, medium: Medium, message: str, values: Mapping[str, Sayable]) -> str:
        if message not in self._patterns:
            raise self._missing(message)
        name, _, attribute = message.partition(".")
        entry = self._bundle.get_message(name)
        pattern = entry.attributes[attribute] if attribute else cast("Pattern", entry.value)
        arguments = {name: self._argument(medium, value) for name, value in values.items()}
        formatted, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            reasons = "; ".join(map(str, errors))
            raise WordingError(f"message {message!r} ({self._language}) can't be said: {reasons}")
        text = str(formatted)
        # An SMS holds 160 characters only as long as they are GSM-7's, which has no narrow space.
        return text if medium == "spoken" else text.replace(NARROW_SPACE, " ")

    def variables(self, message: str) -> frozenset[str]:
        """Return the values that `message` needs. Raises WordingError where there is no such message."""
        if message not in self._variables:
            self._variables[message] = frozenset(self._needs(message))
        return self._variables[message]

    def quotes(self, message: str) -> frozenset[str]:
        """Return the other messages that `message` is made of. Raises WordingError where there is no such message."""
        return frozenset(self._references(message).messages - {message.partition(".")[0]})

    def _needs(self, message: str) -> Iterator[str]:
        found = self._references(message)
        yield from found.variables
        for quoted in found.messages:
            yield from self.variables(quoted)

    def _references(self, message: str) -> "_References":
        if message not in self._patterns:
            raise self._missing(message)
        found = _References()
        found.visit(self._patterns[message])
        return found

    def _add(self, file: Path) -> None:
        resource = FluentResource(file.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise WordingError(f"{file}: not Fluent: {str(entry.content).strip().splitlines()[0]!r}")
            if isinstance(entry, ast.Message):
                self._index(file, entry)
        _OneLine().visit(resource)
        self._bundle.add_resource(resource)

    def _index(self, file: Path, entry: ast.Message) -> None:
        name = entry.id.name
        if name in self._patterns:
            raise WordingError(f"{file}: message {name!r} is there twice: rename or remove one")
        if entry.value is None:
            raise WordingError(f"{file}: message {name!r} says nothing: write it")
        self._patterns[name] = entry.value
        self._patterns |= {f"{name}.{attribute.id.name}": attribute.value for attribute in entry.attributes}

    def _missing(self, message: str) -> WordingError:
        return WordingError(
            f"there is no message {message!r} in {self._language}: write it in prompts/{self._language}/"
        )


class _References(Visitor):
    """What a pattern refers to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 Fluent's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 Fluent's name
        self.messages.add(f"{node.id.name}.{node.attribute.name}" if node.attribute else node.id.name)


class _OneLine(Visitor):
    """Lines of a file are for its reader: a text is one line."""

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 Fluent's name
        node.value = node.value.replace("\n", " ")


@cache
def catalogue(language: Language) -> Catalogue:
    """Return the messages of `language`, read once a process."""
    return Catalogue(language, PROMPTS / language)
