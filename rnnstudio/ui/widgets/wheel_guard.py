"""Lets the wheel scroll past a form's fields, where it would change the one that it meets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QSlider, QWidget

_FIELDS = (QAbstractSpinBox, QComboBox, QSlider)


class WheelGuard(QObject):
    """Leaves the wheel to what scrolls, unless the field below it was chosen by a click or a key.

    It guards the fields that ``form`` has when the guard is made, and lives as long as the form.
    """

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        for kind in _FIELDS:
            for field in form.findChildren(kind):
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
                field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand on what a field without the focus would take."""
        if event.type() != QEvent.Type.Wheel or watched is QApplication.focusWidget():
            return False
        event.ignore()
        return True
