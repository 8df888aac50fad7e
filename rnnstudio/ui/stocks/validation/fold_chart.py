"""How the candidates of a search did on each fold, beside yesterday's price."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow
from rnnstudio.ui.theme.tokens import LIVE_PEN, colours, theme
from rnnstudio.ui.widgets.plot import legend_above, make_curve, make_plot


class FoldChart(QWidget):
    """A line a candidate over the folds, the chosen one's strong; 1 is yesterday's price."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = make_plot("", self.tr("Ratio"))
        legend_above(self.plot, columns=3)
        self.others = pg.PlotDataItem(
            pen=pg.mkPen(colours().muted, width=LIVE_PEN), name=self.tr("Others")
        )
        self.plot.addItem(self.others)
        self.chosen = make_curve(
            self.plot, self.tr("Chosen candidate"), colours().network, width=theme().strong_pen
        )
        self.flat = make_curve(  # above the others, which often coincide with it
            self.plot, self.tr("Tomorrow = today"), colours().yesterday, dashed=True
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def show_rows(self, table: SearchTable, chosen: SearchRow) -> None:
        """Draw the ratios of every candidate on every fold."""
        count = table.plan.folds
        folds = np.arange(1.0, count + 1)
        # One curve for all: a gap stands between two candidates.
        others = np.array([[*_ratios(row), np.nan] for row in table.rows if row is not chosen])
        self.others.setData(
            np.tile(np.append(folds, np.nan), len(others)), others.ravel(), connect="finite"
        )
        self.flat.setData([1.0, float(count)], [1.0, 1.0])
        self.chosen.setData(folds, np.array(_ratios(chosen)), connect="finite")
        days = [DayText(fold.table.dates[fold.rows.start]) for fold in table.spans]
        ticks = [
            (number, language.filled(self.tr("from {0}"), day))
            for number, day in enumerate(days, start=1)
        ]
        self.plot.getAxis("bottom").setTicks([ticks])
        self.plot.setXRange(0.5, count + 0.5, padding=0)  # space for the outer dates


def _ratios(row: SearchRow) -> list[float]:
    return [np.nan if score is None else score.ratio for score in row.scores]
