"""Boxes and arrows in layers from top to bottom (after Sugiyama): a place for each box, a path for each arrow.

No arrow leads upwards: `ivr.diagram.picture` has seen to that.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SIDE, DOWN = 28.0, 58.0  # between boxes of a layer, between layers
THIN = 12.0  # an arrow that passes through a layer
SWEEPS = 24
MAIN, PASSING = 8, 8  # how much more a box's first arrow, and one through a layer, want to be straight

Passing = tuple[int, str]  # an arrow on its way through a layer: its number, and the layer's
Item = str | Passing


@dataclass(frozen=True)
class Size:
    """Width and height, in pixels."""

    width: float
    height: float


@dataclass(frozen=True)
class Spot:
    """A box's place: the middle of its top, its size, and where its layer ends."""

    x: float
    y: float
    size: Size
    floor: float

    @property
    def bottom(self) -> float:
        """Where arrows leave."""
        return self.y + self.size.height


@dataclass(frozen=True)
class Layout:
    """Where everything is; each arrow's points between its ends, and the size of the whole."""

    spots: Mapping[str, Spot]
    ways: Sequence[Sequence[tuple[float, float]]]
    size: Size


def lay_out(sizes: Mapping[str, Size], arrows: Sequence[tuple[str, str]]) -> Layout:
    """Place boxes of these sizes, given in the order in which they are met, so that arrows are short and straight."""
    level = _levels(list(sizes), arrows)
    items: list[list[Item]] = [[] for _ in range(max(level.values()) + 1)]
    for box in sizes:
        items[level[box]].append(box)
    links: list[tuple[Item, Item]] = []
    chains: list[list[Item]] = []
    for number, (source, target) in enumerate(arrows):
        passing: list[Item] = [(number, str(between)) for between in range(level[source] + 1, level[target])]
        for offset, item in enumerate(passing, level[source] + 1):
            items[offset].append(item)
        chains.append([source, *passing, target])
        links += pairwise(chains[-1])
    _order(items, links)
    widths = {item: sizes[item].width if isinstance(item, str) else THIN for layer in items for item in layer}
    x = _across(items, links, widths, _main(chains))
    return _placed(items, chains, sizes, widths, x)


def _levels(boxes: Sequence[str], arrows: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return each box's layer: one below the lowest box that leads to it."""
    level = dict.fromkeys(boxes, 0)
    for _ in boxes:
        lower = {target for source, target in arrows if level[target] <= level[source]}
        if not lower:
            return level
        for source, target in arrows:
            level[target] = max(level[target], level[source] + 1)
    raise ValueError("arrows lead in a circle")


def _order(layers: list[list[Item]], links: Sequence[tuple[Item, Item]]) -> None:
    """Order each layer by the middle of its neighbours, up and down, and keep the order with the fewest crossings."""
    up, down = _neighbours(links)
    best = [layer[:] for layer in layers]
    for sweep in range(SWEEPS):
        neighbours = up if sweep % 2 == 0 else down
        for layer, before in pairwise(layers if sweep % 2 == 0 else layers[::-1]):
            rank = {item: place for place, item in enumerate(layer)}
            now = {item: place for place, item in enumerate(before)}
            middle = {
                item: _mean([float(rank[each]) for each in neighbours[item] if each in rank], float(now[item]))
                for item in before
            }
            before.sort(key=lambda item: middle[item])
        if _crossings(layers, links) < _crossings(best, links):
            best = [layer[:] for layer in layers]
    layers[:] = best


def _crossings(layers: list[list[Item]], links: Sequence[tuple[Item, Item]]) -> int:
    rank = {item: place for layer in layers for place, item in enumerate(layer)}
    row = {item: number for number, layer in enumerate(layers) for item in layer}
    by_row: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for source, target in links:
        by_row[row[source]].append((rank[source], rank[target]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0 for ends in by_row.values() for i, a in enumerate(ends) for b in ends[:i]
    )


def _main(chains: Sequence[Sequence[Item]]) -> list[tuple[Item, Item]]:
    """Return the links of each box's first arrow: they should be straight."""
    first: dict[Item, Sequence[Item]] = {}
    for chain in chains:
        first.setdefault(chain[0], chain)
    return [link for chain in first.values() for link in pairwise(chain)]


def _across(
    layers: list[list[Item]],
    links: Sequence[tuple[Item, Item]],
    widths: Mapping[Item, float],
    main: list[tuple[Item, Item]],
) -> dict[Item, float]:
    """Return where the middle of each item is: near the middle of its neighbours, never over another."""
    passing = [link for link in links if not isinstance(link[0], str) or not isinstance(link[1], str)]
    up, down = _neighbours([*links, *(main * MAIN), *(passing * PASSING)])
    x: dict[Item, float] = {}
    for layer in layers:
        x |= _apart(layer, dict.fromkeys(layer, (0.0, 1)), widths)
    for sweep in range(SWEEPS * 8):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            around = {item: (*up[item], *down[item]) for item in layer}
            if sweep < SWEEPS * 6:  # far moves first
                side = up if sweep % 2 == 0 else down
                around |= {item: tuple(side[item]) for item in layer if side[item]}
            wished = {item: (_mean([x[each] for each in around[item]], x[item]), len(around[item])) for item in layer}
            x |= _apart(layer, wished, widths)
    return x


def _apart(
    layer: Sequence[Item], wished: Mapping[Item, tuple[float, int]], widths: Mapping[Item, float]
) -> dict[Item, float]:
    """Return the places nearest to those wished, each with its weight, at which nothing overlaps.

    Pool adjacent violators: boxes that want to be in the same place share the mean of their wishes.
    """
    starts, offset = [], 0.0
    for before, item in zip([None, *layer], layer, strict=False):
        offset += (widths[before] + widths[item]) / 2 + SIDE if before is not None else 0.0
        starts.append(offset)
    pools: list[tuple[float, float, int]] = []  # sum, weight, items
    for item, start in zip(layer, starts, strict=True):
        wish, weight = wished[item]
        pool = ((wish - start) * weight, float(weight), 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            last = pools.pop()
            pool = (last[0] + pool[0], last[1] + pool[1], last[2] + pool[2])
        pools.append(pool)
    shifts = [total / weight for total, weight, count in pools for _ in range(count)]
    return {item: start + shift for item, start, shift in zip(layer, starts, shifts, strict=True)}


def _placed(
    layers: list[list[Item]],
    chains: Sequence[Sequence[Item]],
    sizes: Mapping[str, Size],
    widths: Mapping[Item, float],
    x: Mapping[Item, float],
) -> Layout:
    left = min(x[item] - widths[item] / 2 for item in x)
    right = max(x[item] + widths[item] / 2 for item in x)
    spots: dict[str, Spot] = {}
    reach: dict[Item, tuple[float, float]] = {}
    y = 0.0
    for layer in layers:
        height = max((sizes[item].height for item in layer if isinstance(item, str)), default=0.0)
        for item in layer:
            reach[item] = (y, y + height)
            if isinstance(item, str):
                spots[item] = Spot(x[item] - left, y, sizes[item], y + height)
        y += height + DOWN
    ways = [[(x[item] - left, end) for item in chain[1:-1] for end in reach[item]] for chain in chains]
    return Layout(spots, ways, Size(right - left, y - DOWN))


def _neighbours(links: Sequence[tuple[Item, Item]]) -> tuple[dict[Item, list[Item]], dict[Item, list[Item]]]:
    up, down = defaultdict[Item, list[Item]](list), defaultdict[Item, list[Item]](list)
    for source, target in links:
        down[source].append(target)
        up[target].append(source)
    return up, down


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
