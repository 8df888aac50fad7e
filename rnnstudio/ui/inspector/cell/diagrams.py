"""One cell's diagram, or two beside each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from rnnstudio.ui.inspector.cell.diagram_view import DiagramView
from rnnstudio.ui.inspector.events import OperationChosen, SidesSwapped, SourceAsked
from rnnstudio.ui.inspector.state import InspectorState


class Diagrams(QSplitter):
    """Two cells stand side by side or one above the other, whichever shows them larger.

    ``asked(event)``: a click goes to an operation, in the other cell too.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.first, self.second = DiagramView(), DiagramView()
        for view in (self.first, self.second):
            self.addWidget(view)
        self.setChildrenCollapsible(False)
        self.second.hide()
        self._extents: tuple[QSizeF, QSizeF] | None = None
        self._swapped = False
        for view, second in ((self.first, False), (self.second, True)):
            view.source_asked.connect(partial(self._ask_source, second))
        self.first.operation_chosen.connect(lambda row: self._choose(row, other=self._swapped))
        self.second.operation_chosen.connect(lambda row: self._choose(row, other=not self._swapped))

    def show_state(self, state: InspectorState) -> None:
        """Show the state's cell and the one that it is compared with."""
        other = state.compared
        self._swapped = state.swapped
        self.second.setVisible(other is not None)
        if other is None:
            self._extents = None
            self.first.show_state(state)
            self.first.show_caption("")
            return
        sides = (other, state) if state.swapped else (state, other)
        for view, side in zip((self.first, self.second), sides, strict=True):
            view.show_state(side, lit=side is state or state.paired)
            view.show_caption(side.trace.cell.label, looked_at=side is state)
        extents = self.first.extent, self.second.extent
        if extents != self._extents:
            self._extents = extents
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the better arrangement for the new size."""
        super().resizeEvent(event)
        self._arrange()

    def _choose(self, row: int, *, other: bool) -> None:
        self.asked.emit(SidesSwapped(row) if other else OperationChosen(row))

    def _ask_source(self, second: bool, name: str) -> None:
        """Go on where it was computed, in the cell that was clicked."""
        if second is not self._swapped:
            self.asked.emit(SidesSwapped(0))
        self.asked.emit(SourceAsked(name))

    def _arrange(self) -> None:
        if self._extents is None:
            return
        first, second = self._extents
        width, height = self.width(), self.height()
        beside = min(
            width / (first.width() + second.width()),
            height / max(first.height(), second.height()),
        )
        above = min(
            width / max(first.width(), second.width()),
            height / (first.height() + second.height()),
        )
        if beside >= above:
            self.setOrientation(Qt.Orientation.Horizontal)
            self.setSizes([round(first.width()), round(second.width())])
        else:
            self.setOrientation(Qt.Orientation.Vertical)
            self.setSizes([round(first.height()), round(second.height())])


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(Diagrams, example_state())
