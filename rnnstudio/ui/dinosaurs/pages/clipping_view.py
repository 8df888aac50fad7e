"""The same training with clipping and without: losses and gradients, as they come.

``python -m rnnstudio.ui.dinosaurs.pages.clipping_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.clipping_demo import ClippingDemo
from rnnstudio.ui.dinosaurs.append_only import Array
from rnnstudio.ui.dinosaurs.curve import every_few, extremes
from rnnstudio.ui.dinosaurs.explaining_state import ExplainingState
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel

MOST_BLOCKS = 300
HIGHEST = 4
"""Blind guesses that the chart of losses reaches up to: a loss that runs away leaves it."""


class ClippingView(QWidget):
    """What became of both trainings in a sentence, their losses and their gradients' norms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        """What became of both, for the top of the page."""
        self.source = PlainLabel(role="quiet")
        self.losses = LabelledChart(self.tr("Iteration"), self.tr("Loss (nats a name)"))
        self.norms = LabelledChart(
            self.tr("Iteration"), self.tr("Norm of the gradient"), powers=True
        )
        for_pictures(self.source)
        self._shown: ClippingDemo | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.source)
        layout.addWidget(self.losses, stretch=1)
        layout.addWidget(self.norms, stretch=1)
        layout.addStretch()
        self.show_state(ExplainingState())

    def show_state(self, state: ExplainingState) -> None:
        """Draw both trainings as far as they are."""
        demo = state.demo
        for widget in (self.source, self.losses, self.norms):
            widget.setVisible(demo is not None)
        self.sentence = self._sentence(demo)
        if demo is None or demo is self._shown:
            return
        self._shown = demo
        self.source.setText(language.filled(self.tr("Both were trained on {0}."), demo.source))
        self._draw(demo)

    def _draw(self, demo: ClippingDemo) -> None:
        clipped, unclipped = demo.clipped, demo.unclipped
        length = np.array([0.0, float(len(clipped.losses))])
        lines = [
            self._line(self.tr("without"), extremes(unclipped.losses, MOST_BLOCKS), "yesterday"),
            self._line(self.tr("with clipping"), extremes(clipped.losses, MOST_BLOCKS), "network"),
            LabelledLine(
                self.tr("a blind guess"), length, np.full(2, demo.blind_loss), dashes=(1.5, 3)
            ),
        ]
        self.losses.show_lines(lines, (0.0, HIGHEST * demo.blind_loss))
        norms = [
            self._line(self.tr("without"), every_few(unclipped.after, MOST_BLOCKS), "yesterday"),
            self._line(self.tr("with clipping"), every_few(clipped.after, MOST_BLOCKS), "network"),
        ]
        self.norms.show_lines(norms, _powers(np.concatenate([line.y for line in norms])))
        for chart, drawn in ((self.losses, lines), (self.norms, norms)):
            chart.setAccessibleDescription(described_chart(drawn))

    def _line(self, name: str, points: tuple[Array, Array], role: str) -> LabelledLine:
        dashes = (5.0, 3.0) if role == "yesterday" else ()
        return LabelledLine(name, *points, role=role, width=1.5, dashes=dashes)

    def _sentence(self, demo: ClippingDemo | None) -> str:
        if demo is None:
            return self.tr(
                "The same training twice at a high learning rate: same first weights, same names. "
                "One clips its gradient, the other does not."
            )
        clipped, unclipped = demo.clipped, demo.unclipped
        if len(unclipped.losses) < len(clipped.losses):
            text = self.tr(
                "Without clipping the numbers burst at iteration {0:,}; clipped at ±{1:g} it goes "
                "on learning ({2:.1%} of the last gradient's entries clipped)."
            )
            share = float(clipped.share[-1]) if len(clipped.share) else 0.0
            return language.filled(text, len(unclipped.losses), demo.spec.clip, share)
        if not len(clipped.losses):
            return self.tr("Nothing was done yet.")
        text = self.tr(
            "{0:,} iterations done: the last names cost {1:.1f} nats with clipping and {2:.1f} "
            "without; a blind guess costs {3:.1f}."
        )
        losses = (clipped.recent_loss, unclipped.recent_loss)
        return language.filled(text, len(clipped.losses), *losses, demo.blind_loss)


def _powers(values: Array) -> tuple[float, float]:
    """The exponents of ten that finite values above zero lie between."""
    seen = values[np.isfinite(values) & (values > 0)]
    if not seen.size:
        return 0.0, 1.0
    low, high = np.log10([seen.min(), seen.max()])
    return float(low) - 0.2, float(high) + 0.2


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import explained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ClippingView, explained_state())
