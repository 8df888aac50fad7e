"""What if: values of the forward pass that are held fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.box_labels import box_label
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.errors import UserError
from rnnstudio.ui.inspector.drawer.form_parts import narrow
from rnnstudio.ui.inspector.drawer.holds_box import HoldsBox
from rnnstudio.ui.inspector.events import InterventionLifted, InterventionSet
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.number_box import DecimalBox
from rnnstudio.ui.widgets.segment import Segment
from rnnstudio.ui.widgets.symbol_box import SymbolBox

_TICKS = 100
"""The slider has so many steps for each unit."""
_DIGITS = 3
"""Of a number that is not held."""
_LONGEST = "−0.145"
_OF_GATES: Mapping[str, tuple[str, float]] = {"0": ("0", 0.0), "½": ("½", 0.5), "1": ("1", 1.0)}
_OF_OTHERS: Mapping[str, tuple[str, float]] = {"-1": ("−1", -1.0), "0": ("0", 0.0), "1": ("1", 1.0)}


class WhatIfForm(QWidget):
    """``asked(event)``: hold a value or release it. ``refused(sentence)``: not a number."""

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._shown: tuple[object, ...] = ()
        self._held: Intervention | None = None
        self.value_of = SymbolBox(self.tr("Value to hold"))
        self.steps, self.units = QComboBox(), QComboBox()
        self.of_gates = self._segment(_OF_GATES)
        self.of_others = self._segment(_OF_OTHERS)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.number = DecimalBox(self.tr("Number to hold it at"), -1, 1, 0.1)
        self.holds = HoldsBox()
        for field, name, does in (
            (self.value_of, self.tr("Value to hold"), self.tr("One of the cell's values")),
            (self.steps, self.tr("Steps to hold it at"), self.tr("Every step, or this one")),
            (self.units, self.tr("Units to hold it in"), self.tr("All units, or this one")),
            (self.slider, self.tr("Number to hold it at, by sliding"), self.tr("Holds at once")),
            (self.number, self.tr("Number to hold it at"), self.tr("Enter holds the value there")),
        ):
            field.setAccessibleName(name)
            field.setAccessibleDescription(does)
            field.setToolTip(does)
        self._lay_out()
        self._connect()

    def show_state(self, state: InspectorState) -> None:
        """Show what can be held and what is."""
        self._state = state
        cell, notation = state.scene.cell, state.cursor.notation
        if (cell.computed, notation) != self._shown:
            self._shown = (cell.computed, notation)
            entries = []
            for name in cell.computed:
                label, base = language.text(box_label(cell, name)), symbol(name, notation).base
                entries.append((name, f"{label} {base}", f"{escape(label)} <i>{base}</i>"))
            blocker = QSignalBlocker(self.value_of)
            self.value_of.show_entries(entries)
            blocker.unblock()
        self._show_scopes(state)
        self._follow_hold(state)
        self._show_number()
        self.holds.show_state(state)

    def intervention(self, value: float) -> Intervention:
        """What the fields say, held at ``value``."""
        assert self._state is not None  # noqa: S101 - nothing is asked before a state is shown
        state = self._state
        return Intervention(
            self.value_of.currentData(),
            value,
            step=None if self.steps.currentIndex() == 0 else state.cursor.time,
            row=None if self.units.currentIndex() == 0 else self._row(state),
        )

    def _row(self, state: InspectorState) -> int:
        """The chosen unit, as far as the value reaches."""
        rows = len(state.trace.forward[state.cursor.time][self.value_of.currentData()])
        return min(state.cursor.entry[0], rows - 1)

    def _show_scopes(self, state: InspectorState) -> None:
        here, unit = state.cursor.time + 1, self._row(state) + 1
        for box, texts in (
            (self.steps, (self.tr("every step"), language.filled(self.tr("step {0}"), here))),
            (self.units, (self.tr("all units"), language.filled(self.tr("unit {0}"), unit))),
        ):
            for index, text in enumerate(texts):
                if box.count() <= index:
                    box.addItem(text)
                elif box.itemText(index) != text:
                    box.setItemText(index, text)

    def _follow_hold(self, state: InspectorState) -> None:
        """Choose what was held last, wherever that was done, if it is held here."""
        held = state.scene.interventions[-1] if state.scene.interventions else None
        if held == self._held:
            return
        self._held = held
        if held is None or held.step not in (None, state.cursor.time):
            return
        fields = (self.value_of, self.steps, self.units)
        blockers = [QSignalBlocker(field) for field in fields]
        self.value_of.setCurrentIndex(self.value_of.findData(held.name))
        self.steps.setCurrentIndex(0 if held.step is None else 1)
        if held.row in (None, self._row(state)):
            self.units.setCurrentIndex(0 if held.row is None else 1)
        for blocker in blockers:
            blocker.unblock()

    @Slot()
    def _show_number(self) -> None:
        """Where the chosen value is held, or else what it is; nothing while that is covered."""
        state = self._state
        if state is None:
            return
        gate = self.value_of.currentData() in state.scene.cell.gates
        held = self._held_at(state)
        value = self._value(state) if held is None else held
        fields = (self.slider, self.number)
        blockers = [QSignalBlocker(field) for field in fields]
        self.slider.setRange(0 if gate else -_TICKS, _TICKS)
        self.slider.setValue(round((value or 0.0) * _TICKS))
        if value is None:
            self.number.lineEdit().clear()
        else:
            self.number.setValue(value)
        for blocker in blockers:
            blocker.unblock()
        for segment, known, shown in (
            (self.of_gates, _OF_GATES, gate),
            (self.of_others, _OF_OTHERS, not gate),
        ):
            segment.setVisible(shown)
            keys = (key for key, (_, number) in known.items() if number == held)
            segment.show_chosen(next(keys, ""))

    def _held_at(self, state: InspectorState) -> float | None:
        """Where the chosen entries are held; None if they are not."""
        wanted = self.intervention(0.0)
        same = (held for held in state.scene.interventions if replace(held, value=0.0) == wanted)
        return next((held.value for held in same), None)

    def _value(self, state: InspectorState) -> float | None:
        """What the chosen value is at this step, in the chosen unit; None if it is not known."""
        name, time = self.value_of.currentData(), state.cursor.time
        if not state.backward and not state.known(name, time):
            return None
        value = float(state.trace.forward[time][name][self._row(state), state.example])
        return float(f"{value:.{_DIGITS}g}")

    @Slot()
    def _hold_typed(self) -> None:
        try:
            value = self.number.value()
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self._hold(value)

    def _hold(self, value: float) -> None:
        self.asked.emit(InterventionSet(self.intervention(value)))

    @Slot(int)
    def _slide(self, place: int) -> None:
        self._hold(place / _TICKS)

    @Slot(object)
    def _release(self, interventions: tuple[Intervention, ...]) -> None:
        for held in interventions:
            self.asked.emit(InterventionLifted(held))

    def _segment(self, known: Mapping[str, tuple[str, float]]) -> Segment:
        segment = Segment(self.tr("Number to hold it at"))
        for key, (text, _) in known.items():
            segment.add(key, text)
            segment.buttons[key].setAccessibleName(language.filled(self.tr("Hold at {0}"), text))
        segment.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        segment.asked.connect(lambda key: self._hold(known[key][1]))
        return segment

    def _connect(self) -> None:
        for box in (self.value_of, self.steps, self.units):
            box.currentIndexChanged.connect(self._show_number)
        self.slider.valueChanged.connect(self._slide)
        self.number.committed.connect(self._hold_typed)
        self.holds.released.connect(self._release)

    def _lay_out(self) -> None:
        narrow(self.number, _LONGEST)
        self.number.setMaximumWidth(self.number.minimumWidth())
        scope, amount = QHBoxLayout(), QHBoxLayout()
        for box in (self.steps, self.units):
            scope.addWidget(box, stretch=1)
        for widget in (self.of_gates, self.of_others):
            amount.addWidget(widget)
        amount.addWidget(self.slider, stretch=1)
        amount.addWidget(self.number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for row in (scope, amount, layout):
            row.setSpacing(sizes().gap)
        layout.addWidget(self.value_of)
        layout.addLayout(scope)
        layout.addLayout(amount)
        layout.addWidget(self.holds)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(WhatIfForm, example_state())
