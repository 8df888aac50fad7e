"""The numbers in a box: rows with a level or a bar, colours, a letter, or what covers them."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from rnnstudio.ui.inspector.cell.box_content import BoxContent, RowContent
from rnnstudio.ui.inspector.cell.box_heat import paint_heat_cells
from rnnstudio.ui.inspector.cell.drawing import (
    LABEL,
    TEXT,
    drawing_font,
    drawing_pen,
    ink,
    paint_framed,
)
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.widgets.value_bar import HATCH, paint_bar

PADDING = 11.0
_LABEL_WIDTH, _NUMBER, _GAP, _LEAST_TRACK = 18.0, 46.0, 4.0, 12.0
_TRACK, _INSET, _LETTER = 16.0, 2.0, 24
_DASHES = (4.0, 3.0)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def paint_numbers(
    painter: QPainter, body: QRectF, lines: Sequence[QRectF], content: BoxContent
) -> None:
    """Draw what the content has: ``lines`` are the places of its rows, within ``body``."""
    if content.concealed:
        paint_concealed(painter, body)
    elif content.letter:
        _paint_letter(painter, body, content)
    elif content.note:
        painter.setFont(drawing_font(LABEL))
        painter.setPen(ink("ink"))
        painter.drawText(body, _LEFT, content.note)
    elif content.rows:
        for number, (line, row) in enumerate(zip(lines, content.rows, strict=True)):
            _paint_row(painter, line, content, row, chosen=number == content.unit)
    else:
        paint_heat_cells(painter, body, content)


def _paint_row(
    painter: QPainter,
    line: QRectF,
    content: BoxContent,
    row: RowContent,
    *,
    chosen: bool,
) -> None:
    """Label, track and number."""
    named = not row.label.isdigit()
    width = _label_width(content, line.width())
    label = QRectF(line.x() + PADDING, line.y(), width, line.height())
    painter.setFont(drawing_font(LABEL, bold=chosen or named))
    painter.setPen(ink("ink" if chosen or named else "muted"))
    painter.drawText(label, _LEFT, row.label)
    font = drawing_font(TEXT, bold=chosen)
    number = line.adjusted(0, 0, -PADDING, 0)
    width = QFontMetricsF(font).horizontalAdvance(row.text)
    right = number.right() - max(width, 0 if row.old else _NUMBER)
    painter.setFont(font)
    painter.setPen(ink("ink"))
    painter.drawText(number, _RIGHT, row.text)
    if row.old:
        painter.setFont(drawing_font(LABEL))
        painter.setPen(ink("muted"))
        width = painter.fontMetrics().horizontalAdvance(row.old)
        right -= _GAP + width
        painter.drawText(QRectF(right, line.y(), width, line.height()), _RIGHT, row.old)
    high = min(_TRACK, line.height() - 3)
    left = label.right()
    track = QRectF(left, line.center().y() - high / 2, right - 2 * _GAP - left, high)
    if track.width() < _LEAST_TRACK:
        return
    if row.text:
        _paint_track(painter, track, row.share, content)
        return
    painter.setPen(drawing_pen("outline", 1, _DASHES))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(track, 3, 3)


def _label_width(content: BoxContent, width: float) -> float:
    """One width for all rows of a box, at most a third of it."""
    if all(row.label.isdigit() for row in content.rows):
        return _LABEL_WIDTH
    metrics = QFontMetricsF(drawing_font(LABEL, bold=True))
    widest = max(metrics.horizontalAdvance(row.label) for row in content.rows)
    return min(max(widest + 8, _LABEL_WIDTH), width / 3)


def _paint_track(painter: QPainter, track: QRectF, share: float, content: BoxContent) -> None:
    """A level from the left, or a bar from the middle."""
    paint_framed(painter, track, 3, 1, ("outline" if content.level else "hairline", "panel"))
    inside = track.adjusted(_INSET, _INSET, -_INSET, -_INSET)
    share = min(max(share, -1.0), 1.0) if isfinite(share) else 0.0
    if content.level:
        level = QRectF(inside)
        level.setWidth(max(inside.width() * max(share, 0.0), 1.0))
        painter.fillRect(level, ink(content.hue or "network"))
        return
    middle, length = inside.center().x(), inside.width() / 2 * abs(share)
    bar = QRectF(middle - (length if share < 0 else 0), inside.y(), length, inside.height())
    if length > 0:
        paint_bar(painter, bar, below_zero=share < 0, step=HATCH, pen=drawing_pen)
    painter.setPen(drawing_pen("outline", 1))
    painter.drawLine(QPointF(middle, track.top()), QPointF(middle, track.bottom()))


def paint_concealed(painter: QPainter, place: QRectF) -> None:
    """What is asked for: a cover with the crossed eye."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("cover"))
    painter.drawRoundedRect(place, 6, 6)
    side = min(22.0, place.height())
    middle = place.center()
    paint_icon(painter, QRectF(middle.x() - side - 2, middle.y() - side / 2, side, side), "covered")
    painter.setFont(drawing_font(TEXT, bold=True))
    painter.setPen(ink("ink"))
    painter.drawText(place.adjusted(place.width() / 2 + 6, 0, 0, 0), _LEFT, "?")


def _paint_letter(painter: QPainter, place: QRectF, content: BoxContent) -> None:
    """An input that is one of several letters."""
    font = drawing_font(_LETTER, bold=True)
    painter.setFont(font)
    painter.setPen(ink("ink"))
    painter.drawText(place, _LEFT, content.letter)
    width = QFontMetricsF(font).horizontalAdvance(content.letter) + 8
    painter.setFont(drawing_font(LABEL))
    painter.setPen(ink("muted"))
    painter.drawText(place.adjusted(width, 6, 0, 0), _LEFT, content.note)
