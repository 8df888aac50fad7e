"""What of a cell's pass is joined with what: lanes, circles on the line, ways over the boxes."""

from __future__ import annotations

from rnnstudio.core.cells.table import Cell
from rnnstudio.ui.inspector.cell.cell_widths import Widths
from rnnstudio.ui.inspector.cell.circles import Circle, circles, leaves, summands, trunk
from rnnstudio.ui.inspector.cell.frames import increasing
from rnnstudio.ui.inspector.cell.places import CellPlaces

_APART, _BELOW_PILL = 46.0, 20.0


class Wiring:
    """What of one pass is joined with what, before anything has a height."""

    def __init__(self, cell: Cell, where: CellPlaces, widths: Widths, *, backward: bool) -> None:
        self.cell, self.where, self.widths, self.backward = cell, where, widths, backward
        self.rows = {row.name: row for row in cell.forward}
        self.old, self.new = f"{where.line}_prev", f"{where.line}_next"
        tree = circles(cell, self.rows[self.new])
        self._trunk = () if tree is None else trunk(tree, self.old)
        self.parts = {
            name: summands(cell, self.rows[name]) for name in where.inner if name in self.rows
        }
        self.lanes = self._lanes()
        self.over = any(self._goes_over(name) for name in self.parts)
        self.below_line = bool(self._trunk) and bool(where.inner)
        self.middles = {name: x + widths.box / 2 for name, x in widths.inner.items()}
        self.line_circles = self._places_on_line()

    @property
    def depth(self) -> float:
        """How far down the lanes below the first one reach."""
        return self.lane_offset(len(self.lanes) - 1) if self.lanes else 0.0

    def _lanes(self) -> tuple[str, ...]:
        """What reaches the boxes of the row, or the line, from below."""
        off_line = [leaf for circle in self._trunk for part in circle.parts for leaf in leaves(part)
                    if self.old not in leaves(part)]  # fmt: skip
        others = [leaf for state in self.cell.states if state != self.where.line
                  for leaf in self._leaves_of(f"{state}_next")]  # fmt: skip
        read = {leaf for parts in self.parts.values() for part in parts for leaf in leaves(part)}
        read |= {*off_line, *others}
        return tuple(name for name in (*self.where.stacks, *self.where.left) if name in read)

    def _leaves_of(self, name: str) -> tuple[str, ...]:
        tree = circles(self.cell, self.rows[name])
        return () if tree is None else leaves(tree)

    def lane_offset(self, number: int) -> float:
        """How far below the first lane that one is."""
        if number <= 0:
            return 0.0
        return (_BELOW_PILL if self.where.stacks else 12.0) + 12.0 * (number - 1)

    def _goes_over(self, name: str) -> bool:
        """Whether the box reads another box of the row from above."""
        read = [leaf for part in self.parts[name] for leaf in leaves(part)]
        return any(leaf in self.where.inner for leaf in read)

    def _places_on_line(self) -> tuple[tuple[Circle, float], ...]:
        """The line's circles and where they stand: above what they take in, functions last."""
        w = self.widths
        last = len(self._trunk)
        while last and self._trunk[last - 1].function:
            last -= 1
        ends = [w.tail - 20 - 64 * number for number in range(len(self._trunk) - last)][::-1]
        low, high = w.ends
        if ends and not self.where.on_line:
            high = min(high, ends[0] - 64)
        wanted = []
        for number, circle in enumerate(self._trunk[:last], start=1):
            taken = [leaf for part in circle.parts if self.old not in leaves(part)
                     for leaf in leaves(part)]  # fmt: skip
            middles = [self.middles[leaf] for leaf in taken if leaf in self.middles]
            even = low + (high - low) * number / (last + 1)
            wanted.append(sum(middles) / len(middles) if middles else even)
        placed = [*increasing(wanted, _APART, low, high), *ends]
        return tuple(zip(self._trunk, placed, strict=True))

    def inputs_of(self, name: str) -> tuple[str, ...]:
        """The values with a box that the row ``name`` reads."""
        return tuple(each for each in self.rows[name].inputs if each in self.where.boxes)
