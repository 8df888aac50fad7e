"""Sums over time: the gradient of every parameter as it adds up in the backward pass."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.gradient_sums import Sums
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.sums_words import sums_finding
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import plain
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    OperationStepped,
    TimeChosen,
    UnitStepped,
)
from rnnstudio.ui.inspector.pages.gradient_bars import GradientBars, GradientPanel
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage, name_cell, number_cell
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.rich_text import RichText
from rnnstudio.ui.widgets.sort_table import TableLine


class GradientsView(InspectorPage):
    """A row of bars for each parameter: wide the sum so far, narrow the step's own part.

    They are covered as long as the class is asked from which step a gradient comes.
    """

    question_key = "sum"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Sums over time"), parent)
        self._sums: Sums | None = None
        self.measure = QComboBox()
        self.measure.setMinimumHeight(sizes().control)
        self.measure.addItem(self.tr("size of the whole matrix"))
        self.measure.addItem(self.tr("the chosen entry"))
        self.measure.setAccessibleName(self.tr("What the bars show"))
        self.bars = GradientBars()
        self.bars.setAccessibleName(self.tr("Gradients of the parameters, step by step"))
        self.bars.setProperty(DRAWING, True)
        self.key = PlainLabel(
            self.tr(
                "Wide: the sum over this step and all later ones. Narrow: the step's own part. "
                "Below zero: hatched."
            ),
            role="muted",
            wrap=True,
        )
        for said in (self.measure, self.key):
            said.setProperty(CAPTION, True)
        self.whole_pass = KeyButton(Face("", self.tr("Add up all steps")), "primary")
        self.guess_button = KeyButton(Face("", self.tr("Guess first"), "G"))
        self.guess_button.clicked.connect(self.guess)
        controls = (self.measure, None, self.table_button, self.guess_button, self.whole_pass)
        self.build((self.bars, self.key), controls)
        self.whole_pass.clicked.connect(self._add_all)
        self.measure.currentIndexChanged.connect(self._show_again)
        self.bars.time_chosen.connect(lambda time: self.asked.emit(TimeChosen(time)))
        self.bars.unit_stepped.connect(lambda by: self.asked.emit(UnitStepped(by)))

    def draw(self, state: InspectorState) -> None:
        """Show every gradient's growth, as far as the pass has come."""
        sums = self._sums_of(state)
        whole = self.measure.currentIndex() == 0
        seen = state.backward and not self.is_covered(state)
        panels = {
            name: GradientPanel(
                RichText(symbol(f"d{name}", state.cursor.notation).html, sizes().text + 2),
                sums.size(name) if whole else sums.entry(name, *state.cursor.entry),
                tuple(seen and state.known(f"d{name}_sum", t) for t in range(state.steps)),
            )
            for name in state.trace.cell.learned
        }
        self.bars.show_panels(panels, state.cursor.time, state.scene.labels)
        added = _added(panels)
        sentence = language.text(sums_finding(sums, added))
        self.say(sentence)
        self.bars.setAccessibleDescription(sentence)
        self.whole_pass.setEnabled(added < state.steps)

    def numbers(self, state: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each step and parameter that is computed: its own part, and the sum so far."""
        lines = []
        for name, panel in self.bars.panels.items():
            title = symbol(f"d{name}", state.cursor.notation).text
            for t in (t for t, known in enumerate(panel.known) if known):
                own, so_far = float(panel.growth.own[t]), float(panel.growth.so_far[t])
                cells = (
                    name_cell(title),
                    number_cell(t + 1, f"{t + 1}"),
                    number_cell(own, language.number(plain(own))),
                    number_cell(so_far, language.number(plain(so_far))),
                )
                lines.append(TableLine(f"{name} {t}", cells))
        titles = [self.tr("gradient"), self.tr("step"), self.tr("own part"), self.tr("sum so far")]
        return titles, lines

    def choices(self) -> tuple[int]:
        """What the bars show."""
        return (self.measure.currentIndex(),)

    def show_choices(self, choices: tuple[int]) -> None:
        """Let the bars show that."""
        self.measure.setCurrentIndex(*choices)

    def go_on(self, by: int) -> bool:
        """Ask and reveal; then one step more is added up in the backward pass, until all are."""
        state = self.state
        if super().go_on(by):
            return True
        if state is None or by < 0:
            return False
        if not state.backward:
            self.asked.emit(DirectionChosen(PassDirection.BACKWARD))
            self.asked.emit(
                OperationStepped(len(state.trace.cell.backward + state.trace.cell.sums) - 1)
            )
            return True
        if state.position == state.last_position:
            return False
        rows = len(state.table)
        end = (state.position // rows + 1) * rows - 1
        self.asked.emit(OperationStepped(end - state.position if end > state.position else rows))
        return True

    def seen(self, key: str) -> Message:
        """The answer, for the scene that is looked at."""
        if self.state is None:
            return super().seen(key)
        finding = sums_finding(self._sums_of(self.state), self.state.steps)
        return Message("From all of them, added up. {finding}", {"finding": finding})

    def _sums_of(self, state: InspectorState) -> Sums:
        if self._sums is None or self._sums.trace is not state.trace:
            self._sums = Sums(state.trace)
        return self._sums

    @Slot()
    def _add_all(self) -> None:
        """Go to the end of the backward pass."""
        if self.state is not None and not self.state.backward:
            self.asked.emit(DirectionChosen(PassDirection.BACKWARD))
        if self.state is not None:
            self.asked.emit(OperationStepped(self.state.last_position))

    @Slot()
    def _show_again(self) -> None:
        if self.state is not None:
            self.show_state(self.state)


def _added(panels: dict[str, GradientPanel]) -> int:
    """How many steps every parameter's sum holds."""
    return min((sum(panel.known) for panel in panels.values()), default=0)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(GradientsView, example_state())
