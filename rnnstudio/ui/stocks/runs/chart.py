"""The forecasts of several runs in one chart, with the truth and yesterday's price always there."""

from __future__ import annotations

import html

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.files.run_descriptions import listed
from rnnstudio.core.stocks.files.run_overlay import Overlay
from rnnstudio.ui.stocks.date_axis import DateAxis
from rnnstudio.ui.theme.tokens import LIVE_PEN, colour, colours, sizes, theme
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.plot import legend_above, make_plot, name_axis

LONGEST_NAME = 26
"""Characters of a run's name that a legend can hold."""
LEGEND_COLUMNS = 3
DAYS_IN_VIEW = 60
"""About three months of trading, so that a forecast that is one day late is seen to be; the days
before them are there, to the left."""
_ROLES = ("network", "good", "bad")
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
STYLES = tuple((_ROLES[at % 3], _DASHES[(at + at // 3) % 3]) for at in range(9))
"""Pens of the forecasts, in turn: neighbours differ in colour and in dashes, through whose gaps the
one below is seen."""


class OverlayChart(QWidget):
    """The open loops of several runs over the truth and yesterday's price."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = DateAxis()
        self.plot = make_plot("", "", bottom=self.axis)
        legend_above(self.plot, columns=LEGEND_COLUMNS)
        self.note = PlainLabel(role="muted", wrap=True)
        for_pictures(self.note)
        self.curves: list[pg.PlotDataItem] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.plot, stretch=1)
        layout.addWidget(self.note)

    def show_overlay(self, found: Overlay | None, target: str) -> None:
        """Draw the truth, yesterday's price and the forecasts; nothing if there are none."""
        for curve in self.curves:
            self.plot.removeItem(curve)
        self.note.setText(self._note(found))
        name_axis(self.plot, "left", target)
        self.curves = [] if found is None else self._draw_all(found)

    def _draw_all(self, found: Overlay) -> list[pg.PlotDataItem]:
        self.axis.show_dates(found.dates)
        solid, dashed, thin = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, LIVE_PEN
        truth = pg.mkPen(colours().ink, width=thin, style=solid)
        naive = pg.mkPen(colours().yesterday, width=thin, style=dashed)
        curves = [
            self._draw(self.tr("Truth"), found.truth, truth),
            self._draw(self.tr("Tomorrow = today"), found.persistence, naive),
        ]
        for place, (name, values) in enumerate(found.forecasts):
            role, style = STYLES[place % len(STYLES)]
            pen = pg.mkPen(colour(role), width=theme().strong_pen, style=style)
            curves.append(self._draw(name, values, pen))
        for curve in curves[:2]:
            curve.setZValue(1)  # a network that copies yesterday would hide both
        item = self.plot.getPlotItem()
        item.layout.setRowFixedHeight(0, 3 * sizes().gap * -(-len(curves) // LEGEND_COLUMNS))
        self._look_at_the_end(found)
        return curves

    def _look_at_the_end(self, found: Overlay) -> None:
        first, stop = max(0, len(found.dates) - DAYS_IN_VIEW), len(found.dates)
        lines = [found.truth, found.persistence, *(values for _, values in found.forecasts)]
        shown = np.concatenate([values[first:] for values in lines])
        low, high = float(shown.min()), float(shown.max())
        self.plot.setXRange(first, stop, padding=0.02)
        self.plot.setYRange(low, high if high > low else low + 1, padding=0.05)

    def _draw(self, name: str, values: FloatArray, pen: object) -> pg.PlotDataItem:
        shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        return self.plot.plot(np.arange(len(values)), values, name=html.escape(shown), pen=pen)

    def _note(self, found: Overlay | None) -> str:
        if found is None:
            return self.tr("Nothing to draw: none of these test spans was evaluated.")
        text = language.filled(
            self.tr("{0:,} common test days, {1} to {2}."),
            len(found.dates),
            found.dates[0],
            found.dates[-1],
        )
        if len(found.dates) > DAYS_IN_VIEW:
            text += " " + language.filled(self.tr("In view are the last {0}."), DAYS_IN_VIEW)
        if found.left_out:
            left_out = self.tr("Not drawn, for other days or prices: {0}.")
            text += " " + language.filled(left_out, language.text(listed(found.left_out)))
        return text
