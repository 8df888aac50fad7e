"""What stands over the drawing of the cell and grows with it: the card, and the panel beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from rnnstudio.ui.theme.tokens import colour, sizes


class ScaledFrame(QFrame):
    """A frame whose sizes are those of the theme times a factor.

    A subclass writes its parts in ``_sizes`` in ``_dress``, and puts them in their places in
    ``_arrange``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes = sizes()

    def set_scale(self, factor: float) -> None:
        """Be so many times as large as the theme says."""
        scale = sizes().times(factor)
        if scale != self._sizes:
            self._sizes = scale
            self._dress()
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is now."""
        super().resizeEvent(event)
        self._arrange()

    def _paint_ground(self, painter: QPainter, place: QRectF, border: QPen) -> None:
        """A rounded panel with its border inside of ``place``."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(border)
        painter.setBrush(QColor(colour("panel")))
        half, radius = border.widthF() / 2, self._sizes.card_radius
        painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)

    def _dress(self) -> None:
        """Write everything in the sizes that hold now."""
        raise NotImplementedError

    def _arrange(self) -> None:
        """Show as much as there is room for."""
        raise NotImplementedError
