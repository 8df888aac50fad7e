"""The probabilities of the next symbol as bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.names.corpus import END
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.plot import make_plot

MOST_BARS = 40
"""Of a larger vocabulary only the likeliest symbols have a bar."""
SHOWN = {END: "⏎", " ": "␣"}
"""Signs for symbols that could not be seen."""


def make_bare(plot: pg.PlotWidget) -> None:
    """Leave a chart of bars its axes and bars only, and no use for the mouse."""
    plot.setMouseEnabled(x=False, y=False)
    plot.showGrid(x=False, y=False)
    plot.getPlotItem().legend.hide()


def write_symbols(plot: pg.PlotWidget, symbols: Sequence[str]) -> None:
    """Write a symbol below each bar, small enough for some thirty to stand side by side."""
    font = plot.font()
    font.setPixelSize(sizes().label)
    axis = plot.getPlotItem().getAxis("bottom")
    axis.setStyle(tickFont=font)
    axis.setTicks([[(at, SHOWN.get(symbol, symbol)) for at, symbol in enumerate(symbols)]])


class ProbabilityBars(QWidget):
    """Wide pale bars: the network's probabilities; narrow ones: what is drawn from; the drawn
    symbol's is strong.
    """

    def __init__(self, x_label: str, y_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = make_plot(x_label, y_label)
        make_bare(self.plot)
        self.said = pg.BarGraphItem(x=[], height=[], width=0.9, brush=colours().outline, pen=None)
        self.drawn_from = pg.BarGraphItem(
            x=[], height=[], width=0.5, brush=colours().network, pen=None
        )
        self.plot.addItem(self.said)
        self.plot.addItem(self.drawn_from)
        self.symbols: tuple[int, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def show_probabilities(
        self, yt_pred: Array, drawn_from: Array, drawn: int | None, vocabulary: Sequence[str]
    ) -> None:
        """Show both distributions (n_x,) and mark ``drawn``."""
        chosen = np.sort(np.argsort(-yt_pred, kind="stable")[:MOST_BARS])
        self.symbols = tuple(chosen.tolist())
        x = np.arange(len(chosen))
        marked, usual = colours().ink, colours().network
        fills = [marked if i == drawn else usual for i in self.symbols]
        self.said.setOpts(x=x, height=yt_pred[chosen])
        self.drawn_from.setOpts(x=x, height=drawn_from[chosen], brushes=fills)
        write_symbols(self.plot, [vocabulary[i] for i in self.symbols])
        self.plot.setXRange(-0.6, len(chosen) - 0.4, padding=0)
        self.plot.setYRange(0, max(float(yt_pred.max()), float(drawn_from.max())), padding=0.05)
