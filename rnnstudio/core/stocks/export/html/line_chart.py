"""A line chart as inline SVG, drawn in the page's own colours.

A drawing is 720 units wide; the page's style sheet gives the colours by the kind of a line, and
larger letters where the page is narrow. Every path keeps points of the data, none in between.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.export.html.axis_scale import Scale, Tick, fitting, number_ticks
from rnnstudio.core.stocks.export.html.markup import Html, element
from rnnstudio.core.stocks.export.html.thinning import stretches, thinned_points

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 84, 706, 36, 240
"""The frame of the curves."""
LONGEST_LABEL = 40


@dataclass(frozen=True, eq=False)
class ChartLine:
    """A curve through ``x`` and ``y`` (points,); where ``y`` is no number it has a gap.

    ``kind`` is its class in the style sheet.
    """

    name: Message
    kind: str
    x: FloatArray
    y: FloatArray


@dataclass(frozen=True, eq=False)
class Band:
    """The room between ``low`` and ``high`` (points,); none where one of them has no end."""

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


def figure(chart: Chart) -> Html:
    """The drawing with its title, its legend and its caption."""
    heading = element("p", chart.title, class_="title")
    caption = element("figcaption", chart.caption)
    return element("figure", heading, _legend(chart), draw(chart), caption)


def draw(chart: Chart) -> Html:
    """The drawing; whoever cannot see it is told the same in words."""
    x, y = _scales(chart)
    title, told = f"{chart.place}-title", f"{chart.place}-told"
    return element(
        "svg",
        element("title", chart.title, id=title),
        element("desc", chart.alternative, id=told),
        *(_span(span, x) for span in chart.spans),
        _number_axis(chart, y),
        _x_axis(chart, x),
        *(_band(band, x, y) for band in chart.bands),
        *(_line(line, x, y) for line in chart.lines),
        class_="chart",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_labelledby=f"{title} {told}",
    )


def _scales(chart: Chart) -> tuple[Scale, Scale]:
    """Those of x, from end to end, and of y, with room above and below."""
    ends = [end for span in chart.spans for end in (span.start, span.stop)]
    across = np.concatenate([*(line.x for line in chart.lines), ends])
    low, high = float(across.min()), float(across.max())
    if low == high:
        low, high = low - 0.5, high + 0.5
    bounds = [edge[_bounded(band)] for band in chart.bands for edge in (band.low, band.high)]
    up = np.concatenate([*(line.y for line in chart.lines), *bounds])
    return Scale(low, high, LEFT, RIGHT), fitting(up, BOTTOM, TOP, chart.logarithmic)


def _number_axis(chart: Chart, y: Scale) -> Html:
    parts = [_text(_shortened(chart.y_label), 4, TOP - 16, "start")]
    for tick in number_ticks(y):
        at = y.place(tick.at)
        kind = "grid zero" if tick.at == 0 else "grid"
        parts += [
            element("path", class_=kind, d=f"M{LEFT} {at:.2f}H{RIGHT}"),
            _text(tick.label, LEFT - 8, at, "end", dy=".32em"),
        ]
    return element("g", *parts, class_="axis y")


def _x_axis(chart: Chart, x: Scale) -> Html:
    parts = [
        element("path", class_="frame", d=f"M{LEFT} {BOTTOM}H{RIGHT}"),
        _text(_shortened(chart.x_label), RIGHT, BOTTOM + 50, "end"),
    ]
    for tick in chart.x_ticks:
        at = x.place(tick.at)
        near_end = at > RIGHT - (RIGHT - LEFT) / 12
        parts += [
            element("path", class_="frame", d=f"M{at:.2f} {BOTTOM}v6"),
            _text(tick.label, at, BOTTOM + 24, "end" if near_end else "middle"),
        ]
    return element("g", *parts, class_="axis x")


def _line(line: ChartLine, x: Scale, y: Scale) -> Html:
    parts = []
    for stretch in stretches(np.isfinite(line.y)):
        across, up = line.x[stretch], line.y[stretch]
        rows = thinned_points(up)
        parts.append(_path(x.places(across[rows]), y.places(up[rows])))
    return element("path", class_=f"line {line.kind}", d="".join(parts))


def _band(band: Band, x: Scale, y: Scale) -> Html:
    parts = []
    for stretch in stretches(_bounded(band)):
        across, low, high = (each[stretch] for each in (band.x, band.low, band.high))
        above, below = thinned_points(high), thinned_points(low)[::-1]
        places = np.concatenate([across[above], across[below]])
        parts.append(_path(x.places(places), y.places(np.concatenate([high[above], low[below]]))))
    return element("path", class_=f"band {band.kind}", d="Z".join([*parts, ""]))


def _span(span: ChartSpan, x: Scale) -> Html:
    start, stop = x.place(span.start), x.place(span.stop)
    return element(
        "rect",
        class_=f"span {span.kind}",
        x=f"{start:.2f}",
        y=TOP,
        width=f"{stop - start:.2f}",
        height=BOTTOM - TOP,
    )


def _bounded(band: Band) -> npt.NDArray[np.bool_]:
    return np.isfinite(band.low) & np.isfinite(band.high)


def _path(across: FloatArray, up: FloatArray) -> str:
    """A line through the places; a single one becomes a dot."""
    points = [f"{one:.2f} {other:.2f}" for one, other in zip(across, up, strict=True)]
    return f"M{'L'.join(points)}" + ("h0" if len(points) == 1 else "")


def _legend(chart: Chart) -> Html:
    keys = [
        *(
            (line.name, element("path", class_=f"line {line.kind}", d="M1 6H29"))
            for line in chart.lines
        ),
        *((band.name, _block(f"band {band.kind}")) for band in chart.bands),
        *((span.name, _block(f"span {span.kind}")) for span in chart.spans),
    ]
    entries = []
    for name, drawing in {language.text(name): drawing for name, drawing in keys}.items():
        key = element("svg", drawing, class_="key", viewBox="0 0 30 12", aria_hidden="true")
        entries.append(element("li", key, " ", name))
    return element("ul", *entries, class_="legend")


def _block(kind: str) -> Html:
    return element("rect", class_=kind, x=1, y=1, width=28, height=10)


def _text(text: str, x: float, y: float, anchor: str, **more: str) -> Html:
    return element("text", text, x=f"{x:.2f}", y=f"{y:.2f}", text_anchor=anchor, **more)


def _shortened(label: Message | str) -> str:
    text = language.text(label) if isinstance(label, Message) else label
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
