"""A graph as text: each question, what each answer leads to, and what is said on the way: the golden transcripts."""

from collections.abc import Iterator
from textwrap import wrap

from backend.wording import Language, spoken
from ivr.conversation import Prompt
from ivr.diagram.graph import Edge, Graph, Node

WIDTH = 110


def transcript(name: str, graph: Graph, language: Language) -> str:
    """Return all edges of a flow, in the words of one language."""
    lines = [f"{name} ({language})"]
    for node in graph.nodes.values():
        if edges := graph.leaving(node.id):
            lines += ["", *_node(node, language)]
            for edge in edges:
                lines += _edge(edge, language)
    return "\n".join([*lines, ""])


def _node(node: Node, language: Language) -> Iterator[str]:
    yield f"== {node.id}"
    if node.prompt:
        yield from _said((node.prompt,), language, "   ")


def _edge(edge: Edge, language: Language) -> Iterator[str]:
    pressed = f"[{edge.pressed}] " if edge.pressed else ""
    chosen = f"{edge.chosen} " if edge.chosen else ""
    yield f"   {pressed}{chosen}→ {edge.target}"
    yield from (f"       {outcome}" for outcome in edge.outcomes)
    yield from _said(edge.says, language, "       ")


def _said(prompts: tuple[Prompt, ...], language: Language, indent: str) -> Iterator[str]:
    for prompt in prompts:
        text = f"« {spoken(language, prompt.message, **prompt.values)} »"
        yield from wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)
