"""A field under its small label, as the drawer's sections have them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import RichLabel


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
