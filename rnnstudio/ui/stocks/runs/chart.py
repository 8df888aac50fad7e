"""The forecasts of several runs in one chart, with the truth and yesterday's price always there."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.stocks.files.run_descriptions import listed
from rnnstudio.core.stocks.files.run_overlay import Overlay
from rnnstudio.ui.stocks.days_chart import USUAL_DAYS, DaysChart
from rnnstudio.ui.stocks.price_lines import price_lines
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labelled_chart import LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel

DASHES: tuple[tuple[float, ...], ...] = ((), (10.0, 4.0), (3.0, 3.0), (10.0, 3.0, 3.0, 3.0))
"""Of the forecasts, in turn: neighbours differ, and through the gaps the one below is seen."""
_WIDTH = 3.5


class OverlayChart(QWidget):
    """The open loops of several runs over the truth and yesterday's price."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = DaysChart()
        self.plot.setAccessibleName(self.tr("Forecasts of the chosen runs by day"))
        self.note = PlainLabel(role="muted", wrap=True)
        for_pictures(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.plot, stretch=1)
        layout.addWidget(self.note)

    def show_overlay(self, found: Overlay | None, target: str) -> None:
        """Draw the truth, yesterday's price and the forecasts; nothing if there are none."""
        self.note.setText(self._note(found))
        self.plot.show_title(target)
        self.plot.setVisible(found is not None)
        if found is None:
            return
        days = len(found.dates)
        rows = np.arange(days, dtype=float)
        _, *known = price_lines(rows, found.truth, found.truth, found.persistence)
        lines = [_line(place, name, rows, y) for place, (name, y) in enumerate(found.forecasts)]
        # A network that copies yesterday would hide what is known.
        seen = range(max(0, days - USUAL_DAYS), days)
        self.plot.show_days([*lines, *known], found.dates, seen)

    def _note(self, found: Overlay | None) -> str:
        if found is None:
            return self.tr("Nothing to draw: none of these test spans was evaluated.")
        text = language.filled(
            self.tr("{0:,} common test days, {1} to {2}."),
            len(found.dates),
            found.dates[0],
            found.dates[-1],
        )
        if len(found.dates) > USUAL_DAYS:
            text += " " + language.filled(self.tr("In view are the last {0}."), USUAL_DAYS)
        if found.left_out:
            left_out = self.tr("Not drawn, for other days or prices: {0}.")
            text += " " + language.filled(left_out, language.text(listed(found.left_out)))
        return text


def _line(place: int, name: str, x: Array, y: Array) -> LabelledLine:
    return LabelledLine(name, x, y, "", None, "network", _WIDTH, DASHES[place % len(DASHES)])
