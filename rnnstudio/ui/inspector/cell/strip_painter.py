"""How one cell of the unrolled strip is drawn: its states, its link, the weights it shares."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from rnnstudio.core.cells.notation import symbol
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.heat import paint_heat
from rnnstudio.ui.widgets.rich_text import RichText

LINK = 40.0
LABEL, STRIP, GLOW, PADDING = 18.0, 15.0, 20.0, 4.0
_LEAVING, _ARRIVED = 0.3, 0.62
"""Where on the link a message is drawn: the fraction of the way."""


def step_height(state: InspectorState) -> float:
    """The height of a cell: a label, a strip for each value handed on, the weights."""
    return LABEL + len(state.handed) * (STRIP + PADDING) + PADDING + GLOW


def paint_step(painter: QPainter, state: InspectorState, time: int, rect: QRectF) -> None:
    """The cell of one step and the arrows to the next one of the pass."""
    current = time == state.cursor.time
    painter.setPen(QPen(QColor(colours().you if current else colours().muted), 3 if current else 1))
    painter.setBrush(QColor(colours().you_soft if current else colours().panel))
    painter.drawRoundedRect(rect, 6, 6)
    painter.setPen(QColor(colours().ink))
    line = QRectF(rect.x(), rect.y() + 1, rect.width(), LABEL)
    labels = state.scene.labels
    text = labels[time] if labels else f"t = {time + 1}"
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
    top = line.bottom() + PADDING / 2
    for name in state.handed:
        strip = QRectF(rect.x() + PADDING, top, rect.width() - 2 * PADDING, STRIP)
        _paint_value(painter, state, name, time, strip)
        _paint_link(painter, state, name, time, strip)
        top += STRIP + PADDING


def paint_glow(painter: QPainter, weights: RichText, rect: QRectF) -> None:
    """The weights that the current operation reads: the same ones in every cell."""
    place = QRectF(rect.x() + 3, rect.bottom() - GLOW + 1, rect.width() - 6, GLOW - 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().you_soft))
    painter.drawRoundedRect(place, 5, 5)
    if weights.width <= place.width() - 2:
        corner = place.center() - QPointF(weights.width / 2, weights.height / 2)
        weights.draw(painter, corner, QColor(colours().ink))
        return
    painter.setPen(QColor(colours().ink))
    right = Qt.TextElideMode.ElideRight
    text = painter.fontMetrics().elidedText(weights.text, right, round(place.width() - 4))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def paint_overview(painter: QPainter, state: InspectorState, image: QImage, rect: QRectF) -> None:
    """The whole sequence as one line of colours, the current step framed."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.drawImage(rect, image)
    painter.setPen(QPen(QColor(colours().muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    pitch = rect.width() / state.steps
    now = QRectF(rect.x() + state.cursor.time * pitch, rect.y(), pitch, rect.height())
    painter.setPen(QPen(QColor(colours().ink), 2))
    painter.drawRect(now.adjusted(-1, -1, 1, 1))


def _paint_value(
    painter: QPainter, state: InspectorState, name: str, time: int, strip: QRectF
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if not state.known(name, time):
        painter.setPen(QPen(QColor(colours().outline), 1, Qt.PenStyle.DotLine))
        painter.drawRect(strip)
        return
    array = state.trace.values(time, backward=state.backward)[name]
    paint_heat(painter, strip, array[:, [state.example]].T, state.scales.limit(name))
    painter.setPen(QPen(QColor(colours().muted), 1))
    painter.drawRect(strip)


def _paint_link(
    painter: QPainter, state: InspectorState, name: str, time: int, strip: QRectF
) -> None:
    """The arrow on which the value leaves for the next cell of the pass."""
    way = travelled(state, name, time)
    known = state.known(name, time)
    colour = QColor(colours().you if way else colours().muted if known else colours().outline)
    towards = -1 if state.backward else 1
    y = strip.center().y()
    start = (strip.left() - PADDING) if state.backward else (strip.right() + PADDING)
    tip = QPointF(start + towards * (LINK - 2), y)
    painter.setPen(QPen(colour, 3 if way else 1.4))
    painter.drawLine(QPointF(start, y), tip - QPointF(towards * 5, 0))
    painter.setPen(QPen(colour, 1))
    painter.setBrush(colour)
    back = QPointF(towards * 7, 4)
    painter.drawPolygon(QPolygonF([tip, tip - back, tip - QPointF(back.x(), -back.y())]))
    if way:
        _paint_message(painter, state, name, QPointF(start + towards * LINK * way, y))


def travelled(state: InspectorState, name: str, time: int) -> float:
    """The fraction of its way to the next cell that the value has come; 0 when it does not travel.

    It leaves when its row is computed and has arrived when the next step begins.
    """
    if time == state.cursor.time and state.known(name, time):
        return _LEAVING
    before = state.cursor.time + (1 if state.backward else -1)
    return _ARRIVED if time == before else 0.0


def _paint_message(painter: QPainter, state: InspectorState, name: str, middle: QPointF) -> None:
    """The value on its way: a pill with its letter."""
    written = symbol(name, state.cursor.notation)
    pill = QRectF(middle.x() - 12, middle.y() - 8.5, 24, 17)
    painter.setPen(QPen(QColor(colours().you), 1.5))
    painter.setBrush(QColor(colours().you))
    painter.drawRoundedRect(pill, 8, 8)
    painter.setPen(QColor(colours().on_you))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, f"{written.before}{written.base}")
