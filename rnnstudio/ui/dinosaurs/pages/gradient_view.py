"""The length of the gradient before and after clipping, and how much of it clipping changed.

``python -m rnnstudio.ui.dinosaurs.pages.gradient_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.append_only import Array, Columns
from rnnstudio.ui.dinosaurs.curve import every_few, extremes
from rnnstudio.ui.dinosaurs.pages.legend import STRONG, THIN, legend, make_bare
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.theme.tokens import colours, theme
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.plot import make_curve, make_plot

MOST_BLOCKS = 500
"""Blocks of norms to draw: the chart is narrow."""


class GradientView(QWidget):
    """The newest figures in a line, and both norms as curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = PlainLabel(role="heading")
        self.figures = PlainLabel(role="muted")
        self.plot = make_plot(self.tr("Iteration"), self.tr("Norm"))
        make_bare(self.plot)
        self.key = RichLabel(
            legend(
                (THIN, colours().outline, self.tr("before clipping")),
                (STRONG, colours().held_out, self.tr("after")),
            )
        )
        self.before = make_curve(self.plot, self.tr("Before clipping"), colours().outline)
        self.after = make_curve(
            self.plot, self.tr("After clipping"), colours().held_out, width=theme().strong_pen
        )
        self._shown: Columns | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.plot, stretch=1)
        layout.addWidget(self.key)
        layout.addWidget(self.figures, alignment=Qt.AlignmentFlag.AlignTop)
        self.show_state(NamesState())

    def show_state(self, state: NamesState) -> None:
        """Draw the norms when there are new ones."""
        if state.gradients is self._shown:
            return
        self._shown = state.gradients
        self.key.setVisible(state.gradients.size > 0)
        self.plot.setVisible(state.gradients.size > 0)
        steps, before, after, _ = state.gradients.values
        self.before.setData(*_at(steps, extremes(before, MOST_BLOCKS)))
        self.after.setData(*_at(steps, every_few(after, MOST_BLOCKS)))
        self._show_lengths(state)

    def _show_lengths(self, state: NamesState) -> None:
        gradient = state.gradient
        if gradient is None:
            self.heading.setText(self.tr("Gradient"))
            self.figures.setText(self.tr("Its length is measured while a training runs."))
            return
        text = self.tr("Gradient {0}, clipped {1}")
        self.heading.setText(text.format(tidy(gradient.before, 3), tidy(gradient.after, 3)))
        self.figures.setText(
            self.tr("Clipping changed {0:.1%} of its entries").format(gradient.share)
        )


def _at(steps: Array, drawn: tuple[Array, Array]) -> tuple[Array, Array]:
    """The drawn values at the iterations where they were measured."""
    places, values = drawn
    return steps[places.astype(int)], values


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(GradientView, trained_state())
