"""The same training with clipping and without: losses and gradients, as they come.

``python -m rnnstudio.ui.dinosaurs.pages.clipping_view`` opens it alone.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core.names.clipping_demo import ClippingDemo
from rnnstudio.ui.dinosaurs.curve import every_few, extremes
from rnnstudio.ui.dinosaurs.explaining_state import ExplainingState
from rnnstudio.ui.dinosaurs.pages.legend import DASHED, STRONG, legend, make_bare
from rnnstudio.ui.theme.tokens import colours, theme
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.plot import PowersAxis, make_curve, make_plot

MOST_BLOCKS = 300
HIGHEST = 4
"""Blind guesses that the chart of losses reaches up to: a loss that runs away leaves it."""


class ClippingView(QWidget):
    """What became of both trainings in a sentence, their losses and their gradients' norms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        """What became of both, for the top of the page."""
        self.source = PlainLabel(role="muted")
        self.key = RichLabel(
            legend(
                (STRONG, colours().you, self.tr("with clipping")),
                (DASHED, colours().bad, self.tr("without")),
                (STRONG, colours().muted, self.tr("a blind guess")),
            )
        )
        self.losses = make_plot(self.tr("Iteration"), self.tr("Loss (nats a name)"))
        self.norms = make_plot(
            self.tr("Iteration"), self.tr("Norm of the gradient"), left=PowersAxis("left")
        )
        for plot in (self.losses, self.norms):
            make_bare(plot)
        self.norms.setLogMode(x=False, y=True)
        self.blind = make_curve(self.losses, "", colours().muted)
        strong = theme().strong_pen
        self.clipped_loss, self.clipped_norm = (
            make_curve(plot, "", colours().you) for plot in (self.losses, self.norms)
        )
        self.unclipped_loss, self.unclipped_norm = (
            make_curve(plot, "", colours().bad, width=strong, dashed=True)
            for plot in (self.losses, self.norms)
        )
        self._shown: ClippingDemo | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.source)
        layout.addWidget(self.losses, stretch=1)
        layout.addWidget(self.norms, stretch=1)
        layout.addWidget(self.key)
        layout.addStretch()
        self.show_state(ExplainingState())

    def show_state(self, state: ExplainingState) -> None:
        """Draw both trainings as far as they are."""
        demo = state.demo
        for widget in (self.key, self.losses, self.norms):
            widget.setVisible(demo is not None)
        self.sentence = self._sentence(demo)
        self.source.setVisible(demo is not None)
        if demo is not None:
            self.source.setText(self.tr("Both were trained on {0}.").format(demo.source))
        if demo is None or demo is self._shown:
            return
        self._shown = demo
        for run, loss, norm in (
            (demo.clipped, self.clipped_loss, self.clipped_norm),
            (demo.unclipped, self.unclipped_loss, self.unclipped_norm),
        ):
            loss.setData(*extremes(run.losses, MOST_BLOCKS))
            steps, norms = every_few(run.after, MOST_BLOCKS)
            norm.setData(steps, np.maximum(norms, np.finfo(np.float64).tiny))
        length = float(len(demo.clipped.losses))
        self.blind.setData([0.0, length], [demo.blind_loss] * 2)
        self.losses.setYRange(0, HIGHEST * demo.blind_loss, padding=0)

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
            return text.format(len(unclipped.losses), demo.spec.clip, share)
        if not len(clipped.losses):
            return self.tr("Nothing was done yet.")
        text = self.tr(
            "{0:,} iterations done: the last names cost {1:.1f} nats with clipping and {2:.1f} "
            "without; a blind guess costs {3:.1f}."
        )
        losses = (clipped.recent_loss, unclipped.recent_loss)
        return text.format(len(clipped.losses), *losses, demo.blind_loss)


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import explained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ClippingView, explained_state())
