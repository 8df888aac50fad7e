"""A line chart as inline SVG, drawn in the page's own colours.

A drawing is 720 units wide; the page's style sheet gives the colours by the kind of a line, and
larger letters where the page is narrow. Every path keeps points of the data, none in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.export.html.axis_scale import Scale, Tick, fitting, number_ticks
from rnnstudio.core.stocks.export.html.page import filled
from rnnstudio.core.stocks.export.html.thinning import stretches, thinned_points

LEFT, RIGHT, TOP, BOTTOM = 84, 706, 36, 240
"""The frame of the curves."""
LONGEST_LABEL = 40


@dataclass(frozen=True, eq=False)
class ChartLine:
    """A curve through ``x`` and ``y`` (points,); where ``y`` is not a number it has a gap.

    ``kind`` is its class in the style sheet.
    """

    name: Message
    kind: str
    x: FloatArray
    y: FloatArray


@dataclass(frozen=True, eq=False)
class Band:
    """The band between ``low`` and ``high`` (points,); left out where one of them is not finite."""

    name: Message
    kind: str
    x: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class ChartSpan:
    """A stretch of the x axis, shaded."""

    name: Message
    kind: str
    start: float
    stop: float


@dataclass(frozen=True, eq=False)
class Chart:
    """What a drawing shows; ``place`` is its name in the page, ``alternative`` the same in words.

    ``x_ticks`` name the x axis; ``logarithmic`` is the y axis' wish.
    """

    place: str
    title: Message
    alternative: Message
    caption: Message
    x_label: Message
    y_label: Message | str
    x_ticks: list[Tick]
    lines: tuple[ChartLine, ...]
    bands: tuple[Band, ...] = ()
    spans: tuple[ChartSpan, ...] = ()
    logarithmic: bool = False


@dataclass(frozen=True)
class PlacedChart:
    """A chart with every part of it at its place on the drawing.

    ``legend`` has names, classes, and which are lines. ``spans`` are classes, places and widths,
    ``y_ticks`` heights, labels and classes, ``x_ticks`` places, labels and which part of a label
    stands there, ``paths`` classes and points.
    """

    chart: Chart
    legend: list[tuple[str, str, bool]]
    spans: list[tuple[str, float, float]]
    x_label: str
    y_label: str
    x_ticks: list[tuple[float, str, str]]
    y_ticks: list[tuple[float, str, str]]
    paths: list[tuple[str, str]]
    edges: ClassVar = (LEFT, RIGHT, TOP, BOTTOM)
    template: ClassVar = "figure.html"


def figure(chart: Chart) -> PlacedChart:
    """The drawing with its title, its legend and its caption."""
    x, y = _scales(chart)
    return PlacedChart(
        chart,
        _legend(chart),
        [
            (span.kind, x.place(span.start), x.place(span.stop) - x.place(span.start))
            for span in chart.spans
        ],
        _shortened(chart.x_label),
        _shortened(chart.y_label),
        [_x_tick(tick, x) for tick in chart.x_ticks],
        [
            (y.place(tick.at), tick.label, "grid zero" if tick.at == 0 else "grid")
            for tick in number_ticks(y)
        ],
        [
            *((f"band {band.kind}", _band(band, x, y)) for band in chart.bands),
            *((f"line {line.kind}", _line(line, x, y)) for line in chart.lines),
        ],
    )


def draw(chart: Chart) -> str:
    """The drawing alone; its alternative text says the same in words."""
    return filled("chart.html", block=figure(chart))


def _scales(chart: Chart) -> tuple[Scale, Scale]:
    """Those of x, from end to end, and of y, with space above and below."""
    ends = [end for span in chart.spans for end in (span.start, span.stop)]
    across = np.concatenate([*(line.x for line in chart.lines), ends])
    low, high = float(across.min()), float(across.max())
    if low == high:
        low, high = low - 0.5, high + 0.5
    bounds = [edge[_bounded(band)] for band in chart.bands for edge in (band.low, band.high)]
    up = np.concatenate([*(line.y for line in chart.lines), *bounds])
    return Scale(low, high, LEFT, RIGHT), fitting(up, BOTTOM, TOP, chart.logarithmic)


def _x_tick(tick: Tick, x: Scale) -> tuple[float, str, str]:
    at = x.place(tick.at)
    near_end = at > RIGHT - (RIGHT - LEFT) / 12
    return at, tick.label, "end" if near_end else "middle"


def _line(line: ChartLine, x: Scale, y: Scale) -> str:
    parts = []
    for stretch in stretches(np.isfinite(line.y)):
        across, up = line.x[stretch], line.y[stretch]
        rows = thinned_points(up)
        parts.append(_path(x.places(across[rows]), y.places(up[rows])))
    return "".join(parts)


def _band(band: Band, x: Scale, y: Scale) -> str:
    parts = []
    for stretch in stretches(_bounded(band)):
        across, low, high = (each[stretch] for each in (band.x, band.low, band.high))
        above, below = thinned_points(high), thinned_points(low)[::-1]
        places = np.concatenate([across[above], across[below]])
        parts.append(_path(x.places(places), y.places(np.concatenate([high[above], low[below]]))))
    return "Z".join([*parts, ""])


def _bounded(band: Band) -> npt.NDArray[np.bool_]:
    return np.isfinite(band.low) & np.isfinite(band.high)


def _path(across: FloatArray, up: FloatArray) -> str:
    """A line through the places; a single one becomes a dot."""
    points = [f"{one:.2f} {other:.2f}" for one, other in zip(across, up, strict=True)]
    return f"M{'L'.join(points)}" + ("h0" if len(points) == 1 else "")


def _legend(chart: Chart) -> list[tuple[str, str, bool]]:
    """Each name once; of several parts with one name the last."""
    keys = [
        *((line.name, f"line {line.kind}", True) for line in chart.lines),
        *((band.name, f"band {band.kind}", False) for band in chart.bands),
        *((span.name, f"span {span.kind}", False) for span in chart.spans),
    ]
    found = {language.text(name): (kind, is_line) for name, kind, is_line in keys}
    return [(name, kind, is_line) for name, (kind, is_line) in found.items()]


def _shortened(label: Message | str) -> str:
    text = language.shown(label)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
