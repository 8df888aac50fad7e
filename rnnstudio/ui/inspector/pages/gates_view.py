"""Gates over time: a line a unit, or a heat map of many, and how saturated they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gates import over_time, reactions, watched
from rnnstudio.core.cells.gates_words import (
    covered_words,
    reactions_words,
    saturation_words,
    values_finding,
)
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.numbers import decimals, rounded
from rnnstudio.ui.inspector.events import EntryChosen, TimeChosen
from rnnstudio.ui.inspector.gate_hues import gate_hue
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage, number_cell
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.segment import Segment
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine

MOST_LINES = 6
"""More units are a heat map at first."""
_HATCHED_BELOW = -0.15
"""From this share of the scale on a cell is hatched: colour alone does not say a sign."""
_MOST_TICKS = 40
_DASHES: tuple[tuple[float, ...], ...] = ((), (7, 5), (2, 3), (10, 4, 2, 4), (14, 5), (4, 2))


class GatesView(InspectorPage):
    """Shows one value of every unit at every step; the current step and unit are marked.

    While the future is covered, only the steps are shown that the forward pass has come to.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Gates over time"), parent)
        self._drawn: tuple[Trace, str, int, bool, int, int] | None = None
        self._by_hand, self._wanted = False, ""
        self.value = QComboBox()
        self.value.setMinimumHeight(sizes().control)
        self.value.setAccessibleName(self.tr("Value over time"))
        self.sorted = QCheckBox(self.tr("Sorted by what the units react to"))
        self.share = PlainLabel(wrap=True)
        self.reacting = PlainLabel(role="muted", wrap=True)
        self.sorted.setMinimumHeight(sizes().target)
        for said in (self.value, self.sorted, self.share, self.reacting):
            said.setProperty(CAPTION, True)
        self.lines = LabelledChart(self.tr("step"), "")
        self.map = LabelledChart(self.tr("step"), self.tr("unit"))
        self.map.getPlotItem().invertY(True)
        self.image = pg.ImageItem(axisOrder="row-major")
        self.image.setColorMap(
            pg.ColorMap([0.0, 0.5, 1.0], [colours().minus, colours().panel, colours().plus])
        )
        self.map.addItem(self.image)
        self.charts = QStackedWidget()
        self.shape = Segment(self.tr("How the units are drawn"))
        self._lay_out()
        self._connect()

    def chart(self) -> LabelledChart:
        """The lines or the map."""
        return self.map if self.charts.currentWidget() is self.map else self.lines

    def keys(self) -> Sequence[PageKey]:
        """Those of every page, and those that choose a unit."""
        if self.table.isVisible():
            return super().keys()
        above, below = self.tr("The unit above."), self.tr("The unit below.")
        return [
            *super().keys(),
            PageKey(("Up",), above, partial(self._step_unit, -1)),
            PageKey(("Down",), below, partial(self._step_unit, 1)),
        ]

    def draw(self, state: InspectorState) -> None:
        """Draw the chosen value anew only when it is another one."""
        self._offer(state)
        if not self._by_hand:
            self._choose_shape("map" if state.scene.sizes.n_a > MOST_LINES else "lines")
        name = self.value.currentData()
        unit = min(state.cursor.entry[0], state.scene.sizes.n_a - 1)
        seen = state.seen_steps(name)
        wanted = (state.trace, name, seen, self.sorted.isChecked(), state.example, unit)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw_value(state, name, unit)
        for chart in (self.lines, self.map):
            chart.show_place(state.cursor.time)
            place = state.cursor.time if state.cursor.time < seen else None
            said = described_chart(self.lines.lines, place) or self.sentence.text()
            chart.setAccessibleDescription(said)

    def numbers(self, state: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each step that may be seen: its letter and the value of each unit."""
        values = _seen_values(state, self.value.currentData())
        places = _places(values)
        units = [language.filled(self.tr("unit {0}"), unit + 1) for unit in range(len(values))]
        labels = state.scene.labels or tuple("" for _ in range(state.steps))
        lines = []
        for step, column in enumerate(values.T):
            cells = [number_cell(step + 1, f"{step + 1}"), TableCell(labels[step], labels[step])]
            cells += [_cell(float(value), places) for value in column]
            lines.append(TableLine(f"{step}", tuple(cells)))
        return [self.tr("step"), self.tr("reads"), *units], lines

    def choices(self) -> tuple[str, str, bool]:
        """The value, the shape if it was chosen, and whether the units are sorted."""
        shape = "map" if self.chart() is self.map else "lines"
        value = str(self.value.currentData() or self._wanted)
        return value, shape if self._by_hand else "", self.sorted.isChecked()

    def show_choices(self, choices: tuple[str, str, bool]) -> None:
        """Choose those; the value once there are any to choose from."""
        self._wanted, shape, is_sorted = choices
        if shape:
            self._by_hand = True
            self._choose_shape(shape)
        self.sorted.setChecked(is_sorted)

    def go_on(self, by: int) -> bool:
        """The next value of the cell, until all were seen."""
        place = self.value.currentIndex() + by
        if not 0 <= place < self.value.count():
            return False
        self.value.setCurrentIndex(place)
        return True

    def _offer(self, state: InspectorState) -> None:
        names = watched(state.trace.cell)
        if names == tuple(self.value.itemData(at) for at in range(self.value.count())):
            return
        with QSignalBlocker(self.value):
            self.value.clear()
            for name in names:
                row = next(row for row in state.trace.cell.forward if row.name == name)
                text = f"{symbol(name, Notation.PAPER).text}  {language.text(row.meaning)}"
                self.value.addItem(text, name)
            self.value.setCurrentIndex(max(self.value.findData(self._wanted), 0))

    def _draw_value(self, state: InspectorState, name: str, unit: int) -> None:
        values = _seen_values(state, name)
        seen, order = values.shape[1], tuple(range(len(values)))
        if seen and self.sorted.isChecked():
            order = reactions(values, state.scene.x[:, state.example, :seen]).order
        is_gate = name in state.trace.cell.gates
        limit = 1.0
        if seen and not is_gate:
            limit = max(float(np.abs(values).max(initial=0.0)), 1e-12)
        self._describe(state, name, values)
        self._draw_lines(state, values, 0.0 if is_gate else -limit, limit, unit)
        self._draw_map(state, values[list(order)], limit, order.index(unit), unit)
        self.map.name_rows(_unit_names(order))
        reach = _text(limit, _places(values))
        self.map.show_title(language.filled(self.tr("unit; colours from −{0} to {0}"), reach))
        self.lines.show_title(self.tr("how far open, 0 to 1") if is_gate else self.tr("value"))

    def _describe(self, state: InspectorState, name: str, values: Array) -> None:
        """The finding, a gate's saturation, and what is covered or else what the units react to."""
        place, seen = (state.trace, name, state.example), values.shape[1]
        self.say(language.text(values_finding(*place, seen)))
        is_share = seen > 0 and name in state.trace.cell.gates
        self.share.setText(language.capitalized(saturation_words(values)) if is_share else "")
        self.share.setVisible(is_share)
        whole = seen == state.steps
        below = reactions_words(*place) if whole else covered_words(seen, state.steps)
        self.reacting.setText(language.text(below))

    def _draw_lines(
        self, state: InspectorState, values: Array, low: float, high: float, chosen: int
    ) -> None:
        """A line a unit: all named if they are few, else the chosen one before the others."""
        hue = gate_hue(state.trace.cell, self.value.currentData())
        places = _places(values)
        steps, seen = np.arange(1.0, state.steps + 1), values.shape[1]
        drawn = np.full((len(values), state.steps), np.nan)
        drawn[:, :seen] = values
        few = len(values) <= MOST_LINES
        lines = []
        for unit in sorted(range(len(values)), key=lambda each: each == chosen):
            here = unit == chosen
            lines.append(
                LabelledLine(
                    language.filled(self.tr("unit {0}"), unit + 1) if few or here else "",
                    steps,
                    drawn[unit],
                    _text(float(values[unit, -1]), places) if seen and (few or here) else "",
                    self._note(values[unit], unit, places) if here or few else None,
                    hue if few or here else "outline",
                    3 if here else 2 if few else 1,
                    _DASHES[unit % len(_DASHES)] if few else (),
                )
            )
        room = 0.06 * (high - low)
        self.lines.show_lines(lines, (low - room, high + room), _step_names(state))

    def _draw_map(
        self, state: InspectorState, values: Array, limit: float, row: int, chosen: int
    ) -> None:
        """A row a unit; the card is at the chosen one, in that ``row``."""
        (units, seen), steps = values.shape, state.steps
        self.image.clear()
        if seen:
            self.image.setImage(values, levels=(-limit, limit))
            self.image.setRect(QRectF(0.5, 0.5, seen, units))
        below = np.argwhere(values <= _HATCHED_BELOW * limit).tolist()
        self.map.overlay.show_hatched(
            [QRectF(step + 0.5, unit + 0.5, 1.0, 1.0) for unit, step in below]
        )
        at = np.arange(1.0, steps + 1)
        note = self._note(values[row], chosen, _places(values))
        line = LabelledLine("", at, np.full(steps, row + 1.0), note=note, width=0)
        self.map.show_lines([line], (0.5, units + 0.5), _step_names(state))
        self.map.setXRange(0.5, steps + 0.5, padding=0)

    def _note(self, series: Array, unit: int, places: int) -> Callable[[int], str]:
        """What the card of a unit says at a step; nothing where that may not be seen."""
        text = self.tr("unit {0}: {1}")

        def said(step: int) -> str:
            if step >= len(series):
                return ""
            return language.filled(text, unit + 1, _text(float(series[step]), places))

        return said

    @Slot()
    def _show_again(self) -> None:
        if self.state is not None:
            self.show_state(self.state)

    @Slot(str)
    def _shape_by_hand(self, shape: str) -> None:
        self._by_hand = True
        self._choose_shape(shape)
        self._show_again()

    def _choose_shape(self, shape: str) -> None:
        self.shape.show_chosen(shape)
        self.charts.setCurrentWidget(self.map if shape == "map" else self.lines)
        self.sorted.setEnabled(shape == "map")

    @Slot(int)
    def _go_to(self, step: int) -> None:
        self.asked.emit(TimeChosen(step))

    @Slot(int)
    def _step_unit(self, by: int) -> None:
        """Another unit, in the order in which they are drawn."""
        if self.state is None:
            return
        row, column = self.state.cursor.entry
        last = self.state.scene.sizes.n_a - 1
        self.asked.emit(EntryChosen(min(max(row + by, 0), last), column))

    def _connect(self) -> None:
        self.value.currentIndexChanged.connect(self._show_again)
        self.sorted.toggled.connect(self._show_again)
        self.shape.asked.connect(self._shape_by_hand)
        for chart in (self.lines, self.map):
            chart.place_chosen.connect(self._go_to)
            chart.key_moved.connect(self._go_to)
            chart.line_stepped.connect(self._step_unit)

    def _lay_out(self) -> None:
        self.charts.addWidget(self.lines)
        self.charts.addWidget(self.map)
        self.charts.setFocusProxy(self.lines)
        self.shape.add("lines", self.tr("Lines"))
        self.shape.add("map", self.tr("Map"))
        self.build(
            (self.charts, self.share, self.reacting),
            (self.value, self.sorted, None, self.table_button),
        )
        self.add_corner(self.shape)


def _seen_values(state: InspectorState, name: str) -> Array:
    """The value ``name`` of the shown example at the steps that may be seen: (n_a, steps)."""
    return over_time(state.trace, name, state.example)[:, : state.seen_steps(name)]


def _places(values: Array) -> int:
    return decimals(np.abs(values).ravel().tolist())


def _text(value: float, places: int) -> str:
    return language.number(rounded(value, places))


def _cell(value: float, places: int) -> TableCell:
    return number_cell(value, _text(value, places))


def _step_names(state: InspectorState) -> Sequence[tuple[float, str]]:
    """Letters or dates where the scene has them, thinned to what fits; else none."""
    labels = state.scene.labels
    if not labels:
        return ()
    every = max(1, -(-state.steps * max(1, *map(len, labels)) // _MOST_TICKS))
    return [(step + 1.0, labels[step]) for step in range(0, state.steps, every)]


def _unit_names(order: Sequence[int]) -> list[tuple[float, str]]:
    every = max(1, -(-len(order) // 10))
    return [(place + 1.0, str(order[place] + 1)) for place in range(0, len(order), every)]


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(GatesView, example_state())
