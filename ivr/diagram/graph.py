"""What exploration finds of a flow: questions, endings, and which answer leads from where to where."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from ivr.conversation import Prompt

Kind = Literal["start", "question", "box", "advisor", "hang-up", "return"]
ENDINGS: frozenset[Kind] = frozenset({"advisor", "hang-up", "return"})


@dataclass(frozen=True)
class Node:
    """A place that a caller can come to: a question by its key, a conversation drawn elsewhere, an ending."""

    id: str
    kind: Kind
    prompt: Prompt | None = None
    box: str | None = None  # the conversation with a drawing of its own that it belongs to


@dataclass(frozen=True)
class Edge:
    """What an answer does: the keys pressed, what was learnt from outside, what is said, and where it leads."""

    source: str
    target: str
    pressed: str = ""
    chosen: str = ""
    outcomes: tuple[str, ...] = ()
    says: tuple[Prompt, ...] = ()

    def does_as(self, other: "Edge") -> bool:
        """Say whether two edges are the same but for the values that are said."""
        mine, theirs = (tuple(prompt.message for prompt in edge.says) for edge in (self, other))
        return mine == theirs and replace(self, says=()) == replace(other, says=())


@dataclass
class Graph:
    """A flow's places in the order in which they are met, and its edges, each once."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def add(self, edge: Edge, *ends: Node) -> None:
        """Add an edge, and the nodes at its ends that are not there yet."""
        for node in ends:
            self.nodes.setdefault(node.id, node)
        if not any(edge.does_as(other) for other in self.edges):
            self.edges.append(edge)

    def leaving(self, node: str) -> list[Edge]:
        """Return the edges that leave a node."""
        return [edge for edge in self.edges if edge.source == node]


def boxed(graph: Graph) -> Graph:
    """Return the graph with each conversation that has a drawing of its own as one box."""
    drawn = Graph()
    for edge in graph.edges:
        source, target = (_shown(graph.nodes[id_]) for id_ in (edge.source, edge.target))
        if source.id == target.id != edge.source:
            continue
        if source.kind == "box":
            edge = Edge(source.id, target.id)  # noqa: PLW2901 what is said within is in the drawing of its own
        elif target.kind == "box":
            edge = replace(edge, says=(), outcomes=())  # noqa: PLW2901
        drawn.add(replace(edge, source=source.id, target=target.id), source, target)
    return drawn


def reached(graph: Graph, kinds: Iterable[Kind]) -> list[Node]:
    """Return the nodes of these kinds."""
    return [node for node in graph.nodes.values() if node.kind in kinds]


def _shown(node: Node) -> Node:
    return Node(f"flow {node.box}", "box", box=node.box) if node.box else node
