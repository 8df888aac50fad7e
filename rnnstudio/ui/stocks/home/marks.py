"""Small signs beside words: a piece of a line of the chart, an icon."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import scaled, sizes

SAMPLE = 38
"""How long a sample of a line is, beside text of its usual size."""


class LineSample(QLabel):
    """A short piece of a line of the chart."""

    def __init__(self, role: str, width: float, dashes: tuple[float, ...] = ()) -> None:
        super().__init__()
        self._pen = (role, width, dashes)
        self.setFixedSize(round(scaled(SAMPLE)), sizes().target)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The line, in its colour, width and dashes."""
        with QPainter(self) as painter:
            painter.setPen(pen(*self._pen))
            middle = self.height() // 2
            painter.drawLine(0, middle, self.width(), middle)


class IconMark(QLabel):
    """An icon as large as the word beside it."""

    def __init__(self, name: str = "", role: str = "ink", side: int = 0, width: int = 0) -> None:
        super().__init__()
        self._name, self._role = name, role
        side = side or round(0.7 * sizes().verdict)
        self.setFixedSize(width or side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_mark(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The icon, in the middle."""
        if not self._name:
            return
        side = min(self.width(), self.height())
        left = (self.width() - side) / 2
        with QPainter(self) as painter:
            paint_icon(painter, QRectF(left, 0, side, side), self._name, self._role)
