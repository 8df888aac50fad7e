"""The cell inspector: constructs the views, connects them, holds the state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from rnnstudio.ui.inspector.card_view import CardView
from rnnstudio.ui.inspector.diagram_view import DiagramView
from rnnstudio.ui.inspector.events import Event, OperationChosen, SceneChanged
from rnnstudio.ui.inspector.scene_form import SceneForm
from rnnstudio.ui.inspector.state import State, reduce, start
from rnnstudio.ui.inspector.strip_view import StripView
from rnnstudio.ui.inspector.transport import Transport


class InspectorTab(QWidget):
    """Steps through a cell, forward and backward. ``status``: a line for the status bar."""

    status = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = SceneForm()
        self.strip = StripView()
        self.diagram = DiagramView()
        self.card = CardView()
        self.transport = Transport()
        self.state: State = start(self.form.scene())
        self._lay_out()
        for view in (self.strip, self.card, self.transport):
            view.asked.connect(self.dispatch)
        self.diagram.operation_chosen.connect(lambda row: self.dispatch(OperationChosen(row)))
        self.form.changed.connect(lambda scene: self.dispatch(SceneChanged(scene)))
        self._show()

    def dispatch(self, event: Event) -> None:
        """Go to the state after ``event`` and show it."""
        self.state = reduce(self.state, event)
        self._show()

    def shutdown(self) -> None:
        """Stop playing."""
        self.transport.timer.stop()

    def _show(self) -> None:
        for view in (self.strip, self.diagram, self.card, self.transport):
            view.show_state(self.state)

    def _lay_out(self) -> None:
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(self.strip)
        middle.addWidget(self.diagram)
        middle.setStretchFactor(1, 1)
        columns = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((self.form, 0), (middle, 3), (self.card, 1)):
            columns.addWidget(widget)
            columns.setStretchFactor(columns.count() - 1, stretch)
        columns.setSizes([210, 700, 370])
        columns.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(columns, stretch=1)
        layout.addWidget(self.transport)
