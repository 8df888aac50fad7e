"""Draws one chart of pyqtgraph: its inside in the picture's own units, cut to the chart's frame.

Left to Qt's painters a drawing would hold days and prices under scales of its own beside ticks in
pixels: readers differ in what they make of that, and curves run over the axes. All colours are
those that their roles have now, in whichever theme the chart was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from rnnstudio.ui.theme.tokens import colour_now, scaled
from rnnstudio.ui.widgets.chart_overlay import ChartOverlay
from rnnstudio.ui.widgets.curve_clipping import Points, clipped_area, clipped_line
from rnnstudio.ui.widgets.shapes import ShapesItem
from rnnstudio.ui.widgets.value_bar import hatch_lines

_HATCH = 7
"""Between two lines of what is hatched, in pixels beside text of its usual size."""
POINTER = "pointer"
"""What follows the mouse has this as its ``data(0)``: it belongs into no picture."""


def draw_chart(painter: QPainter, chart: pg.PlotWidget) -> None:
    """Axes, legend and words by Qt, the inside of the chart by this module."""
    view = chart.getPlotItem().vb
    inside = view.childGroup.childItems()
    drawn = [each for each in inside if _drawer(each) and each.isVisibleTo(view)]
    above = [each for each in chart.getPlotItem().childItems() if isinstance(each, ChartOverlay)]
    with _coloured_now(chart):
        for item in (*drawn, *above):
            item.setOpacity(0)  # hidden ones are struck out in the legend
        try:
            chart.render(painter, QRectF(chart.viewport().rect()), chart.viewport().rect())
        finally:
            for item in (*drawn, *above):
                item.setOpacity(1)
        for item in sorted(drawn, key=lambda each: each.zValue()):
            if (draw := _drawer(item)) and _data(item) != POINTER:
                draw(painter, item, view.mapRectToScene(view.boundingRect()))
    for overlay in above:
        painter.save()
        painter.translate(overlay.scenePos())
        overlay.paint(painter, QStyleOptionGraphicsItem())
        painter.restore()


@contextmanager
def _coloured_now(chart: pg.PlotWidget) -> Iterator[None]:
    """The chart in the colours that hold now; as it was made, afterwards."""
    undo: list[Callable[[], object]] = []
    ground = chart.backgroundBrush()
    chart.setBackgroundBrush(_brush_now(ground))
    undo.append(lambda: chart.setBackgroundBrush(ground))
    for item in chart.scene().items():
        if isinstance(item, pg.AxisItem):
            undo.append(_colour_axis(item))
        elif isinstance(item, pg.TextItem):
            undo.append(partial(item.setColor, item.color))
            item.setColor(_colour_now(pg.mkColor(item.color)))
        elif isinstance(item, pg.LegendItem) and item.labelTextColor() is not None:
            undo.append(partial(item.setLabelTextColor, item.labelTextColor()))
            item.setLabelTextColor(_colour_now(pg.mkColor(item.labelTextColor())))
        elif isinstance(getattr(item, "opts", None), dict):
            undo.append(partial(item.opts.update, dict(item.opts)))
            item.opts.update(_options_now(item.opts))
    try:
        yield
    finally:
        for step in reversed(undo):
            step()


def _colour_axis(axis: pg.AxisItem) -> Callable[[], None]:
    """Give an axis the colours of now; what gives it back those that it had."""
    before = axis.pen(), axis.textPen(), axis.tickPen(), dict(axis.labelStyle)

    def colour(line: QPen, text: QPen, ticks: QPen, style: dict[str, str]) -> None:
        axis.setPen(line)
        axis.setTextPen(text)
        axis.setTickPen(ticks)
        axis.setLabel(axis.labelText, **style)

    pens = [_pen_now(pen) for pen in before[:3]]
    style = {key: colour_now(value) for key, value in before[3].items()}
    colour(pens[0], pens[1], pens[2], style)
    return partial(colour, *before)


def _options_now(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those options of an item of pyqtgraph that are pens and brushes, in the colours of now."""
    changed: dict[str, Any] = {}
    for key in ("pen", "shadowPen"):
        if options.get(key) is not None:
            changed[key] = _pen_now(pg.mkPen(options[key]))
    for key in ("brush", "fillBrush"):
        if options.get(key) is not None:
            changed[key] = _brush_now(pg.mkBrush(options[key]))
    return changed


def _colour_now(painted: QColor) -> QColor:
    now = QColor(colour_now(painted.name()))
    now.setAlpha(painted.alpha())
    return now


def _pen_now(painted: QPen) -> QPen:
    now = QPen(painted)
    now.setColor(_colour_now(painted.color()))
    return now


def _brush_now(painted: QBrush) -> QBrush:
    now = QBrush(painted)
    now.setColor(_colour_now(painted.color()))
    return now


def _data(item: pg.GraphicsObject) -> object:
    """What Qt keeps with the item: dots have data of their own in the place of that method."""
    return QGraphicsItem.data(item, 0)


def _drawer(item: pg.GraphicsObject) -> _Draw | None:
    """What draws the item; None if it has no scale of its own and Qt can draw it."""
    return next((draw for kind, draw in _DRAWERS.items() if isinstance(item, kind)), None)


def _draw_curve(painter: QPainter, curve: pg.PlotCurveItem, frame: QRectF) -> None:
    if curve.opts["pen"] is None or curve.opts["pen"].style() == Qt.PenStyle.NoPen:
        return
    painter.setPen(_scaled(curve.opts["pen"]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for points in _polygons(curve, curve.getPath()):
        for part in clipped_line(points, *_edges(frame)):
            painter.drawPolyline(_polygon(part))


def _draw_data(painter: QPainter, data: pg.PlotDataItem, frame: QRectF) -> None:
    if data.curve.isVisible():
        _draw_curve(painter, data.curve, frame)


def _draw_area(painter: QPainter, area: pg.FillBetweenItem, frame: QRectF) -> None:
    _fill(painter, _brush_now(area.brush()), _polygons(area, area.path()), frame)


def _draw_region(painter: QPainter, region: pg.LinearRegionItem, frame: QRectF) -> None:
    view = region.getViewBox()
    first, last = (view.mapViewToScene(QPointF(at, 0)).x() for at in region.getRegion())
    _, top, _, bottom = _edges(frame)
    if region.brush.style() is Qt.BrushStyle.BDiagPattern:
        place = QRectF(QPointF(first, top), QPointF(last, bottom)).normalized() & frame
        painter.setPen(QPen(_colour_now(region.brush.color()), 1))
        painter.drawLines(hatch_lines(place, scaled(_HATCH)))
        return
    corners = np.array([[first, top], [last, top], [last, bottom], [first, bottom]])
    _fill(painter, _brush_now(region.brush), [corners], frame)


def _draw_line(painter: QPainter, line: pg.InfiniteLine, frame: QRectF) -> None:
    at = line.getViewBox().mapViewToScene(QPointF(*line.getPos()))
    left, top, right, bottom = _edges(frame)
    upright = line.angle == 90
    ends = [[at.x(), top], [at.x(), bottom]] if upright else [[left, at.y()], [right, at.y()]]
    painter.setPen(_scaled(_pen_now(line.pen)))
    for part in clipped_line(np.array(ends), left, top, right, bottom):
        painter.drawPolyline(_polygon(part))


def _draw_ticks(painter: QPainter, ticks: pg.VTickGroup, frame: QRectF) -> None:
    """Upright lines over the shares ``yrange`` of the frame's height, from its foot."""
    low, high = (frame.bottom() - share * frame.height() for share in ticks.yrange)
    painter.setPen(_scaled(_pen_now(pg.mkPen(ticks.pen))))
    for at in ticks.xvals:
        x = ticks.getViewBox().mapViewToScene(QPointF(float(at), 0)).x()
        if frame.left() <= x <= frame.right():
            painter.drawLine(QPointF(x, low), QPointF(x, high))


def _draw_image(painter: QPainter, image: pg.ImageItem, frame: QRectF) -> None:
    """A heat map number by number."""
    transform, (low, high) = image.sceneTransform(), image.getLevels()
    columns = image.image.shape[1]
    shares = ((image.image - low) / (high - low)).ravel()
    stops, painted = image.getColorMap().getStops("qcolor")
    ramp = pg.ColorMap(stops, [_colour_now(each) for each in painted])
    for place, colour in enumerate(ramp.map(shares, mode="qcolor")):
        row, column = divmod(place, columns)
        cell = transform.mapRect(QRectF(column, row, 1, 1))
        painter.fillRect(cell.intersected(frame), colour)


def _draw_bars(painter: QPainter, bars: pg.BarGraphItem, frame: QRectF) -> None:
    """Bars of which only middles, heights and one width are given, from zero on."""
    options, transform = bars.opts, bars.sceneTransform()
    middles, heights = np.asarray(options["x"], float), np.asarray(options["height"], float)
    half, fills = options["width"] / 2, options.get("brushes") or [options["brush"]] * len(middles)
    for middle, height, fill in zip(middles.tolist(), heights.tolist(), fills, strict=True):
        bar = transform.mapRect(QRectF(QPointF(middle - half, 0), QPointF(middle + half, height)))
        painter.fillRect(bar.normalized().intersected(frame), _brush_now(pg.mkBrush(fill)))


def _draw_dots(painter: QPainter, dots: pg.ScatterPlotItem, frame: QRectF) -> None:
    """Circles, as large as on the screen."""
    view = dots.getViewBox()
    for dot in dots.points():
        middle, radius = view.mapViewToScene(dot.pos()), dot.size() / 2
        if frame.contains(middle):
            painter.setPen(_scaled(_pen_now(dot.pen())))
            painter.setBrush(_brush_now(dot.brush()))
            painter.drawEllipse(middle, radius, radius)


def _draw_shapes(painter: QPainter, shapes: ShapesItem, frame: QRectF) -> None:
    for path, pen, brush in shapes.shapes():
        _fill(painter, _brush_now(brush), _polygons(shapes, path), frame)
        painter.setPen(_scaled(_pen_now(pen)))
        for points in _polygons(shapes, path):
            for part in clipped_line(points, *_edges(frame)):
                painter.drawPolyline(_polygon(part))


def _fill(painter: QPainter, brush: QBrush, areas: Iterable[Points], frame: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    for points in areas:
        inside = clipped_area(points, *_edges(frame))
        if len(inside) > 2:
            painter.drawPolygon(_polygon(inside))


_Draw = Callable[[QPainter, Any, QRectF], None]
_DRAWERS: Mapping[type, _Draw] = {
    pg.PlotDataItem: _draw_data,
    pg.PlotCurveItem: _draw_curve,
    pg.FillBetweenItem: _draw_area,
    pg.LinearRegionItem: _draw_region,
    pg.InfiniteLine: _draw_line,
    pg.ImageItem: _draw_image,
    pg.VTickGroup: _draw_ticks,
    pg.BarGraphItem: _draw_bars,
    pg.ScatterPlotItem: _draw_dots,
    ShapesItem: _draw_shapes,
}


def _scaled(pen: QPen) -> QPen:
    """The pen as wide as on the screen, however many pixels that takes."""
    scaled = QPen(pen)
    scaled.setCosmetic(False)
    return scaled


def _polygons(item: pg.GraphicsObject, path: pg.QtGui.QPainterPath) -> Iterator[Points]:
    """The connected parts of the item's path in the picture's units, (points, 2) each."""
    for polygon in path.toSubpathPolygons(item.sceneTransform()):
        yield pg.functions.ndarray_from_qpolygonf(polygon).copy()


def _polygon(points: Points) -> QPolygonF:
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(points[:, 0], points[:, 1])
    return polygon


def _edges(frame: QRectF) -> tuple[float, float, float, float]:
    return frame.left(), frame.top(), frame.right(), frame.bottom()
