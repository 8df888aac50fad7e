"""Values on their way along the edges into the box that was just computed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from rnnstudio.ui.inspector.cell.cell_drawing import CellDrawing
from rnnstudio.ui.inspector.cell.drawing import drawing_pen, ink
from rnnstudio.ui.inspector.cell.edges import EdgeItem, LineItem
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.motion import TRAVEL_MS, Motion

_RADIUS = 6.0


class TravelItem(QGraphicsItem):
    """A dot on each of some paths, as far along as the motion is."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: tuple[QPainterPath, ...] = ()
        self.dots: tuple[QPointF, ...] = ()
        self.setZValue(4)

    def show_progress(self, progress: float) -> None:
        """Be so far along, 0 to 1; at the end there is nothing to be seen any more."""
        self.prepareGeometryChange()
        there = progress >= 1
        self.dots = () if there else tuple(path.pointAtPercent(progress) for path in self.paths)

    def boundingRect(self) -> QRectF:
        """Around all dots."""
        around = QRectF()
        reach = 2 * _RADIUS
        for dot in self.dots:
            around = around.united(QRectF(dot.x() - reach, dot.y() - reach, 2 * reach, 2 * reach))
        return around

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The dots, each with a rim that parts it from its edge."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(drawing_pen("panel", 1.5))
        painter.setBrush(ink("ink"))
        for dot in self.dots:
            painter.drawEllipse(dot, _RADIUS, _RADIUS)


class Travel(QObject):
    """Lets values travel in a scene; any key lets them be there at once."""

    def __init__(self, scene: QGraphicsScene, parent: QObject) -> None:
        super().__init__(parent)
        self.item = TravelItem()
        scene.addItem(self.item)
        self.motion = Motion(self, TRAVEL_MS, self.item.show_progress)
        self.motion.finished.connect(self._stand_still)

    def start(self, paths: Sequence[QPainterPath]) -> None:
        """Send a value along each path, in the scene's coordinates; those on their way arrive."""
        self.finish()
        if not paths:
            return
        self.item.paths = tuple(paths)
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.motion.run()

    def finish(self) -> None:
        """Let every value be there."""
        self.motion.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be there with any key, which does what it does besides."""
        if event.type() == QEvent.Type.KeyPress:
            self.finish()
        return super().eventFilter(watched, event)

    def _stand_still(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)


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
