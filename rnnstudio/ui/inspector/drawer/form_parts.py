"""What the drawer's sections are made of: labelled fields, narrow boxes, room for sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import RichLabel
from rnnstudio.ui.widgets.number_box import NumberBox


def narrow(box: NumberBox, longest: str) -> None:
    """Let ``box`` be no wider than ``longest`` and its arrows need, where there is little room."""
    width = box.fontMetrics().horizontalAdvance(longest)
    box.setMinimumWidth(width + sizes().mark + 2 * sizes().half_gap)


def keep_room(label: QLabel, lines: int = 2) -> None:
    """Give a sentence that comes and goes the room of so many lines: it moves nothing below."""
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setMinimumHeight(lines * label.fontMetrics().lineSpacing() + sizes().half_gap)


class LabelledField(QWidget):
    """``field`` under a label of rich text, at the bottom of its place: labels may wrap."""

    def __init__(self, label: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = RichLabel(label, wrap=True)
        self.label.setProperty("role", "muted")
        self.label.setBuddy(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().quarter_gap)
        layout.addStretch(1)
        layout.addWidget(self.label)
        layout.addWidget(field)
