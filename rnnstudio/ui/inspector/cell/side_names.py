"""The name of each of two cells, above it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.cell.cell_drawing import CellDrawing
from rnnstudio.ui.inspector.cell.drawing import drawing_font, ink
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import DESK

_CAPTION_LEFT = 18.0


def show_names(
    names: Sequence[QGraphicsSimpleTextItem],
    drawings: Sequence[CellDrawing],
    sides: Sequence[InspectorState],
    looked_at: InspectorState | None,
) -> None:
    """Write them where there are two cells, smaller where there is little room."""
    for name in names:
        name.setVisible(len(sides) > 1)
    for name, drawing, side in zip(names, drawings, sides, strict=False):
        here = side is looked_at
        text, room = caption(side), drawing.root.rect().width() - 2 * _CAPTION_LEFT
        fonts = (drawing_font(size, here) for size in (DESK.heading, DESK.text, DESK.label))
        fitting = (font for font in fonts if QFontMetricsF(font).horizontalAdvance(text) <= room)
        font = next(fitting, drawing_font(DESK.label, here))
        name.setText(text)
        name.setFont(font)
        name.setBrush(ink("ink" if here else "muted"))
        above = QPointF(_CAPTION_LEFT, -6 - QFontMetricsF(font).ascent())
        name.setPos(drawing.root.pos() + above)


def caption(side: InspectorState) -> str:
    """What one of two cells is called: two networks may be of the same kind."""
    scene = side.scene
    label, title = scene.cell.label, language.text(scene.title)
    if not scene.origin:
        return label
    if label in title:
        return title
    return language.text(Message("{cell}: {title}", {"cell": label, "title": title}))
