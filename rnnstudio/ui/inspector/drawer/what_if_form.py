"""What if: values of the forward pass that are held fixed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.ui.inspector.events import InterventionLifted, InterventionSet
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_text import parse, tidy

_TICKS = 100
"""The slider goes from -1 to 1 in so many steps for each unit."""


class WhatIfForm(QWidget):
    """``asked(event)``: hold a value or release it. ``refused(sentence)``: not a number."""

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._names: tuple[str, ...] = ()
        self.value_of = QComboBox()
        self.steps = QComboBox()
        self.units = QComboBox()
        self.number = QLineEdit("0")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(-_TICKS, _TICKS)
        self.zero = QPushButton("0")
        self.one = QPushButton("1")
        self.hold = QPushButton(self.tr("Hold"))
        self.hold.setProperty("role", "primary")
        self.held = QListWidget()
        self.held.setWordWrap(True)
        self.lift = QPushButton(self.tr("Let go"))
        self.lift_all = QPushButton(self.tr("Let all go"))
        for field, name in (
            (self.value_of, self.tr("Value to hold")),
            (self.steps, self.tr("Steps to hold it at")),
            (self.units, self.tr("Units to hold it in")),
            (self.number, self.tr("Number to hold it at")),
            (self.zero, self.tr("Hold at 0")),
            (self.one, self.tr("Hold at 1")),
            (self.slider, self.tr("Number to hold it at, −1 to 1")),
            (self.held, self.tr("Values that are held")),
        ):
            field.setAccessibleName(name)
        self._lay_out()
        self._connect()

    def show_state(self, state: InspectorState) -> None:
        """Show what can be held and what is."""
        self._state = state
        names = state.scene.cell.computed
        if names != self._names:
            self._names = names
            blocker = QSignalBlocker(self.value_of)
            self.value_of.clear()
            for row in state.scene.cell.forward:
                if row.name in names:
                    label = f"{symbol(row.name, Notation.PAPER).text}  {language.text(row.meaning)}"
                    self.value_of.addItem(label, row.name)
            blocker.unblock()
        self._show_scopes(state)
        self._show_held(state)

    def force(self, value: float) -> Intervention:
        """What the fields say, held at ``value``."""
        assert self._state is not None  # noqa: S101 - nothing is asked before a state is shown
        state = self._state
        return Intervention(
            self.value_of.currentData(),
            value,
            step=None if self.steps.currentIndex() == 0 else state.cursor.time,
            row=None if self.units.currentIndex() == 0 else state.cursor.entry[0],
        )

    def _show_scopes(self, state: InspectorState) -> None:
        here, unit = state.cursor.time + 1, state.cursor.entry[0] + 1
        for box, texts in (
            (self.steps, (self.tr("every step"), self.tr("step {0} only").format(here))),
            (self.units, (self.tr("every unit"), self.tr("unit {0} only").format(unit))),
        ):
            for index, text in enumerate(texts):
                if box.count() <= index:
                    box.addItem(text)
                elif box.itemText(index) != text:
                    box.setItemText(index, text)

    def _show_held(self, state: InspectorState) -> None:
        interventions = [
            self.held.item(i).data(Qt.ItemDataRole.UserRole) for i in range(self.held.count())
        ]
        if tuple(interventions) == state.scene.interventions:
            return
        self.held.clear()
        for force in state.scene.interventions:
            item = QListWidgetItem(self._describe(force))
            item.setData(Qt.ItemDataRole.UserRole, force)
            self.held.addItem(item)
        self.held.setCurrentRow(self.held.count() - 1)
        for button in (self.lift, self.lift_all):
            button.setEnabled(bool(state.scene.interventions))

    def _describe(self, force: Intervention) -> str:
        """``f⟨t⟩ = 0, step 3, unit 2``."""
        parts = [f"{symbol(force.name, Notation.PAPER).text} = {tidy(force.value)}"]
        for text, index in (
            (self.tr("step {0}"), force.step),
            (self.tr("unit {0}"), force.row),
            (self.tr("example {0}"), force.example),
        ):
            if index is not None:
                parts.append(text.format(index + 1))
        return ", ".join(parts)

    def _hold(self) -> None:
        try:
            value = parse(self.number.text())
        except ValueError:
            text = self.tr("“{0}” is not a number; a number such as 0.5 would be held.")
            self.refused.emit(text.format(self.number.text()))
        else:
            self.asked.emit(InterventionSet(self.force(value)))

    def _hold_at(self, value: float) -> None:
        self.number.setText(f"{value:g}")
        self._hold()

    def _lift(self) -> None:
        item = self.held.currentItem()
        if item is not None:
            self.asked.emit(InterventionLifted(item.data(Qt.ItemDataRole.UserRole)))

    def _lift_all(self) -> None:
        if self._state is not None:
            for force in self._state.scene.interventions:
                self.asked.emit(InterventionLifted(force))

    def _connect(self) -> None:
        self.hold.clicked.connect(self._hold)
        self.number.returnPressed.connect(self._hold)
        self.zero.clicked.connect(lambda: self._hold_at(0.0))
        self.one.clicked.connect(lambda: self._hold_at(1.0))
        self.slider.valueChanged.connect(lambda place: self._hold_at(place / _TICKS))
        self.lift.clicked.connect(self._lift)
        self.lift_all.clicked.connect(self._lift_all)

    def _lay_out(self) -> None:
        intro = PlainLabel(
            self.tr("Hold a value and see what follows. Or double click any number of the card."),
            role="muted",
            wrap=True,
        )
        self.value_of.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        numbers = QHBoxLayout()
        for widget in (self.number, self.zero, self.one):
            numbers.addWidget(widget)
        for button in (self.zero, self.one):
            button.setMaximumWidth(sizes().bar)
        form = QFormLayout()
        form.addRow(self.tr("Value"), self.value_of)
        form.addRow(self.tr("At"), self.steps)
        form.addRow(self.tr("In"), self.units)
        form.addRow(self.tr("Held at"), numbers)
        form.addRow(self.tr("−1 … 1"), self.slider)
        lifts = QHBoxLayout()
        lifts.addWidget(self.lift)
        lifts.addWidget(self.lift_all)
        layout = QVBoxLayout(self)
        layout.addWidget(intro)
        layout.addLayout(form)
        layout.addWidget(self.hold)
        layout.addWidget(self.held, stretch=1)
        layout.addLayout(lifts)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(WhatIfForm, example_state())
