"""What the repository holds of its flows: drawings in docs/flows/, golden transcripts in tests/flows/golden/."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from backend.wording import LANGUAGES, Language, written
from ivr.diagram.catalogue import FLOWS, explored
from ivr.diagram.graph import Graph, boxed
from ivr.diagram.mermaid import mermaid
from ivr.diagram.picture import picture
from ivr.diagram.svg import svg
from ivr.diagram.transcript import transcript

ROOT = Path(__file__).resolve().parents[2]
Format = Literal["mermaid", "svg", "text"]


def shown(name: str, form: Format, language: Language) -> str:
    """Return a flow in one form and language. Raises NoSuchFlowError."""
    graph = _graph(name)
    match form:
        case "mermaid":
            return mermaid(picture(name, graph, language))
        case "svg":
            return svg(picture(name, graph, language, upwards=False))
        case "text":
            return transcript(name, graph, language)


def documents() -> Iterator[tuple[Path, str]]:
    """Return each file that is made of the flows, and what it must hold."""
    docs, golden = ROOT / "docs/flows", ROOT / "tests/flows/golden"
    for name in FLOWS:
        yield docs / f"{name}.md", _page(name)
        for language in LANGUAGES:
            yield docs / f"{name}.{language}.svg", shown(name, "svg", language)
            yield golden / f"{name}.{language}.txt", shown(name, "text", language)


@cache
def _graph(name: str) -> Graph:
    return boxed(explored(name).graph)


def _page(name: str) -> str:
    links = " · ".join(f"[{other}]({other}.md)" for other in FLOWS if other != name)
    drawings = " · ".join(f"[SVG, {language}]({name}.{language}.svg)" for language in reversed(LANGUAGES))
    return f"""# {written("fr", f"flow-{name}")}

<!-- made by `make docs`: change the flow or its words, not this file -->

{FLOWS[name].purpose} {drawings} · other flows: {links}

On the arrows: the keys (`✗✗`: two wrong entries). In small letters: what is learnt from outside. Not drawn, since it is
so everywhere: `0` leads to an advisor, `*` repeats, `#` goes to the menu before; silence and wrong answers.

![{written("fr", f"flow-{name}")}]({name}.fr.svg)

```mermaid
{shown(name, "mermaid", "fr")}```
"""
