"""A walk on a chart: the truth, yesterday's price, the walk's forecast, and every training."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from rnnstudio.core import language
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.validation.folds import FoldForecast
from rnnstudio.core.stocks.validation.walk_forward import Walk
from rnnstudio.ui.stocks.days_chart import DaysChart
from rnnstudio.ui.stocks.price_lines import price_lines
from rnnstudio.ui.theme.pens import chart_pen

_WHOLE_HEIGHT = (0.0, 1.0)
_DOTS = (1.0, 4.0)


class WalkChart(DaysChart):
    """Shows one walk over its real days, as far as it has come; dots where it was trained anew."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("The walk by day"))
        self.refits = pg.VTickGroup(yrange=_WHOLE_HEIGHT, pen=chart_pen("outline", 1, _DOTS))
        self.addItem(self.refits, ignoreBounds=True)
        self._shown: Walk | None = None

    def show_walk(self, walk: Walk) -> None:
        """Draw it; what is in sight stays in sight while it is the same days."""
        before, self._shown = self._shown, walk
        if walk is before:
            return
        same = before is not None and _same_days(before.split, walk.split)
        title = self.tr("{0}; the network is trained anew at each dotted line")
        self.show_title(language.filled(title, walk.spec.target))
        rows = np.arange(walk.rows.start, walk.rows.stop, dtype=float)
        lines = price_lines(rows, walk.actual, walk.predicted, walk.persistence)
        drawn = [line for line in lines if np.isfinite(line.y).any()]
        self.show_days(drawn, walk.split.table.dates, self.in_sight if same else walk.rows)
        self.refits.setXVals(
            [
                fold.rows.start - 0.5
                for fold, outcome in zip(walk.folds, walk.outcomes, strict=True)
                if isinstance(outcome, FoldForecast)
            ]
        )


def _same_days(one: Split, other: Split) -> bool:
    return one.table is other.table and one.rows_known == other.rows_known
