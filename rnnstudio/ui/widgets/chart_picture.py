"""Charts as pictures and drawings in files: as they stand on a page, without its controls.

What is in a chart is drawn in the picture's own units and cut to the chart's frame here. Left to
Qt's painters a drawing would hold days and prices under scales of its own beside ticks in pixels:
readers differ in what they make of that, and curves run over the axes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QBrush, QColor, QImage, QImageWriter, QPainter, QPen, QPolygonF, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QLabel,
    QStyleOptionGraphicsItem,
    QWidget,
)

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.chart_overlay import ChartOverlay
from rnnstudio.ui.widgets.curve_clipping import Points, clipped_area, clipped_line
from rnnstudio.ui.widgets.labels import RichLabel
from rnnstudio.ui.widgets.rich_text import RichText
from rnnstudio.ui.widgets.shapes import ShapesItem

SHARPNESS = 2
"""Pixels of a picture to one of the screen, each way."""
CAPTION = "caption"
"""The property of a label, list or box whose text goes into pictures with the charts."""
DRAWING = "drawing"
"""The property of any other widget that is drawn into pictures as it stands on the page."""
POINTER = "pointer"
"""What follows the mouse has this as its ``data(0)``: it belongs into no picture."""


def write_png(path: Path, page: QWidget, note: str = "") -> None:
    """Write the charts that ``page`` shows, with a line below them if there is a ``note``.

    Raises UserError when they cannot be written.
    """
    image = QImage(picture_size(page, note) * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_picture(painter, page, note)
    buffer = _buffer()
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise AssertionError("Qt always writes PNG")
    write_atomically(path, bytes(buffer.data().data()))


def write_svg(path: Path, page: QWidget, note: str = "") -> None:
    """Write the charts that ``page`` shows as lines and letters, in pixels of the screen.

    Raises UserError when they cannot be written.
    """
    size, buffer, generator = picture_size(page, note), _buffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setResolution(page.logicalDpiX())  # of another one the axes would be drawn smaller
    with QPainter(generator) as painter:
        draw_picture(painter, page, note)
    write_atomically(path, bytes(buffer.data().data()))


def _charts(page: QWidget) -> list[pg.PlotWidget]:
    return [each for each in page.findChildren(pg.PlotWidget) if each.isVisibleTo(page)]


def _marked(page: QWidget, mark: str) -> list[QWidget]:
    widgets = (page, *page.findChildren(QWidget))
    return [each for each in widgets if each.property(mark) and each.isVisibleTo(page)]


def _captions(page: QWidget) -> list[QWidget]:
    return [each for each in _marked(page, CAPTION) if _caption(each)]


def _caption(widget: QWidget) -> str:
    """What is said by a label, by what is chosen in a list, or by a box that is checked."""
    match widget:
        case QLabel():
            return widget.text()
        case QComboBox():
            return widget.currentText()
        case QCheckBox():
            return widget.text() if widget.isChecked() else ""
    return ""


def _place(widget: QWidget, page: QWidget) -> QRect:
    """Where the widget is on the page."""
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def _frame(page: QWidget) -> QRect:
    """The part of the page that charts and captions take."""
    frame = QRect()
    for widget in (*_charts(page), *_captions(page), *_marked(page, DRAWING)):
        frame = frame.united(_place(widget, page))
    return frame


def picture_size(page: QWidget, note: str = "") -> QSize:
    """The size of the picture in pixels of the screen."""
    below = 2 * page.fontMetrics().height() if note else 0
    return _frame(page).size() + QSize(0, below)


def draw_picture(painter: QPainter, page: QWidget, note: str = "") -> None:
    """Draw the charts that ``page`` shows, its drawings and captions, and the note below them."""
    frame, whole = _frame(page), QRect(QPoint(0, 0), picture_size(page, note))
    painter.fillRect(whole, QColor(colours().panel))
    for widget in _marked(page, DRAWING):
        _draw_widget(painter, widget, _place(widget, page).translated(-frame.topLeft()))
    for chart in _charts(page):
        painter.save()
        painter.translate(_place(chart, page).topLeft() - frame.topLeft())
        _draw_chart(painter, chart)
        painter.restore()
    for widget in _captions(page):
        _draw_caption(painter, widget, _place(widget, page).translated(-frame.topLeft()))
    painter.setFont(page.font())
    painter.setPen(QColor(colours().bad))
    painter.drawText(whole, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, note)


def _draw_widget(painter: QPainter, widget: QWidget, place: QRect) -> None:
    """A diagram whole, however it is zoomed; anything else as it stands there."""
    if isinstance(widget, QGraphicsView):
        _draw_diagram(painter, widget.scene(), place)
    else:
        children = QWidget.RenderFlag.DrawChildren  # and not the ground of the page
        widget.render(painter, place.topLeft(), QRegion(), children)


def _draw_diagram(painter: QPainter, scene: QGraphicsScene, place: QRect) -> None:
    """All items of a scene anew: what some of them keep of themselves are pixels."""
    kept = {item: item.cacheMode() for item in scene.items()}
    for item in kept:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        scene.render(painter, QRectF(place), scene.sceneRect())
    finally:
        for item, mode in kept.items():
            item.setCacheMode(mode)


def _draw_caption(painter: QPainter, widget: QWidget, place: QRect) -> None:
    painter.setFont(widget.font())
    painter.setPen(QColor(colours().ink))
    if isinstance(widget, RichLabel):
        font = widget.font()
        text = RichText(widget.text(), font.pixelSize(), font, place.width())
        text.draw(painter, QPointF(place.topLeft()), QColor(colours().ink))
    else:
        painter.drawText(place, Qt.TextFlag.TextWordWrap, _caption(widget))


def _draw_chart(painter: QPainter, chart: pg.PlotWidget) -> None:
    """Axes, legend and words by Qt, the inside of the chart by this module."""
    view = chart.getPlotItem().vb
    inside = view.childGroup.childItems()
    drawn = [each for each in inside if _drawer(each) and each.isVisibleTo(view)]
    above = [each for each in chart.getPlotItem().childItems() if isinstance(each, ChartOverlay)]
    for item in (*drawn, *above):
        item.setOpacity(0)  # hidden ones are struck out in the legend
    try:
        chart.render(painter, QRectF(chart.viewport().rect()), chart.viewport().rect())
    finally:
        for item in (*drawn, *above):
            item.setOpacity(1)
    for item in sorted(drawn, key=lambda each: each.zValue()):
        if (draw := _drawer(item)) and item.data(0) != POINTER:
            draw(painter, item, view.mapRectToScene(view.boundingRect()))
    for overlay in above:
        painter.save()
        painter.translate(overlay.scenePos())
        overlay.paint(painter, QStyleOptionGraphicsItem())
        painter.restore()


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
    _fill(painter, area.brush(), _polygons(area, area.path()), frame)


def _draw_region(painter: QPainter, region: pg.LinearRegionItem, frame: QRectF) -> None:
    view = region.getViewBox()
    first, last = (view.mapViewToScene(QPointF(at, 0)).x() for at in region.getRegion())
    _, top, _, bottom = _edges(frame)
    corners = np.array([[first, top], [last, top], [last, bottom], [first, bottom]])
    _fill(painter, region.brush, [corners], frame)


def _draw_line(painter: QPainter, line: pg.InfiniteLine, frame: QRectF) -> None:
    at = line.getViewBox().mapViewToScene(QPointF(*line.getPos()))
    left, top, right, bottom = _edges(frame)
    upright = line.angle == 90
    ends = [[at.x(), top], [at.x(), bottom]] if upright else [[left, at.y()], [right, at.y()]]
    painter.setPen(_scaled(line.pen))
    for part in clipped_line(np.array(ends), left, top, right, bottom):
        painter.drawPolyline(_polygon(part))


def _draw_image(painter: QPainter, image: pg.ImageItem, frame: QRectF) -> None:
    """A heat map number by number."""
    transform, (low, high) = image.sceneTransform(), image.getLevels()
    columns = image.image.shape[1]
    shares = ((image.image - low) / (high - low)).ravel()
    for place, colour in enumerate(image.getColorMap().map(shares, mode="qcolor")):
        row, column = divmod(place, columns)
        cell = transform.mapRect(QRectF(column, row, 1, 1))
        painter.fillRect(cell.intersected(frame), colour)


def _draw_shapes(painter: QPainter, shapes: ShapesItem, frame: QRectF) -> None:
    for path, pen, brush in shapes.shapes():
        _fill(painter, brush, _polygons(shapes, path), frame)
        painter.setPen(_scaled(pen))
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


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
