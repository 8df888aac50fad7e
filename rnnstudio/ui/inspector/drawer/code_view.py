"""The current operation as lines of NumPy, to be copied."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core.cells.typeset import to_numpy
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import raw_font
from rnnstudio.ui.theme.tokens import sizes


class CodeView(QWidget):
    """Code that can be read, selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("The operation in NumPy"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.text.setFont(raw_font(sizes().label))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.text.toPlainText())
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        layout.addWidget(self.copy)

    def show_state(self, state: InspectorState) -> None:
        """Show the lines of the current operation."""
        code = to_numpy(state.operation)
        if code != self.text.toPlainText():
            self.text.setPlainText(code)
