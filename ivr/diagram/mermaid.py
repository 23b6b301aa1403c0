"""A picture as Mermaid, for Markdown."""

from collections.abc import Mapping
from types import MappingProxyType

from backend.wording import Language
from ivr.diagram.picture import Box, Picture, Shape
from ivr.diagram.text import RIGHT_TO_LEFT

FRAMES: Mapping[Shape, tuple[str, str]] = MappingProxyType(
    {
        "start": ("([", "])"),
        "question": ("[", "]"),
        "note": (">", "]"),
        "box": ("[[", "]]"),
        "advisor": ("([", "])"),
        "hang-up": ("([", "])"),
        "return": ("([", "])"),
        "again": ("([", "])"),
    }
)
CLASSES = (
    "classDef question stroke-width:2px",
    "classDef note stroke:none",
    "classDef advisor stroke:#b45309,stroke-width:2px",
    "classDef start stroke-dasharray:4",
)


def mermaid(picture: Picture) -> str:
    """Return the picture as a Mermaid flowchart."""
    ids = {id_: f"n{number}" for number, id_ in enumerate(picture.boxes)}
    lines = ["flowchart TD"]
    for box in picture.boxes.values():
        before, after = FRAMES[box.shape]
        lines.append(f'  {ids[box.id]}{before}"{_text(box, picture.language)}"{after}:::{box.shape}')
    for arrow in picture.arrows:
        keys = f'|"{_safe(" · ".join(arrow.keys))}"|' if arrow.keys else ""
        lines.append(f"  {ids[arrow.source]} -->{keys} {ids[arrow.target]}")
    return "\n".join([*lines, *(f"  {each}" for each in CLASSES), ""])


def _text(box: Box, language: Language) -> str:
    words = _safe(box.words)
    if words and language in RIGHT_TO_LEFT:
        words = f"\u2067{words}\u2069"  # an isolate: the full stop is on the left
    title = f"<b>{_safe(box.title)}</b>" if box.title else ""
    small = "<br>".join(f"<small>{_safe(each)}</small>" for each in box.small)
    return "<br>".join(part for part in (title, small, words) if part)


def _safe(text: str) -> str:
    """Return text in which Mermaid reads no sign as its own."""
    return "".join(f"#{ord(c)};" if c in '"#<>&;*`_' else c for c in text)
