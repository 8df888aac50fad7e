"""The factors of each cell's gradient, written out below the lines that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
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
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
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
        self.rows: dict[str, tuple[QWidget, ...]] = {}
        """Of each cell: a piece of its line, its name, factors, product and size."""
        self._narrow: bool | None = None

    def show_flows(self, flows: Sequence[Flow]) -> None:
        """Show these, the largest product first."""
        self._clear()
        for flow in sorted(flows, key=lambda each: -float(each.norms[0]) if each.sure else 0.0):
            self._add(flow)
        self._narrow = None
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sizes below the products where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest row without its size."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self._needed(4)), hint.height())

    def _clear(self) -> None:
        for sample, *labels in self.rows.values():
            for widget in (sample, *labels):
                widget.setParent(None)
                widget.deleteLater()
        self.rows = {}

    def _add(self, flow: Flow) -> None:
        factors, made = flow_product(flow)
        if flow.sure:
            texts = (language.number(factors), f"= {language.number(made)}")
        else:
            texts = (self.tr("chaotic here: rounding decides"), "")
        size = PlainLabel(language.text(flow_size(flow)), role="muted")
        labels = [PlainLabel(text) for text in (flow.cell.label, *texts)]
        for label, bold in zip(labels, (True, False, True), strict=True):
            label.setFont(words(round((sizes().text + sizes().heading) / 2), bold=bold))
        for label in (*labels, size):
            label.setProperty(CAPTION, True)
        self.rows[flow.cell.name] = (_LineSample(flow.cell.name), *labels, size)

    def _needed(self, columns: int) -> int:
        """The width of the first so many columns."""
        gap = self._grid.horizontalSpacing()
        widths = zip(*(row[:columns] for row in self.rows.values()), strict=True)
        return sum(max(part.sizeHint().width() for part in column) + gap for column in widths)

    def _arrange(self) -> None:
        narrow = self.width() < self._needed(5)
        if narrow is self._narrow:
            return
        self._narrow = narrow
        for place, (*parts, size) in enumerate(self.rows.values()):
            row = 2 * place
            for column, part in enumerate(parts):
                self._grid.addWidget(part, row, column)
            self._grid.addWidget(size, *((row + 1, 2, 1, 2) if narrow else (row, 4)))


class _LineSample(QWidget):
    """A piece of the cell's line."""

    def __init__(self, cell: str) -> None:
        super().__init__()
        self._cell = cell
        self.setProperty(DRAWING, True)
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
        return language.filled(text, flow.cell.label, factor, most)
    factors, made = product(list(flow.direct[:0:-1, 0]), float(flow.direct_product[0, 0]))
    text = translate(
        "FlowProducts",
        "<b>{0}</b>: unit 1 alone is multiplied by {1}: {2} = {3}. With all paths the last step "
        "stretches at most × {4}.",
    )
    return language.filled(
        text, flow.cell.label, factor, *map(language.number, (factors, made)), most
    )
