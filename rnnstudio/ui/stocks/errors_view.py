"""Beside the chart: the residuals day by day, and the error by days ahead.

``python -m rnnstudio.ui.stocks.errors_view`` opens the residuals alone.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import colours, scaled, theme
from rnnstudio.ui.widgets.plot import legend_above, make_curve, make_plot

LEAST_HEIGHT = 50
"""Of the residuals: a window too low for it scrolls instead."""
AXIS_WIDTH = 60
"""Of both left axes, so that the days of both charts are aligned."""


class _ErrorsChart(QWidget):
    """A chart of the errors of the last forecast; hidden while there is none."""

    def __init__(self, plot: pg.PlotWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = plot
        self._shown: Evaluation | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def show_state(self, state: StocksState) -> None:
        """Draw the errors when they are new."""
        self.setVisible(state.evaluation is not None)
        if state.evaluation is not self._shown and state.evaluation is not None:
            self.draw(state.evaluation)
        self._shown = state.evaluation

    def draw(self, evaluation: Evaluation) -> None:
        """Draw the errors of this evaluation."""
        raise NotImplementedError


class ResidualsView(_ErrorsChart):
    """Forecast less truth, below the chart and as wide as it is, so that all its days are here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(make_plot("", ""), parent)
        self.plot.setLabel("left", self.tr("Residual"), color=colours().ink)
        self.plot.getPlotItem().legend.hide()  # one curve, named by its axis
        self.residual = make_curve(self.plot, self.tr("Open loop"), colours().network)
        self.plot.hideAxis("bottom")  # the chart above has the same days
        self.plot.setMinimumHeight(round(scaled(LEAST_HEIGHT)))
        self.plot.addItem(pg.InfiniteLine(0, angle=0, pen=pg.mkPen(colours().muted)))

    def follow(self, chart: pg.PlotWidget) -> None:
        """Keep the days in view the same as in ``chart``."""
        self.plot.setXLink(chart)
        for plot in (self.plot, chart):
            plot.getAxis("left").setWidth(round(scaled(AXIS_WIDTH)))

    def draw(self, evaluation: Evaluation) -> None:
        """Draw the residuals of the open loop."""
        forecast = evaluation.forecast
        rows = np.arange(forecast.rows.start, forecast.rows.stop)
        self.residual.setData(rows, forecast.predicted - forecast.actual)


class HorizonsView(_ErrorsChart):
    """The error by days ahead, beside that of the last known price."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(make_plot("", ""), parent)
        self.plot.setLabel("left", self.tr("RMSE"), color=colours().ink)
        self.plot.setLabel("bottom", self.tr("Days ahead"), color=colours().ink)
        self.plot.setToolTip(self.tr("The error by days ahead, 1 to h"))
        legend_above(self.plot, columns=2)
        self.flat = make_curve(self.plot, self.tr("Last price"), colours().yesterday, dashed=True)
        self.network = make_curve(
            self.plot, self.tr("Network"), colours().network, width=theme().strong_pen
        )

    def draw(self, evaluation: Evaluation) -> None:
        """Draw both errors."""
        found = evaluation.summary.horizons
        days = np.arange(1, len(found.rmse) + 1)
        self.network.setData(days, found.rmse)
        self.flat.setData(days, found.rmse_persistence)
        every = -(-len(days) // 5)
        ticks = [(int(day), str(day)) for day in days[every - 1 :: every]]
        self.plot.getAxis("bottom").setTicks([ticks])  # there are no halves of days


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ResidualsView, finished_state())
