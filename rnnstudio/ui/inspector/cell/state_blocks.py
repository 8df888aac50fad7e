"""How a node and what stands beside it share one block of the diagram; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping

from rnnstudio.ui.inspector.cell.diagram_layout import (
    Box,
    BoxSize,
    DiagramLayout,
    Edge,
    Gaps,
    Point,
    arrange,
)
from rnnstudio.ui.inspector.cell.graph import Graph, Node, NodeKind

NODE_WIDTH, NODE_HEIGHT = 84.0, 49.0
ARRIVING_WIDTH = 66.0
SLIM_WIDTH, SUM_WIDTH, SLIM_HEIGHT = 82.0, 50.0, 27.0
CHIP_HEIGHT, CHIP_GAP, DROP = 22.0, 5.0, 9.0
REACH = 12.0
"""Length of the short edges within a slim block."""
MARGIN = 6.0
_GAPS = Gaps(layer=26, block=10, passing=7)
_VIEW = 640.0, 480.0
"""The space there is on a small screen: of two ways to draw, the one that needs less of it wins."""


def place(graph: Graph, widths: Mapping[str, float], *, backward: bool) -> DiagramLayout:
    """Lay the graph out, from right to left in the backward pass.

    ``widths`` gives the width of each node's symbol. Values beside a row stand below it; beside
    the gradient of a parameter they stand before it and its running sum after it.
    """
    blocks = {
        node.key: _Block(graph, node, widths) for node in graph.nodes.values() if node.owner is None
    }
    edges = [(s, t) for s, t in graph.edges if s in blocks and t in blocks]
    sizes = {key: block.size for key, block in blocks.items()}
    gradients = [key for key, block in blocks.items() if block.slim]
    layout = min(
        (arrange(sizes, edges, _GAPS, together=names) for names in ((), gradients)), key=_room
    )
    whole = _unpacked(graph, blocks, layout, edges)
    return whole.mirrored() if backward else whole


def _room(layout: DiagramLayout) -> float:
    """The fraction of a small screen that the layout needs."""
    return max(layout.width / _VIEW[0], layout.height / _VIEW[1])


def _unpacked(
    graph: Graph, blocks: Mapping[str, _Block], layout: DiagramLayout, edges: list[Edge]
) -> DiagramLayout:
    """The nodes of the blocks and all edges, those within a block too."""
    boxes: dict[str, Box] = {}
    for key, block in blocks.items():
        boxes |= block.inside(layout.boxes[key])
    routes = _attached(layout, edges, boxes)
    for source, target in graph.edges:
        if (source, target) not in routes:
            routes[source, target] = _short(boxes[source], boxes[target])
    return DiagramLayout(boxes, routes, layout.width, layout.height)


class _Block:
    """One node with the nodes that stand beside it, in a frame of their own."""

    def __init__(self, graph: Graph, node: Node, widths: Mapping[str, float]) -> None:
        self.key = node.key
        beside = graph.beside(node.key)
        self.chips = [n for n in beside if n.kind is NodeKind.BESIDE]
        self.sums = [n for n in beside if n.kind is NodeKind.SUM]
        self.chip_widths = {n.key: widths[n.key] + 10 for n in self.chips}
        self.slim = node.kind is NodeKind.GRADIENT
        if self.slim:
            self.body_width = max(SLIM_WIDTH, widths[node.key] + 46)
            self.before = max(46.0, *self.chip_widths.values()) if self.chips else 46.0
            self.sum_width = max([SUM_WIDTH, *(widths[n.key] + 36 for n in self.sums)])
            width = self.before + REACH + self.body_width + REACH + 8 + self.sum_width
            self.size = BoxSize(width, SLIM_HEIGHT, SLIM_HEIGHT / 2)
        else:
            base = ARRIVING_WIDTH if node.kind is NodeKind.ARRIVING else NODE_WIDTH
            self.body_width = max(base, widths[node.key] + 14)
            self.lines = self._wrapped()
            below = len(self.lines) * (CHIP_HEIGHT + CHIP_GAP) - CHIP_GAP + DROP
            height = NODE_HEIGHT + (below if self.lines else 0)
            self.size = BoxSize(self._width(), height, NODE_HEIGHT / 2)

    def _width(self) -> float:
        return max([self.body_width, *(self._line_width(line) for line in self.lines)])

    def _line_width(self, line: list[Node]) -> float:
        return sum(self.chip_widths[n.key] for n in line) + CHIP_GAP * (len(line) - 1)

    def _wrapped(self) -> list[list[Node]]:
        """The chips in lines about as wide as the body."""
        lines: list[list[Node]] = []
        for chip in self.chips:
            if lines and self._line_width([*lines[-1], chip]) <= self.body_width + 30:
                lines[-1].append(chip)
            else:
                lines.append([chip])
        return lines

    def inside(self, box: Box) -> dict[str, Box]:
        """The boxes of all its nodes when the block stands at ``box``."""
        return self._slim_inside(box) if self.slim else self._tall_inside(box)

    def _tall_inside(self, box: Box) -> dict[str, Box]:
        left = box.x + (box.width - self.body_width) / 2
        boxes = {self.key: Box(left, box.y, self.body_width, NODE_HEIGHT)}
        middles = [box.x + box.width / 2]
        y = box.y + NODE_HEIGHT + DROP
        for line in self.lines:
            x = sum(middles) / len(middles) - self._line_width(line) / 2
            placed = []
            for chip in line:
                width = self.chip_widths[chip.key]
                boxes[chip.key] = Box(x, y, width, CHIP_HEIGHT)
                placed.append(boxes[chip.key])
                x += width + CHIP_GAP
            # The next line stands below a gap, so that its edges go up between these.
            middles = [placed[0].right + CHIP_GAP / 2] if len(placed) > 1 else middles
            y += CHIP_HEIGHT + CHIP_GAP
        return boxes

    def _slim_inside(self, box: Box) -> dict[str, Box]:
        left = box.x + self.before + REACH
        boxes = {self.key: Box(left, box.y, self.body_width, SLIM_HEIGHT)}
        for chip in self.chips:
            width = self.chip_widths[chip.key]
            boxes[chip.key] = Box(box.x + self.before - width, box.y, width, CHIP_HEIGHT - 3)
        for total in self.sums:
            x = left + self.body_width + REACH + 8
            boxes[total.key] = Box(x, box.y, self.sum_width, SLIM_HEIGHT)
        return boxes


def _attached(
    layout: DiagramLayout, edges: list[Edge], boxes: Mapping[str, Box]
) -> dict[Edge, tuple[Point, ...]]:
    """The routes with their ends on the nodes' frames, spread so that no two end in one point."""
    arrivals: dict[str, list[Edge]] = {}
    for edge in edges:
        arrivals.setdefault(edge[1], []).append(edge)
    routes = {}
    for target, arriving in arrivals.items():
        arriving.sort(key=lambda edge: layout.routes[edge][-2][1])
        box = boxes[target]
        for place, edge in enumerate(arriving, start=1):
            y = box.y + box.height * place / (len(arriving) + 1)
            if box.height == SLIM_HEIGHT:
                y = box.y + box.height * 0.8  # the chip before it takes the upper part
            source = boxes[edge[0]]
            start = (source.right, source.y + source.height / 2)
            routes[edge] = (start, *layout.routes[edge][1:-1], (box.x, y))
    return routes


def _short(source: Box, target: Box) -> tuple[Point, ...]:
    """An edge within a block: up from below, or from left to right."""
    if source.y >= target.bottom:
        x = source.x + source.width / 2
        x = min(max(x, target.x + 8), target.right - 8)
        return (source.x + source.width / 2, source.y), (x, target.bottom)
    y = min(source.y + source.height / 2, target.y + target.height / 2)
    return (source.right, y), (target.x, y)
