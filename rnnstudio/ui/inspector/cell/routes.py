"""The circles and edges of a cell's drawing, read off its table; knows no Qt.

Each edge is found as the forward pass goes; the backward pass goes along the same ways back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rnnstudio.ui.inspector.cell.circles import Circle, Tree, circles, leaves
from rnnstudio.ui.inspector.cell.connections import (
    HALF_LINE,
    RADIUS,
    WORD,
    CirclePlace,
    Connections,
    Route,
    straight,
)
from rnnstudio.ui.inspector.cell.frames import Frame, Point
from rnnstudio.ui.inspector.cell.wiring import Wiring

_ASIDE, _PORT, _BESIDE_COLUMN, _BELOW = 40.0, 16.0, 9.0, 30.0


def routes(
    wiring: Wiring, frames: Mapping[str, Frame], heights: Mapping[str, float]
) -> tuple[tuple[CirclePlace, ...], tuple[Route, ...]]:
    """All circles and edges between the frames; ``heights`` are those of line and lanes."""
    way = _Way(wiring, frames, heights)
    way.draw()
    return tuple(way.circles), tuple(way.edges)


class _Way(Connections):
    """Finds all circles and edges between frames."""

    def __init__(
        self, wiring: Wiring, frames: Mapping[str, Frame], heights: Mapping[str, float]
    ) -> None:
        super().__init__(wiring)
        self.frames, self.heights, self.widths = frames, heights, wiring.widths
        self.line, self.sub = heights["line"], heights["sub"]

    def draw(self) -> None:
        """Find everything."""
        self._draw_line()
        for name in self.where.stacks:
            for source in self.wiring.inputs_of(name):
                self._into_stack(source, name)
        for name, parts in self.wiring.parts.items():
            self._into_box(name, parts)
        for state in self.cell.states:
            if state != self.where.line:
                self._tail(f"{state}_next")
        if self.wiring.backward:
            self._extras()
        else:
            self._predictions()

    # The line along the top

    def _draw_line(self) -> None:
        old, new = self.wiring.old, self.wiring.new
        first, last = self.frames[old], self.frames[new]
        stations = [(x, WORD if c.function else RADIUS, "") for c, x in self.wiring.line_circles]
        for name in self.where.on_line:
            frame = self.frames[name]
            stations.append((frame.middle[0], frame.width / 2, name))
        stations.sort()
        ends = [(first.right, 0.0, old), *stations, (last.x, 0.0, new)]
        values = self._line_values(stations)
        backward = self.wiring.backward
        for (start, end), value in zip(pairwise(ends), values, strict=True):
            left, right = start[0] + start[1], end[0] - end[1]
            points: tuple[Point, ...] = ((left, self.line), (right, self.line))
            head = start is ends[0] if backward else end is ends[-1]
            points = points[::-1] if backward else points
            into = frozenset({value})
            self.edges.append(Route(old, points, (value,), into, line=True, head=head))
        for number, (circle, x) in enumerate(self.wiring.line_circles):
            self.circle(circle, x, self.line, new, "" if number else old)
            self._hang(circle, x, new)

    def _line_values(self, stations: Sequence[tuple[float, float, str]]) -> list[str]:
        """The value that each stretch of the line carries, from left to right."""
        old, new = self.wiring.old, self.wiring.new
        if not self.wiring.backward:
            return ([old] if stations else []) + [new] * max(len(stations), 1)
        values, now = [], self.where.shown[new]
        boxes = [name for _, _, name in stations if name]
        for _, _, name in reversed(stations):
            values.append(now)
            if name:
                now = name
                boxes.remove(name)
            elif boxes:
                now = boxes[-1]
        values.append(self.where.shown[old])
        return values[::-1]

    def _hang(self, circle: Circle, x: float, row: str) -> None:
        """What a circle of the line takes in from below."""
        parts = [part for part in circle.parts if self.wiring.old not in leaves(part)]
        middle = (len(parts) - 1) / 2
        for number, part in enumerate(parts):
            at = x + _ASIDE * (number - middle)
            if self._is_given(part):
                if self.wiring.backward:
                    continue
                self._outside(row, x - _ASIDE, self.line + 2 * RADIUS)
                points = [(x - _ASIDE + RADIUS, self.line + 2 * RADIUS), (x - 9, self.line + 11)]
                self.between(circle, row, points)
            elif isinstance(part, str):
                self._rise(part, x, self.line + RADIUS, row)
            else:
                self.circle(part, at, self.sub, row)
                top = self.line + RADIUS - abs(at - x) / 4
                self.between(part, row, [(at, self.sub - RADIUS), (at, top)])
                for child in part.parts:
                    self._aside(child, at, row)

    def _is_given(self, part: Tree) -> bool:
        """Whether it is a value that is given to each step and stands nowhere."""
        return isinstance(part, str) and part not in self.where.boxes

    def _outside(self, row: str, x: float, y: float) -> None:
        """A circle for what a row is given from outside of all that is drawn."""
        self.circles.append(CirclePlace("…", x, y, (row,), row))

    def _aside(self, tree: Tree, x: float, row: str) -> None:
        """What a circle below the line takes in from its sides."""
        if isinstance(tree, str):
            self._rise(tree, x, self.sub + RADIUS, row, aside=True)
            return
        middles = [self.wiring.middles[name] for name in leaves(tree)
                   if name in self.wiring.middles]  # fmt: skip
        target = sum(middles) / len(middles) if middles else x - 2 * _ASIDE
        at = (x + target) / 2 if abs(target - x) > 80 else x - 60
        side = 1 if x > at else -1
        half = WORD if tree.function else RADIUS
        self.circle(tree, at, self.sub, row)
        self.between(tree, row, [(at + side * half, self.sub), (x - side * RADIUS, self.sub)])
        for child in tree.parts:
            self._aside(child, at, row)

    def _rise(self, name: str, x: float, y: float, row: str, *, aside: bool = False) -> None:
        """An edge from a box of the row, or from a lane below it, up to a circle at (x, y)."""
        middle = self.wiring.middles.get(name)
        if middle is not None:
            top = self.frames[name].y
            points = [(middle, top), (middle, self.sub), (x, self.sub), (x, y)]
            if aside and abs(middle - x) >= RADIUS:
                edge = x - RADIUS if middle < x else x + RADIUS
                points = [(middle, top), (middle, self.sub), (edge, self.sub)]
            elif abs(middle - x) < 1 or aside:
                points = [(middle, top), (middle, y)]
            self.add(name, row, points)
        elif name in self.wiring.lanes:
            self.add(name, row, [*self._from_lane(name, x), (x, y)])
        elif name == self.wiring.new:
            self.add(name, row, [(x, self.line + HALF_LINE), (x, y)], needs=row)

    # The lanes below the row of boxes

    def _lane(self, name: str) -> float:
        return self.heights["feed"] + self.wiring.lane_offset(self.wiring.lanes.index(name))

    def _from_lane(self, name: str, x: float) -> list[Point]:
        """From where the value is along its lane to below ``x``."""
        frame, y = self.frames[name], self._lane(name)
        if name in self.where.stacks:
            return [(frame.right, y), (x, y)]
        return [*self._to_lane(name, y, 1 + self.wiring.lanes.index(name)), (x, y)]

    def _to_lane(self, name: str, y: float, number: int) -> list[Point]:
        """Out of a box at the left to the height of a lane."""
        frame = self.frames[name]
        if frame.y + 6 <= y <= frame.bottom - 6:
            return [(frame.right, y)]
        out = frame.bottom - 14 if name == self.wiring.old else frame.middle[1]
        x = frame.right + _BESIDE_COLUMN * number
        return [(frame.right, out), (x, out), (x, y)]

    def _into_stack(self, source: str, stack: str) -> None:
        pill = self.frames[stack]
        y = pill.middle[1]
        number = 2 if source == self.wiring.old else 1
        self.add(source, stack, [*self._to_lane(source, y, number), (pill.x, y)])

    # The row of boxes

    def _into_box(self, name: str, parts: Sequence[Tree]) -> None:
        frame, lanes = self.frames[name], self.wiring.lanes
        below = [part for part in parts if isinstance(part, str) and part in lanes]
        for number, source in enumerate(below):
            x = frame.middle[0] + _PORT * (number - (len(below) - 1) / 2)
            points = [*self._from_lane(source, x), (x, frame.bottom)]
            self.add(source, name, points, ends=True, needs=name)
        if not self.wiring.backward and any(self._is_given(part) for part in parts):
            self._outside(name, frame.right - 16, frame.bottom + RADIUS + 1)
        self._join(name, [part for part in parts if isinstance(part, Circle)])
        for part in parts:
            if not isinstance(part, str) or part in lanes:
                continue
            if part == self.wiring.new:
                x = frame.x + 24
                points = [(x, self.line + HALF_LINE), (x, frame.y)]
                self.add(part, name, points, ends=True, needs=name)
            else:
                self._over(part, frame.middle[0] - 30, frame.y, name, ends=True)

    def _join(self, row: str, joined: Sequence[Circle]) -> None:
        """The circles before a box of the row, below each other, each below those it takes in."""
        frame = self.frames[row]
        nested = [[part for part in each.parts if isinstance(part, Circle)] for each in joined]
        count = sum(map(len, nested)) + len(joined)
        x, y = frame.x - 26, frame.middle[1] - _BELOW * (count - 1) / 2
        for circle, inside in zip(joined, nested, strict=True):
            for part in inside:
                self.circle(part, x, y, row)
                self.between(part, row, [(x, y + RADIUS), (x, y + _BELOW - RADIUS)])
                for leaf in leaves(part):
                    self._over(leaf, x, y - RADIUS, row)
                y += _BELOW
            self._before(circle, x, y, row)
            y += _BELOW

    def _before(self, circle: Circle, x: float, y: float, row: str) -> None:
        """A circle before a box of the row, and the values that meet in it."""
        frame = self.frames[row]
        self.circle(circle, x, y, row)
        out = min(max(y, frame.y + 6), frame.bottom - 6)
        self.between(circle, row, [(x + RADIUS, y), (x + RADIUS + 4, y), (frame.x, out)])
        self.edges[-1] = _with_head(self.edges[-1], head=not self.wiring.backward)
        before = self.where.inner[self.where.inner.index(row) - 1]
        for part in circle.parts:
            if part == before and self.frames[before].right < x:
                from_y = min(max(y, self.frames[before].y + 6), self.frames[before].bottom - 6)
                right = self.frames[before].right
                self.add(before, row, [(right, from_y), (x - RADIUS, y)])
            elif isinstance(part, str):
                self._over(part, x, y - RADIUS, row)

    def _over(self, name: str, x: float, y: float, row: str, *, ends: bool = False) -> None:
        """An edge over the row of boxes down to (x, y), or up to it from a lane."""
        middle = self.wiring.middles.get(name)
        if middle is not None:
            over = self.heights["over"]
            points = [(middle, self.frames[name].y), (middle, over), (x, over), (x, y)]
            self.add(name, row, points, ends=ends)
        elif name in self.wiring.lanes:
            self.add(name, row, [*self._from_lane(name, x), (x, y + 2 * RADIUS)])
        elif name in self.frames:
            frame = self.frames[name]
            out = frame.middle[1]
            over = self.heights["over"]
            points = [(frame.x, out), (frame.x - 12, out), (frame.x - 12, over), (x, over), (x, y)]
            self.add(name, row, points, ends=ends, needs=row)

    # What leads to a state beside the line, and to the prediction

    def _tail(self, name: str) -> None:
        tree, frame, x = (
            circles(self.cell, self.wiring.rows[name]),
            self.frames[name],
            self.widths.tail,
        )
        y = self._tail_height(frame)
        if isinstance(tree, Circle):
            half = WORD if tree.function else RADIUS
            self.circle(tree, x, y, name)
            self._reach(name, [(x + half, y), (frame.x, y)])
            joined = [part for part in tree.parts if isinstance(part, Circle)]
            for number, circle in enumerate(joined):
                self._above_tail(circle, number, x, y, name)
            for part in tree.parts:
                if isinstance(part, str):
                    self._into_tail(part, x, y, name)
        elif tree is not None:
            self._into_tail(tree, frame.x + RADIUS, y, name)

    def _tail_height(self, frame: Frame) -> float:
        """On the middle of the row of boxes where the state's own box lets it."""
        middle = self.frames[self.where.inner[-1]].middle[1] if self.where.inner else 0.0
        return min(max(middle, frame.y + RADIUS), frame.bottom - RADIUS)

    def _reach(self, name: str, points: Sequence[Point]) -> None:
        """An edge from a state's circle into its box; back it brings what the box was handed."""
        if not self.wiring.backward:
            self.add(name, name, points, starts=False, ends=True)
            return
        shown = self.where.shown[name]
        route = Route(name, straight(points)[::-1], (shown,), frozenset({shown}), head=False)
        self.edges.append(route)

    def _above_tail(self, part: Circle, number: int, x: float, y: float, row: str) -> None:
        """A circle between the line and that of a state, further ones to the left of it."""
        at = x - _ASIDE * number
        high = self.sub if number else (self.line + y) / 2
        half = 13.0 if part.function else RADIUS
        self.circle(part, at, high, row)
        bend = max(high + half, y - 2 * RADIUS)
        self.between(part, row, [(at, high + half), (at, bend), (x, bend), (x, y - RADIUS)])
        for leaf in leaves(part):
            self._into_tail(leaf, at, high, row, half=half)

    def _into_tail(self, name: str, x: float, y: float, row: str, half: float = RADIUS) -> None:
        if name == self.wiring.new:
            self.add(name, row, [(x, self.line + HALF_LINE), (x, y - half)], needs=row)
        elif name in self.where.inner:
            frame = self.frames[name]
            if name == self.where.inner[-1]:
                out = min(max(y, frame.y + 8), frame.bottom - 8)
                bend = (frame.right + x - RADIUS) / 2
                points = [(frame.right, out), (bend, out), (bend, y), (x - RADIUS, y)]
                self.add(name, row, points)
            else:
                over, bend = self.heights["over"], x - RADIUS - 14
                points = [(frame.middle[0], frame.y), (frame.middle[0], over), (bend, over)]
                self.add(name, row, [*points, (bend, y), (x - RADIUS, y)])
        elif name in self.wiring.lanes:
            self.add(name, row, [*self._from_lane(name, x), (x, y + half)])

    def _predictions(self) -> None:
        for row in self.cell.prediction:
            for name in self.wiring.inputs_of(row.name):
                source, target = self.frames[name], self.frames[row.name]
                x = source.middle[0]
                points = [(x, source.bottom), (x, target.y)]
                self.add(name, row.name, points, ends=True, needs=row.name)

    def _extras(self) -> None:
        """What only the backward pass has in the row of boxes goes up to the line."""
        values = {shown: place for place, shown in self.where.shown.items()}
        ends = [x for circle, x in self.wiring.line_circles if circle.function]
        for name in self.where.inner:
            if name in self.wiring.parts:
                continue
            for row in self.cell.backward:
                if name not in row.inputs or values.get(row.name) not in self.where.on_line:
                    continue
                middle = self.wiring.middles[name]
                to = ends[-1] if ends else self.frames[row.name].middle[0]
                bottom = self.line + 13 if ends else self.frames[row.name].bottom
                top = self.frames[name].y
                points = [(middle, top), (middle, top - 14), (to, top - 14), (to, bottom)]
                into = frozenset({row.name})
                self.edges.append(Route(name, straight(points), (name,), into, head=False))


def _with_head(route: Route, *, head: bool) -> Route:
    return Route(route.source, route.points, route.needs, route.into, route.line, head)
