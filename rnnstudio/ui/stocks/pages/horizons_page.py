"""By day ahead: errors, residuals, and how wide the intervals were, each at full width.

``python -m rnnstudio.ui.stocks.pages.horizons_page`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    figure,
    horizons_sentence,
    plain_words,
)
from rnnstudio.ui.stocks.days_chart import DaysChart
from rnnstudio.ui.stocks.pages.evaluation_page import EvaluationPage
from rnnstudio.ui.stocks.price_lines import end_text, network_line, yesterday_line
from rnnstudio.ui.stocks.shares_chart import SharesChart
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labelled_chart import LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.pending_result import line_chart
from rnnstudio.ui.widgets.segment import Segment
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine

_ROOM = 0.06
_ERRORS, _RESIDUALS, _WIDTHS = "errors", "residuals", "widths"


class HorizonsPage(EvaluationPage):
    """One of three charts: the errors by days ahead, the residuals by day, the intervals' width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("By day ahead"), line_chart, parent)
        self.errors = SharesChart(self.tr("days ahead"), self.tr("RMSE"))
        self.errors.heading = self._name_days_ahead
        self.residuals, self.widths = DaysChart(), DaysChart()
        for chart, title in (
            (self.residuals, self.tr("forecast less truth")),
            (self.widths, self.tr("width of the interval one day ahead, in prices")),
        ):
            chart.show_title(title)
            chart.setAccessibleName(title)
        self.charts: dict[str, SharesChart] = {
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

    def chart(self) -> SharesChart:
        """The chart in sight."""
        return self.charts[self._key]

    def draw(self, state: StocksState) -> None:
        """Draw the chart in sight, or say how to come by one."""
        evaluation = state.evaluation
        self.about.setText(language.text(plain_words(_TERMS[self._key])))
        if evaluation is None:
            self.say(self.tr("Find out first: then the errors are drawn here."))
            return
        says = {
            _ERRORS: horizons_sentence(evaluation.summary),
            _RESIDUALS: horizons_sentence(evaluation.summary),
            _WIDTHS: coverage_sentence(evaluation.summary),
        }
        self.say(language.text(says[self._key]))
        if self._key == _ERRORS:
            self._draw_errors(evaluation)
        elif self._key == _RESIDUALS:
            forecast = evaluation.forecast
            residuals = forecast.predicted - forecast.actual
            self._draw_by_day(self.residuals, evaluation, residuals, self.tr("network"))
        else:
            widths = interval_widths(evaluation)
            self._draw_by_day(self.widths, evaluation, widths, self.tr("width"))

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
            network_line(days, found.rmse, decimals=3),
            yesterday_line(days, found.rmse_persistence, decimals=3),
        ]
        top = max(float(np.nanmax(line.y)) for line in lines)
        every = max(1, len(days) // 5)
        names = [(float(day), f"{day:.0f}") for day in days[every - 1 :: every]]
        self.errors.show_lines(lines, (0.0, top * (1 + _ROOM) or 1.0), names)

    def _draw_by_day(
        self, chart: DaysChart, evaluation: Evaluation, y: FloatArray, name: str
    ) -> None:
        forecast = evaluation.forecast
        rows = np.arange(len(forecast.rows), dtype=float)
        lines = [LabelledLine(name, rows, y, end_text(y, 3), None, "network")]
        chart.show_days(lines if np.isfinite(y).any() else [], forecast.dates, range(len(rows)))

    def _name_days_ahead(self, place: int) -> str:
        return language.filled(self.tr("Days ahead: {0}"), place + 1)


_TERMS = {_ERRORS: "RMSE", _RESIDUALS: "open loop", _WIDTHS: "interval"}


def interval_widths(evaluation: Evaluation) -> FloatArray:
    """From the lower to the upper end one day ahead, (rows,) float64 in prices; NaN: no end."""
    band = evaluation.forecast.band
    if band is None:
        return np.full(len(evaluation.forecast.rows), np.nan)
    with np.errstate(invalid="ignore"):
        wide = band[1] - band[0]
    return np.where(np.isfinite(wide), wide, np.nan)


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
