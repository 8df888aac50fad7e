"""The closed loop: one path over the test days, fed with its own output, on a scale of its own.

``python -m rnnstudio.ui.stocks.pages.closed_loop_page`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import rounded
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.wording import figure, plain_words
from rnnstudio.ui.stocks.home.chart_days import day_names
from rnnstudio.ui.stocks.home.price_chart import DASHES, NETWORK, TRUTH, YESTERDAY
from rnnstudio.ui.stocks.pages.shares_page import NumbersPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine

_ROOM = 0.05


class ClosedLoopPage(NumbersPage):
    """Truth, the network's own path, and the last known price, held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Closed loop"), parent)
        self.plot = LabelledChart("", "")
        self.plot.setAccessibleName(self.tr("The closed loop by day"))
        self.about = PlainLabel(language.text(plain_words("closed loop")), wrap=True)
        self.build([self.plot, self.about])

    def chart(self) -> LabelledChart:
        """Its only chart."""
        return self.plot

    def draw(self, state: StocksState) -> None:
        """Draw the path of the evaluation, or say how to come by one."""
        evaluation = state.evaluation
        if evaluation is None:
            self.say(self.tr("Find out first: then the closed loop is drawn here."))
            self.plot.show_lines((), (0.0, 1.0))
            return
        self.say(language.text(evaluation.summary.closed_sentence))
        forecast = evaluation.forecast
        lines = self._lines(evaluation)
        values = np.concatenate([line.y for line in lines])
        values = values[np.isfinite(values)]
        low, high = float(values.min()), float(values.max())
        room = _ROOM * (high - low) or 1.0
        self.plot.show_title(forecast.spec.target)
        self.plot.show_lines(
            lines, (low - room, high + room), day_names(forecast.table.dates, forecast.rows)
        )
        self.plot.setAccessibleDescription(described_chart(lines))

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

    def _lines(self, evaluation: Evaluation) -> list[LabelledLine]:
        forecast = evaluation.forecast
        rows = np.arange(forecast.rows.start, forecast.rows.stop, dtype=float)
        return [
            LabelledLine(name, rows, y, _end(float(y[-1])), None, role, width, dashes)
            for name, y, role, width, dashes in (
                (self.tr("price held"), forecast.flat, "yesterday", YESTERDAY, DASHES),
                (self.tr("closed loop"), forecast.closed_loop, "network", NETWORK, ()),
                (self.tr("truth"), forecast.actual, "ink", TRUTH, ()),
            )
        ]


def _end(value: float) -> str:
    return language.number(rounded(value, 2))


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ClosedLoopPage, finished_state())
