"""Draws the curves of ``growth``: ``python -m benchmarks.growth_plot PICTURE``, rows on stdin."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyqtgraph as pg
from pyqtgraph.exporters import ImageExporter
from PySide6.QtWidgets import QApplication

CURVES = {
    "numpy_ms": ("NumPy engine", "#1f6feb"),
    "keras_ms": ("Keras, model.fit", "#d1242f"),
    "keras_app_ms": ("Keras, as the application trains", "#bf8700"),
}
FACTOR_WITH_LEGEND = "units"
WIDTH, HEIGHT = 1200, 1050


def draw(rows: Sequence[Mapping[str, Any]], picture: Path) -> None:
    """One panel a factor, both axes logarithmic, milliseconds a batch."""
    pg.setConfigOptions(background="w", foreground="#24292f", antialias=True)
    view = pg.GraphicsLayoutWidget()
    view.resize(WIDTH, HEIGHT)
    factors = list(dict.fromkeys(str(row["factor"]) for row in rows))
    for place, factor in enumerate(factors):
        plot = view.addPlot(row=place // 2, col=place % 2)
        _draw_panel(plot, factor, [row for row in rows if row["factor"] == factor])
    view.show()
    QApplication.processEvents()
    ImageExporter(view.scene()).export(str(picture))
    view.close()


def _draw_panel(plot: pg.PlotItem, factor: str, rows: Sequence[Mapping[str, Any]]) -> None:
    plot.setLogMode(x=True, y=True)
    plot.showGrid(x=True, y=True, alpha=0.2)
    plot.setLabel("bottom", factor)
    plot.setLabel("left", "milliseconds a batch")
    if factor == FACTOR_WITH_LEGEND:
        plot.addLegend(offset=(10, 10))
    values = [float(row["value"]) for row in rows]
    plot.getViewBox().setDefaultPadding(0.08)
    plot.getAxis("bottom").setTicks(_ticks(values))
    plot.getAxis("left").setTicks(
        _ticks([base * 10**power for power in range(5) for base in (1, 2, 5)])
    )
    for key, (name, colour) in CURVES.items():
        plot.plot(
            values,
            [float(row[key]) for row in rows],
            name=name,
            pen=pg.mkPen(colour, width=2),
            symbol="o",
            symbolSize=6,
            symbolBrush=colour,
            symbolPen=None,
        )


def _ticks(values: Sequence[float]) -> list[list[tuple[float, str]]]:
    """Ticks at these values of a logarithmic axis."""
    return [[(math.log10(value), f"{value:,.0f}") for value in values]]


def main(arguments: Sequence[str]) -> None:
    """Draw what stands on standard input."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    draw(json.load(sys.stdin), Path(arguments[0]))
    application.quit()


if __name__ == "__main__":
    main(sys.argv[1:])
