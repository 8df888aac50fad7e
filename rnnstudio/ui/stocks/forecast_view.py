"""The chart: the true prices, and on the test days, once open, what was forecast for them.

``python -m rnnstudio.ui.stocks.forecast_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.future import Future
from rnnstudio.ui.stocks.candles import Candles
from rnnstudio.ui.stocks.date_axis import DateAxis
from rnnstudio.ui.stocks.readout import values_at
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import LIVE_PEN, colours, scaled, theme
from rnnstudio.ui.widgets.chart_picture import CAPTION, POINTER
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.plot import legend_above, make_curve, make_plot, name_axis, name_drawn
from rnnstudio.ui.widgets.repaint import Repainter

LEAST_TAIL = 60
"""Known days in view before the test span, at least."""
LEAST_HEIGHT = 105
"""Of the chart, with its legend and its days: a window too low for it scrolls instead."""
SHADE = 28
"""Opacity of the shaded spans, of 255."""


class ForecastView(QWidget):
    """Shows the last forecast, or the known prices before the evaluation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = DateAxis()
        self.plot = make_plot("", self.tr("Price"), bottom=self.axis)
        legend_above(self.plot, columns=8)
        self.validation_span, self.test_span = (
            self._span(colours().you),
            self._span(colours().muted),
        )
        self.low, self.high, self.band = self._make_band()
        self.ahead_low, self.ahead_high, self.ahead_band = self._make_band()
        self.band_sample = pg.PlotDataItem(
            pen=pg.mkPen(_band_shade(), width=4 * theme().strong_pen), name=self.tr("Interval")
        )
        self.band_sample.visibleChanged.connect(self._show_bands)
        self._make_curves()
        self.candles = Candles()
        self.plot.addItem(self.candles)
        self.cross = pg.InfiniteLine(angle=90, pen=pg.mkPen(colours().muted))
        self.cross.setData(0, POINTER)
        self.plot.addItem(self.cross, ignoreBounds=True)
        self.unevaluated = pg.TextItem(
            self.tr("not evaluated"), color=colours().network, anchor=(0.5, 0)
        )
        self.plot.addItem(self.unevaluated, ignoreBounds=True)
        self.readout = PlainLabel(role="muted")
        self.notes = WrappedLabel(role="muted")
        self.notes.setProperty(CAPTION, True)
        self.candles_box = QCheckBox(self.tr("Candles"))
        self.candles_box.toggled.connect(self.candles.setVisible)
        self.candles.setVisible(False)
        self._shown: object = self
        self._train: PriceTable | None = None
        self._state = StocksState()
        self._pointer: Repainter[QPointF] = Repainter(self._point_at, self)
        self.plot.scene().sigMouseMoved.connect(self._pointer.put)
        self._lay_out()
        self._draw_nothing()

    def show_state(self, state: StocksState) -> None:
        """Draw what is new; the picture stays as it is, zoom and all, while nothing is.

        While settings are impossible the share stays in view, but never another one's.
        """
        self._state = state
        self._show_notes(state.evaluation)
        wanted = self._wanted(state)
        if wanted != self._shown:
            self._shown, self._train = wanted, state.train
            self._point_nowhere()
            if state.evaluation is not None:
                self._draw_evaluation(state.evaluation)
            elif state.split is not None and state.spec is not None:
                self._draw_known(state.split, state.spec.target)
            else:
                self._draw_nothing()
        if state.evaluation is not None:
            self._draw_dropout(state.evaluation)
        name_drawn(self.plot, (self.band_sample, self.known, *self._test_curves))

    def _wanted(self, state: StocksState) -> object:
        """What is to be drawn, to be compared with what is."""
        if state.evaluation is not None:
            return state.evaluation.forecast
        if state.split is not None and state.spec is not None:
            split = state.split
            return split.table, split.rows_train, split.rows_known, state.spec.target
        return self._shown if state.train is not None and state.train is self._train else None

    def point_at_row(self, row: int) -> None:
        """Put the cross on the day of ``row`` and show its numbers."""
        values = values_at(self._state, row)
        if values is None:
            self._point_nowhere()
            return
        self.cross.setVisible(True)
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
        numbers = [f"{words[name]} {value:.4f}" for name, value in values.numbers.items()]
        self.readout.setText("   ".join([values.date, *numbers]))

    def _point_nowhere(self) -> None:
        self.cross.setVisible(False)
        self.readout.setText("")

    def _draw_nothing(self) -> None:
        """No prices, and no scale that would be of none."""
        for curve in (self.known, *self._test_curves, *self._ends):
            curve.setData([], [])
        self._draw_spans(range(0), range(0))
        self.candles.show_no_rows()
        self._show_bands()
        self.unevaluated.setVisible(False)
        self._show_scale(shown=False)

    def _show_scale(self, *, shown: bool) -> None:
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setStyle(showValues=shown)

    def _show_notes(self, evaluation: Evaluation | None) -> None:
        """What the days ahead are made under, and where they go too far."""
        notes = (
            () if evaluation is None else (*evaluation.future.notes, *evaluation.summary.cautions)
        )
        self.notes.setText(" ".join(map(language.text, notes)))
        self.notes.setVisible(bool(notes))

    def _point_at(self, place: QPointF) -> None:
        self.point_at_row(round(self.plot.getPlotItem().vb.mapSceneToView(place).x()))

    def _draw_known(self, split: Split, target: str) -> None:
        """The days before the test span; of the test span only its place."""
        table, known = split.table, split.rows_known
        self._draw_spans(split.validation_rows, split.test_rows)
        self._draw_prices(table, target, known)
        for curve in (*self._test_curves, *self._ends):
            curve.setData([], [])
        self._show_bands()
        values = table.column(target)[:known]
        self.unevaluated.setVisible(True)
        self.unevaluated.setPos((known + table.rows) / 2, float(values.max()))
        self._look_at(0, table.rows, values)

    def _draw_prices(self, table: PriceTable, target: str, known: int) -> None:
        self._show_scale(shown=True)
        self.axis.show_dates(table.dates)
        name_axis(self.plot, "left", target)
        self.known.setData(np.arange(known), table.column(target)[:known])
        self.candles.show_rows(table, known, target)
        self.candles_box.setEnabled(len(self.candles.prices) > 0)

    def _draw_evaluation(self, evaluation: Evaluation) -> None:
        forecast, ahead = evaluation.forecast, evaluation.future
        table, rows = forecast.table, forecast.rows
        # A newer file has days of its own: the training's spans are not in it.
        own = table is forecast.split.table
        self._draw_spans(forecast.split.validation_rows if own else range(0), rows)
        self._draw_prices(table, forecast.spec.target, rows.start)
        self.unevaluated.setVisible(False)
        self.axis.show_dates(np.concatenate([table.dates, ahead.dates]))
        self.candles.show_rows(table, table.rows, forecast.spec.target)
        self._draw_forecast(forecast)
        self._draw_ahead(ahead, table.rows)
        self._show_bands()
        first = max(0, rows.start - max(LEAST_TAIL, len(rows) // 4))
        shown = [forecast.truth[first:], forecast.predicted, forecast.closed_loop, ahead.predicted]
        values = np.concatenate([*shown, *(ahead.band or ())])
        self._look_at(first, table.rows + len(ahead.dates), values[np.isfinite(values)])

    def _draw_forecast(self, forecast: Forecast) -> None:
        rows = np.arange(forecast.rows.start, forecast.rows.stop)
        # The truth begins at the day before, so that the line is whole at the border.
        before = forecast.rows.start - 1
        self.truth.setData(np.append(before, rows), forecast.truth[before : forecast.rows.stop])
        self.forecast.setData(rows, forecast.predicted)
        self.closed.setData(rows, forecast.closed_loop)
        self.persistence.setData(rows, forecast.persistence)
        _show_ends(self.low, self.high, rows, forecast.band)

    def _draw_dropout(self, evaluation: Evaluation) -> None:
        """Both ends of what dropout moves the forecast by, one curve with a gap between them."""
        band, rows = evaluation.dropout, evaluation.forecast.rows
        if band is None:
            self.dropout.setData([], [])
            return
        days = np.append(np.arange(rows.start, rows.stop), np.nan)
        ends = np.concatenate([band.low, [np.nan], band.high])
        self.dropout.setData(np.append(days, days[:-1]), ends, connect="finite")

    def _draw_ahead(self, ahead: Future, first: int) -> None:
        rows = np.arange(first, first + len(ahead.dates))
        self.ahead.setData(np.append(first - 1, rows), np.append(ahead.last, ahead.predicted))
        _show_ends(self.ahead_low, self.ahead_high, rows, ahead.band)

    def _draw_spans(self, validation: range, test: range) -> None:
        for region, rows in ((self.validation_span, validation), (self.test_span, test)):
            region.setRegion((rows.start - 0.5, rows.stop - 0.5))
            region.setVisible(bool(rows))

    def _look_at(self, first: int, stop: int, values: FloatArray) -> None:
        low, high = float(values.min()), float(values.max())
        self.plot.setXRange(first, stop, padding=0.02)
        self.plot.setYRange(low, high if high > low else low + 1, padding=0.05)

    def _make_curves(self) -> None:
        plot = self.plot
        self.known = make_curve(plot, self.tr("Known"), colours().muted)
        self.persistence = make_curve(
            plot, self.tr("Tomorrow = today"), colours().yesterday, dashed=True
        )
        self.truth = make_curve(plot, self.tr("Truth"), colours().ink)
        self.closed = make_curve(plot, self.tr("Closed loop"), colours().good, dashed=True)
        self.forecast = make_curve(
            plot, self.tr("Open loop"), colours().network, width=theme().strong_pen
        )
        self.ahead = make_curve(
            plot, self.tr("Days ahead"), colours().network, width=theme().strong_pen, dashed=True
        )
        self.dropout = pg.PlotCurveItem(
            pen=pg.mkPen(colours().network, width=LIVE_PEN, style=Qt.PenStyle.DotLine),
            name=self.tr("Dropout"),
        )
        plot.addItem(self.dropout)
        self._test_curves = (
            self.dropout,
            self.persistence,
            self.truth,
            self.closed,
            self.forecast,
            self.ahead,
        )
        self._ends = (self.low, self.high, self.ahead_low, self.ahead_high)

    def _span(self, colour: str) -> pg.LinearRegionItem:
        shade = QColor(colour)
        shade.setAlpha(SHADE)
        region = pg.LinearRegionItem(movable=False, brush=shade, pen=pg.mkPen(None))
        region.setVisible(False)
        self.plot.addItem(region, ignoreBounds=True)
        return region

    def _make_band(self) -> tuple[pg.PlotCurveItem, pg.PlotCurveItem, pg.FillBetweenItem]:
        """Two invisible ends and the band between them."""
        low, high = pg.PlotCurveItem(pen=None), pg.PlotCurveItem(pen=None)
        band = pg.FillBetweenItem(low, high, brush=_band_shade())
        for item in (low, high, band):
            self.plot.addItem(item)
        return low, high, band

    def _show_bands(self) -> None:
        wanted, known = self.band_sample.isVisible(), False
        for band, end in ((self.band, self.low), (self.ahead_band, self.ahead_low)):
            there = end.xData is not None and len(end.xData) > 0
            band.setVisible(wanted and there)
            known = known or there
        # The sample is in no chart: its numbers say that there is something to list.
        self.band_sample.setData([0.0] * known, [0.0] * known)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self.readout, stretch=1)
        header.addWidget(self.candles_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        self.plot.setMinimumHeight(round(scaled(LEAST_HEIGHT)))
        layout.addWidget(self.plot)
        layout.addWidget(self.notes)
        self.readout.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _band_shade() -> QColor:
    shade = QColor(colours().network)
    shade.setAlpha(2 * SHADE)
    return shade


def _show_ends(
    low: pg.PlotCurveItem,
    high: pg.PlotCurveItem,
    rows: npt.NDArray[np.int64],
    band: tuple[FloatArray, FloatArray] | None,
) -> None:
    """The ends of an interval; nothing if there is none or it has no end."""
    known = band is not None and all(np.isfinite(ends).all() for ends in band)
    for curve, ends in zip((low, high), band if band and known else ([], []), strict=True):
        curve.setData(rows if known else [], ends)


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ForecastView, finished_state())
