"""A box in which a column of a file gets its role."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.csv_import import CANONICAL, FileColumn


class RoleBox(QComboBox):
    """Offers the roles that a column can have. ``role_chosen(column, role)``.

    Arrows lead to the box beside it, and the wheel scrolls: every choice reads the file again.
    """

    role_chosen = Signal(object, str)

    def __init__(self, column: FileColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = column
        self.setAccessibleName(language.filled(self.tr("What the column {0} is"), column.title))
        if column.role != "Date":
            self.addItem(self.tr("only a number") if column.roles else self.tr("left out"), "")
        for role in ("Date", *CANONICAL):
            if role in column.roles or role == column.role:
                self.addItem(role, role)
        self.setCurrentIndex(self.findData(column.role))
        self.setEnabled(self.count() > 1)
        self.activated.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Alt+Down open the list; the arrows alone lead on."""
        bare = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if bare and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the list that scrolls."""
        event.ignore()

    def _choose(self, place: int) -> None:
        if self.itemData(place) != self.column.role:
            self.role_chosen.emit(self.column, self.itemData(place))
