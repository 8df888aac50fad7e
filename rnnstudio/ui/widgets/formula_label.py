"""A formula as books set it, at a height that no formula changes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.ui.theme.formula import formula
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
        if not self.latex:
            return
        laid = formula(self.latex, sizes().formula, colours().ink)
        factor = min(1.0, self.width() / laid.width, self.height() / laid.height)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, (self.height() - factor * laid.height) / 2)
            painter.scale(factor, factor)
            laid.draw(painter, QPointF(0, 0))
