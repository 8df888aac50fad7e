"""A walk on a chart: the truth, yesterday's price, the walk's forecast, and every training."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.validation.folds import FoldForecast
from rnnstudio.core.stocks.validation.walk_forward import Walk
from rnnstudio.ui.stocks.date_axis import DateAxis
from rnnstudio.ui.theme.tokens import LIVE_PEN, colours, theme
from rnnstudio.ui.widgets.plot import legend_above, make_curve, make_plot, name_axis

WHOLE_HEIGHT = (0.0, 1.0)


class WalkChart(QWidget):
    """Shows one walk over its real days, as far as it has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = DateAxis()
        self.plot = make_plot("", self.tr("Price"), bottom=self.axis)
        legend_above(self.plot, columns=4)
        refit = pg.mkPen(colours().muted, width=LIVE_PEN, style=Qt.PenStyle.DotLine)
        self.refits = pg.VTickGroup(yrange=WHOLE_HEIGHT, pen=refit)
        self.plot.addItem(self.refits, ignoreBounds=True)
        self.truth = make_curve(self.plot, self.tr("Truth"), colours().ink)
        self.forecast = make_curve(
            self.plot, self.tr("Walk-forward"), colours().network, width=theme().strong_pen
        )
        self.persistence = make_curve(  # above the forecast, which it would vanish beneath
            self.plot, self.tr("Tomorrow = today"), colours().yesterday, dashed=True
        )
        self._refit_sample = pg.PlotDataItem(pen=refit)
        self.plot.getPlotItem().legend.addItem(self._refit_sample, self.tr("Trained anew"))
        self._refit_sample.visibleChanged.connect(self._show_refits)
        self.plot.setToolTip(self.tr("The wheel zooms, dragging moves"))
        self._shown: Walk | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def show_walk(self, walk: Walk) -> None:
        """Draw it; what is in view stays in view while it is the same days."""
        before, self._shown = self._shown, walk
        if walk is before:
            return
        if before is None or not _same_days(before.split, walk.split):
            self.axis.show_dates(walk.split.table.dates)
            name_axis(self.plot, "left", walk.spec.target)
            self.look_at(walk.rows)
        rows, first = np.arange(walk.rows.start, walk.rows.stop), walk.rows.start - 1
        self.truth.setData(np.append(first, rows), walk.truth[first : walk.rows.stop])
        self.persistence.setData(rows, walk.persistence)
        self.forecast.setData(rows, walk.predicted, connect="finite")
        self.refits.setXVals(
            [
                fold.rows.start - 0.5
                for fold, outcome in zip(walk.folds, walk.outcomes, strict=True)
                if isinstance(outcome, FoldForecast)
            ]
        )

    def look_at(self, rows: range) -> None:
        """Show these days as large as they can be."""
        self.plot.setXRange(rows.start - 1, rows.stop, padding=0.02)
        self.plot.setAutoVisible(y=True)
        self.plot.enableAutoRange(y=True)

    @Slot()
    def _show_refits(self) -> None:
        self.refits.setVisible(self._refit_sample.isVisible())


def _same_days(one: Split, other: Split) -> bool:
    return one.table is other.table and one.rows_known == other.rows_known
