"""Pens by the role of what is drawn: half as wide again in front of a class."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from rnnstudio.ui.theme.tokens import colour, theme


def pen(role: str, width: float, dashes: Sequence[float] = ()) -> QPen:
    """A pen of the colour that ``role`` has now, ``width`` pixels wide at a desk.

    ``dashes`` are the lengths of lines and gaps in pixels at a desk; none: the line is whole.
    """
    return QPen(_made(colour(role), theme().pen_width(width), width, tuple(dashes)))


def chart_pen(role: str, width: float, dashes: Sequence[float] = ()) -> QPen:
    """The same for a line of a chart, however that stretches its numbers."""
    drawn = pen(role, width, dashes)
    drawn.setCosmetic(True)
    return drawn


@lru_cache(maxsize=256)
def _made(colour: str, drawn_width: float, width: float, dashes: tuple[float, ...]) -> QPen:
    """Made once, for hundreds are asked for in a frame; whoever is given one has a copy."""
    drawn = QPen(QColor(colour), drawn_width)
    drawn.setCapStyle(Qt.PenCapStyle.FlatCap)
    drawn.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        drawn.setDashPattern([length / width for length in dashes])
    return drawn
