"""How the training's loss falls, live.

``python -m rnnstudio.ui.stocks.forecast_loss_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core.training import LossPoint
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import colours, theme
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.plot import PowersAxis, legend_above, make_curve, make_plot, name_drawn


class ForecastLossView(QWidget):
    """The mean squared error of the scaled output after each epoch, on a logarithmic axis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        error = self.tr("Mean squared error, scaled")
        self.plot = make_plot(self.tr("Epoch"), error, left=PowersAxis("left"))
        self.plot.setLogMode(y=True)
        legend_above(self.plot, columns=2)
        self.curve = make_curve(self.plot, self.tr("Training"), colours().network)
        self.held_out = make_curve(
            self.plot, self.tr("Validation"), colours().held_out, width=theme().strong_pen
        )
        self.hint = PlainLabel(
            self.tr("Press Train: the loss is drawn here as it falls."), role="muted", wrap=True
        )
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown: tuple[LossPoint, ...] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.hint)
        layout.addWidget(self.plot)
        self.show_state(StocksState())

    def show_state(self, state: StocksState) -> None:
        """Draw the losses when there are new ones."""
        if state.losses is self._shown:
            return
        self._shown = state.losses
        self.hint.setVisible(not state.losses)
        self.plot.setVisible(bool(state.losses))
        self.curve.setData(
            [point.step + 1 for point in state.losses], [point.loss for point in state.losses]
        )
        watched = [(at.step + 1, at.held_out) for at in state.losses if at.held_out is not None]
        self.held_out.setData([step for step, _ in watched], [loss for _, loss in watched])
        name_drawn(self.plot, (self.curve, self.held_out))


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ForecastLossView, finished_state())
