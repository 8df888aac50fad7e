"""The closed loop: one path over the test days, fed with its own output, on a scale of its own.

``python -m rnnstudio.ui.stocks.pages.closed_loop_page`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.evaluation.wording import figure, plain_words
from rnnstudio.ui.stocks.days_chart import DaysChart
from rnnstudio.ui.stocks.pages.evaluation_page import EvaluationPage
from rnnstudio.ui.stocks.price_lines import price_lines
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.pending_result import line_chart
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine


class ClosedLoopPage(EvaluationPage):
    """Truth, the network's own path, and the last known price, held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Closed loop"), line_chart, parent)
        self.plot = DaysChart()
        self.plot.setAccessibleName(self.tr("The closed loop by day"))
        self.about = PlainLabel(language.text(plain_words("closed loop")), wrap=True)
        self.build([self.plot, self.about])

    def chart(self) -> DaysChart:
        """Its only chart."""
        return self.plot

    def draw(self, state: StocksState) -> None:
        """Draw the path of the evaluation, or say how to come by one."""
        evaluation = state.evaluation
        if evaluation is None:
            self.say(self.tr("Find out first: then the closed loop is drawn here."))
            return
        self.say(language.text(evaluation.summary.closed_sentence))
        forecast = evaluation.forecast
        self.plot.show_title(forecast.spec.target)
        rows = np.arange(len(forecast.rows), dtype=float)
        names = self.tr("closed loop"), self.tr("price held")
        lines = price_lines(rows, forecast.actual, forecast.closed_loop, forecast.flat, names)
        self.plot.show_days(lines, forecast.dates, range(len(rows)))

    def numbers(self, state: StocksState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line a test day."""
        titles = (self.tr("Day"), self.tr("truth"), self.tr("closed loop"), self.tr("price held"))
        if state.evaluation is None:
            return titles, ()
        forecast = state.evaluation.forecast
        columns = (forecast.actual, forecast.closed_loop, forecast.flat)
        lines = []
        for place, day in enumerate(forecast.dates):
            cells = [TableCell(str(day), str(day))]
            for values in columns:
                value = float(values[place])
                cells.append(TableCell(language.shown(figure(value, 6)), value))
            lines.append(TableLine(str(day), tuple(cells)))
        return titles, lines


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ClosedLoopPage, finished_state())
