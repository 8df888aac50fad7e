"""The chart: the true prices, and on the test days, once open, what was forecast for them.

``python -m rnnstudio.ui.stocks.forecast_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rnnstudio.core.stocks.forecast import Forecast
from rnnstudio.core.stocks.future import Future
from rnnstudio.core.stocks.honesty.examine import Examined
from rnnstudio.core.stocks.series import FloatArray
from rnnstudio.core.stocks.split import Split
from rnnstudio.ui.stocks.candles import Candles
from rnnstudio.ui.stocks.date_axis import DateAxis
from rnnstudio.ui.stocks.readout import values_at
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.plot import make_curve, make_plot
from rnnstudio.ui.widgets.repaint import Repainter

LEAST_TAIL = 60
"""Known days in view before the test span, at least."""
SHADE = 28
"""Opacity of the shaded spans, of 255."""


class ForecastView(QWidget):
    """Shows the last forecast, or the known prices while the test span is shut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = DateAxis()
        self.plot = make_plot("", self.tr("Price"), bottom=self.axis)
        _legend_above(self.plot)
        self.validation_span, self.test_span = self._span(THEME.accent), self._span(THEME.forecast)
        self.low, self.high, self.band = self._make_band(self.tr("Interval"))
        self.ahead_low, self.ahead_high, self.ahead_band = self._make_band(None)
        self._make_curves()
        self.candles = Candles()
        self.plot.addItem(self.candles)
        self.cross = pg.InfiniteLine(angle=90, pen=pg.mkPen(THEME.muted))
        self.cross.setVisible(False)
        self.plot.addItem(self.cross, ignoreBounds=True)
        self.shut = pg.TextItem(self.tr("shut"), color=THEME.forecast, anchor=(0.5, 0))
        self.plot.addItem(self.shut, ignoreBounds=True)
        self.readout = QLabel()
        self.readout.setProperty("role", "muted")
        self.candles_box = QCheckBox(self.tr("Candles"))
        self.candles_box.toggled.connect(self.candles.setVisible)
        self.candles.setVisible(False)
        self._shown: object = None
        self._state = StocksState()
        self._pointer: Repainter[QPointF] = Repainter(self._point_at, self)
        self.plot.scene().sigMouseMoved.connect(self._pointer.put)
        self._lay_out()

    def show_state(self, state: StocksState) -> None:
        """Draw what is new; the picture stays as it is, zoom and all, while nothing is."""
        self._state = state
        if state.examined is not None:
            wanted: object = state.examined.forecast
            if wanted is not self._shown:
                self._draw_examined(state.examined)
            self._shown = wanted
        elif state.split is not None and state.spec is not None:
            split, target = state.split, state.spec.target
            wanted = (split.table, split.rows_train, split.rows_known, target)
            if wanted != self._shown:
                self._draw_known(split, target)
            self._shown = wanted

    def point_at_row(self, row: int) -> None:
        """Put the cross on the day of ``row`` and tell its numbers."""
        values = values_at(self._state, row)
        self.cross.setVisible(values is not None)
        if values is None:
            self.readout.setText("")
            return
        self.cross.setPos(row)
        words = {
            "truth": self.tr("truth"),
            "forecast": self.tr("open loop"),
            "error": self.tr("error"),
            "closed": self.tr("closed loop"),
            "ahead": self.tr("forecast"),
            "low": self.tr("interval from"),
            "high": self.tr("to"),
        }
        told = [f"{words[name]} {value:.4f}" for name, value in values.numbers.items()]
        self.readout.setText("   ".join([values.date, *told]))

    def _point_at(self, place: QPointF) -> None:
        self.point_at_row(round(self.plot.getPlotItem().vb.mapSceneToView(place).x()))

    def _draw_known(self, split: Split, target: str) -> None:
        """The days before the test span; of the test span only where it lies."""
        table, known = split.table, split.rows_known
        self._draw_spans(split)
        self.axis.show_dates(table.dates)
        self.plot.setLabel("left", target)
        values = table.column(target)[:known]
        self.known.setData(np.arange(known), values)
        self.candles.show_rows(table, known)
        self.candles_box.setEnabled(len(self.candles.prices) > 0)
        for curve in (*self._test_curves, self.ahead_low, self.ahead_high):
            curve.setData([], [])
        self.shut.setVisible(True)
        self.shut.setPos((known + table.rows) / 2, float(values.max()))
        self._look_at(0, table.rows, values)

    def _draw_examined(self, examined: Examined) -> None:
        forecast, ahead = examined.forecast, examined.future
        table, rows = forecast.table, forecast.rows
        self._draw_known(forecast.split, forecast.spec.target)
        self.shut.setVisible(False)
        self.axis.show_dates(np.concatenate([table.dates, ahead.dates]))
        self.candles.show_rows(table, table.rows)
        self._draw_forecast(forecast)
        self._draw_ahead(ahead, table.rows)
        first = max(0, rows.start - max(LEAST_TAIL, len(rows) // 4))
        shown = [forecast.truth[first:], forecast.predicted, forecast.closed_loop, ahead.predicted]
        self._look_at(first, table.rows + len(ahead.dates), np.concatenate(shown))

    def _draw_forecast(self, forecast: Forecast) -> None:
        rows = np.arange(forecast.rows.start, forecast.rows.stop)
        # The truth begins at the day before, so that the line is whole at the border.
        before = forecast.rows.start - 1
        self.truth.setData(np.append(before, rows), forecast.truth[before : forecast.rows.stop])
        self.forecast.setData(rows, forecast.predicted)
        self.closed.setData(rows, forecast.closed_loop)
        self.persistence.setData(rows, forecast.persistence)
        if forecast.band is not None:
            for curve, ends in zip((self.low, self.high), forecast.band, strict=True):
                curve.setData(rows, ends, connect="finite")

    def _draw_ahead(self, ahead: Future, first: int) -> None:
        rows = np.arange(first, first + len(ahead.dates))
        self.ahead.setData(np.append(first - 1, rows), np.append(ahead.last, ahead.predicted))
        if ahead.band is not None:
            for curve, ends in zip((self.ahead_low, self.ahead_high), ahead.band, strict=True):
                curve.setData(rows, ends, connect="finite")

    def _draw_spans(self, split: Split) -> None:
        for region, rows in (
            (self.validation_span, split.validation_rows),
            (self.test_span, split.test_rows),
        ):
            region.setRegion((rows.start - 0.5, rows.stop - 0.5))
            region.setVisible(bool(rows))

    def _look_at(self, first: int, stop: int, values: FloatArray) -> None:
        low, high = float(values.min()), float(values.max())
        self.plot.setXRange(first, stop, padding=0.02)
        self.plot.setYRange(low, high if high > low else low + 1, padding=0.05)

    def _make_curves(self) -> None:
        plot = self.plot
        self.known = make_curve(plot, self.tr("Known"), THEME.training)
        self.persistence = make_curve(
            plot, self.tr("Tomorrow = today"), THEME.persistence, dashed=True
        )
        self.truth = make_curve(plot, self.tr("Truth"), THEME.truth)
        self.closed = make_curve(plot, self.tr("Closed loop"), THEME.good, dashed=True)
        self.forecast = make_curve(
            plot, self.tr("Open loop"), THEME.forecast, width=THEME.strong_pen
        )
        self.ahead = make_curve(
            plot, self.tr("Days ahead"), THEME.forecast, width=THEME.strong_pen, dashed=True
        )
        self._test_curves = (
            self.persistence,
            self.truth,
            self.closed,
            self.forecast,
            self.ahead,
            self.low,
            self.high,
        )

    def _span(self, colour: str) -> pg.LinearRegionItem:
        shade = QColor(colour)
        shade.setAlpha(SHADE)
        region = pg.LinearRegionItem(movable=False, brush=shade, pen=pg.mkPen(None))
        region.setVisible(False)
        self.plot.addItem(region, ignoreBounds=True)
        return region

    def _make_band(
        self, name: str | None
    ) -> tuple[pg.PlotCurveItem, pg.PlotCurveItem, pg.FillBetweenItem]:
        """Two invisible ends and the band between them."""
        shade = QColor(THEME.forecast)
        shade.setAlpha(2 * SHADE)
        low, high = pg.PlotCurveItem(pen=None), pg.PlotCurveItem(pen=None)
        band = pg.FillBetweenItem(low, high, brush=shade)
        for item in (low, high, band):
            self.plot.addItem(item)
        if name is not None:
            sample = pg.PlotDataItem(pen=pg.mkPen(shade, width=4 * THEME.strong_pen))
            self.plot.getPlotItem().legend.addItem(sample, name)
            sample.visibleChanged.connect(self._show_bands)
            self.band_sample = sample
        return low, high, band

    def _show_bands(self) -> None:
        for band in (self.band, self.ahead_band):
            band.setVisible(self.band_sample.isVisible())

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self.readout, stretch=1)
        header.addWidget(self.candles_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addWidget(self.plot)
        self.readout.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _legend_above(plot: pg.PlotWidget) -> None:
    """The legend in a line of its own, where it hides no curve; a click on a sample toggles it."""
    item, legend = plot.getPlotItem(), plot.getPlotItem().legend
    legend.setColumnCount(8)
    legend.setBrush(None)
    legend.layout.setContentsMargins(0, 0, 0, 0)
    legend.setParentItem(item)
    legend.anchor(itemPos=(1, 0), parentPos=(1, 0), offset=(0, 0))
    item.layout.setRowFixedHeight(0, 3 * THEME.spacing)


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(ForecastView, finished_state())
