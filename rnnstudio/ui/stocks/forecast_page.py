"""The page of the forecast: days and their residuals one above the other, horizons beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from rnnstudio.ui.stocks.errors_view import HorizonsView, ResidualsView
from rnnstudio.ui.stocks.forecast_view import ForecastView
from rnnstudio.ui.stocks.state import StocksState


class ForecastPage(QSplitter):
    """Three charts; the residuals follow the days that are looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.chart = ForecastView()
        self.residuals, self.horizons = ResidualsView(), HorizonsView()
        self.residuals.follow(self.chart.plot)
        days = QSplitter(Qt.Orientation.Vertical)
        days.addWidget(self.chart)
        days.addWidget(self.residuals)
        days.setSizes([400, 240])
        self.addWidget(days)
        self.addWidget(self.horizons)
        self.setSizes([960, 260])

    def show_state(self, state: StocksState) -> None:
        """Draw the charts."""
        for view in (self.chart, self.residuals, self.horizons):
            view.show_state(state)
