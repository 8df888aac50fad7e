"""A button that looks like a link: it leads to where there is more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from rnnstudio.ui.theme.tokens import sizes


class LinkButton(QPushButton):
    """Text in the colour of links, underlined; as high as a target must be."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "link")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(sizes().target)
