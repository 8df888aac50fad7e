"""What the list of names looks like: how many, their letters and their lengths.

``python -m rnnstudio.ui.dinosaurs.pages.statistics_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.corpus import END, Corpus
from rnnstudio.core.names.statistics import Statistics
from rnnstudio.ui.dinosaurs.pages.bars import MOST_BARS, BarChart
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel

_WIDTH = 0.8
"""Of a bar, in the room that it has."""


class StatisticsView(QWidget):
    """The figures in words, a bar a letter and a bar a length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = ""
        """The figures in words, for the top of the page."""
        self.alphabet = PlainLabel(wrap=True)
        self.letters_chart = BarChart(self.tr("Letter"), self.tr("Times"))
        self.lengths_chart = BarChart(self.tr("Letters in a name"), self.tr("Names"))
        self.letters = self.letters_chart.add_bars(_WIDTH, colours().yesterday)
        self.lengths = self.lengths_chart.add_bars(_WIDTH, colours().ink)
        for_pictures(self.alphabet)
        self._corpus: Corpus | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.alphabet)
        charts = QHBoxLayout()
        charts.setSpacing(3 * sizes().gap)
        charts.addWidget(self.letters_chart, stretch=3)
        charts.addWidget(self.lengths_chart, stretch=2)
        layout.addLayout(charts, stretch=1)

    def show_state(self, state: NamesState) -> None:
        """Show the figures when there are other names."""
        corpus, found = state.corpus, state.statistics
        if corpus is None or found is None or corpus is self._corpus:
            return
        self._corpus = corpus
        self.summary = self._summary(found)
        text = self.tr("Alphabet of {0} symbols with the end of a name: {1}")
        letters = [symbol for symbol in corpus.vocabulary if symbol != END]
        signs = " ".join(self.tr("space") if letter == " " else letter for letter in letters)
        self.alphabet.setText(language.filled(text, len(corpus.vocabulary), signs))
        self._draw(found)

    def _summary(self, found: Statistics) -> str:
        text = self.tr(
            "{0:,} names, {1:,} of them different; {2:.1f} letters on average, from {3} (“{4}”) to "
            "{5} (“{6}”)."
        )
        return language.filled(
            text,
            found.names,
            found.distinct,
            found.mean_length,
            len(found.shortest),
            found.shortest,
            len(found.longest),
            found.longest,
        )

    def _draw(self, found: Statistics) -> None:
        letters = found.letters[:MOST_BARS]
        times = np.array([count for _, count in letters], np.float64)
        names = np.array(found.lengths, np.float64)
        self.letters.setOpts(x=np.arange(len(times)), height=times)
        self.lengths.setOpts(x=np.arange(len(names)), height=names)
        self.letters_chart.show_tops(
            times,
            lambda at: language.filled(self.tr("{0}: {1:,} times"), *letters[at]),
            symbols=[letter for letter, _ in letters],
        )
        self.lengths_chart.show_tops(
            names,
            lambda at: language.filled(self.tr("{0} letters: {1:,} names"), at, found.lengths[at]),
        )


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(StatisticsView, trained_state())
