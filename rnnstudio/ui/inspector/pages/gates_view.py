"""Gates over time: a heat map of all units, lines below it, and how saturated they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gates import (
    input_names,
    over_time,
    reactions,
    saturation,
    watched,
)
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import LIVE_PEN, colour, colours, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.plot import make_plot

_SERIES = ("you", "network", "good", "muted")
_MOST_TICKS = 40
_MOST_UNITS = 8
_FEWEST_LETTERS = 16


class GatesView(QWidget):
    """Shows one value of every unit at every step; the current step is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._drawn: tuple[Trace, str, bool, int] | None = None
        self.value = QComboBox()
        # Long names would push the columns beside the page away.
        self.value.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.value.setMinimumContentsLength(_FEWEST_LETTERS)
        self.value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.value.setAccessibleName(self.tr("Value over time"))
        self.sorted = QCheckBox(self.tr("Sorted by what the units react to"))
        self.share = PlainLabel()
        self.reacting = PlainLabel(role="muted", wrap=True)
        for said in (self.value, self.sorted, self.share, self.reacting):
            said.setProperty(CAPTION, True)
        self.map = make_plot("", self.tr("Unit"))
        self.map.getPlotItem().invertY(True)
        self.image = pg.ImageItem(axisOrder="row-major")
        self.image.setColorMap(
            pg.ColorMap([0.0, 0.5, 1.0], [colours().minus, colours().panel, colours().plus])
        )
        self.map.addItem(self.image)
        self.lines = make_plot(self.tr("Step"), "")
        self.lines.setXLink(self.map)
        self._curves: list[pg.PlotDataItem] = []
        self._marks = [pg.InfiniteLine(pen=pg.mkPen(colours().ink, width=1)) for _ in range(2)]
        for plot, mark in zip((self.map, self.lines), self._marks, strict=True):
            plot.addItem(mark)
            plot.getPlotItem().legend.hide()
            # One width for both axes, so that a step stands below itself.
            plot.getPlotItem().getAxis("left").setWidth(62)
        self._lay_out()
        self.value.currentIndexChanged.connect(self._show_again)
        self.sorted.toggled.connect(self._show_again)

    def show_state(self, state: InspectorState) -> None:
        """Show the chosen value; it is drawn anew only when it is another one."""
        self._state = state
        self._offer(state)
        name = self.value.currentData()
        wanted = (state.trace, name, self.sorted.isChecked(), state.example)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw(state, name)
        for mark in self._marks:
            mark.setValue(state.cursor.time + 1)

    def _show_again(self) -> None:
        if self._state is not None:
            self.show_state(self._state)

    def _offer(self, state: InspectorState) -> None:
        names = watched(state.trace.cell)
        if names == tuple(self.value.itemData(i) for i in range(self.value.count())):
            return
        with QSignalBlocker(self.value):
            self.value.clear()
            for name in names:
                row = next(row for row in state.trace.cell.forward if row.name == name)
                self.value.addItem(
                    f"{symbol(name, Notation.PAPER).text}  {language.text(row.meaning)}", name
                )

    def _draw(self, state: InspectorState, name: str) -> None:
        values = over_time(state.trace, name, state.example)
        found = reactions(values, state.scene.x[:, state.example])
        order = found.order if self.sorted.isChecked() else tuple(range(len(values)))
        is_gate = name in state.trace.cell.gates
        limit = 1.0 if is_gate else max(float(np.abs(values).max(initial=0.0)), 1e-12)
        self._draw_map(values[list(order)], limit)
        self._draw_lines(values, lowest=0.0 if is_gate else -limit, limit=limit)
        for plot in (self.map, self.lines):
            plot.getPlotItem().getAxis("bottom").setTicks([_ticks(state)])
        self.map.getPlotItem().getAxis("left").setTicks([_unit_ticks(order)])
        self.share.setText(self._saturation(values) if is_gate else "")
        names = input_names(state.scene)
        units = [
            self.tr("unit {0} to {1} ({2})").format(
                unit + 1, names[found.to[unit]], tidy(float(found.strength[unit]), 2)
            )
            for unit in order
            if found.strength[unit] != 0
        ]
        written = ", ".join(units[:_MOST_UNITS]) + (" …" if len(units) > _MOST_UNITS else "")
        self.reacting.setText(
            self.tr("Reacts most (correlation): {0}").format(
                written or self.tr("no unit to any input")
            )
        )

    def _draw_map(self, values: Array, limit: float) -> None:
        units, steps = values.shape
        self.image.setImage(values, levels=(-limit, limit))
        self.image.setRect(0.5, 0.5, steps, units)
        self.map.setXRange(0.5, steps + 0.5, padding=0)
        self.map.setYRange(0.5, units + 0.5, padding=0)

    def _draw_lines(self, values: Array, lowest: float, limit: float) -> None:
        units = len(values)
        for unit in range(len(self._curves), units):
            chosen = colour(_SERIES[unit % len(_SERIES)])
            curve = self.lines.plot([], [], pen=pg.mkPen(chosen, width=LIVE_PEN))
            self._curves.append(curve)
        for unit, curve in enumerate(self._curves):
            series = values[unit] if unit < units else np.array([])
            curve.setData(np.arange(1, len(series) + 1), series)
        self.lines.setYRange(lowest, limit)

    def _saturation(self, values: Array) -> str:
        found = saturation(values)
        return self.tr("Closed (below 0.05): {0} · open (above 0.95): {1}").format(
            f"{found.closed:.1%}", f"{found.open:.1%}"
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.value, stretch=1)
        top.addWidget(self.sorted)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, sizes().half_gap, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.share)
        layout.addWidget(self.map, stretch=3)
        layout.addWidget(self.lines, stretch=2)
        layout.addWidget(self.reacting)
        self.share.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _ticks(state: InspectorState) -> Sequence[tuple[float, str]]:
    """Letters or dates where the scene has them, thinned to what fits."""
    steps = state.steps
    labels = state.scene.labels or tuple(str(step + 1) for step in range(steps))
    longest = max(map(len, labels))
    every = max(1, -(-steps * max(1, longest) // _MOST_TICKS))
    return [(step + 1, labels[step]) for step in range(0, steps, every)]


def _unit_ticks(order: Sequence[int]) -> Sequence[tuple[float, str]]:
    every = max(1, -(-len(order) // 10))
    return [(place + 1, str(order[place] + 1)) for place in range(0, len(order), every)]


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(GatesView, example_state())
