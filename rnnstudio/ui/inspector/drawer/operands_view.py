"""The matrices that the current operation reads, with the entries that made the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.terms import Element
from rnnstudio.ui.inspector.events import ValueTyped
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.labels import RichLabel
from rnnstudio.ui.widgets.number_text import shape_text

MOST_COLUMNS = 4
HEAD, CELL = 34, 54
"""Shares of the width: a matrix's row numbers, and one of its columns."""


class OperandsView(QWidget):
    """One heat map an operand. ``asked(event)``: a number was typed over.

    ``refused(sentence)``: something else was.
    """

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operands: dict[str, HeatMap] = {}
        self._panes: list[_Pane] = []
        self._widths: list[int] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*4 * (sizes().half_gap,))
        self._grid.setSpacing(sizes().half_gap)

    def show_state(self, state: InspectorState, element: Element) -> None:
        """Show the operands of the current row and what the element was made from."""
        names = state.operation.inputs
        self._make_panes(names)
        self.operands = {}
        for name, pane in zip(names, self._panes, strict=False):
            pane.show_operand(state, name, element)
            self.operands[name] = pane.heat_map
        self._share_width(state)

    def _make_panes(self, names: tuple[str, ...]) -> None:
        """Let there be as many panes as operands; those made before are kept."""
        while len(self._panes) < len(names):
            pane = _Pane()
            pane.heat_map.refused.connect(self.refused)
            pane.typed.connect(self.asked)
            place = len(self._panes)
            self._grid.addWidget(pane, place // MOST_COLUMNS, place % MOST_COLUMNS)
            self._panes.append(pane)
        for place, pane in enumerate(self._panes):
            pane.setVisible(place < len(names))

    def _share_width(self, state: InspectorState) -> None:
        """Narrow matrices get the space for their numbers, a wide one gets colours."""
        widths = [0] * MOST_COLUMNS
        for place, name in enumerate(state.operation.inputs):
            column = place % MOST_COLUMNS
            columns = min(state.operands[name].shape[1], 2)
            widths[column] = max(widths[column], HEAD + columns * CELL)
        if widths == self._widths:
            return
        self._widths = widths
        for column, width in enumerate(widths):
            self._grid.setColumnStretch(column, width)


class _Pane(QWidget):
    """A symbol with its shape over a heat map."""

    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.label = RichLabel()
        self.heat_map = HeatMap(editable=True)
        self.heat_map.edited.connect(
            lambda row, column, value: self.typed.emit(ValueTyped(self._name, row, column, value))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().quarter_gap)
        layout.addWidget(self.label)
        layout.addWidget(self.heat_map, stretch=1)

    def show_operand(self, state: InspectorState, name: str, element: Element) -> None:
        """Draw the operand ``name`` with what ``element`` is made of marked."""
        self._name = name
        array = state.operands[name]
        written = symbol(name, state.cursor.notation)
        self.heat_map.setAccessibleName(written.text)
        self.label.setText(f"{written.html}<br><small>{shape_text(array.shape)}</small>")
        self.heat_map.show_array(
            array,
            state.scales.limit(name),
            sources=element.sources.get(name, ()),
            marks=state.marks(name),
            rows=state.scene.row_names(name),
            old=state.old_operand(name),
        )
