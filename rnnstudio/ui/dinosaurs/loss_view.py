"""The loss curve, raw and smoothed, as it grows.

``python -m rnnstudio.ui.dinosaurs.loss_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.curve import Curve
from rnnstudio.ui.dinosaurs.state import State
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.plot import make_curve, make_plot


class LossView(QWidget):
    """The last smoothed loss as a number, and both curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.plot = make_plot(self.tr("Iteration"), self.tr("Loss of a name (nats)"))
        self.plot.setMouseEnabled(x=False, y=False)
        # A grid would take more than half the time of a frame.
        self.plot.showGrid(x=False, y=False)
        for side in ("bottom", "left"):
            self.plot.getPlotItem().getAxis(side).enableAutoSIPrefix(False)
        self.raw = make_curve(self.plot, self.tr("Each name"), THEME.raw_loss)
        self.smoothed = make_curve(
            self.plot, self.tr("Smoothed"), THEME.loss, width=THEME.strong_pen
        )
        self.hint = QLabel(self.tr("Press Train: the loss of each name is drawn here."))
        self.hint.setProperty("role", "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown: Curve | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.hint, stretch=1)
        layout.addWidget(self.plot, stretch=1)
        self.show_state(State())

    def show_state(self, state: State) -> None:
        """Draw the curve when it has grown."""
        curve = state.curve
        if curve is self._shown:
            return
        self._shown = curve
        self.hint.setVisible(curve.size == 0)
        self.plot.setVisible(curve.size > 0)
        self.heading.setText(self._heading(curve))
        self.raw.setData(*curve.drawn_losses())
        self.smoothed.setData(*curve.drawn_smoothed())

    def _heading(self, curve: Curve) -> str:
        if curve.size == 0:
            return self.tr("Loss")
        text = self.tr("Smoothed loss {0} at iteration {1}")
        return text.format(f"{curve.smoothed[-1]:.3f}", f"{curve.size - 1:,}")


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(LossView, trained_state())
