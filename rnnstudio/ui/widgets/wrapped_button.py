"""A button whose text wraps: for answers that are sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import WrappedLabel


class WrappedButton(QPushButton):
    """Is as wide as it may be and as high as all lines of its text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.label = WrappedLabel(role="clear")
        self.label.setText(text)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        layout.setContentsMargins(*2 * (sizes().gap, sizes().half_gap))
        layout.addWidget(self.label)
