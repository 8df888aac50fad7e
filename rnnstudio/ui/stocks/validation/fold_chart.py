"""How the candidates of a search did on each fold, beside yesterday's price."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow
from rnnstudio.ui.stocks.price_lines import heights, network_line, yesterday_line
from rnnstudio.ui.stocks.shares_chart import SharesChart
from rnnstudio.ui.theme.pens import chart_pen

_DECIMALS = 4


class FoldChart(SharesChart):
    """A line for the chosen candidate over the folds, thin ones for the others; 1 is yesterday's
    price."""

    def __init__(self) -> None:
        super().__init__(self.tr("the first day of each fold"))
        self.setAccessibleName(self.tr("Ratios by fold"))
        self.show_title(self.tr("RMSE over that of yesterday's price; thin: the other candidates"))
        self.others = pg.PlotDataItem(pen=chart_pen("outline", 1))
        self.others.setZValue(-1)
        self.addItem(self.others, ignoreBounds=True)

    def show_rows(self, table: SearchTable, chosen: SearchRow) -> None:
        """Draw the ratios of every candidate on every fold."""
        folds = np.arange(1.0, table.plan.folds + 1)
        # One curve for all: a gap stands between two candidates.
        others = np.array([[*_ratios(row), np.nan] for row in table.rows if row is not chosen])
        self.others.setData(np.tile(np.append(folds, np.nan), len(others)), others.ravel())
        own = _ratios(chosen)
        lines = [
            network_line(folds, own, chosen.candidate.name, _DECIMALS),
            yesterday_line(folds, np.ones(len(folds)), decimals=0),
        ]
        days = [language.shown(DayText(fold.table.dates[fold.rows.start])) for fold in table.spans]
        names = [(number, day) for number, day in zip(folds.tolist(), days, strict=True)]
        self.heading = days.__getitem__
        drawn = [line for line in lines if np.isfinite(line.y).any()]
        self.show_lines(drawn, heights(own, others.ravel(), np.ones(1)), names)


def _ratios(row: SearchRow) -> Array:
    return np.array([np.nan if score is None else score.ratio for score in row.scores])
