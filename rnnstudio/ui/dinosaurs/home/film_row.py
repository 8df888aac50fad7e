"""One row of the filmstrip: the same random numbers at three moments, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.novelty import Novelty, NoveltyVerdict
from rnnstudio.ui.dinosaurs.home.stage_words import ROLES, kind_words, written
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.tokens import DESK, colour, scaled, sizes, theme

COLUMNS, _NARROW_COLUMNS = (0.0, 0.212, 0.386, 0.72), (0.0, 0.22, 0.43, 0.72)
"""Where each column begins, as a share of the strip's width: two earlier moments, now, nearest."""
_NARROW, _LEAST_HEIGHT = 752.0, 28.0
"""A strip that is less wide has other columns; the lowest row holds two lines of small letters. In
pixels beside text of its usual size."""
_HIGHEST = 0.8
"""The share of a row that its letters may be high."""
_SMALLEST = 0.7
"""A long name is written smaller, down to this share of its usual size; then it wraps."""


@dataclass(frozen=True)
class FilmLine:
    """What a row shows: names of earlier moments, the newest one with its verdict or without.

    ``now`` without a ``verdict`` is an example from the list.
    """

    earlier: tuple[str | None, ...] = ()
    now: str = ""
    verdict: NoveltyVerdict | None = None


def columns_of(width: float) -> list[float]:
    """Where each column of a strip that is so wide begins, in pixels.

    Left of the first one there is room for the ring around the row in focus.
    """
    shares, ring = COLUMNS if width >= scaled(_NARROW) else _NARROW_COLUMNS, sizes().gap
    return [ring + share * (width - ring) for share in shares]


class FilmRow(QWidget):
    """Paints one row. ``pressed``: it was clicked."""

    pressed = Signal()

    def __init__(self, light: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = light
        self.line = FilmLine()
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        self.setMinimumHeight(round(scaled(_LEAST_HEIGHT)))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_line(self, line: FilmLine) -> None:
        """Show other names, and say them to a screen reader."""
        if line == self.line:
            return
        self.line = line
        self.setAccessibleName(self._spoken(line))
        self.update()

    def sizeHint(self) -> QSize:
        """No more than it needs: the strip gives its rows all room that is left."""
        return self.minimumSize()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It is the one that is looked at now."""
        self.pressed.emit()
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take on other colours."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The columns from left to right."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            for place, name in enumerate(self.line.earlier[:2]):
                if name is not None:
                    self._paint_earlier(painter, place, name)
            self._paint_now(painter)
            if self.line.verdict is not None:
                self._paint_verdict(painter, self.line.verdict)

    def _spoken(self, line: FilmLine) -> str:
        if line.verdict is None:
            return language.filled(self.tr("{0}, from the list"), line.now)
        _, word, added = kind_words(line.verdict)
        name = line.now or self.tr("no letter")
        text = language.filled(
            self.tr("{0}: {1}, {2}"), name, language.text(word), language.text(added)
        )
        if not line.earlier:
            return text
        before = ", ".join(each or self.tr("ended at once") for each in line.earlier if each)
        return language.filled(self.tr("{0}. Before: {1}."), text, before)

    def _paint_ground(self, painter: QPainter) -> None:
        chosen = self.focusPolicy() & Qt.FocusPolicy.TabFocus and self.hasFocus()
        if not (self._light or chosen):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour("you_soft" if chosen else "panel")))
        gap = sizes().quarter_gap
        left = columns_of(self.width())[2]
        ground = QRectF(left, gap, self.width() - left, self.height() - 2 * gap)
        painter.drawRoundedRect(ground, sizes().radius, sizes().radius)

    def _place(self, column: int) -> QRectF:
        """The room of a column, with a gap at its right."""
        ends = (*columns_of(self.width()), float(self.width()))
        left, right = ends[column], ends[column + 1]
        inset = 1.75 * sizes().gap if column > 1 else 0.0
        return QRectF(left + inset, 0, right - left - inset - sizes().gap, self.height())

    def _paint_earlier(self, painter: QPainter, column: int, name: str) -> None:
        first = column == 0
        size = sizes().text + 1 if first or not name else round(1.6 * sizes().text)
        role = "muted" if first or not name else "ink"
        text = name or self.tr("ended at once")
        _paint_fitting(painter, self._place(column), text, words(size), role)

    def _paint_now(self, painter: QPainter) -> None:
        line = self.line
        if line.verdict is None:
            font, role, text = words(sizes().name), "muted", written(line.now)
        elif not line.now:
            font, role, text = words(sizes().text), "muted", self.tr("ended at once")
        else:
            bold = line.verdict.kind is Novelty.NEW
            font, role, text = words(sizes().name, bold=bold), "ink", written(line.now)
        _paint_fitting(painter, self._place(2), text, font, role)

    def _paint_verdict(self, painter: QPainter, verdict: NoveltyVerdict) -> None:
        mark, word, added = kind_words(verdict)
        place, role = self._place(3), ROLES.get(verdict.kind, "ink")
        side = sizes().mark
        if mark:
            spot = QRectF(place.left(), place.center().y() - side / 2, side, side)
            paint_icon(painter, spot, mark, role)
        left, gap = place.left() + side + sizes().half_gap, sizes().half_gap
        room = QRectF(left, 0, self.width() - left - gap, self.height())
        first, then = language.text(word), language.text(added)
        bold, plain = words(sizes().text, bold=True), words(sizes().text)
        taken = QFontMetricsF(bold).horizontalAdvance(first) + gap
        if taken + QFontMetricsF(plain).horizontalAdvance(then) <= room.width():
            behind = room.adjusted(taken, 0, 0, 0)
        else:  # below each other
            behind = room.adjusted(0, room.height() / 2, 0, 0)
            room.setBottom(behind.top())
        _paint_fitting(painter, room, first, bold, role)
        _paint_fitting(painter, behind, then, plain, "muted")


def _paint_fitting(painter: QPainter, place: QRectF, text: str, font: QFont, role: str) -> None:
    """Write a text into a place: smaller where it is too long, then in two lines and more.

    Large text becomes as small as usual rather than be cut off.
    """
    usual = min(font.pixelSize(), max(sizes().label, int(_HIGHEST * place.height())))
    font.setPixelSize(usual)
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide > place.width() > 0:
        least = max(sizes().label, round(_SMALLEST * usual))
        font.setPixelSize(max(least, int(usual * place.width() / wide)))
    painter.setFont(font)
    painter.setPen(QColor(colour(role)))
    option = QTextOption(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    smallest = sizes().label if theme().in_class else DESK.label
    while (
        font.pixelSize() > smallest
        and painter.boundingRect(place, text, option).height() > place.height()
    ):
        font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)
    painter.drawText(place, text, option)
