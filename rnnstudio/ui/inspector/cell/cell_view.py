"""The cell: a drawing of all its values, the card at the current one, and what is clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QGraphicsSimpleTextItem,
    QToolTip,
    QWidget,
)

from rnnstudio.ui.inspector.cell.accessible_rows import AccessibleRows, current_words, row_rects
from rnnstudio.ui.inspector.cell.box_content import row_counts
from rnnstudio.ui.inspector.cell.boxes import BoxItem
from rnnstudio.ui.inspector.cell.card import Card
from rnnstudio.ui.inspector.cell.cell_drawing import CellDrawing
from rnnstudio.ui.inspector.cell.drawing import ink
from rnnstudio.ui.inspector.cell.fault_panel import FaultPanel
from rnnstudio.ui.inspector.cell.frames import Frame, Point
from rnnstudio.ui.inspector.cell.hints import changes, hint
from rnnstudio.ui.inspector.cell.lanes import SPACED_TO, least_size
from rnnstudio.ui.inspector.cell.pointer import pointer
from rnnstudio.ui.inspector.cell.side_names import show_names
from rnnstudio.ui.inspector.cell.travel import Travel, is_step, ways_into
from rnnstudio.ui.inspector.cell.two_sides import SidesPlan, two_sides
from rnnstudio.ui.inspector.cell.weight_tags import TagItem
from rnnstudio.ui.inspector.cell.zoom_view import ZoomView
from rnnstudio.ui.inspector.events import EntryChosen, OperationChosen, SidesSwapped, SourceAsked
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import CLASS, DESK, scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import DRAWING

_ZOOMED_BOX = 3.0


class CellView(ZoomView):
    """Shows a state's cell, and the one beside it; ``card`` and ``panel`` stand in it.

    ``asked(event)``: a box, a row or a message from another step was clicked.
    ``link_chosen(page)``: a tag was, of which that page shows more.
    """

    asked = Signal(object)
    link_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawings = [CellDrawing()]
        self._scene.addItem(self.drawings[0].root)
        self.names = (QGraphicsSimpleTextItem(), QGraphicsSimpleTextItem())
        """Of two cells, where there are two."""
        for name in self.names:
            self._scene.addItem(name)
        self._state: InspectorState | None = None
        self._sides: list[InspectorState] = []
        self._plan: SidesPlan | None = None
        """How two cells share the view; None while there is one."""
        self._card: Card | None = None
        self._panel: FaultPanel | None = None
        self.travel = Travel(self._scene, self)
        self.rows = AccessibleRows(self.viewport())
        self._arranged: tuple[object, ...] = ()
        self.setProperty(DRAWING, True)
        self.clicked.connect(self.click)
        self.looked_closer.connect(self._arrange)
        self.setMinimumSize(240, 150)
        self.setAccessibleName(self.tr("Diagram of the cell"))

    @property
    def drawing(self) -> CellDrawing:
        """The drawing with the cursor."""
        return self.drawings[self._looked_at()]

    def place_card(self, card: Card) -> None:
        """Let ``card`` stand at the place for it, and point from it to the current box.

        It shows a state before the view does: the line begins where it ends.
        """
        card.setParent(self)
        card.setProperty(DRAWING, True)
        self._card, self._arranged = card, ()
        self._arrange()

    def place_panel(self, panel: FaultPanel) -> None:
        """Let ``panel`` stand beside the card in the backward pass, while it is to be seen."""
        panel.setParent(self)
        panel.setProperty(DRAWING, True)
        self._panel, self._arranged = panel, ()
        self._draw()

    def show_state(self, state: InspectorState) -> None:
        """Show the state's cell, its values at this step and the one beside it, if there is one."""
        goes_on = is_step(self._state, state)
        self._state = state
        other = state.compared
        self._sides = [state]
        if other is not None:
            self._sides = [other, state] if state.swapped else [state, other]
        while len(self.drawings) < len(self._sides):
            self.drawings.append(CellDrawing())
            self._scene.addItem(self.drawings[-1].root)
        self._draw()
        self.setAccessibleDescription(changes(state, self.drawing.boxes))
        self.rows.announce(current_words(state))
        self.travel.start(ways_into(self.drawing, state) if goes_on else ())

    def fit(self) -> None:
        """Show all of the drawing, as large as it goes."""
        self.fitted, self._arranged = True, ()
        self._arrange()

    def zoom_to_box(self) -> None:
        """Show the current box large."""
        frame = self.drawing.pointed_at()
        if frame is None:
            return
        self.fit()
        self.fitted = False
        self.scale(_ZOOMED_BOX, _ZOOMED_BOX)
        self.centerOn(self.drawing.root.mapRectToScene(frame).center())
        self._arrange()

    def hint(self, name: str) -> str:
        """The tool tip of the box of the value ``name``."""
        return "" if self.drawing.state is None else hint(self.drawing.state, name)

    # What is drawn

    def _looked_at(self) -> int:
        """The number of the side with the cursor."""
        return 1 if len(self._sides) > 1 and self._state is not self._sides[0] else 0

    def _draw(self) -> None:
        if self._state is None:
            return
        width = self.viewport().width() / scaled(1)
        height = self.viewport().height() / scaled(1)
        usual = CLASS if theme().in_class else DESK
        spaced_to = SPACED_TO * DESK.text / usual.text
        shown, panel = self._panel, False
        if shown is not None:
            panel = self._state.backward and not shown.isHidden() and len(self._sides) == 1
        self._plan = None
        if len(self._sides) > 1:
            self._plan = two_sides(width, height, (_least(self._sides[0]), _least(self._sides[1])))
        sizes = ((width, height),) if self._plan is None else self._plan.sizes
        for drawing, side, size in zip(self.drawings, self._sides, sizes, strict=False):
            lit, card = side is self._state or self._state.paired, self._plan is None
            drawing.show(side, size, lit=lit, card=card, panel=panel, spaced_to=spaced_to)
        starts: tuple[Point, ...] = ((0, 0),) if self._plan is None else self._plan.starts
        for number, drawing in enumerate(self.drawings):
            drawing.root.setVisible(number < len(self._sides))
            if number < len(self._sides):
                drawing.root.setPos(*starts[number])
                self.rows.show_drawing(number, drawing)
            else:
                self.rows.forget(number)
        show_names(self.names, self.drawings, self._sides, self._state)
        self._arrange()

    def _extent(self) -> QRectF:
        """The whole of what is drawn."""
        if self._plan is not None:
            return QRectF(0, 0, self._plan.width, self._plan.height)
        root = self.drawings[0].root
        return root.mapRectToScene(root.rect())

    def _arrange(self) -> None:
        """Fit the drawing into the view unless somebody has zoomed, and place the widgets."""
        extent, view = self._extent(), self.viewport().rect()
        layouts = tuple(id(drawing.layout) for drawing in self.drawings)
        key = view, extent, layouts, self.fitted, self._looked_at(), scaled(1)
        if extent.isEmpty():
            return
        if key != self._arranged:
            self._arranged = key
            if self.fitted:
                self.fit_to(extent.width(), extent.height(), whole=self._plan is not None)
            self._place_widgets()
        elif self.rows.unplaced:
            self._place_names()
        self._follow()
        self._point()

    def _follow(self) -> None:
        """Keep the current box in sight where not everything is."""
        frame = self.drawing.pointed_at()
        if frame is not None and self.scrolls and self.fitted:
            self.ensureVisible(self.drawing.root.mapRectToScene(frame), 30, 20)

    def _place_widgets(self) -> None:
        """The card and the panel at their places; they go while somebody looks closer."""
        made = self.drawing.layout
        if made is None:
            return
        scale = self.transform().m11() * made.scale / scaled(1)
        if self._card is not None:
            self._card.set_scale(scale)
            self._card.setVisible(self.fitted)
        if self._panel is not None:
            frame = made.panel
            self._panel.set_scale(scale)
            place = QRectF(frame.x, frame.y, frame.width, frame.height)
            self._panel.setGeometry(self._on_view(place))
        self._place_names()

    def _place_names(self) -> None:
        """Put the names of all rows where the rows are."""
        self.rows.unplaced = False
        self.rows.setGeometry(self.viewport().rect())
        for number, drawing in enumerate(self.drawings[: len(self._sides)]):
            to_view = drawing.root.sceneTransform() * self.viewportTransform()
            for key, rect in row_rects(number, drawing):
                self.rows.place(key, to_view.mapRect(rect).toRect())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what lies over the drawing with it."""
        super().scrollContentsBy(dx, dy)
        self._place_widgets()

    def _on_view(self, rect: QRectF) -> QRect:
        return self.mapFromScene(self.drawing.root.mapRectToScene(rect)).boundingRect()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The ground."""
        painter.fillRect(rect, ink("window"))

    def _point(self) -> None:
        """Lead the line from the card to the current box, in the drawing with the cursor."""
        for drawing in self.drawings:
            points: tuple[Point, ...] = ()
            rect, made = drawing.pointed_at(), drawing.layout
            if self._card is not None and drawing is self.drawing and rect is not None and made:
                card = self._placed_card(self._card, rect)
                box = Frame(rect.x(), rect.y(), rect.width(), rect.height())
                if self.fitted and self._plan is None:
                    points = pointer(made, box, card)
            drawing.pointer.show_points(points)

    def _card_room(self) -> QRectF:
        """The room for the card, in the scene's coordinates."""
        if self._plan is not None:
            frame = self._plan.card
            return QRectF(frame.x, frame.y, frame.width, frame.height)
        made = self.drawing.layout
        if made is None:
            return QRectF()
        rect = QRectF(made.card.x, made.card.y, made.card.width, made.card.height)
        return self.drawing.root.mapRectToScene(rect)

    def _placed_card(self, card: Card, box: QRectF) -> Frame:
        """Put the card into its room, a compact one below the box; what is drawn of it."""
        place = self.mapFromScene(self._card_room()).boundingRect()
        if card.geometry() != place:
            card.setGeometry(place)
        if card.compact:
            wide = round(card.frame.width())
            left = self._on_view(box).left() - sizes().margin
            left = max(min(left, place.right() + 1 - wide), place.left())
            card.setGeometry(place.adjusted(left - place.left(), 0, 0, 0))
        drawn = card.frame.toRect().translated(card.pos())
        corners = self.mapToScene(drawn).boundingRect()
        rect = self.drawing.root.mapRectFromScene(corners)
        return Frame(rect.x(), rect.y(), rect.width(), rect.height())

    # What is done with it

    def changeEvent(self, event: QEvent) -> None:
        """Draw everything anew in other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            for drawing in self.drawings:
                drawing.forget()
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the drawing out for the new size."""
        super().resizeEvent(event)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the page."""
        event.ignore()

    def click(self, place: QPoint) -> None:
        """Ask for what is at that place of the view."""
        item = self.itemAt(place)
        if isinstance(item, TagItem):
            self.link_chosen.emit("sums")
        elif isinstance(item, BoxItem):
            self._choose(item, self.mapToScene(place))

    def _choose(self, item: BoxItem, place: QPointF) -> None:
        number = self._side_of(item)
        side, name = self._sides[number], item.box.name
        rows = [row.name for row in side.table]
        other = number != self._looked_at()
        if name not in rows:
            if other:
                self.asked.emit(SidesSwapped(0))
            self.asked.emit(SourceAsked(name))
            return
        self.asked.emit(
            SidesSwapped(rows.index(name)) if other else OperationChosen(rows.index(name))
        )
        row = item.row_at(self.drawings[number].root.mapFromScene(place))
        if row is not None:
            self.asked.emit(EntryChosen(row, side.example))

    def _side_of(self, item: BoxItem) -> int:
        """The number of the drawing that the box belongs to."""
        return next(n for n, d in enumerate(self.drawings) if item in d.boxes.values())

    def viewportEvent(self, event: QEvent) -> bool:
        """The numbers under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.itemAt(event.pos())
            text = ""
            if isinstance(item, BoxItem):
                side = self._sides[self._side_of(item)]
                text = hint(side, item.box.name)
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)


def _least(side: InspectorState) -> tuple[float, float]:
    """The size that a side's drawing needs."""
    rows = row_counts(side.scene, backward=side.backward)
    return least_size(side.scene.cell, rows, backward=side.backward)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(CellView, example_state())
