"""Where the diagram's blocks stand and how its edges run: a layered layout; knows no Qt.

The usual four steps (Sugiyama): each block gets the layer after the last of its sources; an edge
over several layers gets a way point in each; the order within the layers is changed until few
edges cross; then each block moves as near to its neighbours as the order lets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
Point = tuple[float, float]
SWEEPS = 12


@dataclass(frozen=True)
class BoxSize:
    """A block's extent and the height, from its top, at which its edges arrive and leave."""

    width: float
    height: float
    anchor: float


@dataclass(frozen=True)
class Box:
    """Where a block stands."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height


@dataclass(frozen=True)
class Gaps:
    """Free space between two layers, between two blocks, and beside an edge that passes."""

    layer: float = 34
    block: float = 12
    passing: float = 8


@dataclass(frozen=True)
class DiagramLayout:
    """Each block's box, the points each edge runs through, and the extent of the whole."""

    boxes: dict[str, Box]
    routes: dict[Edge, tuple[Point, ...]]
    width: float
    height: float

    def mirrored(self) -> DiagramLayout:
        """The same, running from right to left."""
        boxes = {
            key: Box(self.width - box.right, box.y, box.width, box.height)
            for key, box in self.boxes.items()
        }
        routes = {
            edge: tuple((self.width - x, y) for x, y in route)
            for edge, route in self.routes.items()
        }
        return DiagramLayout(boxes, routes, self.width, self.height)


def arrange(
    sizes: Mapping[str, BoxSize],
    edges: Sequence[Edge],
    gaps: Gaps = Gaps(),
    *,
    together: Sequence[str] = (),
) -> DiagramLayout:
    """The layout of the blocks in ``sizes``, joined by ``edges`` that form no circle.

    The blocks ``together``, which lead nowhere, stand in the last layer that one of them needs.
    """
    layers = _layers(sizes, edges)
    layers |= dict.fromkeys(together, max((layers[name] for name in together), default=0))
    grid = _Grid(sizes, edges, layers, gaps)
    grid.order()
    return grid.place()


def _layers(names: Iterable[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The layer of each block: one more than the last of its sources'."""
    layers = dict.fromkeys(names, 0)
    for _ in layers:
        for source, target in edges:
            layers[target] = max(layers[target], layers[source] + 1)
    return layers


class _Grid:
    """Blocks and way points in layers, being ordered and placed."""

    def __init__(
        self,
        sizes: Mapping[str, BoxSize],
        edges: Sequence[Edge],
        layers: Mapping[str, int],
        gaps: Gaps,
    ) -> None:
        self.edges = edges
        self.gaps = gaps
        self.sizes = dict(sizes)
        self.layers: list[list[str]] = [[] for _ in range(max(layers.values()) + 1)]
        for name, layer in layers.items():
            self.layers[layer].append(name)
        self.chains = {edge: self._chain(edge, layers) for edge in edges}
        links = [link for chain in self.chains.values() for link in pairwise(chain)]
        self.sources: dict[str, list[str]] = {name: [] for name in self.sizes}
        self.targets: dict[str, list[str]] = {name: [] for name in self.sizes}
        for source, target in links:
            self.sources[target].append(source)
            self.targets[source].append(target)

    def _chain(self, edge: Edge, layers: Mapping[str, int]) -> tuple[str, ...]:
        """The edge's ends with a new way point in every layer between."""
        source, target = edge
        points = []
        for layer in range(layers[source] + 1, layers[target]):
            name = f"{source}>{target}@{layer}"
            self.sizes[name] = BoxSize(0, 0, 0)
            self.layers[layer].append(name)
            points.append(name)
        return (source, *points, target)

    def order(self) -> None:
        """Sort each layer by the middle of its neighbours, to and fro; keep the best order."""
        best = [list(layer) for layer in self.layers]
        fewest = self.crossings()
        for sweep in range(SWEEPS):
            forwards = sweep % 2 == 0
            for layer in self.layers[1:] if forwards else reversed(self.layers[:-1]):
                self._sort(layer, self.sources if forwards else self.targets)
            self._swap_neighbours()
            if self.crossings() < fewest:
                fewest = self.crossings()
                best = [list(layer) for layer in self.layers]
        self.layers = best

    def _sort(self, layer: list[str], neighbours: Mapping[str, list[str]]) -> None:
        places = self._places()
        before = {name: float(place) for place, name in enumerate(layer)}
        middle = {
            name: _mean([places[n] for n in neighbours[name]], before[name]) for name in layer
        }
        layer.sort(key=lambda name: (middle[name], before[name]))

    def _swap_neighbours(self) -> None:
        """Swap two that stand one above the other wherever fewer edges cross then."""
        for layer in self.layers:
            for place in range(len(layer) - 1):
                before = self.crossings()
                layer[place], layer[place + 1] = layer[place + 1], layer[place]
                if self.crossings() >= before:
                    layer[place], layer[place + 1] = layer[place + 1], layer[place]

    def _places(self) -> dict[str, int]:
        return {name: place for layer in self.layers for place, name in enumerate(layer)}

    def crossings(self) -> int:
        """How many pairs of edges cross between neighbouring layers."""
        places = self._places()
        count = 0
        for layer in self.layers[:-1]:
            links = [(places[s], places[t]) for s in layer for t in self.targets[s]]
            count += sum(
                (s1 - s2) * (t1 - t2) < 0
                for i, (s1, t1) in enumerate(links)
                for s2, t2 in links[:i]
            )
        return count

    def place(self) -> DiagramLayout:
        """Give every block its box and every edge its points."""
        lefts, widths = self._columns()
        tops = self._tops()
        boxes = {}
        for layer, left, width in zip(self.layers, lefts, widths, strict=True):
            for name in layer:
                size = self.sizes[name]
                x = left + (width - size.width) / 2
                boxes[name] = Box(x, tops[name], size.width or width, size.height)
                if not size.width:
                    boxes[name] = Box(left, tops[name], width, 0)
        highest = min(box.y for box in boxes.values())
        boxes = {n: Box(b.x, b.y - highest, b.width, b.height) for n, b in boxes.items()}
        routes = self._routes(boxes)
        blocks = {name: box for name, box in boxes.items() if "@" not in name}
        height = max(box.bottom for box in boxes.values())
        return DiagramLayout(blocks, routes, lefts[-1] + widths[-1], height)

    def _columns(self) -> tuple[list[float], list[float]]:
        widths = [max(self.sizes[name].width for name in layer) for layer in self.layers]
        lefts, left = [], 0.0
        for width in widths:
            lefts.append(left)
            left += width + self.gaps.layer
        return lefts, widths

    def _tops(self) -> dict[str, float]:
        """The top of each block: near its neighbours, in order, not overlapping."""
        tops = dict.fromkeys(self.sizes, 0.0)
        for sweep in range(SWEEPS):
            layers = self.layers if sweep % 2 == 0 else self.layers[::-1]
            for layer in layers:
                self._settle(layer, tops)
        return tops

    def _settle(self, layer: Sequence[str], tops: dict[str, float]) -> None:
        """Move a layer's blocks to where their edges run straightest."""
        wanted, offsets, offset = [], [], 0.0
        for upper, name in zip([None, *layer], layer, strict=False):
            if upper is not None:
                offset += self.sizes[upper].height + self._gap(upper, name)
            offsets.append(offset)
            ends = [
                tops[n] + self.sizes[n].anchor for n in (*self.sources[name], *self.targets[name])
            ]
            anchor = self.sizes[name].anchor
            wanted.append(_mean(ends, tops[name] + anchor) - anchor - offset)
        for name, place, offset in zip(layer, _increasing(wanted), offsets, strict=True):
            tops[name] = place + offset

    def _gap(self, upper: str, lower: str) -> float:
        passing = not self.sizes[upper].height or not self.sizes[lower].height
        return self.gaps.passing if passing else self.gaps.block

    def _routes(self, boxes: Mapping[str, Box]) -> dict[Edge, tuple[Point, ...]]:
        """Points of every edge: out at the right, through its way points, in at the left."""
        routes = {}
        for edge, chain in self.chains.items():
            points: list[Point] = []
            for name in chain:
                box, size = boxes[name], self.sizes[name]
                y = box.y + size.anchor
                points += [(box.x, y), (box.right, y)]
            routes[edge] = tuple(points[1:-1])
        return routes


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _increasing(wanted: Sequence[float]) -> list[float]:
    """The sequence nearest to ``wanted`` that never falls (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in wanted:
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            last, size = pools.pop()
            mean = (mean * count + last * size) / (count + size)
            count += size
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
