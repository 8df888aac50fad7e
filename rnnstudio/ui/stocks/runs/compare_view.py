"""The chosen runs side by side: what differs, what they came to, their forecasts in one chart.

``python -m rnnstudio.ui.stocks.runs.compare_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.files.run_comparison import Ranking, ranking
from rnnstudio.core.stocks.files.run_overlay import overlay
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.ui.stocks.runs.chart import OverlayChart
from rnnstudio.ui.stocks.runs.run_figures import CompareTable
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.column_room import give_room


class RunsCompareView(QWidget):
    """Compares the runs that it is given; of a single one it shows the figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        self.chart, self.table = OverlayChart(), CompareTable()
        self.table.setAccessibleName(self.tr("Compare"))
        for_pictures(self.table)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.chart)
        sides.addWidget(self.table)
        sides.setSizes([sizes().gap * 76, sizes().gap * 80])
        self._shown: tuple[RunEntry, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(sides, stretch=1)
        self._show(())

    def show_state(self, runs: tuple[RunEntry, ...]) -> None:
        """Compare these runs; the picture stays as it is while they do."""
        same = len(runs) == len(self._shown)
        if not same or any(a is not b for a, b in zip(runs, self._shown, strict=True)):
            self._show(runs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the table room for its columns."""
        super().resizeEvent(event)
        give_room(self.table, self.width())

    def _show(self, runs: tuple[RunEntry, ...]) -> None:
        self._shown = runs
        found = ranking(runs)
        self.sentence = self._sentence(runs, found)
        self.table.show_runs(runs, found)
        give_room(self.table, self.width())
        drawn = next((run for run in runs if run.evaluation is not None), None)
        self.chart.show_overlay(overlay(runs), "" if drawn is None else drawn.trained.spec.target)

    def _sentence(self, runs: tuple[RunEntry, ...], found: Ranking) -> str:
        if not runs:
            return self.tr("Choose a run to see its figures, several (Ctrl + click) to compare.")
        hint = self.tr("Choose more runs (Ctrl + click) to compare.")
        if len(runs) > 1:
            return language.text(found.sentence)
        evaluation = runs[0].evaluation
        sentence = found.sentence if evaluation is None else evaluation.summary.sentence
        return f"{language.text(sentence)} {hint}"


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import example_runs
    from rnnstudio.ui.widgets.preview import preview

    preview(RunsCompareView, example_runs())
