"""Questions in a box of their own, whose text is never read as HTML."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

Button = QMessageBox.StandardButton


def question(
    parent: QWidget | None, title: str, text: str, buttons: Button, default: Button
) -> QMessageBox:
    """A box that asks; show it with ``exec`` or ``open``."""
    box = QMessageBox(QMessageBox.Icon.Question, title, "", buttons, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setDefaultButton(default)
    return box


def ask(parent: QWidget | None, title: str, text: str, buttons: Button, default: Button) -> Button:
    """The button that was pressed; Escape presses Cancel."""
    return Button(question(parent, title, text, buttons, default).exec())
