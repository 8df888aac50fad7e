"""Cards that lead to further pages: title, a small picture of the real result, its finding."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.ui.stocks.home.card_content import CardContent, Sketch
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled, sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.link_button import LinkButton

KEYS = ("closed loop", "horizons", "seeds", "walk", "leaks", "runs", "report")
"""The pages that have a card, in their order."""
_PICTURE = (60, 36)
_WIDTH, _HEIGHT = 100, 90
"""The least that a card takes, beside text of its usual size."""
_TWO_ROWS_BELOW = 1000
"""Pixels beside text of its usual size, as the next."""
_ICONS = {"runs": "list", "report": "report"}


class PageCard(QPushButton):
    """Leads to a page; its line says what was found there, or what it costs."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.title = PlainLabel(title, role="entry", wrap=True)
        self.line = PlainLabel(role="muted", wrap=True)
        self.picture = CardPicture(key)
        head = QHBoxLayout()
        head.addWidget(self.title, stretch=1, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.picture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (sizes().gap,))
        layout.setSpacing(sizes().half_gap)
        layout.addLayout(head)
        layout.addWidget(self.line, stretch=1)
        for part in (self.title, self.line, self.picture):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(round(scaled(_HEIGHT)))

    def sizeHint(self) -> QSize:
        """As large as what stands on it."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """No smaller."""
        return QSize(round(scaled(_WIDTH)), round(scaled(_HEIGHT)))

    def show_content(self, content: CardContent) -> None:
        """Show what was found."""
        line = language.text(content.line)
        self.line.setText(line)
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(line)
        self.picture.show_sketches(content.sketches)
        self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words are in the new width."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        layout = self.layout()
        needed = 0 if layout is None else layout.heightForWidth(width)
        self.setMinimumHeight(max(round(scaled(_HEIGHT)), needed))


class CardPicture(QWidget):
    """Lines, dots or bars on one scale; an outline where there is nothing yet."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._sketches: tuple[Sketch, ...] = ()
        self.setFixedSize(*(round(scaled(side)) for side in _PICTURE))

    def show_sketches(self, sketches: tuple[Sketch, ...]) -> None:
        """Draw these."""
        self._sketches = sketches
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The picture."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._key == "leaks":
                self._paint_letters(painter)
            elif self._key in _ICONS:
                side = float(min(self.width(), self.height()))
                place = QRectF(self.width() - side, 0, side, side)
                paint_icon(painter, place, _ICONS[self._key], "outline")
            elif self._sketches:
                self._paint_sketches(painter)
            else:
                painter.setPen(pen("outline", 1.5, (4.0, 4.0)))
                box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(box, sizes().half_gap, sizes().half_gap)

    def _paint_letters(self, painter: QPainter) -> None:
        painter.setFont(words(sizes().label, bold=True))
        wide = self.width() / 3
        for place, letter in enumerate("ABC"):
            box = QRectF(place * wide + 1, self.height() * 0.2, wide - 3, self.height() * 0.6)
            painter.setPen(pen("outline", 1.5))
            painter.drawRoundedRect(box, sizes().half_gap, sizes().half_gap)
            painter.setPen(QColor(colour("ink")))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_sketches(self, painter: QPainter) -> None:
        values = np.concatenate([each.values for each in self._sketches])
        values = values[np.isfinite(values)]
        if not len(values):
            return
        low, high = float(values.min()), float(values.max())
        if any(each.shape == "bars" for each in self._sketches):
            low, high = min(low, 0.0), max(high, 0.0)
        for sketch in self._sketches:
            paint = {"dots": self._paint_dots, "bars": self._paint_bars}.get(sketch.shape)
            (paint or self._paint_line)(painter, sketch, low, high)

    def _heights(self, values: FloatArray, low: float, high: float) -> FloatArray:
        """Pixels from the top, (points,)."""
        share = (values - low) / ((high - low) or 1.0)
        return np.asarray(self.height() - 4 - share * (self.height() - 8))

    def _paint_line(self, painter: QPainter, sketch: Sketch, low: float, high: float) -> None:
        y = self._heights(sketch.values, low, high)
        x = np.linspace(1, self.width() - 1, len(y))
        dashes = (5.0, 3.0) if sketch.dashed else ()
        painter.setPen(pen(sketch.role, 1.5 if sketch.role == "ink" else 2.4, dashes))
        seen = np.isfinite(y)
        points = zip(x[seen].tolist(), y[seen].tolist(), strict=True)
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))

    def _paint_dots(self, painter: QPainter, sketch: Sketch, low: float, high: float) -> None:
        y = self._heights(sketch.values, low, high)
        x = np.linspace(self.width() * 0.25, self.width() * 0.75, len(y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour(sketch.role)))
        for point in zip(x.tolist(), y.tolist(), strict=True):
            painter.drawEllipse(QPointF(*point), scaled(3.5), scaled(3.5))

    def _paint_bars(self, painter: QPainter, sketch: Sketch, low: float, high: float) -> None:
        y, wide = self._heights(sketch.values, low, high), self.width() / len(sketch.values)
        zero = float(self._heights(np.zeros(1), low, high)[0])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour(sketch.role)))
        for place, top in enumerate(y.tolist()):
            box = QRectF(place * wide, min(top, zero), max(wide - 1, 1), abs(top - zero))
            painter.drawRect(box)
        painter.setPen(pen("yesterday", 1.5, (4.0, 3.0)))
        painter.drawLine(QPointF(0, zero), QPointF(self.width(), zero))


class PageCards(QWidget):
    """All cards in one row, or in two; in a low window links in their place.

    ``chosen(key)``: that page is wanted.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = {
            "closed loop": self.tr("Closed loop"),
            "horizons": self.tr("By day ahead"),
            "seeds": self.tr("Five seeds"),
            "walk": self.tr("Walk forward"),
            "leaks": self.tr("Spot the lie"),
            "runs": self.tr("Runs"),
            "report": self.tr("Report"),
        }
        self.cards = {key: PageCard(key, titles[key]) for key in KEYS}
        self.links = {key: LinkButton(titles[key]) for key in KEYS}
        for buttons in (self.cards, self.links):
            for key, button in buttons.items():
                button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
        self._low = False
        self._columns: tuple[int, bool] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(sizes().gap)
        self._place()

    def show_contents(self, contents: Iterable[CardContent]) -> None:
        """Show what was found on each page."""
        for content in contents:
            self.cards[content.key].show_content(content)

    def set_low(self, low: bool) -> None:
        """Show links alone where the window is low."""
        if low != self._low:
            self._low = low
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the cards stand in two rows."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        narrow = self.width() < scaled(_TWO_ROWS_BELOW) and not self._low
        columns = -(-len(KEYS) // 2) if narrow else len(KEYS)
        if (columns, self._low) == self._columns:
            return
        self._columns = (columns, self._low)
        shown, hidden = (self.links, self.cards) if self._low else (self.cards, self.links)
        for button in (*shown.values(), *hidden.values()):
            self._grid.removeWidget(button)
        for place, button in enumerate(shown.values()):
            self._grid.addWidget(button, place // columns, place % columns)
            button.show()
        for button in hidden.values():
            button.setParent(self)
            button.hide()
        for column in range(len(KEYS)):
            self._grid.setColumnStretch(column, int(column < columns))
