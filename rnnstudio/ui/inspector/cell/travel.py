"""Values on their way along the edges into the box that was just computed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication, QGraphicsEllipseItem, QGraphicsScene, QWidget
from shiboken6 import isValid

from rnnstudio.ui.inspector.cell.cell_drawing import CellDrawing
from rnnstudio.ui.inspector.cell.drawing import drawing_pen, ink
from rnnstudio.ui.inspector.cell.edges import EdgeItem, LineItem
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.motion import TRAVEL_MS, Motion

_RADIUS = 6.0


class DotItem(QGraphicsEllipseItem):
    """One value on its way; an item of its own, so that little is drawn anew as it goes."""

    def __init__(self, path: QPainterPath) -> None:
        super().__init__(-_RADIUS, -_RADIUS, 2 * _RADIUS, 2 * _RADIUS)
        self.path = path
        self.setZValue(4)
        self.setPen(drawing_pen("panel", 1.5))
        self.setBrush(ink("ink"))
        self.setPos(path.pointAtPercent(0))


class Travel(QObject):
    """Lets values travel in a scene; any key lets them be there at once."""

    def __init__(self, scene: QGraphicsScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self.dots: list[DotItem] = []
        self._focus: QWidget | None = None
        self.motion = Motion(self, TRAVEL_MS, self._show_progress)
        self.motion.finished.connect(self._stand_still)

    def start(self, paths: Sequence[QPainterPath]) -> None:
        """Send a value along each path, in the scene's coordinates; those on their way arrive."""
        self.finish()
        if not paths:
            return
        self.dots = [DotItem(path) for path in paths]
        for dot in self.dots:
            self._scene.addItem(dot)
        self._focus = QApplication.focusWidget()
        if self._focus is not None:
            self._focus.installEventFilter(self)
        self.motion.run()

    def finish(self) -> None:
        """Let every value be there."""
        self.motion.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be there with any key that what has the focus gets, which does what it does besides."""
        if event.type() == QEvent.Type.KeyPress:
            self.finish()
        return super().eventFilter(watched, event)

    def _show_progress(self, progress: float) -> None:
        """Be so far along, 0 to 1; at the end there is nothing to be seen any more."""
        if progress < 1:
            for dot in self.dots:
                dot.setPos(dot.path.pointAtPercent(progress))
            return
        for dot in self.dots:
            self._scene.removeItem(dot)
        self.dots = []

    def _stand_still(self) -> None:
        if self._focus is not None and isValid(self._focus):
            self._focus.removeEventFilter(self)
        self._focus = None


def is_step(before: InspectorState | None, now: InspectorState) -> bool:
    """Whether the class has just gone on by one value, which may be seen."""
    if before is None or before.trace is not now.trace or before.backward is not now.backward:
        return False
    return now.position == before.position + 1 and not now.concealed


def ways_into(drawing: CellDrawing, state: InspectorState) -> list[QPainterPath]:
    """The edges by which the current value was reached, in the scene's coordinates."""
    row = state.operation
    transform = drawing.root.sceneTransform()
    items: list[EdgeItem | LineItem] = [*drawing.edges, *drawing.lines]
    return [
        transform.map(item.path)
        for item in items
        if row.name in item.route.into
        and (state.backward or item.route.source in (*row.inputs, row.name))
    ]
