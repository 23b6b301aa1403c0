"""A picture as SVG: cards for questions, notes for what is said between, the keys on the arrows.

Readable in light and in dark, without a script or a font of its own; right to left where the language is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from types import MappingProxyType

from backend.wording import spoken
from ivr.diagram import text
from ivr.diagram.layout import Layout, Size, Spot, lay_out
from ivr.diagram.picture import Box, Picture, Shape
from ivr.diagram.style import STYLE

MARGIN, HEAD, FOOT = 36.0, 74.0, 46.0
TITLE, SMALL, WORDS = 15.0, 11.0, 13.0
LINE: Mapping[float, float] = MappingProxyType({TITLE: 21.0, SMALL: 16.0, WORDS: 19.0})
CLASS: Mapping[float, str] = MappingProxyType({TITLE: "t", SMALL: "k", WORDS: "w"})
WIDEST: Mapping[Shape, float] = MappingProxyType({"question": 300.0, "note": 264.0})
PAD_X, PAD_Y = 16.0, 11.0
CHIP = 22.0
BREATH = 4.0  # between small letters and what is said

Point = tuple[float, float]


@dataclass(frozen=True)
class _Text:
    """A box's lines, each with its size."""

    lines: tuple[tuple[str, float], ...]
    size: Size


def svg(picture: Picture) -> str:
    """Return the picture as an SVG document."""
    texts = {box.id: _text(box) for box in picture.boxes.values()}
    arrows = [(arrow.source, arrow.target) for arrow in picture.arrows]
    layout = lay_out({id_: each.size for id_, each in texts.items()}, arrows)
    return "\n".join([*_document(picture, texts, layout), "</svg>", ""])


def _document(picture: Picture, texts: Mapping[str, _Text], layout: Layout) -> Iterator[str]:
    rtl = picture.language in text.RIGHT_TO_LEFT
    legend = spoken(picture.language, "menu-keys")
    width = max(layout.size.width, text.width(legend, SMALL), text.width(picture.title, 22)) + 2 * MARGIN
    height = layout.size.height + HEAD + FOOT
    shift = (width - layout.size.width) / 2
    draw = _Drawing(rtl, width, shift)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" lang="{picture.language}" aria-label="{escape(picture.title)}">'
    )
    yield f"<title>{escape(picture.title)}</title>"
    yield STYLE
    yield '<rect class="paper" width="100%" height="100%"/>'
    side = MARGIN if not rtl else width - MARGIN
    yield draw.line(picture.title, "h", side, 44, "start")
    yield from draw.arrows(picture, layout)
    for box in picture.boxes.values():
        yield from draw.box(box, texts[box.id], layout.spots[box.id])
    yield draw.line(legend, "k", width / 2, height - 18, "middle")


def _text(box: Box) -> _Text:
    most = WIDEST.get(box.shape, 260.0) - 2 * PAD_X
    parts = [(box.title, TITLE), *((each, SMALL) for each in box.small), (box.words, WORDS)]
    lines = tuple((line, size) for part, size in parts for line in text.lines(part, size, most, mono=size == SMALL))
    widest = max((text.width(line, size, mono=size == SMALL) for line, size in lines), default=0.0)
    width = WIDEST.get(box.shape, widest + 2 * PAD_X + 8)
    if box.shape == "note":
        width = min(width, widest + 2 * PAD_X)
    return _Text(lines, Size(width, sum(LINE[size] for _, size in lines) + 2 * PAD_Y + _breath(lines)))


def _breath(lines: Sequence[tuple[str, float]]) -> float:
    sizes = {size for _, size in lines}
    return BREATH if {SMALL, WORDS} <= sizes else 0.0


class _Drawing:
    """Writes elements at their places; from right to left, all is mirrored but the letters."""

    def __init__(self, rtl: bool, width: float, shift: float) -> None:
        self._rtl = rtl
        self._width = width
        self._shift = shift

    def x(self, x: float) -> float:
        """Return where a place of the layout is on the paper."""
        return self._width - self._shift - x if self._rtl else x + self._shift

    def line(self, words: str, kind: str, x: float, y: float, anchor: str) -> str:
        """Return a line of text; a key or an outcome is never mirrored."""
        direction = ' direction="rtl"' if self._rtl else ""
        return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{direction}>{escape(words)}</text>'

    def box(self, box: Box, content: _Text, spot: Spot) -> Iterator[str]:
        """Return a box and its words."""
        size, middle, top = content.size, self.x(spot.x), spot.y + HEAD
        left = middle - size.width / 2
        radius = {"question": 10.0, "note": 10.0, "box": 4.0}.get(box.shape, size.height / 2)
        frame = f'x="{left:.1f}" y="{top:.1f}" width="{size.width:.1f}" height="{size.height:.1f}" rx="{radius:.1f}"'
        yield f'<g class="{box.shape}"><rect {frame}/>'
        if box.shape == "box":
            inner = f'x="{left + 4:.1f}" y="{top + 4:.1f}" width="{size.width - 8:.1f}" height="{size.height - 8:.1f}"'
            yield f'<rect {inner} rx="2"/>'
        centred = box.shape not in {"question", "note"}
        start = middle if centred else middle + (size.width / 2 - PAD_X) * (1 if self._rtl else -1)
        y = top + PAD_Y
        before = SMALL
        for words, letter in content.lines:
            y += LINE[letter] + (BREATH if (before, letter) == (SMALL, WORDS) and y > top + PAD_Y else 0)
            before = letter
            yield self.line(words, CLASS[letter], start, y - LINE[letter] * 0.27, "middle" if centred else "start")
        yield "</g>"

    def arrows(self, picture: Picture, layout: Layout) -> Iterator[str]:
        """Return all arrows, then the keys over them."""
        chips: dict[tuple[float, float, str], None] = {}
        for number, points in _paths(picture, layout):
            keys = " · ".join(picture.arrows[number].keys)
            placed = [(self.x(x), y + HEAD) for x, y in points]
            yield f'<path class="arrow" d="{_curve(placed)}"/>'
            (x, y), (end, tip) = placed[0], placed[-1]
            yield f'<path class="tip" d="M{end - 4:.1f} {tip - 8:.1f}L{end:.1f} {tip:.1f}l4 -8Z"/>'
            if keys:
                chips[x, y, keys] = None
        for x, y, keys in chips:
            width = _chip(keys)
            frame = f'x="{x - width / 2:.1f}" y="{y - 3:.1f}" width="{width:.1f}" height="{CHIP}" rx="{CHIP / 2}"'
            label = f'<text class="d" x="{x:.1f}" y="{y + 12.5:.1f}">{escape(keys)}</text>'
            yield f'<g class="chip"><rect {frame}/>{label}</g>'


def _chip(keys: str) -> float:
    return max(CHIP, text.width(keys, 13) + 18)


def _paths(picture: Picture, layout: Layout) -> Iterator[tuple[int, list[Point]]]:
    """Return each arrow's points: arrows with the same keys leave a box at the same place, side by side with others."""
    leaving: dict[str, list[int]] = defaultdict(list)
    entering: dict[str, list[int]] = defaultdict(list)
    arrows = picture.arrows
    for number, arrow in enumerate(arrows):
        leaving[arrow.source].append(number)
        entering[arrow.target].append(number)
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    for box, numbers in leaving.items():
        ahead = {n: layout.ways[n][0][0] if layout.ways[n] else layout.spots[arrows[n].target].x for n in numbers}
        labels: dict[str, list[int]] = defaultdict(list)
        for n in sorted(numbers, key=lambda n: ahead[n]):
            labels[" · ".join(arrows[n].keys)].append(n)
        order = sorted(labels, key=lambda each: sum(ahead[n] for n in labels[each]) / len(labels[each]))
        for x, label in zip(_ports(layout.spots[box].x, [_chip(each) for each in order]), order, strict=True):
            starts |= dict.fromkeys(labels[label], x)
    for box, numbers in entering.items():
        behind = {n: layout.ways[n][-1][0] if layout.ways[n] else layout.spots[arrows[n].source].x for n in numbers}
        order_in = sorted(numbers, key=lambda n: behind[n])
        ends |= dict(zip(order_in, _ports(layout.spots[box].x, [4.0] * len(order_in)), strict=True))
    for number, arrow in enumerate(arrows):
        source, target = layout.spots[arrow.source], layout.spots[arrow.target]
        yield (
            number,
            [
                (starts[number], source.bottom),
                (starts[number], source.floor),
                *layout.ways[number],
                (ends[number], target.y),
            ],
        )


def _ports(middle: float, widths: Sequence[float]) -> list[float]:
    """Return places around `middle` for things of these widths, side by side."""
    gap = 10.0
    x = middle - (sum(widths) + gap * (len(widths) - 1)) / 2
    places = []
    for each in widths:
        places.append(x + each / 2)
        x += each + gap
    return places


def _curve(points: Sequence[Point]) -> str:
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        if abs(x - to_x) < 1:
            parts.append(f"L{to_x:.1f} {to_y:.1f}")
        else:
            middle = (y + to_y) / 2
            parts.append(f"C{x:.1f} {middle + 8:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
    return "".join(parts)
