"""The clipping lab: one training three times, unclipped, clipped by value and by norm."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core.cells.clip_lab import CLIPPINGS, NOTHING, ClipRun, ClipSpec, train
from rnnstudio.ui.inspector.pages.dials import Dial, DialBox, connect_all
from rnnstudio.ui.inspector.pages.laboratory import Laboratory
from rnnstudio.ui.theme.tokens import colour, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.plot import PowersAxis, legend_above, make_curve, make_plot

ROLES = {"none": "network", "value": "good", "norm": "you"}
_WIDTHS = {"none": 3, "value": 1, "norm": 2}
_SMALLEST = 1e-300
_REACH = -8, 16
"""The powers of ten between which losses are shown: one that runs away leaves the chart."""


class ClipView(Laboratory[ClipSpec]):
    """Sliders above, losses beside angles below, and in words what became of each training."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.learning_rate = DialBox(self.tr("Learning rate"), Dial(0.05, 2, 0.05, 1))
        self.weight_scale = DialBox(self.tr("Weight scale"), Dial(0.5, 2, 0.1, 1))
        self.limit = DialBox(self.tr("Limit"), Dial(0.05, 5, 0.05, 0.5))
        self.losses = make_plot(self.tr("Update"), self.tr("Loss"), left=PowersAxis("left"))
        legend_above(self.losses, len(CLIPPINGS))
        self.losses.getPlotItem().setLogMode(y=True)
        self.losses.setYRange(*_REACH)
        self.angles = make_plot(self.tr("Update"), self.tr("Angle (°)"))
        # The same colours as beside it: a second legend would only cover the curves.
        self.angles.getPlotItem().legend.hide()
        self.names = {
            "none": self.tr("unclipped"),
            "value": self.tr("by value"),
            "norm": self.tr("by norm"),
        }
        self.loss_curves = self._curves(self.losses)
        self.angle_curves = self._curves(self.angles)
        self.written = RichLabel(wrap=True)
        self.written.setProperty(CAPTION, True)
        self._lay_out()
        connect_all([self.learning_rate, self.weight_scale, self.limit], self._changed)

    def spec(self) -> ClipSpec:
        """What the sliders ask for."""
        return ClipSpec(self.learning_rate.value(), self.weight_scale.value(), self.limit.value())

    def show_spec(self, spec: ClipSpec) -> None:
        """Put the sliders where ``spec`` has them."""
        self.learning_rate.set_value(spec.learning_rate)
        self.weight_scale.set_value(spec.weight_scale)
        self.limit.set_value(spec.limit)

    def _draw(self, spec: ClipSpec) -> None:
        """All three trainings anew, as far as they are sure: two thirds of a second at most."""
        lines = []
        for clipping in CLIPPINGS:
            run = train(spec, clipping)
            losses, updates = run.losses[: run.sure], np.arange(1, run.sure + 1)
            seen = np.where(np.isfinite(losses), np.maximum(losses, _SMALLEST), np.nan)
            for plot in (self.losses, self.angles):
                plot.setXRange(0, len(run.losses))
            self.loss_curves[clipping].setData(updates, seen)
            self.angle_curves[clipping].setData(updates, run.angles[: run.sure])
            lines.append(self._line(clipping, run))
        self.written.setText("<br>".join(lines))

    def _line(self, clipping: str, run: ClipRun) -> str:
        """What became of a training, in numbers that are the same on every computer."""
        if run.broken_at is not None and run.broken_at <= run.sure:
            end = self.tr("no number any more from update {0} on (NaN)").format(run.broken_at)
        elif run.sure < len(run.losses):
            end = self.tr(
                "loss {0} after {1} updates, then chaos: rounding decides how it goes on"
            ).format(self._loss(run.losses[run.sure - 1]), run.sure)
        else:
            end = self.tr("loss {0} after {1} updates").format(self._loss(run.losses[-1]), run.sure)
        angle = self.tr("turned by up to {0}°").format(f"{run.largest_angle:.1f}")
        return f"<b>{self.names[clipping]}</b>: {end}; {angle}"

    def _loss(self, loss: float) -> str:
        if loss < NOTHING:
            return self.tr("below {0}").format(tidy(NOTHING))
        return tidy(loss, 3)

    def _curves(self, plot: pg.PlotWidget) -> dict[str, pg.PlotDataItem]:
        return {
            name: make_curve(
                plot,
                self.names[name],
                colour(ROLES[name]),
                width=_WIDTHS[name],
                dashed=name == "value",
            )
            for name in CLIPPINGS
        }

    def _lay_out(self) -> None:
        intro = PlainLabel(
            self.tr(
                "An RNN learns by gradient descent to tell at step 12 what came first. The three "
                "trainings differ in nothing but clipping. Angle: between raw and clipped gradient."
            ),
            role="muted",
            wrap=True,
        )
        dials = QGridLayout()
        for place, box in enumerate((self.learning_rate, self.weight_scale, self.limit)):
            dials.addWidget(box, *divmod(place, 2))
        charts = QHBoxLayout()  # one above the other they would be too low on a small screen
        charts.addWidget(self.losses, stretch=3)
        charts.addWidget(self.angles, stretch=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, sizes().half_gap, 0, 0)
        layout.addWidget(intro)
        layout.addLayout(dials)
        layout.addLayout(charts, stretch=1)
        layout.addWidget(self.written)


if __name__ == "__main__":
    from rnnstudio.ui.widgets.preview import open_window

    open_window(ClipView, 700, 560)
