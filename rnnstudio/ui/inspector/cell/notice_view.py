"""One line on every page that says what makes the numbers other than the cell's own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.labels import PlainLabel


class NoticeView(PlainLabel):
    """Names injected faults and interventions; hidden where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setProperty("role", "notice")
        self.setWordWrap(True)
        self.hide()

    def show_state(self, state: InspectorState) -> None:
        """Show the faults and interventions of the visible cells."""
        parts = []
        if any(side.scene.fault is not None for side in state.sides):
            parts.append(self.tr("A fault is injected into the backward pass (page Check)."))
        held = sum(len(side.scene.interventions) for side in state.sides)
        if held:
            parts.append(self.tr("Values are held fixed: {0} (page What if).").format(held))
        self.setText(" ".join(parts))
        self.setVisible(bool(parts))
