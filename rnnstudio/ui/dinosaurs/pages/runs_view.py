"""The trainings of this session: what differs among them, and their curves over each other.

``python -m rnnstudio.ui.dinosaurs.pages.runs_view`` opens it alone.
"""

from __future__ import annotations

from itertools import cycle

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.names.learning_curve import learning_curve
from rnnstudio.core.names.recipe_comparison import Cell, compare
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.append_only import Array
from rnnstudio.ui.dinosaurs.pages.legend import make_bare
from rnnstudio.ui.dinosaurs.state import MOST_RUNS, NamesState
from rnnstudio.ui.theme.tokens import LIVE_PEN, colour, theme
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.plot import PowersAxis, make_curve, make_plot

ROLES = ("you", "network", "good", "bad", "muted", "ink")
"""The roles whose colours the curves have, one after the other."""


MOST_POINTS = 60
"""A curve's points: with more of them the chance of single names hides the trend."""


class RunsView(QWidget):
    """A row and a curve a training; a row's number has the colour of its curve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        """What there is to compare, for the top of the page."""
        self.table = QTableWidget(0, 0)
        self.table.setAccessibleName(self.tr("Trainings of this session"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.plot = make_plot(
            self.tr("Names seen"), self.tr("Training loss (nats a character)"), PowersAxis("bottom")
        )
        make_bare(self.plot)
        self.plot.setLogMode(x=True, y=False)
        # Standing curves: Python might take discarded ones apart in a worker's thread.
        self.curves = [self._curve(row) for row in range(MOST_RUNS)]
        self._shown: tuple[TrainedNames, ...] = ()
        self._curves: dict[TrainedNames, tuple[Array, Array]] = {}
        self.table.itemSelectionChanged.connect(self._strengthen)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.table)
        halves.addWidget(self.plot)
        halves.setSizes([200, 380])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(halves, stretch=1)

    def show_state(self, state: NamesState) -> None:
        """Show the trainings when there are others."""
        self.sentence = self._sentence(len(state.runs))
        if state.runs is self._shown:
            return
        self._shown = state.runs
        self._curves = {run: points for run, points in self._curves.items() if run in state.runs}
        self._fill(state.runs)
        self._draw(state.runs)

    def _sentence(self, count: int) -> str:
        if count == 0:
            return self.tr("Each training gets a row here: settings that differ, results.")
        if count == 1:
            return self.tr("One training; train another way, and both stand here.")
        return self.tr("{0} trainings of this session.").format(count)

    def _fill(self, runs: tuple[TrainedNames, ...]) -> None:
        found = compare(runs)
        self.table.clear()
        self.table.setColumnCount(len(found.columns))
        self.table.setRowCount(len(found.rows))
        self.table.setHorizontalHeaderLabels(list(map(language.text, found.columns)))
        for row, (cells, role) in enumerate(zip(found.rows, cycle(ROLES), strict=False)):
            number = QTableWidgetItem(f"{row + 1}")
            number.setForeground(QColor(colour(role)))
            self.table.setVerticalHeaderItem(row, number)
            for column, cell in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(cell_text(cell)))
        self.table.horizontalHeader().resizeSections(QHeaderView.ResizeMode.ResizeToContents)

    def _draw(self, runs: tuple[TrainedNames, ...]) -> None:
        for curve in self.curves[len(runs) :]:
            curve.setData([], [])
        for run, curve in zip(runs, self.curves, strict=False):
            curve.setData(*self._points(run))

    def _points(self, run: TrainedNames) -> tuple[Array, Array]:
        """A run's curve, computed once: a long list of names takes its time."""
        if run not in self._curves:
            self._curves[run] = learning_curve(run, MOST_POINTS)
        return self._curves[run]

    def _curve(self, row: int) -> pg.PlotDataItem:
        """Dashes that distinguish repeated colours."""
        chosen = colour(ROLES[row % len(ROLES)])
        return make_curve(self.plot, "", chosen, dashed=row >= len(ROLES))

    def _strengthen(self) -> None:
        """The chosen rows' curves are strong."""
        chosen = {index.row() for index in self.table.selectedIndexes()}
        for row, curve in enumerate(self.curves):
            pen = pg.mkPen(curve.opts["pen"])
            pen.setWidth(2 * theme().strong_pen if row in chosen else LIVE_PEN)
            curve.setPen(pen)


def cell_text(cell: Cell) -> str:
    """A cell as a person may read it."""
    if cell is None:
        return "–"
    return cell if isinstance(cell, str) else f"{cell:,}" if isinstance(cell, int) else tidy(cell)


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(RunsView, trained_state())
