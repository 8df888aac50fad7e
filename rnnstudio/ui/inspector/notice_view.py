"""One line on every page that says what makes the numbers other than the cell's own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
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
        parts = notices(state)
        self.setText(language.text(Message.joined(parts)) if parts else "")
        self.setVisible(bool(parts))


def notices(state: InspectorState) -> tuple[Message, ...]:
    """What makes the numbers of the state's cells other than their own, a sentence each."""
    found = []
    if any(side.scene.fault is not None for side in state.sides):
        found.append(Message("A fault is injected into the backward pass."))
    held = sum(len(side.scene.interventions) for side in state.sides)
    if held:
        found.append(Message.counted("{n} value is held.", "{n} values are held.", held))
    return tuple(found)
