"""A key as it lies on a keyboard: a frame around its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import scaled, sizes


def key_cap_size(key: str) -> QSizeF:
    """The room that the cap of a key needs, in pixels."""
    metrics = QFontMetricsF(words(sizes().label))
    height = metrics.height() + scaled(5)
    return QSizeF(max(metrics.horizontalAdvance(key) + scaled(11), height), height)


def paint_key_cap(
    painter: QPainter, place: QRectF, key: str, role: str = "ink", pixels: int | None = None
) -> None:
    """Draw the cap of a key into ``place``, frame and name in the colour of ``role``.

    ``pixels``: a cap that stands out, with letters of that height; usually they are labels.
    """
    painter.setPen(pen(role, 1.2 if pixels is None else 1.7))
    painter.setBrush(QBrush())
    radius = place.height() / 5
    painter.drawRoundedRect(place, radius, radius)
    painter.setFont(words(pixels or sizes().label, bold=pixels is not None))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, key)
