"""The loss curve, raw and smoothed, as it grows.

``python -m rnnstudio.ui.dinosaurs.names_loss_view`` opens it alone.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.curve import Curve
from rnnstudio.ui.dinosaurs.legend import DASHED, STRONG, THIN, legend, make_bare
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.theme.tokens import colours, theme
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.plot import make_curve, make_plot


class NamesLossView(QWidget):
    """The last smoothed loss as a number, and both curves.

    ``iteration_chosen`` gives the iteration at which the curve was clicked.
    """

    iteration_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = PlainLabel(role="heading")
        self.plot = make_plot(self.tr("Iteration"), self.tr("Loss (nats a name)"))
        make_bare(self.plot)
        self.key = RichLabel()
        self.raw = make_curve(self.plot, self.tr("Each name"), colours().outline)
        self.smoothed = make_curve(
            self.plot, self.tr("Smoothed"), colours().network, width=theme().strong_pen
        )
        self.held_out = make_curve(
            self.plot,
            self.tr("Held out"),
            colours().held_out,
            width=theme().strong_pen,
            dashed=True,
        )
        self.mark = pg.InfiniteLine(angle=90, pen=pg.mkPen(colours().ink))
        self.plot.addItem(self.mark, ignoreBounds=True)
        self.plot.scene().sigMouseClicked.connect(self._choose)
        self.plot.setToolTip(self.tr("A click goes back to the network of that iteration"))
        self.hint = PlainLabel(
            self.tr("Press Train: the loss is drawn here as it falls."), role="muted"
        )
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown: Curve | None = None
        self._named: tuple[str, bool] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.hint, stretch=1)
        layout.addWidget(self.plot, stretch=1)
        layout.addWidget(self.key)
        self.show_state(NamesState())

    def show_state(self, state: NamesState) -> None:
        """Draw the curve when it has grown, and where in it one has gone back to."""
        curve = state.curve
        self.mark.setVisible(state.past is not None)
        if state.past is not None:
            self.mark.setValue(state.past.iteration)
        if curve is self._shown:
            return
        self._shown = curve
        self.hint.setVisible(curve.size == 0)
        self.plot.setVisible(curve.size > 0)
        self.key.setVisible(curve.size > 0)
        self.heading.setText(self._heading(state))
        self.raw.setData(*curve.drawn_losses())
        self.smoothed.setData(*curve.drawn_smoothed())
        self.held_out.setData(*state.held_out.values)
        self._name(state)

    @Slot(object)
    def _choose(self, click: Any) -> None:
        """The iteration nearest to a click within the axes."""
        box = self.plot.getViewBox()
        left = click.button() == Qt.MouseButton.LeftButton
        if self._shown is None or not self._shown.size or not left:
            return
        if box.sceneBoundingRect().contains(click.scenePos()):
            nearest = round(box.mapSceneToView(click.scenePos()).x())
            self.iteration_chosen.emit(max(0, min(self._shown.size - 1, nearest)))

    def _name(self, state: NamesState) -> None:
        """Name what is counted and what is drawn, where that has changed."""
        named = (state.unit, state.held_out.size > 0)
        if named == self._named:
            return
        self._named = named
        axis = self.plot.getPlotItem().getAxis("left")
        axis.setLabel(self.tr("Loss (nats {0})").format(state.unit))
        each = self.tr("each name") if state.unit == "a name" else self.tr("each batch")
        entries = [
            (THIN, colours().outline, each),
            (STRONG, colours().network, self.tr("smoothed")),
            (DASHED, colours().held_out, self.tr("on held-out names")),
        ]
        self.key.setText(legend(*entries[: 2 + named[1]]))

    def _heading(self, state: NamesState) -> str:
        curve = state.curve
        if curve.size == 0:
            return self.tr("Loss")
        if state.held_out.size:
            text = self.tr("Smoothed loss {0}, held out {1}, at iteration {2}")
            held_out = float(state.held_out.values[1, -1])
            return text.format(
                f"{curve.smoothed[-1]:.3f}", f"{held_out:.3f}", f"{curve.size - 1:,}"
            )
        text = self.tr("Smoothed loss {0} at iteration {1}")
        return text.format(f"{curve.smoothed[-1]:.3f}", f"{curve.size - 1:,}")


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(NamesLossView, trained_state())
