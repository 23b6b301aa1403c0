"""A graph with its words in one language: the boxes and arrows that Mermaid and SVG draw.

What is said between two questions, and what was learnt there, is a box of its own (a note) on the arrow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from backend.wording import Language, spoken, written
from ivr.conversation import Prompt
from ivr.diagram.graph import ENDINGS, Edge, Graph, Kind, Node

Shape = Kind | Literal["note", "again"]
MOST_KEYS = 10  # shown of an entry


@dataclass(frozen=True)
class Box:
    """Something drawn: its title, the key or outcomes in small letters, and the words said."""

    id: str
    shape: Shape
    title: str = ""
    small: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Arrow:
    """From a box to another, with the keys pressed."""

    source: str
    target: str
    keys: tuple[str, ...] = ()


@dataclass
class Picture:
    """What is drawn, in the order in which callers meet it."""

    title: str
    language: Language
    boxes: dict[str, Box] = field(default_factory=dict)
    ways: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def arrows(self) -> list[Arrow]:
        """All arrows, one between two boxes."""
        return [Arrow(source, target, keys) for (source, target), keys in self.ways.items()]


def picture(name: str, graph: Graph, language: Language, *, upwards: bool = True) -> Picture:
    """Return the picture of the flow `name`; not `upwards`: an arrow back is a note that names the question."""
    drawn = Picture(written(language, f"flow-{name}"), language)
    rank = {id_: number for number, id_ in enumerate(graph.nodes)}
    back = frozenset() if upwards else _back(graph)
    for edge in sorted(graph.edges, key=lambda edge: rank[edge.source]):
        source = _box(graph.nodes[edge.source], language)
        target = _again(edge, graph, language) if id(edge) in back else _target(edge, graph, language)
        _add(drawn, source, *_note(edge, language), target, keys=edge.pressed)
    return drawn


def short(keys: str) -> str:
    """Return keys as they are shown on an arrow."""
    return keys if len(keys) <= MOST_KEYS else f"{keys[:4]}…{keys[-4:]}"


def said(language: Language, prompts: tuple[Prompt, ...]) -> str:
    """Return what is said, as one text."""
    return " ".join(spoken(language, prompt.message, **prompt.values) for prompt in prompts)


def _add(drawn: Picture, *row: Box, keys: str) -> None:
    for box in row:
        drawn.boxes.setdefault(box.id, box)
    for source, target in pairwise(row):
        before = drawn.ways.setdefault((source.id, target.id), ())
        if keys and source is row[0] and short(keys) not in before:
            drawn.ways[source.id, target.id] = (*before, short(keys))


def _box(node: Node, language: Language) -> Box:
    match node.kind:
        case "start":
            label = node.id.removeprefix("start").strip()
            return Box(node.id, "start", written(language, "drawing-start"), (label,) if label else ())
        case "box":
            return Box(node.id, "box", written(language, f"flow-{node.box}"), (str(node.box),))
        case "question" if node.prompt:
            title = written(language, f"{node.prompt.message}.title")
            return Box(node.id, "question", title, (node.id,), said(language, (node.prompt,)))
    reason = node.id[node.id.find("(") + 1 : -1] if node.kind == "advisor" else ""
    return Box(node.id, node.kind, written(language, f"drawing-{node.kind}"), (reason,) if reason else ())


def _target(edge: Edge, graph: Graph, language: Language) -> Box:
    """Return where an edge leads; endings are drawn near each question, not once."""
    box = _box(graph.nodes[edge.target], language)
    if box.shape in ENDINGS:
        return Box(f"{edge.source} {box.id}", box.shape, box.title, box.small)
    return box


def _again(edge: Edge, graph: Graph, language: Language) -> Box:
    box = _box(graph.nodes[edge.target], language)
    return Box(f"{edge.source} again {edge.target}", "again", box.title, box.small)


def _note(edge: Edge, language: Language) -> Iterator[Box]:
    """Return what is between two places, if anything: the same box for all keys that lead to the same."""
    if edge.says or edge.outcomes:
        words = said(language, edge.says)
        source = "start" if edge.source.startswith("start") else edge.source
        yield Box("\n".join((source, edge.target, *edge.outcomes, words)), "note", "", edge.outcomes, words)


def _back(graph: Graph) -> frozenset[int]:
    """Return the edges (by identity: what is said can't be hashed) that lead back to where their way came from."""
    found: set[int] = set()
    done: set[str] = set()

    def follow(node: str, trail: tuple[str, ...]) -> None:
        done.add(node)
        for edge in graph.leaving(node):
            if edge.target in (*trail, node):
                found.add(id(edge))
            elif edge.target not in done:
                follow(edge.target, (*trail, node))

    for node in graph.nodes:
        if node not in done:
            follow(node, ())
    return frozenset(found)
