"""Gradient flow: how much of a gradient reaches each earlier step, cell beside cell."""

from __future__ import annotations

from itertools import cycle

import numpy as np
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from rnnstudio.core.cells.flow import Flow, FlowSpec, flows
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.cells.typeset import formula_html
from rnnstudio.ui.inspector.pages.dials import Dial, DialBox, connect_all
from rnnstudio.ui.inspector.pages.laboratory import Laboratory
from rnnstudio.ui.theme.tokens import colour, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import RichLabel
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.plot import PowersAxis, legend_above, make_curve, make_plot

_PENS = (("network", 1, False), ("you", 3, False), ("good", 2, True),
         ("ink", 2, False), ("muted", 3, True))  # fmt: skip
"""Colour, width and dashes of a curve, for one cell after another."""
_SMALLEST = 1e-300
"""What is nothing has no place on a logarithmic axis."""


class FlowView(Laboratory[FlowSpec]):
    """Sliders above, lengths of gradients on one logarithmic axis, the factors written out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.units = DialBox(self.tr("Units"), Dial(1, 50, 1, 8))
        self.steps = DialBox(self.tr("Length"), Dial(2, 200, 1, 50))
        self.weight_scale = DialBox(self.tr("Weight scale"), Dial(0, 2, 0.05, 1))
        self.forget_bias = DialBox(self.tr("Forget bias"), Dial(-3, 6, 0.25, 1))
        self.input_scale = DialBox(self.tr("Input scale"), Dial(0, 5, 0.25, 1))
        self.forget_bias.setToolTip(self.tr("Bias of the LSTM's f and of the GRU's z"))
        self.weight_scale.setToolTip(self.tr("Recurrent matrices: orthogonal times this number"))
        self.matched = QCheckBox(self.tr("Equal numbers of parameters"))
        length = self.tr("Length of gradient")
        self.plot = make_plot(self.tr("Step"), length, left=PowersAxis("left"))
        self.plot.getPlotItem().setLogMode(y=True)
        legend_above(self.plot, len(CELLS))
        self.curves = {
            cell.name: make_curve(self.plot, cell.label, colour(role), width=width, dashed=dashed)
            for cell, (role, width, dashed) in zip(CELLS.values(), cycle(_PENS), strict=False)
        }
        self.written = RichLabel(wrap=True)
        for said in (self.written, self.matched):
            said.setProperty(CAPTION, True)
        self.written.setStyleSheet(f"font-size: {sizes().label}px;")
        self._lay_out()
        connect_all(self._dials(), self._changed)
        self.matched.toggled.connect(self._changed)

    def spec(self) -> FlowSpec:
        """What the sliders ask for."""
        return FlowSpec(
            units=int(self.units.value()),
            steps=int(self.steps.value()),
            weight_scale=self.weight_scale.value(),
            forget_bias=self.forget_bias.value(),
            input_scale=self.input_scale.value(),
            matched=self.matched.isChecked(),
        )

    def show_spec(self, spec: FlowSpec) -> None:
        """Put the sliders where ``spec`` has them."""
        self.units.set_value(spec.units)
        self.steps.set_value(spec.steps)
        self.weight_scale.set_value(spec.weight_scale)
        self.forget_bias.set_value(spec.forget_bias)
        self.input_scale.set_value(spec.input_scale)
        self.matched.setChecked(spec.matched)

    def _draw(self, spec: FlowSpec) -> None:
        with np.errstate(over="ignore", invalid="ignore"):
            found = flows(spec)
        self.plot.setXRange(1, spec.steps)
        for name, flow in found.items():
            lengths = np.maximum(flow.norms, _SMALLEST) if flow.sure else np.array([])
            self.curves[name].setData(np.arange(1, len(lengths) + 1), lengths)
        self.written.setText("".join(map(self._line, found.values())))

    def _line(self, flow: Flow) -> str:
        """The factors of one cell and what they make together."""
        if not flow.sure:
            text = self.tr(
                "<b>{0}</b>, {1} units: this network is chaotic here, so that rounding decides how "
                "long its gradients are."
            )
            return _paragraph(text.format(flow.cell.label, flow.units))
        last = len(flow.direct) - 1
        head = self.tr("<b>{0}</b>, {1} units, {2} parameters.").format(
            flow.cell.label, flow.units, f"{flow.count:,}"
        )
        ratios = self.tr("Gradient: {0}").format(product(flow.factors[::-1], flow.norms[0]))
        most = self.tr("step {0} stretches at most × {1}").format(
            last + 1, tidy(flow.most(last), 3)
        )
        factor = written_factor(flow.cell)
        if flow.cell.path.matrix:
            path = self.tr("A step multiplies by {0}; {1}.").format(factor, most)
        else:
            own = product(flow.direct[:0:-1, 0], flow.direct_product[0, 0])
            path = self.tr("Unit 1 alone, {0}: {1}; with all paths {2}.").format(factor, own, most)
        return _paragraph(f"{head} {ratios}. {path}")

    def _dials(self) -> list[DialBox]:
        return [self.units, self.steps, self.weight_scale, self.forget_bias, self.input_scale]

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, widget in enumerate((*self._dials(), self.matched)):
            grid.addWidget(widget, place // 2, place % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, sizes().half_gap, 0, 0)
        layout.addLayout(grid)
        layout.addWidget(self.plot, stretch=1)
        layout.addWidget(self.written)


def written_factor(cell: Cell) -> str:
    """What a state's gradient is multiplied by on its shortest way, as rich text."""
    path = cell.path
    written = symbol(path.factor).html
    if not path.matrix:
        return written
    rows = {row.name: row for row in (*cell.forward, *cell.backward)}
    return f"{symbol(path.matrix).html}<sup>T</sup> diag({formula_html(rows[path.factor])})"


def product(factors: Array, result: float) -> str:
    """``0.98 × 0.76 × 0.9 × … × 0.69 = 4.5e−7``: the first three factors and the last one."""
    texts = [tidy(float(factor), 3) for factor in factors]
    if len(texts) > 4:
        texts = [*texts[:3], "…", texts[-1]]
    return f"{' × '.join(texts)} = {tidy(float(result), 3)}"


def _paragraph(text: str) -> str:
    return f"<p style='margin:{sizes().quarter_gap}px'>{text}</p>"


if __name__ == "__main__":
    from rnnstudio.ui.widgets.preview import open_window

    open_window(FlowView, 700, 560)
