"""The chart: what was trained on, what was true, what was forecast, and 'tomorrow = today'.

``python -m rnnstudio.ui.stocks.forecast_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core.stocks.forecast import Forecast
from rnnstudio.core.stocks.series import FloatArray
from rnnstudio.core.stocks.split import Split
from rnnstudio.ui.stocks.date_axis import DateAxis
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.plot import make_curve, make_plot

LEGEND_ROOM = 0.2
"""Share of the curves' height that is left free above them for the legend."""
LEAST_TAIL = 60
"""Training days in view before the test span, at least."""


class ForecastView(QWidget):
    """Shows the last forecast, or the prices as they are split while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = DateAxis()
        self.plot = make_plot(self.tr("Trading day"), self.tr("Price"), bottom=self.axis)
        self.plot.getPlotItem().legend.setColumnCount(2)
        self.training = make_curve(self.plot, self.tr("Training"), THEME.training)
        self.persistence = make_curve(
            self.plot, self.tr("Tomorrow = today"), THEME.persistence, dashed=True
        )
        self.truth = make_curve(self.plot, self.tr("Truth"), THEME.truth)
        self.forecast = make_curve(
            self.plot, self.tr("Forecast"), THEME.forecast, width=THEME.strong_pen
        )
        self._shown: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def show_state(self, state: StocksState) -> None:
        """Draw what is new; the picture stays as it is, zoom and all, while nothing is."""
        if state.forecast is not None:
            if state.forecast is not self._shown:
                self._draw_forecast(state.forecast)
            self._shown = state.forecast
        elif state.split is not None and state.spec is not None:
            target = state.spec.target
            wanted = (state.train, state.test, state.split.rows_train, target)
            if wanted != self._shown:
                self._draw_prices(state.split, target)
                self._look_at(0, state.split.table.rows, state.split.table.column(target))
            self._shown = wanted

    def _draw_prices(self, split: Split, target: str) -> None:
        rows, values = np.arange(split.table.rows), split.table.column(target)
        border = split.rows_train
        self.axis.show_dates(split.table.dates)
        self.plot.setLabel("left", target)
        self.training.setData(rows[:border], values[:border])
        # The truth begins at the last training day, so that the line is whole at the border.
        self.truth.setData(rows[border - 1 :], values[border - 1 :])
        self.persistence.setData([], [])
        self.forecast.setData([], [])

    def _draw_forecast(self, forecast: Forecast) -> None:
        split = forecast.split
        self._draw_prices(split, forecast.spec.target)
        rows = np.arange(split.rows_train, split.table.rows)
        self.persistence.setData(rows, forecast.persistence)
        self.forecast.setData(rows, forecast.predicted)
        first = max(0, split.rows_train - max(LEAST_TAIL, split.rows_test // 4))
        values = split.table.column(forecast.spec.target)[first:]
        self._look_at(first, split.table.rows, np.concatenate([values, forecast.predicted]))

    def _look_at(self, first: int, stop: int, values: FloatArray) -> None:
        low, high = float(values.min()), float(values.max())
        room = (high - low or 1.0) * LEGEND_ROOM
        self.plot.setXRange(first, stop, padding=0.02)
        self.plot.setYRange(low, high + room, padding=0.03)


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(ForecastView, finished_state())
