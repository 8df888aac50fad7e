"""The length of the gradient before and after clipping, and how much of it clipping changed.

``python -m rnnstudio.ui.dinosaurs.pages.gradient_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.ui.dinosaurs.append_only import Array, Columns
from rnnstudio.ui.dinosaurs.curve import every_few, extremes
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_text import tidy

MOST_BLOCKS = 500
"""Blocks of norms to draw: the chart is narrow."""


class GradientView(QWidget):
    """The newest figures in a line, and both norms as curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = PlainLabel(role="heading", wrap=True)
        self.figures = PlainLabel(role="quiet", wrap=True)
        self.chart = LabelledChart(self.tr("Iteration"), self.tr("Norm of the gradient"))
        for_pictures(self.heading, self.figures)
        self._shown: Columns | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.figures)
        layout.addWidget(self.chart, stretch=1)
        layout.addStretch()
        self.show_state(NamesState())

    def show_state(self, state: NamesState) -> None:
        """Draw the norms when there are new ones."""
        if state.gradients is self._shown:
            return
        self._shown = state.gradients
        self.chart.setVisible(state.gradients.size > 0)
        if state.gradients.size:
            self._draw(state.gradients)
        self._show_lengths(state)

    def _draw(self, gradients: Columns) -> None:
        steps, before, after, _ = gradients.values
        lines = [
            LabelledLine(
                self.tr("before clipping"),
                *_at(steps, extremes(before, MOST_BLOCKS)),
                role="yesterday",
                dashes=(4, 3),
            ),
            LabelledLine(
                self.tr("after"), *_at(steps, every_few(after, MOST_BLOCKS)), role="network"
            ),
        ]
        self.chart.show_lines(lines, (0.0, 1.05 * max(float(before.max()), 1e-9)))
        self.chart.setAccessibleDescription(described_chart(lines))

    def _show_lengths(self, state: NamesState) -> None:
        gradient = state.gradient
        if gradient is None:
            self.heading.setText(self.tr("Gradient"))
            self.figures.setText(self.tr("Its length is measured while a training runs."))
            return
        text = self.tr("Gradient {0}, clipped {1}")
        self.heading.setText(
            language.filled(text, tidy(gradient.before, 3), tidy(gradient.after, 3))
        )
        self.figures.setText(
            language.filled(self.tr("Clipping changed {0:.1%} of its entries"), gradient.share)
        )


def _at(steps: Array, drawn: tuple[Array, Array]) -> tuple[Array, Array]:
    """The drawn values at the iterations where they were measured."""
    places, values = drawn
    return steps[places.astype(int)], values


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(GradientView, trained_state())
