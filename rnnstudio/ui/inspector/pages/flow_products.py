"""The factors of each cell's gradient, written out below the lines that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.flow import Flow
from rnnstudio.core.cells.flow_words import flow_product, flow_size, product
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.cells.typeset import formula_html
from rnnstudio.core.numbers import plain
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel

_PENS: dict[str, tuple[float, tuple[float, ...]]] = {
    "lstm": (6, ()),
    "rnn": (2, (7, 5)),
    "gru": (3, ()),
}
_FURTHER: tuple[float, tuple[float, ...]] = (2.5, (2, 4))
_SAMPLE = 44


def flow_pen(cell: str) -> tuple[float, tuple[float, ...]]:
    """The width and the dashes of a cell's line, in pixels at a desk."""
    return _PENS.get(cell, _FURTHER)


class FlowProducts(QWidget):
    """A row for each cell: its line, its name, factors from the loss back, product and size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * sizes().gap)
        self._grid.setVerticalSpacing(sizes().half_gap)
        self._grid.setColumnStretch(5, 1)
        self.rows: dict[str, list[PlainLabel]] = {}

    def show_flows(self, flows: Sequence[Flow]) -> None:
        """Show these, the largest product first."""
        for labels in self.rows.values():
            for label in labels:
                label.hide()
        self._clear()
        ordered = sorted(flows, key=lambda flow: -float(flow.norms[0]) if flow.sure else 0.0)
        for place, flow in enumerate(ordered):
            self._add(place, flow)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.rows = {}

    def _add(self, place: int, flow: Flow) -> None:
        factors, made = flow_product(flow)
        if flow.sure:
            texts = (language.number(factors), f"= {language.number(made)}")
        else:
            texts = (self.tr("chaotic here: rounding decides"), "")
        size = PlainLabel(language.text(flow_size(flow)), role="muted")
        name, product_, result = (PlainLabel(text) for text in (flow.cell.label, *texts))
        for label, bold in ((name, True), (product_, False), (result, True)):
            label.setFont(words(round((sizes().text + sizes().heading) / 2), bold=bold))
        labels = [name, product_, result, size]
        self._grid.addWidget(_LineSample(flow.cell.name), place, 0)
        for column, label in enumerate(labels, start=1):
            label.setProperty(CAPTION, True)
            self._grid.addWidget(label, place, column)
        self.rows[flow.cell.name] = labels


class _LineSample(QWidget):
    """A piece of the cell's line."""

    def __init__(self, cell: str) -> None:
        super().__init__()
        self._cell = cell
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As long as a sample is."""
        return QSize(round(scaled(_SAMPLE)), sizes().text)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The line."""
        width, dashes = flow_pen(self._cell)
        with QPainter(self) as painter:
            painter.setPen(pen("ink", width, dashes))
            middle = self.height() // 2
            painter.drawLine(0, middle, self.width(), middle)


def described_paths(flows: Iterable[Flow]) -> str:
    """What a step multiplies by in each cell, and how far it stretches at most, as rich text."""
    return "".join(f"<p>{_path(flow)}</p>" for flow in flows if flow.sure)


def written_factor(cell: Cell) -> str:
    """What a state's gradient is multiplied by on its shortest way, as rich text."""
    path = cell.path
    written = symbol(path.factor).html
    if not path.matrix:
        return written
    rows = {row.name: row for row in (*cell.forward, *cell.backward)}
    return f"{symbol(path.matrix).html}<sup>T</sup> diag({formula_html(rows[path.factor])})"


def _path(flow: Flow) -> str:
    translate = QCoreApplication.translate
    last = len(flow.direct) - 1
    factor, most = written_factor(flow.cell), language.number(plain(flow.most(last)))
    if flow.cell.path.matrix:
        text = translate(
            "FlowProducts",
            "<b>{0}</b>: a step multiplies by {1}; the last one stretches at most × {2}.",
        )
        return text.format(flow.cell.label, factor, most)
    factors, made = product(list(flow.direct[:0:-1, 0]), float(flow.direct_product[0, 0]))
    text = translate(
        "FlowProducts",
        "<b>{0}</b>: unit 1 alone is multiplied by {1}: {2} = {3}. With all paths the last step "
        "stretches at most × {4}.",
    )
    return text.format(flow.cell.label, factor, *map(language.number, (factors, made)), most)
