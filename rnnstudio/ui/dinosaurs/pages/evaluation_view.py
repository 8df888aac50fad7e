"""Is it any good? Recipes against counting letters, and what they make against the list.

``python -m rnnstudio.ui.dinosaurs.pages.evaluation_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
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
from rnnstudio.core.names.evaluate import RecipeEvaluation
from rnnstudio.core.numbers import NumberText, percent
from rnnstudio.ui.dinosaurs.append_only import Array
from rnnstudio.ui.dinosaurs.evaluation_state import EvaluationState, Row, rows_of
from rnnstudio.ui.dinosaurs.network_line import describe_training
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.pending_result import PendingResult, not_yet, table_rows


class EvaluationView(QWidget):
    """A row a contender, the best first, and the lengths of the names the chosen one makes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        """What was found, for the top of the page."""
        self.table = QTableWidget(0, 9)
        self.table.setAccessibleName(self.tr("Contenders"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.chart = LabelledChart(self.tr("Letters in a name"), self.tr("Share of names"))
        self.network = PlainLabel(role="quiet", wrap=True)
        self.note = PlainLabel(
            self.tr(
                "Held out: nats a character on names not trained on, less is better. Of the names "
                "made: new, near (one letter from a listed one), listed, distinct; lengths: 0 if "
                "spread as the list's are, 1 if none is shared."
            ),
            role="muted",
            wrap=True,
        )
        self.outline = PendingResult(
            table_rows,
            self.tr(
                "Each chosen recipe is trained once a seed on most of the names and judged on "
                "those that were held out, beside models that only count letters. The network "
                "there is can be judged alone."
            ),
        )
        for_pictures(self.table, self.network)
        self._shown: RecipeEvaluation | None = None
        self._rows: tuple[Row, ...] = ()
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._choose)
        self._show(None)

    def show_state(self, state: EvaluationState) -> None:
        """Show the evaluation when there is another one, or what one costs."""
        self.outline.show_words(not_yet(len(state.recipes) * state.seeds))
        if state.evaluation is not self._shown:
            self._show(state.evaluation)

    def _show(self, evaluation: RecipeEvaluation | None) -> None:
        self._shown = evaluation
        self._rows = () if evaluation is None else rows_of(evaluation)
        for part in (self.network, self.note, self._halves):  # an empty one would say nothing
            part.setVisible(evaluation is not None)
        self.outline.setVisible(evaluation is None)
        self.sentence = self._sentence(evaluation)
        self._fill()
        self.table.selectRow(0)
        self._choose()

    def _fill(self) -> None:
        self.table.setRowCount(len(self._rows))
        for i, row in enumerate(self._rows):
            low, high = row.spread
            texts = (
                row.label,
                _number(row.held_out, ".4f"),
                f"{_number(low, '.3f')} – {_number(high, '.3f')}",
                *(_share(share) for share in (row.new, row.near, row.listed, row.distinct)),
                _number(row.length_difference, ".3f"),
                _number(row.seconds, ".1f"),
            )
            for column, text in enumerate(texts):
                self.table.setItem(i, column, QTableWidgetItem(text))
        titles = self.table.horizontalHeader()
        titles.resizeSections(QHeaderView.ResizeMode.ResizeToContents)
        rows = self.table.rowCount() * self.table.verticalHeader().defaultSectionSize()
        frame = 2 * self.table.frameWidth()
        self.table.setMaximumHeight(titles.sizeHint().height() + rows + frame)

    def _sentence(self, evaluation: RecipeEvaluation | None) -> str:
        if evaluation is None:
            return self.tr(
                "Held-out names tell: does a network foresee letters better than counting?"
            )
        first = evaluation.of(evaluation.contenders[0])
        best = self._rows[0].label
        if evaluation.iterations is not None:
            source, seconds = evaluation.source, first[0].seconds
            self.network.setText(describe_training(source, evaluation.iterations, seconds))
            text = self.tr("It is {0} that foresees the names held out best.")
            return language.filled(text, best)
        self.network.clear()
        text = self.tr("{0}: means over {1} of {2} seeds; the lowest loss on held-out names: {3}.")
        return language.filled(text, evaluation.source, len(first), len(evaluation.seeds), best)

    def _choose(self) -> None:
        row = self.table.currentRow()
        if self._shown is None or not 0 <= row < len(self._rows):
            return
        chosen = self._rows[row]
        made = _mean([_shares(each.lengths) for each in self._shown.of(chosen.name)])
        lines = [
            _line(self.tr("the list"), _shares(self._shown.lengths), "ink"),
            _line(language.filled(self.tr("made by {0}"), chosen.label), made, "network"),
        ]
        highest = max(float(line.y.max()) for line in lines)
        self.chart.show_lines(lines, (0.0, 1.05 * highest))
        self.chart.setAccessibleDescription(described_chart(lines))

    def _lay_out(self) -> None:
        titles = (
            self.tr("Who"),
            self.tr("Held out"),
            self.tr("Range"),
            self.tr("New"),
            self.tr("Near"),
            self.tr("Listed"),
            self.tr("Distinct"),
            self.tr("Lengths"),
            self.tr("Seconds"),
        )
        self.table.setHorizontalHeaderLabels(list(titles))
        rows = self.table.verticalHeader()
        rows.setDefaultSectionSize(self.table.fontMetrics().height() + sizes().gap)
        rows.hide()
        self.table.horizontalHeader().setHighlightSections(False)  # bold ones would not fit
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.addWidget(self.table)
        self._halves.addWidget(self.chart)
        self._halves.setSizes([200, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.network)
        layout.addWidget(self.note)
        layout.addWidget(self._halves, stretch=1)
        layout.addWidget(self.outline, stretch=1)


def _line(name: str, shares: Array, role: str) -> LabelledLine:
    return LabelledLine(name, np.arange(len(shares), dtype=np.float64), shares, role=role)


def _shares(counts: tuple[int, ...]) -> Array:
    return np.array(counts, np.float64) / max(1, sum(counts))


def _mean(rows: list[Array]) -> Array:
    """The mean of rows of different lengths, zeros behind the shorter ones."""
    whole = np.zeros((len(rows), max(map(len, rows))))
    for place, row in enumerate(rows):
        whole[place, : len(row)] = row
    return np.asarray(whole.mean(axis=0))


def _share(share: float) -> str:
    return language.number(percent(share, 1))


def _number(value: float, form: str) -> str:
    return language.number(NumberText(format(value, form)))


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import evaluated_state
    from rnnstudio.ui.widgets.preview import preview

    preview(EvaluationView, evaluated_state())
