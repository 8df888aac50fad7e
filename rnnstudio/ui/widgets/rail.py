"""The rail at the right edge of a tab: a button for each section of its drawer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QToolButton, QVBoxLayout, QWidget

from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.page_tabs import scrolled

_UNDER = Qt.ToolButtonStyle.ToolButtonTextUnderIcon
_LINE = 1
"""Width of the line at the rail's edge, in pixels."""
_ICON = Qt.ToolButtonStyle.ToolButtonIconOnly


class Rail(QWidget):
    """Buttons with icon and text, or with icons alone where it is narrow."""

    pressed = Signal(str)
    """The key of the button that was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QToolButton] = {}
        self._column = QWidget()
        self._column.setProperty("role", "rail")
        self._column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = QVBoxLayout(self._column)
        self._buttons.setContentsMargins(_LINE, sizes().gap, 0, sizes().gap)
        self._buttons.setSpacing(0)
        self._buttons.addStretch(1)
        area: QScrollArea = scrolled(self._column)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.set_narrow(False)

    def add(self, key: str, title: str, icon_name: str) -> None:
        """Put a button after the others."""
        button = QToolButton()
        button.setText(title)
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(sizes().target, sizes().target))
        button.setCheckable(True)
        button.setAccessibleName(title)
        button.setAccessibleDescription(self.tr("Opens the drawer here, or folds it"))
        button.clicked.connect(lambda _checked: self.pressed.emit(key))
        before = list(self.buttons.values())
        self.buttons[key] = button
        self._buttons.insertWidget(len(before), button)
        if before:
            self.setTabOrder(before[-1], button)
        self._dress(button)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, whose names are tips, or names too."""
        self._narrow = narrow
        self.setFixedWidth(sizes().rail_narrow if narrow else sizes().rail)
        for button in self.buttons.values():
            self._dress(button)

    def show_open(self, key: str) -> None:
        """Mark the button of the section that is open; none where ``key`` is no button's."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _dress(self, button: QToolButton) -> None:
        button.setToolButtonStyle(_ICON if self._narrow else _UNDER)
        button.setToolTip(button.text() if self._narrow else "")
        button.setFixedWidth(self.width() - _LINE)
