"""A formula as books set it, at a height that no formula changes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.ui.theme.formula import formula, formula_picture, is_loaded
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.paint_target import is_drawing

_LINES = 1.6
"""How high it is, in heights of its letters: marks above and below have room."""


class FormulaLabel(QWidget):
    """Sets LaTeX when it is painted, smaller where it would be too wide; ``text`` says it.

    ``loaded``: what sets formulas is there now, and ``width_in`` knows.
    """

    loaded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.latex = ""
        self._pixels = sizes().formula
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_pixels(self, pixels: int) -> None:
        """Set it in letters of that height from now on."""
        if pixels != self._pixels:
            self._pixels = pixels
            self.updateGeometry()
            self.update()

    def show_formula(self, latex: str, text: str) -> None:
        """Show the formula of ``latex``, which a screen reader says as ``text``."""
        self.setAccessibleName(text)
        if latex != self.latex:
            self.latex = latex
            self.update()

    def width_in(self, height: int) -> float | None:
        """How wide the formula is in that height; None while what sets it is not loaded."""
        if not is_loaded():
            return None
        laid = formula(self.latex, self._pixels, colours().ink)
        return laid.width * min(1.0, height / laid.height)

    def sizeHint(self) -> QSize:
        """As high as any formula, as wide as there is room."""
        return QSize(0, round(_LINES * self._pixels))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The formula at the left, on the middle of the height."""
        if not self.latex:
            return
        sharpness = self.devicePixelRatioF()
        with QPainter(self) as painter:
            if is_drawing(painter) or painter.deviceTransform().m11() != sharpness:
                self._draw_paths(painter)  # for a picture, which is not as sharp as the screen
            elif is_loaded():
                self._draw_pixels(painter, sharpness)
            else:  # the window is to be seen before what sets formulas is loaded
                QTimer.singleShot(0, self, self._load)  # unless it is deleted by then

    def _load(self) -> None:
        formula(self.latex, self._pixels, colours().ink)
        self.loaded.emit()
        self.update()

    def _draw_paths(self, painter: QPainter) -> None:
        laid = formula(self.latex, self._pixels, colours().ink)
        factor = laid.factor_within((self.width(), self.height()))
        laid.draw(painter, QPointF(0, (self.height() - laid.height * factor) / 2), factor)

    def _draw_pixels(self, painter: QPainter, sharpness: float) -> None:
        room = self.width(), self.height()
        picture = formula_picture(self.latex, self._pixels, colours().ink, room, sharpness)
        top = (self.height() - picture.height() / sharpness) / 2
        painter.drawImage(QPointF(0, top), picture)
