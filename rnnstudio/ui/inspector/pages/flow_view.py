"""Gradient flow: how much of a gradient reaches each earlier step, cell beside cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.flow import REMEMBERING, Flow, FlowSpec, flows
from rnnstudio.core.cells.flow_words import flow_finding, left_and_factor, left_of
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.misconceptions import explained
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import plain
from rnnstudio.ui.inspector.events import FlowChosen
from rnnstudio.ui.inspector.pages.dials import Dial, DialBox, connect_all
from rnnstudio.ui.inspector.pages.flow_products import FlowProducts, described_paths, flow_pen
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage, number_cell
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labelled_chart import SMALLEST, LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.popover import Popover
from rnnstudio.ui.widgets.segment import Segment
from rnnstudio.ui.widgets.sort_table import TableLine
from rnnstudio.ui.widgets.view_picture import ViewPicture

FIRST = ("rnn", "lstm")
"""The cells that are always shown."""
_HINT_FROM = 1000
"""A page that is so wide has room for a hint in its bar; beside text of its usual size."""
_PLACE = 20
"""Steps back that are looked at first."""


class FlowView(InspectorPage):
    """Lengths of gradients on one logarithmic axis, the factors written out below."""

    own_numbers = True
    question_key = "forget_bias"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Gradient flow"), parent)
        self.found: dict[str, Flow] = {}
        self._drawn: FlowSpec | None = None
        self._every = False
        self.lengths = LabelledChart(
            self.tr("steps back from the loss"),
            self.tr("length of the gradient"),
            powers=True,
            label_size=sizes().heading,
        )
        self.lengths.show_place(None)
        self.products = FlowProducts()
        self.cells = Segment(self.tr("Cells that are compared"))
        self.forget_bias = DialBox(
            self.tr("Forget bias"), Dial(-3, 6, 0.25, 3), (-3, 0, 3, 6), "bf"
        )
        self.forget_bias.setToolTip(self.tr("Bias of the LSTM's f and of the GRU's z"))
        self.units = DialBox(self.tr("Units"), Dial(1, 50, 1, 8))
        self.steps = DialBox(self.tr("Length"), Dial(2, 200, 1, 50))
        self.weight_scale = DialBox(self.tr("Weight scale"), Dial(0, 2, 0.05, 1))
        self.weight_scale.setToolTip(self.tr("Recurrent matrices: orthogonal times this number"))
        self.input_scale = DialBox(self.tr("Input scale"), Dial(0, 5, 0.25, 1))
        self.matched = QCheckBox(self.tr("Equally many numbers"))
        self.matched.setToolTip(self.tr("Each cell gets the units that give it as many parameters"))
        self.matched.setProperty(CAPTION, True)
        self.matched.setMinimumHeight(sizes().target)
        self.hint = PlainLabel(self.tr("What do you expect at 0?"), role="muted")
        self.changed = PlainLabel(role="muted", wrap=True)
        self.changed.setProperty(CAPTION, True)
        self.paths = RichLabel(wrap=True)
        self._add_cells()
        self._lay_out()
        self.show_spec(REMEMBERING)
        connect_all([*self._dials(), self.forget_bias], self._choose)
        self.matched.toggled.connect(self._choose)
        self.cells.asked.connect(self._choose_cells)
        self.lengths.place_moved.connect(self._describe)

    def spec(self) -> FlowSpec:
        """What the sliders ask for."""
        return FlowSpec(
            units=int(self.units.value()),
            steps=int(self.steps.value()),
            weight_scale=self.weight_scale.value(),
            forget_bias=self.forget_bias.value(),
            input_scale=self.input_scale.value(),
            matched=self.matched.isChecked(),
        )

    def show_spec(self, spec: FlowSpec) -> None:
        """Put the sliders where ``spec`` has them; that asks for nothing."""
        with QSignalBlocker(self):
            for box, value in (
                (self.units, spec.units),
                (self.steps, spec.steps),
                (self.weight_scale, spec.weight_scale),
                (self.forget_bias, spec.forget_bias),
                (self.input_scale, spec.input_scale),
            ):
                box.set_value(value)
            self.matched.setChecked(spec.matched)

    def show_state(self, state: InspectorState) -> None:
        """Show the settings, and what a question shows of its answer."""
        self.show_spec(state.flow)
        super().show_state(state)

    def guess(self) -> None:
        """Ask before a bias of 0 is shown: with one, and the other settings of the question."""
        if not self.is_asking:
            self.asked.emit(FlowChosen(REMEMBERING))
        super().guess()

    def chart(self) -> LabelledChart:
        """The lengths."""
        return self.lengths

    def choices(self) -> tuple[str]:
        """Which cells are compared."""
        return ("all" if self._every else "first",)

    def show_choices(self, choices: tuple[str]) -> None:
        """Compare those."""
        self.cells.show_chosen(*choices)
        self._choose_cells(*choices)

    def compact_buttons(self) -> Sequence[KeyButton]:
        """The table and the settings."""
        return (self.table_button, self.settings_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the hint out where there is little room."""
        self.hint.setVisible(self.width() >= scaled(_HINT_FROM))
        super().resizeEvent(event)

    def close_topmost(self) -> bool:
        """Close the settings first."""
        return self.settings.close_again() or super().close_topmost()

    def reveal(self) -> None:
        """Show the answer, and what it is about: the flow with a bias of 0."""
        super().reveal()
        shown = explained(self.question_key).show
        if isinstance(shown, FlowSpec):
            self.asked.emit(FlowChosen(shown))

    def draw(self, state: InspectorState) -> None:
        """Compute the flows anew only where they are other ones."""
        if state.flow != self._drawn:
            self._drawn = state.flow
            with np.errstate(over="ignore", invalid="ignore"):
                self.found = flows(state.flow)
            self.say(language.text(flow_finding(self.found)))
            self.changed.setText(_described_settings(state.flow))
            self.changed.setVisible(bool(self.changed.text()))
            self.paths.setText(described_paths(self.found.values()))
            self._draw_lines()

    def numbers(self, state: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each step back: what every cell has left, and the factor of the step."""
        shown = self._shown()
        titles = [self.tr("steps back")]
        for flow in shown:
            label = flow.cell.label
            titles += [
                language.filled(self.tr("{0}: left"), label),
                language.filled(self.tr("{0}: factor"), label),
            ]
        lines = []
        for back in range(state.flow.steps):
            cells = [number_cell(back, f"{back}")]
            for flow in shown:
                factors = np.concatenate([[np.nan], flow.factors[::-1]])
                for value in (float(flow.norms[::-1][back]), float(factors[back])):
                    text = "" if np.isnan(value) else language.number(plain(value, 3))
                    cells.append(number_cell(value, text))
            lines.append(TableLine(f"{back}", tuple(cells)))
        return titles, lines

    def _shown(self) -> list[Flow]:
        """The flows that are compared: each has to follow from its settings."""
        return [flow for name, flow in self.found.items() if self._every or name in FIRST]

    def _draw_lines(self) -> None:
        shown = self._shown()
        lines = [_line(flow) for flow in shown if flow.sure]
        reach = np.concatenate([[1.0], *(line.y for line in lines)])
        reach = np.log10(np.maximum(reach[np.isfinite(reach)], SMALLEST))
        low, high = np.floor(reach.min()), np.ceil(reach.max() - 1e-6)
        self.lengths.show_lines(lines, (min(low, high - 1) - 0.02, high + 0.3))
        if self.lengths.place is None:
            self.lengths.show_place(_PLACE)
        self.products.show_flows(shown)
        self._describe()

    def _describe(self) -> None:
        self.lengths.setAccessibleDescription(
            described_chart(self.lengths.lines, self.lengths.place)
        )

    def _choose(self) -> None:
        self.asked.emit(FlowChosen(self.spec()))

    def _choose_cells(self, which: str) -> None:
        self._every = which == "all"
        if self.found:
            self._draw_lines()
        if self.state is not None and self.table_button.isChecked():
            self.table.show_lines(*self.numbers(self.state))

    def _add_cells(self) -> None:
        """The two that are always shown, or all that there are."""
        first = [CELLS[name].label for name in FIRST]
        others = [cell.label for name, cell in CELLS.items() if name not in FIRST]
        self.cells.add("first", language.filled(self.tr("{0} and {1}"), *first))
        self.cells.add("all", language.filled(self.tr("with {0}"), ", ".join(others)))
        self.cells.show_chosen("first")

    def picture(self, name: str) -> ViewPicture:
        """What a picture may have: the settings that lie over the page are none of it."""
        return replace(super().picture(name), left_out=(self.settings,))

    def _dials(self) -> list[DialBox]:
        return [self.units, self.steps, self.weight_scale, self.input_scale]

    def _lay_out(self) -> None:
        settings = QWidget()
        column = QVBoxLayout(settings)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes().gap)
        for widget in (*self._dials(), self.paths):
            column.addWidget(widget)
        self.settings_button = KeyButton(Face("sliders", self.tr("Settings")))
        guess = KeyButton(Face("", self.tr("Guess first"), "G"), "primary")
        guess.clicked.connect(self.guess)
        self.build(
            (self.lengths, self.products, self.changed),
            (
                self.forget_bias,
                self.hint,
                None,
                self.matched,
                self.table_button,
                self.settings_button,
                guess,
            ),
        )
        self.settings = Popover(self.settings_button, settings, self)
        self.add_corner(self.cells)


def _described_settings(spec: FlowSpec) -> str:
    """The settings that lie behind a button, where they are others than at first."""
    first = replace(REMEMBERING, forget_bias=spec.forget_bias, matched=spec.matched)
    if spec == first:
        return ""
    text = Message(
        "{units} units in the LSTM, {steps} steps; weight scale {weights}, input scale {inputs}",
        {
            "units": spec.units,
            "steps": spec.steps,
            "weights": plain(spec.weight_scale),
            "inputs": plain(spec.input_scale),
        },
    )
    return language.text(text)


def _line(flow: Flow) -> LabelledLine:
    width, dashes = flow_pen(flow.cell.name)
    last = len(flow.norms) - 1
    lengths: Array = flow.norms[::-1]
    return LabelledLine(
        flow.cell.label,
        np.arange(len(lengths), dtype=float),
        lengths,
        language.text(left_of(flow, last)),
        lambda back: language.text(left_and_factor(flow, back)),
        width=width,
        dashes=dashes,
    )


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(FlowView, example_state())
