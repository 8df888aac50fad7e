"""What of a page belongs into a picture of it: charts, drawings and words, without its controls."""

from __future__ import annotations

from collections.abc import Collection

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.chart_drawing import POINTER, draw_chart
from rnnstudio.ui.widgets.labels import RichLabel
from rnnstudio.ui.widgets.rich_text import RichText, coloured_now

__all__ = [
    "CAPTION",
    "DRAWING",
    "POINTER",
    "cut_tables",
    "draw_page",
    "for_pictures",
    "page_frame",
]

CAPTION = "caption"
"""The property of a label, list, box or field whose text goes into pictures with the charts."""
DRAWING = "drawing"
"""The property of any other widget that is drawn into pictures as it stands on the page."""
Parts = Collection[QWidget]
_SCROLL_BARS = ("qt_scrollarea_hcontainer", "qt_scrollarea_vcontainer")
_CONTROLS = (QPushButton, QToolButton, QAbstractSlider, QAbstractSpinBox, QLineEdit)


def for_pictures(*widgets: QWidget) -> None:
    """Let the words of labels, and anything else as it stands, go into pictures."""
    for widget in widgets:
        widget.setProperty(CAPTION if isinstance(widget, QLabel) else DRAWING, True)


def page_frame(page: QWidget, left_out: Parts = ()) -> QRect:
    """The part of the page that charts, drawings and captions take, without what is left out."""
    frame = QRect()
    parts = (*_charts(page), *_captions(page), *_marked(page, DRAWING))
    for widget in parts:
        if not _is_left_out(widget, left_out):
            frame = frame.united(_drawn_place(widget, page, left_out))
    return frame


def cut_tables(page: QWidget, left_out: Parts = ()) -> list[QTableView]:
    """The tables among the page's drawings that show a part of their rows or columns alone."""
    return [
        each
        for each in _marked(page, DRAWING)
        if isinstance(each, QTableView) and not _is_left_out(each, left_out) and _is_cut(each)
    ]


def _is_cut(table: QTableView) -> bool:
    bars = table.verticalScrollBar(), table.horizontalScrollBar()
    return any(bar.maximum() > bar.minimum() for bar in bars)


def draw_page(painter: QPainter, page: QWidget, left_out: Parts = ()) -> None:
    """Draw the charts that ``page`` shows, its drawings and captions, in the page's own pixels."""
    drawings = [each for each in _marked(page, DRAWING) if not _is_left_out(each, left_out)]
    for widget in drawings:
        _draw_widget(painter, widget, _place(widget, page), left_out)
    for chart in _charts(page):
        if not _is_left_out(chart, left_out):
            painter.save()
            painter.translate(_place(chart, page).topLeft())
            draw_chart(painter, chart)
            painter.restore()
    for widget in _captions(page):
        if not _is_left_out(widget, left_out):
            _draw_caption(painter, widget, _place(widget, page))


def _charts(page: QWidget) -> list[pg.PlotWidget]:
    return [each for each in page.findChildren(pg.PlotWidget) if each.isVisibleTo(page)]


def _marked(page: QWidget, mark: str) -> list[QWidget]:
    """What on the page has that property, but for what stands over a diagram and goes with it."""
    widgets = (page, *page.findChildren(QWidget))
    return [
        each
        for each in widgets
        if each.property(mark)
        and each.isVisibleTo(page)
        and (each is page or not isinstance(each.parentWidget(), QGraphicsView))
    ]


def _captions(page: QWidget) -> list[QWidget]:
    return [each for each in _marked(page, CAPTION) if _caption(each)]


def _is_left_out(widget: QWidget, left_out: Parts) -> bool:
    return any(each is widget or each.isAncestorOf(widget) for each in left_out)


def _caption(widget: QWidget) -> str:
    """What is said by a label, by what is chosen or typed, or by a box that is checked."""
    match widget:
        case QLabel():
            return widget.text()
        case QComboBox():
            return widget.currentText()
        case QCheckBox():
            return widget.text() if widget.isChecked() else ""
        case QLineEdit() | QPushButton():
            return widget.text()
    return ""


def _place(widget: QWidget, page: QWidget) -> QRect:
    """Where the widget is on the page."""
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def _drawn_place(widget: QWidget, page: QWidget, left_out: Parts) -> QRect:
    """Where the widget is on the page; of a diagram that is seen whole the part with items."""
    place = _place(widget, page)
    if not isinstance(widget, QGraphicsView):
        return place
    to_view = widget.viewportTransform()
    drawn = to_view.mapRect(widget.scene().itemsBoundingRect()).toAlignedRect()
    for child in _shown_children(widget, left_out):
        if child.property(DRAWING):
            drawn = drawn.united(child.geometry())
    return drawn.translated(place.topLeft()).intersected(place)


def _draw_widget(painter: QPainter, widget: QWidget, place: QRect, left_out: Parts) -> None:
    """A diagram whole, however it is zoomed; of anything else all that is no control."""
    if isinstance(widget, QGraphicsView):
        _draw_diagram(painter, widget, place, left_out)
        return
    around = widget.parentWidget()
    scrolled = isinstance(around, QAbstractScrollArea) and not isinstance(around, QGraphicsView)
    flag = QWidget.RenderFlag
    flags = flag.DrawChildren if scrolled else flag(0)  # and not the ground of the page
    widget.render(painter, place.topLeft(), QRegion(), flags)
    for child in () if scrolled else _shown_children(widget, left_out):
        if not isinstance(child, _CONTROLS) and child.objectName() not in _SCROLL_BARS:
            _draw_widget(painter, child, child.geometry().translated(place.topLeft()), left_out)


def _shown_children(widget: QWidget, left_out: Parts) -> list[QWidget]:
    return [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and child.isVisibleTo(widget) and child not in left_out
    ]


def _draw_diagram(painter: QPainter, view: QGraphicsView, place: QRect, left_out: Parts) -> None:
    """All items of a scene and what stands over them, smaller where the view shows only a part."""
    whole = view.viewportTransform().mapRect(view.sceneRect())
    factor = min(1.0, place.width() / whole.width(), place.height() / whole.height())
    painter.save()
    painter.translate(place.topLeft())
    if factor < 1.0:
        painter.scale(factor, factor)
        painter.translate(-whole.topLeft())
    _draw_items(painter, view.scene(), whole)
    for child in _shown_children(view, left_out):
        if child.property(DRAWING):
            _draw_widget(painter, child, child.geometry(), left_out)
    painter.restore()


def _draw_items(painter: QPainter, scene: QGraphicsScene, place: QRectF) -> None:
    """All items anew: what some of them keep of themselves are pixels."""
    kept = {item: item.cacheMode() for item in scene.items()}
    for item in kept:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        scene.render(painter, place, scene.sceneRect())
    finally:
        for item, mode in kept.items():
            item.setCacheMode(mode)


def _draw_caption(painter: QPainter, widget: QWidget, place: QRect) -> None:
    painter.setFont(widget.font())
    painter.setPen(QColor(colours().ink))
    if isinstance(widget, RichLabel):
        font = widget.font()
        html = coloured_now(widget.text())
        text = RichText(html, font.pixelSize(), font, place.width())
        text.draw(painter, QPointF(place.topLeft()), QColor(colours().ink))
    else:
        middle = Qt.AlignmentFlag.AlignVCenter if isinstance(widget, QLineEdit | QPushButton) else 0
        painter.drawText(place, Qt.TextFlag.TextWordWrap | middle, _caption(widget))
