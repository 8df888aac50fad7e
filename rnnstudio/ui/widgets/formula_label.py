"""A formula as books set it, at a height that no formula changes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.ui.theme.formula import formula, formula_picture, is_loaded
from rnnstudio.ui.theme.tokens import colours, sizes

_LINES = 1.8
"""How high it is, in heights of its letters: marks above and below have room."""


class FormulaLabel(QWidget):
    """Sets LaTeX when it is painted, smaller where it would be too wide; ``text`` says it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.latex = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_formula(self, latex: str, text: str) -> None:
        """Show the formula of ``latex``, which a screen reader says as ``text``."""
        self.latex = latex
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as any formula, as wide as there is room."""
        return QSize(0, round(_LINES * sizes().formula))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The formula at the left, on the middle of the height."""
        if self.latex and is_loaded():
            self._paint_formula()
        elif self.latex:  # the window is to be seen before what sets formulas is loaded
            QTimer.singleShot(0, self, self._load)  # unless it is deleted by then

    def _load(self) -> None:
        formula(self.latex, sizes().formula, colours().ink)
        self.update()

    def _paint_formula(self) -> None:
        room, sharpness = (self.width(), self.height()), self.devicePixelRatioF()
        picture = formula_picture(self.latex, sizes().formula, colours().ink, room, sharpness)
        top = (self.height() - picture.height() / sharpness) / 2
        with QPainter(self) as painter:
            painter.drawImage(QPointF(0, top), picture)
