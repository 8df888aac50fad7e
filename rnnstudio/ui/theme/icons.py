"""Icons drawn with strokes on a grid of 24, in the colour of text.

No font has all of them, and as files of a colour of their own they would be black on black.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rnnstudio.paths import resource_file
from rnnstudio.ui.theme.tokens import colours, sizes

_SHARPNESS = 2
"""Pixels drawn for each one shown, so that an icon is sharp on a dense screen."""


def icon(name: str) -> QIcon:
    """The icon in the file of that name in ``resources/icons``, in the colour of text now."""
    drawing = resource_file(f"icons/{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colours().ink).encode()))
    side = _SHARPNESS * sizes().target
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(_SHARPNESS)
    return QIcon(pixmap)
