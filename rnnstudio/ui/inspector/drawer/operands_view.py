"""The matrices that the current operation reads, with the entries that made the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.terms import Element
from rnnstudio.ui.inspector.events import ValueTyped
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import with_symbols
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.labels import RichLabel
from rnnstudio.ui.widgets.number_text import shape_text

_NARROW = 2
"""Arrays of up to so many columns stand beside each other."""
_MOST_ROWS = 8
_ROW, _HEAD = 2.0, 1.6
"""Heights of a row and of the numbers of the columns, in heights of labels."""


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
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(sizes().gap)

    def show_state(self, state: InspectorState, element: Element) -> None:
        """Show the operands of the current row and what the element was made from."""
        names = state.operation.inputs
        self._make_panes(len(names))
        self.operands = {}
        line, beside = -1, False
        for name, pane in zip(names, self._panes, strict=False):
            pane.show_operand(state, name, element)
            self.operands[name] = pane.heat_map
            narrow = state.operands[name].shape[1] <= _NARROW
            second = narrow and beside
            line += 0 if second else 1
            self._grid.addWidget(pane, line, int(second), 1, 1 if narrow else 2)
            beside = narrow and not second

    def _make_panes(self, count: int) -> None:
        """Let there be as many panes as operands; those made before are kept."""
        while len(self._panes) < count:
            pane = _Pane(self)
            pane.heat_map.refused.connect(self.refused)
            pane.typed.connect(self.asked)
            self._panes.append(pane)
        for place, pane in enumerate(self._panes):
            pane.setVisible(place < count)


def heat_height(rows: int) -> int:
    """How high a heat map of so many rows is in the drawer: many are drawn lower."""
    return round((_HEAD + _ROW * min(max(rows, 2), _MOST_ROWS)) * sizes().label)


class _Pane(QWidget):
    """A symbol with its shape over a heat map."""

    typed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
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
        layout.addWidget(self.heat_map)
        layout.addStretch(1)

    def show_operand(self, state: InspectorState, name: str, element: Element) -> None:
        """Draw the operand ``name`` with what ``element`` is made of marked."""
        self._name = name
        array = state.operands[name]
        written = symbol(name, state.cursor.notation)
        self.heat_map.setAccessibleName(written.text)
        self.label.setText(with_symbols(f"{written.html} &nbsp;({shape_text(array.shape)})"))
        self.heat_map.setFixedHeight(heat_height(len(array)))
        self.heat_map.show_array(
            array,
            state.scales.limit(name),
            sources=element.sources.get(name, ()),
            marks=state.marks(name),
            rows=state.scene.row_names(name),
            old=state.old_operand(name),
        )
