"""A drawing that is fitted into its view until somebody looks closer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from rnnstudio.ui.theme.tokens import scaled

ZOOM_STEP = 1.2
SMALLEST, LARGEST = 0.5, 6.0
"""How small and how large the drawing may be zoomed, beside text of its usual size."""
READABLE = 0.8
"""Where the drawing would have to be smaller than this, it scrolls."""


class ZoomView(QGraphicsView):
    """The wheel zooms, dragging moves. ``clicked(place)``: the mouse was not dragged.

    ``looked_closer``: the drawing was zoomed.
    """

    clicked = Signal(QPoint)
    looked_closer = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fitted = True
        self._pressed = QPointF()
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(self._scene)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    def zoom(self, factor: float) -> None:
        """Show everything larger or smaller by ``factor``."""
        scale = self.transform().m11() * factor / scaled(1)
        if SMALLEST <= scale <= LARGEST:
            self.fitted = False
            self.scale(factor, factor)
            self.looked_closer.emit()

    @property
    def scrolls(self) -> bool:
        """Whether the fitted drawing is larger than the view."""
        return self.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded

    def fit_to(self, width: float, height: float, *, whole: bool) -> None:
        """Show the scene's first ``width`` x ``height``, however small that is if ``whole``."""
        view, usual = self.viewport().rect(), scaled(1)
        fitting = min(view.width() / width, view.height() / height, usual)
        scale = fitting if whole else max(fitting, READABLE * usual)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        policy = off if scale <= fitting + 1e-6 else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(policy)
        self.setVerticalScrollBarPolicy(policy)
        self._scene.setSceneRect(0, 0, width, height)
        self.resetTransform()
        self.scale(scale, scale)
        self.centerOn(width / 2, height / 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse."""
        self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a click is what does not drag."""
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say where there was a click."""
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        moved = (event.position() - self._pressed).manhattanLength()
        if moved < QApplication.startDragDistance():
            self.clicked.emit(event.position().toPoint())
        event.accept()
