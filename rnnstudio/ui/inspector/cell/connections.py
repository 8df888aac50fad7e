"""Circles and edges as they are found: each as the pass goes, forward or back along the same way.

Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rnnstudio.ui.inspector.cell.circles import Circle, Tree, leaves
from rnnstudio.ui.inspector.cell.frames import Point
from rnnstudio.ui.inspector.cell.wiring import Wiring

RADIUS, WORD = 14.0, 24.0
"""Half the width of a circle, and of one that is a word such as tanh."""
HALF_LINE = 6.0
"""Half the width of the state's line."""


@dataclass(frozen=True)
class CirclePlace:
    """A circle at (x, y): it is drawn whole once one of the values ``needs`` is known."""

    sign: str
    x: float
    y: float
    needs: tuple[str, ...]
    row: str
    word: bool = False


@dataclass(frozen=True)
class Route:
    """An edge through ``points``, whole once one of the values ``needs`` is known.

    ``into`` are the values that are computed of what it brings. ``line``: it is a stretch of the
    state's line. ``head``: it ends in an arrow head.
    """

    source: str
    points: tuple[Point, ...]
    needs: tuple[str, ...]
    into: frozenset[str]
    line: bool = False
    head: bool = True


class Connections:
    """The circles and edges of one pass that were found so far."""

    def __init__(self, wiring: Wiring) -> None:
        self.wiring, self.cell, self.where = wiring, wiring.cell, wiring.where
        self.circles: list[CirclePlace] = []
        self.edges: list[Route] = []

    def shown(self, place: str) -> str | None:
        """The value at a place; None if there is none in this pass."""
        return self.where.shown.get(place)

    def add(
        self,
        source: str,
        row: str,
        points: Sequence[Point],
        *,
        starts: bool = True,
        ends: bool = False,
        needs: str = "",
    ) -> None:
        """An edge of the forward pass from ``source`` into what ``row`` computes.

        ``starts`` and ``ends``: there is a box, or the line, at that end.
        """
        points = straight(points)
        if not self.wiring.backward:
            into = frozenset({row, *self._readers(row)})
            self.edges.append(Route(source, points, (needs or source,), into, head=ends))
            return
        shown = self.shown(source)
        if shown is None:
            return
        route = Route(source, points[::-1], (shown,), frozenset({shown}), head=starts)
        self.edges.append(route)

    def _readers(self, row: str) -> tuple[str, ...]:
        """What reads a stack: what leads into it leads into them."""
        if row not in self.where.stacks:
            return ()
        return tuple(each.name for each in self.cell.forward if row in each.inputs)

    def between(self, tree: Tree, row: str, points: Sequence[Point]) -> None:
        """An edge from one circle to another, or to the row's own box."""
        points = straight(points)
        if not self.wiring.backward:
            self.edges.append(Route(row, points, (row,), frozenset({row}), head=False))
            return
        needs = tuple(name for leaf in leaves(tree) if (name := self.shown(leaf)))
        route = Route(leaves(tree)[0], points[::-1], needs, frozenset(needs), head=False)
        self.edges.append(route)

    def circle(self, circle: Circle, x: float, y: float, row: str, needs: str = "") -> None:
        """A circle of what ``row`` computes, whole once ``needs`` is known, else the row."""
        names: tuple[str, ...] = (needs or row,)
        if self.wiring.backward:
            names = tuple(name for leaf in leaves(circle) if (name := self.shown(leaf)))
        place = CirclePlace(circle.sign, x, y, names, row, circle.function)
        self.circles.append(place)


def straight(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without those that repeat the one before."""
    kept: list[Point] = []
    for point in points:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > 0.5:
            kept.append(point)
    return tuple(kept)
