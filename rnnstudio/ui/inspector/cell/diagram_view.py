"""The cell as a diagram, drawn from its table of operations."""

from __future__ import annotations

from html import escape
from itertools import islice

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QToolButton,
    QToolTip,
    QWidget,
)

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.table import Cell
from rnnstudio.ui.inspector.cell.diagram_items import EdgeItem, Look, NodeItem
from rnnstudio.ui.inspector.cell.graph import Graph, Node, NodeKind, graph
from rnnstudio.ui.inspector.cell.state_blocks import MARGIN, place
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import DESK, scaled, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_text import old_numbers, shape_text, tidy
from rnnstudio.ui.widgets.rich_text import RichText

ZOOM_STEP = 1.2
SMALLEST, LARGEST = 0.3, 6.0
LARGEST_FIT = 2.2
READABLE = 0.8
"""Below this scale letters are too small: a larger part is then out of sight, and follows.

All four are meant for text of its usual size, with which the drawing is laid out.
"""
_CHIPS_BELOW = 54
MOST_NUMBERS = 12
"""A hint shows so many numbers."""


class DiagramView(QGraphicsView):
    """Nodes are operations and inputs, edges are inputs; the current operation is lit.

    ``operation_chosen(row)``: a node of an operation was clicked. ``source_asked(name)``: one that
    arrives from outside of the step was.
    """

    operation_chosen = Signal(int)
    source_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._drawn: tuple[Cell, bool, Notation] | None = None
        self._graph = Graph({}, ())
        self.nodes: dict[str, NodeItem] = {}
        self.edges: list[EdgeItem] = []
        self._state: InspectorState | None = None
        self.caption = PlainLabel(parent=self, role="heading")
        self.caption.move(10, 6)
        self.caption.setProperty(CAPTION, True)
        self.setProperty(DRAWING, True)
        self._zoom_buttons = self._make_zoom_buttons()
        self._fitted = True
        self._pressed = QPointF()
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setBackgroundBrush(self.palette().base())
        self.setMinimumSize(240, 150)
        self.setAccessibleName(self.tr("Diagram of the cell"))

    def show_state(self, state: InspectorState, *, lit: bool = True) -> None:
        """Show the state's cell, its values at this step and, if lit, the current operation."""
        self._state = state
        wanted = (state.trace.cell, state.backward, state.cursor.notation)
        if wanted != self._drawn:
            self._draw(*wanted)
            self._drawn = wanted
        looks = _looks(self._graph, state, lit=lit)
        for key, item in self.nodes.items():
            self._show_value(item, state)
            item.show_look(looks[key])
        for edge in self.edges:
            edge.show_look(self._edge_look(edge, state, lit=lit))
        self.setAccessibleDescription("\n".join(self._changes(state)))
        if lit:
            self._follow()

    def _changes(self, state: InspectorState) -> list[str]:
        """What a screen reader is told of the last edit: numbers in sight and what they were."""
        names = {item.node.name: None for item in self.nodes.values() if item.shows_value}
        values = state.values
        changes = (
            (name, entry, old)
            for name in names
            for entry, old in old_numbers(state.old_value(name), values[name])
        )
        return [
            self.tr("{0}{1}: {2}, was {3}").format(
                symbol(name, state.cursor.notation).text,
                state.place_name(name, *entry),
                tidy(float(values[name][entry])),
                tidy(old),
            )
            for name, entry, old in islice(changes, MOST_NUMBERS)
        ]

    def show_caption(self, text: str, *, looked_at: bool = True) -> None:
        """Write a name above the cell; it is paler for the one that is only compared with."""
        self.caption.setText(text)
        self.caption.setEnabled(looked_at)
        self.caption.adjustSize()
        self.setViewportMargins(0, self.caption.height() + 6 if text else 0, 0, 0)

    @property
    def extent(self) -> QSizeF:
        """The size of the whole diagram, unzoomed."""
        return self._scene.sceneRect().size()

    def _show_value(self, item: NodeItem, state: InspectorState) -> None:
        node = item.node
        if node.row is not None and node.row > state.cursor.operation:
            item.hide_value()
            return
        item.show_value(
            state.values[node.name],
            state.old_value(node.name),
            state.scales.limit(node.name),
            state.example,
            marked=bool(state.marks(node.name)),
        )
        item.show_held(held=bool(state.interventions(node.name)))

    def fit(self, at_least: float = 0.0) -> None:
        """Show the whole diagram, as large as it goes, but at that scale at least."""
        self._fitted = True
        rect = self._scene.sceneRect()
        if rect.isEmpty():
            return
        view = self.viewport().rect()
        whole = min(view.width() / rect.width(), view.height() / rect.height(), scaled(LARGEST_FIT))
        scale = max(whole, scaled(at_least))
        self.resetTransform()
        self.scale(scale, scale)
        self.centerOn(rect.center())
        self._follow()

    def show_whole(self) -> None:
        """Show the whole diagram, however small that is."""
        self.fit()

    def _follow(self) -> None:
        """Keep the current operation in sight."""
        if self._state is not None and self._state.operation.name in self.nodes:
            node = self.nodes[self._state.operation.name]
            self.ensureVisible(node.rect.adjusted(0, 0, 0, _CHIPS_BELOW), 30, 10)

    def zoom(self, factor: float) -> None:
        """Show everything larger or smaller by ``factor``."""
        scale = self.transform().m11() * factor
        if scaled(SMALLEST) <= scale <= scaled(LARGEST):
            self._fitted = False
            self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse."""
        self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a click that does not drag chooses an operation."""
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the operation under the mouse."""
        super().mouseReleaseEvent(event)
        moved = (event.position() - self._pressed).manhattanLength()
        item = self.itemAt(event.position().toPoint())
        if moved < QApplication.startDragDistance() and isinstance(item, NodeItem):
            self._chosen(item.node)

    def _chosen(self, node: Node) -> None:
        if node.row is not None:
            self.operation_chosen.emit(node.row)
        elif node.kind is NodeKind.ARRIVING:
            self.source_asked.emit(node.name)

    def viewportEvent(self, event: QEvent) -> bool:
        """The numbers under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.itemAt(event.pos())
            text = self.hint(item.node.key) if isinstance(item, NodeItem) else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def hint(self, key: str) -> str:
        """The tool tip of a node."""
        node = self._graph.nodes[key]
        state = self._state
        if state is None or (node.row is not None and node.row > state.cursor.operation):
            return self.tr("not computed yet")
        array = state.values[node.name]
        example = min(state.example, array.shape[1] - 1)
        numbers = [tidy(float(number)) for number in array[:MOST_NUMBERS, example]]
        olds = dict(old_numbers(state.old_value(node.name), array))
        for row in range(len(numbers)):
            if (row, example) in olds:
                was = tidy(olds[row, example])
                numbers[row] = self.tr("{0}, was {1}").format(numbers[row], was)
        if len(array) > MOST_NUMBERS:
            numbers.append("…")
        column = self.tr("column {0}").format(example + 1)
        name = symbol(node.name, state.cursor.notation).html
        meanings = [state.meaning(node.name, row, example) for row in range(len(array))]
        numbers += [f"{escape(m[0])} {tidy(m[1], 6)}" for m in meanings[:MOST_NUMBERS] if m]
        shape = f"({shape_text(array.shape)}), {column}" if array.shape[1] > 1 else ""
        return f"<p>{name} {shape or f'({shape_text(array.shape)})'}<br>{'<br>'.join(numbers)}</p>"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole diagram in sight until somebody zooms."""
        super().resizeEvent(event)
        size = self._zoom_buttons.sizeHint()
        self._zoom_buttons.setGeometry(
            self.viewport().width() - size.width() - 4, 4, size.width(), size.height()
        )
        if self._fitted:
            self.fit(READABLE)

    def _edge_look(self, edge: EdgeItem, state: InspectorState, *, lit: bool) -> Look:
        if lit and edge.target == state.operation.name:
            return Look.SOURCE
        if lit and edge.source == state.operation.name:
            return Look.FED
        return _own_look(self._graph, self._graph.nodes[edge.target], state)

    def _make_zoom_buttons(self) -> QWidget:
        """Three buttons in the corner, for those without a wheel."""
        corner = QWidget(self)
        layout = QHBoxLayout(corner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().quarter_gap)
        for text, hint, call in (
            ("+", self.tr("Larger (mouse wheel)"), lambda: self.zoom(ZOOM_STEP)),
            ("−", self.tr("Smaller (mouse wheel)"), lambda: self.zoom(1 / ZOOM_STEP)),
            ("⤢", self.tr("Show the whole cell"), self.show_whole),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(hint)
            button.setAccessibleName(hint)
            button.setAutoRaise(True)
            button.clicked.connect(call)
            layout.addWidget(button)
        return corner

    def _draw(self, cell: Cell, backward: bool, notation: Notation) -> None:
        self._scene.clear()
        self._graph = graph(cell, backward=backward)
        symbols = {key: _symbol(node, notation) for key, node in self._graph.nodes.items()}
        widths = {key: written.width for key, written in symbols.items()}
        placed = place(self._graph, widths, backward=backward)
        self.nodes = {}
        for key, box in placed.boxes.items():
            rect = QRectF(box.x, box.y, box.width, box.height)
            item = NodeItem(self._graph.nodes[key], rect, symbols[key])
            self._scene.addItem(item)
            self.nodes[key] = item
        self.edges = [EdgeItem(*edge, points) for edge, points in placed.routes.items()]
        for line in self.edges:
            self._scene.addItem(line)
        margin = MARGIN
        self._scene.setSceneRect(
            -margin, -margin, placed.width + 2 * margin, placed.height + 2 * margin
        )
        self.fit(READABLE)


def _symbol(node: Node, notation: Notation) -> RichText:
    """The node's symbol; a running sum, which stands right behind what it adds up, is a Σ."""
    pixels = DESK.text + (1 if node.kind is NodeKind.BESIDE else 2)
    html = "Σ" if node.kind is NodeKind.SUM else symbol(node.name, notation).html
    return RichText(html, pixels)


def _looks(graph: Graph, state: InspectorState, *, lit: bool) -> dict[str, Look]:
    """How each node stands to the current operation."""
    current = state.operation.name
    looks = {key: _own_look(graph, node, state) for key, node in graph.nodes.items()}
    if not lit:
        return looks
    for source, target in graph.edges:
        if target == current:
            looks[source] = Look.SOURCE
        elif source == current:
            looks[target] = Look.FED
    looks[current] = Look.CURRENT
    return looks


def _own_look(graph: Graph, node: Node, state: InspectorState) -> Look:
    """Whether its turn has come; what stands beside an operation waits with it."""
    row = node.row
    if node.kind is NodeKind.BESIDE and node.owner is not None:
        row = graph.nodes[node.owner].row
    return Look.PENDING if row is not None and row > state.cursor.operation else Look.DONE


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(DiagramView, example_state())
