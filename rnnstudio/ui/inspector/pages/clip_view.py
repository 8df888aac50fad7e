"""The clipping lab: one training three times, unclipped, clipped by value and by norm."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.clip_lab import CLIPPINGS, ClipRun, ClipSpec, train
from rnnstudio.core.cells.clip_words import clip_finding, clip_outcome, loss_text
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import plain, rounded
from rnnstudio.ui.inspector.events import ClipChosen
from rnnstudio.ui.inspector.pages.dials import Dial, DialBox, connect_all
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage, number_cell
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labelled_chart import SMALLEST, LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.sort_table import TableLine

_PENS: dict[str, tuple[float, tuple[float, ...]]] = {
    "none": (2, (2, 3)),
    "value": (2.5, (9, 5)),
    "norm": (4, ()),
}
"""Width and dashes of a training's lines, in pixels at a desk."""
_REACH = -8, 16
"""The powers of ten between which losses are shown: one that runs away leaves the chart."""
_BESIDE = 800
"""A page that is so wide has both charts beside each other; beside text of its usual size."""
_TURNED = 45.0
"""The angle up to which the scale of angles always reaches, in degrees."""


class ClipView(InspectorPage):
    """Losses beside angles, and in words what became of each training.

    The angles are covered as long as the class is asked which clipping keeps the direction.
    """

    own_numbers = True
    question_key = "direction"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Clipping"), parent)
        self.learning_rate = DialBox(self.tr("Learning rate"), Dial(0.05, 2, 0.05, 1))
        self.weight_scale = DialBox(self.tr("Weight scale"), Dial(0.5, 2, 0.1, 1))
        self.limit = DialBox(self.tr("Limit"), Dial(0.05, 5, 0.05, 0.5))
        self.losses = LabelledChart(self.tr("update"), self.tr("loss"), powers=True)
        self.angles = LabelledChart(self.tr("update"), self._angle_title())
        self.names = {
            "none": self.tr("unclipped"),
            "value": self.tr("by value"),
            "norm": self.tr("by norm"),
        }
        self.runs: dict[str, ClipRun] = {}
        self._drawn: tuple[ClipSpec, bool] | None = None
        self.written = RichLabel(wrap=True)
        self.written.setProperty(CAPTION, True)
        self._lay_out()
        connect_all(self._dials(), self._choose)
        for one, other in ((self.losses, self.angles), (self.angles, self.losses)):
            one.place_moved.connect(other.show_place)
            one.place_moved.connect(self._describe)

    def spec(self) -> ClipSpec:
        """What the sliders ask for."""
        return ClipSpec(self.learning_rate.value(), self.weight_scale.value(), self.limit.value())

    def show_spec(self, spec: ClipSpec) -> None:
        """Put the sliders where ``spec`` has them; that asks for nothing."""
        with QSignalBlocker(self):
            self.learning_rate.set_value(spec.learning_rate)
            self.weight_scale.set_value(spec.weight_scale)
            self.limit.set_value(spec.limit)

    def show_state(self, state: InspectorState) -> None:
        """Show the settings, and what a question does not cover."""
        self.show_spec(state.clip)
        super().show_state(state)

    def chart(self) -> LabelledChart:
        """The losses, which the angles follow."""
        return self.losses

    def guess(self) -> None:
        """Ask about the training that the question has in mind."""
        if not self.is_asking:
            self.asked.emit(ClipChosen(ClipSpec()))
        super().guess()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One chart below the other where there is no room beside it."""
        narrow = self.width() < scaled(_BESIDE)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        super().resizeEvent(event)

    def draw(self, state: InspectorState) -> None:
        """All three trainings anew, as far as they are sure: two thirds of a second at most."""
        if self._drawn is None or state.clip != self._drawn[0]:
            self.runs = {clipping: train(state.clip, clipping) for clipping in CLIPPINGS}
            self.say(language.text(clip_finding(self.runs)))
        covered = self.is_covered(state)
        if (state.clip, covered) != self._drawn:
            self._drawn = state.clip, covered
            self._draw_charts(covered)

    def numbers(self, state: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each update: the loss and the angle of each training."""
        covered = self.is_covered(state)
        titles = [self.tr("update")]
        for name in self.names.values():
            titles.append(language.filled(self.tr("{0}: loss"), name))
        for name in () if covered else self.names.values():
            titles.append(language.filled(self.tr("{0}: angle (°)"), name))
        lines = []
        for update in range(max((run.sure for run in self.runs.values()), default=0)):
            cells = [number_cell(update + 1, f"{update + 1}")]
            series = [run.losses for run in self.runs.values()]
            series += [] if covered else [run.angles for run in self.runs.values()]
            for values, run in zip(series, 2 * list(self.runs.values()), strict=False):
                value = float(values[update]) if update < run.sure else float("nan")
                text = "" if np.isnan(value) else language.number(plain(value))
                cells.append(number_cell(value, text))
            lines.append(TableLine(f"{update}", tuple(cells)))
        return titles, lines

    def _draw_charts(self, covered: bool) -> None:
        updates = len(self.runs["none"].losses)
        losses = [self._line(name, run, self._loss_note(run)) for name, run in self.runs.items()]
        self.losses.show_lines(losses, _REACH)
        angles = [] if covered else [self._angle_line(*each) for each in self.runs.items()]
        most = max([_TURNED, *(run.largest_angle for run in self.runs.values())])
        self.angles.show_title(
            self.tr("which one turns the gradient?") if covered else self._angle_title()
        )
        self.angles.show_lines(angles, (-0.03 * most, 1.1 * most))
        self.angles.overlay.show_cover(covered)
        for chart in (self.losses, self.angles):
            chart.setXRange(0, updates, padding=0)
        self.written.setText(
            "<br>".join(
                f"<b>{self.names[name]}</b>: {language.text(clip_outcome(run))}"
                for name, run in self.runs.items()
                if not covered
            )
        )
        if self.losses.place is None:
            self.losses.show_place(updates // 5)
            self.angles.show_place(updates // 5)
        self._describe()

    def _line(self, name: str, run: ClipRun, note: Callable[[int], str]) -> LabelledLine:
        losses = run.losses[: run.sure]
        seen = np.where(np.isfinite(losses), np.maximum(losses, SMALLEST), np.nan)
        width, dashes = _PENS[name]
        updates = np.arange(1.0, run.sure + 1)
        return LabelledLine(self.names[name], updates, seen, "", note, "ink", width, dashes)

    def _angle_line(self, name: str, run: ClipRun) -> LabelledLine:
        width, dashes = _PENS[name]
        updates = np.arange(1.0, run.sure + 1)
        text = self.tr("{0}: {1}°")
        return LabelledLine(
            self.names[name],
            updates,
            run.angles[: run.sure],
            note=lambda at: language.filled(
                text, self.names[name], language.number(rounded(float(run.angles[at]), 1))
            ),
            width=width,
            dashes=dashes,
        )

    def _loss_note(self, run: ClipRun) -> Callable[[int], str]:
        name = next(self.names[key] for key, other in self.runs.items() if other is run)
        text = self.tr("{0}: {1}")
        return lambda at: language.filled(text, name, language.text(_loss(float(run.losses[at]))))

    @Slot()
    def _describe(self) -> None:
        for chart in (self.losses, self.angles):
            chart.setAccessibleDescription(described_chart(chart.lines, chart.place))

    def _choose(self) -> None:
        self.asked.emit(ClipChosen(self.spec()))

    def _angle_title(self) -> str:
        return self.tr("angle between the raw and the clipped gradient, in degrees")

    def _dials(self) -> list[DialBox]:
        return [self.learning_rate, self.weight_scale, self.limit]

    def _lay_out(self) -> None:
        intro = PlainLabel(
            self.tr(
                "An RNN learns by gradient descent to tell at step 12 what came first. The three "
                "trainings differ in nothing but clipping."
            ),
            role="muted",
            wrap=True,
        )
        charts = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, charts)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * sizes().gap)
        self._row.addWidget(self.losses, stretch=3)
        self._row.addWidget(self.angles, stretch=2)
        charts.setFocusProxy(self.losses)
        guess = KeyButton(Face("", self.tr("Guess first"), "G"), "primary")
        guess.clicked.connect(self.guess)
        self.build((charts, self.written, intro), (*self._dials(), None, self.table_button, guess))


def _loss(loss: float) -> Message:
    return Message("{loss}", {"loss": loss_text(loss)})


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ClipView, example_state())
