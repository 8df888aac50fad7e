"""Below the chart: the residuals day by day, and the error by days ahead.

``python -m rnnstudio.ui.stocks.errors_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QSplitter, QWidget

from rnnstudio.core.stocks.honesty.examine import Examined
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.plot import legend_above, make_curve, make_plot

AXIS_WIDTH = 60
"""Of both left axes, so that a day lies below itself."""


class ErrorsView(QSplitter):
    """Shows the errors of the last forecast; empty while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.residuals = make_plot("", self.tr("Residual"))
        self.residuals.getPlotItem().legend.hide()  # one curve, named by its axis
        self.residual = make_curve(self.residuals, self.tr("Open loop"), THEME.forecast)
        self.residuals.hideAxis("bottom")  # the chart above has the same days
        self.residuals.addItem(pg.InfiniteLine(0, angle=0, pen=pg.mkPen(THEME.muted)))
        self.horizons = make_plot("", self.tr("RMSE"))
        self.flat = make_curve(self.horizons, self.tr("Last price"), THEME.persistence, dashed=True)
        self.network = make_curve(
            self.horizons, self.tr("Network, h days"), THEME.forecast, width=THEME.strong_pen
        )
        self.horizons.setToolTip(self.tr("The error by days ahead, 1 to h"))
        legend_above(self.horizons, columns=2)
        self._shown: Examined | None = None
        self.addWidget(self.residuals)
        self.addWidget(self.horizons)
        self.setSizes([700, 260])

    def follow(self, chart: pg.PlotWidget) -> None:
        """Keep the days in view the same as in ``chart``."""
        self.residuals.setXLink(chart)
        for plot in (self.residuals, chart):
            plot.getAxis("left").setWidth(AXIS_WIDTH)

    def show_state(self, state: StocksState) -> None:
        """Draw the errors when they are new; hidden while there are none."""
        self.setVisible(state.examined is not None)
        if state.examined is self._shown:
            return
        self._shown = state.examined
        if state.examined is not None:
            self._draw(state.examined)

    def _draw(self, examined: Examined) -> None:
        forecast, found = examined.forecast, examined.panel.horizons
        rows = np.arange(forecast.rows.start, forecast.rows.stop)
        self.residual.setData(rows, forecast.predicted - forecast.actual)
        days = np.arange(1, len(found.rmse) + 1)
        self.network.setData(days, found.rmse)
        self.flat.setData(days, found.rmse_persistence)


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(ErrorsView, finished_state())
