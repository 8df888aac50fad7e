"""The cell of a finding in small, with the box that is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.inspector.cell.cell_drawing import CellDrawing
from rnnstudio.ui.inspector.cell.drawing import ink
from rnnstudio.ui.inspector.cell.lanes import SPACED_TO
from rnnstudio.ui.inspector.cell.zoom_view import ZoomView
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import scaled
from rnnstudio.ui.widgets.chart_picture import DRAWING


class FindingDrawing(ZoomView):
    """Shows all of a state's cell, however small that is. ``visited``: it was clicked."""

    visited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = CellDrawing()
        self._scene.addItem(self.drawing.root)
        self._state: InspectorState | None = None
        self.setDragMode(ZoomView.DragMode.NoDrag)
        self.setProperty(DRAWING, True)
        self.setAccessibleName(self.tr("Diagram of the cell"))
        self.setToolTip(self.tr("Show it in the cell"))
        self.clicked.connect(self.visited)

    def show_state(self, state: InspectorState) -> None:
        """Show the values at the state's cursor."""
        if state is not self._state:
            self._state = state
            self._draw()

    def _draw(self) -> None:
        if self._state is None:
            return
        room = self.viewport().width() / scaled(1), self.viewport().height() / scaled(1)
        self.drawing.show(self._state, room, lit=False, card=False, spaced_to=SPACED_TO)
        made = self.drawing.layout
        if made is not None:
            self.fit_to(made.width * made.scale, made.height * made.scale, whole=True)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The ground of the page."""
        painter.fillRect(rect, ink("window"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the drawing out for the new size."""
        super().resizeEvent(event)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw everything anew in other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.drawing.forget()
            self._draw()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, which may scroll."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the page."""
        event.ignore()
