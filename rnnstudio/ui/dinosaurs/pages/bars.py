"""Charts of bars: how often a symbol or a length comes, and how probable the next symbol is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.names.corpus import END
from rnnstudio.core.numbers import rounded
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine

MOST_BARS = 40
"""Of a larger vocabulary only the likeliest symbols have a bar."""
SHOWN = {END: "⏎", " ": "␣"}
"""Signs below a bar for symbols that could not be seen; the axis paints them."""
_MOST_SAID = 5
"""Bars that the description for a screen reader names."""


class BarChart(LabelledChart):
    """Bars from zero on, without a legend; a card says what the bar that is looked at stands for.

    The mouse neither zooms nor moves it: it stands on pages that scroll.
    """

    def __init__(self, x_title: str, y_title: str) -> None:
        super().__init__(x_title, y_title)
        self.setMouseEnabled(x=False, y=False)

    def add_bars(self, width: float, colour: str) -> pg.BarGraphItem:
        """Bars so wide, of which there are none yet; later ones stand before earlier ones."""
        bars = pg.BarGraphItem(x=[], height=[], width=width, brush=colour, pen=None)
        self.addItem(bars)
        return bars

    def show_tops(
        self,
        heights: Array,
        note: Callable[[int], str],
        labels: Sequence[LabelledLine] = (),
        symbols: Sequence[str] = (),
    ) -> None:
        """Fit the chart to ``heights`` (bars,), a symbol below each or numbers from 0 on.

        ``note`` says what the bar of a place stands for; ``labels`` are further lines, whose ends
        are labelled.
        """
        x = np.arange(len(heights), dtype=np.float64)
        tops = LabelledLine("", x, heights, note=note, width=0)
        highest = max(float(line.y.max(initial=0.0)) for line in (tops, *labels))
        names = [(float(at), SHOWN.get(symbol, symbol)) for at, symbol in enumerate(symbols)]
        self.place = None
        self.show_lines([tops, *labels], (0.0, 1.05 * highest or 1.0), names)
        self.setXRange(-0.6, len(heights) - 0.4, padding=0)
        first = np.argsort(-heights, kind="stable")[:_MOST_SAID].tolist()
        said = "; ".join(note(place) for place in first)
        self.setAccessibleDescription(language.filled(self.tr("The highest: {0}."), said))


class ProbabilityBars(BarChart):
    """Wide pale bars: the network's probabilities; narrow ones: what is drawn from; the drawn
    symbol's is strong.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Next letter"), self.tr("Probability"))
        self.setParent(parent)
        self.said = self.add_bars(0.9, colours().outline)
        self.drawn_from = self.add_bars(0.5, colours().network)
        self.symbols: tuple[int, ...] = ()

    def show_probabilities(
        self, yt_pred: Array, drawn_from: Array, drawn: int | None, vocabulary: Sequence[str]
    ) -> None:
        """Show both distributions (n_x,) and mark ``drawn``."""
        chosen = np.sort(np.argsort(-yt_pred, kind="stable")[:MOST_BARS])
        self.symbols = tuple(chosen.tolist())
        said, asked = yt_pred[chosen], drawn_from[chosen]
        symbols = [vocabulary[i] for i in self.symbols]
        unseen = {END: self.tr("end"), " ": self.tr("space")}
        said_as = [unseen.get(symbol, symbol) for symbol in symbols]
        x = np.arange(len(chosen))
        fills = [colours().ink if i == drawn else colours().network for i in self.symbols]
        self.said.setOpts(x=x, height=said)
        self.drawn_from.setOpts(x=x, height=asked, brushes=fills)
        labels = [
            _end(self.tr("the network"), said, int(said.argmax()), "muted"),
            _end(self.tr("drawn from"), asked, int(asked.argmax()), "network"),
        ]
        if drawn in self.symbols:
            place = self.symbols.index(drawn)
            text = language.filled(self.tr("drawn: {0}"), said_as[place])
            labels.append(_end(text, asked, place, "ink"))
        self.show_tops(
            asked,
            lambda at: language.filled(
                self.tr("{0}: the network {1}, drawn from {2}"),
                said_as[at],
                language.number(rounded(float(said[at]), 3)),
                language.number(rounded(float(asked[at]), 3)),
            ),
            labels,
            symbols,
        )


def _end(name: str, heights: Array, place: int, role: str) -> LabelledLine:
    """A label for the bar of that place."""
    at = np.array([place], np.float64)
    return LabelledLine(name, at, heights[place : place + 1], role=role, width=0)
