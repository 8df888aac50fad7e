"""The trainings of this session: what differs among them, and their losses over the names seen.

``python -m rnnstudio.ui.dinosaurs.pages.runs_view`` opens it alone.
"""

from __future__ import annotations

import math
import textwrap

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.learning_curve import learning_curve
from rnnstudio.core.names.recipe_comparison import Cell, compare
from rnnstudio.core.names.recipes import recipe_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.numbers import grouped, rounded
from rnnstudio.ui.dinosaurs.append_only import Array
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.pending_result import PendingResult, table_rows
from rnnstudio.ui.widgets.sort_table import SortTable, TableCell, TableLine

ROLES = ("network", "held_out", "yesterday", "ink", "good", "bad")
"""The roles whose colours the curves have, one after the other; then again in dashes."""
_TITLE_LETTERS = 16
"""Letters of a title in a line: beside each other whole ones are wider than a window."""
MOST_POINTS = 60
"""A curve's points: with more of them the chance of single names hides the trend."""


class RunsView(QWidget):
    """A row and a curve a training; the curve of the chosen row is strong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        """What there is to compare, for the top of the page."""
        self.table = SortTable()
        self.table.setAccessibleName(self.tr("Trainings of this session"))
        self.chart = LabelledChart(
            self.tr("Names seen"), self.tr("Training loss (nats a character)")
        )
        for_pictures(self.table)
        self._shown: tuple[TrainedNames, ...] | None = None
        self._points: dict[TrainedNames, tuple[Array, Array]] = {}
        self._chosen = ""
        self.table.chosen.connect(self._choose)
        self.outline = PendingResult(
            table_rows, self.tr("Train a network, and its row and its curve are shown here.")
        )
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.addWidget(self.table)
        self.halves.addWidget(self.chart)
        self.halves.setSizes([180, 380])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.outline, stretch=1)
        layout.addWidget(self.halves, stretch=1)

    @property
    def number(self) -> int:
        """The number of the chosen training, from 1 on; 0: none is chosen."""
        return int(self._chosen or 0)

    def show_state(self, state: NamesState) -> None:
        """Show the trainings when there are others."""
        if state.runs is self._shown:
            return
        self._shown = state.runs
        self.sentence = self._sentence(state.runs)
        self._points = {run: self._curve(run) for run in state.runs if run.step}
        self.outline.setVisible(not state.runs)
        self.halves.setVisible(bool(state.runs))
        self.chart.setVisible(bool(self._points))
        self._fill(state.runs)
        self._draw()

    def _curve(self, run: TrainedNames) -> tuple[Array, Array]:
        """A run's curve, computed once: a long list of names takes its time."""
        return self._points[run] if run in self._points else learning_curve(run, MOST_POINTS)

    def _sentence(self, runs: tuple[TrainedNames, ...]) -> str:
        if not runs:
            return self.tr("Each training gets a row here: settings that differ, results.")
        if len(runs) == 1:
            return self.tr("One training; train another way, and both stand here.")
        judged = [
            (run.best_held_out, place)
            for place, run in enumerate(runs, start=1)
            if run.best_held_out is not None
        ]
        if not judged:
            text = self.tr("{0} trainings; none of them held names out to be judged on.")
            return language.filled(text, len(runs))
        lowest, place = min(judged)
        text = self.tr("Training {0} foresees names that it has not seen best: {1} nats a letter.")
        return language.filled(text, place, language.number(rounded(lowest, 2)))

    def _fill(self, runs: tuple[TrainedNames, ...]) -> None:
        if not runs:
            self.table.show_lines([], [])
            return
        found = compare(runs)
        titles = [self.tr("Training"), *map(language.text, found.columns)]
        titles = ["\n".join(textwrap.wrap(title, _TITLE_LETTERS)) for title in titles]
        lines = []
        for place, cells in enumerate(found.rows, start=1):
            whole = (TableCell(f"{place}", place), *map(_table_cell, cells))
            lines.append(TableLine(f"{place}", whole))
        self.table.show_lines(titles, lines)

    @Slot(object)
    def _choose(self, name: str) -> None:
        self._chosen = name
        self._draw()

    def _draw(self) -> None:
        """The curves over powers of ten of the names seen."""
        lines = [
            self._line(place, run)
            for place, run in enumerate(self._shown or (), start=1)
            if run in self._points
        ]
        if not lines:
            return
        losses = np.concatenate([line.y for line in lines])
        room = 0.05 * max(float(np.ptp(losses)), 0.1)
        last = math.ceil(max(float(line.x[-1]) for line in lines))
        powers = [(float(power), language.number(grouped(10**power))) for power in range(last + 1)]
        self.chart.show_lines(
            lines, (float(losses.min()) - room, float(losses.max()) + room), powers
        )
        self.chart.setAccessibleDescription(described_chart(lines))

    def _line(self, place: int, run: TrainedNames) -> LabelledLine:
        seen, losses = self._points[run]
        return LabelledLine(
            f"{place} {recipe_of(run.spec)}",
            np.log10(np.maximum(seen, 1)),
            losses,
            end=language.number(rounded(float(losses[-1]), 2)),
            note=lambda at: language.filled(
                self.tr("{0}: {1} after {2:,} names"),
                place,
                language.number(rounded(float(losses[at]), 2)),
                int(seen[at]),
            ),
            role=ROLES[(place - 1) % len(ROLES)],
            width=4 if f"{place}" == self._chosen else 2,
            dashes=() if place <= len(ROLES) else (6, 4),
        )


def _table_cell(cell: Cell) -> TableCell:
    return TableCell(cell_text(cell), cell)


def cell_text(cell: Cell) -> str:
    """A cell as a person may read it."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    return language.number(grouped(cell) if isinstance(cell, int) else tidy(cell))


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(RunsView, trained_state())
