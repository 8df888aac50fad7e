"""Small signs beside words: a piece of a line of the chart, an icon."""

from __future__ import annotations

from operator import itemgetter

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from rnnstudio.ui.theme.icons import judged, paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.labels import PlainLabel

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


class MarkedLine(QWidget):
    """A sentence with a tick or a cross before it."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = IconMark(side=sizes().mark)
        self.sentence = PlainLabel(role=role, wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self.mark, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.sentence, stretch=1)

    def show_line(self, text: str, good: bool | None) -> None:
        """Show the sentence; without a mark where nobody may know yet how it is."""
        self.sentence.setText(text)
        self.mark.setVisible(good is not None)
        if good is not None:
            self.mark.show_mark(*judged(good))
            self.mark.setAccessibleName(self.tr("passed") if good else self.tr("not passed"))


class MarkedLines(QWidget):
    """Sentences one below the other, ``apart`` pixels, those that are not in order first."""

    def __init__(self, apart: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[MarkedLine] = []
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, sizes().gap, 0)
        self._rows.setSpacing(apart)
        self._rows.addStretch(1)

    def show_lines(self, lines: tuple[tuple[str, bool], ...]) -> None:
        """Show these sentences, and whether each is in order."""
        if lines == self._shown:
            return
        self._shown = lines
        for line in self.lines:
            self._rows.removeWidget(line)
            line.setParent(None)
            line.deleteLater()
        self.lines = [MarkedLine() for _ in lines]
        for place, (text, good) in enumerate(sorted(lines, key=itemgetter(1))):
            self.lines[place].show_line(text, good)
            self._rows.insertWidget(place, self.lines[place])
