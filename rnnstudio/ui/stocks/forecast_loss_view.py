"""How the training's loss falls, live.

``python -m rnnstudio.ui.stocks.forecast_loss_view`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import tidy
from rnnstudio.core.training import LossPoint
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labelled_chart import SMALLEST, LabelledChart, LabelledLine
from rnnstudio.ui.widgets.labels import PlainLabel

_ROOM = 0.15
"""Of a power of ten, above and below the lines: two of the same height lie in the middle."""


class ForecastLossView(QWidget):
    """The mean squared error of the scaled output after each epoch, on a logarithmic axis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        error = self.tr("Mean squared error, scaled")
        self.chart = LabelledChart(self.tr("Epoch"), error, powers=True)
        self.hint = PlainLabel(
            self.tr("Press Train: the loss is drawn here as it falls."), role="muted", wrap=True
        )
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown: tuple[LossPoint, ...] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.hint)
        layout.addWidget(self.chart)
        self.show_state(StocksState())

    def show_state(self, state: StocksState) -> None:
        """Draw the losses when there are new ones."""
        if state.losses is self._shown:
            return
        self._shown = state.losses
        self.hint.setVisible(not state.losses)
        self.chart.setVisible(bool(state.losses))
        watched = [(at.step, at.held_out) for at in state.losses if at.held_out is not None]
        trained = [(at.step, at.loss) for at in state.losses]
        lines = [
            _line(self.tr("Training"), trained, "network", 2.0),
            _line(self.tr("Validation"), watched, "held_out", 3.0),
        ]
        drawn = [line for line in lines if len(line.x)]
        self.chart.show_lines(drawn, _reach(drawn))


def _reach(lines: Sequence[LabelledLine]) -> tuple[float, float]:
    """The ends of the axis as exponents of ten; a training that ran away has no last loss."""
    heights = np.log10(np.concatenate([np.empty(0), *(line.y for line in lines)]))
    seen = heights[np.isfinite(heights)]
    if not seen.size:
        return -_ROOM, _ROOM
    return float(seen.min()) - _ROOM, float(seen.max()) + _ROOM


def _line(name: str, points: Sequence[tuple[int, float]], role: str, width: float) -> LabelledLine:
    epochs = np.array([step + 1.0 for step, _ in points])
    losses = np.array([max(loss, SMALLEST) for _, loss in points])
    end = language.number(tidy(losses[-1], 3)) if len(losses) else ""
    return LabelledLine(name, epochs, losses, end, role=role, width=width)


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ForecastLossView, finished_state())
