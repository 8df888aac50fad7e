"""Reads a drawing of charts back: tick labels, the grid lines beside them, and the curves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect

Points = npt.NDArray[np.float64]
LETTER = 7.8
"""About the width of a digit in a label, in pixels."""
BASELINE = 5
"""About as far below its grid line a label's letters stand."""


@dataclass(frozen=True, eq=False)
class Line:
    """A line through ``points`` (points, 2), in pixels, as ``strong`` as its colour is opaque."""

    points: Points
    strong: float


@dataclass(frozen=True, eq=False)
class Drawing:
    """All lines and all texts with their places, in the drawing's own pixels."""

    lines: tuple[Line, ...]
    texts: tuple[tuple[str, float, float], ...]

    def scaled(self, chart: QRect, numbers: Points, days: Mapping[str, float]) -> Points:
        """Where ``numbers`` (points, 2) are by the labels and grid lines of the chart alone.

        ``days`` are the numbers of those labels on its x axis that are no numbers themselves.
        """
        return np.stack([self.axis(chart, axis, days)(numbers[:, axis]) for axis in (0, 1)], axis=1)

    def lines_in(self, chart: QRect) -> list[Points]:
        """The lines of more than two points inside the chart."""
        return [
            each.points
            for each in self.lines
            if len(each.points) > 2 and chart.contains(*each.points.mean(axis=0).astype(int))
        ]

    def axis(
        self,
        chart: QRect,
        axis: int,
        days: Mapping[str, float],
        scale: Callable[[float], float] = float,
        grid_below: float = 0.9,
    ) -> np.poly1d:
        """Where numbers are along an axis, after ``scale``, by its labels and grid lines alone.

        A grid line is less strong than ``grid_below``; an axis, and the line at zero, are not.
        """
        found = {}
        for text, x, y in self.texts:
            number = days.get(text) if axis == 0 and days else _number(text)
            below = y > chart.bottom() - 60
            if number is None or not chart.contains(int(x), int(y)) or (axis == 0) != below:
                continue
            if axis == 1 and x > chart.center().x():  # at the end of a line
                continue
            place = x + LETTER / 2 * len(text) if axis == 0 else y - BASELINE
            found[scale(number)] = self._grid_line(chart, axis, place, grid_below)
        values, pixels = np.array(list(found)), np.array(list(found.values()))
        assert len(values) >= 2, f"fewer than two labels along axis {axis}"
        fitted = np.poly1d(np.polyfit(values, pixels, 1))
        np.testing.assert_allclose(fitted(values), pixels, atol=0.05)
        return fitted

    def _grid_line(self, chart: QRect, axis: int, place: float, below: float) -> float:
        """The line that is nearest to ``place``, of those that go as far as most."""
        straight = [
            each
            for each in self.lines
            if len(each.points) == 2
            and np.ptp(each.points[:, axis]) < 1e-3
            and np.ptp(each.points[:, 1 - axis]) > 50
            and chart.contains(*each.points.mean(axis=0).astype(int))
            and each.strong < below
        ]
        ends = [tuple(np.sort(each.points[:, 1 - axis]).round(1)) for each in straight]
        usual, _ = Counter(ends).most_common(1)[0]
        grid = [
            float(each.points[0, axis])
            for each, own in zip(straight, ends, strict=True)
            if own == usual
        ]
        return min(grid, key=lambda each: abs(each - place))


def read_drawing(path: Path) -> Drawing:
    """Read an SVG file as Qt writes it: groups with a matrix, one in the other nowhere."""
    lines: list[Line] = []
    texts: list[tuple[str, float, float]] = []
    for group in ElementTree.parse(path).iter(  # noqa: S314 - we wrote it
        "{http://www.w3.org/2000/svg}g"
    ):
        matrix = np.array(_numbers(group.get("transform", "1 0 0 1 0 0"))).reshape(3, 2)
        strong = float(group.get("stroke-opacity", "1"))
        for part in group:
            kind = part.tag.rpartition("}")[2]
            if kind == "polyline":
                points = np.array(_numbers(part.get("points", ""))).reshape(-1, 2)
                lines.append(Line(points @ matrix[:2] + matrix[2], strong))
            elif (written := part.get("aria-label")) is not None:
                place = np.array(_numbers(part.get("transform", "")))
                x, y = (place @ matrix[:2] + matrix[2]).tolist()
                texts.append((written.strip(), x, y))
    return Drawing(tuple(lines), tuple(texts))


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def _numbers(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", text)]
