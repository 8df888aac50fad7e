"""The style's own icons in the theme's colour: as they come they are black on every ground."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QWidget

from rnnstudio.ui.theme.tokens import colours

SIZE = 32


def themed_icon(widget: QWidget, which: QStyle.StandardPixmap) -> QIcon:
    """The standard icon ``which`` of the widget's style, in the colour of text."""
    pixmap: QPixmap = widget.style().standardIcon(which).pixmap(SIZE, SIZE)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(colours().ink))
    painter.end()
    return QIcon(pixmap)
