"""A legend as a line of text beside a chart: inside it would cover the curves."""

from __future__ import annotations

from html import escape

import pyqtgraph as pg

from rnnstudio.ui.widgets.rich_text import coloured

THIN, STRONG, DASHED = "─", "━", "╍"


def legend(*entries: tuple[str, str, str]) -> str:
    """A line of HTML from (stroke, colour, meaning)."""
    parts = (f"{coloured(stroke * 2, colour)} {escape(text)}" for stroke, colour, text in entries)
    return "&nbsp;&nbsp; ".join(parts)


def make_bare(plot: pg.PlotWidget) -> None:
    """Leave a chart that is repainted often its axes and curves only.

    A grid would take more than half the time of a frame; a mouse would stop it from following.
    """
    plot.setMouseEnabled(x=False, y=False)
    plot.showGrid(x=False, y=False)
    plot.getPlotItem().legend.hide()
