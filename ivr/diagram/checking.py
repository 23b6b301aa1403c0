"""`svi flow check`: what is wrong with the flows, a line each."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from backend.wording import LANGUAGES, exists
from ivr.conversation import Question
from ivr.diagram.catalogue import FILES, FLOWS, explored
from ivr.diagram.exploring import Explored
from ivr.diagram.graph import reached
from ivr.diagram.lines import Lines
from ivr.inputs import Choices
from ivr.prompt_check.limits import MOST_CHOICES
from ivr.prompt_check.uses import Code, read_module

ROOT = Path(__file__).resolve().parents[2]


def check() -> list[str]:
    """Return the findings about all flows; an empty list where there are none."""
    lines = Lines(FILES)
    each = {name: explored(name, lines) for name in FLOWS}
    found = [*each_alone(each), *unreached(each.values(), FILES), *dead(lines)]
    return list(dict.fromkeys(found))


def each_alone(flows: dict[str, Explored]) -> Iterator[str]:
    """Return what exploration met in single flows."""
    for name, flow in flows.items():
        yield from (f"{name}: {fault}" for fault in flow.faults)
        if FLOWS[name].ends and reached(flow.graph, {"return"}):
            yield f"{name}: an ending that is none: a way through it returns nothing, and there is no menu before"
        yield from (f"{name}: {finding}" for finding in of_questions(flow.questions))


def of_questions(questions: Iterable[Question]) -> Iterator[str]:
    """Return what is wrong with single questions."""
    for question in questions:
        if isinstance(question.listens, Choices) and len(question.listens.names) > MOST_CHOICES:
            yield f"{question.key}: {len(question.listens.names)} choices, {MOST_CHOICES} at most"
        title = f"{question.prompt.message}.title"
        missing = [language for language in LANGUAGES if not exists(language, title)]
        if missing:
            yield f"{question.key}: no `.title` in {', '.join(missing)}"


def unreached(flows: Iterable[Explored], files: Sequence[Path]) -> Iterator[str]:
    """Return the questions that `files` ask and no exploration came to."""
    met = {question.key for flow in flows for question in flow.questions}
    code = Code()
    for file in files:
        read_module(code, file.read_text("utf-8"), _where(file))
    for use in code.uses:
        if use.question and use.message not in met:
            yield f"{use.where}: no path reaches the question {use.message}"


def dead(lines: Lines) -> Iterator[str]:
    """Return the lines that no exploration ran."""
    for file, line in lines.dead():
        text = file.read_text("utf-8").splitlines()[line - 1].strip()
        yield f"{_where(file)}:{line}: no exploration runs it: {text}"


def _where(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
