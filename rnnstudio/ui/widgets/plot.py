"""What charts are made of: a box that is zoomed by hand, and axes whose texts can be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape, unescape
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import plain_tip


class ZoomBox(pg.ViewBox):  # type: ignore[misc]
    """What is zoomed or moved by hand is whole again after a double click."""

    def __init__(self) -> None:
        super().__init__()
        self._by_hand = False
        self._whole: tuple[list[list[float]], list[Any]] | None = None

    def setRange(self, *args: Any, **options: Any) -> None:
        """Take a range; one that the program chooses is the whole from now on."""
        if not self._by_hand:
            self._whole = None
        super().setRange(*args, **options)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Zoom about the mouse."""
        with self._moved_by_hand():
            super().wheelEvent(event, axis)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Move, or zoom with the right button."""
        with self._moved_by_hand():
            super().mouseDragEvent(event, axis)

    def mouseClickEvent(self, event: Any) -> None:
        """A double click shows the whole chart."""
        super().mouseClickEvent(event)
        if event.double():
            self.show_whole()

    def show_whole(self) -> None:
        """The range from before it was changed by hand."""
        if self._whole is None:
            return
        (x, y), automatic = self._whole
        self.setRange(xRange=x, yRange=y, padding=0)
        self.enableAutoRange(x=automatic[0], y=automatic[1])

    @contextmanager
    def _moved_by_hand(self) -> Iterator[None]:
        if self._whole is None:
            self._whole = self.viewRange(), list(self.autoRangeEnabled())
        self._by_hand = True
        try:
            yield
        finally:
            self._by_hand = False


class ReadableAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose title is never cut off, and whose numbers never lie on each other.

    The numbers are those of what is drawn, not multiples of a power of ten beside the title.
    """

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(False)

    def setLabel(self, *text: Any, **style: Any) -> None:
        """Take a title and fit it to the axis."""
        super().setLabel(*text, **style)
        self.resizeEvent()

    def labelString(self) -> str:
        """The title as HTML, with an ellipsis where the axis has no room for all of it."""
        whole: str = super().labelString()
        title = unescape(self.labelText)
        room = self.size().height() if self.orientation == "left" else self.size().width()
        if self.label is None or room == 0:  # it is not laid out yet
            return whole
        document = self.label.document()
        letters = QFontMetricsF(document.defaultFont())
        fitting = letters.elidedText(
            title, Qt.TextElideMode.ElideRight, room - 2 * document.documentMargin()
        )
        self.setToolTip("" if fitting == title else plain_tip(title))
        return whole.replace(self.labelText, escape(fitting)) if fitting != title else whole

    def resizeEvent(self, event: Any = None) -> None:
        """Fit the title to the axis."""
        if self.label is not None:
            self.label.setHtml(self.labelString())
        super().resizeEvent(event)

    def generateDrawSpecs(self, painter: QPainter) -> tuple[Any, Any, list[Any]] | None:
        """What is drawn, without a number that would lie on one of a greater step or touch it."""
        specs = super().generateDrawSpecs(painter)
        if specs is None:
            return None
        line, ticks, texts = specs
        kept: list[Any] = []
        for text in texts:
            beside = self.orientation == "bottom" and len(text[2]) > 1  # words would read as one
            apart = sizes().half_gap if beside else 0
            place = text[0].adjusted(-apart, 0, apart, 0)
            if text[2] and not any(place.intersects(other[0]) for other in kept):
                kept.append(text)
        return line, ticks, kept
