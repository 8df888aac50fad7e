"""By day ahead: errors, residuals, and how wide the intervals were, each at full width.

``python -m rnnstudio.ui.stocks.pages.horizons_page`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import rounded
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    figure,
    horizons_sentence,
    plain_words,
)
from rnnstudio.ui.stocks.home.chart_days import day_names
from rnnstudio.ui.stocks.home.price_chart import DASHES, NETWORK, YESTERDAY
from rnnstudio.ui.stocks.pages.shares_page import NumbersPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.segment import Segment
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine

_ROOM = 0.06
_ERRORS, _RESIDUALS, _WIDTHS = "errors", "residuals", "widths"


class HorizonsPage(NumbersPage):
    """One of three charts: the errors by days ahead, the residuals by day, the intervals' width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("By day ahead"), parent)
        self.errors = LabelledChart(self.tr("days ahead"), self.tr("RMSE"))
        self.residuals = LabelledChart("", self.tr("forecast less truth"))
        self.widths = LabelledChart("", self.tr("width of the interval one day ahead, in prices"))
        self.charts = {
            _ERRORS: self.errors,
            _RESIDUALS: self.residuals,
            _WIDTHS: self.widths,
        }
        self.choice = Segment(self.tr("Which chart"))
        for key, text in (
            (_ERRORS, self.tr("Errors")),
            (_RESIDUALS, self.tr("Residuals")),
            (_WIDTHS, self.tr("Intervals")),
        ):
            self.choice.add(key, text)
        self.about = PlainLabel(wrap=True)
        self._stack = QStackedWidget()
        for chart in self.charts.values():
            self._stack.addWidget(chart)
        self.build([self._stack, self.about], [self.choice])
        self.choice.asked.connect(self.turn_chart)
        self._key = _ERRORS
        self.choice.show_chosen(_ERRORS)

    def turn_chart(self, key: str) -> None:
        """Show the chart ``key``, and say what it shows."""
        self._key = key
        self.choice.show_chosen(key)
        self._stack.setCurrentWidget(self.charts[key])
        self.setFocusProxy(self.charts[key])
        if self.state is not None:
            self.show_state(self.state)

    def chart(self) -> LabelledChart:
        """The chart in sight."""
        return self.charts[self._key]

    def draw(self, state: StocksState) -> None:
        """Draw the chart in sight, or say how to come by one."""
        evaluation, chart = state.evaluation, self.chart()
        self.about.setText(language.text(plain_words(_TERMS[self._key])))
        if evaluation is None:
            self.say(self.tr("Find out first: then the errors are drawn here."))
            chart.show_lines((), (0.0, 1.0))
            return
        says = {
            _ERRORS: horizons_sentence(evaluation.summary),
            _RESIDUALS: horizons_sentence(evaluation.summary),
            _WIDTHS: coverage_sentence(evaluation.summary),
        }
        self.say(language.text(says[self._key]))
        if self._key == _ERRORS:
            self._draw_errors(evaluation)
        else:
            self._draw_by_day(evaluation, chart)
        chart.setAccessibleDescription(described_chart(chart.lines))

    def numbers(self, state: StocksState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line a day ahead, or a test day."""
        evaluation = state.evaluation
        if self._key == _ERRORS:
            titles = (self.tr("Days ahead"), self.tr("network"), self.tr("yesterday's price"))
            if evaluation is None:
                return titles, ()
            found = evaluation.summary.horizons
            days = [f"{day}" for day in range(1, len(found.rmse) + 1)]
            return titles, _table(days, found.rmse, found.rmse_persistence)
        titles = (self.tr("Day"), self.tr("forecast less truth"), self.tr("width of the interval"))
        if evaluation is None:
            return titles, ()
        forecast = evaluation.forecast
        return titles, _table(
            [str(day) for day in forecast.dates],
            forecast.predicted - forecast.actual,
            interval_widths(evaluation),
        )

    def _draw_errors(self, evaluation: Evaluation) -> None:
        found = evaluation.summary.horizons
        days = np.arange(1, len(found.rmse) + 1, dtype=float)
        lines = [
            LabelledLine(
                self.tr("network"), days, found.rmse, _end(found.rmse), None, "network", NETWORK
            ),
            LabelledLine(
                self.tr("yesterday's price"),
                days,
                found.rmse_persistence,
                _end(found.rmse_persistence),
                None,
                "yesterday",
                YESTERDAY,
                DASHES,
            ),
        ]
        top = max(float(np.nanmax(line.y)) for line in lines)
        every = max(1, len(days) // 5)
        names = [(float(day), f"{day:.0f}") for day in days[every - 1 :: every]]
        self.errors.show_lines(lines, (0.0, top * (1 + _ROOM) or 1.0), names)

    def _draw_by_day(self, evaluation: Evaluation, chart: LabelledChart) -> None:
        forecast = evaluation.forecast
        rows = np.arange(forecast.rows.start, forecast.rows.stop, dtype=float)
        if chart is self.residuals:
            y, name = forecast.predicted - forecast.actual, self.tr("network")
        else:
            y, name = interval_widths(evaluation), self.tr("width")
        known = y[np.isfinite(y)]
        if not len(known):
            chart.show_lines((), (0.0, 1.0))
            return
        line = LabelledLine(name, rows, y, _end(y), None, "network", 2.0)
        low, high = min(float(known.min()), 0.0), float(known.max())
        room = _ROOM * (high - low) or 1.0
        bottom = low - room if low < 0 else 0.0
        names = day_names(forecast.table.dates, forecast.rows)
        chart.show_lines([line], (bottom, high + room), names)


_TERMS = {_ERRORS: "RMSE", _RESIDUALS: "open loop", _WIDTHS: "interval"}


def interval_widths(evaluation: Evaluation) -> FloatArray:
    """From the lower to the upper end one day ahead, (rows,) float64 in prices; NaN: no end."""
    band = evaluation.forecast.band
    if band is None:
        return np.full(len(evaluation.forecast.rows), np.nan)
    with np.errstate(invalid="ignore"):
        wide = band[1] - band[0]
    return np.where(np.isfinite(wide), wide, np.nan)


def _end(values: FloatArray) -> str:
    known = values[np.isfinite(values)]
    return language.number(rounded(float(known[-1]), 3)) if len(known) else ""


def _table(names: Sequence[str], *columns: FloatArray) -> list[TableLine]:
    lines = []
    for place, name in enumerate(names):
        key: float | str = float(name) if name.isdigit() else name
        cells = [TableCell(name, key)]
        for values in columns:
            value = float(values[place])
            cells.append(TableCell(language.shown(figure(value)), value))
        lines.append(TableLine(name, tuple(cells)))
    return lines


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(HorizonsPage, finished_state())
